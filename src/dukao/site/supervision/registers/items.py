"""The items of a list as rows: who answers, what the columns say, how far each is, its light; few queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from dukao.site.ledger.access import visible_states
from dukao.site.ledger.models import Placement, Responsibility, Role, Status, TaskState
from dukao.site.ledger.queries.rows import leaders_on
from dukao.site.people.access import Viewer
from dukao.site.supervision.models import Answer, Assignment, RegisterEntry, Spot
from dukao.site.supervision.practice import practice_of
from dukao.site.supervision.registers.access import Kept
from dukao.site.supervision.registers.cells import say_cell
from dukao.site.supervision.registers.terms import Field, Terms
from dukao.site.supervision.seeing.extent import extents_of
from dukao.site.supervision.seeing.gathering import Known, gather
from dukao.site.supervision.seeing.judging import judge_known, moment_of
from dukao.site.supervision.seeing.values import Lights

DRAFT, CLOSED, OUT = "待立项", "已销号", "已退出"


class Party(NamedTuple):
    """A unit, or (pk 0) units under one name, that answers for an item."""

    pk: int
    name: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A column of an item as it is shown."""

    field: Field
    words: str
    is_listed: bool  # whether a page of the list shows it

    @property
    def shown(self) -> str:
        """With thousands apart where it is a figure."""
        if not self.field.is_figure or not self.words:
            return self.words
        whole, _, rest = self.words.partition(".")
        return f"{int(whole):,}{f'.{rest}' if rest else ''}"


@dataclass(frozen=True, slots=True)
class Row:
    """One item of a list; `due` is the day of what is next to be done."""

    state: TaskState
    version: str
    leads: tuple[Party, ...]
    others: tuple[Party, ...]
    post_id: int
    leader: str
    values: dict[str, Any]
    cells: tuple[Cell, ...]
    stage: str
    due: date | None
    lights: Lights | None
    known: Known
    spots: int = 0
    spots_done: int = 0
    answers: tuple[Assignment, ...] = ()

    @property
    def task_id(self) -> int:
        """The item as a task."""
        return self.state.task_id

    @property
    def number(self) -> str:
        """Its lasting number; empty for a draft."""
        return self.state.task.number or ""

    @property
    def is_draft(self) -> bool:
        """Whether it waits to be put in force."""
        return self.state.status == Status.DRAFT

    @property
    def is_closed(self) -> bool:
        """Whether it was verified and closed."""
        return self.known.closed_on is not None

    @property
    def objected(self) -> list[Assignment]:
        """The objections that wait for the office."""
        return [one for one in self.answers if one.answer == Answer.OBJECTED and not one.ruled_at]


def among(kept: Kept, moment: datetime | None = None) -> Q:
    """The items of a list, as a condition on states of tasks."""
    if kept.terms.is_own:
        entries = RegisterEntry.objects.at(moment).filter(register_id=kept.pk)
        return Q(task_id__in=entries.values("task_id"))
    return Q(task__kind=kept.terms.takes, status=Status.ISSUED)


def item_states(
    viewer: Viewer, kept: Kept, moment: datetime | None = None, **narrowed: Any
) -> QuerySet[TaskState]:
    """The states of a list's items this viewer sees, those taken back left out."""
    states = visible_states(viewer, moment).filter(among(kept, moment), **narrowed)
    return states.exclude(status=Status.WITHDRAWN)


