"""Sentences and clauses of running Chinese prose, as spans."""

import re
import sys
from collections.abc import Iterator
from typing import Final, NamedTuple


class Clause(NamedTuple):
    """The text between two stops. `stop` is the character that ends it (empty at the end of the passage)."""

    start: int
    end: int
    stop: str


# A quotation or bracket with more inside than this is one whose other half was lost.
_INSIDE: Final = "{0,80}+"
_PLAIN: Final = r"[^，,；;。.！!？?：:“‘《（(\"]"
_INSETS: Final = "|".join(
    [
        f"“[^“”]{_INSIDE}”",
        f"‘[^‘’]{_INSIDE}’",
        f"《[^《》]{_INSIDE}》",
        f"（[^（）]{_INSIDE}）",
        rf"\([^()]{_INSIDE}\)",
        # The straight mark opens and closes alike: a full stop between two says they are no pair.
        rf'"[^"。\n]{_INSIDE}"',
    ]
)
_OPENING: Final = '[“‘《（("]'
_IN_NUMBER: Final = r"(?<=\d)(?:,(?=\d[\d\s]{0,4}\d)|[:：](?=\d))"
# A half-width point is a full stop only between Chinese and Chinese: not in 4.5, in 1.新建…, in Wi-Fi 6.0.
_POINT: Final = r"(?:(?<=[\dA-Za-z])\.|\.(?![一-龥]))"
# CPython before 3.11.5 loses its place in a group repeated possessively; a plain repeat reads the same.
_HOLD: Final = "+" if sys.version_info >= (3, 11, 5) else ""
_REST: Final = rf"(?:(?:{_INSETS}|{_IN_NUMBER}|{_POINT}|{_OPENING}){_PLAIN}*+)"
# No clause begins with one of these: looking first is quicker than trying both ways at every stop.
_NO_BEGINNING: Final = r"(?=[^，；;。！!？?\s])"
_CLAUSE: Final = re.compile(rf"{_NO_BEGINNING}(?:{_PLAIN}++{_REST}*{_HOLD}|{_REST}+{_HOLD})")


def find_clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The spans of the clauses of `text[start:end]`, in order; the stop of each is the character at its end.

    Stops inside quotation marks, book-title marks, brackets and numbers do not count; a mark whose other half
    is missing hides nothing. Leading white space is left out, and empty clauses with it.
    """
    return map(re.Match.span, _CLAUSE.finditer(text, start, end))


class Clauses:
    """The clauses of one text, every stretch of which is read once, whoever asks for it."""

    __slots__ = ("known", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.known: dict[int, tuple[int, list[int]]] = {}

    def within(self, start: int, end: int) -> list[int]:
        """What `find_clauses` gives for `text[start:end]`, start and end of one clause after another.

        Numbers side by side are no burden on the collector of garbage, as hundreds of pairs would be.
        """
        known = self.known.get(start)
        if known is not None and known[0] == end:
            return known[1]
        spans: list[int] = []
        for found in _CLAUSE.finditer(self.text, start, end):
            spans.extend(found.span())
        self.known[start] = (end, spans)
        return spans


def split_clauses(text: str, start: int, end: int) -> list[Clause]:
    """The clauses of `text[start:end]` as `find_clauses` gives them, each with the stop that ends it."""
    return [Clause(a, b, text[b : b + 1] if b < end else "") for a, b in find_clauses(text, start, end)]
