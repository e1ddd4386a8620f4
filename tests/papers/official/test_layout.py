"""GB/T 9704-2012, measured on the pages: of the PDF, and of the .docx as LibreOffice prints it."""

from itertools import pairwise

import pytest

from tests.papers.official.conftest import Rendered
from tests.papers.official.measuring import Page
from tests.papers.official.samples import OFFICE


@pytest.fixture
def pages(rendered: Rendered, by: str) -> list[Page]:
    """The whole notice."""
    return rendered("whole", by)


def test_the_text_stands_within_its_margins(pages: list[Page]) -> None:
    for page in pages:
        assert (round(page.wide), round(page.tall)) == (210, 297)
        lines = [line for line in page.lines if line.base < 262]
        edges = [line.left for line in lines] + [rule[0] for rule in page.rules]
        assert min(edges) >= 27.5
        assert max(line.right for line in lines) <= 184.5
        assert max(line.base for line in lines) <= 262
        # The first line stands in the middle of its grid line, 29 points high.
        assert min(line.ascent for line in lines) >= 37
    full = pages[1]
    assert min(line.left for line in full.body()) == pytest.approx(28, abs=0.2)
    assert max(line.right for line in full.lines) == pytest.approx(184, abs=0.6)
    assert full.body()[0].ascent == pytest.approx(37 + 2.3, abs=1)


def test_a_page_has_22_lines_of_28_characters(pages: list[Page]) -> None:
    lines = pages[1].body()
    assert len(lines) == 22
    steps = [below.base - above.base for above, below in pairwise(lines)]
    assert steps == pytest.approx([225 / 22] * 21, abs=0.1)
    inner = [line for line in lines if line.left < 29 and line.right > 183]
    assert len(inner) > 12
    assert {line.count for line in inner} == {28}


def test_page_numbers_stand_outside_seven_millimetres_below(pages: list[Page]) -> None:
    for at, page in enumerate(pages, 1):
        number = page.number
        assert number.words.replace(" ", "") == f"—{at}—"
        assert number.size == pytest.approx(14, abs=0.1)
        # The dash is drawn 0.38 of its size above the baseline.
        assert number.base - 0.38 * 14 * 25.4 / 72 == pytest.approx(262 + 7, abs=0.6)
        if at % 2:
            assert number.right == pytest.approx(184 - 14 * 25.4 / 72, abs=0.5)
        else:
            assert number.left == pytest.approx(28 + 14 * 25.4 / 72, abs=0.5)


def test_the_head_of_the_first_page(pages: list[Page]) -> None:
    first = pages[0]
    mark, number = first.line(OFFICE), first.line("望政办")
    assert mark.words == f"{OFFICE}文件"
    assert mark.ascent == pytest.approx(37 + 35, abs=1)
    assert (mark.left + mark.right) / 2 == pytest.approx((28 + 184) / 2, abs=0.6)
    rule = next(one for one in first.rules if one[2] > number.base)
    assert rule[2] - (number.base + 0.12 * 16 * 25.4 / 72) == pytest.approx(4, abs=0.6)
    assert rule[:2] == pytest.approx((28, 184), abs=0.2)
    title = first.body(22)
    assert [line.words for line in title] == [
        OFFICE,
        "关于印发2024年政府工作报告重点工作",
        "责任分解和民生实事项目责任分解的通知",
    ]
    # Two blank lines between the number and the mark, and between the rule and the title.
    assert number.ascent - mark.base > 2 * 225 / 22
    assert title[0].ascent - rule[2] > 2 * 225 / 22
    addressees = first.line("各街道")
    assert addressees.left == pytest.approx(28, abs=0.3)
    assert addressees.words.endswith("：")


def test_annexes_are_listed_hanging_without_a_mark_after_them(pages: list[Page]) -> None:
    lines = [line for page in pages for line in page.lines]
    first = next(line for line in lines if line.words.startswith("附件：1."))
    second = next(line for line in lines if line.words.startswith("2.2024年民生"))
    assert first.left == pytest.approx(28 + 2 * 16 * 25.4 / 72, abs=0.5)
    assert second.left == pytest.approx(first.left + 3 * 15.75 * 25.4 / 72, abs=0.8)
    assert first.words.endswith("分解")


def test_the_signature_stands_centred_over_the_date_four_characters_in(pages: list[Page]) -> None:
    page = next(page for page in pages if any(line.words == "2024年3月8日" for line in page.lines))
    day = page.line("2024年3月8日")
    name = [line for line in page.body() if line.words == OFFICE][-1]
    assert max(day.right, name.right) == pytest.approx(184 - 4 * 15.75 * 25.4 / 72, abs=0.8)
    assert (day.left + day.right) / 2 == pytest.approx((name.left + name.right) / 2, abs=1.5)
    assert page.line("（此件公开发布）").left == pytest.approx(28 + 2 * 16 * 25.4 / 72, abs=0.5)
    # Never alone on its page.
    assert len([line for line in page.body() if line.base < name.base]) >= 2


def test_where_the_signature_goes_over_the_page_words_of_the_notice_go_with_it(
    rendered: Rendered, by: str
) -> None:
    first, second, *_ = rendered("short", by)
    words = [line.words for line in second.body()]
    assert words.index("有重大问题，请及时报告。") < words.index(OFFICE)
    assert first.body()[-1].words.endswith("请认真贯彻执行。")


