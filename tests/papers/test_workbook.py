"""The workbook, read back: six sheets, no formulas, and set up to be printed."""

import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from dukao.breakdown.values import Breakdown, Milestone
from dukao.language.dates import Deadline
from dukao.papers.unit_tally import tally_units
from dukao.papers.words import list_time_limits, read_measure
from dukao.papers.workbook import write_workbook
from dukao.report.values import Report

SHEETS = ["重点工作", "民生实事", "与报告不一致", "未分解承诺", "冲突与待核", "单位"]


@pytest.fixture
def book(breakdown: Breakdown, report: Report, tmp_path: Path) -> Path:
    path = tmp_path / "台账.xlsx"
    write_workbook(breakdown, report, path)
    return path


def rows_of(path: Path, sheet: str) -> list[dict[object, Any]]:
    return [dict(zip(rows[2], row, strict=True)) for rows in [read(path, sheet)] for row in rows[3:]]


def read(path: Path, sheet: str) -> list[list[Any]]:
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def test_it_has_the_six_sheets(book: Path) -> None:
    assert CalamineWorkbook.from_path(str(book)).sheet_names == SHEETS


def test_title_and_source_stand_above_the_table(book: Path) -> None:
    rows = read(book, "重点工作")
    assert rows[0][0] == "2024年政府工作报告重点工作责任分解"
    assert rows[1][0].startswith("共 5 行。责任分解：分解.txt（sha256 bbbbbbbbbbbb…）；政府工作报告：报告.md")


def test_a_task_stands_with_its_units_by_role(book: Path) -> None:
    first, second, _, fourth, fifth = rows_of(book, "重点工作")
    assert (first["编号"], first["牵头领导"]) == ("二-1", "周望")
    assert first["牵头单位"] == "区发改局（区六重办）"
    assert first["责任单位"] == "区财政局"
    assert first["时限"] == "6月底前"
    assert first["待核对"] == "互相冲突"
    assert second["牵头单位"] == "（牵头未定）"
    assert second["待核对"] == "牵头未定、文字不一致"
    assert fourth["牵头单位"] == "区人武部（据备注）"
    assert fourth["与报告对照"] == "对报告有改动"
    assert fifth["待核对"] == "文字残缺、未写单位、报告中未见"


def test_differences_stand_with_both_readings(book: Path) -> None:
    rows = rows_of(book, "与报告不一致")
    assert [(row["编号"], row["报告写作"], row["分解表写作"]) for row in rows] == [
        ("二-2", "积极", "主动"),
        ("二-4", "4所", "5所"),
    ]
    assert rows[0]["报告原文"] == "积极争取上级资金支持"


def test_uncovered_commitments_stand_with_their_heads(book: Path) -> None:
    rows = rows_of(book, "未分解承诺")
    assert [row["报告承诺"] for row in rows] == ["整治老旧街巷", "清理废弃管线"]
    assert rows[0]["所在章节"] == "二、2024年重点任务 › （二）改善民生"


def test_conflicts_come_before_checks(book: Path) -> None:
    assert [row["事由"] for row in rows_of(book, "冲突与待核")] == ["互相冲突", "口径待核", "单位异名"]


def test_an_alias_says_which_rows_write_which_name(
    breakdown: Breakdown, report: Report, tmp_path: Path
) -> None:
    unit = breakdown.tasks[0].units[0]
    tasks = [
        replace(task, units=(replace(unit, name=name),))
        for task, name in zip(breakdown.tasks, ("区网信办", "网信办"), strict=False)
    ]
    finding = replace(
        breakdown.findings[2], message="“区网信办”与“网信办”可能是同一单位。", items=("二-1", "二-2")
    )
    path = tmp_path / "a.xlsx"
    write_workbook(replace(breakdown, tasks=tuple(tasks), findings=(finding,)), report, path)
    assert rows_of(path, "冲突与待核")[0]["所涉各条"] == "区网信办：二（1）\n网信办：二（2）"


def test_units_are_counted_by_role_and_lead_first(book: Path) -> None:
    rows = rows_of(book, "单位")
    assert (rows[0]["单位"], rows[0]["牵头"], rows[0]["牵头的编号"]) == ("区发改局", 2, "二（1、3）")
    finance = next(row for row in rows if row["单位"] == "区财政局")
    assert (finance["牵头"], finance["责任"]) == (0, 2)
    assert "可能是同一单位" in finance["名称提示"]


def test_an_alias_inside_a_longer_name_is_not_told_to_the_shorter(breakdown: Breakdown) -> None:
    unit = breakdown.tasks[0].units[0]
    names = ("区网信办", "网信办", "信办")
    task = replace(breakdown.tasks[0], units=tuple(replace(unit, name=name) for name in names))
    finding = replace(breakdown.findings[2], message="“区网信办”与“网信办”可能是同一单位。")
    tallies = tally_units(replace(breakdown, tasks=(task,), livelihood=(), findings=(finding,)))
    assert {tally.name for tally in tallies if tally.aliases} == {"区网信办", "网信办"}


