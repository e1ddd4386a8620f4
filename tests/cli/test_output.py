"""JSON that programs can read, files that are whole, tables that line up."""

import json
import os
from pathlib import Path

import pytest

from dukao.cli.failures import Failure
from dukao.cli.output import print_json, print_lines, whole_file
from dukao.cli.tables import display_width, format_table, wrap_text


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"schema": "x", "list": [], "nothing": None},
        {"rows": [{"a": 1}, {"b": "“引号”\n换行"}], "spans": [[0, 1]], "last": {"x": [1]}},
    ],
)
def test_json_reads_back_as_it_was(value: dict[str, object], capsys: pytest.CaptureFixture[str]) -> None:
    print_json(value)
    out = capsys.readouterr().out
    assert json.loads(out) == value
    assert "\\u" not in out


def test_lines_are_one_object_each(capsys: pytest.CaptureFixture[str]) -> None:
    print_lines([{"a": "一\n二"}, {"b": 2}])
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == [{"a": "一\n二"}, {"b": 2}]


def test_a_file_appears_whole(tmp_path: Path) -> None:
    target = tmp_path / "核对.html"
    with whole_file(target) as draft:
        draft.write_text("新")
        assert not target.exists()
        assert draft.parent == tmp_path
        assert draft.suffix == ".html"
    assert target.read_text() == "新"
    assert os.listdir(tmp_path) == ["核对.html"]


def test_a_file_that_fails_leaves_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "台账.xlsx"
    target.write_text("旧")
    writing = whole_file(target)
    writing.__enter__().write_text("半")
    assert not writing.__exit__(KeyError, KeyError("c12"), None)
    assert target.read_text() == "旧"
    assert os.listdir(tmp_path) == ["台账.xlsx"]


def test_a_link_keeps_pointing_to_the_file(tmp_path: Path) -> None:
    real, link = tmp_path / "a.html", tmp_path / "b.html"
    real.write_text("旧")
    link.symlink_to(real)
    with whole_file(link) as draft:
        draft.write_text("新")
    assert link.is_symlink()
    assert real.read_text() == "新"


@pytest.mark.parametrize(("place", "reason"), [("没有/a.html", "文件夹不存在"), ("有", "不是普通文件")])
def test_a_place_that_cannot_be_written_is_said(tmp_path: Path, place: str, reason: str) -> None:
    (tmp_path / "有").mkdir()
    with pytest.raises(Failure, match=reason) as failure, whole_file(tmp_path / place):
        pytest.fail("the work must not begin")
    assert str(failure.value).startswith(Path(place).name)


def test_chinese_takes_two_columns() -> None:
    assert display_width("区发改局abc（１）") == 8 + 3 + 2 + 2 + 2


def test_columns_line_up_and_the_last_cell_wraps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    text = "新增绿道十公里，改造老旧小区十二个，打通断头路五条。"
    lines = format_table(("编号", "数", "内容"), [("c1", None, text), ("c10", "多 \n 行", "短")]).splitlines()
    assert display_width(lines[0].partition("内容")[0]) == display_width(lines[1].partition("新增")[0])
    assert all(display_width(line) <= 42 for line in lines)
    assert "".join(line.strip() for line in lines[1:-1]).replace("c1", "").replace("—", "").strip() == text
    assert "多 行" in lines[-1]


def test_no_closing_mark_begins_a_line() -> None:
    assert wrap_text("一二三四，五六", 8) == ["一二三四，", "五六"]
    assert wrap_text("", 8) == [""]


def test_numbers_and_words_are_not_cut() -> None:
    assert wrap_text("增长至1,234.5公里", 8) == ["增长至", "1,234.5", "公里"]
    assert wrap_text("12345678901234567890", 8) == ["12345678", "90123456", "7890"]


def test_wide_cells_before_the_last_wrap_as_well() -> None:
    lines = format_table(("牵头", "内容"), [("区住建局" * 6, "短")]).splitlines()
    assert len(lines) == 3
    assert lines[1].endswith("短")


def test_no_rows_are_no_table() -> None:
    assert format_table(("编号", "内容"), []) == ""


def test_no_line_ends_inside_the_number_of_a_row_or_behind_an_opening_mark() -> None:
    assert wrap_text("二-7、民生-12-1、二-39、四-15", 12) == ["二-7、", "民生-12-1、", "二-39、四-15"]
    assert wrap_text("落实责任。〔区发改局〕", 12) == ["落实责任。", "〔区发改局〕"]


def test_the_indent_of_a_cell_stays() -> None:
    table = format_table(("编号", "标题"), [("s1", "一、回顾"), ("s2", "  产业\n转型")], indent="")
    assert table.splitlines()[2] == "s2      产业 转型"
