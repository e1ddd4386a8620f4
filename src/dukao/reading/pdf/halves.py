"""Pages of a PDF set in two columns, as a gazette is: each column is read as a page of its own."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from dukao.reading.pdf.gutters import Gutter, Piece, cut
from dukao.reading.pdf.letters import Line
from dukao.reading.pdf.pages import Sheet, Table

_FEWEST = 8  # lines on either side
_BOTH = 0.6  # of the lines of the page: so many stand on one side, half of them on each
_HANGING = 0.05  # of the lines
_OVER = 0.1  # of the lines of a page: by no more does it run over the white of the page before
_FULL = 0.6  # of the lines on either side: so many fill their column
_FEW_FULL, _ITEMS = 0.25, 2  # where so many lines on either side begin numbered items, fewer fill it
_ITEM = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,3}[.．、](?!\d)"
)
_ROOM = 2.0  # heights of a letter: a full line leaves no more
_UNEVEN = 0.05  # of both columns: by no more is one wider


@dataclass(slots=True)
class Halves:
    """Parts page after page; the last one, that is not full, is set like the one before."""

    _known: Gutter | None = None

    def part(self, sheet: Sheet) -> Iterator[Sheet]:
        """The page, or what stands across it and its left and right column, in the order they are read."""
        lines = [part for part in sheet.parts if isinstance(part, Line)]
        gutter = self._gutter_of(lines) if len(lines) == len(sheet.parts) else None
        self._known = gutter
        if gutter is None:
            yield sheet
            return
        for is_across, own in groupby(lines, lambda line: _is_across(line, gutter)):
            if is_across:
                across: list[Line | Table] = [*own]
                yield replace(sheet, parts=across)
                continue
            pieces = [piece for line in own for piece in cut(line, [gutter])]
            for side in (0, 1):
                column: list[Line | Table] = [piece for at, piece in pieces if at == side]
                yield replace(sheet, parts=column, side=side + 1)

    def _gutter_of(self, lines: Sequence[Line]) -> Gutter | None:
        gutter = _find_gutter(lines)
        if gutter or not (known := self._known):
            return gutter
        over = sum(_is_across(line, known) for line in lines)
        return known if over <= _OVER * len(lines) else None


def _is_across(line: Line, gutter: Gutter) -> bool:
    middle = (gutter[0] + gutter[1]) / 2
    is_parted = any(left <= middle <= right for _, left, right, _ in line.breaks)
    return line.left < gutter[0] and line.right > gutter[1] and not is_parted


def _find_gutter(lines: Sequence[Line]) -> Gutter | None:
    """The white down the middle of a page between two columns of full lines."""
    left, right = (
        min((line.left for line in lines), default=0.0),
        max((line.right for line in lines), default=0.0),
    )
    middle = (left + right) / 2
    ends = [one for line in lines for _, one, other, _ in line.breaks if one < middle < other]
    begins = [other for line in lines for _, one, other, _ in line.breaks if one < middle < other]
    ends += [line.right for line in lines if line.right < middle]
    begins += [line.left for line in lines if line.left > middle]
    if min(len(ends), len(begins)) < max(_FEWEST, _BOTH * len(lines) / 2):
        return None
    # A stop may hang over the edge of its column.
    few = int(_HANGING * len(lines))
    gutter = sorted(ends)[-1 - few], sorted(begins)[few]
    size = sorted(line.size for line in lines)[len(lines) // 2]
    is_even = abs((gutter[0] - left) - (right - gutter[1])) < _UNEVEN * (right - left)
    if gutter[1] - gutter[0] < size / 2 or not is_even:
        return None
    pieces = [piece for line in lines if not _is_across(line, gutter) for piece in cut(line, [gutter])]
    return gutter if all(_is_prose(pieces, *side, size) for side in ((0, gutter[0]), (1, right))) else None


def _is_prose(pieces: Sequence[Piece], side: int, edge: float, size: float) -> bool:
    """Whether most lines of a column fill it, or some do and others begin items."""
    own = [piece for column, piece in pieces if column == side]
    items = sum(_ITEM.match(piece.text) is not None for piece in own)
    least = _FEW_FULL if items >= _ITEMS else _FULL
    return sum(edge - piece.right < _ROOM * size for piece in own) > least * len(own)
