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


def test_a_remark_that_says_whom_all_else_is_laid_on_names_nobody_by_its_first_words() -> None:
    first, _ = rows_of(
        "1.清淤三公里。（责任单位：区水务局、区住建局。以下措施均需各街道、园区管委会落实，不再列出）\n"
        "2.砌岸。（责任单位：区住建局）"
    )
    assert first["units"] == ["区水务局 responsible undecided", "区住建局 responsible undecided"]
    assert first["remark"] == "以下措施均需各街道、园区管委会落实，不再列出"


def test_places_that_act_as_it_suits_them_are_named_without_these_words() -> None:
    found = in_brief(
        "1.清淤。（市水务局、住建局按职责分工负责，各镇人民政府结合实际落实）\n2.砌岸。（市住建局负责）"
    )
    assert found[0] == (
        "清淤。 市水务局 responsible undecided、住建局 responsible undecided、"
        "各镇人民政府+ responsible undecided"
    )


def test_who_signs_below_units_that_a_stop_closes_is_none_of_them() -> None:
    found = in_brief(
        "任务分解\n1.清淤三公里。责任单位：区水务局。\n2.砌岸。责任单位：区住建局。\n临江区民生办"
    )
    assert found == ["清淤三公里。 区水务局 lead sole", "砌岸。 区住建局 lead sole"]


def test_a_table_of_bars_may_have_other_columns_and_rows_that_lack_merged_cells_at_their_left() -> None:
    rows = rows_of(
        "类别 | 工作任务 | 责任单位 | 分管区领导 | 进展情况、存在问题及下一步打算 | 监督电话 |\n"
        "一、水利 | 1.清淤三公里。 | 区水务局 | 陶然 | 已完成。 | 88220001 |\n"
        "2.砌岸。 | 区住建局 | 王磊 | 已开工。 | 88220002 | |\n"
        "3.栽树。 | 区林业局 | 李明 | 已开工。 | 88220003 |"
    )
    assert [(row["text"], row["leaders"], row["units"]) for row in rows] == [
        ("清淤三公里。", "陶然", ["区水务局 lead sole"]),
        ("砌岸。", "王磊", ["区住建局 lead sole"]),
        ("栽树。", "李明", ["区林业局 lead sole"]),
    ]


def test_a_second_content_of_a_table_of_bars_shares_the_units_above() -> None:
    found = in_brief(
        "序号 | 工作任务 | 责任单位 | 进展情况 |\n1 | 新建学校1所。 | 教体局 | 已开工。 |\n"
        "新增学位90个。 | |||\n2 | 清淤。 | 水务局 | 已完成。 |"
    )
    assert found == [
        "新建学校1所。 教体局 lead sole",
        "新增学位90个。 教体局 lead sole",
        "清淤。 水务局 lead sole",
    ]


def test_items_with_their_labels_may_run_in_one_line() -> None:
    found = in_brief(
        "关于治水的意见。现提出以下意见。1.清淤三公里，投入 2 亿元。责任单位：区水务局、区住建局。"
        "2.砌岸，护坡 1.5 公里。责任单位：区住建局。"
    )
    assert found == [
        "清淤三公里，投入 2 亿元。 区水务局 responsible undecided、区住建局 responsible undecided",
        "砌岸，护坡 1.5 公里。 区住建局 lead sole",
    ]


def test_steps_of_one_item_in_a_line_are_no_items_where_labels_stand_behind_the_last_alone() -> None:
    found = in_brief("1.治水。主要工作：1.清淤。2.砌岸。责任单位：区水务局\n2.修路。责任单位：区住建局")
    assert [one.rsplit(" ", 3)[1] for one in found] == ["区水务局", "区住建局"]


def test_a_limit_behind_the_units_of_a_label_is_no_unit() -> None:
    first, second = rows_of(
        "1.清淤。（牵头单位：州水务局；责任单位：州住建局及州直相关单位，各县市人民政府，2025年6月底完成）\n"
        "2.砌岸。（牵头单位：州住建局；责任单位：州水务局，9月底前落实，各县市配合）"
    )
    assert first["units"] == [
        "州水务局 lead word",
        "州住建局 responsible word",
        "州直相关单位+ responsible word",
        "各县市人民政府+ responsible word",
    ]
    assert first["deadline"].split()[:2] == ["2025年6月底完成", "2025-06-30"]
    assert [unit.split()[0] for unit in second["units"]] == ["州住建局", "州水务局", "各县市+"]


def test_heads_of_a_flattened_table_may_be_broken_over_two_lines() -> None:
    rows = rows_of(
        "序号\n项目\n类别\n具 体 内 容\n牵头\n部门\n相关责任部门\n完成\n时间\n108\n清淤三公里\n水务局\n"
        "13个街道、镇\n2025年\n109\n砌岸\n住建局\n水务局等相关部门，13个街道、镇\n2026年"
    )
    assert [(row["text"], row["units"][0]) for row in rows] == [
        ("清淤三公里", "水务局 lead column"),
        ("砌岸", "住建局 lead column"),
    ]
    assert [[unit.split()[0] for unit in row["units"][1:]] for row in rows] == [
        ["13个街道、镇+"],
        ["水务局", "13个街道、镇+"],
    ]


def test_two_heads_that_could_be_one_stay_two_where_rows_have_a_line_for_each() -> None:
    rows = rows_of("序号\n任务\n内容\n责任单位\n1\n治水\n清淤三公里。\n区水务局\n2\n修路\n补坑。\n区住建局")
    assert [(row.get("title"), row["text"], row["units"]) for row in rows] == [
        ("治水", "清淤三公里。", ["区水务局 lead sole"]),
        ("修路", "补坑。", ["区住建局 lead sole"]),
    ]


def test_places_of_several_ranks_are_one_group() -> None:
    found = in_brief(
        "1.清淤。（牵头单位：市水务局；配合单位：各区、县级市）\n"
        "2.砌岸。（牵头单位：市水务局；配合单位：各县、自治县人民政府）"
    )
    assert found == [
        "清淤。 市水务局 lead word、各区、县级市+ supporting word",
        "砌岸。 市水务局 lead word、各县、自治县人民政府+ supporting word",
    ]
