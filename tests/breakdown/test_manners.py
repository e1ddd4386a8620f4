"""Manners in which places write a breakdown, each in a few lines and read row by row."""

from dataclasses import replace
from typing import Any

import pytest

from dukao.breakdown.reader import read_breakdown
from tests.breakdown.reading import as_source, in_short


def rows_of(text: str) -> list[dict[str, Any]]:
    """The tasks of a text in short."""
    tasks: list[dict[str, Any]] = in_short(read_breakdown(as_source(text)))["tasks"]
    return tasks


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("1.修粮仓两座。备注：省定任务。\n责任单位：区粮储局", "省定任务。"),
        ("1.修粮仓两座。责任单位：区粮储局；备注：省定任务。", "省定任务"),
        ("1.修粮仓两座。（责任单位：区粮储局）备注：省定任务。", "省定任务"),
        ("1.修粮仓两座。（备注：省定任务）\n责任单位：区粮储局", "省定任务"),
        ("1.修粮仓\n两座。备注：省定任务\n责任单位：区粮储局", "省定任务"),
        ("| 序号 | 工作任务 | 责任单位 |\n| 1 | 修粮仓两座。备注：省定任务 | 区粮储局 |", "省定任务"),
    ],
)
def test_a_remark_at_the_end_of_an_item_is_its_remark(text: str, remark: str) -> None:
    (row,) = rows_of(text)
    assert "".join(row["text"].split()) == "修粮仓两座。"
    assert row["remark"] == remark
    assert row["units"] == ["区粮储局 lead sole"]


def test_a_remark_is_of_its_own_item_alone() -> None:
    first, second = rows_of("1.清淤两公里；\n2.砌岸三公里。备注：省定任务\n责任单位：区水务局")
    assert "remark" not in first
    assert second["remark"] == "省定任务"
    assert first["units"] == second["units"]


def test_labels_behind_the_second_line_of_an_item_are_read() -> None:
    (row,) = rows_of("1.修粮仓两座，\n年底前完工。责任单位：区粮储局")
    assert row["text"] == "修粮仓两座，\n年底前完工。"
    assert row["units"] == ["区粮储局 lead sole"]


SHARED = """一、治水
1.清淤两公里。
2.砌岸三公里。
责任单位：区水务局
完成时限：9月底前
二、修路
3.修补路面。
责任单位：区住建局
三、栽树
4.补种行道树。
5.新建口袋公园两个。
责任单位：区林业局、区住建局
"""
OWN = "1.清淤。\n责任单位：区水务局\n2.砌岸。\n3.补路。\n责任单位：区住建局\n" + "".join(
    f"{number}.栽树。\n责任单位：区林业局\n" for number in range(4, 9)
)
UNKNOWN = "1.清淤。\n2.砌岸。\n责任单位：区水务局\n3.补路。\n责任单位：区住建局\n"


def test_items_above_a_line_share_it_where_the_document_writes_so() -> None:
    breakdown = read_breakdown(as_source(SHARED))
    units = [[unit.name for unit in task.units] for task in breakdown.tasks]
    water, wood = ["区水务局"], ["区林业局", "区住建局"]
    assert units == [water, water, ["区住建局"], wood, wood]
    assert breakdown.tasks[0].deadline == breakdown.tasks[1].deadline
    (said,) = breakdown.diagnostics
    assert said.code == "shared-units"
    assert "一-1、三-4 共 2 条" in said.message


def test_an_item_without_a_line_has_no_units_where_every_item_has_its_own() -> None:
    breakdown = read_breakdown(as_source(OWN))
    assert [task.number for task in breakdown.tasks if not task.units] == ["2"]
    assert [one.message for one in breakdown.diagnostics] == [
        "1-2 没有写责任单位，备注里也没有：需要有人补上。"
    ]


def test_where_no_habit_can_be_known_the_item_is_left_open_and_said_so() -> None:
    breakdown = read_breakdown(as_source(UNKNOWN))
    assert not breakdown.tasks[0].units
    (said,) = breakdown.diagnostics
    assert said.code == "no-units"
    assert "“区水务局”是否也管这一条" in said.message


HEADS = "| 类别 | 序号 | 工作任务 | 责任单位 |\n"
ROWS = "| 1 | 清淤。 | 区水务局 |\n", "| 2 | 砌岸。 | 区水务局 |\n", "| 3 | 补路。 | 区住建局 |\n"


