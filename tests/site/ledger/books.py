"""Workbooks as another program saves them after somebody worked in them: read, changed, written anew."""

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook  # type: ignore[import-untyped]

HEAD = 2  # the row of the heads, counted from 0
Table = list[list[Any]]
Edit = Callable[["Book"], None]


class Book(dict[str, Table]):
    """Sheets by name, each a list of rows; nothing but values, as a spreadsheet program keeps them."""

    def cell(self, sheet: str, number: str, head: str) -> "Cell":
        """The cell of a task (by number, or by its place in a draft) under a head."""
        table = self[sheet]
        heads = table[HEAD]
        places = heads.index("编号"), heads.index("分解表编号")
        for row in table[HEAD + 1 :]:
            if number in (row[places[0]], row[places[1]]):
                return Cell(row, heads.index(head))
        raise KeyError(number)

    def column(self, sheet: str, head: str) -> list[Any]:
        """What stands under a head."""
        at = self[sheet][HEAD].index(head)
        return [row[at] for row in self[sheet][HEAD + 1 :]]

    def facts(self) -> dict[str, Any]:
        """What the sheet 说明 says."""
        return {row[0]: row[1] for row in self["说明"][HEAD + 1 :]}


@dataclass
class Cell:
    """One cell of a row."""

    row: list[Any]
    at: int

    @property
    def value(self) -> Any:
        """What stands in it."""
        return self.row[self.at]

    @value.setter
    def value(self, value: Any) -> None:
        self.row[self.at] = value


def load(data: bytes) -> Book:
    """A workbook as its values."""
    with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
        return Book(
            {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
        )


def save(book: Book) -> bytes:
    """The values as a workbook, without any of the formats it had."""
    out = BytesIO()
    with Workbook(out, {"in_memory": True, "default_date_format": "yyyy/m/d"}) as made:
        for name, table in book.items():
            sheet = made.add_worksheet(name)
            for at, row in enumerate(table):
                for column, value in enumerate(row):
                    if isinstance(value, date):
                        sheet.write_datetime(at, column, value)
                    elif isinstance(value, (int, float)):
                        sheet.write_number(at, column, value)
                    elif value:
                        sheet.write_string(at, column, value)
    return out.getvalue()


def edited(data: bytes, edit: Edit) -> bytes:
    """A workbook with changes."""
    book = load(data)
    edit(book)
    return save(book)


def setter(sheet: str, number: str, head: str, value: object) -> Edit:
    """A change of one cell."""

    def edit(book: Book) -> None:
        book.cell(sheet, number, head).value = value

    return edit


def package(**parts: bytes) -> bytes:
    """A workbook with one sheet 重点工作, some of its parts replaced or added: xl__workbook_DOT_xml=…"""
    wanted = {name.replace("__", "/").replace("_DOT_", "."): data for name, data in parts.items()}
    out = BytesIO()
    plain = BytesIO(save(Book({"重点工作": [["重点工作"]]})))
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, wanted.pop(name, old.read(name)))
        for name, data in wanted.items():
            new.writestr(name, data)
    return out.getvalue()


def part_of(data: bytes, name: str) -> str:
    """One part of the package as text."""
    with zipfile.ZipFile(BytesIO(data)) as opened:
        return opened.read(name).decode()
