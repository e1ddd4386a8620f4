"""How good a draft is, by a breakdown that is known: its rows are hidden and proposed anew from the others.

Hidden are random fifths, or, which is the true case, whole sections of the report in turn. Rows of the same
words are hidden together, and livelihood projects, which repeat the rows, are no help. Three baselines stand
beside: the commonest lead unit, the nearest past row, and the vocabulary alone.
"""

import math
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, Literal

from dukao.breakdown.values import Breakdown, Task
from dukao.drafting.drafter import head_above
from dukao.drafting.memory import Memory, lead_units
from dukao.drafting.names import are_same, level_of
from dukao.drafting.proposing import Proposer
from dukao.report.values import Report

Hiding = Literal["fifths", "sections"]

_SEED: Final = 20240204
_FIFTHS: Final = 5
_GUESSES: Final = 3
_BINS: Final = (0.0, 0.4, 0.6, 0.8, 0.9, 1.01)
_Z: Final = 1.96


@dataclass(frozen=True, slots=True)
class Guess:
    """What one way of drafting says of a row: leads and leaders (likeliest first), and the set of units."""

    leads: tuple[tuple[str, float], ...]
    leaders: tuple[tuple[str, float], ...]
    units: frozenset[str]


@dataclass(frozen=True, slots=True)
class Scored:
    """A hidden row and what was guessed of it; `is_new`: its lead leads none of the rows that were not."""

    row: Task
    guess: Guess
    is_new: bool

    @property
    def rank(self) -> int | None:
        """At which guess the lead unit was found, from 0; None where it was not."""
        leads = lead_units(self.row.units)
        guesses = (any(are_same(guess, lead) for lead in leads) for guess, _ in self.guess.leads)
        return next((rank for rank, found in enumerate(guesses) if found), None)

    @property
    def has_leader(self) -> bool:
        """Whether the first leader guessed is one of the row's."""
        names = {leader.name for leader in self.row.leaders}
        return bool(self.guess.leaders) and self.guess.leaders[0][0] in names


@dataclass(frozen=True, slots=True)
class Figures:
    """One way of drafting on all hidden rows; shares from 0 to 1, `leader` None where it guesses none."""

    name: str
    rows: int
    first: float
    among_three: float
    leader: float | None
    units: float
    new_rows: int
    new_first: float
    new_among_three: float


@dataclass(frozen=True, slots=True)
class Bin:
    """The guesses of one range of confidence: how many, how many right, and the interval (Wilson, 95%)."""

    low: float
    high: float
    count: int
    right: int

    @property
    def interval(self) -> tuple[float, float]:
        """Between what the share of right guesses lies."""
        if not self.count:
            return 0.0, 1.0
        n, share = self.count, self.right / self.count
        middle = share + _Z**2 / (2 * n)
        reach = _Z * math.sqrt(share * (1 - share) / n + _Z**2 / (4 * n * n))
        whole = 1 + _Z**2 / n
        return max(0.0, (middle - reach) / whole), min(1.0, (middle + reach) / whole)


@dataclass(frozen=True, slots=True)
class Measured:
    """One way of hiding: the figures of the draft and of its baselines, and what its confidence was worth."""

    figures: tuple[Figures, ...]
    lead_bins: tuple[Bin, ...]
    leader_bins: tuple[Bin, ...]


def measure_drafting(report: Report, breakdown: Breakdown, hiding: Hiding) -> Measured:
    """The draft and its baselines on the rows of a breakdown that was held against the report."""
    level = level_of(report.place, report.level)
    scored: dict[str, list[Scored]] = {}
    for hidden, rest in _hide(report, breakdown, hiding):
        known = {lead for task in rest.tasks for lead in lead_units(task.units)}
        for name, guess in _ways(rest, level).items():
            for row in hidden:
                is_new = not any(are_same(lead, other) for lead in lead_units(row.units) for other in known)
                scored.setdefault(name, []).append(Scored(row, guess(_words(row)), is_new))
    figures = tuple(_count(name, rows) for name, rows in scored.items())
    ours = scored[_OURS]
    leads = [(one.guess.leads[0][1], one.rank == 0) for one in ours if one.guess.leads]
    led = [one for one in ours if one.row.leaders and one.guess.leaders]
    leaders = [(one.guess.leaders[0][1], one.has_leader) for one in led]
    return Measured(figures, _fill_bins(leads), _fill_bins(leaders))


_OURS: Final = "起草（词汇加往年）"