@pytest.mark.parametrize("again", ["", "治水"])
def test_a_category_over_several_rows_is_their_group(again: str) -> None:
    table = f"{HEADS}| 治水 {ROWS[0]}| {again} {ROWS[1]}| 修路 {ROWS[2]}"
    other = "\n| 序号 | 工作任务 | 责任单位 |\n| 1 | 栽树。 | 区林业局 |\n"
    read = in_short(read_breakdown(as_source(table + other)))
    assert [(group["id"], group.get("title")) for group in read["groups"]] == [
        ("1", "治水"),
        ("2", "修路"),
        ("3", None),
    ]
    assert [task["id"] for task in read["tasks"]] == ["1-1", "1-2", "2-3", "3-1"]
    assert all("title" not in task for task in read["tasks"])


def test_a_category_bears_its_own_number_and_stands_under_the_head_of_its_table() -> None:
    table = f"一、城建\n{HEADS}| （一）治水 {ROWS[0]}|  {ROWS[1]}| （二）修路 {ROWS[2]}"
    groups = in_short(read_breakdown(as_source(table)))["groups"]
    assert groups == [{"id": "一（一）", "title": "治水"}, {"id": "一（二）", "title": "修路"}]


def test_chinese_numbers_beside_categories_count_these() -> None:
    table = (
        "| 序号 | 领域 | 工作任务 | 责任单位 |\n| 一 | 治水 | 清淤。 | 区水务局 |\n"
        "| | | 砌岸。 | 区住建局 |\n| 二 | 修路 | 补路。 | 区住建局 |\n"
    )
    read = in_short(read_breakdown(as_source(table)))
    assert [group["title"] for group in read["groups"]] == ["治水", "修路"]
    assert [task["id"] for task in read["tasks"]] == ["1-1", "1-2", "2-1"]


@pytest.mark.parametrize(
    "table",
    [
        f"{HEADS}| 新建 {ROWS[0]}| 续建 {ROWS[1]}| 新建 {ROWS[2]}",
        f"{HEADS}| 治水 {ROWS[0]}| 护岸 {ROWS[1]}| 修路 {ROWS[2]}",
        f"2026年民生实事项目责任分解表\n{HEADS}| 治水 {ROWS[0]}|  {ROWS[1]}| 修路 {ROWS[2]}",
    ],
)
def test_a_category_that_makes_no_sections_names_the_project(table: str) -> None:
    read = in_short(read_breakdown(as_source(table)))
    items = read.get("livelihood") or read["tasks"]
    assert len(items) == 3
    assert all(one.get("project") or one["title"] for one in items)


def test_turtle_brackets_say_who_does_it() -> None:
    (row,) = rows_of("1.新建小学四所。〔责任单位：区教育局〕")
    assert row["text"] == "新建小学四所。"
    assert row["units"] == ["区教育局 lead sole"]


@pytest.mark.parametrize("aim", ["1.6万人", "增长4%左右", "控制在4.5%以内", "42个", "≥95"])
def test_an_aim_that_is_a_mere_figure_is_no_task(aim: str) -> None:
    (row,) = rows_of(f"| 序号 | 指标名称 | 年度目标 | 责任单位 |\n| 1 | 新增就业 | {aim} | 区人社局 |\n")
    assert row["text"] == "新增就业"
    assert row["milestones"] == [f"年度目标 None：{aim}"]


@pytest.mark.parametrize(
    "note", ["牵头单位有两个以上的，排在第一位的为第一牵头单位。", "两家以上牵头的，排名第一的为总牵头单位。"]
)
def test_who_is_first_of_several_leads_says_nothing_of_other_units(note: str) -> None:
    table = f"| 序号 | 工作任务 | 责任单位 |\n| 1 | 清淤。 | 区水务局、区住建局 |\n注：{note}\n"
    assert read_breakdown(as_source(table)).lead_conventions == ()


def test_the_number_of_a_part_is_no_word_of_it() -> None:
    head = "序号\t工作任务\t责任单位\n"
    parts = rows_of(
        f"{head}1\t（1）清淤。\t区水务局\n\t②砌岸。\t区住建局\n2\t（1）补路；（2）划线。\t区住建局\n"
    )
    assert [part["text"] for part in parts] == ["清淤。", "砌岸。", "（1）补路；（2）划线。"]


def test_a_notice_is_signed_behind_its_rows() -> None:
    text = (
        "望江区2026年政府工作报告任务分解意见\n根据会议要求，现将任务分解如下：\n1.清淤，6月底前完成。\n责任单位：区水务局\n"
        "望江区人民政府办公室\n2026年3月5日\n"
    )
    notice = read_breakdown(as_source(text)).notice
    assert (notice.issuer, notice.dated) == ("望江区人民政府办公室", "2026-03-05")
    assert notice.addressees is None


