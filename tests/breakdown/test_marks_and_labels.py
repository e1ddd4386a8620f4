"""Marks, labels and codes as places set them: circled numbers, tabs between labels, heads in two rows."""

from pathlib import Path

import pytest
from docx import Document

from dukao.breakdown.compiler import compile_breakdown
from dukao.breakdown.reader import read_breakdown
from dukao.reading.files import read_file
from tests.breakdown.reading import as_source, in_short


def in_brief(text: str) -> list[str]:
    """A line a task: its text, leaders, units and limit."""
    lines: list[str] = []
    for task in in_short(read_breakdown(as_source(text)))["tasks"]:
        limit = task.get("deadline", "").split(" ")[0]
        lines.append(
            "｜".join(
                filter(None, [task["text"], task.get("leaders"), "、".join(task.get("units", [])), limit])
            )
        )
    return lines


CIRCLED = """1.贯通隧道左洞。
责任单位：①县交通局 ②县自然资源局
2.改造泵站3座。（责任单位：①县水利局；②县水务公司。①为牵头单位，下同）
"""


def test_the_circled_one_leads_where_a_note_says_so() -> None:
    assert in_brief(CIRCLED) == [
        "贯通隧道左洞。｜县交通局 lead first、县自然资源局 responsible first",
        "改造泵站3座。｜县水利局 lead first、县水务公司 responsible first",
    ]
    silent = CIRCLED.replace("。①为牵头单位，下同", "")
    assert all("undecided" in line for line in in_brief(silent))


def test_underlined_names_among_others_lead(tmp_path: Path) -> None:
    document = Document()
    table = document.add_table(2, 3)
    for cell, text in zip(table.rows[0].cells, ["序号", "工作任务", "责任单位"], strict=True):
        cell.text = text
    for cell, text in zip(table.rows[1].cells, ["1", "建成管网18公里", ""], strict=True):
        cell.text = text
    units = table.rows[1].cells[2].paragraphs[0]
    units.add_run("市住建局").underline = True
    units.add_run("、市城管局")
    document.save(str(tmp_path / "a.docx"))
    (task,) = compile_breakdown(read_file(tmp_path / "a.docx")).tasks
    assert [(unit.name, unit.role, unit.basis) for unit in task.units] == [
        ("市住建局", "lead", "star"),
        ("市城管局", "responsible", "star"),
    ]


@pytest.mark.parametrize(
    ("units", "read"),
    [
        ("县农业局（牵）、县文旅局", "县农业局 lead word、县文旅局 responsible word"),
        ("县农业局（牵头单位）、县文旅局", "县农业局 lead word、县文旅局 responsible word"),
        ("县农业局（主）、县文旅局（配）", "县农业局 lead word、县文旅局 supporting word"),
    ],
)
def test_brackets_say_a_part_in_one_word(units: str, read: str) -> None:
    assert in_brief(f"1.办好庙会。\n责任单位：{units}") == [f"办好庙会。｜{read}"]


@pytest.mark.parametrize(
    "said",
    [
        "责任单位：区城管局\t责任领导：陶然\t办结时限：3月20日前",
        "【责任单位】区城管局\n【责任领导】陶然\n【办结时限】3月20日前",
    ],
)
def test_labels_may_stand_between_tabs_or_in_frames_of_their_own(said: str) -> None:
    text = f"督查事项分解\n1、拆除广告牌36处。\n{said}"
    assert in_brief(text) == ["拆除广告牌36处。｜陶然｜区城管局 lead sole｜3月20日前"]


def test_brackets_may_stand_behind_a_tab() -> None:
    text = "任务分工\n1. 建设示范村6个。\t（★县农办、县财政局）\n2. 清淤。\t（★县水利局）"
    assert in_brief(text) == [
        "建设示范村6个。｜县农办 lead star、县财政局 responsible star",
        "清淤。｜县水利局 lead star",
    ]


def test_a_limit_alone_in_brackets_is_the_limit_and_a_year_is_not() -> None:
    text = (
        "一、县农业局\n1、编制规划。（6月底）\n2、修渠（2025年—2027年）。\n二、县水利局\n1、清淤（9月底前）"
    )
    assert in_brief(text) == [
        "编制规划。｜县农业局 lead sole｜6月底",
        "修渠（2025年—2027年）。｜县农业局 lead sole",
        "清淤｜县水利局 lead sole｜9月底前",
    ]


def test_clauses_behind_the_last_stop_may_say_until_when() -> None:
    text = "1.制定体检指标体系。由市住建局牵头，市城管局配合，3月底前完成。\n2.清淤。由市水利局负责。"
    assert in_brief(text) == [
        "制定体检指标体系。｜市住建局 lead word、市城管局 supporting word｜3月底前完成",
        "清淤。｜市水利局 lead sole",
    ]


def test_a_label_above_a_list_is_its_head() -> None:
    text = (
        "县直单位任务清单\n责任单位：县林业局\n1.编制规划。\n2.防治虫害2万亩。（配合单位：各乡镇）\n"
        "责任单位：县水利局\n1.整改水电站。"
    )
    assert in_brief(text) == [
        "编制规划。｜县林业局 lead sole",
        "防治虫害2万亩。｜县林业局 lead sole、各乡镇+ supporting word",
        "整改水电站。｜县水利局 lead sole",
    ]


