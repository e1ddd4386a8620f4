"""Sentences and clauses of running Chinese prose, as spans."""

import re
from typing import NamedTuple


class Clause(NamedTuple):
    """The text between two stops. `stop` is the character that ends it (empty at the end of the passage)."""

    start: int
    end: int
    stop: str


_MARK = re.compile('[，,；;。！!？?：:“‘「『《〈（("【]')
_CLOSING = dict(zip('“‘「『《〈（("【', '”’」』》〉）)"】', strict=True))
_PLAIN_STOPS = frozenset("，；;。！!？?")
# A quotation or bracket longer than this is one whose other half was lost.
_LONGEST_INSET = 80


def _end_of_inset(text: str, opening: int, end: int) -> int:
    """Where the text behind the inset that opens at `opening` begins, -1 where its other half is missing."""
    mark = text[opening]
    closing = _CLOSING[mark]
    close = text.find(closing, opening + 1, min(end, opening + _LONGEST_INSET))
    if close < 0:
        return -1
    # The same mark again before the close: the first was never closed. The straight quotation mark opens
    # and closes alike, so that a full stop or a line break between two of them says they are no pair.
    broken = "。" if mark == closing else mark
    if text.find(broken, opening + 1, close) >= 0 or (mark == closing and "\n" in text[opening:close]):
        return -1
    return close + 1


def _in_number(text: str, at: int, end: int) -> bool:
    """Whether the half-width mark at `at` separates digits (`1,200`, `1:2.5`), and ends nothing."""
    if text[at] == ",":
        return text[at - 1 : at].isdigit() and text[at + 1 : min(end, at + 4)].isdigit() and at + 4 <= end
    return text[at - 1 : at].isdigit() and text[at + 1 : min(end, at + 2)].isdigit()


def _after_space(text: str, at: int, end: int) -> int:
    """The first place from `at` on that is not white space, `end` where there is none."""
    while at < end and text[at].isspace():
        at += 1
    return at


def split_clauses(text: str, start: int, end: int) -> list[Clause]:
    """The clauses of `text[start:end]`, in order, leading white space left out.

    Stops inside quotation marks, book-title marks, brackets and numbers do not count; a mark whose other half
    is missing hides nothing. Every clause is inside `[start, end)`; empty ones are dropped.
    """
    clauses: list[Clause] = []
    at, hidden = start, start
    for found in _MARK.finditer(text, start, end):
        cut = found.start()
        if cut < hidden:
            continue
        mark = text[cut]
        if mark not in _PLAIN_STOPS:
            if mark in _CLOSING:
                hidden = _end_of_inset(text, cut, end)
                continue
            if _in_number(text, cut, end):
                continue
        if at < cut:
            if text[at].isspace():
                at = _after_space(text, at, cut)
            if at < cut:
                clauses.append(Clause(at, cut, mark))
        at = cut + 1
    at = _after_space(text, at, end)
    if at < end:
        clauses.append(Clause(at, end, ""))
    return clauses
