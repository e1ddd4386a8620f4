"""Excel workbooks (.xlsx, .xlsm) → one text: sheet after sheet, each row of cells a line.

Cells are read by python-calamine as values: formulas give what they last came to, macros and links are never
looked at. Before it opens a workbook everything that would make it grow beyond reason is counted on the real
bytes (`packages`): a cell far out in an empty sheet costs as much as all the cells between.
"""

import datetime
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any

from dukao.reading.composing import Composer
from dukao.reading.errors import refuse
from dukao.reading.packages import MOST_EXPANDED, Package
from dukao.reading.readings import Reading
from dukao.reading.values import Diagnostic

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_KIND = "Excel 工作簿"
MOST_CELLS = 8_000_000  # of one sheet, empty ones counted
_MOST_STRINGS = 4_000_000
# Where cells say that they stand: a row's number, a column of two letters or more, a row beyond a million.
_PLACE = re.compile(rb'r="(?:(\d{1,9})|([A-Za-z]{2,3})\d|[A-Za-z](\d{7}))')
_FAR_PLACE = re.compile(rb'r="(?:(\d{5,9})"|([A-Za-z]{2,3})\d|[A-Za-z](\d{6,7}))')
_ODD_PLACE = re.compile(rb'\br\s*=\s*["\']\s*(?:(\d{1,9})|([A-Za-z]{2,3})\d|[A-Za-z](\d{7}))')
_SEAM = 64  # bytes that two pieces share, so that nothing is cut in two
_NO_NAME = re.compile(r"(?:sheet|工作表|表|表格)\s*\d*(?:\s*\(\d+\))?", re.I)


def read_workbook(name: str, data: bytes) -> Reading:
    """The text of a workbook with the sheet and cell of every character.

    Rows follow one another as in the sheet, empty ones left out; a sheet begins with its name where there are
    several. Hidden sheets are left out and said. Raises SourceError where the file is damaged, hostile,
    beyond the limits, or without a filled cell.
    """
    package = Package(name, data)
    _check_limits(package)
    del package
    composer = Composer("sheet")
    workbook = _open(name, data)
    try:
        shown, hidden = _list_sheets(workbook)
        for number, title in enumerate(shown):
            _read_sheet(composer, workbook, number, title, named=len(shown) > 1)
    except Exception as error:
        # What a damaged file makes of the reader is no business of whoever opened it.
        raise refuse(name, "damaged", found=f" {_KIND}") from error
    finally:
        workbook.close()
    del workbook
    text = composer.text()
    if not text.strip():
        raise refuse(name, "wordless", found=f" {_KIND}")
    return Reading(text, composer.places(shown), composer.merged, tuple(_say_hidden(hidden)))


def _open(name: str, data: bytes) -> "CalamineWorkbook":
    import python_calamine

    try:
        return python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except python_calamine.PasswordError as error:
        raise refuse(name, "locked") from error
    except Exception as error:
        raise refuse(name, "damaged", found=f" {_KIND}") from error


