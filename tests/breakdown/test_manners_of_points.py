"""Lines behind points and dashes, lines without numbers, and short numbered lines with their units."""

from typing import Any

import pytest

from dukao.breakdown.reader import read_breakdown
from dukao.reading.errors import SourceError
from tests.breakdown.reading import as_source, in_short


def rows_of(text: str) -> list[dict[str, Any]]:
    """The tasks of a text in short."""
    tasks: list[dict[str, Any]] = in_short(read_breakdown(as_source(text)))["tasks"]
    return tasks


def in_brief(text: str) -> list[str]:
    """The tasks of a text with their units: "疏浚南塘河。 区水务局 lead sole"."""
    return [f"{row['text']} {'、'.join(row.get('units', []))}".strip() for row in rows_of(text)]


BOTH = ["清淤三公里 区水务局 lead sole", "栽树 区林业局 lead sole"]


@pytest.mark.parametrize("point", ["- ", "●", "◆ ", "— ", "（一）", "一、", "①"])
@pytest.mark.parametrize(
    "units", ["\n责任单位：{}", "\n　　{}", "（{}）", "——{}", " → {}", "　　　{}", "\n主办单位：{}"]
)
def test_what_stands_behind_a_point_or_a_number_is_a_task_wherever_its_units_stand(
    point: str, units: str
) -> None:
    text = f"任务分解\n{point}清淤三公里{units.format('区水务局')}\n{point}栽树{units.format('区林业局')}"
    assert [row.removesuffix(" lead word") for row in in_brief(text)] == [
        one.removesuffix(" lead sole") + ("" if "主办" in units else " lead sole") for one in BOTH
    ]


@pytest.mark.parametrize("units", ["\n责任单位：{}", "（{}）", "——{}", " ⇒ {}", "　　　{}", "\n主办单位：{}"])
def test_lines_without_numbers_are_tasks_where_several_have_their_units(units: str) -> None:
    text = f"任务分解\n清淤三公里，修水闸。{units.format('区水务局')}\n栽树五百棵。{units.format('区林业局')}"
    assert [row.split()[:2] for row in in_brief(text)] == [
        ["清淤三公里，修水闸。", "区水务局"],
        ["栽树五百棵。", "区林业局"],
    ]


def test_one_line_without_a_number_that_names_a_unit_is_the_page_s() -> None:
    with pytest.raises(SourceError):
        read_breakdown(as_source("南塘区简介\n地址在东街一号。——区政府办公室\n欢迎来信。"))


@pytest.mark.parametrize("mark", ["1.", "（一）", "- ", "●"])
def test_a_limit_in_brackets_is_the_limit_of_any_line(mark: str) -> None:
    text = (
        f"任务分解\n{mark}清淤（6月底前）\n　　区水务局（牵头）、各街道\n{mark}栽树（9月底前）\n　　区林业局"
    )
    assert [(row["text"], row["deadline"].split()[0]) for row in rows_of(text)] == [
        ("清淤", "6月底前"),
        ("栽树", "9月底前"),
    ]


def test_clauses_behind_the_words_of_an_item_say_who_does_it() -> None:
    text = (
        "任务分解\n1.清淤三公里，由区水务局牵头，各街道配合，6月底前完成。\n"
        "2.栽树，由区林业局负责。\n3.疏通由北向南的河道。（区水务局）"
    )
    assert in_brief(text) == [
        "清淤三公里 区水务局 lead word、各街道+ supporting word",
        "栽树 区林业局 lead sole",
        "疏通由北向南的河道。 区水务局 lead sole",
    ]


def test_a_line_behind_a_point_is_no_unit_of_the_line_above() -> None:
    text = "任务分解\n- 清淤；\n责任单位：区水务局\n- 建成东郊水厂；\n责任单位：区城投公司"
    assert in_brief(text) == ["清淤； 区水务局 lead sole", "建成东郊水厂； 区城投公司 lead sole"]


