"""推进方案: drafted by the lead unit, approved by the office; the first promise stays beside every change."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate

from dukao.progress.curves import curve_presets
from dukao.site.history.actions import record
from dukao.site.ledger.models import Responsibility, Task
from dukao.site.people.access import Act, Viewer, require
from dukao.site.refusals import Refused
from dukao.site.supervision.errors import Refusal
from dukao.site.supervision.models import (
    ActionPlan,
    PlanKind,
    PlanPoint,
    PlanStage,
    PlanStep,
    TaskForceMember,
)
from dukao.site.supervision.naming import Action

_WRITABLE = (PlanStage.DRAFT, PlanStage.RETURNED)
_IN_HAND = (PlanStage.DRAFT, PlanStage.RETURNED, PlanStage.SUBMITTED)


@dataclass(frozen=True, slots=True)
class PlanWords:
    """A plan as the lead unit writes it; what its kind does not use stays empty."""

    kind: PlanKind
    visible: str = ""
    actions: str = ""
    target: float | None = None
    unit_of_measure: str = ""
    curve: str = ""
    delay: int = 0
    deadline: date | None = None
    points: tuple[tuple[date, float], ...] = ()
    steps: tuple[tuple[str, date], ...] = ()
    members: tuple[tuple[str, str], ...] = field(default=())
    change_why: str = ""


@transaction.atomic
def save_plan(task_id: int, words: PlanWords, *, by: Viewer, at: datetime) -> ActionPlan:
    """Save the plan in hand of a task, the first or a change; one is in hand at a time.

    A change is asked for before the day of what it changes (`CHANGE_LATE`), and with a reason.
    """
    require(by, Act.PLAN)
    task = _lock_task(task_id, by)
    plans = list(ActionPlan.objects.select_for_update().filter(task=task))
    in_force = next((one for one in plans if one.since and not one.until), None)
    in_hand = next((one for one in plans if one.stage in _IN_HAND), None)
    if in_hand and in_hand.stage not in _WRITABLE:
        raise Refused(Refusal.PLAN_OPEN, stage=in_hand.get_stage_display())
    if in_force:
        _refuse_late_change(in_force, words, localdate(at))
    plan = in_hand or _begin(task, by, at)
    before = plain(plan) if in_hand else None
    _write(plan, words, by, at)
    _record(Action.PLAN_SAVED, plan, by=by, at=at, before=before, why=words.change_why)
    return plan


@transaction.atomic
def submit_plan(plan_id: int, *, by: Viewer, at: datetime) -> ActionPlan:
    """Send a plan to the office; what it still lacks is said all at once."""
    require(by, Act.PLAN)
    plan = ActionPlan.objects.select_for_update().get(pk=plan_id, unit_id=by.own_unit)
    if plan.stage not in _WRITABLE:
        raise Refused(Refusal.PLAN_FIXED, stage=plan.get_stage_display())
    missing = what_is_missing(plan)
    if missing:
        raise Refused(Refusal.PLAN_LACKS, missing)
    plan.stage, plan.submitted_at = PlanStage.SUBMITTED, at
    plan.save()
    _record(Action.PLAN_SUBMITTED, plan, by=by, at=at)
    return plan


@transaction.atomic
def approve_plan(plan_id: int, *, why: str = "", by: Viewer, at: datetime) -> ActionPlan:
    """Put a plan in force; the one before it ends at the same moment and stays to be read."""
    require(by, Act.RULE_PLAN)
    plan = _lock_submitted(plan_id, by)
    ActionPlan.objects.filter(task_id=plan.task_id, since__isnull=False, until__isnull=True).update(
        until=at, stage=PlanStage.SUPERSEDED
    )
    plan.stage, plan.since = PlanStage.APPROVED, at
    return _rule(plan, Action.PLAN_APPROVED, why, by=by, at=at)


@transaction.atomic
def return_plan(plan_id: int, why: str, *, by: Viewer, at: datetime) -> ActionPlan:
    """Send a plan back with what is missing."""
    require(by, Act.RULE_PLAN)
    if not why.strip():
        raise Refused(Refusal.NEEDS_REASON, what="退回")
    plan = _lock_submitted(plan_id, by)
    plan.stage = PlanStage.RETURNED
    return _rule(plan, Action.PLAN_RETURNED, why, by=by, at=at)


def what_is_missing(plan: ActionPlan) -> list[str]:
    """What a plan lacks before it can be sent, one Chinese line each."""
    lines = [] if plan.visible.strip() else ["到12月31日能看见什么：还没有写"]
    if plan.kind == PlanKind.MILESTONES:
        lines += [] if plan.steps.exists() else ["节点推进的方案至少要有一个节点"]
    elif plan.target is None:
        lines.append("目标值还没有填")
    if plan.kind == PlanKind.CUMULATIVE and not plan.points.exists() and plan.curve not in curve_presets():
        lines.append("累计数量要选一条序时曲线，或逐点填写应达比例")
    if plan.number > 1 and not plan.change_why.strip():
        lines.append("变更方案要写明理由")
    return lines


def plain(plan: ActionPlan) -> dict[str, Any]:
    """A plan as plain JSON for the history."""
    return {
        "次数": plan.number,
        "阶段": plan.get_stage_display(),
        "类型": plan.get_kind_display(),
        "年底成果": plan.visible,
        "措施": plan.actions,
        "目标值": plan.target,
        "单位": plan.unit_of_measure,
        "曲线": plan.curve,
        "时限": plan.deadline.isoformat() if plan.deadline else None,
        "节点": {step.name: step.due.isoformat() for step in plan.steps.all()},
        "应达": {point.day.isoformat(): point.share for point in plan.points.all()},
        "专班": {member.name: member.duty for member in plan.members.all()},
    }


def _lock_task(task_id: int, by: Viewer) -> Task:
    """The task, where the viewer's unit leads it (or files for it where only a partner leads)."""
    task = Task.objects.select_for_update().get(pk=task_id, place_id=by.place_id)
    duties = Responsibility.objects.at(None).filter(task=task, unit_id=by.own_unit)
    led = Responsibility.objects.at(None).filter(task=task, role="lead", unit__isnull=False)
    if not duties.filter(role="lead").exists() and (led.exists() or not duties.exists()):
        raise Refused(Refusal.NOT_YOUR_UNIT, status=403)
    return task


