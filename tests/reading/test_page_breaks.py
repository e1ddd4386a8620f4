"""Tables and paragraphs of a PDF that a page cuts: heads that come again, units by lines, notes."""

from collections.abc import Sequence
from pathlib import Path

import pypdfium2
import pytest
from pypdfium2 import raw

from dukao.bench.documents import write_placed_pdf
from dukao.reading import read_file
from tests.reading.test_pages import column

Placed = tuple[str, int, int]
Drawn = tuple[int, int, int, int]
EDGES = (60, 100, 270, 430, 510)
HEADS: list[tuple[str, ...]] = [("序号", "重点工作", "责任分工", "完成时限"), ("", "", "牵头单位", "")]


def draw(path: Path, pages: Sequence[Sequence[Drawn]]) -> None:
    """Draw lines on the pages of a file, each from one point to another."""
    document = pypdfium2.PdfDocument(path)
    for page, lines in zip(document, pages, strict=True):
        for left, foot, right, head in lines:
            line = raw.FPDFPageObj_CreateNewPath(left, foot)
            raw.FPDFPath_LineTo(line, right, head)
            raw.FPDFPath_SetDrawMode(line, 0, True)
            raw.FPDFPage_InsertObject(page.raw, line)
        page.gen_content()
    drawn = path.with_name("drawn.pdf")
    document.save(drawn)
    document.close()
    drawn.replace(path)


def write_ruled(
    path: Path, pages: Sequence[Sequence[tuple[str, ...]]], below: tuple[str, int] = ("", 0)
) -> None:
    """Pages with a ruled table from the top down; a line of a cell on a line of its own; `below` what stands
    under each, and where it begins.
    """
    words: list[list[Placed]] = []
    lines: list[list[Drawn]] = []
    for rows in pages:
        top = 780
        words.append([])
        lines.append([(EDGES[0], top, EDGES[-1], top)])
        for row in rows:
            for left, cell in zip(EDGES, row, strict=False):
                words[-1] += [
                    (text, left + 5, top - 18 * at) for at, text in enumerate(cell.split("\n"), 1) if text
                ]
            top -= 18 * max(cell.count("\n") + 1 for cell in row) + 6
            lines[-1].append((EDGES[0], top, EDGES[-1], top))
        lines[-1] += [(edge, top, edge, 780) for edge in EDGES]
        words[-1] += [(*below, top - 20)] if below[0] else []
    write_placed_pdf(words, path)
    draw(path, lines)


def test_heads_of_two_rows_come_again_on_the_next_page(tmp_path: Path) -> None:
    above = [("1", "修好进村公路三条，", "区交通局", "十月底")]
    below = [("", "当年建成通车。", "", ""), ("2", "新建停车场两处。", "区城管局", "年底")]
    write_ruled(tmp_path / "a.pdf", [[*HEADS, *above], [*HEADS, *below]])
    rows = [line.split("\t") for line in read_file(tmp_path / "a.pdf").text.splitlines()]
    assert rows[2:] == [
        ["1", "修好进村公路三条，当年建成通车。", "区交通局", "十月底"],
        ["2", "新建停车场两处。", "区城管局", "年底"],
    ]


def test_units_one_to_a_line_stay_apart_over_the_page(tmp_path: Path) -> None:
    above = ("1", "修好进村公路三条，", "区交通局\n青川镇政府", "十月底")
    below = ("", "当年建成通车。", "各村", "")
    write_ruled(tmp_path / "a.pdf", [[*HEADS, above], [*HEADS, below]])
    assert "区交通局\v青川镇政府\v各村" in read_file(tmp_path / "a.pdf").text


def test_units_of_nearly_one_length_do_not_fill_a_wide_column(tmp_path: Path) -> None:
    row = ("1", "修好进村公路三条。", "区交通局\n青川镇政\n财政局", "十月底")
    write_ruled(tmp_path / "a.pdf", [[*HEADS, row]])
    assert "区交通局\v青川镇政\v财政局" in read_file(tmp_path / "a.pdf").text


NUMBERED = [f"{at}．修好进村公路{at}条。" for at in range(1, 9)]


def test_columns_of_short_items_are_read_one_after_the_other(tmp_path: Path) -> None:
    long = "沿线村庄全部通上客车，老人孩子出门不再绕路，夜间对居民免费开放。"
    sides = [
        "".join(f"{item.ljust(14, '　')}{long.ljust(42, '　')}" for item in items)
        for items in (NUMBERED[:4], NUMBERED[4:])
    ]
    page = [*column(sides[0], 60), *column(sides[1], 310, top=733)]
    page = [(text.rstrip("　"), left, foot) for text, left, foot in page if text.strip("　")]
    write_placed_pdf([page], tmp_path / "a.pdf")
    text = read_file(tmp_path / "a.pdf").text
    places = [text.index(item) for item in NUMBERED]
    assert places == sorted(places)
    assert "  " not in text


