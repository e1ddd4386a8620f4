"""Sentences and clauses of running Chinese prose, as spans."""

import re
from typing import NamedTuple


class Clause(NamedTuple):
    """The text between two stops. `stop` is the character that ends it (empty at the end of the passage)."""

    start: int
    end: int
    stop: str


# A stop, or something whose inside is not looked at: a quotation, a bracket, a number with separators.
_STOP = re.compile(
    r"“[^”\n]{0,80}”|《[^》\n]{0,80}》|（[^（）\n]{0,120}）|\([^()\n]{0,120}\)|\d,(?=\d{3})|([，,；;。！!？?：:])"
)


def split_clauses(text: str, start: int, end: int) -> list[Clause]:
    """The clauses of `text[start:end]`, in order, leading white space left out.

    Commas inside quotation marks, book-title marks, brackets and numbers do not count. Every clause is inside
    `[start, end)`; empty ones are dropped.
    """
    clauses: list[Clause] = []
    at = start
    for found in _STOP.finditer(text, start, end):
        stop = found.group(1)
        if stop is None:
            continue
        cut = found.start()
        while at < cut and text[at].isspace():
            at += 1
        if at < cut:
            clauses.append(Clause(at, cut, stop))
        at = cut + 1
    while at < end and text[at].isspace():
        at += 1
    if at < end:
        clauses.append(Clause(at, end, ""))
    return clauses
