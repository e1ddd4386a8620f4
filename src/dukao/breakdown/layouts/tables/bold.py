"""Cells of units that are set in bold as a whole: marks of who leads, where others beside them are not."""

from collections.abc import Sequence
from dataclasses import replace

from dukao.breakdown.cells import Cell
from dukao.breakdown.duties.units import read_units
from dukao.breakdown.layouts.rows import Entry, Row

_MARK = "**"  # bold among others in one cell, as `reading` writes it


def settle_bold(entries: Sequence[Entry]) -> list[Entry]:
    """The entries, their bold cells only left where these mark who leads.

    They do where not all cells of units are bold, and beside others of their row that are not. A cell that
    lists several units marks them all only in a document that marks names in other cells: elsewhere its bold
    letters may mean anything.
    """
    cells = [
        (row, cell)
        for row in entries
        if isinstance(row, Row)
        for column, cell in row.stated
        if column == "responsible"
    ]
    is_mixed = not all(cell.start in row.bold for row, cell in cells)
    marks_names = any(_MARK in cell.text for _, cell in cells)
    return [_settled(one, is_mixed, marks_names) if isinstance(one, Row) else one for one in entries]


def _settled(row: Row, is_mixed: bool, marks_names: bool) -> Row:
    if not (row.bold and is_mixed):
        return replace(row, bold=frozenset()) if row.bold else row
    own = [cell for column, cell in row.stated if column == "responsible"]
    bold = [cell for cell in own if cell.start in row.bold]
    kept = [cell for cell in bold if marks_names or len(bold) < len(own) or _is_one(cell)]
    return replace(row, bold=frozenset(cell.start for cell in kept))


def _is_one(cell: Cell) -> bool:
    return len(read_units(cell)) == 1
