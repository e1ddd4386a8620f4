"""More manners of places: sentences for tables, figures laid on places, cells that speak for others."""

from pathlib import Path
from typing import Any

import pytest

from dukao.breakdown.compiler import compile_breakdown
from dukao.breakdown.reader import read_breakdown
from dukao.reading import SourceError, read_file
from tests.breakdown.reading import as_source, in_short


def rows_of(text: str) -> list[dict[str, Any]]:
    """The tasks of a text in short."""
    tasks: list[dict[str, Any]] = in_short(read_breakdown(as_source(text)))["tasks"]
    return tasks


def in_brief(text: str) -> list[str]:
    """The tasks of a text with their units: "疏浚南塘河。 区水务局 lead sole"."""
    return [f"{row['text']} {'、'.join(row.get('units', []))}" for row in rows_of(text)]


def said_of(text: str) -> list[str]:
    """What the reader says of a text, and asks."""
    read = read_breakdown(as_source(text))
    said = [f"{one.code} {one.message}" for one in read.findings]
    return said + [f"{one.code} {one.message}" for one in read.diagnostics]


PROSE = """各街道办事处，区政府各部门：
现将任务分工印发给你们，请抓好落实。
区水务局（区河长办）：负责疏浚南塘河。配合区住建局整修水闸，6月底前完工。
2.区住建局、区城投公司：改造老旧小区5个；铺设管网3公里。
各街道办事处：清扫背街小巷。
临江区人民政府办公室
2025年2月20日
"""


def test_sentences_behind_units_are_rows_of_these_units() -> None:
    assert in_brief(PROSE) == [
        "负责疏浚南塘河。 区水务局（区河长办） lead sole",
        "配合区住建局整修水闸，6月底前完工。 区住建局 lead word、区水务局（区河长办） supporting word",
        "改造老旧小区5个； 区住建局 responsible undecided、区城投公司 responsible undecided",
        "铺设管网3公里。 区住建局 responsible undecided、区城投公司 responsible undecided",
        "清扫背街小巷。 各街道办事处+ responsible joint",
    ]
    assert rows_of(PROSE)[1]["deadline"].startswith("6月底前")


def test_units_may_stand_with_a_verb_before_their_duty_or_behind_it() -> None:
    assert in_brief("任务分工\n区水务局会同区财政局负责疏浚南塘河；\n区商务局牵头办好庙会，10月开市。") == [
        "疏浚南塘河； 区水务局 lead word、区财政局 responsible word",
        "办好庙会，10月开市。 区商务局 lead word",
    ]
    assert in_brief(
        "任务分工\n疏浚南塘河，由区水务局负责，各街道配合。\n补种行道树，责任单位为区林业局、区住建局。"
    ) == [
        "疏浚南塘河 区水务局 lead sole、各街道+ supporting word",
        "补种行道树 区林业局 responsible undecided、区住建局 responsible undecided",
    ]
    assert in_brief("任务分工\n由区水务局牵头，各街道配合，疏浚南塘河。\n由区林业局负责，补种行道树。") == [
        "疏浚南塘河。 区水务局 lead word、各街道+ supporting word",
        "补种行道树。 区林业局 lead sole",
    ]


def test_lines_below_the_name_of_a_unit_are_its_duties() -> None:
    text = "责任分工\n党政办公室：\n1.编发简报12期。\n2.办理来信。\n城建办公室、社区中心：\n修缮步道2公里。\n"
    assert in_brief(text) == [
        "编发简报12期。 党政办公室 lead sole",
        "办理来信。 党政办公室 lead sole",
        "修缮步道2公里。 城建办公室 responsible undecided、社区中心 responsible undecided",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "任务分工\n区水务局负责疏浚南塘河。\n今天的会议到此结束。",
        "发布机构：区政府办公室\n主管部门：区水务局\n联系单位：区住建局\n今天天气晴。",
        "各街道办事处，区政府各部门：\n现将有关事项通知如下。\n区水务局：\n请参照执行。",
        "任务分工\n区水务局：疏浚南塘河。\n今年雨水多。河水涨了不少。\n桥面湿滑，行人小心。\n水闸已经关闭。\n区住建局：修路。",
    ],
)
def test_a_paper_in_which_only_some_sentences_charge_units_is_no_breakdown(text: str) -> None:
    with pytest.raises(SourceError):
        read_breakdown(as_source(text))


