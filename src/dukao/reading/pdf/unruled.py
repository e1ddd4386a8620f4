"""The rows of a table that no lines rule, told by what numbers them and by the white between them.

Rows are taken where several signs agree: lines drawn across, the white between rows holding one number each,
numbers on the first line of their cells, cells that lie evenly about their number. Where none is certain the
table has no `levels`, and its lines stay lines.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dukao.reading.emphasis import settle_cell
from dukao.reading.pdf.anchors import COUNTER, FURTHER, MORE, Anchor, Cut
from dukao.reading.pdf.gutters import Gutter, down, middle
from dukao.reading.pdf.letters import Line, join_wrapped
from dukao.reading.pdf.pages import Table
from dukao.reading.pdf.rules import Box, Grid, Rule
from dukao.reading.pdf.spans import Field, Spans, spread

# So many of the rows that hang from their tops, or of the cells that lie about their number, are enough.
_MOSTLY = 0.7
_LEVEL = 0.25  # of a letter: what stands on one line, figures of another font a little off
_EVEN = 0.35  # of a step: what lies in the middle of a row
_ENDED = re.compile(r"[。；;！!？?]$")


@dataclass(frozen=True, slots=True)
class Known:
    """What the page before told of a table: the column that numbers rows, those with cells over several,
    whether cells hang from the tops of their rows, the last number where words begin right behind them,
    and the first line of the heads.
    """

    key: int | None = None
    merged: Collection[int] = ()
    hangs: bool | None = None
    last: int | None = None
    head: tuple[str, ...] = ()


class Rows:
    """Lines being laid out in rows: cut into pieces, `levels` where rows begin from the top, none where
    they cannot be told; `is_unsure` where a cell may be one that reaches over several rows."""

    def __init__(
        self,
        lines: Sequence[Line],
        gutters: Sequence[Gutter],
        banners: Collection[int],
        across: Sequence[Rule],
        *,
        goes_on: bool,
        before: Known,
    ) -> None:
        self.before, self.goes_on = before, goes_on
        self.cut = Cut(lines, gutters, banners, key=before.key, after=before.last)
        self.head: tuple[str, ...] = ()
        self.apart: set[int] = set()
        levels = self._find_levels(across)
        top = lines[0].foot + lines[0].size
        is_rest = goes_on and self.cut.key is not None and len(self.cut.anchors) < 2
        self.levels: list[float] = [top, *levels] if levels or is_rest else []
        self.spans: Spans = spread(self._merged_columns(), self._field()) if levels else Spans()
        self.is_unsure = bool(self.spans.unsure)

    def known(self) -> Known:
        """What holds for the rest of the table on the next page."""
        stand = [*self._stands()]
        hangs = sum(stand) > len(stand) / 2 if stand else self.before.hangs
        return Known(
            self.cut.key, self.spans.columns() | {*self.before.merged}, hangs, self.cut.last, self.head
        )

    def lay(self) -> Table:
        """The table: its cells by row and column."""
        cells: dict[tuple[int, int], list[Line]] = {}
        for at, own in enumerate(self.cut.pieces):
            for column, piece in own:
                row = self._row_of(piece)
                if at not in self.cut.banners:
                    row = self.spans.row_of(column, row)
                cells.setdefault((row, column), []).append(piece)
        edges = [(left + right) / 2 for left, right in self.cut.gutters]
        left, right = min(line.left for line in self.cut.lines), max(line.right for line in self.cut.lines)
        grid = Grid(
            [left, *edges, right],
            [*self.levels, self.cut.lines[-1].foot],
            is_ruled=False,
            goes_on=self.goes_on,
        )
        places = [(row, column) for row in range(len(self.levels)) for column in range(len(edges) + 1)]
        spans = self.spans.rows
        grid.boxes = [
            Box(row, column, spans.get((row, column), 1), 1)
            for row, column in places
            if self.spans.row_of(column, row) == row
        ]
        widths = [max((line.right - line.left for line in own), default=0.0) for own in self.cut.by_column]
        banner = {self._row_of(self.cut.lines[at]): right - left for at in self.cut.banners}
        texts = [
            join_wrapped(cells.get((box.row, box.column), []), banner.get(box.row, widths[box.column]))
            for box in grid.boxes
        ]
        return Table(grid, [settle_cell(text) for text in texts])

    def _row_of(self, piece: Line) -> int:
        return max(bisect_right(self.levels, -middle(piece), key=lambda level: -level) - 1, 0)

    def _find_levels(self, across: Sequence[Rule]) -> list[float]:
        if ruled := self._by_rules(across):
            return ruled
        if self.cut.key is None:
            return self._by_white_alone() or self._by_sentences()
        if len(self.cut.anchors) < 2:
            return [*self._by_steps()]
        for apart in self._ways_apart():
            self.apart = apart
            levels = self._by_white(apart)
            if self._holds_one_each(levels):
                return levels
        self.apart = {*range(self.cut.key)}
        tops, middles = self._by_tops(), self._by_middles()
        if not (tops and middles):
            return tops or middles
        # Both ways of setting cells explain the page: what was seen before decides, or a head of one line.
        hangs = self.before.hangs
        if hangs is None:
            hangs = len(self._cells_by(tops)[0]) < 2 or self._lines_of_head(tops) <= self._lines_of_head(
                middles
            )
        return tops if hangs else middles

    def _lines_of_head(self, levels: list[float]) -> int:
        return max((len(own) for own in self._cells_by(levels)[0].values()), default=0)

    def _ways_apart(self) -> Iterator[set[int]]:
        """Which columns may hold cells that reach over rows: none, those before the numbers, one more."""
        before = {*range(self.cut.key or 0)}
        yield before
        few = _MOSTLY * len(self.cut.anchors)
        for column in range(len(before) + 1, len(self.cut.by_column)):
            if 0 < len(self.cut.by_column[column]) < few:
                yield before | {column}

    def _by_rules(self, across: Sequence[Rule]) -> list[float]:
        """The lines drawn from side to side, where they keep the rows apart one by one."""
        top, bottom = middle(self.cut.lines[0]), min(middle(line) for line in self.cut.lines)
        centre = (min(line.left for line in self.cut.lines) + max(line.right for line in self.cut.lines)) / 2
        drawn = {rule.at for rule in across if rule.start < centre < rule.end and bottom < rule.at < top}
        levels = sorted(drawn, reverse=True)
        if self.cut.key is not None:
            is_kept = len(self.cut.anchors) > 1 and self._holds_one_each(levels)
            self.apart = {*range(self.cut.key)} if is_kept else set()
            return levels if is_kept else []
        rows = [_count_above(levels, line) for line in self.cut.lines]
        steps = [
            down(*pair)
            for pair, row in zip(pairwise(self.cut.lines), pairwise(rows), strict=True)
            if row[0] == row[1]
        ]
        is_kept = len(levels) > 1 and {*rows} == {*range(len(levels) + 1)}
        return levels if is_kept and all(step < FURTHER * self.cut.step for step in steps) else []

    def _by_white(self, apart: Collection[int]) -> list[float]:
        """Where the white between two lines is wider than within cells, over all columns but some."""
        shown = sorted(
            (
                piece
                for at, own in enumerate(self.cut.pieces)
                for column, piece in own
                if column not in apart or at in self.cut.banners
            ),
            key=middle,
            reverse=True,
        )
        pairs = [(down(above, below), above, below) for above, below in pairwise(shown)]
        limit = self._limit(sorted(step for step, _, _ in pairs))
        return [(middle(above) + middle(below)) / 2 for step, above, below in pairs if step > limit]

    def _limit(self, steps: list[float]) -> float:
        """Between the steps within cells and those from row to row, where they stand apart."""
        further = FURTHER * self.cut.step
        within = max((step for step in steps if step < (1 + MORE / 2) * self.cut.step), default=0.0)
        beyond = min((step for step in steps if step > within), default=further)
        limit = (max(within, self.cut.step) + beyond) / 2
        return min(limit, further) if beyond > (1 + MORE) * self.cut.step else further

    def _holds_one_each(self, levels: list[float]) -> bool:
        """Whether every row has one number; at the head of a page stands the rest of one before it."""
        rows = [_count_above(levels, anchor.line) for anchor in self.cut.anchors]
        first = int(self.goes_on and rows[:1] == [1])
        return len(rows) > 1 and rows == [*range(first, len(levels) + 1)]

    def _by_white_alone(self) -> list[float]:
        """The white between rows that no column numbers: every row below the head says something whole."""
        levels = self._by_white(())
        rows = self._cells_by(levels)
        widest = self._widest()
        if len(levels) < 2 or any(len(own) > 1 and widest not in own for own in rows):
            return []
        ends = [bool(_ENDED.search(own[widest][-1].text)) for own in rows if widest in own][1:]
        return levels if all(ends) or not sum(ends) > len(ends) / 2 else []

    def _by_sentences(self) -> list[float]:
        """Rows that hang from their tops without white between them: each begins after a sentence ends."""
        widest = self._widest()
        own = self.cut.by_column[widest]
        begun = [below for above, below in pairwise(own) if _ENDED.search(above.text)]
        head = own[1:2] if own and not _ENDED.search(own[0].text) and own[1:2] != begun[:1] else []
        levels = [piece.foot + piece.size for piece in [*head, *begun]]
        banners = [self.cut.lines[at] for at in self.cut.banners]
        levels = sorted({*levels, *(line.foot + line.size for line in banners)}, reverse=True)
        rows = self._cells_by(levels)
        is_level = all(
            len(cells) == 1 or max(feet) - min(feet) < _LEVEL * self.cut.step
            for cells in rows
            if (feet := [middle(piece[0]) for piece in cells.values()])
        )
        is_full = all(len(cells) > 1 or [*cells] == [0] for cells in rows)
        return levels if len(levels) > 2 and is_level and is_full else []

    def _cells_by(self, levels: list[float]) -> list[dict[int, list[Line]]]:
        """What stands in every row by its column."""
        rows: list[dict[int, list[Line]]] = [{} for _ in range(len(levels) + 1)]
        for column, piece in (one for own in self.cut.pieces for one in own):
            row = _count_above(levels, piece)
            rows[row].setdefault(column, []).append(piece)
        return rows

    def _widest(self) -> int:
        """The column that says most."""
        return max(
            range(len(self.cut.by_column)),
            key=lambda at: sum(len(piece.text) for piece in self.cut.by_column[at]),
        )

    def _by_tops(self) -> list[float]:
        """The lines of the numbers, where the other cells of a row begin on them."""
        starts = [anchor.at for anchor in self.cut.anchors]
        if len(starts) < 2:
            return []
        ends = [*starts[1:], len(self.cut.lines)]
        level = [self._is_level(anchor, end) for anchor, end in zip(self.cut.anchors, ends, strict=True)]
        if not (all(level) or sum(level) > _MOSTLY * len(level)):
            return []
        begun = {self.cut.lines[at].foot + self.cut.lines[at].size for at in starts if at}
        return sorted(begun | {*self._by_steps()}, reverse=True)

    def _is_level(self, anchor: Anchor, end: int) -> bool:
        """Whether all cells of a row begin on the line of its number."""
        if anchor.is_banner:
            return True
        shown = [(column, piece) for column, piece in self.cut.pieces[anchor.at] if column not in self.apart]
        feet = [piece.foot for _, piece in shown]
        begun = {column for column, _ in shown} | self.apart
        is_whole = all(column in begun for one in self.cut.pieces[anchor.at : end] for column, _ in one)
        return is_whole and len(shown) > 1 and max(feet) - min(feet) < _LEVEL * shown[0][1].size

    def _by_steps(self) -> Iterator[float]:
        """Where a line with several cells stands further below than a line does."""
        for at, (above, below) in enumerate(pairwise(self.cut.lines), 1):
            if len(self.cut.pieces[at]) > 1 and down(above, below) > FURTHER * self.cut.step:
                yield below.foot + below.size

    def _by_middles(self) -> list[float]:
        """Rows without white between them whose cells lie evenly about their number, from the top down."""
        anchors, step = self.cut.anchors, self.cut.step
        edge = middle(self.cut.lines[0]) + step / 2
        levels: list[float] = []
        for anchor in anchors:
            centre = middle(anchor.line)
            count = round(2 * (edge - centre) / step)
            if count < 1 or abs(2 * (edge - centre) - count * step) > _EVEN * step:
                return []
            edge = centre - count * step / 2
            levels.append(edge)
        levels.pop()
        rows = self._cells_by(levels)
        even = [
            abs((middle(own[0]) + middle(own[-1])) / 2 - middle(anchor.line)) < _EVEN * step
            for cells, anchor in zip(rows, anchors, strict=True)
            for column, own in cells.items()
            if column not in self.apart
        ]
        return (
            levels
            if sum(even) > 0.9 * len(even) and abs(edge - middle(self.cut.lines[-1]) + step / 2) < step
            else []
        )

    def _field(self) -> Field:
        across = {self._row_of(self.cut.lines[at]) for at in self.cut.banners}
        first = next((own for own in self.cut.pieces if any(column == self.cut.key for column, _ in own)), [])
        is_head = not any(column == self.cut.key and COUNTER.fullmatch(piece.text) for column, piece in first)
        stand = [*self._stands()]
        return Field(
            [*self.levels, self.cut.lines[-1].foot],
            across,
            self.cut.step,
            head=int(is_head) if self.cut.key is not None else int(not self.goes_on),
            goes_on=self.goes_on,
            hangs=sum(stand) > _MOSTLY * len(stand),
            key=self.cut.key or 0,
            known=self.before.merged,
        )

    def _stands(self) -> Iterator[bool]:
        """Of every row with a cell of several lines, whether its number stands on the first."""
        for cells in self._cells_by(self.levels[1:]):
            number = cells.get(-1 if self.cut.key is None else self.cut.key)
            tall = [own for column, own in cells.items() if len(own) > 1 and column not in self.apart]
            if number and tall:
                own = max(tall, key=len)
                yield abs(middle(own[0]) - middle(number[0])) < _LEVEL * self.cut.step

    def _merged_columns(self) -> dict[int, list[Line]]:
        """The columns whose cells may reach over several rows."""
        rows = len(self.levels)
        few = {
            column
            for column, own in enumerate(self.cut.by_column)
            if column != self.cut.key and 0 < len({self._row_of(piece) for piece in own}) < _MOSTLY * rows
        }
        return {column: self.cut.by_column[column] for column in sorted(few | self.apart)}


def _count_above(levels: Sequence[float], piece: Line) -> int:
    """How many of the falling levels lie above the middle of a piece."""
    return bisect_left(levels, -middle(piece), key=lambda level: -level)
