"""One `Paper`, two renderers: the same words, the same pages, the same margins."""

import pytest

from dukao.papers.official.manners import LEADS_BY
from tests.papers.official.conftest import Rendered
from tests.papers.official.measuring import Page


def words_of(pages: list[Page]) -> str:
    """Every character of a paper, in no order: cells beside one another may be read in another."""
    return "".join(sorted("".join(line.words for page in pages for line in page.lines).replace(" ", "")))


@pytest.mark.parametrize("name", ["whole", "wide", "letter", *(f"by {one}" for one in LEADS_BY)])
def test_both_have_the_same_words_on_as_many_pages(rendered: Rendered, name: str) -> None:
    typst, office = rendered(name, "typst"), rendered(name, "office")
    assert len(typst) == len(office)
    for at, (one, other) in enumerate(zip(typst, office, strict=True), 1):
        assert words_of([one]) == words_of([other]), f"page {at}"


def test_both_break_their_lines_alike(rendered: Rendered) -> None:
    for one, other in zip(rendered("whole", "typst"), rendered("whole", "office"), strict=True):
        assert [line.words for line in one.body()] == [line.words for line in other.body()]


def test_both_have_the_same_margins(rendered: Rendered) -> None:
    for one, other in zip(rendered("whole", "typst"), rendered("whole", "office"), strict=True):
        for edge in (
            min(line.left for line in one.lines) - min(line.left for line in other.lines),
            max(line.right for line in one.lines) - max(line.right for line in other.lines),
            min(line.ascent for line in one.lines) - min(line.ascent for line in other.lines),
        ):
            assert edge == pytest.approx(0, abs=1.2)