PLACES = """2025年各乡镇主要指标任务分解表
序号\t乡镇\t植树（亩）\t2024年完成（亩）\t参保（人）
1\t南塘镇\t300\t280\t5200
2\t北岸乡\t0\t150\t—
3\t东渡街道\t300\t90\t1800人以上
\t合计\t600\t520\t7000
"""


def test_the_figure_of_a_place_is_its_task() -> None:
    assert in_brief(PLACES) == [
        "植树（亩）300 南塘镇 lead sole",
        "参保（人）5200 南塘镇 lead sole",
        "植树（亩）300 东渡街道 lead sole",
        "参保（人）1800人以上 东渡街道 lead sole",
    ]
    (asked,) = said_of(PLACES)
    assert asked.startswith(
        "allotted-figures 表里“植树（亩）”“参保（人）”的数字按地方列出，1-1、1-2、1-3、1-4 共 4 个数"
    )


def test_places_may_stand_over_the_columns_beside_who_leads() -> None:
    heads = "序号\t指标\t计量单位\t牵头单位\t南塘镇\t北岸乡\n"
    table = f"{heads}1\t植树\t亩\t县林业局\t300\t200\n2\t改厕\t座\t县农业农村局\t\t90\n"
    assert in_brief(table) == [
        "植树 县林业局 lead column",
        "植树300亩 南塘镇 lead sole",
        "植树200亩 北岸乡 lead sole",
        "改厕 县农业农村局 lead column",
        "改厕90座 北岸乡 lead sole",
    ]
    assert [row["id"] for row in rows_of(table)][:2] == ["1-1", "1-1（2）"]


def test_two_rows_of_heads_over_figures_are_read_together() -> None:
    table = "指标任务分解表\n镇街\t造林\t\n\t面积（亩）\t株数\n南塘镇\t30\t900\n北岸镇\t20\t600\n"
    assert [row["text"] for row in rows_of(table)] == [
        "造林面积（亩）30",
        "造林株数900",
        "造林面积（亩）20",
        "造林株数600",
    ]


LED = (
    "序号\t重点工作\t牵头领导\t责任单位\n"
    "1\t清淤。\t陶然\t区水务局\n2\t砌岸。\t{}\t区水务局\n3\t点灯。\t\t区住建局\n"
)


def test_an_empty_cell_of_leaders_is_empty_where_leaders_are_written_again() -> None:
    assert [row.get("leaders") for row in rows_of(LED.format("陶然"))] == ["陶然", "陶然", None]


def test_an_empty_cell_of_leaders_elsewhere_takes_the_one_above_and_asks() -> None:
    assert [row.get("leaders") for row in rows_of(LED.format("沈岸"))] == ["陶然", "沈岸", "沈岸"]
    (said,) = said_of(LED.format("沈岸"))
    assert said.startswith("leader-from-above 1-3 共 1 条领导一栏空着")


def test_units_before_their_tasks_speak_for_the_rows_below_and_ask() -> None:
    table = "责任单位\t工作任务\n区水务局\t清淤。\n\t砌岸。\n区住建局\t补路。\n"
    assert in_brief(table) == [
        "清淤。 区水务局 lead sole",
        "砌岸。 区水务局 lead sole",
        "补路。 区住建局 lead sole",
    ]
    (said,) = said_of(table)
    assert said.startswith("units-from-above 1-2 共 1 条责任单位一栏空着")


