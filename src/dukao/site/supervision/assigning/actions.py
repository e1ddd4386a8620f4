"""交办和签收: an issued task goes to its lead units; each confirms, objects with a reason, or is silent."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from dukao.progress.workdays import CalendarUnknown, add_workdays
from dukao.site.history.actions import record
from dukao.site.history.values import PROGRAM, Actor
from dukao.site.ledger.models import Breakdown, Responsibility, Status, TaskState
from dukao.site.people.access import Act, Viewer, require
from dukao.site.people.models import PARTNERS
from dukao.site.refusals import Refused
from dukao.site.supervision.errors import Refusal
from dukao.site.supervision.models import Answer, Assignment, Objection, Subject
from dukao.site.supervision.naming import Action
from dukao.site.supervision.practice import practice_of


@transaction.atomic
def assign_tasks(breakdown_id: int, *, by: Viewer, at: datetime) -> int:
    """Send every issued task to its lead units, those sent already left out; how many were sent.

    Party bodies, courts and the military are asked by letter, never assigned.
    """
    require(by, Act.ASSIGN)
    breakdown = Breakdown.objects.select_for_update().get(pk=breakdown_id, place_id=by.place_id)
    due = objection_due(breakdown.place_id, localdate(at))
    known = set(Assignment.objects.filter(task__breakdown=breakdown).values_list("task_id", "unit_id"))
    issued = TaskState.objects.at(None).filter(task__breakdown=breakdown, status=Status.ISSUED)
    leads = (
        Responsibility.objects.at(None)
        .filter(task__in=issued.values("task_id"), role="lead", unit__isnull=False)
        .exclude(unit__kind__in=PARTNERS)
        .values_list("task_id", "unit_id")
        .distinct()
    )
    fresh = [pair for pair in leads if pair not in known]
    Assignment.objects.bulk_create(
        Assignment(task_id=task, unit_id=unit, sent_at=at, due=due) for task, unit in fresh
    )
    if fresh:
        after = {"tasks": len(fresh), "due": due.isoformat()}
        record(Action.ASSIGNED, by=by.actor, at=at, about=[("breakdown", breakdown.pk)], after=after)
    return len(fresh)


def objection_due(place_id: int, day: date) -> date:
    """The last day for an objection to what was sent on `day`, by the place's limit of working days."""
    days = practice_of(place_id, day).preset(Subject.LIMITS)["objection"]
    try:
        return add_workdays(day, days)
    except CalendarUnknown as unknown:
        raise Refused(Refusal.NO_CALENDAR, words=str(unknown)) from None


@transaction.atomic
def confirm_assignment(assignment_id: int, *, by: Viewer, at: datetime) -> Assignment:
    """The unit takes the task."""
    assignment = _lock(assignment_id, by)
    _refuse_answered(assignment)
    return _answer(assignment, Answer.CONFIRMED, Action.CONFIRMED, by.actor, by.user_id, at)


@transaction.atomic
def object_to_assignment(
    assignment_id: int, objection: Objection, reason: str, *, by: Viewer, at: datetime
) -> Assignment:
    """The unit will not have the task, and says of which kind its reason is; only within the limit."""
    assignment = _lock(assignment_id, by)
    _refuse_answered(assignment)
    if localdate(at) > assignment.due:
        raise Refused(Refusal.OBJECTION_LATE, due=f"{assignment.due:%Y-%m-%d}")
    if not reason.strip():
        raise Refused(Refusal.NEEDS_REASON, what="异议")
    assignment.objection, assignment.reason = objection, reason.strip()
    return _answer(assignment, Answer.OBJECTED, Action.OBJECTED, by.actor, by.user_id, at, why=reason)


@transaction.atomic
def rule_objection(assignment_id: int, *, is_upheld: bool, why: str, by: Viewer, at: datetime) -> Assignment:
    """The clerk settles an objection; an upheld one is carried out by a supplement of the ledger."""
    require(by, Act.ASSIGN)
    if not why.strip():
        raise Refused(Refusal.NEEDS_REASON, what="处理异议")
    assignment = Assignment.objects.select_for_update().get(
        pk=assignment_id, task__place_id=by.place_id, answer=Answer.OBJECTED
    )
    assignment.is_upheld, assignment.ruling_why = is_upheld, why.strip()
    assignment.ruled_by_id, assignment.ruled_at = by.user_id, at
    assignment.save()
    about = [("task", assignment.task_id), ("unit", assignment.unit_id)]
    after = {"采纳": is_upheld}
    record(Action.OBJECTION_RULED, by=by.actor, at=at, about=about, after=after, why=why)
    return assignment


@transaction.atomic
def note_silence(place_id: int, *, at: datetime) -> int:
    """Silence past the limit is consent, and recorded so; how many fell silent. Safe to run again."""
    today = localdate(at)
    silent = list(
        Assignment.objects.select_for_update().filter(
            task__place_id=place_id, answer=Answer.WAITING, due__lt=today
        )
    )
    Assignment.objects.filter(pk__in=[one.pk for one in silent]).update(answer=Answer.SILENT, answered_at=at)
    if silent:
        about = [("task", one.task_id) for one in silent]
        record(Action.SILENCE_NOTED, by=PROGRAM, at=at, about=about, after={"tasks": len(silent)})
    return len(silent)


def _lock(assignment_id: int, by: Viewer) -> Assignment:
    require(by, Act.ACCEPT_TASK)
    assignment: Assignment = (
        Assignment.objects.select_for_update()
        .select_related("task")
        .get(pk=assignment_id, task__place_id=by.place_id, unit_id=by.own_unit)
    )
    return assignment


def _refuse_answered(assignment: Assignment) -> None:
    if assignment.answer != Answer.WAITING:
        when = f"{localdate(assignment.answered_at):%Y-%m-%d}" if assignment.answered_at else ""
        raise Refused(Refusal.ANSWERED, when=when, answer=assignment.get_answer_display())


def _answer(
    assignment: Assignment,
    answer: Answer,
    action: Action,
    actor: Actor,
    user_id: int,
    at: datetime,
    why: str = "",
) -> Assignment:
    assignment.answer, assignment.answered_by_id, assignment.answered_at = answer, user_id, at
    assignment.save()
    about = [("task", assignment.task_id), ("unit", assignment.unit_id)]
    after = {"答复": answer.label, "异议": assignment.get_objection_display()}
    record(action, by=actor, at=at, about=about, after=after, why=why)
    return assignment
