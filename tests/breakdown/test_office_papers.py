"""Papers as offices write and leave them: labels and notes below a list, heads that only their setting shows,
cells that hold tables, figures with a column for their unit.
"""

from typing import Any

import pytest

from dukao.breakdown.reader import read_breakdown
from dukao.reading.errors import SourceError
from tests.breakdown.reading import as_source, in_short


def said_of(text: str) -> list[str]:
    """The codes of what is said of a text."""
    breakdown = read_breakdown(as_source(text))
    findings = [said.code for said in breakdown.findings]
    return findings + [said.code for said in breakdown.diagnostics]


def groups_of(text: str) -> list[tuple[str, str]]:
    """Every task with the title of its group."""
    breakdown = read_breakdown(as_source(text))
    titles = {group.id: group.title for group in breakdown.groups}
    return [(titles[task.group], task.text) for task in breakdown.tasks]


def rows_of(text: str) -> list[dict[str, Any]]:
    """The tasks of a text in short."""
    rows: list[dict[str, Any]] = in_short(read_breakdown(as_source(text)))["tasks"]
    return rows


def test_lines_of_a_cell_that_begin_with_labels_say_who_leads() -> None:
    cell = "牵头单位 区水务局\v配合单位 区住建局、各街道"
    (row,) = rows_of(f"序号\t工作任务\t责任分工\t完成时限\n1\t清淤。\t{cell}\t9月底前\n")
    assert row["units"] == ["区水务局 lead column", "区住建局 supporting column", "各街道+ supporting column"]


def test_a_figure_has_the_unit_that_its_table_measures_it_in() -> None:
    heads = "序号\t指标名称\t计量单位\t2026年目标\t责任单位\n"
    text = f"{heads}1\t一般公共预算收入\t万元\t370,000\t区财政局\n2\t生产总值增速\t%\t6.0%\t区发改局\n"
    rows = rows_of(text)
    assert [row["text"] for row in rows] == ["一般公共预算收入", "生产总值增速"]
    assert [row["milestones"] for row in rows] == [
        ["2026年目标 None：370,000万元"],
        ["2026年目标 None：6.0%"],
    ]


def test_labels_at_the_end_of_the_only_list_hold_for_all_of_it() -> None:
    text = (
        "2026年目标责任书\n一、疏浚南塘河。\n二、补种行道树。\n三、整修水闸。\n\n"
        "责任领导：陶然\n责任单位：镇建设办\n完成时限：12月底前\n"
    )
    rows = rows_of(text)
    assert [row["text"] for row in rows] == ["疏浚南塘河。", "补种行道树。", "整修水闸。"]
    assert [row["units"] for row in rows] == [["镇建设办 lead sole"]] * 3
    assert [(row["leaders"], row["deadline"].split()[0]) for row in rows] == [("陶然", "12月底前")] * 3
    assert said_of(text) == ["shared-units"]


def test_labels_of_all_above_hold_where_a_task_says_nothing_itself() -> None:
    text = (
        "（一）治水\n1.清淤。\n2.砌岸。（区城管局）\n（以上任务责任领导：陶然；责任单位：区水务局）\n"
        "（二）修路\n3.补坑。\n上述工作的责任单位：区住建局"
    )
    rows = rows_of(text)
    assert [row["units"][0].split()[0] for row in rows] == ["区水务局", "区城管局", "区住建局"]
    assert [row.get("leaders") for row in rows] == ["陶然", "陶然", None]


def test_numbered_notes_below_the_rows_are_no_tasks_and_nothing_lost() -> None:
    table = "序号\t工作任务\t责任单位\n1\t清淤。\t*区水务局、区财政局\n"
    assert (
        said_of(f"{table}注：1.标*的为牵头单位。\n2.各单位按季度报送进展。\n3.时限为年底的，按12月31日计。")
        == []
    )
    items = (
        "1.清淤。\n责任单位：区水务局、区财政局\n备注：\n1.列第一位的为牵头单位。\n2.未写时限的均为年底前。"
    )
    assert [row["text"] for row in rows_of(items)] == ["清淤。"]
    assert said_of(items) == []


