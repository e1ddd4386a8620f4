"""What was known of tasks at a moment: plans in force, what was filed and taken, what was closed, who leads.

A fixed number of queries for any number of tasks. Whatever was recorded after the moment is left out: a
filing taken later, a plan approved later, a return answered later, a close-out later.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple, TypeGuard

from django.db.models import FilteredRelation, Q

from dukao.progress.values import Fact, Point
from dukao.progress.verification import CloseOut, Closing
from dukao.site.ledger.models import Role, Status, TaskKind, TaskState
from dukao.site.ledger.recorded import stood_at
from dukao.site.people.models import PARTNERS
from dukao.site.supervision.models import (
    ActionPlan,
    Completion,
    CompletionStage,
    PlanKind,
    PlanPoint,
    PlanStep,
    RegisterEntry,
    RegisterTerms,
    Standing,
    StandingKind,
)
from dukao.site.supervision.seeing.extent import Extent, TaskSaid
from dukao.site.supervision.seeing.filed import FilingSaid, read_filed
from dukao.site.supervision.seeing.lasting import Units, day_of, units_of
from dukao.site.supervision.seeing.taken import Figure, Taken, read_taken


class PlanSaid(NamedTuple):
    """What a plan in force says."""

    pk: int
    kind: str
    target: float | None
    base: float | None
    unit: str
    curve: str
    delay: int
    deadline: date | None
    indicator: str
    op: str


class CloseOutSaid(NamedTuple):
    """What a close-out says of its steps."""

    verifier: str
    stage: str
    done_on: date
    applied_at: datetime
    verified_at: datetime | None
    closed_at: datetime | None
    returned_at: datetime | None
    returned_why: str
    reopened_at: datetime | None


@dataclass(slots=True)
class Known:
    """What was known of one task."""

    status: str = ""
    deadline: date | None = None
    plan: PlanSaid | None = None
    points: list[Point] = field(default_factory=list)
    steps: list[tuple[str, date]] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)  # of the plan's number, as they were taken
    done: dict[str, date] = field(default_factory=dict)  # the steps that were done, with their days
    blocked: str = ""  # by the last word of whoever leads it; of who led it, until a lead of now said one
    filings: list[FilingSaid] = field(default_factory=list)  # by the end of their periods
    leads: list[tuple[str, bool]] = field(default_factory=list)  # name, whether it is a partner
    lead_units: tuple[int, ...] = ()
    closing: Closing | None = None
    done_on: date | None = None
    closed_on: date | None = None
    out: str = ""
    lights: str = ""  # the rule of days its list names, where it is an item of one

    @property
    def partners(self) -> list[str]:
        """Who leads, where only partners do."""
        return [name for name, _ in self.leads] if self.leads and all(one for _, one in self.leads) else []


def gather(extent: Extent, moment: datetime, *, dated: bool = False) -> dict[int, Known]:
    """What was known of every task of an extent at a moment; `dated`: also when figures were taken."""
    units = units_of(extent.place_id, moment)
    filed = read_filed(extent, moment, units, dated=dated)
    known = _gather(extent, moment, units, filed.taken)
    for task, own in filed.filings.items():
        known[task].filings = own
    return known


def gather_progress(extent: Extent, moment: datetime) -> dict[int, Known]:
    """The same without what only 报送 and 核验 are judged by."""
    return _gather(extent, moment, units_of(extent.place_id, moment), read_taken(extent, moment))


def _gather(extent: Extent, moment: datetime, units: Units, taken: Mapping[int, Taken]) -> dict[int, Known]:
    known = {task: Known() for task in extent.ids}
    said = _read_said(extent, moment) if extent.said is None else extent.said
    has_items = _add_said(known, said, units)
    _add_plans(known, extent, moment)
    _add_taken(known, taken, units, day_of(moment))
    _add_closings(known, extent, moment)
    _add_standings(known, extent, moment)
    if has_items:
        _add_registers(known, extent, moment)
    return known


def _add_said(known: dict[int, Known], said: Mapping[int, TaskSaid], units: Units) -> bool:
    """Status, deadline and leads of each task; whether any is an item of a list."""
    for task, one in known.items():
        if task in said:
            _, one.status, one.deadline, leads = said[task]
            of_leads = [units[unit] for unit in leads]
            one.leads = [(name, kind in PARTNERS) for name, kind in of_leads]
            one.lead_units = tuple(leads)
    return any(said[task].kind == TaskKind.REGISTER for task in known if task in said)


def _read_said(extent: Extent, moment: datetime) -> dict[int, TaskSaid]:
    """What the ledger said of each task: one query, a row for each unit that led it."""
    leads = Q(task__responsibilities__role=Role.LEAD, task__responsibilities__unit__isnull=False)
    stood = stood_at(moment, "task__responsibilities__")
    states = TaskState.objects.at(moment).filter(extent.under("task"))
    rows = states.alias(lead=FilteredRelation("task__responsibilities", condition=leads & stood))
    found: dict[int, TaskSaid] = {}
    for task, kind, status, deadline, unit in rows.order_by("lead__order", "lead__id").values_list(
        "task_id", "task__kind", "status", "deadline", "lead__unit_id"
    ):
        before = found[task].leads if task in found else ()
        found[task] = TaskSaid(kind, status, deadline, before if unit is None else (*before, unit))
    return found


def _add_plans(known: dict[int, Known], extent: Extent, moment: datetime) -> None:
    """The plan in force of each task, with what its kind is judged by: its own points, or its steps."""
    stood = Q(since__lte=moment) & (Q(until__isnull=True) | Q(until__gt=moment))
    plans = ActionPlan.objects.filter(stood, extent.under("task")).order_by()
    fields = ("kind", "target", "base", "unit_of_measure", "curve", "delay", "deadline")
    of: dict[int, Known] = {}
    for task, pk, *said, indicator, op in plans.values_list(
        "task_id", "pk", *fields, "measure__indicator", "measure__op"
    ):
        if task in known:
            known[task].plan = PlanSaid._make((pk, *said, indicator or "", op or ""))
            of[pk] = known[task]
    kinds = {one.plan.kind for one in of.values() if one.plan}
    if kinds & {PlanKind.CUMULATIVE, PlanKind.STOCK}:
        _add_points(of, extent)
    if PlanKind.MILESTONES in kinds:
        _add_steps(of, extent)


def _add_points(of: Mapping[int, Known], extent: Extent) -> None:
    points = PlanPoint.objects.filter(extent.under("plan__task")).order_by("day")
    for plan, day, share in points.values_list("plan_id", "day", "share"):
        if plan in of:
            of[plan].points.append(Point(day, share))


def _add_steps(of: Mapping[int, Known], extent: Extent) -> None:
    steps = PlanStep.objects.filter(extent.under("plan__task")).order_by("order")
    for plan, name, due in steps.values_list("plan_id", "name", "due"):
        if plan in of:
            of[plan].steps.append((name, due))


def _add_taken(known: dict[int, Known], taken: Mapping[int, Taken], units: Units, today: date) -> None:
    """What the office had taken; of a figure that is not dated no more is said than that it was by then."""
    for task, own in taken.items():
        one = known.get(task)
        if one is None:
            continue
        one.facts = [
            Fact(
                said.true_on, said.value, day_of(said.taken) if said.taken else today, units[said.unit_id][0]
            )
            for said in _of_plan(own.figures, one.plan)
        ]
        one.done = own.done
        led = [why for unit, why in own.blocks.items() if unit in one.lead_units]
        said = (why or "未写明原因" for why in led or own.blocks.values() if why is not None)
        one.blocked = "；".join(dict.fromkeys(said))


def _of_plan(figures: Iterable[Figure], plan: PlanSaid | None) -> Iterable[Figure]:
    """Of each filing the figure of the plan's number: by its indicator, else the first in its unit."""
    chosen: dict[int, Figure] = {}
    for one in figures:
        if plan and one.measured_in == plan.unit:
            is_named = plan.indicator != "" and one.indicator == plan.indicator
            if is_named or one.filing not in chosen:
                chosen[one.filing] = one
    return chosen.values()


