"""Whole papers as offices publish them: what page, notice and notes say beside the tasks is no task."""

from typing import Any

import pytest

from dukao.breakdown.reader import read_breakdown
from tests.breakdown.reading import as_source, in_short


def read(text: str) -> dict[str, Any]:
    """A breakdown in short."""
    short: dict[str, Any] = in_short(read_breakdown(as_source(text)))
    return short


def texts_of(text: str) -> list[str]:
    return [task.text for task in read_breakdown(as_source(text)).tasks]


def parts_of(text: str) -> list[tuple[str, str]]:
    """The units of all tasks with their part."""
    breakdown = read_breakdown(as_source(text))
    return [(unit.name, unit.role) for task in breakdown.tasks for unit in task.units]


NOTICE = """标    题：柳浦市政府办公室关于印发2025年重点任务分工的通知
柳浦市政府办公室关于印发2025年重点任务分工的通知

各区人民政府，市政府各部门：

    现将重点任务分工印发给你们，并提出如下要求。
    一、压实责任。各责任单位要排出计划。列第一位的为牵头单位，负责统筹；其他单位要主动配合
    二、加强调度。市政府督查室每月通报一次。
    三、从严考核。结果计入年度考评。

                                        柳浦市政府办公室
                                          2025年3月4日

2025年重点任务分工

    一、水利
    1．疏浚南塘河三公里。
    （责任单位：市水务局、市财政局）
    2．加固堤防两处。
    （责任单位：市水务局、市应急局）
"""


def test_what_a_notice_asks_of_its_units_is_no_task() -> None:
    assert texts_of(NOTICE) == ["疏浚南塘河三公里。", "加固堤防两处。"]


def test_the_label_of_a_page_is_no_part_of_the_title() -> None:
    notice = read(NOTICE)["notice"]
    assert notice["title"] == "柳浦市政府办公室关于印发2025年重点任务分工的通知"
    assert notice["issuer"] == "柳浦市政府办公室"


def test_a_notice_that_lays_out_tasks_itself_keeps_them() -> None:
    text = (
        "各区人民政府，市政府各部门：\n任务分工如下。\n1.疏浚南塘河。\n责任单位：市水务局\n2.补种行道树。\n"
        "责任单位：市林业局\n市政府办公室\n2025年3月4日\n附件\n民生实事项目\n1.修桥。\n责任单位：市交通局\n"
        "2.点灯。\n责任单位：市住建局\n3.建园。\n责任单位：市园林局"
    )
    assert texts_of(text) == ["疏浚南塘河。", "补种行道树。"]


def test_the_numbers_of_a_note_go_on_with_no_task() -> None:
    text = (
        "1.疏浚南塘河。\n牵头：市水务局\n2.补种行道树。\n牵头：市林业局\n"
        "说明：1.两家牵头的，前一家汇总。\n2.调整事项须报市政府批准。"
    )
    assert texts_of(text) == ["疏浚南塘河。", "补种行道树。"]


def test_what_is_asked_below_the_tasks_names_nobody() -> None:
    text = (
        "一、畅通水网工程\n目标任务：疏浚南塘河三公里。\n牵头单位：市水务局\n二、点亮街巷工程\n"
        "目标任务：更换路灯五百盏。\n牵头单位：市住建局\n保障措施：\n（一）加强领导。各牵头单位要成立工作专班。\n"
        "（二）强化督导。督查室按月督导。"
    )
    short = read(text)
    assert [task["text"] for task in short["tasks"]] == ["疏浚南塘河三公里。", "更换路灯五百盏。"]
    assert [task["title"] for task in short["tasks"]] == ["畅通水网工程", "点亮街巷工程"]


def test_a_leader_by_whom_work_is_led() -> None:
    text = "一、由叶知秋常务副县长牵头落实的工作\n1.修桥。（牵头单位：县交通局；配合单位：县财政局）"
    assert read(text)["tasks"][0]["leaders"] == "叶知秋 常务副县长"


def test_a_head_says_which_unit_leads_what_stands_below_it() -> None:
    text = (
        "一、市水务局牵头落实的工作（1项）\n1.疏浚南塘河。（配合单位：市财政局）\n"
        "二、市林业局、市园林局负责的重点工作\n1.补种行道树。"
    )
    assert parts_of(text) == [
        ("市水务局", "lead"),
        ("市财政局", "supporting"),
        ("市林业局", "responsible"),
        ("市园林局", "responsible"),
    ]


@pytest.mark.parametrize("frame", ["【{}】", "〔{}〕", "[{}]", "*{}*"])
def test_labels_in_a_frame_end_with_it(frame: str) -> None:
    line = frame.format("牵头单位：市交通局；配合单位：市财政局、各街道")
    text = f"1.修桥。\n{line}\n2.点灯。\n牵头单位：市住建局"
    assert [unit for unit, _ in parts_of(text)] == ["市交通局", "市财政局", "各街道", "市住建局"]


def test_italics_star_nobody() -> None:
    text = "1.修桥。\n\n*责任单位：▲市交通局，市财政局*\n\n2.点灯。\n\n*责任单位：▲市住建局，市财政局*"
    assert parts_of(text)[:2] == [("市交通局", "lead"), ("市财政局", "responsible")]