def test_persons_in_the_sub_rows_of_a_task_answer_for_their_unit(tmp_path: Path) -> None:
    import docx

    rows = [
        ["序号", "工作任务", "责任领导", "责任单位", "责任人"],
        ["1", "清淤。", "陶然", "农业办", "李明"],
        ["", "", "", "", "王芳"],
        ["2", "砌岸。", "沈岸", "城建办", "赵刚"],
    ]
    document = docx.Document()
    table = document.add_table(4, 5)
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    for column in range(4):
        text = table.cell(1, column).text
        table.cell(1, column).merge(table.cell(2, column)).text = text
    document.save(str(tmp_path / "a.docx"))
    breakdown = compile_breakdown(read_file(tmp_path / "a.docx"))
    assert [leader.name for task in breakdown.tasks for leader in task.leaders] == ["陶然", "沈岸"]
    (said,) = breakdown.diagnostics
    assert said.code == "unit-persons"
    assert "李明、王芳、赵刚 3 人" in said.message


DETAILS = """序号\t重点任务\t细化任务\t责任单位
1\t治水\t1-1 清淤两公里\t区水务局
\t\t1-2 砌岸三公里\t区住建局
2\t栽树\t补种行道树\t区林业局
"""


def test_details_are_the_rows_where_a_task_has_several_or_is_a_mere_name() -> None:
    assert [(row["title"], row["text"]) for row in rows_of(DETAILS)] == [
        ("治水", "清淤两公里"),
        ("治水", "砌岸三公里"),
        ("栽树", "补种行道树"),
    ]
    one_each = DETAILS.replace("\t\t1-2 砌岸三公里\t区住建局\n", "")
    assert [row["text"] for row in rows_of(one_each)] == ["清淤两公里", "补种行道树"]
    said = one_each.replace("治水", "治理全镇水体，消除内涝点").replace("栽树", "加强国土绿化，栽好行道树")
    assert [row["text"] for row in rows_of(said)] == ["治理全镇水体，消除内涝点", "加强国土绿化，栽好行道树"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "疏浚南塘河。\n责任单位：区水务局\n补种行道树。\n责任单位：区林业局",
            ["疏浚南塘河。 区水务局 lead sole", "补种行道树。 区林业局 lead sole"],
        ),
        (
            "1.疏浚南塘河。\n责任单位：区水务局\n以上任务纳入考核。\n主办单位：区政府办",
            ["疏浚南塘河。 区水务局 lead sole"],
        ),
        (
            "1.清淤。\n责任单位：区水务局\n治水工作\n责任单位：区住建局\n1.砌岸。\n2.补路。",
            ["清淤。 区水务局 lead sole", "砌岸。 区住建局 lead sole", "补路。 区住建局 lead sole"],
        ),
    ],
)
def test_a_line_above_labels_is_an_item_without_a_number(text: str, expected: list[str]) -> None:
    assert in_brief(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "1.疏浚南塘河。——区水务局、区住建局",
            "区水务局 responsible undecided、区住建局 responsible undecided",
        ),
        ("1.疏浚南塘河。区水务局牵头，各街道配合。", "区水务局 lead word、各街道+ supporting word"),
        ("1.疏浚南塘河（区水务局，6月底前）", "区水务局 lead sole"),
        ("1）疏浚南塘河\n牵头单位：区水务局", "区水务局 lead word"),
        ("任务一：疏浚南塘河\n牵头单位：区水务局", "区水务局 lead word"),
        ("01\n疏浚南塘河\n牵头单位丨区水务局", "区水务局 lead word"),
        ("📌1、疏浚南塘河\n👉责任单位：区水务局", "区水务局 lead sole"),
        ("1.疏浚南塘河\n责任单位｜区水务局", "区水务局 lead sole"),
        ("1️⃣疏浚南塘河\n责任单位：区水务局", "区水务局 lead sole"),
        ("1.疏浚南塘河\n**责任领导**：陶 然　**责任单位**：区水务局、区住建局　**时限**：6月", None),
    ],
)
def test_numbers_and_signs_of_other_hands(text: str, expected: str | None) -> None:
    (row,) = rows_of(text)
    assert row["text"].rstrip("。") == "疏浚南塘河"
    if expected is None:
        assert row["leaders"] == "陶然"
        expected = "区水务局 responsible undecided、区住建局 responsible undecided"
    assert "、".join(row["units"]) == expected