def test_labels_of_a_section_lead_it_together_and_labels_below_items_lead_no_list() -> None:
    text = (
        "任务分解\n一、治水\n牵头领导：陶然\n牵头单位：区水务局\n1.清淤。\n2.砌岸。\n"
        "二、绿化\n牵头单位：区林业局\n牵头领导：沈岸\n1.栽树。\n2.建林带。"
    )
    assert [(row["leaders"], row["units"]) for row in rows_of(text)] == [
        ("陶然", ["区水务局 lead word"]),
        ("陶然", ["区水务局 lead word"]),
        ("沈岸", ["区林业局 lead word"]),
        ("沈岸", ["区林业局 lead word"]),
    ]
    below = (
        "任务分解\n一、治水\n牵头领导：陶然\n1 清淤\n牵头：区水务局　配合单位：各街道\n2 砌岸\n"
        "牵头：区住建局\n3 建闸\n牵头：区水务局　配合单位：各街道"
    )
    assert [row["units"][0] for row in rows_of(below)] == [
        "区水务局 lead word",
        "区住建局 lead word",
        "区水务局 lead word",
    ]


def test_leaders_above_lists_that_go_on_counting_lead_them() -> None:
    text = (
        "重点任务（第一责任单位为牵头单位）\n责任领导：副区长 陶然\n（1）清淤（区水务局、各街道）\n"
        "（2）砌岸（区住建局）\n责任领导：副区长 沈岸\n（3）栽树（区林业局）"
    )
    assert [row["leaders"] for row in rows_of(text)] == ["陶然 副区长", "陶然 副区长", "沈岸 副区长"]
    led = (
        "责任部门：区水务局\n具体任务：\n1.清淤；\n2.砌岸。\n"
        "责任部门：区林业局\n具体任务：\n1.栽树；\n2.建林带。"
    )
    water, wood = ["区水务局 lead sole"], ["区林业局 lead sole"]
    assert [row["units"] for row in rows_of(led)] == [water, water, wood, wood]


@pytest.mark.parametrize("bar", ["\t", " | "])
def test_units_in_the_first_row_are_no_heads_of_columns(bar: str) -> None:
    rows = [
        ("目标任务", "主办单位", "责任单位"),
        ("清淤五处", "区水务局", "区财政局、区城管局"),
        ("栽树", "区林业局", "各街道"),
    ]
    text = "任务清单\n" + "\n".join(bar.join(row) for row in rows)
    assert in_brief(text) == [
        "清淤五处 区水务局 lead column、区财政局 responsible column、区城管局 responsible column",
        "栽树 区林业局 lead column、各街道+ responsible column",
    ]


def test_columns_that_do_not_stand_one_below_the_other_are_counted() -> None:
    text = (
        "任务分解表\n序号   工作任务   牵头单位   配合单位   时限\n"
        "1   疏浚南塘河十二公里并整修沿线水闸   区水务局   区财政局   9月\n2   栽树   区林业局   各街道   6月"
    )
    assert in_brief(text) == [
        "疏浚南塘河十二公里并整修沿线水闸 区水务局 lead column、区财政局 supporting column",
        "栽树 区林业局 lead column、各街道+ supporting column",
    ]


def test_a_deed_that_ends_like_a_unit_is_a_task() -> None:
    text = "序号\n任务\n牵头单位\n1\n建成东郊污水处理厂\n区水务局\n2\n新建社区服务中心\n区民政局"
    assert in_brief(text) == [
        "建成东郊污水处理厂 区水务局 lead column",
        "新建社区服务中心 区民政局 lead column",
    ]


def test_a_bold_name_that_bears_the_number_is_the_name() -> None:
    text = (
        "# 实施清单\n\n**1. 老有所养：** 新建食堂两家。\n> 责任单位：区民政局\n\n"
        "**2. 学有所教：** 新建学校一所。\n> 责任单位：区教育局"
    )
    assert [(row["title"], row["text"]) for row in rows_of(text)] == [
        ("老有所养", "新建食堂两家。"),
        ("学有所教", "新建学校一所。"),
    ]


def test_labels_may_stand_behind_dashes_and_brackets_be_braces() -> None:
    text = (
        "任务1：清淤三公里\n——牵头单位：区水务局\n——配合单位：各街道\n——完成时间：11月\n"
        "任务2：栽树\n——牵头单位：区林业局"
    )
    assert in_brief(text)[0] == "清淤三公里 区水务局 lead word、各街道+ supporting word"
    assert rows_of(text)[0]["deadline"].startswith("11月")
    braced = "①　清淤｛牵头：区水务局；协办：各街道｝\n②　栽树｛牵头：区林业局｝"
    assert in_brief(braced) == [
        "清淤 区水务局 lead word、各街道+ supporting word",
        "栽树 区林业局 lead word",
    ]


