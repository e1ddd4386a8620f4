"""What was known of tasks at a moment: plans in force, what was filed and taken, what was closed, who leads.

A fixed number of queries for any number of tasks. Whatever was recorded after the moment is left out: a
filing taken later, a plan approved later, a return answered later, a close-out later.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple, TypeGuard

from django.db.models import Q

from dukao.progress.values import Fact, Point
from dukao.progress.verification import CloseOut, Closing
from dukao.site.ledger.models import Responsibility, Role, Status, Task, TaskState
from dukao.site.people.models import PARTNERS, Unit
from dukao.site.supervision.models import (
    ActionPlan,
    Completion,
    CompletionStage,
    Evidence,
    EvidenceKind,
    Filing,
    FilingRecall,
    FilingReturn,
    FilingStage,
    FilingStep,
    FilingValue,
    PlanPoint,
    PlanStep,
    Round,
    Standing,
)
from dukao.site.supervision.practice import BEIJING

_FEW = 500  # up to so many tasks are asked for one by one, more by their place and year
_STRENGTH = {kind: at for at, kind in enumerate(EvidenceKind.values)}


class PlanSaid(NamedTuple):
    """What a plan in force says."""

    pk: int
    kind: str
    target: float | None
    unit: str
    curve: str
    delay: int
    deadline: date | None
    indicator: str
    op: str


class RoundSaid(NamedTuple):
    """A round: its name, the end of its period, its limit."""

    label: str
    end: date
    due: datetime


@dataclass(slots=True)
class FilingSaid:
    """One lead unit's filing for a round, as it stood at the moment."""

    pk: int
    unit: str
    round: RoundSaid
    filed: datetime | None
    accepted: datetime | None
    true_on: date | None
    is_blocked: bool
    is_unchanged: bool
    problem: str = ""
    returned: tuple[str, date, date] | None = None  # why, by when, on which day
    values: list[tuple[str, float, str]] = field(default_factory=list)
    steps: list[tuple[str, date]] = field(default_factory=list)
    evidence: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Known:
    """What was known of one task."""

    status: str = ""
    deadline: date | None = None
    plan: PlanSaid | None = None
    points: list[Point] = field(default_factory=list)
    steps: list[tuple[str, date]] = field(default_factory=list)
    filings: list[FilingSaid] = field(default_factory=list)  # by the end of their periods
    leads: list[tuple[str, bool]] = field(default_factory=list)  # name, whether it is a partner
    closing: Closing | None = None
    done_on: date | None = None
    closed_on: date | None = None
    out: str = ""

    @property
    def partners(self) -> list[str]:
        """Who leads, where only partners do."""
        return [name for name, _ in self.leads] if self.leads and all(one for _, one in self.leads) else []

    @property
    def accepted(self) -> list[FilingSaid]:
        """The filings the office had taken, in the order they were taken."""
        taken = [one for one in self.filings if one.accepted]
        return sorted(taken, key=lambda one: (one.accepted, one.pk))

    def facts(self) -> list[Fact]:
        """The figures of the plan's number, those taken later after those taken earlier."""
        plan = self.plan
        if plan is None:
            return []
        facts = []
        for filing in self.accepted:
            value = _value_of(filing.values, plan)
            if value is not None and filing.true_on and filing.accepted:
                facts.append(Fact(filing.true_on, value, day_of(filing.accepted), filing.unit))
        return facts

    def done(self) -> dict[str, date]:
        """The steps that were done, with their days; what was taken later corrects what was taken earlier."""
        return {name: on for filing in self.accepted for name, on in filing.steps}

    def blocked(self) -> str:
        """What blocks the task by the latest word of any unit that leads it; empty where nothing does."""
        last = {one.unit: one for one in self.accepted}
        return "；".join(one.problem or "未写明原因" for one in last.values() if one.is_blocked)


def _value_of(values: list[tuple[str, float, str]], plan: PlanSaid) -> float | None:
    """The figure of a plan's number: by its indicator, else the first in its unit."""
    for indicator, value, unit in values:
        if plan.indicator and indicator == plan.indicator and unit == plan.unit:
            return value
    return next((value for _, value, unit in values if unit == plan.unit), None)


@dataclass(frozen=True, slots=True)
class Extent:
    """Tasks of one place and year; `ids` are those wanted."""

    place_id: int
    year: int
    ids: frozenset[int]

    def under(self, prefix: str) -> Q:
        """The tasks as a condition on rows that hold them under `prefix`: few by name, many by their year."""
        if len(self.ids) <= _FEW:
            return Q(**{f"{prefix}_id__in": self.ids})
        return Q(**{f"{prefix}__place_id": self.place_id, f"{prefix}__year": self.year})


