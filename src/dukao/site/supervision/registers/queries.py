"""What other parts ask of 专项清单: what waits, a task's panel, and what a list asks of its items."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.timezone import localdate

from dukao.progress.values import Light
from dukao.site.ledger.access import visible_state
from dukao.site.ledger.models import Status, Task, TaskKind, TaskState
from dukao.site.people.access import Act, Viewer, may
from dukao.site.supervision.models import RegisterEntry, Spot
from dukao.site.supervision.needs import Need
from dukao.site.supervision.registers.access import Kept, kept_registers, may_fill, stands_on
from dukao.site.supervision.registers.items import Cell, how_far, item_states, known_of, say_cells, spots_of
from dukao.site.supervision.registers.terms import Terms, loop_presets
from dukao.site.supervision.seeing.queries import lights_of
from dukao.site.supervision.seeing.values import Counts, count_lights


@dataclass(frozen=True, slots=True)
class Summary:
    """A list on the page of all lists: its newest year with how many items, and their lights."""

    kept: Kept
    year: int
    issued: int
    drafts: int
    counts: Counts

    @property
    def behind(self) -> int:
        """How many are yellow or red."""
        return self.counts.of(Light.YELLOW) + self.counts.of(Light.RED)


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step of an item: who takes it, its day, and the day it was done."""

    name: str
    who: str
    due: date
    done_on: date | None

    def is_over(self, day: date) -> bool:
        """Whether its day is past and it is not done."""
        return self.done_on is None and self.due < day


@dataclass(frozen=True, slots=True)
class Panel:
    """A task on one list, for its page."""

    kept: Kept
    year: int
    stage: str
    due: date | None
    cells: tuple[Cell, ...]
    steps: tuple[StepLine, ...]
    spots: tuple[Spot, ...]
    day: date
    edit: str
    places: str

    @property
    def spots_done(self) -> int:
        """How many places are done."""
        return sum(one.done_on is not None for one in self.spots)

    @property
    def over(self) -> list[StepLine]:
        """The steps past their day."""
        return [one for one in self.steps if one.is_over(self.day)]


def needs_of(viewer: Viewer, now: datetime) -> list[Need]:
    """Drafts that wait to be put in force by the head."""
    if not may(viewer, Act.SIGN):
        return []
    drafts = TaskState.objects.at(None).filter(
        task__place_id=viewer.place_id, task__kind=TaskKind.REGISTER, status=Status.DRAFT
    )
    return [Need(drafts.count(), "项清单事项待立项", reverse("supervision:registers"))]


def read_registers(viewer: Viewer, now: datetime, moment: datetime | None = None) -> list[Summary]:
    """Every list of the place with its newest year: items this viewer sees, drafts, lights."""
    day = localdate(moment or now)
    of_list: dict[int, dict[int, dict[int, str]]] = {}
    registers = kept_registers(viewer.place_id, moment)
    for kept in registers:
        years: dict[int, dict[int, str]] = defaultdict(dict)
        rows = item_states(viewer, kept, moment).order_by()
        for task, year, status in rows.values_list("task_id", "task__year", "status"):
            years[year][task] = status
        of_list[kept.pk] = years
    newest = {pk: max(years, default=day.year) for pk, years in of_list.items()}
    issued = {
        pk: [task for task, status in years.get(newest[pk], {}).items() if status == Status.ISSUED]
        for pk, years in of_list.items()
    }
    lights = lights_of([task for ids in issued.values() for task in ids], day, now)
    return [
        Summary(
            kept,
            newest[kept.pk],
            len(issued[kept.pk]),
            len(of_list[kept.pk].get(newest[kept.pk], {})) - len(issued[kept.pk]),
            count_lights(lights[task] for task in issued[kept.pk]),
        )
        for kept in registers
    ]


def unopened(registers: Iterable[Summary]) -> dict[str, Terms]:
    """The lists dukao proposes that the place does not keep yet."""
    known = {one.kept.code for one in registers}
    return {code: terms for code, terms in loop_presets().items() if code not in known}


def register_panel(viewer: Viewer, task_id: int, moment: datetime | None, now: datetime) -> tuple[Panel, ...]:
    """The lists a task stands on, each with columns, steps and places; for who sees lights and the task."""
    if not may(viewer, Act.SEE_LIGHTS):
        return ()
    state = visible_state(viewer, task_id, moment)
    rows = RegisterEntry.objects.at(moment).filter(task_id=task_id)
    values = dict(rows.values_list("register_id", "values"))
    on = [
        kept
        for kept in kept_registers(viewer.place_id, moment)
        if stands_on(kept, state, has_entry=kept.pk in values)
    ]
    if not on:
        return ()
    day = localdate(moment or now)
    known, lights = known_of([task_id], day, now)
    is_now = moment is None and state.status != Status.WITHDRAWN
    fills = is_now and (may(viewer, Act.KEEP_REGISTERS) or may_fill(viewer, task_id))
    done = known[task_id].done
    found = []
    for kept in on:
        who = {one.name: one.who for one in kept.terms.steps}
        stage, due = how_far(kept.terms, state, known[task_id], lights.get(task_id))
        args = [kept.code, task_id]
        found.append(
            Panel(
                kept=kept,
                year=state.task.year,
                stage=stage,
                due=due,
                cells=say_cells(kept.terms, values.get(kept.pk, {})),
                steps=tuple(
                    StepLine(name, who.get(name, ""), on_day, done.get(name))
                    for name, on_day in known[task_id].steps
                    if name in who
                ),
                spots=tuple(spots_of(task_id, moment)) if kept.terms.has_places else (),
                day=day,
                edit=reverse("supervision:edit-item", args=args) if fills else "",
                places=reverse("supervision:spots", args=args) if fills and kept.terms.has_places else "",
            )
        )
    return tuple(found)


def terms_of(task_ids: Collection[int]) -> dict[int, Terms]:
    """What the list of each task asks that was entered on one: one query, and one for each place."""
    entries = RegisterEntry.objects.at(None).filter(task_id__in=task_ids, task__kind=TaskKind.REGISTER)
    pairs = list(entries.order_by().values_list("task_id", "register_id", "register__place_id"))
    kept = {one.pk: one.terms for place in {place for _, _, place in pairs} for one in kept_registers(place)}
    return {task: kept[register] for task, register, _ in pairs}


def checklist_code(task: Task) -> str:
    """The close-out checklist a task's list names; empty where it stands on none that names one."""
    if task.kind != TaskKind.REGISTER:
        return ""
    terms = terms_of([task.pk]).get(task.pk)
    return terms.checklist if terms else ""


def may_be_public(task: Task) -> bool:
    """Whether a task may be read by the public: items of some lists (信访积案) never."""
    if task.kind != TaskKind.REGISTER:
        return True
    terms = terms_of([task.pk]).get(task.pk)
    return terms is None or terms.may_be_public


def spots_done(task_ids: Iterable[int], day: date) -> dict[int, tuple[int, int]]:
    """How many places of each task were done by a day, and how many there are: one query."""
    rows = (
        Spot.objects.at(None)
        .filter(task_id__in=task_ids)
        .order_by()
        .values("task_id")
        .annotate(all=Count("pk"), done=Count("pk", filter=Q(done_on__lte=day)))
    )
    return {one["task_id"]: (one["done"], one["all"]) for one in rows}
