"""Facts about the real breakdown held against its real report, where those are at hand."""

import json
from functools import cache
from pathlib import Path

from dukao.breakdown.compiler import compile_breakdown
from dukao.breakdown.values import Breakdown
from dukao.reading.files import read_file
from dukao.report.compiler import compile_report


@cache
def _held(shared: Path) -> Breakdown:
    (report,) = (shared / "seeds").glob("000_*.txt")
    (table,) = (shared / "seeds").glob("002_*.txt")
    return compile_breakdown(read_file(table), compile_report(read_file(report)))


def _letters(spans: list[list[int]] | tuple[tuple[int, int], ...]) -> set[int]:
    return {at for start, end in spans for at in range(start, end)}


def test_relations_and_spans_of_the_labelled_rows_are_right(shared: Path) -> None:
    tasks = {task.id: task for task in _held(shared).tasks}
    lines = (shared / "gold" / "alignment_2024_sample.jsonl").read_text(encoding="utf-8").splitlines()
    labels = [json.loads(line) for line in lines if line.strip()]
    relations = spans = 0
    for label in labels:
        task = tasks[f"{label['table']}-{label['no']}"]
        relations += task.relation == label["relation"]
        mine, theirs = _letters(task.source_spans), _letters(label["report_spans"])
        spans += len(mine & theirs) >= 0.8 * len(mine | theirs)
    assert relations >= 0.96 * len(labels)
    assert spans >= 0.98 * len(labels)


def test_every_row_is_found_and_few_differ(shared: Path) -> None:
    held = _held(shared)
    assert all(task.relation != "absent" for task in held.tasks)
    assert 15 <= sum(bool(task.differences) for task in held.tasks) <= 22


def test_every_known_conflict_and_check_is_found(shared: Path) -> None:
    codes = [finding.code for finding in _held(shared).findings]
    assert codes.count("two-leaders") == 1
    assert codes.count("two-lead-units") == 1
    assert codes.count("two-numbers") == 2
    assert len(codes) <= 12