def _refuse_late_change(plan: ActionPlan, words: PlanWords, today: date) -> None:
    """A day that has passed is not moved: what was due stays due."""
    asked = dict(words.steps)
    for step in plan.steps.all():
        if step.due < today and asked.get(step.name, step.due) != step.due:
            raise Refused(Refusal.CHANGE_LATE, what=step.name, due=f"{step.due:%Y-%m-%d}")
    if plan.deadline and plan.deadline < today and words.deadline != plan.deadline:
        raise Refused(Refusal.CHANGE_LATE, what="全部任务", due=f"{plan.deadline:%Y-%m-%d}")


def _begin(task: Task, by: Viewer, at: datetime) -> ActionPlan:
    last = ActionPlan.objects.filter(task=task).aggregate(last=Max("number"))["last"] or 0
    return ActionPlan(
        task=task, unit_id=by.own_unit, number=last + 1, drafted_by_id=by.user_id, drafted_at=at, version=0
    )


def _write(plan: ActionPlan, words: PlanWords, by: Viewer, at: datetime) -> None:
    for name in ("kind", "visible", "actions", "target", "unit_of_measure", "curve", "delay", "deadline"):
        setattr(plan, name, getattr(words, name))
    plan.change_why = words.change_why
    plan.stage = PlanStage.DRAFT
    plan.version += 1
    plan.save()
    for rows in (plan.points, plan.steps, plan.members):
        rows.all().delete()
    PlanPoint.objects.bulk_create(PlanPoint(plan=plan, day=day, share=share) for day, share in words.points)
    PlanStep.objects.bulk_create(
        PlanStep(plan=plan, order=at, name=name, due=due) for at, (name, due) in enumerate(words.steps, 1)
    )
    TaskForceMember.objects.bulk_create(
        TaskForceMember(plan=plan, order=at, name=name, duty=duty)
        for at, (name, duty) in enumerate(words.members, 1)
    )


def _lock_submitted(plan_id: int, by: Viewer) -> ActionPlan:
    plan = ActionPlan.objects.select_for_update().get(pk=plan_id, task__place_id=by.place_id)
    if plan.stage != PlanStage.SUBMITTED:
        raise Refused(Refusal.PLAN_FIXED, stage=plan.get_stage_display())
    return plan


def _rule(plan: ActionPlan, action: Action, why: str, *, by: Viewer, at: datetime) -> ActionPlan:
    plan.ruled_by_id, plan.ruled_at, plan.ruling_why = by.user_id, at, why.strip()
    plan.save()
    _record(action, plan, by=by, at=at, why=why)
    return plan


def _record(
    action: Action,
    plan: ActionPlan,
    *,
    by: Viewer,
    at: datetime,
    before: dict[str, Any] | None = None,
    why: str = "",
) -> None:
    about = [("plan", plan.pk), ("task", plan.task_id), ("unit", plan.unit_id)]
    record(action, by=by.actor, at=at, about=about, before=before, after=plain(plan), why=why)
