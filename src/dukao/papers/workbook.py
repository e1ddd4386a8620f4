"""The ledger as a workbook an office would accept: six sheets, ready to be filtered, printed and filled in.

No cell is a formula: whatever comes from a document is written as text, also where it begins with `=`, `+`,
`-` or `@`. The same input gives the same bytes; no clock is asked.
"""

from datetime import datetime
from io import BytesIO
from math import ceil
from pathlib import Path

from xlsxwriter import Workbook  # type: ignore[import-untyped]
from xlsxwriter.format import Format  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from dukao.breakdown.values import Breakdown
from dukao.papers.sheets import Cell, Column, Sheet, list_sheets
from dukao.papers.words import cite_sources
from dukao.report.values import Report

# Excel holds no more in one cell.
_CELL_LIMIT = 32767
_ROW_LIMIT = 409
_LINE = 14.5
_HEAD_ROW = 2
_A4 = 9
_MADE = datetime(2000, 1, 1)
_SERIF = "宋体"
_BOLD = "黑体"


def write_workbook(breakdown: Breakdown, report: Report | None, path: Path) -> None:
    """Write the breakdown, held against `report` where one is given, to `path` as .xlsx.

    The file is made whole in memory first: when laying out fails, nothing is written.
    """
    made = BytesIO()
    with Workbook(made, {"in_memory": True}) as book:
        book.set_properties({"title": "政府工作报告责任分解", "created": _MADE})
        formats = _make_formats(book)
        for sheet in list_sheets(breakdown, report):
            _write_sheet(book.add_worksheet(sheet.name), sheet, cite_sources(breakdown, report), formats)
    path.write_bytes(made.getvalue())


def _make_formats(book: Workbook) -> dict[str, Format]:
    cell = {"font_name": _SERIF, "font_size": 10.5, "valign": "top", "border": 1, "border_color": "#9AA3AD"}
    return {
        "title": book.add_format({"font_name": _BOLD, "font_size": 16, "align": "left", "valign": "vcenter"}),
        "source": book.add_format({"font_name": _SERIF, "font_size": 9, "font_color": "#5D6875"}),
        "head": book.add_format(
            {
                **cell,
                "font_name": _BOLD,
                "align": "center",
                "valign": "vcenter",
                "text_wrap": True,
                "bg_color": "#E9ECF0",
            }
        ),
        "words": book.add_format({**cell, "text_wrap": True}),
        "short": book.add_format({**cell, "text_wrap": True, "align": "center"}),
        "nothing": book.add_format({"font_name": _SERIF, "font_size": 10.5, "font_color": "#5D6875"}),
    }


def _write_sheet(worksheet: Worksheet, sheet: Sheet, source: str, formats: dict[str, Format]) -> None:
    _set_up_page(worksheet, sheet)
    worksheet.set_row(0, 30)
    worksheet.write_string(0, 0, sheet.title, formats["title"])
    worksheet.write_string(1, 0, f"共 {len(sheet.rows)} 行。{source}", formats["source"])
    worksheet.set_row(_HEAD_ROW, 24)
    for number, column in enumerate(sheet.columns):
        worksheet.set_column(number, number, column.width)
        worksheet.write_string(_HEAD_ROW, number, column.head, formats["head"])
    for number, row in enumerate(sheet.rows, _HEAD_ROW + 1):
        _write_row(worksheet, number, row, sheet.columns, formats)
    if not sheet.rows:
        worksheet.write_string(_HEAD_ROW + 1, 0, sheet.nothing, formats["nothing"])


def _write_row(
    worksheet: Worksheet,
    number: int,
    row: tuple[Cell, ...],
    columns: tuple[Column, ...],
    formats: dict[str, Format],
) -> None:
    lines = max(_count_lines(cell, column) for cell, column in zip(row, columns, strict=True))
    worksheet.set_row(number, min(lines * _LINE + 6, _ROW_LIMIT))
    for at, (cell, column) in enumerate(zip(row, columns, strict=True)):
        chosen = formats["short" if column.is_short else "words"]
        if isinstance(cell, int):
            worksheet.write_number(number, at, cell, chosen)
        else:
            worksheet.write_string(number, at, _fit(cell), chosen)


def _count_lines(cell: Cell, column: Column) -> int:
    """How many lines a cell takes: a Chinese character is two wide, and no stop may begin a line.

    Heights are written out because LibreOffice and some viewers do not measure wrapped rows themselves.
    """
    room = column.width - 0.5
    widths = (sum(1 if character.isascii() else 2 for character in line) for line in str(cell).split("\n"))
    return sum(max(1, ceil(width / room)) for width in widths)


def _fit(text: str) -> str:
    return text if len(text) <= _CELL_LIMIT else text[: _CELL_LIMIT - 1] + "…"


def _set_up_page(worksheet: Worksheet, sheet: Sheet) -> None:
    """A4 landscape, one page wide, its head on every page, pages numbered; head and ids stay in sight."""
    last = _HEAD_ROW + max(len(sheet.rows), 1)
    worksheet.freeze_panes(_HEAD_ROW + 1, 1)
    worksheet.autofilter(_HEAD_ROW, 0, last, len(sheet.columns) - 1)
    worksheet.set_landscape()
    worksheet.set_paper(_A4)
    worksheet.fit_to_pages(1, 0)
    worksheet.repeat_rows(_HEAD_ROW)
    worksheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    worksheet.set_footer(f"&L{sheet.name}&R第 &P 页，共 &N 页")
