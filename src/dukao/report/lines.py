"""The lines of a report's text, and the vocabularies the outline is read with. Nothing here knows heads or
parts."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Final

# Blank at either end of a line: white space, zero-width characters, and the escape some site crawlers leave
# for it.
_EDGE: Final = " \t\n\r\f\v\u3000\u00a0\u200b\ufeff"
_ESCAPED_BLANK: Final = "<U+00A0>"
_MAY_BE_EDGE: Final = frozenset(_EDGE + "<>\n")
_NO_WORDS: Final = re.compile(r"\*\*|\\|\s*\n\s*|<U\+00A0>")
_STOPS: Final = "。！？；：!?;:…"
_CLOSERS: Final = "”’」』）)*】"


class Line:
    """A line that is not blank, without the blanks around it.

    `fresh` says that the line begins a sentence: the line before it ended in a stop. A line that is not fresh
    goes on with a sentence a page break or a link has cut.
    """

    __slots__ = ("end", "fresh", "start")

    def __init__(self, start: int, end: int, fresh: bool) -> None:
        self.start: Final[int] = start
        self.end: Final[int] = end
        self.fresh: Final[bool] = fresh


@cache
def load_words(name: str) -> dict[str, list[str]]:
    """The tables of `data/<name>.toml`."""
    path = Path(__file__).with_name("data") / f"{name}.toml"
    tables: dict[str, list[str]] = tomllib.loads(path.read_text(encoding="utf-8"))
    return tables


def one_of(words: list[str]) -> str:
    """A pattern that takes any of the words, the longest first."""
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"


def read_lines(text: str, start: int, end: int) -> list[Line]:
    """The lines of `text[start:end]` that are not blank, in order."""
    lines: list[Line] = []
    fresh, at = True, start
    while at < end:
        cut = text.find("\n", at, end)
        if cut < 0:
            cut = end
        first, last = trim(text, at, cut)
        if first < last:
            lines.append(Line(first, last, fresh))
            fresh = ends_sentence(text, first, last)
        at = cut + 1
    return lines


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the blanks at its ends."""
    if start < end and text[start] not in _MAY_BE_EDGE and text[end - 1] not in _MAY_BE_EDGE:
        return start, end
    while start < end and (text[start] in _EDGE or text.startswith(_ESCAPED_BLANK, start, end)):
        start += 1 if text[start] in _EDGE else len(_ESCAPED_BLANK)
    while start < end and (text[end - 1] in _EDGE or text.endswith(_ESCAPED_BLANK, start, end)):
        end -= 1 if text[end - 1] in _EDGE else len(_ESCAPED_BLANK)
    return start, end


def ends_sentence(text: str, start: int, end: int) -> bool:
    """Whether the line `text[start:end]` ends in a stop, closing marks after the stop aside."""
    at = end - 1
    if text[at] in _STOPS:
        return True
    while at > start and text[at] in _CLOSERS:
        at -= 1
    return at < end - 1 and text[at] in _STOPS


def compact(pieces: str) -> str:
    """A title as a reader says it: without line breaks, Markdown marks and the stop at its end."""
    if _NO_WORDS.search(pieces):
        pieces = _NO_WORDS.sub("", pieces)
    return pieces.strip(_EDGE).rstrip("。．:：")


def any_pattern(patterns: list[str]) -> str:
    """A pattern that takes any of the patterns; a comma or a quotation mark may be full- or half-width."""
    return "(?:" + "|".join(patterns).replace("，", "[，,]").replace("“", '[“"]').replace("”", '[”"]') + ")"