@pytest.mark.parametrize("again", ["青川镇工作手册", "1．修好进村公路。"])
def test_a_head_on_both_of_two_pages_is_no_part_of_the_text(again: str, tmp_path: Path) -> None:
    pages = [[(again, 60, 800), *column("新建停车场两处，增加泊位四百个。" * 12, 60)] for _ in range(2)]
    write_placed_pdf(pages, tmp_path / "a.pdf")
    assert (again in read_file(tmp_path / "a.pdf").text) is again.startswith("1")


def raise_marks(path: Path) -> None:
    """Set every word that is only a figure small and high, as what refers to a note."""
    document = pypdfium2.PdfDocument(path)
    for page in document:
        for item in page.get_objects(textpage=page.get_textpage()):
            if isinstance(item, pypdfium2.PdfTextObj) and item.extract() in "12":
                left, foot, *_ = item.get_bounds()
                item.transform(
                    pypdfium2.PdfMatrix().translate(-left, -foot).scale(0.5, 0.5).translate(left, foot + 4)
                )
        page.gen_content()
    changed = path.with_name("changed.pdf")
    document.save(changed)
    document.close()
    changed.replace(path)


def test_notes_at_the_foot_of_a_page_stand_behind_the_text(tmp_path: Path) -> None:
    body = "新建停车场两处，增加泊位四百个。" * 12
    lines = column(body, 60)
    first = [*lines[:-6], ("1", 60, 60), ("指机动车的泊位。", 68, 60)]
    first[0:1] = [(first[0][0][:5], 60, 740), ("1", 114, 740), (first[0][0][5:], 120, 740)]
    second = [(text, left, 780 - 20 * at) for at, (text, left, _) in enumerate(lines[-6:])]
    write_placed_pdf([first, second], tmp_path / "a.pdf")
    raise_marks(tmp_path / "a.pdf")
    draw(tmp_path / "a.pdf", [[(60, 80, 160, 80)], []])
    source = read_file(tmp_path / "a.pdf")
    assert source.text == f"{body}\n\n注1：指机动车的泊位。\n"
    assert source.place_of(source.text.index("注1")) == {"page": 1}


def test_a_raised_figure_behind_a_letter_is_a_power(tmp_path: Path) -> None:
    write_placed_pdf([[("新增绿地三万m", 60, 740), ("2", 150, 740), ("。", 156, 740)]], tmp_path / "a.pdf")
    raise_marks(tmp_path / "a.pdf")
    assert "m2" in read_file(tmp_path / "a.pdf").text.replace(" ", "")


def test_items_run_into_a_paragraph_stay_in_it_at_the_head_of_a_line(tmp_path: Path) -> None:
    lines = ["办好实事：1.新建停车场两处；", "2.修好进村的公路，当年建成通车；", "3.把老街的灯换新。"]
    page = [(lines[0], 105, 780), (lines[1], 75, 760), (lines[2], 75, 740)]
    write_placed_pdf([page], tmp_path / "a.pdf")
    assert read_file(tmp_path / "a.pdf").text == "".join(lines) + "\n"


def test_a_title_over_two_lines_is_one(tmp_path: Path) -> None:
    wide = "关于印发青川镇今年重点工作任务责任分解方案的"
    body = [("增加泊位四百个，医院学校门口不再堵车，年底。", 60, 740 - 20 * at) for at in range(9)]
    page = [(wide, 60, 790), ("通知", 60 + 15 * (len(wide) - 2) // 2, 770), *body]
    write_placed_pdf([page], tmp_path / "a.pdf")
    assert read_file(tmp_path / "a.pdf").text.startswith(f"{wide}通知\n")


def test_words_below_a_table_that_fit_its_last_empty_cell_are_of_it(tmp_path: Path) -> None:
    heads = ("类别", "重点工作", "责任单位", "完成时限")
    rows = [
        heads,
        ("治水", "清淤三公里。", "区水务局", "六月底"),
        ("", "修好公路三条。", "区交通局", "十月底"),
    ]
    write_ruled(tmp_path / "a.pdf", [rows], below=("修路", 65))
    assert read_file(tmp_path / "a.pdf").text.splitlines()[-1] == "修路\t修好公路三条。\t区交通局\t十月底"
    write_ruled(tmp_path / "b.pdf", [rows], below=("注：修路含桥梁。", 65))
    assert read_file(tmp_path / "b.pdf").text.splitlines()[-1] == "注：修路含桥梁。"