def _list_sheets(workbook: "CalamineWorkbook") -> tuple[list[str], list[str]]:
    """The sheets of cells that are shown, and those that are hidden."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    sheets = [sheet for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    shown = [sheet.name for sheet in sheets if sheet.visible == SheetVisibleEnum.Visible]
    return shown, [sheet.name for sheet in sheets if sheet.name not in shown]


def _say_hidden(hidden: list[str]) -> Iterator[Diagnostic]:
    if hidden:
        names = "”“".join(" ".join(name.split()) for name in hidden[:5])
        message = f"有 {len(hidden)} 张隐藏的工作表没有读（“{names}”）；要读的请在原文件里取消隐藏。"
        yield Diagnostic("hidden-sheet", 0, 0, message)


def _read_sheet(
    composer: Composer, workbook: "CalamineWorkbook", number: int, title: str, *, named: bool
) -> None:
    sheet = workbook.get_sheet_by_name(title)
    start = sheet.start
    if start is None:
        return
    if named and not _NO_NAME.fullmatch(title.strip()):
        composer.paragraph(title, number)
    merges = _Merges(_vertical_merges(sheet, start[1]))
    has_merges, numbers, table = bool(merges.waiting), (number,), start[1]
    for row, values in enumerate(_rows(sheet, start[0]), start[0] + 1):
        texts = [value if isinstance(value, str) else _write(value) for value in values]
        if has_merges:
            begun, covered = merges.of(row)
            composer.row(texts, table=table, row=row, numbers=numbers, begun=begun, covered=covered)
        else:
            composer.row(texts, table=table, row=row, numbers=numbers)
    composer.close_table()


def _rows(sheet: "CalamineSheet", first: int) -> Iterator[list[Any]]:
    """The rows from the first filled one on, without the empty ones that the reader may put before."""
    rows = iter(sheet.iter_rows())
    head = next(rows, None)
    if head is not None and first and not any(value != "" for value in head):
        # An empty row in front: the reader counts from the top of the sheet.
        return (row for at, row in enumerate(rows, 1) if at >= first)
    return chain([head] if head is not None else [], rows)


def _vertical_merges(sheet: "CalamineSheet", first: int) -> list[tuple[int, int, int]]:
    """First row, last row and column of the merged cells that reach down, in the order of their rows."""
    ranges = sheet.merged_cell_ranges or []
    return sorted((top + 1, bottom + 1, left - first) for (top, left), (bottom, _) in ranges if bottom > top)


@dataclass(slots=True)
class _Merges:
    """Goes down a sheet with its merged cells."""

    waiting: list[tuple[int, int, int]]
    open: list[tuple[int, int, int]] = field(default_factory=list)
    _at: int = 0

    def of(self, row: int) -> tuple[dict[int, tuple[int, int]], dict[int, tuple[int, int]]]:
        """The merged cells that begin in a row, by column, and those that reach into it from above."""
        self.open = [merge for merge in self.open if merge[1] >= row]
        covered = {column: (top, column) for top, _, column in self.open}
        begun: dict[int, tuple[int, int]] = {}
        while self._at < len(self.waiting) and self.waiting[self._at][0] <= row:
            top, _, column = merge = self.waiting[self._at]
            self.open.append(merge)
            (begun if top == row else covered)[column] = (top, column)
            self._at += 1
        return begun, covered


def _write(value: Any) -> str:
    """A value as a person would type it: 12, 6.5, 2024年6月30日."""
    if value is None or value is True or value is False:
        return "" if value is None else "是" if value else "否"
    if isinstance(value, float):
        return f"{value:.15g}" if abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime):
        clock = f" {value:%H:%M}" if (value.hour, value.minute) != (0, 0) else ""
        return f"{value.year}年{value.month}月{value.day}日{clock}"
    if isinstance(value, datetime.date):
        return f"{value.year}年{value.month}月{value.day}日"
    return str(value)


def _check_limits(package: Package) -> None:
    """Raise SourceError where the workbook would not fit into memory, or carries definitions of entities."""
    expanded = 0
    for part in package.entries:
        extent = _measure(package, part, _Extent())
        if extent.cells > MOST_CELLS:
            # Nearer than it could have been: counted row by row and column by column.
            extent = _measure(package, part, _Extent(is_exact=True, rows=1, columns=1))
        expanded += extent.size
        if expanded > MOST_EXPANDED:
            raise refuse(package.name, "large", found=f"展开后超过 {MOST_EXPANDED // 1_000_000} MB")
        if extent.cells > MOST_CELLS or extent.tags > MOST_CELLS or extent.strings > _MOST_STRINGS:
            said = f"{part} 有 {extent.rows:,} 行、{extent.columns:,} 列"
            raise refuse(package.name, "large", found=said)


def _measure(package: Package, part: str, extent: "_Extent") -> "_Extent":
    """How far a part reaches, a piece at a time; each begins with the end of the one before."""
    tail = b""
    for piece in package.chunks(part):
        extent.size += len(piece)
        extent.take(tail + piece)
        tail = piece[-_SEAM:]
        if extent.is_hostile:
            raise refuse(package.name, "hostile", found="带有外部定义（DTD）")
        if extent.size > MOST_EXPANDED:
            break
    return extent


@dataclass(slots=True)
class _Extent:
    """How far a part reaches, were it a sheet: at most, or exactly where that is asked.

    Rows of up to four digits and columns of one letter are what every sheet may have: looking for more than
    that costs little.
    """

    is_exact: bool = False
    rows: int = 9_999
    columns: int = 26
    size: int = 0
    tags: int = 0
    strings: int = 0
    is_hostile: bool = False

    @property
    def cells(self) -> int:
        """The cells of the rectangle from the first to the last."""
        return self.rows * self.columns

    def take(self, piece: bytes) -> None:
        """Count what a piece adds."""
        self.is_hostile = b"<!DOCTYPE" in piece or b"<!ENTITY" in piece
        tags = piece.count(b"<c ")
        self.tags += tags + piece.count(b"<c>")
        self.strings += piece.count(b"<si>")
        # Every program writes the place of a cell first and in this way; who does not is read with more care.
        usual = tags == piece.count(b'<c r="') and not piece.count(b":c ")
        place = (_PLACE if usual else _ODD_PLACE) if self.is_exact or not usual else _FAR_PLACE
        for row, column, far_row in place.findall(piece):
            if column:
                self.columns = max(self.columns, _count_columns(column))
            else:
                self.rows = max(self.rows, int(row or far_row))
        if self.is_exact:
            self._count_letters(piece, rb'r="' if usual else rb'\br\s*=\s*["\']\s*')

    def _count_letters(self, piece: bytes, lead: bytes) -> None:
        """Find the last column of one letter, where it is beyond what was seen."""
        while self.columns < 26:
            beyond = re.search(lead + b"([%c-Z])\\d" % (65 + self.columns), piece)
            if beyond is None:
                break
            self.columns = beyond.group(1)[0] - 64


def _count_columns(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
