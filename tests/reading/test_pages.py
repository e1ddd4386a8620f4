"""Pages of a PDF as they are laid: on their side, under a watermark, in two columns."""

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

from dukao.bench.documents import write_placed_pdf, write_table_pdf
from dukao.reading import read_file
from dukao.reading.composing import Composer
from dukao.reading.pdf.flow import Flow
from dukao.reading.pdf.letters import Line
from dukao.reading.pdf.pages import Sheet, Table
from dukao.reading.pdf.rules import Box, Grid

Placed = tuple[str, int, int]
WIDE, HIGH = 595, 842
TABLE: list[Placed] = [
    *(("序号", 60, 780), ("重点工作", 120, 780), ("牵头单位", 320, 780), ("完成时限", 440, 780)),
    *(("1", 60, 752), ("修好进村公路三条，", 120, 752), ("区交通局", 320, 752), ("十月底", 440, 752)),
    ("当年建成通车。", 120, 732),
    *(("2", 60, 704), ("新建停车场两处。", 120, 704), ("区城管局", 320, 704), ("年底", 440, 704)),
]
WATERMARK: Placed = ("仅供内部使用", 200, 740)
# What turns a page by so many quarters clockwise, and moves it back onto the sheet.
TURNS: dict[int, Callable[[pypdfium2.PdfMatrix], pypdfium2.PdfMatrix]] = {
    1: lambda matrix: matrix.rotate(90).translate(0, WIDE),
    2: lambda matrix: matrix.rotate(180).translate(WIDE, HIGH),
    3: lambda matrix: matrix.rotate(270).translate(HIGH, 0),
}


def change(path: Path, matrix: pypdfium2.PdfMatrix, *, only: str = "", rotate: int = 0) -> None:
    """Move what stands on the first page by a matrix: all of it, or the words `only`."""
    document = pypdfium2.PdfDocument(path)
    page = document[0]
    for item in page.get_objects(textpage=page.get_textpage()):
        if not only or (isinstance(item, pypdfium2.PdfTextObj) and item.extract() == only):
            item.transform(matrix)
    page.gen_content()
    page.set_rotation(rotate)
    changed = path.with_name("changed.pdf")
    document.save(changed)
    document.close()
    changed.replace(path)


@pytest.mark.parametrize("quarters", TURNS)
@pytest.mark.parametrize("is_marked", [False, True])
def test_a_page_on_its_side_is_read_as_it_is_held(quarters: int, is_marked: bool, tmp_path: Path) -> None:
    write_placed_pdf([TABLE], tmp_path / "a.pdf")
    upright = read_file(tmp_path / "a.pdf").text
    assert upright.count("\t") == 9
    matrix = TURNS[quarters](pypdfium2.PdfMatrix())
    change(tmp_path / "a.pdf", matrix, rotate=(360 - 90 * quarters) % 360 if is_marked else 0)
    assert read_file(tmp_path / "a.pdf").text == upright


def test_a_watermark_set_aslant_is_no_part_of_the_text(tmp_path: Path) -> None:
    write_placed_pdf([TABLE], tmp_path / "plain.pdf")
    write_placed_pdf([[*TABLE, WATERMARK]], tmp_path / "a.pdf")
    matrix = pypdfium2.PdfMatrix().translate(-200, -740).rotate(-35).translate(200, 740)
    change(tmp_path / "a.pdf", matrix, only=WATERMARK[0])
    assert read_file(tmp_path / "a.pdf").text == read_file(tmp_path / "plain.pdf").text


def test_a_watermark_that_stands_upright_is_no_part_of_the_text(tmp_path: Path) -> None:
    write_placed_pdf([TABLE], tmp_path / "plain.pdf")
    write_placed_pdf([[*TABLE, WATERMARK]], tmp_path / "a.pdf")
    matrix = pypdfium2.PdfMatrix().translate(-200, -740).scale(3, 3).translate(90, 735)
    change(tmp_path / "a.pdf", matrix, only=WATERMARK[0])
    assert read_file(tmp_path / "a.pdf").text == read_file(tmp_path / "plain.pdf").text


