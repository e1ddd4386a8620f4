"""A cell: some text of the document and where each of its characters stands there."""

from collections.abc import Mapping, Set
from dataclasses import dataclass

from dukao.breakdown.lettering import plain


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table, or any stretch of the text read like one.

    `text` is as written, `plain` the same in plain letters and of the same length. `pieces` are the spans
    of the source it was put together from: one, except in drawn tables whose cells run over several lines.
    """

    text: str
    plain: str
    pieces: tuple[tuple[int, int], ...]

    @property
    def start(self) -> int:
        """Where the first character stands."""
        return self.pieces[0][0]

    @property
    def end(self) -> int:
        """Where the last character ends."""
        return self.pieces[-1][1]

    def __bool__(self) -> bool:
        return bool(self.text)

    def at(self, index: int) -> int:
        """The place in the source of the character at `index`."""
        for start, end in self.pieces:
            if index < end - start:
                return start + index
            index -= end - start
        return self.end

    def index_of(self, at: int) -> int:
        """The index of the character that stands at a place in the source."""
        index = 0
        for start, end in self.pieces:
            if at < end:
                return index + max(at - start, 0)
            index += end - start
        return index

    def part(self, start: int, end: int) -> "Cell":
        """The stretch `start:end` of this cell, without white space at its edges."""
        inner = self.text[start:end]
        start += len(inner) - len(inner.lstrip())
        end -= len(inner) - len(inner.rstrip())
        if start >= end:
            return Cell("", "", ((self.at(start), self.at(start)),))
        pieces: list[tuple[int, int]] = []
        offset = 0
        for left, right in self.pieces:
            low, high = max(start - offset, 0), min(end - offset, right - left)
            if low < high:
                pieces.append((left + low, left + high))
            offset += right - left
        return Cell(self.text[start:end], self.plain[start:end], tuple(pieces))


class Sheet:
    """The whole document with its plain letters, from which cells are cut.

    `merged` are the cells that merged ones cover, `bold` where cells begin that are bold as a whole, as in
    `Source`.
    """

    __slots__ = ("bold", "merged", "plain", "text")

    def __init__(
        self, text: str, merged: Mapping[int, tuple[int, int]] | None = None, bold: Set[int] = frozenset()
    ) -> None:
        self.text = text
        self.plain = plain(text)
        self.merged = merged or {}
        self.bold = bold

    def covering(self, cell: Cell) -> Cell | None:
        """The merged cell that an empty one belongs to, where the document says so."""
        span = None if cell else self.merged.get(cell.start)
        return self.cell(*span) if span else None

    def cell(self, start: int, end: int) -> Cell:
        """The cell `start:end`, without white space at its edges."""
        inner = self.text[start:end]
        left = start + len(inner) - len(inner.lstrip())
        right = end - (len(inner) - len(inner.rstrip()))
        if left >= right:
            return Cell("", "", ((start, start),))
        return Cell(self.text[left:right], self.plain[left:right], ((left, right),))

    def joined(self, cells: "list[Cell]") -> Cell:
        """The cells as one, in order: a cell whose text runs over several lines of a drawn table."""
        full = [cell for cell in cells if cell]
        if not full:
            return cells[0]
        pieces = tuple(piece for cell in full for piece in cell.pieces)
        return Cell("".join(c.text for c in full), "".join(c.plain for c in full), pieces)