def test_a_sentence_that_ends_like_a_unit_names_none() -> None:
    text = "1.清淤。\n责任单位：区水务局\n2.建好粮库。加快物流网络布局、投用中试基地。\n责任单位：区发改局"
    assert in_brief(text)[1].startswith("建好粮库。加快物流网络布局、投用中试基地。 区发改局 lead")


def test_what_stands_alone_below_a_label_is_its_value() -> None:
    text = "1.清淤。\n责任领导：\n镇人大主席 冉启云\n责任单位：\n城建办\n完成时限：\n2025年8月31日前\n"
    (row,) = rows_of(text)
    assert (row["leaders"], row["units"]) == ("冉启云 镇人大主席", ["城建办 lead sole"])
    assert row["deadline"].startswith("2025年8月31日前")


def test_a_remark_may_label_the_units_that_help() -> None:
    (row,) = rows_of("| 工作任务 | 责任单位 | 备注 |\n| 清淤。 | 区水务局 | 配合单位：区住建局、各街道 |")
    assert row["units"] == ["区水务局 lead sole", "区住建局 supporting remark", "各街道+ supporting remark"]


def test_parts_of_a_drawn_row_are_rows() -> None:
    text = (
        "┌──┬─────┬────┐\n│序号│工作任务  │责任单位│\n├──┼─────┼────┤\n"
        "│ 1 │治理南塘河。│区水务局│\n│    │△清淤。   │区住建局│\n└──┴─────┴────┘"
    )
    assert in_brief(text) == ["治理南塘河。 区水务局 lead sole", "清淤。 区住建局 lead sole"]


def test_a_count_in_bold_letters_is_no_row() -> None:
    table = "| 序号 | 工作任务 | 责任单位 |\n| 1 | 清淤。 | 区水务局 |\n| | **小计** | |\n"
    assert len(rows_of(table)) == 1


def test_heads_of_kinds_of_tasks_say_how_the_unit_above_stands_to_them() -> None:
    text = (
        "一、区水务局（2项）\n（一）牵头任务\n1.清淤。\n（二）配合任务\n1.协助修路。\n"
        "二、区住建局（1项）\n（一）牵头任务\n1.修路。\n"
    )
    assert in_brief(text) == [
        "清淤。 区水务局 lead word",
        "协助修路。 区水务局 supporting word",
        "修路。 区住建局 lead word",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "任务 | 牵头 | 配合 | 期限\n-----------------\n清淤 | 区水务局 | 各街道 | 6月\n",
        '序号,工作任务,牵头单位,配合单位\n1,"清淤",区水务局,"各街道"\n',
    ],
)
def test_cells_may_be_parted_by_bars_without_edges_and_by_commas(text: str) -> None:
    assert in_brief(text) == ["清淤 区水务局 lead column、各街道+ supporting column"]


def test_a_line_that_names_a_leader_above_a_table_is_its_head() -> None:
    heads = "序号\t任务\t牵头单位\n"
    text = f"责任领导：副区长 陶然\n\n{heads}1\t清淤。\t区水务局\n\n"
    text += f"责任领导：沈岸\n\n{heads}1\t补路。\t区住建局\n"
    assert [row["leaders"] for row in rows_of(text)] == ["陶然 副区长", "沈岸"]


def test_parts_numbered_alike_share_the_leader_and_not_their_persons() -> None:
    table = (
        "序号\t工作任务\t责任领导\t责任单位\t责任人\n"
        "1\t①清淤；②砌岸。\t陶然\t①区水务局；②区住建局\t①李明；②王芳\n"
    )
    assert [row["leaders"] for row in rows_of(table)] == ["陶然", "陶然"]


