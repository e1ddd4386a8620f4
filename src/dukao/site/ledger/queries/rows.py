"""The rows of the ledger as plain values: a few questions to the database, however many tasks there are."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from dukao.site.history.readings import Bounds, Keeper, PlaceKeeper
from dukao.site.ledger.access import on_the_ledger, visible_states
from dukao.site.ledger.models import (
    Placement,
    RegisterTag,
    Responsibility,
    Role,
    Status,
    TaskKind,
    TaskMeasure,
    TaskState,
)
from dukao.site.people.access import Viewer
from dukao.site.people.models import UNNAMED_POST, Tenure
from dukao.site.people.queries import code_of

_PLACES = {role.value: place for place, role in enumerate((Role.LEAD, Role.RESPONSIBLE, Role.SUPPORTING))}
_LAST = 9999  # groups stand after every unit
_FEW = 200  # so many tasks are asked for by name, more by their year


class Party(NamedTuple):
    """A unit or group with a part in a task; `unit_id` is 0 for a group."""

    unit_id: int
    group_id: int
    name: str
    order: int


class Seat(NamedTuple):
    """Where a task stands in the breakdown: row id, head, and the post that leads it there (0: none)."""

    sign: str
    heading_id: int
    post_id: int
    order: int


class Tag(NamedTuple):
    """A register a task is on, or is proposed for."""

    register: str
    is_proposed: bool


class Row(NamedTuple):
    """One task as lists show it; `report_at` is where its first words stand in the report."""

    task_id: int
    number: str
    kind: str
    year: int
    status: str
    order: int
    title: str
    text: str
    project: str
    section: str
    remark: str
    deadline_text: str
    deadline: date | None
    publicity: str
    differs: bool
    report_at: int | None
    has_number: bool
    leads: tuple[Party, ...]
    responsible: tuple[Party, ...]
    supporting: tuple[Party, ...]
    seats: tuple[Seat, ...]
    tags: tuple[Tag, ...]

    @property
    def is_draft(self) -> bool:
        """Whether the task is a proposal the office alone sees."""
        return self.status == Status.DRAFT

    @property
    def parties(self) -> tuple[Party, ...]:
        """Everybody with a part."""
        return self.leads + self.responsible + self.supporting

    @property
    def signs(self) -> str:
        """Where it stands in the breakdown: 三-5、四-1."""
        return "、".join(dict.fromkeys(seat.sign for seat in self.seats))

    @property
    def is_shared(self) -> bool:
        """Whether two posts lead it."""
        return len({seat.post_id for seat in self.seats if seat.post_id}) > 1


class LeaderName(NamedTuple):
    """Who holds a post on a day."""

    post_id: int
    name: str
    title: str
    is_head: bool
    order: int

    @property
    def full(self) -> str:
        """林杰（常委、常务副区长）; the title alone where nobody holds it, the name where none is known."""
        if self.name and self.title == UNNAMED_POST:
            return self.name
        return f"{self.name}（{self.title}）" if self.name else self.title


_ROWS = Keeper[Row](aside=frozenset({"filing", "evidence"}))  # what units file changes no row


_LEADERS = PlaceKeeper[Mapping[int, LeaderName]]()


@dataclass(frozen=True, slots=True)
class Totals:
    """What the first sentence of a list says."""

    rows: int  # of the key annex: a task under two leaders is two rows
    tasks: int
    projects: int
    contents: int

    @property
    def all(self) -> int:
        """Tasks and contents together."""
        return self.tasks + self.contents


def read_rows(
    viewer: Viewer,
    moment: datetime | None,
    *,
    year: int | None = None,
    among: Q | None = None,
) -> list[Row]:
    """The tasks a viewer sees at `moment`, in the order of the paper, of one year or of all.

    `among` narrows the states further; what was taken back is left out. Which tasks those are is asked each
    time; what they say now is kept.
    """
    states = on_the_ledger(visible_states(viewer, moment))
    bound = Q(task__place_id=viewer.place_id)
    if year is not None:
        states, bound = states.filter(task__year=year), bound & Q(task__year=year)
    if among is not None:
        states = states.filter(among)
    if moment is None:
        seen = frozenset(states.order_by().values_list("task_id", flat=True))
        found = _ROWS.ask(
            viewer.place_id,
            seen,
            None,
            lambda ids: _read_now(bound if len(ids) > _FEW else Q(task_id__in=ids), ids),
            lambda: Bounds(viewer.place_code),
        )
        rows = list(found.values())
    else:
        if among is not None:
            bound = Q(task_id__in=list(states.order_by().values_list("task_id", flat=True)))
        rows = _read(states, bound, moment)
    return sorted(rows, key=lambda row: (-row.year, row.order))


def _read_now(bound: Q, ids: frozenset[int]) -> dict[int, Row]:
    """What tasks say now; the bound may hold others too."""
    rows = _read(TaskState.objects.at(None).filter(bound), bound, None)
    return {row.task_id: row for row in rows if row.task_id in ids}


def _read(states: QuerySet[TaskState], bound: Q, moment: datetime | None) -> list[Row]:
    said = list(_say_states(states, moment))
    duties = _read_duties(bound, moment)
    seats = read_seats(bound, moment)
    tags = read_tags(bound, moment)
    return [
        Row._make((*one, *map(tuple, duties[task]), tuple(seats[task]), tuple(tags[task])))
        for task, one in ((one[0], one) for one in said)
    ]


def count_rows(rows: Iterable[Row]) -> Totals:
    """How many rows, tasks, projects and contents there are."""
    lines = tasks = contents = 0
    projects = set()
    for row in rows:
        if row.kind == TaskKind.KEY:
            tasks += 1
            lines += len({seat.sign for seat in row.seats}) or 1
        else:
            contents += 1
            projects.add((row.year, row.project))
    return Totals(lines, tasks, len(projects), contents)


def leaders_on(place_id: int, moment: datetime | None, now: datetime) -> Mapping[int, LeaderName]:
    """The posts of a place with who holds each on the day of `moment`; also posts nobody holds that day.

    Kept while nobody of the place does anything wider than to a task.
    """
    day = localdate(moment or now)
    return _LEADERS.ask(
        (place_id, day), None, lambda: _read_leaders(place_id, day), lambda: Bounds(code_of(place_id))
    )


def _read_leaders(place_id: int, day: date) -> dict[int, LeaderName]:
    held: dict[int, LeaderName] = {}
    tenures = Tenure.objects.filter(post__place_id=place_id, since__lte=day).order_by("post__order", "since")
    fields = ("post_id", "person__name", "post__title", "post__is_head", "post__order", "until")
    for post_id, name, title, is_head, order, until in tenures.values_list(*fields):
        holds = until is None or until > day
        if holds or post_id not in held:
            held[post_id] = LeaderName(post_id, name if holds else "", title, is_head, order)
    return held


def _say_states(states: QuerySet[TaskState], moment: datetime | None) -> Iterable[tuple[Any, ...]]:
    """What `Row` begins with."""
    measures = TaskMeasure.objects.at(moment).filter(task_id=OuterRef("task_id")).order_by()
    fields = ("task_id", "task__number", "task__kind", "task__year", *Row._fields[4:14])
    asked = states.order_by().values_list(*fields, "differences", "source_spans", Exists(measures))
    return (
        (task_id, number or "", *said, bool(differences), _first(spans), has_number)
        for task_id, number, *said, differences, spans, has_number in asked
    )


def _first(spans: list[list[int]]) -> int | None:
    return spans[0][0] if spans else None


def _read_duties(
    bound: Q, moment: datetime | None
) -> defaultdict[int, tuple[list[Party], list[Party], list[Party]]]:
    """Who leads each task, who is responsible, who supports."""
    parties: dict[tuple[int, int], Party] = {}
    found: defaultdict[int, tuple[list[Party], list[Party], list[Party]]]
    found = defaultdict(lambda: ([], [], []))
    duties = Responsibility.objects.at(moment).filter(bound).order_by()
    fields = ("task_id", "order", "pk", "role", "unit_id", "group_id")
    names = ("unit__name", "unit__order", "group__name")
    for task_id, _, _, role, unit_id, group_id, unit, order, group in sorted(
        duties.values_list(*fields, *names)
    ):
        who = unit_id or 0, group_id or 0
        if who not in parties:
            parties[who] = Party(*who, unit or group, _LAST if order is None else order)
        found[task_id][_PLACES[role]].append(parties[who])
    return found


def read_seats(bound: Q, moment: datetime | None) -> defaultdict[int, list[Seat]]:
    """Where each of the tasks stands in the breakdown, in the order of the paper."""
    found: defaultdict[int, list[Seat]] = defaultdict(list)
    placements = Placement.objects.at(moment).filter(bound).order_by("order", "id")
    for task_id, sign, heading_id, post_id, order in placements.values_list(
        "task_id", "row", "heading_id", "post_id", "order"
    ):
        found[task_id].append(Seat(sign, heading_id or 0, post_id or 0, order))
    return found


def read_tags(bound: Q, moment: datetime | None) -> defaultdict[int, list[Tag]]:
    """The registers each of the tasks is on or proposed for."""
    found: defaultdict[int, list[Tag]] = defaultdict(list)
    tags = RegisterTag.objects.at(moment).filter(bound).order_by("id")
    for task_id, register, is_proposed in tags.values_list("task_id", "register", "is_proposed"):
        found[task_id].append(Tag(register, is_proposed))
    return found