def extents_of(task_ids: Collection[int]) -> list[Extent]:
    """Tasks put together by place and year: one query."""
    found: dict[tuple[int, int], set[int]] = defaultdict(set)
    for pk, place, year in _named(task_ids).values_list("pk", "place_id", "year"):
        found[place, year].add(pk)
    return [Extent(place, year, frozenset(ids)) for (place, year), ids in found.items()]


def _named(task_ids: Collection[int]) -> Any:
    return Task.objects.filter(pk__in=task_ids).order_by()


def gather(extent: Extent, moment: datetime) -> dict[int, Known]:
    """What was known of every task of an extent at a moment."""
    known = {task: Known() for task in extent.ids}
    _add_states(known, extent, moment)
    _add_leads(known, extent, moment)
    _add_plans(known, extent, moment)
    _add_filings(known, extent, moment)
    _add_closings(known, extent, moment)
    _add_standings(known, extent, moment)
    return known


def day_of(moment: datetime) -> date:
    """The Beijing day of a moment."""
    return moment.astimezone(BEIJING).date()


def _add_states(known: dict[int, Known], extent: Extent, moment: datetime) -> None:
    rows = TaskState.objects.at(moment).filter(extent.under("task")).order_by()
    for task, status, deadline in rows.values_list("task_id", "status", "deadline"):
        if task in known:
            known[task].status, known[task].deadline = status, deadline


def _add_leads(known: dict[int, Known], extent: Extent, moment: datetime) -> None:
    units = {
        pk: (name, kind in PARTNERS)
        for pk, name, kind in Unit.objects.filter(place_id=extent.place_id)
        .order_by()
        .values_list("pk", "name", "kind")
    }
    rows = Responsibility.objects.at(moment).filter(extent.under("task"), role=Role.LEAD, unit__isnull=False)
    for task, unit in rows.order_by("order", "id").values_list("task_id", "unit_id"):
        if task in known:
            known[task].leads.append(units[unit])


def _add_plans(known: dict[int, Known], extent: Extent, moment: datetime) -> None:
    stood = Q(since__lte=moment) & (Q(until__isnull=True) | Q(until__gt=moment))
    plans = ActionPlan.objects.filter(stood, extent.under("task")).order_by()
    fields = ("kind", "target", "unit_of_measure", "curve", "delay", "deadline")
    of: dict[int, Known] = {}
    for task, pk, *said, indicator, op in plans.values_list(
        "task_id", "pk", *fields, "measure__indicator", "measure__op"
    ):
        if task in known:
            known[task].plan = PlanSaid._make((pk, *said, indicator or "", op or ""))
            of[pk] = known[task]
    for plan, day, share in PlanPoint.objects.filter(plan__in=plans).values_list("plan_id", "day", "share"):
        if plan in of:
            of[plan].points.append(Point(day, share))
    steps = PlanStep.objects.filter(plan__in=plans).order_by("order")
    for plan, name, due in steps.values_list("plan_id", "name", "due"):
        if plan in of:
            of[plan].steps.append((name, due))


def _add_filings(known: dict[int, Known], extent: Extent, moment: datetime) -> None:
    """The lead units' filings for the rounds open by then, with what the office took of them."""
    rounds = {
        pk: RoundSaid(label, end, due.astimezone(BEIJING))
        for pk, label, end, due in Round.objects.filter(
            place_id=extent.place_id, year__gte=extent.year, opened_at__lte=moment
        )
        .order_by()
        .values_list("pk", "label", "period_end", "due_at")
    }
    asked = Filing.objects.filter(extent.under("task"), is_lead=True, round__in=rounds).order_by()
    found: dict[int, FilingSaid] = {}
    units = dict(Unit.objects.filter(place_id=extent.place_id).order_by().values_list("pk", "name"))
    fields = ("task_id", "unit_id", "pk", "round_id", "stage", "first_confirmed_at", "ruled_at", "true_on")
    for task, unit, pk, round_, stage, filed, ruled, true_on, is_blocked, same in asked.values_list(
        *fields, "is_blocked", "is_unchanged"
    ):
        if task not in known:
            continue
        filed = filed if filed and filed <= moment else None
        taken = ruled if stage == FilingStage.ACCEPTED and ruled and ruled <= moment else None
        said = FilingSaid(pk, units[unit], rounds[round_], filed, taken, true_on, is_blocked, same)
        found[pk] = said
        known[task].filings.append(said)
    for one in known.values():
        one.filings.sort(key=lambda said: (said.round.end, said.pk))
    _add_parts(found, asked, moment)