def read_items(
    viewer: Viewer, kept: Kept, day: date, now: datetime, moment: datetime | None = None, **narrowed: Any
) -> list[Row]:
    """The items of a list on a day in their order: a fixed number of queries; `task__year=2024` narrows."""
    states = list(
        item_states(viewer, kept, moment, **narrowed).select_related("task").order_by("order", "task_id")
    )
    ids = [one.task_id for one in states]
    entries = {
        one.task_id: one
        for one in RegisterEntry.objects.at(moment).filter(register_id=kept.pk, task_id__in=ids)
    }
    parties = _parties(ids, moment)
    posts = dict(
        Placement.objects.at(moment)
        .filter(task_id__in=ids, post__isnull=False)
        .order_by("-order")
        .values_list("task_id", "post_id")
    )
    leaders = leaders_on(viewer.place_id, moment, now) if posts else {}
    known, lights = known_of(ids, day, now)
    spots = _spots(ids, moment) if kept.terms.has_places else {}
    answers = _answers(ids) if moment is None else {}
    rows = []
    for state in states:
        entry, own = entries.get(state.task_id), known[state.task_id]
        values = entry.values if entry else {}
        leader = leaders.get(posts.get(state.task_id, 0))
        done, count = spots.get(state.task_id, (0, 0))
        stage, due = how_far(kept.terms, state, own, lights.get(state.task_id))
        rows.append(
            Row(
                state=state,
                version=f"{state.pk}-{entry.pk if entry else 0}",
                leads=tuple(parties[state.task_id, True]),
                others=tuple(parties[state.task_id, False]),
                post_id=posts.get(state.task_id, 0),
                leader=(leader.name or leader.title) if leader else "",
                values=values,
                cells=say_cells(kept.terms, values),
                stage=stage,
                due=due,
                lights=None if state.status == Status.DRAFT else lights.get(state.task_id),
                known=own,
                spots=count,
                spots_done=done,
                answers=tuple(answers.get(state.task_id, ())),
            )
        )
    return rows


def say_cells(terms: Terms, values: dict[str, Any]) -> tuple[Cell, ...]:
    """The columns of an item in their order."""
    listed = terms.listed
    return tuple(Cell(field, say_cell(field, values), field in listed) for field in terms.fields)


def known_of(task_ids: Iterable[int], day: date, now: datetime) -> tuple[dict[int, Known], dict[int, Lights]]:
    """What is known of tasks at the end of a day (at `now` on the day itself), and their lights."""
    moment = moment_of(day, now)
    known: dict[int, Known] = {}
    lights: dict[int, Lights] = {}
    for extent in extents_of(frozenset(task_ids)):
        found = gather(extent, moment)
        known |= found
        lights |= judge_known(found, extent.year, practice_of(extent.place_id, day), moment)
    return known, lights


def how_far(terms: Terms, state: TaskState, known: Known, lights: Lights | None) -> tuple[str, date | None]:
    """The stage of an item in words, and the day of what is next to be done; a closed one has none."""
    if state.status == Status.DRAFT:
        return DRAFT, state.deadline
    if known.out:
        return OUT, None
    if known.closed_on:
        return CLOSED, None
    done = known.done
    open_ = [(name, due) for name, due in known.steps if name not in done]
    due = min((due for _, due in open_), default=lights.limit if lights else None)
    if terms.stages:
        reached = [one.stage for one in terms.steps if one.stage and one.name in done]
        return (reached[-1] if reached else terms.begins), due
    if open_:
        return f"待{min(open_, key=lambda one: one[1])[0]}", due
    if known.steps:
        return "待销号", due
    return ("办理中" if known.plan else "待拟方案"), due


def spots_of(task_id: int, moment: datetime | None = None) -> list[Spot]:
    """The places of an item as they stood at a moment."""
    return list(Spot.objects.at(moment).filter(task_id=task_id))


def _parties(task_ids: list[int], moment: datetime | None) -> defaultdict[tuple[int, bool], list[Party]]:
    found: defaultdict[tuple[int, bool], list[Party]] = defaultdict(list)
    duties = Responsibility.objects.at(moment).filter(task_id__in=task_ids).order_by("task_id", "order", "id")
    for task, role, unit, unit_name, group in duties.values_list(
        "task_id", "role", "unit_id", "unit__name", "group__name"
    ):
        found[task, role == Role.LEAD].append(Party(unit or 0, unit_name or group))
    return found


def _spots(task_ids: list[int], moment: datetime | None) -> dict[int, tuple[int, int]]:
    found: dict[int, tuple[int, int]] = {}
    rows = Spot.objects.at(moment).filter(task_id__in=task_ids).order_by().values_list("task_id", "done_on")
    for task, done_on in rows:
        done, count = found.get(task, (0, 0))
        found[task] = (done + (done_on is not None), count + 1)
    return found


def _answers(task_ids: list[int]) -> dict[int, list[Assignment]]:
    found: dict[int, list[Assignment]] = defaultdict(list)
    for one in Assignment.objects.filter(task_id__in=task_ids).select_related("unit"):
        found[one.task_id].append(one)
    return found