def test_a_unit_stands_once_in_a_row_in_its_stronger_part() -> None:
    (row,) = rows_of("| 项目内容 | 牵头单位 | 责任单位 |\n| 建教学楼。 | 区教育局 | 区教育局、区住建局 |")
    assert row["units"] == ["区教育局 lead column", "区住建局 responsible column"]


def test_a_detail_beside_its_task_is_a_step_of_it() -> None:
    (row,) = rows_of("| 重点任务 | 具体举措 | 责任单位 |\n| 治理南塘河。 | 清淤、砌岸 | 区水务局 |")
    assert row["text"] == "治理南塘河。"
    assert row["milestones"] == ["具体举措 None：清淤、砌岸"]


@pytest.mark.parametrize(
    ("head", "leader"),
    [
        ("一、治水（牵头领导：副区长 陶然）", "陶然 副区长"),
        ("一、治水（副区长陶然牵头，区水务局负责）", "陶然 副区长"),
        ("## 一、治水（责任领导：陶然）", "陶然"),
    ],
)
def test_brackets_behind_a_head_say_who_leads_what_stands_below(head: str, leader: str) -> None:
    read = in_short(read_breakdown(as_source(f"{head}\n1.清淤。（区住建局负责）\n2.砌岸。（区住建局负责）")))
    assert read["groups"] == [{"id": "一", "title": "治水"}]
    assert [row["leaders"] for row in read["tasks"]] == [leader, leader]
    assert [row["units"] for row in read["tasks"]] == [["区住建局 lead sole"]] * 2


def test_brackets_behind_a_head_across_a_table_say_who_leads() -> None:
    heads = "| 事项 | 责任单位 |\n"
    text = f"{heads}| 一、治水（牵头领导：副区长 陶然） | |\n| 清淤。 | 区水务局 |\n"
    (row,) = rows_of(text)
    assert (row["text"], row["leaders"]) == ("清淤。", "陶然 副区长")


def test_short_sentences_below_a_head_with_units_are_its_tasks() -> None:
    text = "一、治水（区水务局负责）\n（一）清淤两公里。\n（二）砌岸三公里。\n"
    text += "二、修路（区住建局负责）\n（一）补路。\n"
    assert in_brief(text) == [
        "清淤两公里。 区水务局 lead sole",
        "砌岸三公里。 区水务局 lead sole",
        "补路。 区住建局 lead sole",
    ]


def test_what_a_place_wants_to_be_is_no_unit() -> None:
    text = "一、工业强区\n1.清淤。（区水务局负责）\n2.栽树。\n二、生态美镇\n3.补路。（区住建局负责）\n"
    assert in_brief(text)[1] == "栽树。 "


def test_a_note_in_a_cell_that_the_first_leads_is_no_office() -> None:
    (row,) = rows_of("| 工作任务 | 责任单位 |\n| 清淤。 | 区水务局、区住建局（列第一为牵头，下同） |")
    assert row["units"] == ["区水务局 lead first", "区住建局 responsible first"]


@pytest.mark.parametrize(
    ("remark", "basis"),
    [
        ("共同落实，不设牵头", "joint"),
        ("牵头单位待定", "undecided"),
        ("区级统筹；牵头部门另行明确。", "undecided"),
    ],
)
def test_a_remark_that_nobody_leads_holds_where_the_first_leads_else(remark: str, basis: str) -> None:
    rows = rows_of(
        "| 工作任务 | 责任单位 | 备注 |\n| 清淤。 | 区水务局、区住建局（列第一为牵头，下同） | |\n"
        f"| 砌岸。 | 区水务局、区住建局 | {remark} |"
    )
    assert rows[0]["units"] == ["区水务局 lead first", "区住建局 responsible first"]
    assert rows[1]["units"] == [f"区水务局 responsible {basis}", f"区住建局 responsible {basis}"]