def _add_parts(found: dict[int, FilingSaid], asked: Any, moment: datetime) -> None:
    """Figures, steps, causes, returns and evidence of filings."""
    taken = asked.filter(stage=FilingStage.ACCEPTED, ruled_at__lte=moment)
    for pk, problem in taken.filter(is_blocked=True).values_list("pk", "problem"):
        _put(found, pk, lambda said, words=problem: setattr(said, "problem", words))
    values = FilingValue.objects.filter(filing__in=taken).order_by("id")
    for pk, indicator, value, unit in values.values_list("filing_id", "indicator", "value", "unit"):
        if pk in found:
            found[pk].values.append((indicator, value, unit))
    steps = FilingStep.objects.filter(filing__in=taken).order_by("id")
    for pk, name, on in steps.values_list("filing_id", "name", "done_on"):
        if pk in found:
            found[pk].steps.append((name, on))
    waits = Q(returned_at__lte=moment) & (Q(answered_at__isnull=True) | Q(answered_at__gt=moment))
    returns = FilingReturn.objects.filter(waits, filing__in=asked).order_by()
    for pk, why, due, at in returns.values_list("filing_id", "why", "due", "returned_at"):
        if pk in found:
            found[pk].returned = (why, due, day_of(at))
    was = Q(confirmed_at__lte=moment, recalled_at__gt=moment)
    recalled = FilingRecall.objects.filter(was, filing__in=asked).order_by("confirmed_at")
    for pk, at in recalled.values_list("filing_id", "confirmed_at"):
        if pk in found and found[pk].filed is None:
            found[pk].filed = at
    stands = Q(added_at__lte=moment) & (Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=moment))
    evidence = Evidence.objects.filter(stands, filing__in=asked).exclude(kind=EvidenceKind.WORD)
    for pk, kind in sorted(evidence.order_by().values_list("filing_id", "kind"), key=_by_strength):
        if pk in found:
            found[pk].evidence.append(str(EvidenceKind(kind).label))


def _by_strength(pair: tuple[int, str]) -> tuple[int, int]:
    return _STRENGTH[pair[1]], pair[0]


def _put(found: dict[int, FilingSaid], pk: int, set_it: Any) -> None:
    if pk in found:
        set_it(found[pk])


def _add_closings(known: dict[int, Known], extent: Extent, moment: datetime) -> None:
    """The last step of each task's close-out by then."""
    rows = Completion.objects.filter(extent.under("task"), applied_at__lte=moment).order_by("id")
    for row in rows.select_related("verified_by"):
        one = known.get(row.task_id)
        if one is None or _is_withdrawn(row, moment):
            continue
        one.closing = _last_step(row, moment)
        is_closed = one.closing.step is CloseOut.CLOSED
        one.done_on = row.done_on if is_closed else None
        one.closed_on = day_of(row.closed_at) if is_closed and row.closed_at else None


def _is_withdrawn(row: Completion, moment: datetime) -> bool:
    return row.stage == CompletionStage.WITHDRAWN and (row.returned_at is None or row.returned_at <= moment)


def _last_step(row: Completion, moment: datetime) -> Closing:
    by = row.verified_by.name if row.verified_by else ""
    if _passed(row.reopened_at, moment):
        return Closing(CloseOut.REOPENED, day_of(row.reopened_at), by, row.returned_why)
    if _passed(row.closed_at, moment):
        return Closing(CloseOut.CLOSED, day_of(row.closed_at), by)
    if row.stage == CompletionStage.RETURNED and _passed(row.returned_at, moment):
        return Closing(CloseOut.RETURNED, day_of(row.returned_at), by, row.returned_why)
    if _passed(row.verified_at, moment):
        return Closing(CloseOut.VERIFIED, day_of(row.verified_at), by)
    return Closing(CloseOut.APPLIED, day_of(row.applied_at))


def _passed(at: datetime | None, moment: datetime) -> TypeGuard[datetime]:
    return at is not None and at <= moment


def _add_standings(known: dict[int, Known], extent: Extent, moment: datetime) -> None:
    """Tasks suspended, merged, split or dropped at the moment, by which act."""
    stood = Q(since__lte=moment) & (Q(until__isnull=True) | Q(until__gt=moment))
    for row in Standing.objects.filter(stood, extent.under("task")).order_by("id"):
        if row.task_id in known:
            known[row.task_id].out = f"{row.dated:%Y-%m-%d}{row.get_kind_display()}（{row.act}）"
    for one in known.values():
        if one.status == Status.WITHDRAWN:
            one.out = "任务已撤回"


def tasks_in(place_id: int, year: int) -> Iterable[int]:
    """The issued tasks of a place's year."""
    states = TaskState.objects.at(None).filter(task__place_id=place_id, task__year=year, status=Status.ISSUED)
    return states.order_by().values_list("task_id", flat=True)