@pytest.mark.parametrize(
    ("units", "names"),
    [
        ("市水务局、各街道办事\n处、市财政局", ["市水务局", "各街道办事处", "市财政局"]),
        ("市水务局、高铁\n新城管委会", ["市水务局", "高铁新城管委会"]),
        ("市水务局、市财政局、\n市林业局", ["市水务局", "市财政局", "市林业局"]),
    ],
)
def test_a_page_may_break_a_name_over_two_lines(units: str, names: list[str]) -> None:
    text = f"1.修桥。\n责任单位：{units}\n2.点灯。\n责任单位：市住建局"
    assert [unit for unit, _ in parts_of(text)] == [*names, "市住建局"]


def test_units_behind_an_item_go_on_below_it() -> None:
    text = (
        "1.新建书屋\n两座。责任单位：区文旅局、东渡\n街道办事处\n2.修桥。责任单位：区交通局、区住建局牵头，\n各街道\n"
        "3.点灯。责任单位：区住建局\n区政府办公室\n2025年3月4日"
    )
    assert parts_of(text) == [
        ("区文旅局", "responsible"),
        ("东渡街道办事处", "responsible"),
        ("区交通局", "lead"),
        ("区住建局", "lead"),
        ("各街道", "responsible"),
        ("区住建局", "lead"),
    ]


def test_a_matter_of_supervision_is_numbered_by_its_name() -> None:
    text = "督查事项1：修桥。\n牵头单位：县交通局\n督办事项2：点灯。\n牵头单位：县住建局"
    assert [(task.number, task.text) for task in read_breakdown(as_source(text)).tasks] == [
        ("1", "修桥。"),
        ("2", "点灯。"),
    ]


def test_the_line_below_the_last_part_is_the_whole_items() -> None:
    text = (
        "1.治水\n（1）清淤两公里。\n（2）砌岸三公里。\n牵头单位：市水务局  责任单位：市财政局\n"
        "2.修桥。\n牵头单位：市交通局  责任单位：市财政局"
    )
    assert parts_of(text)[:4] == [("市水务局", "lead"), ("市财政局", "responsible")] * 2


FLAT = "序号\n工作任务\n牵头单位\n责任单位\n完成时限\n"


@pytest.mark.parametrize("behind", ["扫一扫在手机打开当前页", "二、民生", "市政府办公室  2025年3月4日印发"])
def test_the_last_row_of_a_flattened_table_ends_with_its_cells(behind: str) -> None:
    text = (
        FLAT
        + "1\n修桥。\n市交通局\n市财政局\n9月底前\n2\n点灯。\n市住建局\n市财政局、各街道\n10月底前\n"
        + behind
    )
    assert parts_of(text)[2:] == [
        ("市住建局", "lead"),
        ("市财政局", "responsible"),
        ("各街道", "responsible"),
    ]


def test_a_chapter_on_livelihood_is_no_list_of_projects() -> None:
    text = (
        "2025年政府工作报告重点任务分工\n一、稳增长\n1.签约三十个项目。（市商务局牵头，市财政局配合）\n"
        "二、扎实办好民生实事\n2.修桥。（市交通局牵头，市财政局配合）"
    )
    short = read(text)
    assert [task["text"] for task in short["tasks"]] == ["签约三十个项目。", "修桥。"]
    assert "livelihood" not in short


def test_the_plan_for_livelihood_projects_lists_them() -> None:
    text = (
        "2025年全市十件民生实事实施方案\n一、畅通水网工程\n目标任务：疏浚南塘河三公里。\n牵头单位：市水务局\n"
        "二、点亮街巷工程\n目标任务：更换路灯五百盏。\n牵头单位：市住建局"
    )
    contents = read(text)["livelihood"]
    assert [(one["project"], one["content"]) for one in contents] == [
        ("畅通水网工程", "疏浚南塘河三公里。"),
        ("点亮街巷工程", "更换路灯五百盏。"),
    ]


def test_what_is_asked_of_all_is_no_task_though_it_names_units() -> None:
    text = (
        "一、重点任务\n1.疏浚南塘河。\n责任单位：市水务局\n2.补种行道树。\n责任单位：市林业局\n二、工作要求\n"
        "（一）提高站位。各部门要把抓落实作为首要任务。\n（二）细化措施。要在10日内制定方案，各责任单位要主动配合。\n（三）跟踪问效。政府督查室每月督查。"
    )
    assert texts_of(text) == ["疏浚南塘河。", "补种行道树。"]


def test_one_leads_where_the_units_of_a_flattened_row_stand_one_to_a_line() -> None:
    text = FLAT + "1\n修桥。\n市交通局\n市财政局\n各街道\n9月底前\n2\n点灯。\n市住建局\n市财政局\n10月底前"
    assert parts_of(text)[:3] == [
        ("市交通局", "lead"),
        ("市财政局", "responsible"),
        ("各街道", "responsible"),
    ]


def test_lists_of_units_whose_heads_name_who_answers() -> None:
    text = (
        "一、市水务局（责任人：叶知秋）\n1.疏浚南塘河。\n2.加固堤防。（配合单位：市应急局）\n"
        "二、市林业局（责任人：陶然）\n1.补种行道树。"
    )
    assert parts_of(text) == [
        ("市水务局", "lead"),
        ("市水务局", "lead"),
        ("市应急局", "supporting"),
        ("市林业局", "lead"),
    ]


def test_a_bracket_may_break_behind_the_first_letter_of_a_name() -> None:
    text = "1.修桥。（责任单位：县交通局、各\n乡镇人民政府）\n2.点灯。（责任单位：县\n住建局）"
    assert [unit for unit, _ in parts_of(text)] == ["县交通局", "各乡镇人民政府", "县住建局"]
