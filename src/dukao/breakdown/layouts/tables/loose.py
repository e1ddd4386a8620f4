"""Tables of lines whose cells bars without edges part ("任务 | 牵头单位 | 时限"), or commas."""

import re

from dukao.breakdown.cells import Cell
from dukao.breakdown.duties.columns import WHO, Column, columns_of
from dukao.breakdown.duties.units import is_unit
from dukao.breakdown.layouts.numbering import read_number

_FEWEST = 3  # columns
_BAR = re.compile(r"(?P<cell>[^|]*)(?:\||$)")
# A cell of commas may stand in quotation marks, and commas in it.
_BETWEEN = re.compile(r"[、,;/\s]+")
_ASKS = re.compile("请|由")
_COMMA = re.compile(r'(?P<cell>"(?:[^"]|"")*"|[^,"]*)(?:,|$)')


class LooseTable:
    """Reads such lines one after another: a row of heads begins a table, which lines of its width go on."""

    def __init__(self) -> None:
        self.mark: re.Pattern[str] | None = None
        self.columns: list[Column | None] = []

    def split(self, line: Cell) -> list[Cell] | None:
        """The cells of a line, or None when it belongs to no such table."""
        if max(line.plain.count("|"), line.text.count(",")) < _FEWEST - 1:
            self.mark = None
            return None
        for mark, written in ((_BAR, line.plain), (_COMMA, line.text)):
            cells = _cut(line, written, mark)
            if len(cells) >= _FEWEST and (columns := _heads(cells, mark)):
                self.mark, self.columns = mark, columns
                return cells
            if mark is not self.mark:
                continue
            if mark is _BAR and len(cells) > 1 and (aligned := self._aligned(cells)):
                return aligned
            if len(cells) == len(self.columns):
                return cells if mark is _BAR or self._is_row(cells) else None
        self.mark = None
        return None

    def _aligned(self, cells: list[Cell]) -> list[Cell] | None:
        """The cells of a row that lacks those at its left, merged with the row above, in the columns
        where its units are units; None for any other.
        """
        full = len(cells)
        while full and not cells[full - 1]:
            full -= 1
        lacking = len(self.columns) - full
        if not full or (len(cells) == len(self.columns) and self._holds(cells)):
            return None
        empty = cells[0].part(0, 0)
        for shift in range(lacking + 1):
            whole = [*[empty] * shift, *cells[:full], *[empty] * (lacking - shift)]
            if self._holds(whole):
                return whole
        return None

    def _holds(self, cells: list[Cell]) -> bool:
        """Whether what stands in the columns of tasks, numbers and units may be such."""
        named = [*zip(self.columns, cells, strict=True)]
        tasks = [cell for column, cell in named if column in ("task", "detail")]
        units = [cell for column, cell in named if column in WHO and cell]
        numbers = [cell for column, cell in named if column == "number" and cell]
        return any(tasks) and all(map(_may_name_units, units)) and all(map(read_number, numbers))

    def _is_row(self, cells: list[Cell]) -> bool:
        """Whether a line of commas is a row, not a sentence: its number is one, or its units are units."""
        named = [*zip(self.columns, cells, strict=True)]
        numbers = [cell for column, cell in named if column == "number" and cell]
        if numbers:
            return all(map(read_number, numbers))
        return all(_may_name_units(cell) for column, cell in named if column in WHO and cell)


def _may_name_units(cell: Cell) -> bool:
    names = [name for name in _BETWEEN.split(cell.plain) if name]
    return any(map(is_unit, names)) and not _ASKS.match(cell.plain)


def _heads(cells: list[Cell], mark: re.Pattern[str]) -> list[Column | None] | None:
    """The columns of a row of heads that name a task and who does it, between commas each of them known."""
    columns = columns_of(cells)
    is_whole = columns is not None and (mark is _BAR or all(columns)) and "task" in columns
    return columns if is_whole and columns and not {*WHO}.isdisjoint(columns) else None


def _cut(line: Cell, written: str, mark: re.Pattern[str]) -> list[Cell]:
    """The cells of a line; none where it is not parted so from end to end."""
    cells: list[Cell] = []
    at, is_open = 0, True
    while is_open:
        found = mark.match(written, at)
        if found is None:
            return []
        start, end = found.span("cell")
        is_quoted = found["cell"].startswith('"')
        cells.append(line.part(start + is_quoted, end - is_quoted))
        at, is_open = found.end(), found.end() > end
    return cells
