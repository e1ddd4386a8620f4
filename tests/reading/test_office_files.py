"""Files as the programs of an office leave them: pages Word saved, tables inside cells, rows out of sight."""

from pathlib import Path

import xlsxwriter  # type: ignore[import-untyped]

from dukao.reading import read_file


def test_a_page_that_word_saved_is_a_page(tmp_path: Path) -> None:
    own = "<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->"
    page = f'<html xmlns:o="o"><head>{own}</head><body><p class=MsoNormal>清淤。<o:p></o:p></p></body></html>'
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    assert read_file(tmp_path / "a.html").text == "清淤。\n"


def test_small_tables_in_the_cells_of_a_table_are_lines_of_these(tmp_path: Path) -> None:
    inner = "<table><tr><td>牵头</td><td>区水务局</td></tr><tr><td>配合</td><td>各街道</td></tr></table>"
    rows = "".join(f"<tr><td>{at}</td><td>清淤。</td><td>{inner}</td></tr>" for at in (1, 2))
    page = f"<html><body><table><tr><td>序号</td><td>任务</td><td>分工</td></tr>{rows}</table></body></html>"
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    text = read_file(tmp_path / "a.html").text
    assert text.splitlines()[0] == "序号\t任务\t分工"
    assert text.count("\t清淤。\t牵头 区水务局\v配合 各街道") == 2


def test_rows_and_columns_out_of_sight_are_read_and_said(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    sheet = book.add_worksheet("分解")
    for at, row in enumerate([("序号", "内部", "任务"), (1, "甲", "清淤。"), (2, "乙", "砌岸。")]):
        sheet.write_row(at, 0, row)
    sheet.set_row(2, None, None, {"hidden": True})
    sheet.set_row(9, None, None, {"hidden": True})
    sheet.set_column(1, 1, None, None, {"hidden": True})
    sheet.set_column(5, 6, None, None, {"hidden": True})
    book.close()
    source = read_file(tmp_path / "a.xlsx")
    assert "砌岸。" in source.text
    (said,) = source.diagnostics
    assert said.code == "hidden-cells"
    assert "第 3 行、B 列" in said.message


def test_a_table_that_a_page_does_not_show_is_said(tmp_path: Path) -> None:
    words = "疏浚南塘河三公里，整修水闸两座，绿化堤岸。"
    table = f"<table><tr><td>序号</td><td>任务</td></tr><tr><td>1</td><td>{words}</td></tr></table>"
    page = f"<html><body><div>{table}</div><div style='display:none'>{table}</div></body></html>"
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    source = read_file(tmp_path / "a.html")
    assert source.text.count("疏浚南塘河") == 1
    assert [said.code for said in source.diagnostics] == ["hidden-text"]


def test_heads_of_a_page_may_stand_in_a_table_of_their_own(tmp_path: Path) -> None:
    heads = "".join(f"<th>{head}</th>" for head in ("序号", "任务", "单位"))
    row = "<tr><td>1</td><td>清淤。</td><td>水务局</td></tr>"
    (tmp_path / "a.html").write_text(
        f"<html><body><table><tr>{heads}</tr></table><div><table>{row}{row}</table></div></body></html>",
        encoding="utf-8",
    )
    assert read_file(tmp_path / "a.html").text.startswith("序号\t任务\t单位\n")
