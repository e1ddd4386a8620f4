"""A column that sorts the rows of a table (类别, 领域): sections where its cells are merged, else names."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from dukao.breakdown.cells import Cell
from dukao.breakdown.layouts.numbering import numbering
from dukao.breakdown.layouts.rows import Entry, Head, Row
from dukao.breakdown.lettering import closed_up

_UNNUMBERED = 2  # the level of a category without a number
_HIGHEST = 2  # the level of a number that may count categories


def settle_categories(entries: Sequence[Entry]) -> list[Entry]:
    """The entries, their categories only left where these are sections; elsewhere they name the project.

    They are where each stands once, over rows one after another, some over several, and the numbers count
    the rows, or are 一, 二 and count the categories. An empty cell means the category above it.
    """
    settled: list[Entry] = []
    for is_sorted, part in groupby(entries, lambda entry: isinstance(entry, Row) and _is_sorted(entry)):
        rows = list(part)
        settled += _settled([row for row in rows if isinstance(row, Row)]) if is_sorted else rows
    return settled


def head_of(row: Row) -> Head | None:
    """The head that the category of a row is."""
    cell = row.category
    if cell is None:
        return None
    numbered = numbering(cell)
    if numbered and numbered[0] <= _HIGHEST and numbered[2]:
        return Head(numbered[0], numbered[1], numbered[2], cell.start, cell.end)
    return Head(_UNNUMBERED, "", cell, cell.start, cell.end)


def _is_sorted(row: Row) -> bool:
    return "category" in row.columns


def _settled(rows: list[Row]) -> list[Row]:
    rows = list(_filled(rows))
    stretches = [list(stretch) for _, stretch in groupby(rows, lambda row: closed_up(_said(row.category)))]
    names = {closed_up(_said(stretch[0].category)) for stretch in stretches}
    if "" in names or not len(names) == len(stretches) < len(rows):
        return _as_projects(rows)
    if any(not row.continued for stretch in stretches for row in stretch[1:]):
        return rows
    if all(stretch[0].number and 0 < stretch[0].level <= _HIGHEST for stretch in stretches):
        return [replace(row, number=None, level=0, continued=False) for row in rows]
    return _as_projects(rows)


def _as_projects(rows: Sequence[Row]) -> list[Row]:
    return [replace(row, category=None, project=row.project or row.category) for row in rows]


def _filled(rows: Sequence[Row]) -> Iterator[Row]:
    above: Cell | None = None
    for row in rows:
        above = row.category or above
        yield replace(row, category=above)


def _said(cell: Cell | None) -> str:
    return cell.plain if cell else ""
