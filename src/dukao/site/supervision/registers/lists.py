"""A list of one year as its page shows it: what is chosen by which facets, what the first sentence says."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlencode

from dukao.progress.values import Light
from dukao.site.people.access import Viewer
from dukao.site.supervision.registers.access import Kept
from dukao.site.supervision.registers.items import CLOSED, DRAFT, OUT, Row, item_states, read_items
from dukao.site.supervision.registers.terms import Terms
from dukao.site.supervision.seeing.values import SAID, Counts, count_lights

_SOON = timedelta(days=7)
_LIMITS = {"over": "已逾期", "soon": "7日内到期", "later": "未到期", "none": "未定时限"}
FACETS = {"stage": "步骤", "unit": "牵头单位", "limit": "时限", "light": "进度"}


class Choice(NamedTuple):
    """One value of a facet: in the address, in words, with how many items it would show."""

    value: str
    words: str
    items: int
    is_on: bool
    query: str


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow a list."""

    name: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class ListPage:
    """A list of a year on a day; `rows` are those in force that were chosen, of `all` with the drafts."""

    kept: Kept
    year: int
    years: tuple[int, ...]
    day: date
    all: tuple[Row, ...]
    rows: tuple[Row, ...]
    facets: tuple[Facet, ...]
    chosen: Mapping[str, str]

    @property
    def in_force(self) -> list[Row]:
        """The items that were put in force."""
        return [one for one in self.all if not one.is_draft]

    @property
    def is_dated(self) -> bool:
        """Whether any item has a day to keep."""
        return any(one.due for one in self.in_force)

    @property
    def has_leaders(self) -> bool:
        """Whether any item in force is led by somebody."""
        return any(one.leader for one in self.in_force)

    @property
    def drafts(self) -> list[Row]:
        """What waits to be put in force."""
        return [one for one in self.all if one.is_draft]

    @property
    def counts(self) -> Counts:
        """The items in force by their light."""
        return count_lights(one.lights for one in self.all if one.lights)

    @property
    def over(self) -> int:
        """How many are past the day of their next step."""
        return sum(limit_of(one, self.day) == "over" for one in self.all)

    @property
    def objected(self) -> list[Row]:
        """What a unit objected to, and nobody has settled."""
        return [one for one in self.all if one.objected]


def read_list(
    viewer: Viewer,
    kept: Kept,
    year: int,
    day: date,
    now: datetime,
    chosen: Mapping[str, str] | None = None,
    moment: datetime | None = None,
) -> ListPage:
    """A list of a year, narrowed by what was chosen of its facets."""
    chosen = {name: value for name, value in (chosen or {}).items() if name in FACETS and value}
    every = read_items(viewer, kept, day, now, moment, task__year=year)
    years = years_of(viewer, kept, moment)
    in_force = [row for row in every if not row.is_draft]
    return ListPage(
        kept,
        year,
        years,
        day,
        tuple(every),
        tuple(_narrow(in_force, chosen, day)),
        tuple(_facets(kept.terms, in_force, chosen, day)),
        chosen,
    )


def years_of(viewer: Viewer, kept: Kept, moment: datetime | None = None) -> tuple[int, ...]:
    """The years a list has items of that this viewer sees, the newest first."""
    years = item_states(viewer, kept, moment).order_by().values_list("task__year", flat=True).distinct()
    return tuple(sorted(years, reverse=True))


def limit_of(row: Row, day: date) -> str:
    """Where an item stands to the day of its next step; empty for one that has none to keep."""
    if row.stage in (CLOSED, OUT, DRAFT):
        return ""
    if row.due is None:
        return "none"
    if row.due < day:
        return "over"
    return "soon" if row.due <= day + _SOON else "later"


def _read(name: str, row: Row, day: date) -> Iterable[tuple[str, str]]:
    """What an item is under a facet: value and words, several where it has several lead units."""
    if name == "stage":
        return ((row.stage, row.stage),)
    if name == "unit":
        return tuple((str(one.pk or one.name), one.name) for one in row.leads)
    if name == "limit":
        found = limit_of(row, day)
        return ((found, _LIMITS[found]),) if found else ()
    return ((row.lights.light.value, row.lights.light.word),) if row.lights else ()


def _narrow(rows: Iterable[Row], chosen: Mapping[str, str], day: date) -> list[Row]:
    return [
        row
        for row in rows
        if all(value in {one for one, _ in _read(name, row, day)} for name, value in chosen.items())
    ]


def _facets(terms: Terms, rows: list[Row], chosen: Mapping[str, str], day: date) -> Iterable[Facet]:
    """Each facet with what it would show under what the others have chosen."""
    stages = list(terms.stages or (f"待{one.name}" for one in terms.steps))
    for name, label in FACETS.items():
        others = {key: value for key, value in chosen.items() if key != name}
        found = [pair for row in _narrow(rows, others, day) for pair in _read(name, row, day)]
        counts, words = Counter(value for value, _ in found), dict(found)
        order = _order(name, stages, counts)
        choices = tuple(
            Choice(value, words[value], counts[value], *_turned(chosen, name, value))
            for value in sorted(counts, key=order)
        )
        if len(choices) > 1 or name in chosen:
            yield Facet(name, label, choices)


def _turned(chosen: Mapping[str, str], name: str, value: str) -> tuple[bool, str]:
    """Whether a value is chosen, and the address that chooses it, or gives it up."""
    is_on = chosen.get(name) == value
    others = {key: one for key, one in chosen.items() if key != name}
    return is_on, urlencode(others if is_on else others | {name: value})


def _order(name: str, stages: list[str], counts: Counter[str]) -> Callable[[str], int]:
    """In which order the values of a facet are shown: as they come one after the other, units by number."""
    if name == "unit":
        return lambda value: -counts[value]
    orders = {"limit": list(_LIMITS), "light": [one.value for one in (*SAID, Light.NONE)], "stage": stages}
    order = list(dict.fromkeys(orders[name]))
    return lambda value: order.index(value) if value in order else len(order)
