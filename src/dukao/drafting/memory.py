"""What breakdowns of the past say: their rows, who led and helped, and which rows a new text is like.

Likeness is the cosine of character bigrams weighed by how rare they are among the rows (TF-IDF).
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from dukao.breakdown.values import Breakdown, LivelihoodContent, Task, UnitRole
from dukao.drafting.names import PlaceNames
from dukao.language.dates import Deadline

_NOISE: Final = re.compile(r"[\s*#，。、；：“”（）()\d.%]")
_NEIGHBOURS: Final = 12
_SHORTEST_MATTER: Final = 4


@dataclass(frozen=True, slots=True)
class PastRow:
    """A row of a past breakdown: what it said, who led it, who took part, which leaders answered for it.

    `limit` is the time limit that stood beside its words.
    """

    id: str
    year: int | None
    text: str
    leads: tuple[str, ...]
    units: tuple[str, ...]
    groups: tuple[str, ...]
    leaders: tuple[tuple[str, str | None], ...]
    is_joint: bool
    limit: Deadline | None = None

    @property
    def said(self) -> str:
        """How the row is cited: 2024年任务二-9."""
        return f"{self.year}年任务{self.id}" if self.year else f"往年任务{self.id}"


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A past row and how like it a text is, from 0 to 1."""

    row: PastRow
    likeness: float


class Memory:
    """The rows of any number of past breakdowns, to be asked which are like a text."""

    def __init__(self, past: Sequence[Breakdown], level: str, place: str | None = None) -> None:
        self.home = (place or "")[:-1]  # 青岚 of 青岚县: no sign of its town of the same name
        raw = [_as_row(item, breakdown.year) for breakdown in past for item in _items(breakdown)]
        leads = [name for row in raw for name in row.leads]
        self.names = PlaceNames(leads, [name for row in raw for name in row.units], level)
        self.rows = tuple(_with_one_name(row, self.names) for row in raw)
        self.lead_counts = Counter(name for row in self.rows for name in row.leads)
        self.unit_counts = Counter(name for row in self.rows for name in row.units)
        self.leader_counts = _count_leaders(self.rows)
        self.together = _count_together(self.rows)
        self.beside = _role_beside(past)
        grams = [Counter(list_bigrams(row.text)) for row in self.rows]
        self._rarity = _weigh(grams)
        self._postings = _post(grams, self._rarity)

    def count_together(self, lead: str, unit: str) -> int:
        """In how many of the rows a unit led another unit or group took part."""
        return self.together[lead][unit] if lead in self.together else 0

    def gave_apart(self, matters: Sequence[str]) -> bool:
        """Whether rows of the past gave each of several matters to another unit: 扬尘治理, 露天禁烧."""
        if len(matters) < 2 or min(map(len, matters)) < _SHORTEST_MATTER:
            return False
        leads = [self._lead_of_row_with(matter, matters) for matter in matters]
        return None not in leads and len(set(leads)) == len(leads)

    def _lead_of_row_with(self, matter: str, matters: Sequence[str]) -> str | None:
        """Who led the newest row that speaks of a matter and of none of the others; None without one."""
        others = [other for other in matters if other != matter]
        for row in sorted(self.rows, key=lambda one: -(one.year or 0)):
            if matter in row.text and row.leads and not any(other in row.text for other in others):
                return row.leads[0]
        return None

    def neighbours(self, text: str) -> tuple[Neighbour, ...]:
        """The rows most like a text, the likest first."""
        if not self.rows:
            return ()
        asked = _unit_vector(Counter(list_bigrams(text)), self._rarity)
        likeness: dict[int, float] = {}
        for gram, weight in asked.items():
            for row, theirs in self._postings.get(gram, ()):
                likeness[row] = likeness.get(row, 0.0) + weight * theirs
        best = sorted(likeness.items(), key=lambda pair: (-pair[1], pair[0]))[:_NEIGHBOURS]
        return tuple(Neighbour(self.rows[row], min(score, 1.0)) for row, score in best)


def list_bigrams(text: str) -> list[str]:
    """The pairs of letters that follow one another, stops and numbers left out."""
    bare = _NOISE.sub("", text)
    return [bare[at : at + 2] for at in range(len(bare) - 1)]


