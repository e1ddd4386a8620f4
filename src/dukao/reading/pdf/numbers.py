"""Numbers of rows that stand right before the words of the next column, as sheets print them."""

import re
from collections.abc import Sequence

from dukao.reading.pdf.gutters import Piece
from dukao.reading.pdf.letters import Line

_HEAD = re.compile(r"序\s*号?|编\s*号|[Nn][Oo]\.?")
_DIGITS = re.compile(r"\d{1,4}")
_BEFORE = 0.3  # heights of a letter: so much further left than words does a number begin


def part_numbers(lines: Sequence[list[Piece]], *, after: int | None) -> list[list[Piece]] | None:
    """The pieces of the lines, the numbers that the second column begins with in the first, empty one.

    They count on from `after`, the last one of the page before; where none is known a head stands over them.
    None where there are no such numbers.
    """
    first = [piece for own in lines for column, piece in own if column == 0]
    second = [piece for own in lines for column, piece in own if column == 1]
    is_headed = bool(first) and _HEAD.fullmatch(first[0].text) is not None
    if len(first) > 1 or not second or (after is None and not is_headed):
        return None
    edges = [piece.left for piece in second if not piece.text[0].isdecimal()]
    if not edges:
        return None
    edge, count = max(edges), after or 0
    parted: list[list[Piece]] = []
    for own in lines:
        row: list[Piece] = []
        for column, piece in own:
            is_numbered = column == 1 and piece.left < edge - _BEFORE * piece.size
            if is_numbered and _DIGITS.match(piece.text):
                count += 1
                if not piece.text.startswith(str(count)):
                    return None
                row += _part(piece, len(str(count)), edge)
            else:
                row.append((column, piece))
        parted.append(row)
    return parted if count - (after or 0) > 1 or after is not None else None


def _part(piece: Line, digits: int, edge: float) -> list[Piece]:
    number = Line(piece.text[:digits], piece.left, min(piece.right, edge), piece.foot, piece.size)
    rest = piece.text[digits:].lstrip()
    if not rest:
        return [(0, number)]
    return [(0, number), (1, Line(rest, edge, piece.right, piece.foot, piece.size, piece.is_spaced))]
