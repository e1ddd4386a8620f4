"""Holding a breakdown against its report: each row's place in the plan, what differs, what nobody took up."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from dukao.breakdown.comparison.alignment import align_row
from dukao.breakdown.comparison.coverage import measure_coverage
from dukao.breakdown.comparison.differences import ABSENT, Held, add_omissions, is_free, judge_row
from dukao.breakdown.comparison.findings import find_findings, find_left_out
from dukao.breakdown.comparison.folding import Folded, fold
from dukao.breakdown.comparison.ground import BESIDES, PLAN, Ground, lay_ground
from dukao.breakdown.values import Breakdown, Coverage, LivelihoodContent, Task
from dukao.reading.values import Diagnostic
from dukao.report.values import Report

Row = TypeVar("Row", Task, LivelihoodContent)


def hold_against(breakdown: Breakdown, report: Report) -> Breakdown:
    """The breakdown with spans, relations and differences on every row, and with coverage and findings.

    Rows are looked for in the plan and the part on the government itself, then among long-term goals and
    parts without a name, never in a review (unless the report has nothing else).
    """
    grounds = _grounds(report)
    texts = (breakdown.source.text, report.source.text)
    tasks = _hold_rows([(task.start, task.end) for task in breakdown.tasks], grounds, texts)
    contents = _hold_rows([_content_span(texts[0], one) for one in breakdown.livelihood], grounds, texts)
    taken = _taken([*tasks, *contents], len(texts[1]))
    left_out = [
        (task.id, span)
        for task, one in zip(breakdown.tasks, tasks, strict=True)
        for span in one.left_out
        if not is_free(span, taken)
    ]
    coverage = measure_coverage(report, taken)
    marks = (taken, _told(report, coverage, taken))
    held = replace(
        breakdown,
        tasks=tuple(_with_held(*pair, marks, texts[1]) for pair in zip(breakdown.tasks, tasks, strict=True)),
        livelihood=tuple(
            _with_held(*pair, marks, texts[1]) for pair in zip(breakdown.livelihood, contents, strict=True)
        ),
        report=report.source,
        coverage=coverage,
        diagnostics=breakdown.diagnostics + _diagnostics(breakdown, report),
    )
    lost = tuple(find_left_out(left_out, taken, texts[1], [*held.tasks, *held.livelihood]))
    return replace(held, findings=held.findings + find_findings(held) + lost)


def _grounds(report: Report) -> list[Ground]:
    grounds = [lay_ground(report, PLAN), lay_ground(report, BESIDES)]
    if not any(ground.text for ground in grounds):
        grounds = [lay_ground(report, frozenset(("review", "five_year_review")))]
    return [ground for ground in grounds if ground.text]


def _hold_rows(
    spans: Sequence[tuple[int, int]], grounds: Sequence[Ground], texts: tuple[str, str]
) -> list[Held]:
    rows = [fold(texts[0], start, end) for start, end in spans]
    stopped = sum(row.text.endswith("。") for row in rows)
    stops_usual = 2 * stopped > len(rows)
    hints = dict.fromkeys(range(len(grounds)), 0)
    return [_hold_row(row, grounds, texts, hints, stops_usual) for row in rows]


def _hold_row(
    row: Folded, grounds: Sequence[Ground], texts: tuple[str, str], hints: dict[int, int], stops_usual: bool
) -> Held:
    for index, ground in enumerate(grounds):
        blocks = align_row(row.text, ground, hints[index])
        if blocks:
            hints[index] = blocks[-1].place_end
            return judge_row(row, ground, blocks, texts, stops_usual)
    return ABSENT


def _content_span(text: str, content: LivelihoodContent) -> tuple[int, int]:
    """Where the words of a content stand, should its own span hold the whole row."""
    at = text.find(content.content, content.start, content.end)
    return (at, at + len(content.content)) if at >= 0 else (content.start, content.end)


def _taken(rows: Sequence[Held], length: int) -> bytearray:
    """A 1 for every character of the report that some row goes back to."""
    taken = bytearray(length)
    for row in rows:
        for start, end in row.spans:
            taken[start:end] = b"\1" * (end - start)
    return taken


def _told(report: Report, coverage: Coverage, taken: bytearray) -> bytearray:
    """What rows take, and the commitments that are said to be uncovered."""
    told, uncovered = bytearray(taken), frozenset(coverage.uncovered)
    for one in report.commitments:
        if one.id in uncovered:
            told[one.start : one.end] = b"\1" * (one.end - one.start)
    return told


def _with_held(row: Row, held: Held, marks: tuple[bytearray, bytearray], text: str) -> Row:
    held = add_omissions(held, *marks, text)
    return replace(
        row,
        source_spans=held.spans,
        relation=held.relation,
        differences=held.differences,
        rules=row.rules + held.rules,
    )


def _diagnostics(breakdown: Breakdown, report: Report) -> tuple[Diagnostic, ...]:
    if breakdown.year is None or report.year is None or breakdown.year == report.year:
        return ()
    message = f"分解是{breakdown.year}年的，报告是{report.year}年的，年份不同，仍照样比对。"
    return (Diagnostic("other-year", 0, 0, message),)
