"""交办和签收: an issued task goes to its lead units; each confirms, objects with a reason, or is silent."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.http import Http404
from django.utils.timezone import localdate

from dukao.progress.workdays import CalendarUnknown, add_workdays
from dukao.site.history.actions import record
from dukao.site.history.values import PROGRAM
from dukao.site.ledger.models import Breakdown
from dukao.site.people.access import Act, Viewer, require
from dukao.site.refusals import Refused
from dukao.site.supervision.access import units_of
from dukao.site.supervision.assigning.laying import issued_states, units_laid_on
from dukao.site.supervision.errors import Refusal
from dukao.site.supervision.models import Answer, Assignment, Objection, Subject
from dukao.site.supervision.naming import Action
from dukao.site.supervision.practice import practice_of


@transaction.atomic
def assign_tasks(breakdown_id: int, *, due: date | None = None, by: Viewer, at: datetime) -> int:
    """Send every issued task to its lead units, those sent already left out; how many were sent.

    `due`, the last day for objections, is the place's limit in working days unless somebody names a day:
    where the calendar of the coming year is not known, somebody must. Party bodies, courts and the military
    are asked by letter, never assigned.
    """
    require(by, Act.ASSIGN)
    breakdown = Breakdown.objects.select_for_update().filter(pk=breakdown_id, place_id=by.place_id).first()
    if breakdown is None:
        raise Http404
    if due is not None and due <= localdate(at):
        raise Refused(Refusal.OBJECTION_DAY_PAST, status=422)
    fresh = not_sent(breakdown)
    if fresh:
        limit = due or objection_due(breakdown.place_id, localdate(at))
        Assignment.objects.bulk_create(
            Assignment(task_id=task, unit_id=unit, sent_at=at, due=limit) for task, unit in fresh
        )
        about = [("breakdown", breakdown.pk), *(("task", task) for task, _ in fresh)]
        after = {"件数": len(fresh), "异议期限": limit.isoformat()}
        record(Action.ASSIGNED, by=by.actor, at=at, about=about, after=after)
    return len(fresh)


def not_sent(breakdown: Breakdown) -> list[tuple[int, int]]:
    """(task, unit) of a breakdown that have not gone out: two queries."""
    known = set(Assignment.objects.filter(task__breakdown=breakdown).values_list("task_id", "unit_id"))
    laid = units_laid_on(issued_states(breakdown.place_id, task__breakdown=breakdown))
    return [pair for pair in laid if pair not in known]


def objection_due(place_id: int, day: date) -> date:
    """The last day for an objection to what was sent on `day`, by the place's limit of working days."""
    days = practice_of(place_id, day).preset(Subject.LIMITS)["objection"]
    try:
        return add_workdays(day, days)
    except CalendarUnknown as unknown:
        raise Refused(Refusal.NO_CALENDAR, words=str(unknown)) from None


@transaction.atomic
def confirm_assignments(assignment_ids: Iterable[int], *, by: Viewer, at: datetime) -> int:
    """The unit takes tasks, one or all of them in one click; what is answered already is left; how many."""
    require(by, Act.ACCEPT_TASK)
    own = Assignment.objects.select_for_update().filter(
        pk__in=list(assignment_ids), unit_id__in=units_of(by), answer=Answer.WAITING
    )
    taken = list(own)
    Assignment.objects.filter(pk__in=[one.pk for one in taken]).update(
        answer=Answer.CONFIRMED, answered_by_id=by.user_id, answered_at=at
    )
    if taken:
        about = [("task", one.task_id) for one in taken] + [("unit", one.unit_id) for one in taken]
        after = {"答复": str(Answer.CONFIRMED.label), "件数": len(taken)}
        record(Action.CONFIRMED, by=by.actor, at=at, about=about, after=after)
    return len(taken)


