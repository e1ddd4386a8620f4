"""Tables of lines whose cells bars without edges part ("任务 | 牵头单位 | 时限"), or commas."""

import re

from dukao.breakdown.cells import Cell
from dukao.breakdown.columns import WHO, columns_of

_FEWEST = 3  # columns
_BAR = re.compile(r"(?P<cell>[^|]*)(?:\||$)")
# A cell of commas may stand in quotation marks, and commas in it.
_COMMA = re.compile(r'(?P<cell>"(?:[^"]|"")*"|[^,"]*)(?:,|$)')


class LooseTable:
    """Reads such lines one after another: a row of heads begins a table, which lines of its width go on."""

    def __init__(self) -> None:
        self.mark: re.Pattern[str] | None = None
        self.width = 0

    def split(self, line: Cell) -> list[Cell] | None:
        """The cells of a line, or None when it belongs to no such table."""
        if max(line.plain.count("|"), line.text.count(",")) < _FEWEST - 1:
            self.mark = None
            return None
        for mark, written in ((_BAR, line.plain), (_COMMA, line.text)):
            cells = _cut(line, written, mark)
            if len(cells) >= _FEWEST and _are_heads(cells):
                self.mark, self.width = mark, len(cells)
                return cells
            if mark is self.mark and len(cells) == self.width:
                return cells
        self.mark = None
        return None


def _are_heads(cells: list[Cell]) -> bool:
    columns = columns_of(cells)
    return columns is not None and all(columns) and "task" in columns and not {*WHO}.isdisjoint(columns)


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