def test_words_that_run_over_the_lines_between_rows_are_said(tmp_path: Path) -> None:
    rows = [
        ("序号", "重点工作", "牵头单位"),
        ("1", "修好进村公路。", "区交通局"),
        ("2", "新建车场。", "区城管局"),
    ]
    write_table_pdf(rows, tmp_path / "a.pdf")
    assert not read_file(tmp_path / "a.pdf").diagnostics
    change(tmp_path / "a.pdf", pypdfium2.PdfMatrix().translate(0, 10), only="区交通局")
    assert [said.code for said in read_file(tmp_path / "a.pdf").diagnostics] == ["struck-cells"]


LEFT = "一、修好进村公路三条，当年建成通车，沿线村庄全部通上客车，老人孩子出门不再绕路。" * 4
RIGHT = "二、新建停车场两处，增加泊位四百个，医院和学校门口不再堵车，夜间对居民免费开放。" * 4
ACROSS = "本区今年的重点工作和承办单位"


def column(text: str, left: int, *, top: int = 740) -> list[Placed]:
    return [(text[at : at + 14], left, top - 20 * at // 14) for at in range(0, len(text), 14)]


@pytest.mark.parametrize("off", [0, 9])
def test_two_columns_are_read_one_after_the_other(off: int, tmp_path: Path) -> None:
    page = [(ACROSS, 200, 790), *column(LEFT, 60), *column(RIGHT, 310, top=740 - off)]
    write_placed_pdf([page], tmp_path / "a.pdf")
    assert read_file(tmp_path / "a.pdf").text == f"{ACROSS}\n\n{LEFT}\n\n{RIGHT}\n"


def test_the_last_page_of_two_columns_may_hold_one(tmp_path: Path) -> None:
    first = [*column(LEFT, 60), *column(RIGHT, 310)]
    rest = "三、把老街的灯全部换新，亮到天明。"
    write_placed_pdf([first, column(rest, 60)], tmp_path / "a.pdf")
    assert read_file(tmp_path / "a.pdf").text == f"{LEFT}\n\n{RIGHT}\n\n{rest}\n"


def test_a_table_of_two_columns_is_not_two_columns_of_prose(tmp_path: Path) -> None:
    rows = [(f"{at}．新建停车场{at}处。", f"区城管局第{at}科") for at in range(1, 13)]
    page = [
        placed
        for at, (task, unit) in enumerate(rows)
        for placed in ((task, 60, 740 - 24 * at), (unit, 330, 740 - 24 * at))
    ]
    write_placed_pdf([page], tmp_path / "a.pdf")
    text = read_file(tmp_path / "a.pdf").text
    assert all(
        text.index(task) < text.index(unit) < text.index("\n", text.index(task)) for task, unit in rows
    )


def sheet_of(number: int, rows: list[list[str]], merged: int) -> Sheet:
    """A page with a ruled table whose second column is one cell from row `merged` down, but for the head."""
    high, wide = len(rows), len(rows[0])
    grid = Grid([100.0 * at for at in range(wide + 1)], [700.0 - 20 * at for at in range(high + 1)])
    tall = {(merged, 1): high - merged} if merged < high else {}
    hidden = {(row, 1) for row in range(merged + 1, high)}
    places = [(row, column) for row in range(high) for column in range(wide) if (row, column) not in hidden]
    grid.boxes = [Box(row, column, tall.get((row, column), 1), 1) for row, column in places]
    return Sheet(number, 842.0, [Table(grid, [rows[row][column] for row, column in places])], 99, 0)


@pytest.mark.parametrize("rows", [1, 2])
def test_a_cell_over_several_rows_reaches_over_the_page(rows: int) -> None:
    head = ["序号", "牵头领导", "重点工作"]
    above = [[str(at), "张某" if at == 2 else "李某", "修路。"] for at in (1, 2, 3)]
    below = [[str(3 + at), "", "架桥。"] for at in range(1, rows + 1)]
    flow = Flow(Composer("page"))
    flow.take(sheet_of(1, [head, *above], merged=2))
    flow.take(sheet_of(2, [head, *below], merged=1))
    flow.close()
    text = flow.composer.text()
    meant = {text[start:end] for start, end in flow.composer.merged.values()}
    assert meant == {"张某"}
    assert len(flow.composer.merged) == 1 + rows


def test_an_empty_cell_over_several_rows_at_the_head_of_a_page_is_the_rest_of_one_above() -> None:
    head = ["序号", "牵头领导", "重点工作"]
    below = [[str(at), "", "架桥。"] for at in (2, 3)]
    flow = Flow(Composer("page"))
    flow.take(sheet_of(1, [head, ["1", "张某", "修路。"]], merged=1))
    flow.take(sheet_of(2, [head, *below], merged=1))
    flow.close()
    text = flow.composer.text()
    assert [text[start:end] for start, end in flow.composer.merged.values()] == ["张某", "张某"]


def test_an_empty_merged_cell_at_the_foot_of_a_page_says_what_stands_on_the_next() -> None:
    head = ["序号", "牵头领导", "重点工作"]
    below = [[str(at), "李某" if at == 4 else "", "架桥。"] for at in (4, 5)]
    flow = Flow(Composer("page"))
    flow.take(
        sheet_of(1, [head, ["1", "张某", "修路。"], ["2", "", "补坑。"], ["3", "", "植树。"]], merged=2)
    )
    flow.take(sheet_of(2, [head, *below], merged=1))
    flow.close()
    text = flow.composer.text()
    assert text.splitlines()[2] == "2\t李某\t补坑。"
    assert [text[start:end] for start, end in flow.composer.merged.values()] == ["李某"] * 3


def test_words_of_a_cell_that_a_page_hides_above_the_rest_of_its_table_are_said_once() -> None:
    head = ["序号", "牵头领导", "重点工作"]
    flow = Flow(Composer("page"))
    flow.take(sheet_of(1, [head, ["1", "张某", "修路。"], ["2", "", "补坑。"]], merged=1))
    page = sheet_of(2, [head, ["3", "", "架桥。"], ["4", "", "植树。"]], merged=1)
    page.parts.insert(0, Line("张某", 110.0, 140.0, 705.0, 15.0))
    flow.take(page)
    flow.close()
    text = flow.composer.text()
    assert text.count("张某") == 1
    assert [text[start:end] for start, end in flow.composer.merged.values()] == ["张某"] * 3


def test_rows_that_come_again_on_the_next_page_are_no_heads() -> None:
    rows = [["序号", "牵头领导", "重点工作"], ["1", "张某", "修路。"]]
    flow = Flow(Composer("page"))
    flow.take(sheet_of(1, rows, merged=2))
    flow.take(sheet_of(2, rows, merged=2))
    flow.close()
    assert flow.composer.text().count("修路。") == 2


def test_an_item_at_the_head_of_a_page_begins_anew_after_a_line_without_a_stop(tmp_path: Path) -> None:
    first = [("1．修好进村公路三条，当年建成通车。", 60, 120), ("完成时限：十月底", 60, 92)]
    second = [("2．新建停车场两处。", 60, 780), ("完成时限：年底", 60, 752)]
    write_placed_pdf([first, second], tmp_path / "a.pdf")
    lines = read_file(tmp_path / "a.pdf").text.split("\n")
    assert [line for line in lines if line] == [text for text, _, _ in [*first, *second]]


def test_marks_that_hang_over_the_edges_of_columns_part_them_still(tmp_path: Path) -> None:
    left, right = column(LEFT * 2, 60), column(RIGHT * 2, 302)
    left[4] = (left[4][0] + "，", *left[4][1:])
    right[7] = (right[7][0], 292, right[7][2])
    write_placed_pdf([[*left, *right]], tmp_path / "a.pdf")
    text = read_file(tmp_path / "a.pdf").text.replace("\n", "")
    assert text == "".join(line for line, _, _ in [*left, *right])


def test_white_that_one_row_all_but_fills_still_parts_the_columns(tmp_path: Path) -> None:
    rows = [
        ("序号", "重点工作", "牵头单位", "时限"),
        *((str(at), "新建停车场。", "区城管局", "年底") for at in range(1, 8)),
    ]
    rows[5] = ("5", "新建一处可停四百辆的车场。", "区城管局", "年底")
    page = [
        (text, left, 780 - 24 * at)
        for at, row in enumerate(rows)
        for text, left in zip(row, (60, 120, 319, 440), strict=True)
    ]
    write_placed_pdf([page], tmp_path / "a.pdf")
    source = read_file(tmp_path / "a.pdf")
    assert source.text.splitlines() == ["\t".join(row) for row in rows]
    wide = [(text + "十" * (text == rows[5][1]), left, foot) for text, left, foot in page]
    write_placed_pdf([wide], tmp_path / "b.pdf")
    assert [said.code for said in read_file(tmp_path / "b.pdf").diagnostics] == ["unruled-table"]
