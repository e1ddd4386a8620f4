"""Tables of a PDF page that no lines rule: columns told by the white between them, rows by what begins them.

A table is found by a line that is set in three pieces or more. What follows, and what stands before, belongs
to it as long as the white between those pieces stays white: prose runs over it, and ends the table.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dukao.reading.emphasis import settle_cell
from dukao.reading.pdf.letters import Line, join_wrapped
from dukao.reading.pdf.pages import Table
from dukao.reading.pdf.rules import Box, Grid, Rule

_FEWEST_GUTTERS, _FEWEST_LINES = 2, 3
# In heights of a letter: the white between columns at least, where a table is found, and at one place there.
_WHITE, _WIDER, _APART = 0.3, 0.45, 1.4
_FURTHER = 1.25  # times the step from line to line: a row, or what stands outside, begins
_CLEAR = 0.95  # times that step: nearer to one another rows run into one another
_FAR = 2.4  # heights of a letter: what stands alone
# So many first cells that stand level with the first lines of the others say that rows hang from their tops.
_MOSTLY = 0.7

# A page of more lines, or of more white in its lines, is no table that a person reads.
_MOST_LINES, _MOST_BREAKS = 1_000, 3_000
_FIRST_LINES = 12  # of a table, in which the white between its columns shows
_COUNTED = re.compile(r"[\d一二三四五六七八九十]")

Gutter = tuple[float, float]
# A piece of a line with the column it stands in.
_Piece = tuple[int, Line]


@dataclass(slots=True)
class Finder:
    """Finds the tables of page after page; one may go on over the page without its heads."""

    _open: "_Region | None" = None

    def find(self, lines: Sequence[Line], across: Sequence[Rule]) -> list[Line | Table]:
        """The lines with those of tables put together; `across` are lines drawn from side to side."""
        found: list[Line | Table] = []
        at, begun, above = 0, 0, self._open
        self._open = None
        if len(lines) > _MOST_LINES or sum(len(line.breaks) for line in lines) > _MOST_BREAKS:
            return [*lines]
        while at < len(lines):
            region = _Region(lines, at, begun, above if at < _FEWEST_LINES and not begun else None)
            rows = _Rows(region, across) if region.end else None
            if rows and rows.levels:
                del found[len(found) - (at - region.start) :]
                found.append(rows.lay())
                self._open = region if region.end == len(lines) else None
                at = begun = region.end
            else:
                # What runs into one another is looked at once.
                end = max(region.end, at + 1)
                found += lines[at:end]
                begun = end if region.end else begun
                at = end
        return found


class _Region:
    """The lines that make a table with the line `at`: from `start` to `end`, 0 where there is none.

    `begun` is how far up it may reach, `above` the table of the page before that may go on here: `goes_on`.
    """

    def __init__(self, lines: Sequence[Line], at: int, begun: int, above: "_Region | None") -> None:
        self.lines, self.start, self.end = lines, at, 0
        first = lines[at]
        own = [(left, right) for _, left, right, _ in first.breaks if right - left > _WIDER * first.size]
        if not any(right - left > _APART * first.size for left, right in own):
            own = []
        known: list[Gutter] = above.gutters if above else []
        self.goes_on = bool(known) and len(_narrow(known, first)) == len(known)
        # The rest of a row that the page cut in two begins with no number.
        if not own and (at or {column for column, _ in _cut(first, known)} == {0}):
            self.goes_on = False
        self.gutters: list[Gutter] = _narrow(known, first) if self.goes_on else own
        self._known_step: float = above.step if above and self.goes_on else 0.0
        self.step: float = self._known_step
        if len(self.gutters) >= _FEWEST_GUTTERS:
            self._reach_down(1 if self.goes_on else _FEWEST_LINES)
        if self.end:
            self.gutters = self.gutters if self.goes_on else self._all_white()
            self._reach_up(begun)

    def _reach_down(self, fewest: int) -> None:
        last = at = self.start
        in_pieces = 1
        while (at := at + 1) < len(self.lines):
            kept = _narrow(self.gutters, self.lines[at])
            if self.goes_on or in_pieces >= _FEWEST_LINES or len(kept) < _FEWEST_GUTTERS:
                if not self._takes(at):
                    break
            elif not self._stands_alone(at):
                self.gutters = kept
            else:
                break
            if len(self.columns(at)) > 1:
                in_pieces, last = in_pieces + 1, at
        if in_pieces >= fewest:
            self.step = self._known_step or _usual_step(self.lines[self.start : last + 1])
            self.end = last + 1
            while self.end < at and self._step(self.end) < _FURTHER * self.step:
                self.end += 1

    def _reach_up(self, begun: int) -> None:
        """Take the heads above, of which one may be broken over lines; the end of a paragraph is none."""
        near = _FURTHER * self.step
        while self.start > begun:
            is_apart = len(self.columns(self.start - 1)) > 1
            if not (is_apart or self._step(self.start) < near) or not self._takes(self.start - 1):
                break
            self.start -= 1

    def _all_white(self) -> list[Gutter]:
        """The white that all lines leave, and that several have something on both sides of."""
        lines = self.lines[self.start : self.end]
        found = list(self.gutters)
        for line in lines[:_FIRST_LINES]:
            for _, left, right, _ in line.breaks:
                shared: list[Gutter] = [(left, right)]
                for other in lines:
                    shared = _narrow(shared, other)
                if shared and all(shared[0][1] <= one or other <= shared[0][0] for one, other in found):
                    between = sum(_parts(one, shared[0]) for one in lines)
                    found += shared if between >= _FEWEST_LINES else []
        return sorted(found)

    def _takes(self, at: int) -> bool:
        """Take a line, and leave less white, if it leaves some between all columns."""
        kept = _narrow(self.gutters, self.lines[at])
        if len(kept) < len(self.gutters) or self._stands_alone(at):
            return False
        self.gutters = kept
        return True

    def _stands_alone(self, at: int) -> bool:
        """Whether a line in one piece stands far from both its neighbours: a head, a note."""
        far = _FAR * self.lines[at].size
        below = self._step(at + 1) if at + 1 < len(self.lines) else far
        columns = self.columns(at)
        return len(columns) == 1 and self._step(at) >= far and below >= far

    def _step(self, at: int) -> float:
        return _down(self.lines[at - 1], self.lines[at]) if at else float("inf")

    def columns(self, at: int) -> set[int]:
        """The columns a line has something in."""
        return {column for column, _ in _cut(self.lines[at], self.gutters)}


class _Rows:
    """A region being laid out in rows: its lines cut into pieces, `levels` where rows begin from the top,
    nothing where their cells run into one another."""

    def __init__(self, region: _Region, across: Sequence[Rule]) -> None:
        self.gutters = region.gutters
        self.lines = region.lines[region.start : region.end]
        self.pieces: list[list[_Piece]] = [[*_cut(line, self.gutters)] for line in self.lines]
        self.step, self.goes_on = region.step, region.goes_on
        self.levels = self._find_levels(across)

    def lay(self) -> Table:
        """The table: its cells by row and column."""
        cells: dict[tuple[int, int], list[Line]] = {}
        for column, piece in (one for pieces in self.pieces for one in pieces):
            cells.setdefault((self._row_of(piece), column), []).append(piece)
        edges = [(left + right) / 2 for left, right in self.gutters]
        left, right = min(line.left for line in self.lines), max(line.right for line in self.lines)
        grid = Grid(
            [left, *edges, right], [*self.levels, self.lines[-1].foot], is_ruled=False, goes_on=self.goes_on
        )
        places = [(row, column) for row in range(len(self.levels)) for column in range(len(edges) + 1)]
        grid.boxes = [Box(row, column, 1, 1) for row, column in places]
        widths = [0.0] * (len(edges) + 1)
        for (_, column), own in cells.items():
            widths[column] = max(widths[column], *(line.right - line.left for line in own))
        texts = (join_wrapped(cells.get(place, []), widths[place[1]]) for place in places)
        return Table(grid, [settle_cell(text) for text in texts])

    def _row_of(self, piece: Line) -> int:
        return max(bisect_right(self.levels, -_middle(piece), key=lambda level: -level) - 1, 0)

    def _find_levels(self, across: Sequence[Rule]) -> list[float]:
        top = self.lines[0].foot + self.lines[0].size
        starts = [at for at in range(len(self.lines)) if self._begins(at)]
        heads = [self.pieces[at][0][1] for at in starts]
        if len(heads) < 2:
            return [top, *self._by_steps()]
        if ruled := self._by_rules(heads, across):
            return [top, *ruled]
        level = [self._is_level(at, after) for at, after in pairwise([*starts, len(self.lines)])]
        widest = [self._widest(above, below) for above, below in pairwise(heads)]
        is_tight = sorted(step for step, _ in widest)[len(widest) // 2] < _FURTHER * self.step
        if all(level) or (is_tight and sum(level) > _MOSTLY * len(level)):
            begun = {self.lines[at].foot + self.lines[at].size for at in starts if at}
            return [top, *sorted(begun | {*self._by_steps()}, reverse=True)]
        clear = sum(step >= _CLEAR * self.step for step, _ in widest)
        if clear < _MOSTLY * len(widest):
            return []
        return [top, *self._before(starts[0]), *(level for _, level in widest)]

    def _before(self, first: int) -> Iterator[float]:
        """Where the row of the first head begins, when above it is the rest of a row of the page before."""
        for above, below in pairwise(self.lines[: first + 1]):
            if _down(above, below) > _FURTHER * self.step:
                yield below.foot + below.size

    def _begins(self, at: int) -> bool:
        """Whether a line holds a first cell, and not just the rest of one ("序" above "号")."""
        pieces = self.pieces[at]
        if not pieces or pieces[0][0]:
            return False
        is_bare = len(pieces) == 1 and not _COUNTED.search(pieces[0][1].text)
        above = [piece for before in self.pieces[:at] for column, piece in before if not column]
        return not (is_bare and above and _down(above[-1], pieces[0][1]) < _FURTHER * self.step)

    def _is_level(self, at: int, after: int) -> bool:
        """Whether all cells of a row begin on its first line."""
        pieces = self.pieces[at]
        feet = [piece.foot for _, piece in pieces]
        begun = {column for column, _ in pieces}
        is_whole = all(column in begun for one in self.pieces[at:after] for column, _ in one)
        return is_whole and len(pieces) > 1 and max(feet) - min(feet) < 0.2 * pieces[0][1].size

    def _by_steps(self) -> Iterator[float]:
        """Where a line with several cells stands further below than a line does."""
        for at, (above, below) in enumerate(pairwise(self.lines), 1):
            if len(self.pieces[at]) > 1 and _down(above, below) > _FURTHER * self.step:
                yield below.foot + below.size

    def _by_rules(self, heads: list[Line], across: Sequence[Rule]) -> list[float]:
        """The lines drawn from side to side, where they keep the rows apart one by one."""
        top, bottom = _middle(self.lines[0]), min(_middle(line) for line in self.lines)
        middle = (min(line.left for line in self.lines) + max(line.right for line in self.lines)) / 2
        drawn = {rule.at for rule in across if rule.start < middle < rule.end and bottom < rule.at < top}
        levels = sorted(drawn, reverse=True)
        rows = [sum(level > _middle(head) for level in levels) for head in heads]
        return levels if rows == [*range(len(levels) + 1)] else []

    def _widest(self, above: Line, below: Line) -> tuple[float, float]:
        """The widest step between two first cells, and where: they may stand in the middle of their rows."""
        between = (piece for pieces in self.pieces for _, piece in pieces)
        feet = sorted(
            {piece.foot for piece in between if below.foot <= piece.foot <= above.foot}, reverse=True
        )
        upper, lower = max(pairwise(feet), key=lambda pair: round(pair[0] - pair[1]))
        return upper - lower, (upper + lower) / 2 + above.size / 2


def _usual_step(lines: Sequence[Line]) -> float:
    """The step from one line of a cell to the next: the middle one of those near the shortest.

    Halves, of cells that stand in the middle of their rows, do not count; figures of another font than the
    words around them make steps uneven.
    """
    size = max(line.size for line in lines)
    steps = sorted(step for pair in pairwise(lines) if (step := _down(*pair)) > 0.95 * size)
    near = [step for step in steps if step < 1.4 * steps[0]]
    return near[len(near) // 2] if near else 1.3 * size


def _down(above: Line, below: Line) -> float:
    """How far below a line another one stands."""
    return _middle(above) - _middle(below)


def _middle(line: Line) -> float:
    return line.foot + line.size / 2


def _parts(line: Line, gutter: Gutter) -> bool:
    """Whether a line has something on both sides of what it leaves white there."""
    return any(left <= gutter[0] and gutter[1] <= right for _, left, right, _ in line.breaks)


def _narrow(gutters: Iterable[Gutter], line: Line) -> list[Gutter]:
    """What a line leaves white of each gutter; one that it runs over is left out."""
    white = [(left, right) for _, left, right, _ in line.breaks]
    white += [(float("-inf"), line.left), (line.right, float("inf"))]
    kept = []
    for left, right in gutters:
        pieces = [(max(left, one), min(right, other)) for one, other in white]
        widest = max(pieces, key=lambda piece: piece[1] - piece[0])
        if widest[1] - widest[0] >= _WHITE * line.size:
            kept.append(widest)
    return kept


def _cut(line: Line, gutters: list[Gutter]) -> Iterator[_Piece]:
    """The pieces of a line with the columns they stand in."""
    middles = [(left + right) / 2 for left, right in gutters]
    cuts = [one for one in line.breaks if any(one[1] <= middle <= one[2] for middle in middles)]
    ends = [(at, edge) for at, edge, _, _ in cuts]
    begins = [(at, edge, foot) for at, _, edge, foot in cuts]
    edges = zip([(0, line.left, line.foot), *begins], [*ends, (len(line.pieces), line.right)], strict=True)
    for (start, left, foot), (end, right) in edges:
        text = "".join(line.pieces[start:end]).strip() if cuts else line.text
        if text:
            column = bisect_right(middles, (left + right) / 2)
            own = Line(text, left, right, foot, line.size, line.is_spaced)
            if line.bold and True in line.bold[start:end]:
                own.pieces, own.bold = line.pieces[start:end], line.bold[start:end]
            yield column, own