@pytest.mark.parametrize(
    "words", ["=1+1", "+1", "-1", "@SUM(A1)", "http://invalid.example/", "\x00\x1f控制符"]
)
def test_words_that_look_like_formulas_stay_words(
    breakdown: Breakdown, report: Report, tmp_path: Path, words: str
) -> None:
    task = replace(breakdown.tasks[0], text=words)
    path = tmp_path / "a.xlsx"
    write_workbook(replace(breakdown, tasks=(task,)), report, path)
    assert not re.search(r"<f>|<hyperlink", open_part(path, "xl/worksheets/sheet1.xml"))
    if words.isprintable():
        assert rows_of(path, "重点工作")[0]["重点工作"] == words


def test_a_cell_longer_than_excel_allows_is_cut_and_says_so(
    breakdown: Breakdown, report: Report, tmp_path: Path
) -> None:
    path = tmp_path / "a.xlsx"
    write_workbook(replace(breakdown, tasks=(replace(breakdown.tasks[0], text="长" * 40000),)), report, path)
    said = rows_of(path, "重点工作")[0]["重点工作"]
    assert len(said) == 32767
    assert said.endswith("…")


def test_every_sheet_is_ready_for_the_printer(book: Path) -> None:
    for number in range(1, 7):
        sheet = open_part(book, f"xl/worksheets/sheet{number}.xml")
        assert 'orientation="landscape"' in sheet
        assert 'paperSize="9"' in sheet
        assert 'fitToHeight="0"' in sheet
        assert "<autoFilter" in sheet
        assert 'state="frozen"' in sheet
        assert "&amp;P" in sheet
    assert open_part(book, "xl/workbook.xml").count("_xlnm.Print_Titles") == 6


def test_no_report_is_said_on_the_sheets_that_need_one(breakdown: Breakdown, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    bare = tuple(replace(task, differences=(), source_spans=()) for task in breakdown.tasks)
    write_workbook(replace(breakdown, tasks=bare, report=None, coverage=None), None, path)
    for sheet in ("与报告不一致", "未分解承诺"):
        assert read(path, sheet)[3][0] == "未附政府工作报告，没有对照。"


def test_the_same_input_gives_the_same_bytes(
    book: Path, breakdown: Breakdown, report: Report, tmp_path: Path
) -> None:
    again = tmp_path / "again.xlsx"
    write_workbook(breakdown, report, again)
    assert again.read_bytes() == book.read_bytes()


def test_nothing_is_written_when_laying_out_fails(
    breakdown: Breakdown, report: Report, tmp_path: Path
) -> None:
    path = tmp_path / "a.xlsx"
    task = replace(breakdown.tasks[0], relation="unheard-of")  # type: ignore[arg-type]
    broken = replace(breakdown, tasks=(task,))
    with pytest.raises(KeyError):
        write_workbook(broken, report, path)
    assert not path.exists()


def open_part(path: Path, name: str) -> str:
    with zipfile.ZipFile(path) as parts:
        return parts.read(name).decode("utf-8")


def test_milestones_stand_with_their_steps_and_a_time_limit_once(breakdown: Breakdown) -> None:
    spring, summer = Deadline("一季度", None, "milestone", 0, 0), Deadline("6月底前", None, "by", 0, 0)
    steps = (Milestone(spring, "开工率达到三成"), Milestone(summer, "6月底前全部开工"))
    task = replace(breakdown.tasks[0], deadline=summer, milestones=steps)
    assert list_time_limits(task) == ["一季度：开工率达到三成", "6月底前全部开工"]
    assert list_time_limits(breakdown.tasks[0]) == ["6月底前"]


def test_a_measure_is_read_with_its_verb_where_it_belongs(report: Report) -> None:
    built = report.measures[0]._replace(indicator="项目", action="落地")
    grown = built._replace(indicator="投资", action="增长", kind="growth", surface="7%", approximate=True)
    assert read_measure(built) == "落地项目 ≥30个"
    assert read_measure(grown) == "投资增长 ≥约7%"


def test_a_level_reached_is_not_read_as_an_increase(report: Report) -> None:
    level = report.measures[0]._replace(indicator="资产总额", action="增加", op="=", surface="720亿元")
    assert read_measure(level) == "资产总额 720亿元"
    assert read_measure(level._replace(kind="increment")) == "增加资产总额 720亿元"
    assert read_measure(level._replace(indicator="签约", action="完成签约")) == "完成签约 720亿元"