@transaction.atomic
def object_to_assignment(
    assignment_id: int, objection: Objection, reason: str, *, by: Viewer, at: datetime
) -> Assignment:
    """The unit will not have the task, and says of which kind its reason is; only within the limit."""
    assignment = _lock(assignment_id, by)
    if assignment.answer != Answer.WAITING:
        when = f"{localdate(assignment.answered_at):%Y-%m-%d}" if assignment.answered_at else ""
        raise Refused(Refusal.ANSWERED, when=when, answer=assignment.get_answer_display())
    if localdate(at) > assignment.due:
        raise Refused(Refusal.OBJECTION_LATE, due=f"{assignment.due:%Y-%m-%d}")
    if not reason.strip():
        raise Refused(Refusal.NEEDS_REASON, what="异议", status=422)
    assignment.objection, assignment.reason = objection, reason.strip()
    assignment.answer, assignment.answered_by_id, assignment.answered_at = Answer.OBJECTED, by.user_id, at
    assignment.save()
    after = _plain(assignment)
    about = _about(assignment)
    record(Action.OBJECTED, by=by.actor, at=at, about=about, after=after, why=assignment.reason)
    return assignment


@transaction.atomic
def take_back_answer(assignment_id: int, *, by: Viewer, at: datetime) -> Assignment:
    """A hand slipped: within the limit, and before it is settled, a unit answers anew."""
    assignment = _lock(assignment_id, by)
    if assignment.answer not in (Answer.CONFIRMED, Answer.OBJECTED) or assignment.ruled_at:
        raise Refused(Refusal.NOT_TO_BE_TAKEN_BACK, answer=assignment.get_answer_display())
    if localdate(at) > assignment.due:
        raise Refused(Refusal.OBJECTION_LATE, due=f"{assignment.due:%Y-%m-%d}")
    before = _plain(assignment)
    assignment.answer, assignment.objection, assignment.reason = Answer.WAITING, "", ""
    assignment.answered_by_id, assignment.answered_at = None, None
    assignment.save()
    after = _plain(assignment)
    record(Action.ANSWER_TAKEN_BACK, by=by.actor, at=at, about=_about(assignment), before=before, after=after)
    return assignment


@transaction.atomic
def rule_objection(assignment_id: int, *, is_upheld: bool, why: str, by: Viewer, at: datetime) -> Assignment:
    """The clerk settles an objection; an upheld one is carried out by a supplement of the ledger."""
    require(by, Act.ASSIGN)
    assignment = (
        Assignment.objects.select_for_update().filter(pk=assignment_id, task__place_id=by.place_id).first()
    )
    if assignment is None:
        raise Http404
    if assignment.answer != Answer.OBJECTED or assignment.ruled_at:
        raise Refused(Refusal.NO_OBJECTION, answer=assignment.get_answer_display())
    if not why.strip():
        raise Refused(Refusal.NEEDS_REASON, what="处理异议", status=422)
    assignment.is_upheld, assignment.ruling_why = is_upheld, why.strip()
    assignment.ruled_by_id, assignment.ruled_at = by.user_id, at
    assignment.save()
    after = {"处理": "采纳" if is_upheld else "不采纳"}
    before = _plain(assignment)
    about = _about(assignment)
    record(
        Action.OBJECTION_RULED, by=by.actor, at=at, about=about, before=before, after=after, why=why.strip()
    )
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
        about = [("task", one.task_id) for one in silent] + [("unit", one.unit_id) for one in silent]
        after = {"答复": str(Answer.SILENT.label), "件数": len(silent)}
        record(Action.SILENCE_NOTED, by=PROGRAM, at=at, about=about, after=after)
    return len(silent)


def _lock(assignment_id: int, by: Viewer) -> Assignment:
    """An assignment of the viewer's unit, locked; 404 for any other."""
    require(by, Act.ACCEPT_TASK)
    own = Assignment.objects.select_for_update().filter(unit_id__in=units_of(by))
    assignment = own.filter(pk=assignment_id, task__place_id=by.place_id).first()
    if assignment is None:
        raise Http404
    return assignment


def _about(assignment: Assignment) -> list[tuple[str, object]]:
    return [("assignment", assignment.pk), ("task", assignment.task_id), ("unit", assignment.unit_id)]


def _plain(assignment: Assignment) -> dict[str, str]:
    """An answer as plain JSON for the history."""
    said = {"答复": str(assignment.get_answer_display())}
    if assignment.objection:
        said |= {"异议": str(assignment.get_objection_display()), "理由": assignment.reason}
    return said
