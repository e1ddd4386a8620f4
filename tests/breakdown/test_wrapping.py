"""A text broken at a fixed width says what it said before, and no more than that it was broken."""

from unicodedata import east_asian_width

import pytest

from dukao.breakdown.reader import read_breakdown
from tests.breakdown.reading import as_source
from tests.breakdown.test_misreadings import in_brief

_LONG = "坚持系统治理、源头治理，完善河湖管护机制，健全巡查、保洁、养护制度，推动水岸同治"
BRACKETS = "任务分解\n" + "\n".join(
    f"{number}.{name}。{_LONG}，全年{name}{number}公里。（牵头单位：市水务局、市人力资源和社会保障局；"
    f"配合单位：市住房和城乡建设局、各县（市、区）人民政府）"
    for number, name in enumerate(("清淤", "砌岸", "护坡", "截污", "栽树"), 1)
)
WORDS = "工作要点\n" + "\n".join(
    f"（{number}）{name}。{_LONG}。（市水务局牵头，市住房和城乡建设局、各县（市、区）人民政府按职责分工负责，年内持续推进）"
    for number, name in zip("一二三四五", ("清淤", "砌岸", "护坡", "截污", "栽树"), strict=True)
)
LABELS = "任务分解\n" + "\n".join(
    f"{number}.{name}。{_LONG}，全年{name}{number}公里。\n责任单位：市水务局、市人力资源和社会保障局、"
    f"市住房和城乡建设局、市自然资源和规划局、各县（市、区）人民政府、市公安局"
    for number, name in enumerate(("清淤", "砌岸", "护坡", "截污", "栽树"), 1)
)


def wrap(text: str, width: int) -> str:
    """The text with no line wider than so many half widths."""
    lines: list[str] = []
    for line in text.split("\n"):
        lines.append("")
        for letter in line:
            own = [2 if east_asian_width(one) in "WFA" else 1 for one in lines[-1] + letter]
            if sum(own) > width:
                lines.append("")
            lines[-1] += letter
    return "\n".join(lines)


@pytest.mark.parametrize("width", [46, 60, 68, 94])
@pytest.mark.parametrize("paper", [BRACKETS, WORDS, LABELS])
def test_a_text_broken_at_a_width_reads_as_before(paper: str, width: int) -> None:
    assert in_brief(wrap(paper, width)) == in_brief(paper)


def test_what_was_put_together_is_said() -> None:
    found = read_breakdown(as_source(wrap(BRACKETS, 60)))
    assert [said.code for said in found.diagnostics] == ["wrapped-cells"]


def test_items_of_one_width_are_no_broken_text() -> None:
    paper = "任务分解\n" + "\n".join(
        f"{number}.完成{place}至{place}水厂原水输水管线工程前期工作并开工\n责任单位：区水务局、区住建局"
        for number, place in enumerate(("城东", "城西", "城南", "城北", "青川", "东渡", "南塘", "北岸"), 1)
    )
    assert len(in_brief(paper)) == 8
    assert all(
        one.endswith("区水务局 responsible undecided、区住建局 responsible undecided")
        for one in in_brief(paper)
    )


PLACES = ("城东", "城西", "城南", "城北", "青川", "东渡", "南塘", "北岸")
OF_ONE_WIDTH = "完成{place}至水厂原水输水管线工程前期各项工作并全面开工"


@pytest.mark.parametrize(
    "line",
    [
        "•{task}。（区水务局负责）",
        "{task}（区水务局）",
        "■{task}（区水务局）",
        "{number}.{task}\n牵头：区水务局\n配合：区住建局",
        "{number}.{task}\n【责任单位】区水务局",
        "{number}.{task}\n责任单位 区水务局",
        "{number}.{task}\n区水务局、区住建局",
        "- {task}   区水务局",
    ],
)
def test_what_stands_below_or_behind_words_of_one_width_is_not_run_into_them(line: str) -> None:
    rows = [
        line.format(number=number, task=OF_ONE_WIDTH.format(place=place))
        for number, place in enumerate(PLACES, 1)
    ]
    found = in_brief("任务分解\n" + "\n".join(rows))
    assert [one.split()[0].rstrip("。") for one in found] == [
        OF_ONE_WIDTH.format(place=place) for place in PLACES
    ]
    assert all("区水务局 " in one for one in found)


def test_a_number_in_its_turn_begins_an_item_below_a_full_line_of_units() -> None:
    units = "责任单位：区水务局、区住建局、区教育局、区科技局、区民政局"
    rows = [f"{number} {OF_ONE_WIDTH.format(place=place)}\n{units}" for number, place in enumerate(PLACES, 1)]
    assert len(in_brief("任务分解\n" + "\n".join(rows))) == len(rows)


def test_who_signs_below_a_full_last_line_is_no_part_of_it() -> None:
    paper = wrap(BRACKETS, 60) + "\n6.完成城东至水厂原水输水管线工程前期各项工作开工（市水务局）"
    assert in_brief(f"{paper}\n临江市人民政府办公室\n2025年3月1日") == in_brief(paper)


@pytest.mark.parametrize("heads", ["序号 工作任务 责任单位\n", ""])
@pytest.mark.parametrize("verb", ["完成", "年内"])
def test_rows_numbered_by_spaces_are_not_run_together(verb: str, heads: str) -> None:
    names = (
        "清淤三公里并砌岸",
        "新建口袋公园十座",
        "改造老旧小区五个",
        "补种行道树两千株",
        "整治背街小巷十条",
    )
    more = ("修缮古桥一座半年", "加装路灯四百余盏", "办好庙会三场以上")
    rows = [
        f"{number} {verb}{name}并通过竣工验收（区住建局负责）" for number, name in enumerate(names + more, 1)
    ]
    table = [row.replace("（区住建局负责）", " 区住房和城乡建设局") for row in rows]
    found = in_brief("任务分解\n" + heads + "\n".join(table if heads else rows))
    assert len(found) == len(rows)


def test_a_group_of_several_ranks_behind_the_break_of_a_drawn_cell_is_one() -> None:
    found = in_brief(
        "2025年度任务分解表\n┌──────┬──────┐\n│工作任务│责任单位│\n├──────┼──────┤\n│清淤。│区水务局、区住│\n"
        "│      │建局、各镇、│\n│      │街道      │\n└──────┴──────┘"
    )
    assert [one.rsplit("、", 2)[-2:] for one in found] == [["各镇", "街道+ responsible undecided"]]