def test_an_empty_remark_above_the_next_list_is_no_note() -> None:
    text = "1.清淤。\n责任单位：区水务局\n备注：\n1.砌岸。\n2.补坑。\n责任单位：区住建局\n"
    assert [row["text"] for row in rows_of(text)] == ["清淤。", "砌岸。", "补坑。"]


def test_words_in_brackets_on_lines_of_their_own_are_heads() -> None:
    text = (
        "重点工作任务分解\n【工业经济】\n1.技改60项。\n责任单位：区经信局\n【责任单位】区商务局\n"
        "【城市建设】\n2.通路5条。\n责任单位：区住建局"
    )
    assert groups_of(text) == [("工业经济", "技改60项。"), ("城市建设", "通路5条。")]
    table = "序号\t工作任务\t责任单位\n【工业经济】\t\t\n1\t技改60项。\t区经信局\n"
    assert groups_of(table) == [("工业经济", "技改60项。")]


def test_words_across_a_table_between_its_rows_are_heads() -> None:
    heads = "序号\t工作任务\t责任单位\n\n"
    text = f"{heads}工业经济\n\n1\t技改60项。\t区经信局\n\n城市建设\n\n2\t通路5条。\t区住建局\n"
    assert groups_of(text) == [("工业经济", "技改60项。"), ("城市建设", "通路5条。")]
    counted = text.replace("工业经济", "1.工业经济").replace("城市建设", "2.城市建设")
    assert groups_of(counted) == groups_of(text)
    again = text.replace("工业经济", "某区公报").replace("城市建设", "某区公报")
    assert {title for title, _ in groups_of(again)} == {""}


def test_a_demand_below_a_task_is_its_remark_and_no_step() -> None:
    text = (
        "1.改造小区28个。\n责任单位：区住建局\n备注：续建。\n工作要求：6月底前开工，11月底前完工。\n"
        "2.通路5条。\n要求：抓好征迁。\n责任单位：区住建局\n工作要求：各责任单位要按月报送进展。"
    )
    first, second = rows_of(text)
    assert first["remark"] == "续建。\n工作要求：6月底前开工，11月底前完工。"
    assert second["remark"] == "抓好征迁。"
    assert "milestones" not in first
    assert "deadline" not in first


def test_what_is_built_behind_a_gap_is_no_unit() -> None:
    text = "一、重点项目\n1.续建  县人民医院\n2.清淤三公里  县水利局\n3.迁建  县疾控中心"
    assert [row["text"] for row in rows_of(text)] == ["续建  县人民医院", "清淤三公里", "迁建  县疾控中心"]
    assert said_of(text) == ["no-units", "no-units"]


def test_more_units_than_columns_in_a_flattened_row_are_asked() -> None:
    heads = "序号\n工作任务\n牵头单位\n配合单位\n完成时限\n"
    text = f"{heads}1\n清淤。\n区水务局\n区住建局\n区财政局\n9月底前\n2\n砌岸。\n区水务局\n各街道\n年底前"
    assert said_of(text) == ["leads-by-line"]
    assert said_of(text.replace("区住建局\n区财政局", "区住建局、区财政局")) == []


def test_persons_beside_a_unit_are_no_leaders_and_are_said() -> None:
    heads = "序号\t工作任务\t责任单位\t责任人\t完成时限\n"
    table = f"{heads}1\t清淤。\t区水务局\t沈岸\t9月底前\n2\t砌岸。\t区水务局\t陶然副区长\t年底前\n"
    assert [row.get("leaders") for row in rows_of(table)] == [None, "陶然 副区长"]
    assert said_of(table) == ["unit-persons"]
    (row,) = rows_of("1.清淤。\n责任单位：区水务局（责任人：沈岸）")
    assert (row["units"], row.get("leaders")) == (["区水务局 lead sole"], None)