def test_labels_above_a_table_without_units_say_who_does_its_rows() -> None:
    heads = "序号\t工作任务\t目标要求\t完成时限"
    text = (
        f"任务分解表\n责任单位：区水务局      责任领导：陶然\n{heads}\n1\t清理河道\t清淤五处\t10月\n"
        f"责任单位：区林业局      责任领导：沈岸\n{heads}\n2\t建设林带\t栽树五百棵\t11月"
    )
    assert [(row["leaders"], row["units"]) for row in rows_of(text)] == [
        ("陶然", ["区水务局 lead sole"]),
        ("沈岸", ["区林业局 lead sole"]),
    ]


def test_an_office_above_its_list_may_name_who_answers_there() -> None:
    text = (
        "街道工作任务分解\n党建办公室（负责人：陶然）：\n1.编发简报；\n2.发展党员。\n"
        "城建办公室（负责人：沈岸）：\n1.修缮步道；\n2.疏通管道。"
    )
    assert [row["units"][0] for row in rows_of(text)][1:3] == ["党建办公室 lead sole", "城建办公室 lead sole"]
    assert not any("leaders" in row for row in rows_of(text))


def test_a_demand_with_a_day_is_the_limit() -> None:
    text = "交办事项\t主办单位\t督办领导\t要求\n疏通南关路口\t区公安分局\t陶然\t4月20日前提出方案"
    assert rows_of(text)[0]["deadline"].startswith("4月20日前")


def test_all_labels_may_have_spaces_for_their_colon() -> None:
    text = (
        "1.清淤三公里。\n责任领导　陶　然\n牵头单位　区水务局\n责任单位　区财政局　各街道\n完成时限　10月底\n"
        "2.栽树。\n责任领导　沈岸\n牵头单位　区林业局\n完成时限　年内"
    )
    assert [row["leaders"] for row in rows_of(text)] == ["陶然", "沈岸"]
    assert [row["deadline"].split()[0] for row in rows_of(text)] == ["10月底", "年内"]
    assert in_brief(text)[0] == (
        "清淤三公里。 区水务局 lead word、区财政局 responsible word、各街道+ responsible word"
    )


def test_short_labels_are_labels_and_the_time_of_a_page_is_no_limit() -> None:
    text = (
        "任务：清淤    责任人：陶然    责任部门：水利站    时间：5月底前\n"
        "任务：栽树    责任部门：林业站    时间：全年"
    )
    assert in_brief(text) == ["清淤 水利站 lead sole", "栽树 林业站 lead sole"]
    assert rows_of(text)[0]["deadline"].startswith("5月底前")
    page = "时间：2025年3月1日\n1.清淤。\n责任单位：区水务局\n2.栽树。\n责任单位：区林业局"
    assert all("deadline" not in row for row in rows_of(page))


def test_cells_of_responsibility_may_label_what_they_hold() -> None:
    text = "| 任务 | 责任 | 时限 |\n|---|---|---|\n| 1. 清淤 | 牵头：区水务局<br>配合：各街道 | 9月 |"
    assert in_brief(text) == ["清淤 区水务局 lead column、各街道+ supporting column"]


def test_a_limit_among_the_labels_of_a_short_numbered_line_is_its_limit() -> None:
    text = (
        "任务分解\n（一）清淤\n牵头单位：区水务局\n完成时限：6月底前\n"
        "（二）栽树\n完成时限：9月底前\n牵头单位：区林业局"
    )
    assert [row["deadline"].split()[0] for row in rows_of(text)] == ["6月底前", "9月底前"]


def test_units_below_lines_without_numbers_are_theirs_in_a_paper_that_parts_work() -> None:
    lines = "疏浚南塘河三公里（6月底前）\n　　区水务局（牵头）、各街道\n补种行道树五百棵\n　　区林业局\n"
    assert in_brief(f"任务分解\n一、生态建设\n{lines}") == [
        "疏浚南塘河三公里 区水务局 lead word、各街道+ responsible word",
        "补种行道树五百棵 区林业局 lead sole",
    ]
    with pytest.raises(SourceError):
        read_breakdown(as_source(f"河湖见闻\n{lines}"))


def test_a_leader_below_the_units_of_a_line_is_its_leader_and_of_no_other() -> None:
    text = (
        "任务分解\n（一）清淤【牵头：区水务局】\n责任领导：陶然\n"
        "（二）砌岸【牵头：区住建局；协办：区财政局、各街道】\n责任领导：沈岸\n（三）栽树【牵头：区林业局】\n责任领导：周行"
    )
    assert [row["leaders"] for row in rows_of(text)] == ["陶然", "沈岸", "周行"]