@pytest.mark.parametrize(
    ("limit", "day"), [("8月上旬", "2026-08-10"), ("8月中旬", "2026-08-20"), ("8月下旬", "2026-08-31")]
)
def test_a_third_of_a_month_is_a_limit(limit: str, day: str) -> None:
    title = "2026年重点工作任务分解表\n"
    (row,) = rows_of(
        f"{title}| 序号 | 工作任务 | 责任单位 | 完成时限 |\n| 1 | 清淤。 | 区水务局 | {limit} |\n"
    )
    assert row["deadline"] == f"{limit} {day} by"


MATRIX = "| 序号 | 工作任务 | 区水务局 | 区住建局 | 各街镇 | 完成时限 |\n"


@pytest.mark.parametrize(
    ("cells", "note", "expected"),
    [
        ("★ | √ |  ", "注：★为牵头单位，√为配合单位。", ["lead column", "supporting column"]),
        ("● | ○ |  ", "说明：“●”表示牵头单位，“○”表示责任单位。", ["lead column", "responsible column"]),
        ("牵头 | 配合 |  ", "", ["lead column", "supporting column"]),
        ("√ | √ |  ", "", ["responsible undecided", "responsible undecided"]),
        ("★ | √ | - ", "", ["lead column", "responsible column"]),
    ],
)
def test_a_matrix_says_by_its_marks_who_leads(cells: str, note: str, expected: list[str]) -> None:
    (row,) = rows_of(f"{MATRIX}| 1 | 清淤。 | {cells} | 9月底前 |\n{note}\n")
    names = ["区水务局", "区住建局"]
    assert row["units"] == [f"{name} {part}" for name, part in zip(names, expected, strict=True)]


def test_a_matrix_may_name_its_units_in_a_second_row_of_heads() -> None:
    heads = "| 序号 | 工作任务 | 责任单位 | | |\n| | | 区水务局 | 区住建局 | 各街镇 |\n"
    (row,) = rows_of(f"{heads}| 1 | 清淤。 | 牵头 | | 配合 |\n")
    assert row["units"] == ["区水务局 lead column", "各街镇+ supporting column"]


def test_units_under_one_head_that_spans_several_columns_are_all_read() -> None:
    heads = "序号\t工作任务\t责任单位\t\t备注\n"
    (row,) = rows_of(f"{heads}1\t清淤。\t*区水务局\t区住建局\t省定\n")
    assert row["units"] == ["区水务局 lead star", "区住建局 responsible star"]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("牵头单位：区水务局\v配合单位：区住建局", ["区水务局 lead column", "区住建局 supporting column"]),
        ("牵头：区水务局；配合：区住建局", ["区水务局 lead column", "区住建局 supporting column"]),
        ("责任领导：沈岸\v责任单位：区水务局", ["区水务局 lead sole"]),
    ],
)
def test_labels_inside_a_cell_of_units_say_who_leads(cell: str, expected: list[str]) -> None:
    (row,) = rows_of(f"序号\t工作任务\t责任分工\t时间安排\n1\t清淤。\t{cell}\t9月底前\n")
    assert row["units"] == expected
    assert row["deadline"].startswith("9月底前")
    assert row.get("leaders", "") == ("沈岸" if "沈岸" in cell else "")


@pytest.mark.parametrize("cell", ["区水务局 沈岸、区住建局 陶然", "区水务局（沈岸）\v区住建局（陶然）"])
def test_persons_beside_units_are_no_units(cell: str) -> None:
    (row,) = rows_of(f"序号\t工作任务\t责任单位及责任人\t挂钩区领导\n1\t清淤。\t{cell}\t秦川\n")
    assert [unit.split()[0] for unit in row["units"]] == ["区水务局", "区住建局"]
    assert row["leaders"] == "秦川"


def test_heads_that_are_units_say_who_does_what_stands_below_them() -> None:
    text = (
        "2026年任务分解清单\n一、区水务局（3项）\n1.清淤。\n2.砌岸。\n3.护坡。配合单位：区住建局\n"
        "二、区教育局\n1.建校。完成时限：8月底前\n三、区商务局、区文旅局\n1.办好庙会。\n"
    )
    tasks = rows_of(text)
    assert [[unit.rpartition(" ")[0] for unit in task["units"]] for task in tasks] == [
        ["区水务局 lead"],
        ["区水务局 lead"],
        ["区水务局 lead", "区住建局 supporting"],
        ["区教育局 lead"],
        ["区商务局 responsible", "区文旅局 responsible"],
    ]
    assert (tasks[3]["text"], tasks[3]["deadline"]) == ("建校。", "8月底前 2026-08-31 by")


