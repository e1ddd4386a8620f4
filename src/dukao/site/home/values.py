"""What the first page is made of."""

from dataclasses import dataclass
from typing import NamedTuple

from dukao.site.history.telling import Told
from dukao.site.ledger.queries.grouping import Block


class Word(NamedTuple):
    """A piece of a sentence; a figure leads to what it counts."""

    text: str
    href: str = ""


class Figure(NamedTuple):
    """A number of the year, what it counts, and where that is."""

    number: int
    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One role's answer: a sentence, what waits for this person, and what is behind it.

    `calm` is said where nothing waits; `rooms` are the few places one goes on to from here.
    """

    sentence: tuple[Word, ...]
    waiting: tuple[Word, ...] = ()
    calm: str = ""
    figures: tuple[Figure, ...] = ()
    blocks: tuple[Block, ...] = ()
    blocks_title: str = ""
    entries: tuple[Told, ...] = ()
    warning: str = ""
    rooms: tuple[Word, ...] = ()
