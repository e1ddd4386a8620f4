"""Excel workbooks (.xlsx, .xlsm) → one text: sheet after sheet, each row of cells a line.

What a cell shows is its text: 85% where 0.85 is formatted so, 2024年6月30日 where a date is.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from dukao.reading.composing import Composer
from dukao.reading.errors import refuse
from dukao.reading.places import name_column
from dukao.reading.readings import Reading
from dukao.reading.values import Diagnostic
from dukao.reading.workbook.spreadsheet import MOST_LETTERS, Book, SheetEntry

_KIND = "Excel 工作簿"
_NO_NAME = re.compile(r"(?:sheet|工作表|表|表格)\s*\d*(?:\s*\(\d+\))?", re.I)
# Rows are as wide as the widest above them, so far: beyond, a cell stands apart from the table.
_WIDEST = 100
_NO_MERGES: dict[int, tuple[int, int]] = {}


def read_workbook(name: str, data: bytes | BinaryIO) -> Reading:
    """The text of a workbook with the sheet and cell of every character.

    Rows follow one another as in the sheet, empty ones left out; a sheet begins with its name where there are
    several. Hidden sheets are left out and said, hidden rows and columns are read and said. Raises
    SourceError where the file is damaged, hostile, beyond the limits, or without a filled cell.
    """
    composer = Composer("sheet")
    book = Book(name, data, marks_bold=True)
    shown = [sheet for sheet in book.sheets if not sheet.is_hidden]
    unseen: list[Diagnostic] = []
    for number, sheet in enumerate(shown):
        unseen += _read_sheet(name, composer, book, number, sheet, named=len(shown) > 1)
    book.close()
    text = composer.text()
    if not text or text.isspace():
        raise refuse(name, "wordless", found=f" {_KIND}")
    hidden = [sheet.title for sheet in book.sheets if sheet.is_hidden]
    places = composer.places([sheet.title for sheet in shown])
    return Reading(text, places, composer.merged, (*_say_hidden(hidden), *unseen), bold=composer.bold)


def _say_hidden(hidden: list[str]) -> Iterator[Diagnostic]:
    if hidden:
        names = "”“".join(" ".join(name.split()) for name in hidden[:5])
        message = f"有 {len(hidden)} 张隐藏的工作表没有读（“{names}”）；要读的请在原文件里取消隐藏。"
        yield Diagnostic("hidden-sheet", 0, 0, message)


def _read_sheet(
    name: str, composer: Composer, book: Book, number: int, sheet: SheetEntry, *, named: bool
) -> list[Diagnostic]:
    """Take the rows of a sheet; what is to be said of it."""
    survey = book.survey(sheet)
    first, numbers = survey.first, (number,)
    merges = _Merges([(top, bottom, column - first) for top, bottom, column in survey.merges])
    if named and survey.is_filled and not _NO_NAME.fullmatch(sheet.title.strip()):
        composer.paragraph(sheet.title, number)
    begun = covered = _NO_MERGES
    has_merges, width, add = bool(survey.merges), 0, composer.row
    rows, columns = set[int](), set[int]()
    has_hidden = bool(survey.hidden_rows or survey.hidden_columns)
    for row, texts in book.rows(sheet):
        if has_merges:
            begun, covered = merges.of(row)
        if has_hidden:
            rows |= {row} & survey.hidden_rows
            columns |= {at for at in survey.hidden_columns if at < len(texts) and texts[at].strip()}
        if first:
            del texts[:first]
        if len(texts) != width:
            if len(texts) < width:
                texts += [""] * (width - len(texts))
            else:
                width = min(len(texts), _WIDEST)
        add(texts, table=first, row=row, numbers=numbers, begun=begun, covered=covered)
        if composer.length > MOST_LETTERS:
            raise refuse(name, "large", found=f"文字超过 {MOST_LETTERS // 10_000:,} 万字")
    composer.close_table()
    return [*_say_unseen(sheet.title, rows, columns)]


def _say_unseen(title: str, rows: set[int], columns: set[int]) -> Iterator[Diagnostic]:
    """One word on the filled rows and columns of a sheet that are hidden or sorted out of sight."""
    said = []
    if rows:
        said.append(f"第 {_name_all(map(str, sorted(rows)))} 行")
    if columns:
        said.append(f"{_name_all(map(name_column, (at + 1 for at in sorted(columns))))} 列")
    if said:
        name = " ".join(title.split())
        message = (
            f"工作表“{name}”有隐藏或筛选掉的内容（{'、'.join(said)}），照样读入；不要的请在原文件里删去。"
        )
        yield Diagnostic("hidden-cells", 0, 0, message)


def _name_all(names: Iterable[str]) -> str:
    """Numbers or letters as they are said to people, the first ten of them."""
    every = [*names]
    return "、".join(every[:10]) + ("等" if len(every) > 10 else "")


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
