"""A unit's page: what it leads and helps with, how much that is beside other units, and its names."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Q
from django.http import Http404
from django.utils.timezone import localdate

from dukao.site.ledger.access import on_the_ledger, sees_unit, visible_states
from dukao.site.ledger.models import Responsibility, Role, Status, TaskState
from dukao.site.ledger.queries.grouping import Block, Grouping, Lit
from dukao.site.ledger.queries.ledger import read_headings
from dukao.site.ledger.queries.rows import Row, leaders_on, read_rows
from dukao.site.people.access import Reach, Viewer
from dukao.site.people.models import Membership, Unit

_SHOWN = 12  # units beside which a unit's load is shown at first


class Load(NamedTuple):
    """How many tasks a unit has in a year, by its part."""

    unit_id: int
    name: str
    lead: int
    responsible: int
    supporting: int
    is_here: bool
    may_open: bool

    @property
    def helped(self) -> int:
        """Led or answered for: where the bar of supporting begins."""
        return self.lead + self.responsible

    @property
    def total(self) -> int:
        """All parts together."""
        return self.helped + self.supporting


class Part(NamedTuple):
    """The unit's tasks in one part: 牵头, 责任, 配合, or through a group."""

    name: str
    label: str
    rows: tuple[Row, ...]
    grouping: Grouping

    @property
    def tasks(self) -> int:
        """How many they are."""
        return len(self.rows)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The tasks under their heads."""
        return self.grouping.blocks(self.rows)

    def lit(self, lights: Mapping[int, Lit]) -> "Part":
        """The same tasks with their lights."""
        return self._replace(grouping=replace(self.grouping, lights=lights))


@dataclass(frozen=True, slots=True)
class UnitPage:
    """Everything a unit's page shows."""

    unit: Unit
    year: int
    names: tuple[str, ...]
    offices: tuple[str, ...]
    groups: tuple[str, ...]
    parts: tuple[Part, ...]
    loads: tuple[Load, ...]
    rank: int  # of the unit by tasks led; 0 where it leads none

    @property
    def nearest(self) -> tuple[Load, ...]:
        """The units that lead most, and this one wherever it stands."""
        return tuple(load for at, load in enumerate(self.loads) if at < _SHOWN or load.is_here)

    @property
    def rest(self) -> tuple[Load, ...]:
        """The other units."""
        return tuple(load for at, load in enumerate(self.loads) if at >= _SHOWN and not load.is_here)

    @property
    def heaviest(self) -> int:
        """The longest bar: the most tasks any unit has."""
        return max((load.total for load in self.loads), default=0)


def read_unit(viewer: Viewer, unit_id: int, year: int, moment: datetime | None, now: datetime) -> UnitPage:
    """A unit of the viewer's place in a year; 404 for any unit that is not the viewer's to open."""
    unit = Unit.objects.filter(pk=unit_id, place_id=viewer.place_id).first()
    if unit is None or not sees_unit(viewer, unit_id):
        raise Http404
    members = Membership.objects.on(localdate(moment or now)).filter(unit_id=unit_id)
    groups = dict(members.values_list("group_id", "group__name"))
    part = Q(unit_id=unit_id) | Q(group_id__in=groups)
    duties = Responsibility.objects.at(moment).filter(part, task__year=year)
    rows = read_rows(viewer, moment, year=year, among=Q(task_id__in=duties.values("task_id")))
    loads = _weigh(viewer, year, moment, unit_id)
    led = sorted({load.lead for load in loads}, reverse=True)
    own = next((load.lead for load in loads if load.is_here), 0)
    grouping = Grouping(
        "leader",
        "order",
        viewer,
        leaders_on(viewer.place_id, moment, now),
        read_headings(viewer.place_id, year),
        as_of_query=_query(moment),
    )
    return UnitPage(
        unit,
        year,
        tuple(name for name in unit.names.values_list("name", flat=True) if name != unit.name),
        tuple(unit.offices.values_list("name", flat=True)),
        tuple(groups.values()),
        _part(rows, unit_id, grouping),
        loads,
        led.index(own) + 1 if own else 0,
    )


def _query(moment: datetime | None) -> str:
    return f"?as_of={localdate(moment)}" if moment else ""


def _part(rows: list[Row], unit_id: int, grouping: Grouping) -> tuple[Part, ...]:
    """The rows by the unit's own part; what it has only through a group comes last."""
    named = {"lead": "牵头", "responsible": "责任", "supporting": "配合", "group": "经统称承担"}
    of: dict[str, list[Row]] = {name: [] for name in named}
    for row in rows:
        own = (("lead", row.leads), ("responsible", row.responsible), ("supporting", row.supporting))
        held = [name for name, parties in own if any(party.unit_id == unit_id for party in parties)]
        for name in held or ["group"]:
            of[name].append(row)
    return tuple(
        Part(name, named[name], tuple(own_rows), grouping) for name, own_rows in of.items() if own_rows
    )


def _weigh(viewer: Viewer, year: int, moment: datetime | None, unit_id: int) -> tuple[Load, ...]:
    """The units with their numbers of tasks, those that lead most first.

    Somebody in a unit is told the other units' counts, and nothing else of their tasks.
    """
    states = on_the_ledger(visible_states(viewer, moment))
    if viewer.reach is Reach.OWN and viewer.unit_id:
        issued = TaskState.objects.at(moment).filter(task__place_id=viewer.place_id, status=Status.ISSUED)
        states = on_the_ledger(issued)
    ids = states.filter(task__year=year).values("task_id")
    duties = Responsibility.objects.at(moment).filter(task_id__in=ids, unit__isnull=False)
    counted = duties.order_by().values_list("unit_id", "unit__name", "unit__order", "role")
    found: dict[int, tuple[str, int, dict[str, int]]] = {}
    for unit, name, order, role, tasks in counted.annotate(tasks=Count("task_id", distinct=True)):
        found.setdefault(unit, (name, order, {}))[2][role] = tasks
    loads = [
        Load._make(
            (unit, name, *(of.get(role, 0) for role in Role.values), unit == unit_id, sees_unit(viewer, unit))
        )
        for unit, (name, _, of) in sorted(found.items(), key=lambda one: one[1][1])
    ]
    return tuple(sorted(loads, key=lambda load: (-load.lead, -load.total)))
