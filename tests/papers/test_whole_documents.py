"""Whole documents: the sample, and the real report and breakdown where they are at hand."""

import re
import time
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pytest

from dukao.breakdown.compiler import compile_breakdown
from dukao.breakdown.values import Breakdown, LivelihoodContent, Task
from dukao.papers.review import render_review
from dukao.papers.workbook import write_workbook
from dukao.reading.files import read_file
from dukao.report.compiler import compile_report
from dukao.report.values import Report
from dukao.sample import sample_path
from tests.papers.pages import Page

Pair = tuple[Breakdown, Report]


def compile_pair(report_path: Path, table_path: Path) -> Pair:
    report = compile_report(read_file(report_path))
    return compile_breakdown(read_file(table_path), report), report


def list_rows(breakdown: Breakdown) -> list[Task | LivelihoodContent]:
    return [*breakdown.tasks, *breakdown.livelihood]


@pytest.fixture(scope="module", params=["sample", "real"])
def pair(request: pytest.FixtureRequest) -> Pair:
    """The sample's report and breakdown, then the real ones."""
    if request.param == "sample":
        return compile_pair(sample_path("report"), sample_path("breakdown"))
    seeds = request.getfixturevalue("shared") / "seeds"
    return compile_pair(next(seeds.glob("000_*")), next(seeds.glob("002_*")))


@pytest.fixture(scope="module")
def page(pair: Pair) -> Page:
    return Page(render_review(*pair))


def test_every_row_stands_on_the_words_it_goes_back_to(pair: Pair, page: Page) -> None:
    breakdown, report = pair
    said: dict[str, str] = {}
    for piece in page.elements:
        item = piece.attributes.get("data-t")
        if item:
            said[item] = said.get(item, "") + piece.text
    for row in list_rows(breakdown):
        spans = sorted(row.source_spans)
        if all(end <= start for (_, end), (start, _) in pairwise(spans)):
            wanted = "".join(report.source.text[start:end] for start, end in spans)
            assert "".join(said.get(row.id, "").split()) == "".join(wanted.split()), row.id


def test_every_row_has_a_card_and_every_link_arrives(pair: Pair, page: Page) -> None:
    breakdown, _ = pair
    ids = [one.attributes["id"] for one in page.elements if "id" in one.attributes]
    assert len(ids) == len(set(ids))
    rows = {f"t-{row.id}" for row in list_rows(breakdown)}
    assert rows <= set(ids)
    assert {unquote(link.attributes["href"][1:]) for link in page.links()} <= set(ids)


def test_the_paper_keeps_every_letter_of_the_report(pair: Pair, page: Page) -> None:
    _, report = pair
    sheet = page.of_class("sheet")[0]
    assert re.sub(r"\s", "", sheet.text) == re.sub(r"\s", "", report.source.text[report.start : report.end])


def test_page_and_workbook_are_small_and_quick(pair: Pair, tmp_path: Path) -> None:
    began = time.perf_counter()
    html = render_review(*pair)
    write_workbook(*pair, tmp_path / "a.xlsx")
    assert len(html.encode()) < 600_000
    assert time.perf_counter() - began < 2
