"""An uploaded workbook as rows of text, or a refusal: nothing of it is trusted."""

from collections.abc import Sequence
from dataclasses import dataclass

from dukao.reading.errors import SourceError
from dukao.reading.workbook.spreadsheet import Book, SheetEntry
from dukao.site.ledger.models import TaskKind
from dukao.site.ledger.workbooks.columns import FIELDS, SHEETS, VERSION, Field, plain_cell
from dukao.site.ledger.workbooks.errors import Refusal
from dukao.site.refusals import Refused
from dukao.site.zipsafety import refuse_unsafe_package

MOST_BYTES = 10 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 200
_HEAD_WITHIN = 12  # the heads stand in one of the first rows


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row as it came back: the number it has in the program that shows it, and its cells by field."""

    sheet: str
    at: int
    version: str
    cells: dict[str, str]

    @property
    def kind(self) -> TaskKind:
        """Which annex its sheet is of."""
        return SHEETS[self.sheet]


@dataclass(frozen=True, slots=True)
class Upload:
    """The rows of both sheets, and the heads of columns that are not ours and were not read."""

    rows: tuple[SheetRow, ...]
    ignored: tuple[str, ...] = ()


def read_upload(data: bytes, name: str) -> Upload:
    """The rows of an exported workbook that came back; Refused where it is none, or not safe to open."""
    if not name.lower().endswith(".xlsx") or len(data) > MOST_BYTES:
        raise Refused(Refusal.WRONG_KIND, name=name, status=422)
    refuse_unsafe_package(data, name)
    tables = _open(data, name)
    if not tables:
        raise Refused(Refusal.NOT_OURS, name=name, status=422)
    rows: list[SheetRow] = []
    ignored: dict[str, None] = {}
    for sheet, table in tables.items():
        found, strange = _read_table(sheet, table)
        rows += found
        ignored |= dict.fromkeys(strange)
    return Upload(tuple(rows), tuple(ignored))


def _open(data: bytes, name: str) -> dict[str, list[list[str]]]:
    """The two sheets of tasks, as far as they are there, every row at its place."""
    try:
        book = Book(name, data)
        return {one.title: _table(book, one, name) for one in book.sheets if one.title in SHEETS}
    except SourceError as error:
        raise Refused(Refusal.UNREADABLE, name=name, status=422) from error


def _table(book: Book, sheet: SheetEntry, name: str) -> list[list[str]]:
    """The rows of a sheet with the empty ones between them; Refused where any stands too far out."""
    table: list[list[str]] = []
    for number, texts in book.rows(sheet):
        if number > MOST_ROWS or len(texts) > MOST_COLUMNS:
            raise Refused(Refusal.TOO_WIDE, name=name, rows=MOST_ROWS, columns=MOST_COLUMNS, status=422)
        table += [[] for _ in range(number - 1 - len(table))]
        table.append(texts)
    return table


def _read_table(sheet: str, table: Sequence[Sequence[str]]) -> tuple[list[SheetRow], list[str]]:
    fields = FIELDS[SHEETS[sheet]]
    head, places = _find_heads(sheet, table, fields)
    ours = {field.head for field in fields}
    strange = [text for text in map(plain_cell, table[head]) if text and text not in ours]
    rows = []
    for at, row in enumerate(table[head + 1 :], head + 2):
        cells = {name: plain_cell(row[place]) if place < len(row) else "" for name, place in places.items()}
        version = cells.pop(VERSION)
        if any(cells[name] for name in cells if name != "row") and (version or not _is_notice(cells)):
            rows.append(SheetRow(sheet, at, version, cells))
    return rows, strange


def _find_heads(
    sheet: str, table: Sequence[Sequence[str]], fields: Sequence[Field]
) -> tuple[int, dict[str, int]]:
    """The row of the heads and the column of every field, in whichever order they stand."""
    gone = [field.head for field in fields]
    for at, row in enumerate(table[:_HEAD_WITHIN]):
        heads = [plain_cell(cell) for cell in row]
        missing = [field.head for field in fields if field.head not in heads]
        if not missing:
            return at, {field.name: heads.index(field.head) for field in fields}
        gone = min(gone, missing, key=len)
    raise Refused(Refusal.COLUMNS_GONE, sheet=sheet, heads="、".join(gone), status=422)


def _is_notice(cells: dict[str, str]) -> bool:
    """Whether a row is the sentence under an empty table, and no task."""
    return (
        sum(1 for text in cells.values() if text) == 1 and bool(cells["number"]) and "。" in cells["number"]
    )