def test_a_list_that_names_only_persons_is_read_and_asks_for_units() -> None:
    text = "1.硬化村道3公里    责任人：村支书 陶然    时限：6月底\n2.整治环境    责任人：沈岸    时限：全年\n"
    assert [row["leaders"] for row in rows_of(text)] == ["陶然 村支书", "沈岸"]
    assert [said.split()[0] for said in said_of(text)] == ["no-units", "no-units"]


def test_a_table_of_labels_and_values_is_one_task() -> None:
    text = "| 工作任务 | 清淤两公里 |\n| 责任领导 | 副区长 陶然 |\n"
    text += "| 牵头单位 | 区水务局 |\n| 配合单位 | 各街道 |\n"
    one, other = rows_of(f"{text}| 完成时限 | 9月底 |\n\n{text.replace('清淤', '砌岸')}")
    assert (one["text"], one["leaders"], one["deadline"].split()[0]) == ("清淤两公里", "陶然 副区长", "9月底")
    assert one["units"] == ["区水务局 lead word", "各街道+ supporting word"]
    assert (other["text"], "deadline" in other) == ("砌岸两公里", False)


def test_sentences_of_units_below_a_head_stand_beside_the_rows_of_a_table() -> None:
    table = "一、项目\n序号\t项目\t牵头单位\n1\t清淤\t区水务局\n"
    text = f"区政府办负责督查。\n{table}二、民生\n区民政局：开办食堂。\n区人社局：开发岗位。\n"
    assert in_brief(text) == [
        "清淤 区水务局 lead column",
        "开办食堂。 区民政局 lead sole",
        "开发岗位。 区人社局 lead sole",
    ]


def test_points_begin_items_unless_they_say_something_of_the_page() -> None:
    text = "• 发布来源: 区府办(区外事办)\n一、治水\n"
    text += "• 清淤两公里（区水务局）\n• 砌岸三公里（区住建局，6月底前）\n"
    assert in_brief(text) == ["清淤两公里 区水务局 lead sole", "砌岸三公里 区住建局 lead sole"]


def test_heads_of_projects_and_lists_are_known() -> None:
    table = "项目名称\t建设内容及规模\t年度投资计划（万元）\t项目责任单位\t项目责任人\t县级包联领导\n"
    (row,) = rows_of(f"{table}南塘水库\t坝体防渗\t3200\t区水务局\t陶然\t沈岸\n")
    assert (row["title"], row["text"], row["leaders"]) == ("南塘水库", "坝体防渗", "沈岸")
    assert row["units"] == ["区水务局 lead sole"]
    (row,) = rows_of("| 任务清单 | 责任清单 | 时限清单 |\n| 清淤。 | 区水务局 | 9月底 |\n")
    assert row["deadline"].startswith("9月底")


def test_what_says_who_does_it_is_not_looked_for_without_end() -> None:
    with pytest.raises(SourceError):
        read_breakdown(as_source("由" + "区水务局，" * 20_000 + "负责"))


@pytest.mark.parametrize("words", ["乡镇", "县区", "镇党委", "达到", "区水务局", "甲牵头，", "("])
def test_a_cell_that_says_one_word_again_and_again_is_read_as_fast_as_any(words: str) -> None:
    long = words * 200 + "x"
    table = "任务分解表\n序号\t工作任务\t牵头领导\t责任单位\n1\t清淤。\t陶然\t区水务局\n2"
    table += f"\t{long}" * 3
    assert rows_of(table)[0]["text"] == "清淤。"
    heads = f"任务分解表\n{long}\t植树（亩）\n南塘镇\t300\n1.疏浚{long}\n责任单位：区水务局\n"
    assert rows_of(heads)


