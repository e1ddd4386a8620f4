"""The white between the columns of a table that no lines rule: what lines leave of it, how it cuts them."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from dukao.reading.pdf.letters import Line

_WHITE = 0.25  # heights of a letter: the white between columns at least

Gutter = tuple[float, float]
# A piece of a line with the column it stands in.
Piece = tuple[int, Line]


def narrow(gutters: Iterable[Gutter], line: Line) -> list[Gutter]:
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


def cut(line: Line, gutters: Sequence[Gutter]) -> Iterator[Piece]:
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


def parts(line: Line, gutter: Gutter) -> bool:
    """Whether a line has something on both sides of what it leaves white there."""
    return any(left <= gutter[0] and gutter[1] <= right for _, left, right, _ in line.breaks)


def middle(line: Line) -> float:
    """How high the middle of a line stands."""
    return line.foot + line.size / 2


def down(above: Line, below: Line) -> float:
    """How far below a line another one stands."""
    return middle(above) - middle(below)


def usual_step(lines: Sequence[Line]) -> float:
    """The step from one line of a cell to the next: the middle one of those near the shortest.

    Halves, of cells that stand in the middle of their rows, do not count; figures of another font than the
    words around them make steps uneven.
    """
    size = max(line.size for line in lines)
    steps = sorted(step for pair in pairwise(lines) if (step := down(*pair)) > 0.95 * size)
    near = [step for step in steps if step < 1.4 * steps[0]]
    return near[len(near) // 2] if near else 1.3 * size
