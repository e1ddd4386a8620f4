"""Cells of a table without lines that reach over several rows: their words stand in the middle of them."""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from dukao.reading.pdf.gutters import down, middle
from dukao.reading.pdf.letters import Line

_NEAR = 1.25  # times the step from line to line: lines of one cell
_EVEN = 0.6  # of a step: what lies in the middle of its rows
# What a row alone has something to say in.
_OWN = re.compile(r"备\s*注|说\s*明|进\s*展|情\s*况|要\s*求")


@dataclass(slots=True)
class Spans:
    """Cells over several rows: how many by the row and column they begin in; the columns that stay unsure."""

    rows: dict[tuple[int, int], int] = field(default_factory=dict)
    unsure: set[int] = field(default_factory=set)
    _begun: dict[tuple[int, int], int] = field(default_factory=dict)

    def row_of(self, column: int, row: int) -> int:
        """The row in which the cell begins that a row belongs to in a column."""
        return self._begun.get((row, column), row)

    def has(self, column: int) -> bool:
        """Whether there are any in a column."""
        return any(at == column for _, at in self.rows)

    def columns(self) -> set[int]:
        """The columns with such cells."""
        return {column for _, column in self.rows}

    def add(self, column: int, row: int, count: int) -> None:
        """Note a cell."""
        self.rows[row, column] = count
        for at in range(row, row + count):
            self._begun[at, column] = row


@dataclass(frozen=True, slots=True)
class Field:
    """The rows of a table: where each begins and the last ends, which are set across.

    `head` is how many rows of heads stand above, `key` the column of the numbers, `goes_on` whether the table
    began on a page before, where cells of the columns `known` reached over rows; `hangs` whether cells hang
    from the tops of their rows.
    """

    edges: Sequence[float]
    across: Collection[int]
    step: float
    head: int = 0
    goes_on: bool = False
    key: int = 0
    known: Collection[int] = ()
    hangs: bool = False

    def row_at(self, height: float) -> int:
        """The row a height lies in."""
        return min(max(bisect_right(self.edges, -height, key=lambda edge: -edge) - 1, 0), len(self.edges) - 2)


def spread(columns: Mapping[int, Sequence[Line]], field: Field) -> Spans:
    """The cells of columns with fewer cells than rows, where they lie evenly over all rows."""
    spans = Spans()
    for column, lines in columns.items():
        cells = _cells(lines, field)
        while cells and field.row_at(_centre(cells[0])) < field.head:
            if _OWN.search("".join(line.text for line in cells.pop(0))):
                cells = []
        if cells and column < field.key and all(_hangs(cell, field) for cell in cells):
            _reach_to_next(spans, column, cells, field)
        if not cells and field.goes_on and column in field.known:
            spans.add(column, field.head, len(field.edges) - 1 - field.head)
        if not cells or field.hangs or spans.has(column):
            continue
        ways = [*_ways(cells, field)]
        is_plain = all(_is_own(cell, field) for cell in cells)
        is_filled = field.row_at(_centre(cells[0])) == field.head
        if is_plain and (is_filled or (field.goes_on and column not in field.known)):
            continue
        if len(ways) == 1:
            for row, count in ways[0]:
                spans.add(column, row, count)
        elif ways or not is_plain:
            spans.unsure.add(column)
    return spans


def _ways(cells: Sequence[Sequence[Line]], field: Field) -> Iterator[list[tuple[int, int]]]:
    """How the cells may be laid over all rows from the first; the rest of one from the page before leads."""
    if begun := _lay(cells, field, field.head):
        yield begun
    elif field.goes_on:
        for row in range(field.head + 1, len(field.edges) - 1):
            if laid := _lay(cells, field, row):
                yield [(field.head, row - field.head), *laid]


def _lay(cells: Sequence[Sequence[Line]], field: Field, row: int) -> list[tuple[int, int]]:
    """Each cell with the rows in whose middle it stands, one below the other to the last, or nothing."""
    laid: list[tuple[int, int]] = []
    end = len(field.edges) - 1
    for cell in cells:
        while row in field.across:
            row += 1
        count = _count_rows(_centre(cell), field, row)
        if not count:
            return []
        laid.append((row, count))
        row += count
    return laid if row == end else []


def _count_rows(centre: float, field: Field, row: int) -> int:
    """How many rows from one on have a height in their middle, 0 where none do."""
    edges, nearest, count = field.edges, _EVEN * field.step, 0
    for below in range(row + 1, len(edges)):
        off = (edges[row] + edges[below]) / 2 - centre
        if below - 1 in field.across or off < -nearest:
            break
        if abs(off) <= nearest:
            nearest, count = abs(off), below - row
    return count


def _is_own(cell: Sequence[Line], field: Field) -> bool:
    """Whether a cell hangs from the top of a row or lies in the middle of it."""
    row = field.row_at(_centre(cell))
    centre = (field.edges[row] + field.edges[row + 1]) / 2
    return _hangs(cell, field) or abs(centre - _centre(cell)) < _EVEN * field.step


def _hangs(cell: Sequence[Line], field: Field) -> bool:
    return abs(field.edges[field.row_at(middle(cell[0]))] - middle(cell[0])) < 0.9 * field.step


def _reach_to_next(spans: Spans, column: int, cells: Sequence[Sequence[Line]], field: Field) -> None:
    """Lay cells before the numbers, which hang from the tops of their rows, each down to the next one."""
    starts = [field.row_at(middle(cell[0])) for cell in cells]
    if field.goes_on and starts[0] > field.head:
        starts = [field.head, *starts]
    for row, end in pairwise([*starts, len(field.edges) - 1]):
        count = next((at for at in range(row, end) if at in field.across), end) - row
        if count > 0:
            spans.add(column, row, count)


def _cells(lines: Sequence[Line], field: Field) -> list[list[Line]]:
    """The lines of a column as cells: what stands near to one another."""
    cells = [[line] for line in lines[:1]]
    for above, below in pairwise(lines):
        is_head = field.row_at(middle(above)) < field.head <= field.row_at(middle(below))
        if down(above, below) < _NEAR * field.step and not is_head:
            cells[-1].append(below)
        else:
            cells.append([below])
    return cells


def _centre(cell: Sequence[Line]) -> float:
    return (middle(cell[0]) + middle(cell[-1])) / 2
