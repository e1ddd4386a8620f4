"""What both renderers ask of a table: its type, its inner edges, and whether a row fits on a page."""

from collections.abc import Sequence

from dukao.papers.official import measures as m
from dukao.papers.official.titles import width
from dukao.papers.official.values import Column, Row, Table

# A row higher than this part of a page may be parted, or its end would be lost.
_HIGHEST = 0.75


def table_type(table: Table) -> tuple[float, float]:
    """The size of a table's characters and the pitch of its lines, in points."""
    return (m.TIGHT_CELL, m.TIGHT_CELL_LINE) if table.is_tight else (m.CELL, m.CELL_LINE)


def cell_ends(table: Table) -> float:
    """From a rule to the first line of a cell, and from the last line to the rule below it, in points."""
    return m.CELL_ENDS / 2 if table.is_tight else m.CELL_ENDS


def row_fits(columns: Sequence[Column], row: Row) -> bool:
    """Whether a row is low enough to be kept on one page."""
    wide, tall = m.TEXT
    shares = sum(column.share for column in columns)
    lines = 1.0
    for column, cell in zip(columns, row, strict=True):
        if cell:
            room = wide * m.POINTS * column.share / shares - 2 * m.CELL_SIDES
            # Lines break early: a tenth more than the bare count.
            lines = max(lines, 1.1 * width(cell.words) * m.CELL / max(room, m.CELL))
    return lines * m.CELL_LINE < _HIGHEST * tall * m.POINTS