def _items(breakdown: Breakdown) -> Iterable[Task | LivelihoodContent]:
    return (*breakdown.tasks, *breakdown.livelihood)


def lead_units(units: Iterable[UnitRole]) -> tuple[str, ...]:
    """Who leads: by the table where it says so, else by the remark."""
    leads = [unit for unit in units if unit.role == "lead" and not unit.group]
    own = [unit.name for unit in leads if unit.basis != "remark"]
    return tuple(dict.fromkeys(own or [unit.name for unit in leads]))


def _as_row(item: Task | LivelihoodContent, year: int | None) -> PastRow:
    text = item.text if isinstance(item, Task) else f"{item.project}{item.content}"
    return PastRow(
        item.id,
        year,
        "".join(text.split()),
        lead_units(item.units),
        tuple(dict.fromkeys(unit.name for unit in item.units if not unit.group)),
        tuple(dict.fromkeys(unit.name for unit in item.units if unit.group)),
        tuple(dict.fromkeys((leader.name, leader.title) for leader in item.leaders)),
        bool(item.units) and all(unit.basis == "joint" for unit in item.units),
        _limit_beside(item),
    )


def _limit_beside(item: Task | LivelihoodContent) -> Deadline | None:
    """The time limit of a row, where its words do not hold it."""
    words = item.text if isinstance(item, Task) else item.content
    limit = item.deadline
    is_inside = limit is not None and "".join(limit.text.split()) in "".join(words.split())
    return None if is_inside else limit


def _with_one_name(row: PastRow, names: PlaceNames) -> PastRow:
    leads, units = (tuple(dict.fromkeys(map(names.one_name, one))) for one in (row.leads, row.units))
    return replace(row, leads=leads, units=units)


def _count_leaders(rows: Iterable[PastRow]) -> Mapping[str, Counter[tuple[str, str | None]]]:
    """The leaders each lead unit's rows had, counted."""
    counts: dict[str, Counter[tuple[str, str | None]]] = {}
    for row in rows:
        for lead in row.leads:
            counts.setdefault(lead, Counter()).update(row.leaders)
    return counts


def _count_together(rows: Iterable[PastRow]) -> Mapping[str, Counter[str]]:
    """The units and groups that took part in the rows each unit led, counted."""
    counts: dict[str, Counter[str]] = {}
    for row in rows:
        for lead in row.leads:
            others = [unit for unit in (*row.units, *row.groups) if unit != lead]
            counts.setdefault(lead, Counter()).update(others)
    return counts


def _role_beside(past: Sequence[Breakdown]) -> Literal["responsible", "supporting"]:
    """The part units beside a lead mostly had in the last of the past that lists any.

    They help where a place has 牵头单位 and 配合单位 only.
    """
    for breakdown in sorted(past, key=lambda one: -(one.year or 0)):
        led = [item.units for item in _items(breakdown) if any(unit.role == "lead" for unit in item.units)]
        roles = Counter(unit.role for units in led for unit in units if unit.role != "lead")
        if roles:
            return "supporting" if roles["supporting"] > roles["responsible"] else "responsible"
    return "responsible"


def _weigh(grams: Sequence[Counter[str]]) -> Mapping[str, float]:
    seen = Counter(gram for row in grams for gram in row)
    return {gram: math.log((1 + len(grams)) / (1 + count)) + 1.0 for gram, count in seen.items()}


def _post(grams: Sequence[Counter[str]], rarity: Mapping[str, float]) -> dict[str, list[tuple[int, float]]]:
    """For every bigram the rows that have it, with its weight there."""
    postings: dict[str, list[tuple[int, float]]] = {}
    for number, row in enumerate(grams):
        for gram, weight in _unit_vector(row, rarity).items():
            postings.setdefault(gram, []).append((number, weight))
    return postings


def _unit_vector(grams: Counter[str], rarity: Mapping[str, float]) -> dict[str, float]:
    """Weights of length 1; a bigram no row has is as rare as can be."""
    rarest = max(rarity.values(), default=1.0)
    weights = {gram: (1 + math.log(n)) * rarity.get(gram, rarest) for gram, n in grams.items()}
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {gram: weight / length for gram, weight in weights.items()} if length else {}
