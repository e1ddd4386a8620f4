"""Tables of lines whose cells bars without edges part ("任务 | 牵头单位 | 时限"), or commas."""

import re

from dukao.breakdown.cells import Cell
from dukao.breakdown.duties.columns import WHO, Column, columns_of
from dukao.breakdown.duties.units import is_unit
from dukao.breakdown.layouts.numbering import read_number

_FEWEST, _MOST = 3, 60  # columns
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
        self.heads = 0  # cells up to the last head

    def split(self, line: Cell) -> list[Cell] | None:
        """The cells of a line, or None when it belongs to no such table."""
        if max(line.plain.count("|"), line.text.count(",")) < _FEWEST - 1:
            self.mark = None
            return None
        for mark, written in ((_BAR, line.plain), (_COMMA, line.text)):
            cells = _cut(line, written, mark)
            if len(cells) >= _FEWEST and (columns := _heads(cells, mark)):
                self.mark, self.columns = mark, columns
                self.heads = max(at for at, cell in enumerate(cells) if cell) + 1
                return cells
            if mark is not self.mark:
                continue
            if mark is _BAR and len(cells) > 1 and (aligned := self._aligned(cells)):
                return aligned
            if mark is _BAR and self._is_out_of_line(cells):
                break
            if len(cells) == len(self.columns):
                return cells if mark is _BAR or self._is_row(cells) else None
        self.mark = None
        return None

    def _aligned(self, cells: list[Cell]) -> list[Cell] | None:
        """The cells of a row that lacks some, merged with the row above, most likely those at its left or
        behind its number, in the columns where its units are units and its leaders may be.
        """
        full = len(cells)
        while full and not cells[full - 1]:
            full -= 1
        lacking = len(self.columns) - full
        is_whole = len(cells) == len(self.columns) and self._holds(cells)
        if not full or is_whole or len(self.columns) > _MOST:
            return None
        empty = cells[0].part(0, 0)
        kept = 1 if self.columns[0] == "number" and read_number(cells[0]) else 0
        likely = [(kept, shift) for shift in range(lacking + 1)]
        others = [(at, shift) for shift in range(1, lacking + 1) for at in range(kept + 1, full)]
        for at, shift in [*likely, *others]:
            whole = [*cells[:at], *[empty] * shift, *cells[at:full], *[empty] * (lacking - shift)]
            if self._holds(whole) and (at == kept or self._names_units(whole)):
                return whole
        return None

    def _names_units(self, cells: list[Cell]) -> bool:
        return any(cell for column, cell in zip(self.columns, cells, strict=True) if column in WHO)

    def _is_out_of_line(self, cells: list[Cell]) -> bool:
        """Whether it cannot be told which cell of a row stands in which column: what stands in a column of
        units is none, and the row is filled up behind its last cell, or goes on behind the last head.
        """
        said = [cell for column, cell in zip(self.columns, cells, strict=False) if column in WHO and cell]
        is_other = bool(said) and not all(map(_may_name_units, said))
        return is_other and len(cells) > 2 and (not cells[-2] or any(cells[self.heads :]))

    def _holds(self, cells: list[Cell]) -> bool:
        """Whether what stands in the columns of tasks, numbers and units may be such."""
        named = [*zip(self.columns, cells, strict=True)]
        tasks = [cell for column, cell in named if column in ("task", "detail", "aim")]
        units = [cell for column, cell in named if column in WHO and cell]
        numbers = [cell for column, cell in named if column == "number" and cell]
        leaders = [cell for column, cell in named if column == "leader" and cell]
        holds = any(tasks) and all(map(_may_name_units, units)) and all(map(read_number, numbers))
        return holds and not any(map(_names_no_leader, leaders))

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


def _names_no_leader(cell: Cell) -> bool:
    """Whether a cell says what no column of leaders does: a sentence, or units."""
    return "。" in cell.plain or _may_name_units(cell)


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