def test_the_number_of_a_page_does_not_break_a_task_in_two() -> None:
    first = "1.疏浚南塘河，确保\n12\n汛期安全，\n不出险。\n责任单位：区水务局\n"
    broken = first + "2.补种\n13\n行道树。（区林业局负责）"
    assert [row["text"] for row in rows_of(broken)] == [
        "疏浚南塘河，确保汛期安全，\n不出险。",
        "补种行道树。",
    ]


@pytest.mark.parametrize(
    "text", ["1\n清淤。\n2\n砌岸。\n责任单位：区水务局", "1.清淤两公里\n2\n砌岸。\n责任单位：区水务局"]
)
def test_a_number_alone_that_counts_on_is_the_next_item(text: str) -> None:
    assert [row["text"][:2] for row in rows_of(text)] == ["清淤", "砌岸"]


@pytest.mark.parametrize("above", ["联系单位：区政府办", "现将任务分解印发给你们。", "具体分工如下。"])
def test_what_a_page_says_of_itself_above_a_label_is_no_task(above: str) -> None:
    text = f"{above}\n牵头单位：区发改局\n疏浚南塘河。\n责任单位：区水务局\n补种行道树。\n责任单位：区林业局"
    assert in_brief(text) == ["疏浚南塘河。 区水务局 lead sole", "补种行道树。 区林业局 lead sole"]


def test_what_is_done_by_a_unit_is_no_part_of_its_name() -> None:
    text = "任务分工\n会议由区政府办公室负责组织。\n区水务局负责疏浚南塘河。\n自由贸易区管委会负责招商引资。"
    assert in_brief(text) == ["疏浚南塘河。 区水务局 lead sole", "招商引资。 自由贸易区管委会 lead sole"]


def test_a_sentence_with_the_commas_of_the_table_above_is_no_row() -> None:
    rows = "清淤。,区水务局,6月底\n以上任务,请各单位,抓好落实\n砌岸。,应急局,9月底"
    read = ["清淤。 区水务局 lead column", "砌岸。 应急局 lead column"]
    assert in_brief(f"任务,牵头单位,时限\n{rows}") == read
    counted = rows.replace("清", "1,清").replace("砌", "2,砌").replace("抓好", "抓好,")
    assert in_brief(f"序号,任务,牵头单位,时限\n{counted}") == read


@pytest.mark.parametrize(
    "text",
    [
        "各镇人口指标统计\n乡镇\t人口\n南塘镇\t3000\n北岸镇\t2000\n",
        "各镇人口指标统计\n序号\t指标\t南塘镇\t北岸镇\n1\t人口\t3000\t2000\n",
        "植树任务完成情况表\n乡镇\t任务数\t已造林\t栽植数\n南塘镇\t300\t290\t9000\n北岸镇\t200\t90\t800\n",
        "各镇基本情况\n乡镇\t户数\t耕地（亩）\n南塘镇\t300\t290\n北岸镇\t200\t90\n",
        "乡镇\t耕地（亩）\n南塘镇\t300\n北岸镇\t200\n",
    ],
)
def test_figures_that_are_told_of_places_are_no_tasks(text: str) -> None:
    with pytest.raises(SourceError):
        read_breakdown(as_source(text))


def test_of_the_columns_of_a_table_those_that_say_how_a_place_is_are_no_tasks() -> None:
    heads = "乡镇\t植树（亩）\t总人口\t村数\t邮编\t已造林（亩）\t改厕户数\n"
    text = f"2025年任务分解表\n单位：亩\n{heads}南塘镇\t300\t29000\t12\t654300\t20\t50\n"
    assert [row["text"] for row in rows_of(text)] == ["植树（亩）300", "改厕户数50"]


def test_a_line_shorter_than_the_heads_ends_a_table_of_places() -> None:
    rows = "序号\t植树任务（亩）\t乡镇\n1\t改造老旧小区18个。\n2\t200\t南塘镇\n"
    with pytest.raises(SourceError):
        read_breakdown(as_source(f"任务分解表\n{rows}"))


