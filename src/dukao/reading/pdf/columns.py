"""Tables of a PDF page that no lines rule: columns told by the white between them.

A table is found by a line that is set in three pieces or more. What follows, and what stands before, belongs
to it as long as the white between those pieces stays white: prose runs over it, and ends the table. A line
set across the columns, below which they go on, is a row of its own (`banners`): a leader, a section.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from dukao.reading.pdf.gutters import Gutter, cut, down, narrow, parts, usual_step
from dukao.reading.pdf.letters import Line
from dukao.reading.pdf.pages import Table
from dukao.reading.pdf.rules import Rule
from dukao.reading.pdf.unruled import Known, Rows

_FEWEST_GUTTERS, _FEWEST_LINES = 2, 3
# In heights of a letter: the white between columns at least, where a table is found, and at one place there.
_WIDER, _APART = 0.45, 1.4
_FURTHER = 1.25  # times the step from line to line: a row, or what stands outside, begins
_FAR = 2.4  # heights of a letter: what stands alone
_CENTRED = 2.5  # heights of a letter: what stands in the middle of the table, about
_AHEAD = 5  # lines below a banner in which the columns show again

# A page of more lines, or of more white in its lines, is no table that a person reads.
_MOST_LINES, _MOST_BREAKS = 1_000, 3_000
_FIRST_LINES = 12  # of a table, in which the white between its columns shows
# What a line across the columns says where it is too short to run over them.
_HEADING = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十]{1,3}[章节部篇])\s*\S{2}"
    r"|(?:牵头|责任|分管|包抓|包联)(?:[市县区]?领导)[:：]|.{2,24}(?:牵头|领衔|包抓|负责)(?:的?(?:重点)?(?:工作|任务|事项|项目))?$"
)


class _Above(Protocol):
    """The table of the page before, that may go on."""

    gutters: list[Gutter]
    step: float


@dataclass(slots=True)
class Finder:
    """Finds the tables of page after page; one may go on over the page without its heads.

    `unsure` counts those whose rows or merged cells could not be told for certain.
    """

    unsure: int = 0
    _open: "_Region | None" = None
    _known: Known = field(default_factory=Known)

    def find(self, lines: Sequence[Line], across: Sequence[Rule]) -> list[Line | Table]:
        """The lines with those of tables put together; `across` are lines drawn from side to side."""
        found: list[Line | Table] = []
        at, begun, above, columns = 0, 0, self._open, 0
        self._open = None
        if len(lines) > _MOST_LINES or sum(len(line.breaks) for line in lines) > _MOST_BREAKS:
            return [*lines]
        while at < len(lines):
            region = _Region(lines, at, begun, above if at < _FEWEST_LINES and not begun else None)
            rows = _rows_of(region, across, self._known) if region.end else None
            if rows and rows.levels:
                del found[len(found) - (at - region.start) :]
                found.append(rows.lay())
                # A table that ends where one of fewer columns begins: they are one, and cut wrongly.
                is_broken = bool(found) and region.start == begun and len(region.gutters) < columns
                columns = len(region.gutters)
                self.unsure += rows.is_unsure or is_broken
                # What stands alone at the foot of the page may be a head of the rows on the next one.
                self._open = region if region.end >= len(lines) - 1 else None
                self._known = rows.known()
                at = begun = region.end
            else:
                # What runs into one another is looked at once.
                self.unsure += bool(region.end)
                end = max(region.end, at + 1)
                found += lines[at:end]
                begun = end if region.end else begun
                at = end
        return found


def _rows_of(region: "_Region", across: Sequence[Rule], known: Known) -> Rows:
    before = known if region.goes_on else Known()
    head = tuple(piece.text for _, piece in cut(region.lines[region.start], region.gutters))
    # Heads that come again on every page are no part of the row that the page cut in two.
    is_again = before.key is not None and head == before.head and region.end > region.start + 1
    start = region.start + is_again
    lines = region.lines[start : region.end]
    banners = {at - start for at in region.banners}
    rows = Rows(lines, region.gutters, banners, across, goes_on=region.goes_on, before=before)
    rows.head = before.head or head
    return rows


class _Region:
    """The lines that make a table with the line `at`: from `start` to `end`, 0 where there is none.

    `begun` is how far up it may reach, `above` the table of the page before that may go on here: `goes_on`.
    """

    def __init__(self, lines: Sequence[Line], at: int, begun: int, above: _Above | None) -> None:
        self.lines, self.start, self.end = lines, at, 0
        self.banners: set[int] = set()
        first = lines[at]
        own = [(left, right) for _, left, right, _ in first.breaks if right - left > _WIDER * first.size]
        if not any(right - left > _APART * first.size for left, right in own):
            own = []
        known: list[Gutter] = above.gutters if above else []
        self.goes_on = bool(known) and len(narrow(known, first)) == len(known)
        # The rest of a row that the page cut in two begins with no number.
        if not own and (at or {column for column, _ in cut(first, known)} == {0}):
            self.goes_on = False
        self.gutters: list[Gutter] = narrow(known, first) if self.goes_on else own
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
            if self._is_banner(at):
                self.banners.add(at)
                continue
            kept = narrow(self.gutters, self.lines[at])
            if self.goes_on or in_pieces >= _FEWEST_LINES or len(kept) < _FEWEST_GUTTERS:
                if not self._takes(at):
                    break
            elif not self._stands_alone(at):
                self.gutters = kept
            else:
                break
            if len(self.columns(at)) > 1:
                in_pieces, last = in_pieces + 1, at
        self.banners = {one for one in self.banners if one < last}
        if in_pieces >= fewest:
            self.step = self._known_step or usual_step(self.lines[self.start : last + 1])
            self.end = last + 1
            while self.end < at and self._step(self.end) < _FURTHER * self.step:
                self.end += 1

    def _is_banner(self, at: int) -> bool:
        """Whether a line in one piece is set across the columns, which go on below it."""
        line = self.lines[at]
        if any(right - left > _APART * line.size for _, left, right, _ in line.breaks):
            return False
        is_over = len(narrow(self.gutters, line)) < len(self.gutters)
        return (is_over or self._is_short_banner(at)) and self._goes_on_below(at)

    def _is_short_banner(self, at: int) -> bool:
        """Whether a line that runs over nothing stands in the middle of the table and reads as a head."""
        line = self.lines[at]
        if not _HEADING.match(line.text):
            return False
        shown = self.lines[self.start : at + 1]
        middle = (min(one.left for one in shown) + max(one.right for one in shown)) / 2
        return abs((line.left + line.right) / 2 - middle) < _CENTRED * line.size

    def _goes_on_below(self, at: int) -> bool:
        """Whether below a line, or below the one that follows, the columns show again."""
        over, seen = 0, set[int]()
        for line in self.lines[at + 1 : at + 1 + _AHEAD]:
            kept = narrow(self.gutters, line)
            if len(kept) < max(_FEWEST_GUTTERS, len(self.gutters) - 1):
                over += 1
                if over > 1 or seen:
                    return False
            else:
                seen |= {column for column, _ in cut(line, kept)}
        return len(seen) > _FEWEST_GUTTERS

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
        own = range(self.start, self.end)
        lines = [self.lines[at] for at in own if at not in self.banners]
        found = list(self.gutters)
        for line in lines[:_FIRST_LINES]:
            for _, left, right, _ in line.breaks:
                shared: list[Gutter] = [(left, right)]
                for other in lines:
                    shared = narrow(shared, other)
                if shared and all(shared[0][1] <= one or other <= shared[0][0] for one, other in found):
                    between = sum(parts(one, shared[0]) for one in lines)
                    found += shared if between >= _FEWEST_LINES else []
        return sorted(found)

    def _takes(self, at: int) -> bool:
        """Take a line, and leave less white, if it leaves some between all columns."""
        kept = narrow(self.gutters, self.lines[at])
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
        return down(self.lines[at - 1], self.lines[at]) if at else float("inf")

    def columns(self, at: int) -> set[int]:
        """The columns a line has something in."""
        return {column for column, _ in cut(self.lines[at], self.gutters)}
