"""The year on a day, for papers: every counted task, its light, its leads, what the unit says of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from dukao.progress.values import Light
from dukao.site.ledger.models import Status
from dukao.site.ledger.queries.rows import LeaderName, Row, leaders_on, read_rows
from dukao.site.people.access import Viewer
from dukao.site.people.models import PARTNERS, Unit
from dukao.site.supervision.seeing.queries import lights_of
from dukao.site.supervision.seeing.said import UnitWords
from dukao.site.supervision.seeing.values import Lights

# The worst first; what is blocked wants somebody's decision, so it stands on an agenda too.
BEHIND = (Light.RED, Light.YELLOW, Light.BLOCKED)


@dataclass(frozen=True, slots=True)
class Item:
    """A task on a day: its row, its lights, its government-side lead units and its leaders."""

    row: Row
    lights: Lights
    units: tuple[tuple[int, str], ...]
    leaders: tuple[LeaderName, ...]

    @property
    def light(self) -> Light:
        """The light a count speaks of."""
        return self.lights.light

    @property
    def words(self) -> str:
        """The task in words, with its project."""
        return f"{self.row.project}：{self.row.text}" if self.row.project else self.row.text


def partners_of(place_id: int) -> frozenset[int]:
    """The units that are neither counted nor named: Party bodies, courts, the military."""
    units = Unit.objects.filter(place_id=place_id, kind__in=PARTNERS)
    return frozenset(units.values_list("pk", flat=True))


def read_items(viewer: Viewer, year: int, day: date, now: datetime) -> list[Item]:
    """The tasks of a year that count on a day, in the order of the paper.

    What only partners lead and what an act took out of the totals is left out.
    """
    rows = [row for row in read_rows(viewer, None, year=year) if row.status == Status.ISSUED]
    lights = lights_of([row.task_id for row in rows], day, now)
    leaders = leaders_on(viewer.place_id, None, now)
    partners = partners_of(viewer.place_id)
    items = []
    for row in rows:
        own = lights.get(row.task_id)
        if own is None or not own.counts:
            continue
        units = tuple(
            (one.unit_id, one.name) for one in row.leads if one.unit_id and one.unit_id not in partners
        )
        posts = dict.fromkeys(seat.post_id for seat in row.seats if seat.post_id in leaders)
        items.append(Item(row, own, units, tuple(leaders[post] for post in posts)))
    return items


def behind_of(items: list[Item]) -> list[Item]:
    """What is behind or blocked, the worst first, else in the order of the paper."""
    return sorted((one for one in items if one.light in BEHIND), key=lambda one: BEHIND.index(one.light))


def line_of(item: Item, said: Mapping[int, UnitWords]) -> dict[str, Any]:
    """A task as agendas and bulletins keep it."""
    cause, wanted = said.get(item.row.task_id, UnitWords())
    return {
        "task": item.row.task_id,
        "number": item.row.number,
        "words": item.words,
        "units": "、".join(name for _, name in item.units),
        "unit_ids": [pk for pk, _ in item.units],
        "leaders": "、".join(one.name or one.title for one in item.leaders),
        "light": item.light.value,
        "reason": item.lights.progress.reason,
        "cause": cause,
        "help": wanted,
    }


def counts_of(items: list[Item]) -> dict[str, int]:
    """How many tasks stand under each light, by the light's name."""
    found = {light.value: 0 for light in (Light.GREEN, Light.YELLOW, Light.RED)}
    for item in items:
        found[item.light.value] = found.get(item.light.value, 0) + 1
    return found