def _ways(rest: Breakdown, level: str) -> dict[str, Callable[[str], Guess]]:
    """Every way of drafting by its name, each having learned from the rest."""
    memory = Memory([rest], level)
    learned, bare = Proposer([rest], level), Proposer([], level)
    leads = memory.lead_counts.most_common(_GUESSES)
    leaders = Counter(leader.name for task in rest.tasks for leader in task.leaders).most_common(1)
    commonest = Guess(
        tuple((name, 0.0) for name, _ in leads),
        tuple((name, 0.0) for name, _ in leaders),
        frozenset(name for name, _ in leads[:1]),
    )
    return {
        "最常牵头的单位": lambda text: commonest,
        "最近的往年任务": lambda text: _guess_nearest(text, memory),
        "只用词汇": lambda text: _guess(text, bare),
        _OURS: lambda text: _guess(text, learned),
    }


def _guess(text: str, proposer: Proposer) -> Guess:
    leads = tuple(proposer.rank_leads(text)[:_GUESSES])
    units = frozenset(unit.name for unit in proposer.propose(text).units)
    return Guess(leads, tuple(proposer.rank_leaders(text)[:1]), units)


def _guess_nearest(text: str, memory: Memory) -> Guess:
    near = [one.row for one in memory.neighbours(text)]
    leads = list(dict.fromkeys(lead for row in near for lead in row.leads))
    first = near[0] if near else None
    return Guess(
        tuple((lead, 0.0) for lead in leads[:_GUESSES]),
        tuple((name, 0.0) for name, _ in (first.leaders if first else ())),
        frozenset((*first.units, *first.groups) if first else ()),
    )


def _count(name: str, rows: Sequence[Scored]) -> Figures:
    new = [row for row in rows if row.is_new]
    led = [row for row in rows if row.row.leaders]
    guesses_leaders = any(row.guess.leaders for row in rows)
    return Figures(
        name,
        len(rows),
        _share(row.rank == 0 for row in rows),
        _share(row.rank is not None for row in rows),
        _share(row.has_leader for row in led) if guesses_leaders else None,
        _units_f1(rows),
        len(new),
        _share(row.rank == 0 for row in new),
        _share(row.rank is not None for row in new),
    )


def _units_f1(rows: Sequence[Scored]) -> float:
    """F1 of the sets of units, lead among them, all rows taken together."""
    right = guessed = known = 0
    for row in rows:
        units = {unit.name for unit in row.row.units}
        right += sum(any(are_same(unit, guess) for guess in row.guess.units) for unit in units)
        guessed += len(row.guess.units)
        known += len(units)
    return 2 * right / (guessed + known) if guessed + known else 0.0


def _share(right: Iterable[bool]) -> float:
    marks = list(right)
    return sum(marks) / len(marks) if marks else 0.0


def _fill_bins(guesses: Sequence[tuple[float, bool]]) -> tuple[Bin, ...]:
    bins = []
    for low, high in pairwise(_BINS):
        marks = [right for sure, right in guesses if low <= sure < high]
        bins.append(Bin(low, min(high, 1.0), len(marks), sum(marks)))
    return tuple(bins)


def _hide(report: Report, breakdown: Breakdown, hiding: Hiding) -> Iterator[tuple[list[Task], Breakdown]]:
    """The rows hidden in turn that have a lead, and the breakdown without them."""
    if hiding == "sections":
        for key, rest in rest_of_sections(report, breakdown):
            hidden = [task for task in breakdown.tasks if section_of(report, task.source_spans) == key]
            yield _with_lead(hidden), rest
        return
    texts = sorted({_words(task) for task in breakdown.tasks})
    random.Random(_SEED).shuffle(texts)
    for number in range(_FIFTHS):
        chosen = set(texts[number::_FIFTHS])
        hidden = [task for task in breakdown.tasks if _words(task) in chosen]
        yield _with_lead(hidden), _without(breakdown, hidden)


def rest_of_sections(report: Report, breakdown: Breakdown) -> Iterator[tuple[str, Breakdown]]:
    """For every section of the plan the breakdown without the rows that go back to it."""
    keys = [section_of(report, task.source_spans) for task in breakdown.tasks]
    for key in dict.fromkeys(sorted(keys)):
        hidden = [task for task, own in zip(breakdown.tasks, keys, strict=True) if own == key]
        yield key, _without(breakdown, hidden)


def _without(breakdown: Breakdown, hidden: Sequence[Task]) -> Breakdown:
    texts = {_words(task) for task in hidden}
    rest = tuple(task for task in breakdown.tasks if _words(task) not in texts)
    return replace(breakdown, tasks=rest, livelihood=())


def _with_lead(tasks: Iterable[Task]) -> list[Task]:
    return [task for task in tasks if lead_units(task.units)]


def section_of(report: Report, spans: Sequence[tuple[int, int]]) -> str:
    """The id of the head a row is grouped by; nothing for a row the report does not have."""
    if not spans:
        return ""
    at = spans[0][0]
    around = [section for section in report.outline if section.start <= at < section.body_end]
    inner = max(around, key=lambda section: (section.level, section.start), default=None)
    head = head_above(inner.id, {section.id: section for section in report.outline}) if inner else None
    return head.id if head else ""


def _words(task: Task) -> str:
    return "".join(task.text.split())