def test_the_number_of_a_row_may_be_a_code() -> None:
    table = (
        "任务编号\t重点任务\t主办单位\t办结时间\nZS-2026-01\t引进项目30个\t区投促中心\t9月\n"
        "ZS-2026-02\t盘活楼宇6栋\t区商务局\t"
    )
    tasks = read_breakdown(as_source(table)).tasks
    assert [task.number for task in tasks] == ["ZS-2026-01", "ZS-2026-02"]
    assert tasks[1].deadline is None


def test_what_is_to_be_put_right_is_the_measure_and_not_the_fault() -> None:
    table = (
        "序号\t存在问题\t整改措施\t责任单位\t责任领导\t整改时限\t是否销号\n"
        "1\t工地扬尘突出\t完善围挡，湿法作业\t区住建局\t陶然\t4月15日前\t否"
    )
    assert in_brief(table) == ["完善围挡，湿法作业｜陶然｜区住建局 lead sole｜4月15日前"]


def test_units_may_have_heads_of_their_own_below_a_shorter_row_of_heads() -> None:
    table = (
        "序号\t工作任务\t责任单位\n\t\t县商务局\t县供销社\t县人社局\n"
        "1\t推进电商进村\t●\t○\t\n2\t组织培训\t○\t\t●\n说明：●表示牵头，○表示配合"
    )
    assert in_brief(table) == [
        "推进电商进村｜县商务局 lead column、县供销社 supporting column",
        "组织培训｜县人社局 lead column、县商务局 supporting column",
    ]


def test_a_head_that_only_says_target_is_no_part_of_what_a_place_is_given() -> None:
    table = (
        "任务分解表\n单位\t目标任务\t\n\t新增商户（户）\t招商（亿元）\n"
        "南塘街道\t400\t12\n北岸街道\t320\t8.5\n"
    )
    assert in_brief(table) == [
        "新增商户（户）400｜南塘街道 lead sole",
        "招商（亿元）12｜南塘街道 lead sole",
        "新增商户（户）320｜北岸街道 lead sole",
        "招商（亿元）8.5｜北岸街道 lead sole",
    ]


def test_telephone_numbers_are_no_part_of_a_leader_and_clerks_are_none() -> None:
    table = (
        "序号\t重点工作\t牵头单位\t责任领导及电话\t具体责任人\n"
        "1\t创建卫生城市\t区卫健局\t陶然 13900001111\v叶知秋（13900002222）\t李明"
    )
    assert in_brief(table) == ["创建卫生城市｜陶然；叶知秋｜区卫健局 lead column"]


def test_an_indicator_with_its_figure_is_not_cut_off() -> None:
    whole = "地区生产总值增长6%以上"
    rows = enumerate(["清淤。", "栽树。", "修桥。", "点灯。", whole], 1)
    table = "序号\t工作任务\t责任单位\n" + "\n".join(f"{at}\t{task}\t区政府办" for at, task in rows)
    assert not read_breakdown(as_source(table)).diagnostics
    cut = read_breakdown(as_source(table.replace(whole, f"{whole}，招引外")))
    assert [one.code for one in cut.diagnostics] == ["truncated"]


def test_parts_share_the_labels_of_their_whole_where_none_has_its_own() -> None:
    text = (
        "任务分解\n1. 实施融合行动。\n牵头单位：市文旅局；配合单位：市商务局\n"
        "（1）打造线路8条。\n（2）培育民宿15家。\n"
        "2. 实施惠民行动。\n牵头单位：市体育局\n（1）改造场馆3座。\n牵头单位：市住建局\n（2）办赛5场。"
    )
    units = ["、".join(task.get("units", [])) for task in in_short(read_breakdown(as_source(text)))["tasks"]]
    both = "市文旅局 lead word、市商务局 supporting word"
    assert units == [both, both, both, "市体育局 lead word", "市住建局 lead word", ""]


def test_whom_to_call_is_no_office_of_a_unit() -> None:
    text = "1.化解积案12件。\n牵头单位：县信访局（联系人：王五，电话：0888-1234567）\n责任单位：县公安局"
    assert in_brief(text) == ["化解积案12件。｜县信访局 lead word、县公安局 responsible word"]


def test_labels_may_follow_a_dash() -> None:
    text = "任务分工\n1. 编制清单——牵头：县发改局；配合：县林业局；时限：4月底\n2. 清淤——牵头：县水利局"
    assert in_brief(text) == [
        "编制清单｜县发改局 lead word、县林业局 supporting word｜4月底",
        "清淤｜县水利局 lead word",
    ]


def test_offices_and_villages_have_columns() -> None:
    table = "序号\t工作任务\t牵头办所\t责任村（社区）\n1\t铺设管网3公里\t村镇办\t上河村、新桥社区"
    assert in_brief(table) == [
        "铺设管网3公里｜村镇办 lead column、上河村 responsible column、新桥社区 responsible column"
    ]


def test_lines_of_a_flattened_row_are_its_columns_where_none_is_missing() -> None:
    head = "任务分解表\n序号\n项目内容\n牵头单位\n配合单位\n完成时限\n"
    text = f"{head}1\n改造卫生院2所\n县卫健局\n县财政局\n10月\n2\n建设服务站1处\n县民政局\n县资源局\n12月"
    assert in_brief(text) == [
        "改造卫生院2所｜县卫健局 lead column、县财政局 supporting column｜10月",
        "建设服务站1处｜县民政局 lead column、县资源局 supporting column｜12月",
    ]
