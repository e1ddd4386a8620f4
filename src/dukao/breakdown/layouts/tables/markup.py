"""Tables in HTML, as converters write them into Markdown where cells are merged."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from dukao.breakdown.cells import Cell, Sheet

_TABLE = re.compile(r"<table\b[^>]*>(.*?)</table>", re.S | re.I)
_ROW = re.compile(r"<tr\b[^>]*>(.*?)(?=</tr>|<tr\b|$)", re.S | re.I)
_CELL = re.compile(r"<t[dh]\b([^>]*)>(.*?)(?=</t[dh]>|<t[dh]\b|$)", re.S | re.I)
_SPAN = re.compile(r"(row|col)span\s*=\s*[\"']?(\d{1,3})", re.I)
_LEADING = re.compile(r"(?:\s|<[^<>]*>)+")
_TRAILING = re.compile(r"(?:\s|<[^<>]*>)+$")
_MOST = 60  # columns


class Markup(NamedTuple):
    """A table at `start:end` of the text, as rows of cells; a cell that spans rows stands in each of them."""

    start: int
    end: int
    rows: tuple[tuple[Cell, ...], ...]


def find_markup(sheet: Sheet) -> list[Markup]:
    """The tables in HTML, in order."""
    if "<" not in sheet.text:
        return []
    tables = _TABLE.finditer(sheet.text)
    return [Markup(*table.span(), tuple(_rows(sheet, *table.span(1)))) for table in tables]


def _rows(sheet: Sheet, start: int, end: int) -> Iterator[tuple[Cell, ...]]:
    """The rows; a cell over several columns is followed by empty ones."""
    over: dict[int, tuple[int, Cell]] = {}
    for row in _ROW.finditer(sheet.text, start, end):
        cells: list[Cell] = []
        for found in _CELL.finditer(sheet.text, *row.span(1)):
            _take_over(cells, over)
            spans = {name.lower(): int(count) for name, count in _SPAN.findall(found.group(1))}
            cell = _inner(sheet, *found.span(2))
            for column in range(max(1, min(_MOST, spans.get("col", 1)))):
                own = cell.part(0, 0) if column else cell
                if spans.get("row", 1) > 1:
                    over[len(cells)] = (spans["row"] - 1, own)
                cells.append(own)
        _take_over(cells, over)
        if cells:
            yield tuple(cells)


def _take_over(cells: list[Cell], over: dict[int, tuple[int, Cell]]) -> None:
    """Put the cells that reach down from the rows above where they stand."""
    while len(cells) in over:
        column = len(cells)
        left, cell = over.pop(column)
        cells.append(cell)
        if left > 1:
            over[column] = (left - 1, cell)


def _inner(sheet: Sheet, start: int, end: int) -> Cell:
    """The text of a cell without the tags around it."""
    inner = sheet.text[start:end]
    before = _LEADING.match(inner)
    behind = _TRAILING.search(inner)
    left = start + (before.end() if before else 0)
    return sheet.cell(left, max(left, start + behind.start() if behind else end))
