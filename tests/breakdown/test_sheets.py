"""Workbooks of several sheets: those that list tasks are read, those that list something else are not."""

from pathlib import Path

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from dukao.breakdown.compiler import compile_breakdown
from dukao.breakdown.values import Breakdown
from dukao.reading import SourceError, read_file

HEADS = ["序号", "重点工作", "责任单位"]
TASKS = [HEADS, ["1", "改造老旧小区5个。", "区住建局"], ["2", "新增公园2座。", "区园林局、区住建局"]]


def read_sheets(folder: Path, *sheets: list[list[str]]) -> Breakdown:
    path = folder / "台账.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for rows in sheets:
            sheet = book.add_worksheet()
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return compile_breakdown(read_file(path))


def texts_of(breakdown: Breakdown) -> list[str]:
    return [task.text for task in breakdown.tasks]


@pytest.mark.parametrize(
    "other",
    [
        [["单位名称", "牵头项数", "参加项数"], ["区住建局", "12", "3"], ["区园林局", "4", "5"]],
        [["编号", "报告原文", "没有列为任务的原因"], ["c1", "坚持稳中求进。", "统领下文的话"]],
        [
            ["序号", "单位", "联系人", "电话"],
            ["1", "区住建局", "张三", "8888"],
            ["2", "区园林局", "李四", "6666"],
        ],
        [["填报单位", "区府办"], ["填报时间", "3月"]],
        [["单位工作量"], ["共2行。"], ["单位名称", "项数"], ["区住建局", "12"]],
    ],
)
def test_a_sheet_of_something_else_gives_no_tasks(other: list[list[str]], tmp_path: Path) -> None:
    expected = ["改造老旧小区5个。", "新增公园2座。"]
    assert texts_of(read_sheets(tmp_path, TASKS, other)) == expected
    assert texts_of(read_sheets(tmp_path, other, TASKS)) == expected
    found = read_sheets(tmp_path, TASKS, other)
    assert [unit.name for unit in found.tasks[-1].units] == ["区园林局", "区住建局"]


def test_several_sheets_of_tasks_are_all_read(tmp_path: Path) -> None:
    more = [HEADS, ["1", "建成学校1所。", "区教育局"]]
    goes_on = [["3", "修缮渠道6公里。", "区水利局"]]
    assert len(read_sheets(tmp_path, TASKS, more).tasks) == 3
    assert texts_of(read_sheets(tmp_path, TASKS, goes_on))[-1] == "修缮渠道6公里。"


def test_a_workbook_without_tasks_is_refused_by_what_its_heads_say(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="没有“重点工作”"):
        read_sheets(tmp_path, [["序号", "责任单位", "牵头领导"], ["1", "区住建局", "张三"]])


HELPED = ["序号", "工作任务", "配合单位"]


def read_named(folder: Path, sheets: dict[str, list[list[str]]]) -> Breakdown:
    path = folder / "台账.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return compile_breakdown(read_file(path))


@pytest.mark.parametrize("title", ["{}同志牵头工作责任清单", "今年重点工作任务清单"])
def test_a_sheet_for_each_leader_says_who_leads(title: str, tmp_path: Path) -> None:
    count = [["领导", "任务数"], ["王明", "2"], ["李强", "2"]]
    led = {who: [[title.format(who)], *TASKS] for who in ("王明", "李强")}
    found = read_named(tmp_path, {"汇总": count, **led})
    assert [[leader.name for leader in task.leaders] for task in found.tasks] == [["王明"]] * 2 + [
        ["李强"]
    ] * 2
    assert [group.title for group in found.groups if any(task.group == group.id for task in found.tasks)] == [
        title.format(who) if "{" in title else who for who in ("王明", "李强")
    ]


@pytest.mark.parametrize("says", ["label", "name"])
def test_a_sheet_for_each_unit_says_who_leads(says: str, tmp_path: Path) -> None:
    rows = [HELPED, ["1", "改造老旧小区5个。", "区财政局"], ["2", "修缮渠道6公里。", "区财政局"]]
    sheets = {
        unit if says == "name" else f"表{at}": [["今年重点工作任务分解"], [f"牵头单位：{unit}"], *rows]
        if says == "label"
        else [["今年重点工作任务分解"], *rows]
        for at, unit in enumerate(["区住建局", "区水利局"], 1)
    }
    found = read_named(tmp_path, sheets)
    led = [[unit.name for unit in task.units if unit.role == "lead"] for task in found.tasks]
    assert led == [["区住建局"]] * 2 + [["区水利局"]] * 2
    assert all(
        [unit.name for unit in task.units if unit.role != "lead"] == ["区财政局"] for task in found.tasks
    )


def test_sheets_of_which_few_are_named_after_somebody_are_no_lists_of_theirs(tmp_path: Path) -> None:
    found = read_named(tmp_path, {"重点工作": TASKS, "民生": TASKS, "王明": TASKS})
    assert not any(task.leaders for task in found.tasks)


def test_cells_that_single_tabs_hold_apart_are_taken_in_their_order(tmp_path: Path) -> None:
    import docx

    rows = [
        ["1", "修缮渠道6公里，清淤两处，建成管护站一座并移交使用。", "区水利局", "区财政局", "10月底"],
        ["2", "新增公园2座。", "区园林局", "区住建局", "6月底"],
    ]
    document = docx.Document()
    document.add_paragraph("序号\t工作任务\t\t\t牵头单位\t责任单位\t完成时限")
    for row in rows:
        document.add_paragraph("\t".join(row))
    document.save(str(tmp_path / "a.docx"))
    tasks = compile_breakdown(read_file(tmp_path / "a.docx")).tasks
    assert [[task.text, *(unit.name for unit in task.units)] for task in tasks] == [row[1:4] for row in rows]
    assert [task.deadline and task.deadline.text for task in tasks] == [row[4] for row in rows]


def test_a_cell_that_begins_with_the_label_of_units_names_them_under_any_head(tmp_path: Path) -> None:
    heads = ["序号", "重点工作", "职责任务划分"]
    rows = [["1", "修缮渠道6公里。", "牵头单位：区水利局\n配合单位：区财政局、区住建局"]]
    task = read_sheets(tmp_path, [heads, *rows]).tasks[0]
    named = [(unit.name, unit.role) for unit in task.units]
    assert named == [("区水利局", "lead"), ("区财政局", "supporting"), ("区住建局", "supporting")]
