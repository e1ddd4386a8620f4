"""Workbooks are read as they show: percentages, dates, decimals; however their XML is written."""

import datetime
import zipfile
from pathlib import Path

import pytest
import xlsxwriter  # type: ignore[import-untyped]
from python_calamine import CalamineWorkbook

from dukao.reading import SourceError, read_file
from dukao.reading.packages import parse_xml
from dukao.reading.workbook.number_formats import read_formats
from dukao.reading.workbook.spreadsheet import Book

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_PREFIXED = 'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

# A number, its format, and what a reader of the workbook sees.
SHOWN = [
    ("0.85", "0%", "85%"),
    ("0.065", "0.0%", "6.5%"),
    ("0.0655", "0.0%", "6.6%"),
    ("-0.021", "0.00%", "-2.10%"),
    ("12", "General", "12"),
    ("0.1", "General", "0.1"),
    ("6.4999999999999997E-2", "General", "0.065"),
    ("6.5", "0.00", "6.50"),
    ("12345.678", "#,##0", "12,346"),
    ("12345.678", "#,##0.00_ ;[Red]\\-#,##0.00\\ ", "12,345.68"),
    ("-3", "0.0_ ;[Red]\\-0.0\\ ", "-3.0"),
    ("500", '0"万元"', "500万元"),
    ("8.5", '"约"0.0"亿元"', "约8.5亿元"),
    ("1200", '"¥"#,##0', "¥1,200"),
    ("1200", "[$¥-804]#,##0", "¥1,200"),
    ("0.25", "# ?/?", "0.25"),
    ("1200000", "0.00E+00", "1200000"),
    ("45473", "yyyy-m-d", "2024年6月30日"),
    ("45473", 'yyyy"年"m"月"d"日"', "2024年6月30日"),
    ("45473", 'yyyy"年"m"月"', "2024年6月"),
    ("45473", 'm"月"d"日"', "6月30日"),
    ("45473", "[$-804]aaaa", "2024年6月30日"),
    ("45473.604166667", "yyyy/m/d h:mm", "2024年6月30日 14:30"),
    ("0.604166667", "h:mm", "14:30"),
    ("1.5", "[h]:mm", "36:00"),
    ("-5", "yyyy-m-d", "-5"),
    ("no number", "0%", "no number"),
]


@pytest.mark.parametrize(("value", "code", "shown"), SHOWN)
def test_a_number_reads_as_it_shows(value: str, code: str, shown: str) -> None:
    said = code.replace("&", "&amp;").replace('"', "&quot;")
    xml = (
        f'<styleSheet {_MAIN}><numFmts><numFmt numFmtId="170" formatCode="{said}"/></numFmts>'
        '<cellXfs><xf numFmtId="170"/></cellXfs></styleSheet>'
    )
    assert read_formats(parse_xml("a.xlsx", xml.encode()), since_1904=False)[0](value) == shown


