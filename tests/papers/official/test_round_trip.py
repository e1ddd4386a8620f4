"""Read back by dukao's own reader, the notice gives exactly the tasks it was made from."""

import re
from pathlib import Path
from typing import Any

import pytest

from dukao.breakdown.compiler import compile_breakdown
from dukao.breakdown.values import Breakdown
from dukao.papers.official.breakdown_papers import leader_extract, notice_of, summary_of, unit_extract
from dukao.papers.official.docx import render_docx
from dukao.papers.official.pdf import render_pdf
from dukao.papers.official.values import Table
from dukao.reading.files import read_file
from dukao.reading.values import Source
from dukao.sample import sample_path

# Where a thing stands in its own document, not what it says.
_PLACES = {"start", "end", "at", "span", "source_spans", "indicator_spans"}


def said(value: Any) -> Any:
    """A value without its places, words on one line and without the spaces that setting adds or takes."""
    if isinstance(value, dict):
        return {key: said(one) for key, one in value.items() if key not in _PLACES}
    if isinstance(value, list):
        return [said(one) for one in value]
    if isinstance(value, str):
        return re.sub(r"\*\*|\s", "", value)
    return value


WRITERS = {"docx": render_docx, "pdf": render_pdf}


def read_back(breakdown: Breakdown, folder: Path, kind: str) -> Breakdown:
    """The notice of a breakdown, written and read."""
    path = folder / f"通知.{kind}"
    path.write_bytes(WRITERS[kind](notice_of(breakdown)))
    return compile_breakdown(read_file(path))


def assert_the_same(breakdown: Breakdown, back: Breakdown) -> None:
    made, found = breakdown.as_json(), back.as_json()
    for part in ("groups", "tasks", "livelihood"):
        assert len(made[part]) == len(found[part]) > 0
        for one, other in zip(made[part], found[part], strict=True):
            assert said(one) == said(other), one["id"]
    for element in (
        "document_number",
        "addressees",
        "copied_to",
        "dated",
        "meeting",
        "publicity",
        "issuer",
        "title",
    ):
        assert made["notice"][element] == found["notice"][element], element


@pytest.mark.parametrize("kind", WRITERS)
def test_the_sample_comes_back_with_all_its_fields(kind: str, tmp_path: Path) -> None:
    breakdown = compile_breakdown(read_file(sample_path("breakdown")))
    assert_the_same(breakdown, read_back(breakdown, tmp_path, kind))


@pytest.mark.parametrize("kind", WRITERS)
def test_a_real_breakdown_comes_back_with_all_its_fields(kind: str, shared: Path, tmp_path: Path) -> None:
    breakdown = compile_breakdown(read_file(next((shared / "seeds").glob("002*"))))
    assert (len(breakdown.tasks), len(breakdown.livelihood)) == (165, 32)
    assert_the_same(breakdown, read_back(breakdown, tmp_path, kind))


@pytest.mark.parametrize("kind", WRITERS)
def test_no_space_comes_between_letters_and_figures_that_had_none(kind: str, tmp_path: Path) -> None:
    words = [f"{'城镇居民人均可支配收入'[at:]}增长{at}.5%，新建公厕1{at}座。" for at in range(10)]
    rows = "".join(f"{at}\t{said}\t区住建局\t{at + 1}月底前\n" for at, said in enumerate(words, 1))
    table = f"# 望潮区2024年政府工作报告责任分解\n\n序号\t重点工作\t责任单位\t完成时限\n{rows}"
    breakdown = compile_breakdown(Source("去年.md", "0" * 64, "text/markdown", "utf-8", table))
    back = read_back(breakdown, tmp_path, kind)
    assert [one.text for one in back.tasks] == words
    assert [one.deadline.text for one in back.tasks if one.deadline] == [f"{at}月底前" for at in range(2, 12)]


def test_extracts_hold_the_rows_of_one_and_the_summary_everybody() -> None:
    breakdown = compile_breakdown(read_file(sample_path("breakdown")))
    name = "区住建局"
    paper = unit_extract(breakdown, name)
    rows = sum(len(block.rows) for block in paper.body if isinstance(block, Table))
    tasks = [one for one in breakdown.tasks if any(unit.name == name for unit in one.units)]
    contents = [one for one in breakdown.livelihood if any(unit.name == name for unit in one.units)]
    assert rows == len(tasks) + len(contents) > 5
    assert not paper.mark
    leader = leader_extract(breakdown, "陆宁")
    led = [task for task in breakdown.tasks if any(one.name == "陆宁" for one in task.leaders)]
    assert f"重点工作{len(led)}项" in str(leader.body[0])
    summary = summary_of(breakdown)
    assert "119行" in str(summary.body[0])


def test_every_row_of_the_notice_has_as_many_cells_as_columns() -> None:
    paper = notice_of(compile_breakdown(read_file(sample_path("breakdown"))))
    tables = [block for annex in paper.annexes for block in annex.blocks if isinstance(block, Table)]
    assert len(tables) == 8
    assert all(len(row) == len(table.columns) for table in tables for row in table.rows)