def _add_closings(known: dict[int, Known], extent: Extent, moment: datetime) -> None:
    """The last step of each task's close-out by then."""
    rows = Completion.objects.filter(extent.under("task"), applied_at__lte=moment).order_by("id")
    for task, by, *said in rows.values_list("task_id", "verified_by__name", *CloseOutSaid._fields[1:]):
        one, row = known.get(task), CloseOutSaid._make((by or "", *said))
        if one is None or _is_withdrawn(row, moment):
            continue
        one.closing = _last_step(row, moment)
        is_closed = one.closing.step is CloseOut.CLOSED
        one.done_on = row.done_on if is_closed else None
        one.closed_on = day_of(row.closed_at) if is_closed and row.closed_at else None


def _is_withdrawn(row: CloseOutSaid, moment: datetime) -> bool:
    return row.stage == CompletionStage.WITHDRAWN and (row.returned_at is None or row.returned_at <= moment)


def _last_step(row: CloseOutSaid, moment: datetime) -> Closing:
    if _passed(row.reopened_at, moment):
        return Closing(CloseOut.REOPENED, day_of(row.reopened_at), row.verifier, row.returned_why)
    if _passed(row.closed_at, moment):
        return Closing(CloseOut.CLOSED, day_of(row.closed_at), row.verifier)
    if row.stage == CompletionStage.RETURNED and _passed(row.returned_at, moment):
        return Closing(CloseOut.RETURNED, day_of(row.returned_at), row.verifier, row.returned_why)
    if _passed(row.verified_at, moment):
        return Closing(CloseOut.VERIFIED, day_of(row.verified_at), row.verifier)
    return Closing(CloseOut.APPLIED, day_of(row.applied_at))


def _passed(at: datetime | None, moment: datetime) -> TypeGuard[datetime]:
    return at is not None and at <= moment


def _add_standings(known: dict[int, Known], extent: Extent, moment: datetime) -> None:
    """Tasks suspended, merged, split or dropped at the moment, by which act."""
    stood = Q(since__lte=moment) & (Q(until__isnull=True) | Q(until__gt=moment))
    rows = Standing.objects.filter(stood, extent.under("task")).order_by("id")
    for task, dated, kind, act in rows.values_list("task_id", "dated", "kind", "act"):
        if task in known:
            known[task].out = f"{dated:%Y-%m-%d}{StandingKind(kind).label}（{act}）"
    for one in known.values():
        if one.status == Status.WITHDRAWN:
            one.out = "任务已撤回"


def _add_registers(known: dict[int, Known], extent: Extent, moment: datetime) -> None:
    """The rule of days of the list each item was entered on, as the list's terms were at the moment."""
    entries = RegisterEntry.objects.at(moment).filter(extent.under("task"), task__kind=TaskKind.REGISTER)
    of = dict(entries.order_by().values_list("task_id", "register_id"))
    terms = RegisterTerms.objects.at(moment).filter(register__place_id=extent.place_id)
    rules = {register: says.get("lights", "") for register, says in terms.values_list("register_id", "says")}
    for task, register in of.items():
        if task in known:
            known[task].lights = rules.get(register, "")