def test_what_an_office_types_is_read_as_it_shows(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        sheet = book.add_worksheet()
        day, percent = book.add_format({"num_format": "yyyy-m-d"}), book.add_format({"num_format": "0%"})
        sheet.write_row(0, 0, ["指标", "目标", "完成时限"])
        for row in range(1, 6):
            sheet.write(row, 0, f"覆盖率{row}")
            sheet.write_number(row, 1, 0.8 + row / 100, percent)
            sheet.write_datetime(row, 2, datetime.datetime(2024, 6, row), day)
        sheet.write_formula(6, 1, "=1-0.5", percent, 0.5)
        sheet.write_boolean(6, 2, True)
    lines = read_file(tmp_path / "a.xlsx").text.split("\n")
    assert lines[3] == "覆盖率3\t83%\t2024年6月3日"
    assert lines[6] == "\t50%\t是"


def write_book(path: Path, sheet: str, strings: str = "", root: str = _MAIN) -> Path:
    """A workbook of one sheet whose XML is written by hand."""
    sheets = '<sheets><sheet name="表一" sheetId="1" r:id="rId1"/></sheets>'
    relations = "".join(
        f'<Relationship Id="rId{at}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(
            [("worksheet", "/xl/Worksheets/Sheet1.xml"), ("sharedStrings", "sharedStrings.xml")], 1
        )
    )
    mark = "x:" if root is _PREFIXED else ""
    parts = {
        "xl/workbook.xml": f'<workbook {_MAIN} xmlns:r="{_OFFICE}">{sheets}</workbook>',
        "xl/_rels/workbook.xml.rels": f"<Relationships>{relations}</Relationships>",
        "xl/worksheets/sheet1.xml": f"<{mark}worksheet {root}>{sheet}</{mark}worksheet>",
        "xl/sharedStrings.xml": f"<{mark}sst {root}>{strings}</{mark}sst>",
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, xml in parts.items():
            package.writestr(name, xml)
    return path


ODD = {
    "prefixed": (
        '<x:sheetData><x:row r="2"><x:c r="B2" t="s"><x:v>0</x:v></x:c><x:c r="C2"><x:v>7</x:v></x:c></x:row>'
        "</x:sheetData>",
        "<x:si><x:t>甲局</x:t></x:si>",
    ),
    "other quotes": (
        "<sheetData><row spans='2:3' r='2'><c t='s' r='B2'><v>0</v></c><c r='C2' ><v>7</v></c></row>"
        "</sheetData>",
        "<si ><t >甲局</t></si>",
    ),
    "runs and readings": (
        '<sheetData><row r="2"><c r="B2" t="s"><v>0</v></c><c r="C2" t="str"><f>1+6</f><v>7</v></c>'
        "</row></sheetData>",
        "<si><r><rPr><b/></rPr><t>甲</t></r><r><t>局</t></r><rPh sb='0' eb='1'><t>jiǎ</t></rPh></si>",
    ),
    "words in the cell": (
        '<sheetData><row r="2"><c r="B2" t="inlineStr"><is><r><t>甲</t></r><r><t>局</t></r></is></c>'
        '<c r="C2"><!-- <v>9</v> --><v>7</v></c></row></sheetData>',
        "",
    ),
    "escapes": (
        '<sheetData><row r="2"><c r="B2" t="s"><v>0</v></c><c r="C2"><v>7</v></c></row></sheetData>',
        "<si><t>&#x7532;_x5C40_</t></si>",
    ),
}


@pytest.mark.parametrize("how", ODD)
def test_xml_written_otherwise_says_the_same(how: str, tmp_path: Path) -> None:
    sheet, strings = ODD[how]
    path = write_book(tmp_path / "a.xlsx", sheet, strings, _PREFIXED if how == "prefixed" else _MAIN)
    source = read_file(path)
    assert source.text == "甲局\t7\n"
    assert source.place_of(3) == {"sheet": "表一", "cell": "C2"}


def test_cells_that_do_not_say_where_they_are_follow_one_another(tmp_path: Path) -> None:
    sheet = "<sheetData><row><c><v>1</v></c><c/><c><v>3</v></c></row><row><c><v>4</v></c></row></sheetData>"
    book = Book("a.xlsx", write_book(tmp_path / "a.xlsx", sheet).read_bytes())
    assert [*book.rows(book.sheets[0])] == [(1, ["1", "", "3"]), (2, ["4"])]


def test_another_program_reads_the_same_values(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as writer:
        sheet = writer.add_worksheet()
        for row in range(5_000):
            cells = [f"任务{row}", "区发改局", row * 1.25, "", f"<{row}> & “{row % 7}”"]
            sheet.write_row(row, row % 3, cells[: 2 + row % 4])
    data = (tmp_path / "a.xlsx").read_bytes()
    book = Book("a.xlsx", data)
    ours = [texts for _, texts in book.rows(book.sheets[0])]
    theirs = CalamineWorkbook.from_path(str(tmp_path / "a.xlsx")).get_sheet_by_index(0).to_python()
    shown = [[f"{cell:.15g}" if isinstance(cell, float) else str(cell) for cell in row] for row in theirs]
    assert len(ours) == len(shown) == 5_000
    assert ours == [_as_far_as_filled(row) for row in shown]


def _as_far_as_filled(row: list[str]) -> list[str]:
    return row if row[-1] else _as_far_as_filled(row[:-1])


@pytest.mark.parametrize("many", [50, 120_000])
def test_shared_strings_keep_their_numbers(many: int, tmp_path: Path) -> None:
    strings = "".join(f"<si><t>词{number}</t></si>" for number in range(many))
    wanted = [0, many // 2, 1_023 % many, 1_024 % many, many - 1]
    rows = "".join(
        f'<row r="{at}"><c r="A{at}" t="s"><v>{number}</v></c><c r="B{at}"><v>1</v></c></row>'
        for at, number in enumerate(wanted, 1)
    )
    path = write_book(tmp_path / "a.xlsx", f"<sheetData>{rows}</sheetData>", strings)
    assert read_file(path).text == "".join(f"词{number}\t1\n" for number in wanted)


def test_a_string_that_is_not_there_is_a_damaged_file(tmp_path: Path) -> None:
    sheet = '<sheetData><row r="1"><c r="A1" t="s"><v>5</v></c></row></sheetData>'
    with pytest.raises(SourceError) as refused:
        read_file(write_book(tmp_path / "a.xlsx", sheet))
    assert refused.value.code == "damaged"


def test_words_repeated_beyond_reason_are_refused(tmp_path: Path) -> None:
    row = '<c r="A{0}" t="s"><v>0</v></c><c r="B{0}" t="s"><v>0</v></c>'
    rows = "".join(f'<row r="{at}">{row.format(at)}</row>' for at in range(1, 2_000))
    path = write_book(
        tmp_path / "a.xlsx", f"<sheetData>{rows}</sheetData>", f"<si><t>{'字' * 32_000}</t></si>"
    )
    with pytest.raises(SourceError, match="文字超过"):
        read_file(path)