def test_columns_that_no_row_has_a_place_for_are_said() -> None:
    heads = "序号\t项目名称\t建设地点\t总投资（亿元）\t责任单位\n"
    said = read_breakdown(as_source(f"{heads}1\t清淤。\t南塘\t3\t区水务局\n")).diagnostics
    assert [one.message[:17] for one in said] == ["表里“建设地点”“总投资（亿元）”"]


def test_what_stands_between_the_tasks_and_is_none_is_said() -> None:
    text = (
        "一、治水\n1.清淤。\n责任单位：区水务局\n建设地点：南塘河沿岸\n二、创建平安镇村\n三、修路\n"
        "（一）强基。改造危桥12座，让沿线两镇居民出行无忧。\n2.补坑。\n责任单位：区住建局"
    )
    (said,) = read_breakdown(as_source(text)).diagnostics
    assert said.code == "unread-lines"
    assert "“建设地点：南塘河沿岸”“创建平安镇村”“改造危桥12座，让沿线两镇居民出”" in said.message


def test_a_line_above_its_brothers_is_a_task_without_a_stop_too() -> None:
    text = "目标责任书\n一、疏浚南塘河\n二、补种行道树\n三、整修水闸\n责任单位：镇建设办\n"
    assert [row["text"] for row in rows_of(text)] == ["疏浚南塘河", "补种行道树", "整修水闸"]


def test_lines_below_a_task_in_a_table_without_heads_are_its_own() -> None:
    labels = "\t牵头单位：镇建设办\t配合单位：各村\t责任领导：陶然\n\t完成时限：9月底前\t\t\n"
    pairs = "\t牵头单位\t镇民政办\t配合单位\t各村\n\t责任领导\t沈岸\t完成时限\t年底前\n"
    first, second = rows_of(f"任务清单\n\n1\t清淤三公里。\t\t\n{labels}2\t建食堂两处。\t\t\t\n{pairs}")
    assert (first["text"], first["leaders"]) == ("清淤三公里。", "陶然")
    assert first["units"] == ["镇建设办 lead word", "各村+ supporting word"]
    assert (second["text"], second["leaders"]) == ("建食堂两处。", "沈岸")
    assert [row["deadline"].split()[0] for row in (first, second)] == ["9月底前", "年底前"]


def test_a_head_may_stand_in_the_cell_of_its_first_row() -> None:
    heads = "序号\t工作任务\t责任单位\n"
    numbers = (
        f"{heads}一、治水（1）\t清淤。\t区水务局\n（2）\t砌岸。\t区水务局\n二、修路（1）\t补坑。\t区住建局\n"
    )
    expected = [("治水", "清淤。"), ("治水", "砌岸。"), ("修路", "补坑。")]
    assert groups_of(numbers) == expected
    tasks = (
        f"{heads}一\t治水\v（1）清淤。\t区水务局\n\t（2）砌岸。\t区水务局\n二\t修路\v（1）补坑。\t区住建局\n"
    )
    assert groups_of(f"{tasks}\t（2）划线。\t区住建局\n") == [*expected, ("修路", "划线。")]
    assert groups_of(tasks)[2][1] == "修路\v（1）补坑。"


def test_a_name_run_into_a_row_is_the_head_of_those_that_follow() -> None:
    heads = "序号\t工作任务\t责任单位\n"
    text = f"{heads}1\t（一）治水。清淤三公里。\t水务局\n2\t砌岸。\t水务局\n3\t（二）修路。补坑。\t住建局\n"
    assert groups_of(text) == [("治水", "清淤三公里。"), ("治水", "砌岸。"), ("修路", "补坑。")]
    alone = text.replace("2\t砌岸。\t水务局\n", "")
    assert [words for _, words in groups_of(alone)] == ["（一）治水。清淤三公里。", "（二）修路。补坑。"]