def test_a_table_without_units_takes_those_of_the_heads() -> None:
    rows = "| 序号 | 工作任务 | 完成时限 |\n| 1 | 清淤。 | 9月 |\n"
    tasks = rows_of(f"一、区水务局\n{rows}二、区住建局\n{rows}")
    assert [task["units"] for task in tasks] == [["区水务局 lead sole"], ["区住建局 lead sole"]]


def test_a_head_that_looks_like_a_unit_among_others_is_none() -> None:
    text = (
        "一、经济开发区\n1.招商。\n责任单位：区商务局\n二、乡村振兴\n1.栽树。\n2.修渠。\n责任单位：区水务局\n"
    )
    assert [task.get("units") for task in rows_of(text)] == [
        ["区商务局 lead sole"],
        None,
        ["区水务局 lead sole"],
    ]


def test_brackets_of_mere_units_part_a_sentence() -> None:
    first, second = rows_of("1.改造市场四个（区商务局、区市场监管局），新建公厕十座（区城管局）。")
    assert (first["text"], second["text"]) == ("改造市场四个", "新建公厕十座")
    assert len(first["units"]) == 2


def test_a_kind_of_place_in_brackets_is_nobodys_duty() -> None:
    (row,) = rows_of("1.建成产业园区（集聚区），招引企业十家。（责任单位：区商务局）")
    assert row["units"] == ["区商务局 lead sole"]


def test_a_line_with_the_month_alone_says_the_year() -> None:
    text = "关于重点工作分工的意见\n（2026年3月）\n1.清淤，6月底前完成。\n责任单位：区水务局\n"
    (row,) = rows_of(text)
    assert row["deadline"] == "6月底前 2026-06-30 by"


def test_an_empty_cell_of_leaders_is_empty_where_others_are_merged() -> None:
    cells = [("1", "沈岸"), ("2", ""), ("3", "")]
    lines = [f"{number}\t清淤{number}。\t区水务局\t{leader}" for number, leader in cells]
    text = "\n".join(["序号\t工作任务\t责任单位\t责任领导", *lines])
    start = text.index("沈岸")
    merged = {text.index("\n3\t"): (start, start + 2)}
    source = replace(as_source(text), merged=merged)
    assert [[one.name for one in task.leaders] for task in read_breakdown(source).tasks] == [
        ["沈岸"],
        ["沈岸"],
        [],
    ]


def test_who_filled_in_a_table_is_no_row_of_it() -> None:
    table = "序号\t工作任务\t责任单位\n1\t清淤。\t区水务局\n填表人：沈某\t审核人：陶某\t联系电话：5550123\n"
    assert len(rows_of(table)) == 1


def test_columns_of_months_are_steps() -> None:
    head = "2026年任务分解表\n序号\t工作任务\t责任单位\t3月\t6月底\t1—9月\n"
    (row,) = rows_of(f"{head}1\t清淤。\t区水务局\t开工\t过半\t完工\n")
    assert row["milestones"] == [
        "3月 2026-03-31：开工",
        "6月底 2026-06-30：过半",
        "1—9月 2026-09-30：完工",
    ]


def test_two_columns_of_leaders_are_both_read() -> None:
    head = "序号\t工作任务\t牵头区领导\t责任领导\t责任单位\n"
    (row,) = rows_of(f"{head}1\t清淤。\t沈岸\t陶然\t区水务局\n")
    assert row["leaders"] == "沈岸；陶然"


def test_a_star_right_behind_a_label_marks_the_first_unit() -> None:
    first, second = rows_of("1.清淤。\n责任单位：*区水务局  区住建局\n2.砌岸。\n**责任单位：**区水务局\n")
    assert first["units"] == ["区水务局 lead star", "区住建局 responsible star"]
    assert second["units"] == ["区水务局 lead sole"]


def test_labels_are_read_however_they_are_spread() -> None:
    text = (
        "1.清淤。\n牵头单位  区水务局\n配合单位  区住建局、区财政局\n责 任 人：沈岸\n时限要求：9月底\n"
        "2.砌岸。\n责任单位　区水务局\n"
    )
    first, second = rows_of(text)
    assert [unit.rpartition(" ")[0] for unit in first["units"]] == [
        "区水务局 lead",
        "区住建局 supporting",
        "区财政局 supporting",
    ]
    assert (first["leaders"], first["deadline"][:4]) == ("沈岸", "9月底 ")
    assert second["units"] == ["区水务局 lead sole"]


