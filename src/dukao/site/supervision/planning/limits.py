"""By when lead units owe the plans of what was laid on them: the place's limit after the assignment."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Q
from django.utils.timezone import localdate

from dukao.progress.workdays import CalendarUnknown, add_workdays
from dukao.site.supervision.assigning.laying import issued_states, units_laid_on
from dukao.site.supervision.models import (
    ActionPlan,
    Answer,
    Assignment,
    Completion,
    PlanStage,
    Standing,
    Subject,
)
from dukao.site.supervision.practice import practice_of


class PlanOwed(NamedTuple):
    """A plan a unit has not sent yet: of which task, since when, by when."""

    task_id: int
    unit_id: int
    since: date
    due: date


def plans_owed(place_id: int, today: date, units: Collection[int] | None = None) -> list[PlanOwed]:
    """The plans that are still to be sent, of all units or some: three queries.

    Owed is the plan of what was laid on a unit that answers for it still, without an objection that waits or
    was upheld; that is under way, and has no plan in force or before the office. One sent back is owed again.
    """
    days: int = practice_of(place_id, today).preset(Subject.LIMITS)["plan"]
    sent = ActionPlan.objects.filter(Q(since__isnull=False) | Q(stage=PlanStage.SUBMITTED))
    gone = Standing.objects.filter(since__isnull=False, until__isnull=True)
    closed = Completion.objects.filter(stage="closed")
    laid = Assignment.objects.filter(task__place_id=place_id).exclude(
        Q(answer=Answer.OBJECTED) & (Q(is_upheld__isnull=True) | Q(is_upheld=True))
    )
    laid = laid.exclude(task_id__in=sent.values("task_id")).exclude(task_id__in=gone.values("task_id"))
    laid = laid.exclude(task_id__in=closed.values("task_id"))
    if units is not None:
        laid = laid.filter(unit_id__in=units)
    rows = list(laid.order_by("task_id", "unit_id").values_list("task_id", "unit_id", "sent_at"))
    if not rows:
        return []
    leading = set(units_laid_on(issued_states(place_id, task_id__in={task for task, _, _ in rows})))
    owed = [(task, unit, localdate(at)) for task, unit, at in rows if (task, unit) in leading]
    return list(_dated(owed, days))


def _dated(owed: Iterable[tuple[int, int, date]], days: int) -> Iterable[PlanOwed]:
    limits: dict[date, date] = {}
    for task, unit, since in owed:
        if since not in limits:
            limits[since] = _limit(since, days)
        yield PlanOwed(task, unit, since, limits[since])


def _limit(since: date, days: int) -> date:
    """So many working days after a day; where the calendar is not known, weeks of five."""
    try:
        return add_workdays(since, days)
    except CalendarUnknown:
        return since + timedelta(days=days + days // 5 * 2)