def test_heads_across_a_table_may_name_their_leader_above_heads_said_again() -> None:
    heads = "序号\t任务\t单位\n\n"
    text = f"{heads}产业（责任领导：陶然）\n\n1\t技改60项。\t区经信局\n\n城建（责任领导：沈岸）\n\n"
    rows = rows_of(f"{text}{heads}2\t通路5条。\t区住建局\n")
    assert [(row["text"], row["leaders"]) for row in rows] == [("技改60项。", "陶然"), ("通路5条。", "沈岸")]


def test_the_day_on_which_work_begins_is_no_limit() -> None:
    heads = "序号\t建设内容\t计划开工时间\t计划完工时间\t责任单位\n"
    (row,) = rows_of(f"{heads}1\t建路3公里。\t2026年3月1日\t2026年11月30日\t区住建局\n")
    assert row["deadline"].startswith("2026年11月30日")
    assert row["milestones"] == ["计划开工时间 None：2026年3月1日"]


def test_units_without_a_mark_in_a_matrix_are_no_columns_left_unread() -> None:
    heads = "序号\t重点工作\t区水务局\t区住建局\n"
    assert said_of(f"{heads}1\t清淤。\t★\t\n2\t补路。\t\t★\n说明：★为牵头单位。") == []


def test_an_annex_that_only_its_first_letter_marks_begins_another_table() -> None:
    text = (
        "序号\t任务\t单位\n1\t清淤。\t区水务局\n\n附：2026年为民办实事项目\n\n"
        "序号\t实事项目\t承办单位\n1\t建食堂两处。\t区民政局\n"
    )
    breakdown = read_breakdown(as_source(text))
    assert [task.text for task in breakdown.tasks] == ["清淤。"]
    assert [content.content for content in breakdown.livelihood] == ["建食堂两处。"]


@pytest.mark.parametrize("line", ["附{}甲乙丙丁", "以上各项{}责任单位：区水务局", "产业（3项{}）"])
def test_a_long_run_of_blanks_is_read_in_its_own_time(line: str) -> None:
    text = f"{line.format(' ' * 20_000)}\n1.清淤。\n责任单位：区水务局\n"
    assert len(read_breakdown(as_source(text)).tasks) == 1


def test_a_label_said_again_and_again_names_nobody() -> None:
    with pytest.raises(SourceError):
        read_breakdown(as_source("1.清淤。\n" + "牵头 " * 2_000))


def test_a_second_limit_or_remark_of_a_row_is_said_to_be_unread() -> None:
    read = read_breakdown(
        as_source(
            "| 工作任务 | 责任单位 | 完成时限 | 办结时限 | 备注 | 说明 |\n"
            "| 清淤。 | 区水务局 | 6月底 | 9月底 | 市定 | |\n"
        )
    )
    (said,) = read.diagnostics
    assert said.code == "unread-columns"
    assert "“办结时限” 1 列没有读入" in said.message


def test_a_head_across_a_table_counts_its_rows_and_names_their_leader() -> None:
    heads = "序号\t任务\t责任单位\t\t时限\n\n"
    text = (
        f"{heads}一、治水（1项，责任领导：陶然）\n\n1\t清淤。\t牵头单位：水务局\t配合单位：城管局\t6月底\n\n"
    )
    rows = rows_of(f"{text}二、修路（1项，责任领导：沈岸）\n\n2\t补坑。\t牵头单位：住建局\t\t9月底\n")
    assert [(row["text"], row["leaders"]) for row in rows] == [("清淤。", "陶然"), ("补坑。", "沈岸")]


def test_the_day_on_which_work_begins_is_no_limit_under_a_head_of_times_either() -> None:
    heads = "序号\t任务\t时间安排\t\t责任单位\n\t\t启动时间\t完成时间\t\n"
    (row,) = rows_of(f"{heads}1\t建路3公里。\t3月1日\t11月30日\t区住建局\n")
    assert row["deadline"].startswith("11月30日")
    assert row["milestones"] == ["启动时间 None：3月1日"]


