"""What the lines of a table without lines are cut into, and what its rows are counted by."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dukao.reading.pdf.gutters import Gutter, Piece, cut, down, usual_step
from dukao.reading.pdf.letters import Line, has_room
from dukao.reading.pdf.numbers import part_numbers

FURTHER = 1.25  # times the step from line to line: a row begins, whatever else
MORE = 0.08  # of that step: what stands so much further apart than lines of a cell do
COUNTER = re.compile(
    r"[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）]?[.、．。]?|第?[\d一二三四五六七八九十]{1,3}项"
)
_COUNTED = 0.6  # of what stands in the column that numbers the rows


@dataclass(slots=True)
class Anchor:
    """What every row has one of: its number, or a line set across; `line` is where it stands among all."""

    at: int
    line: Line
    is_banner: bool = False


class Cut:
    """Lines cut at the white between columns: `pieces` line by line and `by_column`, the `step` from line to
    line, the column that numbers rows (`key`), `anchors` from the top, the `last` number set right before
    words.

    `banners` are lines set across; `key` and `after` what the page before told of both.
    """

    def __init__(
        self,
        lines: Sequence[Line],
        gutters: Sequence[Gutter],
        banners: Collection[int],
        *,
        key: int | None,
        after: int | None,
    ) -> None:
        self.lines, self.gutters, self.banners = lines, gutters, banners
        self.pieces: list[list[Piece]] = [
            [(0, line)] if at in banners else [*cut(line, gutters)] for at, line in enumerate(lines)
        ]
        self.last: int | None = None
        if parted := part_numbers(self.pieces, after=after):
            self.pieces = parted
            numbers = [piece.text for own in parted for column, piece in own if column == 0]
            self.last = int(numbers[-1]) if numbers and numbers[-1].isdecimal() else after
        self.by_column: list[list[Line]] = [[] for _ in range(len(gutters) + 1)]
        for at, own in enumerate(self.pieces):
            for column, piece in own if at not in banners else ():
                self.by_column[column].append(piece)
        self.step = self._find_step()
        self.key = self._find_key() if key is None else key
        self.anchors = self._find_anchors()

    def _find_step(self) -> float:
        """The step from line to line within cells: the middle one of the shortest, column by column."""
        steps = sorted(
            step
            for own in self.by_column
            for above, below in pairwise(own)
            if (step := down(above, below)) > 0.95 * max(above.size, below.size)
        )
        near = [step for step in steps if step < (1 + MORE) * steps[0]]
        return near[len(near) // 2] if near else usual_step(self.lines)

    def _find_key(self) -> int | None:
        """The first column that numbers the rows: nearly all it holds below its head are counters."""
        for column, own in enumerate(self.by_column):
            counters = sum(COUNTER.fullmatch(piece.text) is not None for piece in own)
            if counters > 1 and counters >= _COUNTED * len(own):
                return column
        return None

    def _find_anchors(self) -> list[Anchor]:
        anchors: list[Anchor] = []
        for at, own in enumerate(self.pieces):
            if at in self.banners:
                if not self._goes_on_in(anchors, at):
                    anchors.append(Anchor(at, self.lines[at], is_banner=True))
                continue
            piece = next((piece for column, piece in own if column == self.key), None)
            if piece and not self._is_rest(anchors, piece):
                anchors.append(Anchor(at, piece))
        return anchors

    def _goes_on_in(self, anchors: list[Anchor], at: int) -> bool:
        """Whether a line across goes on with the one before, which was full."""
        if not anchors or not anchors[-1].is_banner or at - 1 not in self.banners:
            return False
        above, widest = self.lines[at - 1], max(line.right for line in self.lines)
        return not has_room(above, widest - above.right, self.lines[at].text)

    def _is_rest(self, anchors: list[Anchor], piece: Line) -> bool:
        """Whether a piece is the rest of the number or head above it ("序" above "号")."""
        if not anchors or anchors[-1].is_banner or COUNTER.fullmatch(piece.text):
            return False
        return down(anchors[-1].line, piece) < FURTHER * self.step
