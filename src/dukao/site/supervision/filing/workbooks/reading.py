"""A workbook that came back, as rows of text, or a refusal: nothing of it is trusted."""

from collections.abc import Sequence
from dataclasses import dataclass

from dukao.reading.errors import SourceError
from dukao.reading.workbook.spreadsheet import Book
from dukao.site.ledger.workbooks.columns import plain_cell
from dukao.site.refusals import Refused
from dukao.site.supervision.filing.errors import Refusal
from dukao.site.supervision.filing.workbooks.columns import FIELDS, SHEET
from dukao.site.zipsafety import refuse_unsafe_package

MOST_BYTES = 5 * 1024 * 1024
_MOST_ROWS = 2_000
_MOST_COLUMNS = 100
_HEAD_WITHIN = 12


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it came back: its number in the program that shows it, and its cells by field."""

    at: int
    cells: dict[str, str]


def read_rows(data: bytes, name: str) -> tuple[Row, ...]:
    """The rows of a round's workbook; Refused where it is none, or not safe to open."""
    if not name.lower().endswith(".xlsx") or len(data) > MOST_BYTES:
        raise Refused(Refusal.WORKBOOK_KIND, name=name, status=422)
    refuse_unsafe_package(data, name)
    places: dict[str, int] | None = None
    rows = []
    for at, texts in _table(data, name):
        cells = [plain_cell(text) for text in texts]
        if places is None:
            places = _places(cells) if at <= _HEAD_WITHIN else None
        elif row := _cells(cells, places):
            rows.append(Row(at, row))
    if places is None:
        heads = "、".join(field.head for field in FIELDS)
        raise Refused(Refusal.WORKBOOK_FOREIGN, name=name, heads=heads, status=422)
    return tuple(rows)


def _table(data: bytes, name: str) -> list[tuple[int, Sequence[str]]]:
    """The rows of the sheet with their numbers; none where there is no such sheet."""
    rows: list[tuple[int, Sequence[str]]] = []
    try:
        book = Book(name, data)
        for sheet in book.sheets:
            if sheet.title != SHEET:
                continue
            for at, texts in book.rows(sheet):
                if at > _MOST_ROWS or len(texts) > _MOST_COLUMNS:
                    raise Refused(Refusal.WORKBOOK_WIDE, name=name, status=422)
                rows.append((at, texts))
    except SourceError as error:
        raise Refused(Refusal.WORKBOOK_KIND, name=name, status=422) from error
    return rows


def _places(heads: Sequence[str]) -> dict[str, int] | None:
    """The column of every field, in whichever order they stand; None where one is missing."""
    if any(field.head not in heads for field in FIELDS):
        return None
    return {field.name: heads.index(field.head) for field in FIELDS}


def _cells(texts: Sequence[str], places: dict[str, int]) -> dict[str, str]:
    """The cells of a row by field; nothing of an empty row or of one that is only a remark."""
    cells = {name: texts[place] if place < len(texts) else "" for name, place in places.items()}
    return cells if sum(1 for text in cells.values() if text) > 1 else {}
