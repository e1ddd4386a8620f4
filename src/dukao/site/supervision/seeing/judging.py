"""The light of every task of a year on a day: plans in force, facts accepted, rules adopted; nothing typed.

A handful of queries for any number of tasks; what is judged is a function of what was recorded by that day.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q
from django.utils.timezone import localdate

from dukao.progress.curves import curve_presets, points_in
from dukao.progress.lights import judge_progress
from dukao.progress.values import (
    Cumulative,
    Fact,
    Judgement,
    Level,
    Light,
    Milestone,
    Milestones,
    Plan,
    Point,
    Statistic,
)
from dukao.site.supervision.models import (
    ActionPlan,
    Completion,
    Filing,
    FilingStage,
    FilingStep,
    FilingValue,
    PlanKind,
    PlanPoint,
    PlanStep,
    Standing,
)
from dukao.site.supervision.practice import Practice, evening

_QUARTERS = ((3, 31), (6, 30), (9, 30), (12, 31))


@dataclass(slots=True)
class Evidence:
    """What is known of one task by a day: its plan in force, numbers filed, steps done, what blocks it."""

    plan: ActionPlan | None = None
    points: list[Point] = field(default_factory=list)
    steps: list[PlanStep] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    done: dict[str, date] = field(default_factory=dict)
    blocked: str = ""


def judge_tasks(task_ids: Iterable[int], practice: Practice, year: int) -> dict[int, Judgement]:
    """The progress judgement of each task on the practice's day."""
    ids = list(task_ids)
    day = practice.day
    known = _gather(ids, evening(day, 23).replace(minute=59, second=59, microsecond=999999))
    closed = _closed(ids, day)
    out = _out_of_totals(ids, day)
    judged = {}
    for task in ids:
        if task in out:
            judged[task] = Judgement(Light.UNKNOWN, f"{out[task]}，不计入进度", day=day)
        elif task in closed:
            judged[task] = Judgement(Light.GREEN, closed[task], day=day)
        else:
            judged[task] = _judge(known[task], practice, year)
    return judged


def _judge(evidence: Evidence, practice: Practice, year: int) -> Judgement:
    kind = evidence.plan.kind if evidence.plan else PlanKind.CUMULATIVE
    plan = as_progress(evidence, year)
    return judge_progress(
        plan, evidence.facts, practice.light_rule(kind), practice.day, blocked=evidence.blocked
    )


def as_progress(evidence: Evidence, year: int) -> Plan | None:
    """A plan on the record as the library judges it; None where it lacks what its kind needs."""
    plan = evidence.plan
    if plan is None:
        return None
    target, unit = plan.target or 0.0, plan.unit_of_measure
    if plan.kind == PlanKind.MILESTONES:
        steps = (Milestone(step.name, step.due, evidence.done.get(step.name)) for step in evidence.steps)
        return Milestones(tuple(steps))
    if plan.kind == PlanKind.STATISTIC:
        periods = tuple(date(year, month, day) for month, day in _QUARTERS)
        return Statistic(target, unit, ">=", periods, plan.delay)
    if plan.kind in (PlanKind.LEVEL, PlanKind.CEILING):
        return Level(target, unit, ">=" if plan.kind == PlanKind.LEVEL else "<=")
    preset = curve_presets().get(plan.curve)
    if evidence.points:
        return Cumulative(target, unit, tuple(evidence.points), preset.is_step if preset else True)
    if preset is None:
        return None
    return Cumulative(target, unit, points_in(preset, year, plan.deadline), preset.is_step)


def _gather(ids: list[int], moment: datetime) -> dict[int, Evidence]:
    """Plans, points, steps, facts and blocks of many tasks as known at a moment: six queries."""
    known: dict[int, Evidence] = defaultdict(Evidence)
    in_force = Q(since__lte=moment) & (Q(until__isnull=True) | Q(until__gt=moment))
    plans = {plan.pk: plan for plan in ActionPlan.objects.filter(in_force, task_id__in=ids)}
    for plan in plans.values():
        known[plan.task_id].plan = plan
    for point in PlanPoint.objects.filter(plan_id__in=plans):
        known[plans[point.plan_id].task_id].points.append(Point(point.day, point.share))
    for step in PlanStep.objects.filter(plan_id__in=plans).order_by("order"):
        known[plans[step.plan_id].task_id].steps.append(step)
    _add_filings(known, ids, moment)
    return known


def _add_filings(known: dict[int, Evidence], ids: list[int], moment: datetime) -> None:
    """What the accepted filings of the lead units say; the latest decides whether a task is blocked."""
    accepted = Filing.objects.filter(
        task_id__in=ids, is_lead=True, stage=FilingStage.ACCEPTED, ruled_at__lte=moment
    )
    rows = accepted.order_by("true_on", "ruled_at").values_list(
        "pk", "task_id", "true_on", "ruled_at", "is_blocked", "problem"
    )
    filed = {}
    for pk, task, true_on, ruled_at, is_blocked, problem in rows:
        filed[pk] = (task, true_on, localdate(ruled_at))
        known[task].blocked = (problem or "未写明原因") if is_blocked else ""
    main = {task: evidence.plan.unit_of_measure for task, evidence in known.items() if evidence.plan}
    for filing, value, unit in FilingValue.objects.filter(filing_id__in=filed).values_list(
        "filing_id", "value", "unit"
    ):
        task, true_on, recorded = filed[filing]
        if true_on and unit == main.get(task, unit):
            known[task].facts.append(Fact(true_on, value, recorded))
    for filing, name, done_on in FilingStep.objects.filter(filing_id__in=filed).values_list(
        "filing_id", "name", "done_on"
    ):
        known[filed[filing][0]].done.setdefault(name, done_on)


def _closed(ids: list[int], day: date) -> dict[int, str]:
    """Tasks closed by a day with what to say; done late stays done, late."""
    rows = Completion.objects.filter(task_id__in=ids, closed_at__isnull=False)
    said = {}
    for row in rows.filter(closed_at__lte=evening(day, 23)):
        if row.reopened_at is None or localdate(row.reopened_at) > day:
            said[row.task_id] = f"绿：{row.done_on.month}月{row.done_on.day}日完成，已核验办结"
    return said


def _out_of_totals(ids: list[int], day: date) -> dict[int, str]:
    """Tasks suspended, merged, split or dropped on a day, with the act."""
    until = evening(day, 23)
    rows = Standing.objects.filter(task_id__in=ids, since__lte=until)
    rows = rows.filter(Q(until__isnull=True) | Q(until__gt=until))
    return {row.task_id: f"已{row.get_kind_display()}（{row.act}）" for row in rows}