def test_an_annex_begins_its_page_and_its_table_has_a_head_on_each(pages: list[Page]) -> None:
    firsts = [page.body()[0].words for page in pages if page.body()]
    signs = [words for words in firsts if words in ("附件1", "附件2")]
    assert signs == ["附件1", "附件2"]
    start = next(at for at, page in enumerate(pages) if page.body() and page.body()[0].words == "附件1")
    tables = [page for page in pages[start:] if any(line.words.startswith("序号") for line in page.lines)]
    assert len(tables) == len(pages) - start
    for page in pages[start:]:
        rules = [rule for rule in page.rules if rule[1] - rule[0] > 1]
        assert min(rule[0] for rule in rules) == pytest.approx(28, abs=0.3)
        assert max(rule[1] for rule in rules) == pytest.approx(184, abs=0.3)


def test_the_imprint_ends_on_the_foot_of_the_last_page(pages: list[Page]) -> None:
    last = pages[-1]
    assert max(rule[3] for rule in last.rules) == pytest.approx(262, abs=0.3)
    copied = last.line("抄送：")
    assert copied.left == pytest.approx(28 + 14 * 25.4 / 72, abs=0.5)
    assert copied.size == pytest.approx(14, abs=0.1)
    printed = next(line for line in last.lines if line.words.endswith("印发"))
    assert printed.words == f"{OFFICE}2024年3月8日印发"
    assert printed.right == pytest.approx(184 - 14 * 25.4 / 72, abs=0.5)
    assert not any(line.words.startswith("抄送") for page in pages[:-1] for line in page.lines)


def test_a_wide_annex_lies_on_its_side_and_its_number_stays_at_the_foot_of_the_sheet(
    rendered: Rendered, by: str
) -> None:
    pages = rendered("wide", by)
    turned = [page for page in pages if page.wide > page.tall]
    assert len(turned) == len(pages) - 1 >= 2
    for page in turned:
        assert (round(page.wide), round(page.tall)) == (297, 210)
        rules = [rule for rule in page.rules if rule[1] - rule[0] > 1]
        assert min(rule[0] for rule in rules) == pytest.approx(35, abs=0.4)
        assert max(rule[1] for rule in rules) == pytest.approx(297 - 37, abs=0.4)
        # The foot of the sheet is the left of the page: 35 mm wide, the dash 7 mm away from the text.
        dash = [line for line in page.lines if "—" in line.words]
        assert {round(line.left) for line in dash} <= {26, 27}
    # Page 2 is the first that lies: even, its number at the outer edge, which is the upper one here.
    assert max(line.base for line in turned[0].lines if "—" in line.words) < 60
    assert min(line.base for line in turned[1].lines if "—" in line.words) > 150


def test_a_letter_has_its_rules_and_no_number_on_the_first_page(rendered: Rendered, by: str) -> None:
    first, second = rendered("letter", by)[:2]
    mark = first.line(OFFICE)
    assert mark.ascent == pytest.approx(30, abs=1)
    long = sorted(rule for rule in first.rules if rule[1] - rule[0] > 165)
    assert all(
        rule[0] == pytest.approx(20, abs=0.3) and rule[1] == pytest.approx(190, abs=0.3) for rule in long
    )
    heights = sorted(rule[3] for rule in long)
    assert heights[0] == pytest.approx(mark.base + 0.12 * mark.size * 25.4 / 72 + 4, abs=1)
    assert heights[-1] == pytest.approx(297 - 20, abs=0.6)
    number = first.line("望政办函")
    assert number.right == pytest.approx(184, abs=0.5)
    assert not any(line.words.startswith("—") for line in first.lines)
    assert second.number.words.replace(" ", "") == "—2—"


def test_columns_of_units_stand_beside_one_another_under_their_own_heads(rendered: Rendered, by: str) -> None:
    pages = rendered("by column", by)
    lines = [line for page in pages for line in page.lines]
    heads = {line.words for page in pages for line in page.body(12) if "牵头单位" in line.words}
    assert heads == {
        "序号重点工作牵头单位责任单位配合单位备注",
        "序号项目内容牵头单位责任单位配合单位",
    }
    assert not any("*" in line.words or line.words.startswith("注：") for line in lines)
    rules = [rule for page in pages for rule in page.rules]
    assert rules
    assert min(rule[0] for rule in rules) >= 27.5
    assert max(rule[1] for rule in rules) <= 184.5


@pytest.mark.parametrize(
    ("manner", "note"),
    [("star", "注：标记*的为牵头单位。"), ("first", "注：列第一位的为牵头单位。"), ("word", "")],
)
def test_below_the_tables_stands_what_says_who_leads(
    rendered: Rendered, by: str, manner: str, note: str
) -> None:
    lines = [line for page in rendered(f"by {manner}", by) for line in page.lines]
    assert [line.words for line in lines if line.words.startswith("注：")] == ([note, note] if note else [])
    assert any("*区发改局" in line.words for line in lines) == (manner == "star")
    assert any("区发改局牵头" in line.words for line in lines) == (manner == "word")
