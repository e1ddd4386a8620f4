"""What the first page is made of."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from dukao.site.history.telling import Told
from dukao.site.ledger.models import Breakdown
from dukao.site.ledger.queries.grouping import Block
from dukao.site.supervision.seeing.queries import Outlook


class Word(NamedTuple):
    """A piece of a sentence; a figure leads to what it counts."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Wait:
    """What waits for this person: `count` things, named by `words` after the figure, until `due`."""

    count: int
    words: str
    href: str
    due: date | None = None
    until: str = ""  # how near the day is, in words; like `is_late` said by `answers`
    is_late: bool = False


class Figure(NamedTuple):
    """A number of the year, what it counts, and where that is."""

    number: int
    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One role's answer: a sentence, what waits for this person, and what is behind it.

    The sentence opens the page where nothing waits, else it follows what waits; `idle` is a sentence that
    only says so. `calm` is said where nothing waits; where an `outlook` is given, what is behind
    stands before the `blocks`; `rooms` are the few places one goes on to from here.
    """

    sentence: tuple[Word, ...]
    waiting: tuple[Wait, ...] = ()
    is_idle: bool = False
    calm: str = ""
    figures: tuple[Figure, ...] = ()
    figures_title: str = ""
    steps: tuple[Breakdown, ...] = ()
    outlook: Outlook | None = None
    blocks: tuple[Block, ...] = ()
    blocks_title: str = ""
    entries: tuple[Told, ...] = ()
    warning: str = ""
    facts: tuple[tuple[str, tuple[Word, ...]], ...] = ()
    rooms: tuple[Word, ...] = ()
    opening: tuple[Word, ...] = ()  # what waits, in one sentence; said by `answers`
