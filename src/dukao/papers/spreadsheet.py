"""Tables of plain values laid out as an .xlsx an office would accept: filtered, printed, filled in.

No cell is a formula: text is written as text, also where it begins with `=`, `+`, `-` or `@`. The same input
gives the same bytes; no clock is asked.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from math import ceil

from xlsxwriter import Workbook  # type: ignore[import-untyped]
from xlsxwriter.format import Format  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

Cell = str | int | date

# Rows above the table: its title, and what is said of it. The heads follow.
HEAD_ROW = 2
# Excel holds no more in one cell.
CELL_LIMIT = 32767
_ROW_LIMIT = 409
_LINE = 14.5
_A4, _A3 = 9, 8
_MADE = datetime(2000, 1, 1)
_SERIF = "宋体"
_BOLD = "黑体"
_GREY = "#5D6875"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, its width in characters, and whether it is set in the middle (ids, counts).

    Of a sheet that is read back: `is_fixed` is set in grey, not to be changed; `is_hidden` is there for the
    program; `choices` are offered as a list to pick from.
    """

    head: str
    width: float
    is_short: bool = False
    is_fixed: bool = False
    is_hidden: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: tab name, title above the table, what to say when it has no rows, columns and rows.

    `is_large` is printed on A3. `is_locked`: its fixed columns cannot be written in, without a password.
    """

    name: str
    title: str
    nothing: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    is_large: bool = False
    is_locked: bool = False


def write_spreadsheet(sheets: Iterable[Sheet], *, title: str, source: str) -> bytes:
    """The sheets as one .xlsx: `title` in its properties, `source` above every table behind the row count."""
    made = BytesIO()
    with Workbook(made, {"in_memory": True}) as book:
        book.set_properties({"title": title, "created": _MADE})
        formats = _make_formats(book)
        for sheet in sheets:
            _write_sheet(book.add_worksheet(sheet.name), sheet, source, formats)
    return made.getvalue()


def fit_cell(text: str) -> str:
    """A text as long as a cell can hold."""
    return text if len(text) <= CELL_LIMIT else text[: CELL_LIMIT - 1] + "…"


def _make_formats(book: Workbook) -> dict[str, Format]:
    cell = {"font_name": _SERIF, "font_size": 10.5, "valign": "top", "border": 1, "border_color": "#9AA3AD"}
    middle = {**cell, "text_wrap": True, "align": "center"}
    head = {**middle, "font_name": _BOLD, "valign": "vcenter", "bg_color": "#E9ECF0"}
    made = {
        "title": {"font_name": _BOLD, "font_size": 16, "align": "left", "valign": "vcenter"},
        "source": {"font_name": _SERIF, "font_size": 9, "font_color": _GREY},
        "head": head,
        "head fixed": {**head, "font_color": _GREY, "bg_color": "#F5F6F8"},
        "words": {**cell, "text_wrap": True, "locked": False},
        "words fixed": {**cell, "text_wrap": True, "font_color": _GREY},
        "short": {**middle, "locked": False},
        "short fixed": {**middle, "font_color": _GREY},
        "day": {**middle, "num_format": "yyyy-mm-dd", "locked": False},
        "nothing": {"font_name": _SERIF, "font_size": 10.5, "font_color": _GREY},
    }
    return {name: book.add_format(wanted) for name, wanted in made.items()}


def _write_sheet(worksheet: Worksheet, sheet: Sheet, source: str, formats: dict[str, Format]) -> None:
    _set_up_page(worksheet, sheet)
    worksheet.set_row(0, 30)
    worksheet.write_string(0, 0, sheet.title, formats["title"])
    worksheet.write_string(1, 0, f"共 {len(sheet.rows)} 行。{source}", formats["source"])
    worksheet.set_row(HEAD_ROW, 24)
    for number, column in enumerate(sheet.columns):
        _write_head(worksheet, number, column, len(sheet.rows), formats)
    for number, row in enumerate(sheet.rows, HEAD_ROW + 1):
        _write_row(worksheet, number, row, sheet.columns, formats)
    if not sheet.rows:
        worksheet.write_string(HEAD_ROW + 1, 0, sheet.nothing, formats["nothing"])
    if sheet.is_locked:
        worksheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})


def _write_head(
    worksheet: Worksheet, number: int, column: Column, count: int, formats: dict[str, Format]
) -> None:
    worksheet.set_column(number, number, column.width, None, {"hidden": column.is_hidden})
    worksheet.write_string(
        HEAD_ROW, number, column.head, formats["head fixed" if column.is_fixed else "head"]
    )
    if column.choices and count:
        rule = {"validate": "list", "source": list(column.choices), "error_message": "请从列表中选取。"}
        worksheet.data_validation(HEAD_ROW + 1, number, HEAD_ROW + count, number, rule)


def _write_row(
    worksheet: Worksheet,
    number: int,
    row: tuple[Cell, ...],
    columns: tuple[Column, ...],
    formats: dict[str, Format],
) -> None:
    shown = [pair for pair in zip(row, columns, strict=True) if not pair[1].is_hidden]
    lines = max(_count_lines(cell, column) for cell, column in shown)
    worksheet.set_row(number, min(lines * _LINE + 6, _ROW_LIMIT))
    for at, (cell, column) in enumerate(zip(row, columns, strict=True)):
        chosen = ("short" if column.is_short else "words") + (" fixed" if column.is_fixed else "")
        if isinstance(cell, date):
            worksheet.write_datetime(number, at, cell, formats["day"])
        elif isinstance(cell, int):
            worksheet.write_number(number, at, cell, formats[chosen])
        else:
            worksheet.write_string(number, at, fit_cell(cell), formats[chosen])


def _count_lines(cell: Cell, column: Column) -> int:
    """How many lines a cell takes: a Chinese character is two wide, and no stop may begin a line.

    Heights are written out because LibreOffice and some viewers do not measure wrapped rows themselves.
    """
    room = column.width - 0.5
    widths = (sum(1 if character.isascii() else 2 for character in line) for line in str(cell).split("\n"))
    return sum(max(1, ceil(width / room)) for width in widths)


def _set_up_page(worksheet: Worksheet, sheet: Sheet) -> None:
    """Landscape, one page wide, its head on every page, pages numbered; head and ids stay in sight."""
    last = HEAD_ROW + max(len(sheet.rows), 1)
    worksheet.freeze_panes(HEAD_ROW + 1, 1)
    worksheet.autofilter(HEAD_ROW, 0, last, len(sheet.columns) - 1)
    worksheet.set_landscape()
    worksheet.set_paper(_A3 if sheet.is_large else _A4)
    worksheet.fit_to_pages(1, 0)
    worksheet.repeat_rows(HEAD_ROW)
    worksheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    worksheet.set_footer(f"&L{sheet.name}&R第 &P 页，共 &N 页")
