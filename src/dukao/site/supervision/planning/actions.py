"""推进方案: drafted by the lead unit, approved by the office; the first promise stays beside every change."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils.timezone import localdate

from dukao.site.history.actions import record
from dukao.site.ledger.models import Task, TaskMeasure
from dukao.site.people.access import Act, Viewer, require
from dukao.site.refusals import Refused
from dukao.site.statements import Lookup, Update
from dukao.site.supervision.access import lock_led_task
from dukao.site.supervision.errors import Refusal
from dukao.site.supervision.models import (
    ActionPlan,
    PlanPoint,
    PlanStage,
    PlanStep,
    TaskForceMember,
)
from dukao.site.supervision.naming import Action
from dukao.site.supervision.planning.checking import refuse_late_change, what_is_missing
from dukao.site.supervision.planning.telling import Rows, plain
from dukao.site.supervision.planning.words import PlanWords

WRITABLE = (PlanStage.DRAFT, PlanStage.RETURNED)
IN_HAND = (PlanStage.DRAFT, PlanStage.RETURNED, PlanStage.SUBMITTED)
_PLANS = Lookup(ActionPlan.objects.select_for_update().order_by("number"), "task_id")
_SENT = Update(ActionPlan, "stage", "submitted_at")
_SIMPLE = ("kind", "visible", "actions", "target", "base", "unit_of_measure", "curve", "delay", "deadline")

__all__ = [
    "IN_HAND",
    "WRITABLE",
    "PlanConflict",
    "PlanLacks",
    "PlanWords",
    "approve_plan",
    "approve_plans",
    "recall_plan",
    "return_plan",
    "save_plan",
    "send_plan",
    "what_is_missing",
    "withdraw_plan",
]


class PlanConflict(Refused):
    """Somebody saved this plan meanwhile; `plan` is what stands now, `words` what was to be saved."""

    def __init__(self, plan: ActionPlan, words: PlanWords) -> None:
        super().__init__(Refusal.PLAN_MEANWHILE, who=plan.saved_by.name if plan.saved_by else "他人")
        self.plan, self.words = plan, words


class PlanLacks(Refused):
    """A plan that is not sent for what it lacks, a line each; `plan` is the draft as it is saved."""

    def __init__(self, plan: ActionPlan, missing: Sequence[str]) -> None:
        super().__init__(Refusal.PLAN_LACKS, missing, status=422)
        self.plan = plan


@transaction.atomic
def save_plan(
    task_id: int, words: PlanWords, *, by: Viewer, at: datetime, version: int | None = None
) -> ActionPlan:
    """Save the plan in hand of a task, the first or a change; one is in hand at a time.

    `version` is the one the writer saw (0: none was there); who saves over a newer one gets both texts
    (PlanConflict). A change is asked for before the day of what it changes (`CHANGE_LATE`).
    """
    return _save(task_id, words, version, by, at)[0]


def send_plan(
    task_id: int, words: PlanWords, *, by: Viewer, at: datetime, version: int | None = None
) -> ActionPlan:
    """Save a plan and send it to the office in one go; the draft stays saved where it lacks something.

    What it lacks is said all at once (PlanLacks).
    """
    with transaction.atomic():
        plan, rows = _save(task_id, words, version, by, at)
        missing = what_is_missing(plan, rows)
        if not missing:
            was = plan.stage
            plan.stage, plan.submitted_at = PlanStage.SUBMITTED, at
            _SENT.save(plan)
            _record(Action.PLAN_SUBMITTED, plan, rows, was=was, by=by, at=at)
    if missing:
        raise PlanLacks(plan, missing)
    return plan


def _save(
    task_id: int, words: PlanWords, version: int | None, by: Viewer, at: datetime
) -> tuple[ActionPlan, Rows]:
    require(by, Act.PLAN)
    task = lock_led_task(by, pk=task_id)
    plans = _PLANS.find(task.pk)
    in_force = next((one for one in plans if one.since and not one.until), None)
    in_hand = next((one for one in plans if one.stage in IN_HAND), None)
    if in_hand and in_hand.stage not in WRITABLE:
        raise Refused(Refusal.PLAN_OPEN, stage=in_hand.get_stage_display())
    if plans and version is not None and version != (in_hand.version if in_hand else 0):
        raise PlanConflict(in_hand or plans[-1], words)
    if in_force:
        refuse_late_change(in_force, words, localdate(at))
    plan = in_hand or _begin(task, plans, by, at)
    before = plain(plan) if in_hand else None
    rows = _write(plan, words, by, at)
    _record(Action.PLAN_SAVED, plan, rows, by=by, at=at, before=before, why=words.change_why)
    return plan, rows


@transaction.atomic
def recall_plan(plan_id: int, *, by: Viewer, at: datetime) -> ActionPlan:
    """A hand slipped: the unit takes a plan back to write on, as long as the office has not ruled."""
    plan = _lock_own(plan_id, by)
    if plan.stage != PlanStage.SUBMITTED:
        raise Refused(Refusal.PLAN_FIXED, stage=plan.get_stage_display())
    plan.stage, plan.submitted_at = PlanStage.DRAFT, None
    plan.save(update_fields=("stage", "submitted_at"))
    _record(Action.PLAN_RECALLED, plan, was=PlanStage.SUBMITTED, by=by, at=at)
    return plan


@transaction.atomic
def withdraw_plan(plan_id: int, *, by: Viewer, at: datetime) -> ActionPlan:
    """The unit thinks better of what it has not sent: the plan in force stays, the draft stays on record."""
    plan = _lock_own(plan_id, by)
    if plan.stage not in WRITABLE:
        raise Refused(Refusal.PLAN_FIXED, stage=plan.get_stage_display())
    was, plan.stage = plan.stage, PlanStage.WITHDRAWN
    plan.save(update_fields=("stage",))
    _record(Action.PLAN_WITHDRAWN, plan, was=was, by=by, at=at)
    return plan


@transaction.atomic
def approve_plan(plan_id: int, *, why: str = "", by: Viewer, at: datetime) -> ActionPlan:
    """Put a plan in force; the one before it ends at the same moment and stays to be read."""
    require(by, Act.RULE_PLAN)
    plan = _lock_submitted(plan_id, by)
    _put_in_force([plan], why, by, at)
    _record(Action.PLAN_APPROVED, plan, was=PlanStage.SUBMITTED, by=by, at=at, why=why.strip())
    return plan


@transaction.atomic
def approve_plans(plan_ids: Iterable[int], *, by: Viewer, at: datetime) -> int:
    """Put several plans in force in one act; one that is not waiting any more stops them all; how many."""
    require(by, Act.RULE_PLAN)
    plans = _lock_all_submitted(set(plan_ids), by)
    if not plans:
        raise Refused(Refusal.NOTHING_CHOSEN, status=422)
    _put_in_force(plans, "", by, at)
    about = [thing for plan in plans for thing in _about(plan)]
    agreed = [
        {"task": plan.task_id, "called": plan.task.number, "同意": f"第{plan.number}次"} for plan in plans
    ]
    after = {"changes": agreed}
    record(Action.PLAN_APPROVED, by=by.actor, at=at, about=about, after=after)
    return len(plans)


@transaction.atomic
def return_plan(plan_id: int, why: str, *, by: Viewer, at: datetime) -> ActionPlan:
    """Send a plan back with what is missing."""
    require(by, Act.RULE_PLAN)
    plan = _lock_submitted(plan_id, by)
    if not why.strip():
        raise Refused(Refusal.NEEDS_REASON, what="退回", status=422)
    plan.stage = PlanStage.RETURNED
    plan.ruled_by_id, plan.ruled_at, plan.ruling_why = by.user_id, at, why.strip()
    plan.save(update_fields=("stage", "ruled_by", "ruled_at", "ruling_why"))
    _record(Action.PLAN_RETURNED, plan, was=PlanStage.SUBMITTED, by=by, at=at, why=why.strip())
    return plan


def _begin(task: Task, plans: list[ActionPlan], by: Viewer, at: datetime) -> ActionPlan:
    last = max((one.number for one in plans), default=0)
    return ActionPlan(
        task=task, unit_id=by.own_unit, number=last + 1, drafted_by_id=by.user_id, drafted_at=at, version=0
    )


def _write(plan: ActionPlan, words: PlanWords, by: Viewer, at: datetime) -> Rows:
    for name in _SIMPLE:
        setattr(plan, name, getattr(words, name))
    plan.measure = None
    if words.measure_id:
        plan.measure = TaskMeasure.objects.filter(pk=words.measure_id, task_id=plan.task_id).first()
    plan.change_why = words.change_why.strip()
    plan.unit_id, plan.saved_by_id, plan.saved_at = by.own_unit, by.user_id, at
    plan.stage = PlanStage.DRAFT
    plan.version += 1
    is_new = plan.pk is None
    plan.save()
    for rows in () if is_new else (plan.points, plan.steps, plan.members):
        rows.all().delete()
    return Rows(
        PlanPoint.objects.bulk_create(
            PlanPoint(plan=plan, day=day, share=share) for day, share in words.points
        ),
        PlanStep.objects.bulk_create(
            PlanStep(plan=plan, order=place, name=name[:80], due=due)
            for place, (name, due) in enumerate(words.steps, 1)
        ),
        TaskForceMember.objects.bulk_create(
            TaskForceMember(plan=plan, order=place, name=name[:40], duty=duty[:80])
            for place, (name, duty) in enumerate(words.members, 1)
        ),
    )


def _put_in_force(plans: Sequence[ActionPlan], why: str, by: Viewer, at: datetime) -> None:
    """Let plans hold from a moment, one a task, those before them until it: two queries for any number."""
    before = ActionPlan.objects.filter(task_id__in=[one.task_id for one in plans])
    before.filter(since__isnull=False, until__isnull=True).update(until=at, stage=PlanStage.SUPERSEDED)
    ruled: dict[str, Any] = {"stage": PlanStage.APPROVED, "since": at}
    ruled |= {"ruled_by_id": by.user_id, "ruled_at": at, "ruling_why": why.strip()}
    ActionPlan.objects.filter(pk__in=[one.pk for one in plans]).update(**ruled)
    for plan in plans:
        for name, value in ruled.items():
            setattr(plan, name, value)


def _lock_own(plan_id: int, by: Viewer) -> ActionPlan:
    """A plan of a task the viewer's unit leads, locked behind its task; 404 for any other."""
    require(by, Act.PLAN)
    lock_led_task(by, plans=plan_id)
    plan: ActionPlan = ActionPlan.objects.select_for_update().get(pk=plan_id)
    return plan