def test_the_first_head_of_a_table_of_places_may_be_empty() -> None:
    rows = "\t乡镇\t植树（亩）\n\t南塘镇\t300\n"
    assert [row["text"] for row in rows_of(f"任务分解表\n{rows}")] == ["植树（亩）300"]


def test_a_head_may_say_itself_that_its_figures_are_asked() -> None:
    text = "乡镇\t植树任务（亩）\t耕地（亩）\n南塘镇\t300\t9000\n"
    assert [row["text"] for row in rows_of(text)] == ["植树任务（亩）300"]


@pytest.mark.parametrize(
    "text",
    [
        "任务分工联系电话\n区发改局：88221100\n区财政局：0571-8822 1101转2",
        "责任分工联系人\n区发改局：张三、李四\n区财政局：王五副局长",
        "关于召开经济形势分析会的通知\n区发改局：汇报一季度经济运行情况。\n区财政局：汇报收支任务。",
        "关于第3号建议的答复\n区教育局：经研究，已纳入计划。\n区住建局：经研究，已列入任务。",
        "招标公告\n区财政局：监督电话12345。\n区审计局：监督电话12346。",
        "政府信息公开指南\n各单位职责如下：\n区政府办：负责受理申请。\n区司法局：负责行政复议。",
        "各单位职责如下：\n第三条 区住建局负责物业的监督管理工作。\n第四条 区财政局负责维修资金管理。",
        "区住建局负责物业管理活动的监督管理工作。\n区财政局负责维修资金管理。",
    ],
)
def test_sentences_behind_units_in_another_paper_are_no_tasks(text: str) -> None:
    with pytest.raises(SourceError):
        read_breakdown(as_source(text))


@pytest.mark.parametrize(
    "aside",
    [
        "二、联系方式\n区水务局：88221101\n区住建局：88221102\n",
        "二、组织保障\n（一）加强领导\n区发改局负责统筹协调。\n区财政局负责保障资金。\n",
        "二、工作要求\n1.区发改局负责统筹协调。\n2.区财政局负责保障资金。\n",
        "附则\n区发改局负责解释方案。\n区财政局负责监督执行。\n",
    ],
)
def test_what_stands_below_a_head_of_contacts_or_demands_is_no_task(aside: str) -> None:
    labelled = "一、任务\n1.疏浚南塘河。\n责任单位：区水务局\n2.修补道路。\n责任单位：区住建局\n"
    plain = "任务分工\n一、水利\n区水务局：疏浚南塘河。\n区住建局：修补道路。\n"
    read = ["疏浚南塘河。 区水务局 lead sole", "修补道路。 区住建局 lead sole"]
    assert in_brief(labelled + aside) == in_brief(plain + aside) == read


def test_tasks_read_from_sentences_are_asked_about() -> None:
    text = "任务分工\n联系电话：88221100\n区水务局：疏浚南塘河。\n区住建局负责组织实施。"
    assert [row["text"] for row in rows_of(text)] == ["疏浚南塘河。", "组织实施。"]
    (said,) = said_of(text)
    assert said.startswith("sentences-as-tasks 1-1、1-2 共 2 条")


@pytest.mark.parametrize(
    ("bracket", "leaders", "lead"),
    [
        ("王海明牵头，区水利局负责，区财政局配合", ["王海明"], []),
        ("高新区牵头，区水利局负责，区财政局配合", [], ["高新区"]),
    ],
)
def test_a_bare_name_before_the_units_of_a_bracket_leads_them(
    bracket: str, leaders: list[str], lead: list[str]
) -> None:
    task = read_breakdown(as_source(f"1.修缮渠道6公里。（{bracket}）\n")).tasks[0]
    assert [leader.name for leader in task.leaders] == leaders
    assert all(unit in [one.name for one in task.units if one.role == "lead"] for unit in lead)
    assert "区水利局" in [unit.name for unit in task.units]