def test_the_table_of_another_annex_is_none_of_the_leader_above_it() -> None:
    text = "一、治水\n责任领导：陶然\n\n序号\t任务\t责任单位\n1\t清淤。\t水务局\n\n"
    rows = rows_of(
        f"{text}附件2\n\n今年发展的预期\n\n序号\t指标名称\t年度目标\t责任单位\n1\t增加值\t增长8%\t统计局\n"
    )
    assert [row.get("leaders") for row in rows] == ["陶然", None]


def test_a_few_words_between_rows_that_a_page_flattened_are_their_head() -> None:
    heads = "序号\n工作任务\n牵头单位\n配合单位\n完成时限\n"
    rows = (
        "1\n疏浚河道三公里。\n区水务局\n区城管局\n6月底前\n",
        "2\n改造管网五公里。\n区水务局\n区住建局\n9月底前\n",
        "3\n修补路面两万平方米。\n经开区管委会\n区财政局\n年底前\n",
    )
    text = f"{heads}治水工程\n{rows[0]}{rows[1]}修路工程\n{rows[2]}"
    assert groups_of(text) == [
        ("治水工程", "疏浚河道三公里。"),
        ("治水工程", "改造管网五公里。"),
        ("修路工程", "修补路面两万平方米。"),
    ]
    assert [row["units"] for row in rows_of(text)][-1] == [
        "经开区管委会 lead column",
        "区财政局 supporting column",
    ]


def test_items_run_into_one_paragraph_begin_behind_brackets_and_heads() -> None:
    items = (
        "疏浚河道三公里。（牵头单位：水务局）",
        "修补路面。（牵头单位：住建局）",
        "植树。（牵头单位：林业局）",
    )
    text = f"一、治水。1.{items[0]}二、修路。2.{items[1]}3.{items[2]}\n"
    assert groups_of(text) == [("治水。", "疏浚河道三公里。"), ("修路。", "修补路面。"), ("修路。", "植树。")]


def test_the_sheets_of_a_workbook_saved_as_a_page_are_their_leaders() -> None:
    table = "\n\n序号\t任务\t责任单位\n1\t{}\t水务局\n\n"
    text = "# Sheet 1: 陶然" + table.format("清淤。") + "# Sheet 2: 沈安" + table.format("砌岸。")
    assert [(row["text"], row["leaders"]) for row in rows_of(text)] == [
        ("清淤。", "陶然"),
        ("砌岸。", "沈安"),
    ]


def test_rows_laid_two_to_a_line_are_read_part_by_part() -> None:
    heads = "序号\t任务\t牵头单位"
    text = f"{heads}\t{heads}\n1\t清淤。\t水务局\t3\t补坑。\t住建局\n2\t砌岸。\t水务局\t4\t植树。\t林业局\n"
    rows = rows_of(f"{text}\n附表\n\n{heads}\t备注\n5\t禁烧。\t环保局\t{heads[:2]}\n")
    assert [f"{row['text']}{row['units'][0][:3]}" for row in rows] == [
        "清淤。水务局",
        "砌岸。水务局",
        "补坑。住建局",
        "植树。林业局",
        "禁烧。环保局",
    ]


def test_a_head_that_names_its_leader_may_stand_above_the_first_heads_of_a_table() -> None:
    heads = "序号\t任务\t单位\n"
    text = f"今年任务分解表\n\n产业（分管领导：陶然）\n\n{heads}1\t技改60项。\t区经信局\n\n"
    rows = rows_of(f"{text}城建（分管领导：沈岸）\n\n{heads}1\t通路5条。\t区住建局\n")
    assert [(row["text"], row["leaders"]) for row in rows] == [("技改60项。", "陶然"), ("通路5条。", "沈岸")]


def test_a_row_with_a_cell_of_units_more_than_there_are_heads_moves_no_limit() -> None:
    heads = "序号\t任务\t责任单位\t时限\n"
    rows = rows_of(f"{heads}1\t清淤。\t水务局\t城管局、财政局\t6月底前\n2\t补坑。\t住建局\t各街道\t9月底前\n")
    assert [(len(row["units"]), row["deadline"][:3]) for row in rows] == [(3, "6月底"), (2, "9月底")]
