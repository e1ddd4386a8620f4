"""Manners in which offices publish breakdowns: each was read wrongly, or not at all."""

import pytest

from dukao.breakdown.reader import read_breakdown
from tests.breakdown.reading import as_source, in_short
from tests.breakdown.test_misreadings import in_brief, rows_of


def test_a_sentence_behind_the_units_of_a_bracket_is_a_remark_and_names_nobody() -> None:
    first, second = rows_of(
        "1.清淤三公里。〔责任单位：区水务局、区住建局。具体任务各街道均有涉及，不再列出，下同〕\n"
        "2.砌岸。〔责任单位：区住建局〕"
    )
    assert first["units"] == ["区水务局 responsible undecided", "区住建局 responsible undecided"]
    assert first["remark"] == "具体任务各街道均有涉及，不再列出，下同"
    assert second["units"] == ["区住建局 lead sole"]


def test_units_behind_a_stop_are_units_still() -> None:
    found = in_brief(
        "1.清淤。\n责任单位：区水务局牵头。区住建局、各街道配合。\n2.砌岸。\n责任单位：区住建局。"
    )
    assert found == [
        "清淤。 区水务局 lead word、区住建局 supporting word、各街道+ supporting word",
        "砌岸。 区住建局 lead sole",
    ]


def test_a_bracket_of_one_unit_and_others_unnamed_says_who_does_it() -> None:
    found = in_brief(
        "1、办好庙会。（市商务局等负责）\n2、清淤。（市水务局牵头）\n3、栽树。（市林业局等部门负责）"
    )
    assert found == [
        "办好庙会。 市商务局 lead sole",
        "清淤。 市水务局 lead word",
        "栽树。 市林业局 lead sole",
    ]


def test_a_small_full_stop_behind_a_number_is_a_stop() -> None:
    found = in_brief("1﹒清淤三公里。\n牵头单位：区水务局。\n2﹒砌岸。\n牵头单位：区住建局。")
    assert found == ["清淤三公里。 区水务局 lead word", "砌岸。 区住建局 lead word"]


@pytest.mark.parametrize("label", ["部门分工", "工作分工"])
def test_a_label_that_parts_the_work_among_offices_names_them(label: str) -> None:
    found = in_brief(
        f"1.新增就业三万人。\n{label}：市人社局牵头，各地、各部门配合。\n2.清淤。\n{label}：市水务局牵头。"
    )
    assert found == [
        "新增就业三万人。 市人社局 lead word、各地+ supporting word、各部门+ supporting word",
        "清淤。 市水务局 lead word",
    ]


def test_a_label_with_its_level_alone_is_a_label_in_a_flattened_cell() -> None:
    found = in_brief(
        "序号\n重点任务\n责任单位\n1*\n清淤三公里。\n市水务局、市住建局\n省牵头单位：省水利厅\n"
        "2\n砌岸。\n市住建局\n省牵头单位：省住建厅"
    )
    assert found == [
        "清淤三公里。 市水务局 responsible column、市住建局 responsible column、省水利厅 lead column",
        "砌岸。 市住建局 responsible column、省住建厅 lead column",
    ]


def test_a_column_of_another_kind_stands_in_a_flattened_table() -> None:
    rows = rows_of(
        "序号\n项目内容\n当前进度\n牵头单位\n备注\n1\n清淤三公里。\n80%（东段滞后）\n区水务局\n区定任务\n"
        "2\n砌岸。\n95%\n区住建局\n市定任务\n3\n栽树。\n98.4%\n区林业局\n区定任务"
    )
    assert [(row["text"], row["units"], row["remark"]) for row in rows] == [
        ("清淤三公里。", ["区水务局 lead column"], "区定任务"),
        ("砌岸。", ["区住建局 lead column"], "市定任务"),
        ("栽树。", ["区林业局 lead column"], "区定任务"),
    ]


def test_a_flattened_table_with_such_a_column_is_read_only_where_every_row_has_a_line_for_it() -> None:
    text = "序号\n项目内容\n当前进度\n牵头单位\n1\n清淤三公里。\n区水务局\n2\n砌岸。\n95%\n区住建局\n"
    tasks = in_short(read_breakdown(as_source(text + "3.栽树。\n责任单位：区林业局")))["tasks"]
    assert all("95%" not in unit for task in tasks for unit in task.get("units", []))
    assert not any("区水务局 lead column" in task.get("units", []) for task in tasks)


def test_a_bar_behind_every_cell_flattens_a_table_too() -> None:
    rows = rows_of(
        "序号 |\n目标与任务 |\n分 管 区领导 |\n牵头责任单位 |\n责任单位 |\n1 |\n清淤三公里。 |\n"
        "陶 然 |\n区水务局 |\n各有关单位 |\n2 |\n砌岸。 |\n王 磊李 明 |\n区住建局 |\n各有关单位 |"
    )
    assert [(row["text"], row["leaders"], row["units"]) for row in rows] == [
        ("清淤三公里。", "陶然", ["区水务局 lead column", "各有关单位+ responsible column"]),
        ("砌岸。", "王磊；李明", ["区住建局 lead column", "各有关单位+ responsible column"]),
    ]


def test_a_rule_through_some_columns_of_a_box_parts_these_alone() -> None:
    rows = rows_of(
        "2025年度任务分解表\n"
        "┌────────┬────┬──────┬────┐\n│工作任务│分管│责任单位│完成│\n│        │领导│      │时限│\n"
        "├────────┼────┼──────┼────┤\n│清淤三公里。│陶然│区水务局│年底│\n├────────┤    │      │前  │\n"
        "│△砌岸两│    │      │    │\n│公里。│    ├──────┤    │\n"
        "│△栽树。│    │区林业│    │\n│        │    │局    │    │\n"
        "├────────┤    │      │    │\n│△护坡。│    │      │    │\n└────────┴────┴──────┴────┘"
    )
    assert [(row["text"], row["leaders"], row["units"], row["deadline"].split()[0]) for row in rows] == [
        ("清淤三公里。", "陶然", ["区水务局 lead sole"], "年底前"),
        ("砌岸两公里。", "陶然", ["区水务局 lead sole"], "年底前"),
        ("栽树。", "陶然", ["区林业局 lead sole"], "年底前"),
        ("护坡。", "陶然", ["区林业局 lead sole"], "年底前"),
    ]
