"""One way of writing: full-width forms, odd spaces and traditional characters read as their plain form.

Every character becomes exactly one other, so an offset into the plain text is an offset into the source text.
Only recognition works on the plain text; what is handed out is always cut from the source.
"""

import re
from functools import cache

from dukao.breakdown.vocabulary import vocabulary

# What breaks a line inside a cell of Markdown.
BROKEN = re.compile(r"<br\s*/?>", re.I)
# Little pictures of messages; signs that mark units in a list are not among them.
_PICTURES = (
    (0x1F000, 0x1FAFF),
    (0x2700, 0x2712),
    (0x2728, 0x2733),
    (0x2753, 0x2757),
    (0x2795, 0x27BF),
    (0xFE0F, 0xFE0F),
)
_INNER_SPACE = re.compile(rf"(?:\s|{BROKEN.pattern})+", re.I)


@cache
def _table() -> dict[int, str]:
    letters = vocabulary("letters")
    table = dict.fromkeys((ord(space) for space in letters["spaces"]), " ")
    # How `reading` writes a line break inside a cell.
    table[ord("\v")] = "\n"
    table.update(dict.fromkeys((sign for first, last in _PICTURES for sign in range(first, last + 1)), " "))
    # "1️⃣": a digit in a key, as messages number their lines.
    table[0x20E3] = "、"
    for written, plain in [*letters["forms"], (letters["traditional"], letters["simplified"])]:
        table.update(zip(map(ord, written), plain, strict=True))
    return table


def plain(text: str) -> str:
    """The text in plain letters, of the same length; what breaks a line in a cell reads as line ends."""
    letters = text.translate(_table())
    return BROKEN.sub(lambda tag: "\n" * len(tag.group()), letters) if "<" in letters else letters


def closed_up(text: str) -> str:
    """The text without any white space: names and titles are written with spaces only to fill a line."""
    return _INNER_SPACE.sub("", text)