def test_a_label_and_words_that_are_no_units_say_nothing() -> None:
    (row,) = rows_of("1.清淤。\n责任单位：区水务局\n牵头单位 要制定方案，按月报送。\n")
    assert row["units"] == ["区水务局 lead sole"]


def test_signs_around_a_head_are_no_words_of_it() -> None:
    read = in_short(read_breakdown(as_source("★一、治水★\n1.清淤。\n责任单位：区水务局\n")))
    assert read["groups"] == [{"id": "一", "title": "治水"}]


def test_parts_numbered_alike_in_every_cell_are_rows() -> None:
    head = "2026年任务分解表\n序号\t工作任务\t责任单位\t完成时限\n"
    parts = "1\t（1）清淤；\v（2）砌岸。\t（1）区水务局；\v（2）区住建局、区财政局\t（1）6月；（2）12月\n"
    first, second, third = rows_of(f"{head}{parts}2\t补路。\t①区住建局\t9月\n")
    assert (first["text"], first["units"]) == ("清淤；", ["区水务局 lead sole"])
    assert (second["text"], len(second["units"])) == ("砌岸。", 2)
    assert [row["deadline"] for row in (first, second)] == ["6月 2026-06-30 by", "12月 2026-12-31 by"]
    assert third["units"] == ["区住建局 lead sole"]


def test_what_is_asked_of_a_named_matter_is_the_task() -> None:
    (row,) = rows_of("包抓领导\t重点工作\t牵头部门\t目标要求\n沈岸\t项目谋划\t区发改局\t储备项目150个\n")
    assert (row["title"], row["text"]) == ("项目谋划", "储备项目150个")


def test_short_numbered_lines_with_units_below_them_are_tasks() -> None:
    text = (
        "2026年任务分解\n一、民生\n（一）新建学校两所\n责任单位：区教育局\n（二）修路30公里\n责任单位：区交通局\n"
        "（三）新增学位千个，\n建养老中心六个。\n责任单位：区民政局\n二、生态\n责任单位：区林业局\n1.栽树。\n2.护林。\n"
    )
    read = in_short(read_breakdown(as_source(text)))
    assert [(task["id"], task["text"], task["units"]) for task in read["tasks"]] == [
        ("一-一", "新建学校两所", ["区教育局 lead sole"]),
        ("一-二", "修路30公里", ["区交通局 lead sole"]),
        ("一-三", "新增学位千个，\n建养老中心六个。", ["区民政局 lead sole"]),
        ("二-1", "栽树。", ["区林业局 lead sole"]),
        ("二-2", "护林。", ["区林业局 lead sole"]),
    ]
    assert [group["title"] for group in read["groups"]] == ["民生", "生态"]


def test_a_bracket_may_name_units_before_its_labels() -> None:
    (row,) = rows_of("1.清淤。（区水务局牵头，区住建局参与；责任领导：沈岸；完成时限：2026年12月底）")
    assert row["units"] == ["区水务局 lead word", "区住建局 supporting word"]
    assert (row["leaders"], row["deadline"]) == ("沈岸", "2026年12月底 2026-12-31 by")


def test_lines_behind_dashes_with_brackets_of_their_own_are_parts() -> None:
    text = (
        "一、沈岸副区长牵头重点工作\n1.实施双千工程：\n——新增企业百家。（区科技局）\n"
        "——新增中心十个。（区科技局、区商务局）\n2.清淤。（区水务局负责）\n"
    )
    read = in_short(read_breakdown(as_source(text)))
    assert [(task["id"], task["text"]) for task in read["tasks"]] == [
        ("一1-1", "新增企业百家。"),
        ("一1-2", "新增中心十个。"),
        ("一-2", "清淤。"),
    ]
    assert [(group["id"], group["title"]) for group in read["groups"]] == [
        ("一1", "实施双千工程"),
        ("一", "沈岸副区长牵头重点工作"),
    ]


@pytest.mark.parametrize("blank", ["/", "—", "无"])
def test_a_stroke_in_the_cell_of_a_limit_is_no_limit(blank: str) -> None:
    (row,) = rows_of(f"序号\t工作任务\t责任单位\t完成时限\n1\t清淤。\t区水务局\t{blank}\n")
    assert "deadline" not in row