def _lock_submitted(plan_id: int, by: Viewer) -> ActionPlan:
    return _lock_all_submitted({plan_id}, by)[0]


def _lock_all_submitted(plan_ids: set[int], by: Viewer) -> list[ActionPlan]:
    """Plans of the viewer's place that wait, with their tasks, locked: one query; 404 for any other."""
    found = ActionPlan.objects.filter(pk__in=plan_ids, task__place_id=by.place_id).order_by("pk")
    plans = list(found.select_related("task").select_for_update(of=("self",)))
    if len(plans) < len(plan_ids):
        raise Http404
    for plan in plans:
        if plan.stage != PlanStage.SUBMITTED:
            raise Refused(Refusal.PLAN_FIXED, stage=plan.get_stage_display())
    return plans


def _about(plan: ActionPlan) -> list[tuple[str, object]]:
    return [("plan", plan.pk), ("task", plan.task_id), ("unit", plan.unit_id)]


def _record(
    action: Action,
    plan: ActionPlan,
    rows: Rows | None = None,
    *,
    by: Viewer,
    at: datetime,
    before: dict[str, object] | None = None,
    was: str = "",
    why: str = "",
) -> None:
    """Keep what a plan says now; of one that only went on, `was` is the stage it left."""
    after = plain(plan, rows)
    if was:
        before = after | {"阶段": str(PlanStage(was).label)}
    record(action, by=by.actor, at=at, about=_about(plan), before=before, after=after, why=why)
