"""The year's lists as rows somebody may read: what was issued, promised, filed."""

from django.db.models import Q, QuerySet

from dukao.site.ledger.access import visible_states, visible_tasks
from dukao.site.ledger.models import Status, TaskState
from dukao.site.people.access import Reach, Viewer
from dukao.site.supervision.access import units_of
from dukao.site.supervision.models import ActionPlan, Filing, FilingStage


def issued_states(viewer: Viewer, year: int) -> QuerySet[TaskState]:
    """What the issued tasks of a year say that somebody sees, in the order of the paper."""
    states = visible_states(viewer).filter(task__year=year, status=Status.ISSUED)
    return states.select_related("task").order_by("order", "pk")


def promised_plans(viewer: Viewer, year: int) -> QuerySet[ActionPlan]:
    """Every plan that is or was in force for the tasks somebody sees: the first promise and its changes."""
    plans = ActionPlan.objects.filter(task__in=visible_tasks(viewer), task__year=year, since__isnull=False)
    return (
        plans.select_related("task", "unit").prefetch_related("points", "steps").order_by("task_id", "number")
    )


def visible_filings(viewer: Viewer, year: int) -> QuerySet[Filing]:
    """To the office every filing of a year's rounds, to a unit its own; others' once the office took it."""
    filings = Filing.objects.filter(round__place_id=viewer.place_id, round__year=year)
    if viewer.reach is not Reach.ALL:
        taken = Q(task__in=visible_tasks(viewer), stage=FilingStage.ACCEPTED)
        filings = filings.filter(Q(unit_id__in=units_of(viewer)) | taken)
    people = ("round", "task", "unit")
    return (
        filings.select_related(*people)
        .prefetch_related("values", "steps")
        .order_by("-round__period_end", "pk")
    )
