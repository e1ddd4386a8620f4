"""Which tasks somebody sees: the predicate of `people.access` applied to the tables of this room."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.http import Http404

from dukao.site.ledger.models import Placement, Responsibility, Status, Task, TaskKind, TaskState
from dukao.site.people.access import Reach, Viewer

_NOTHING = Q(pk__in=())


def visible_states(viewer: Viewer, moment: datetime | None = None) -> QuerySet[TaskState]:
    """What tasks said at `moment`, of the tasks this viewer sees: drafts for the office alone.

    A task taken back after its issue stays to be read; lists leave it out with `on_the_ledger`.
    """
    states = TaskState.objects.at(moment).filter(task__place_id=viewer.place_id)
    return states.filter(_reached(viewer, moment))


def visible_tasks(viewer: Viewer) -> QuerySet[Task]:
    """The tasks this viewer sees now."""
    return Task.objects.filter(pk__in=visible_states(viewer).values("task_id"))


def visible_task(viewer: Viewer, task_id: int, moment: datetime | None = None) -> Task:
    """One task this viewer sees; 404 for every other."""
    return visible_state(viewer, task_id, moment).task


def visible_state(
    viewer: Viewer, task_id: int, moment: datetime | None = None, *, related: str = "task__breakdown"
) -> TaskState:
    """What a task this viewer sees said at `moment`, with its task and breakdown; 404 for every other.

    `related` names what of the breakdown is wanted as well: `task__breakdown__report`.
    """
    found = visible_states(viewer, moment).filter(task__pk=task_id).select_related(related)
    for state in found:
        return state
    raise Http404


def on_the_ledger(states: QuerySet[TaskState]) -> QuerySet[TaskState]:
    """The states a list shows: drafts and issued tasks, none that was taken back.

    What stands on another list of the place is neither 重点工作 nor 民生实事, and counted where it stands.
    """
    return states.exclude(status=Status.WITHDRAWN).exclude(task__kind=TaskKind.REGISTER)


def sees_unit(viewer: Viewer, unit_id: int) -> bool:
    """Whether this viewer may open a unit's page: who is in a unit opens that one alone."""
    return viewer.reach is not Reach.OWN or viewer.unit_id in (None, unit_id)


def _reached(viewer: Viewer, moment: datetime | None) -> Q:
    """The rows of `TaskState` a viewer's reach holds."""
    issued = Q(status=Status.ISSUED) | Q(status=Status.WITHDRAWN, task__number__isnull=False)
    match viewer.reach:
        case Reach.ALL:
            return Q()
        case Reach.ISSUED:
            return issued
        case Reach.OWN:
            return issued & _own(viewer, moment)
        case Reach.PUBLIC:
            return issued & _public(moment)
    return _NOTHING


def _own(viewer: Viewer, moment: datetime | None) -> Q:
    """The tasks of the viewer's unit, of a group it belongs to, or of the posts the viewer holds."""
    own = _NOTHING
    if viewer.unit_id:
        part = Q(unit_id=viewer.unit_id) | Q(group_id__in=viewer.group_ids)
        own |= Q(task_id__in=Responsibility.objects.at(moment).filter(part).values("task_id"))
    if viewer.post_ids:
        led = Placement.objects.at(moment).filter(post_id__in=viewer.post_ids)
        own |= Q(task_id__in=led.values("task_id"))
    return own


def _public(moment: datetime | None) -> Q:
    """What was made public, and has not been taken from the public since the day asked for."""
    public = Q(publicity="public")
    if moment is not None:
        now = TaskState.objects.at(None).filter(publicity="public")
        public &= Q(task_id__in=now.values("task_id"))
    return public
