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
