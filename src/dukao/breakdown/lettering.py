"""One way of writing: full-width forms, odd spaces and traditional characters read as their plain form.

Every character becomes exactly one other, so an offset into the plain text is an offset into the source text.
Only recognition works on the plain text; what is handed out is always cut from the source.
"""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

# Markdown breaks a line inside a cell with a tag.
_BROKEN = re.compile(r"<br\s*/?>", re.I)
_INNER_SPACE = re.compile(rf"(?:\s|{_BROKEN.pattern})+", re.I)


@cache
def vocabulary(name: str) -> dict[str, Any]:
    """The vocabulary `data/NAME.toml` of this room."""
    return tomllib.loads((files(__package__) / "data" / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def _table() -> dict[int, str]:
    letters = vocabulary("letters")
    table = dict.fromkeys((ord(space) for space in letters["spaces"]), " ")
    for written, plain in [*letters["forms"], (letters["traditional"], letters["simplified"])]:
        table.update(zip(map(ord, written), plain, strict=True))
    return table


def plain(text: str) -> str:
    """The text in plain letters, of the same length; a tag that breaks a line reads as line ends."""
    letters = text.translate(_table())
    return _BROKEN.sub(lambda tag: "\n" * len(tag.group()), letters) if "<" in letters else letters


def closed_up(text: str) -> str:
    """The text without any white space: names and titles are written with spaces only to fill a line."""
    return _INNER_SPACE.sub("", text)
