"""What was done to a task since it was read in: questions settled, supplements signed, its history."""

from dataclasses import dataclass, replace
from datetime import datetime

from dukao.site.history.queries import entries_about
from dukao.site.history.telling import Told, tell_all
from dukao.site.ledger.models import Breakdown, Placement, Question, Supplement, SupplementStage, Task
from dukao.site.ledger.naming import Action
from dukao.site.ledger.queries.wording import Settled, settle
from dukao.site.people.access import Act, Viewer, may

# What was done to a whole breakdown belongs to the history of each of its tasks.
_OF_THE_WHOLE = (
    Action.PROPOSED,
    Action.CONSULTED,
    Action.CONSULTATION_CLOSED,
    Action.APPROVED,
    Action.RETURNED,
    Action.ISSUED,
    Action.WITHDRAWN,
)


@dataclass(frozen=True, slots=True)
class TaskDeeds:
    """What was asked of a task's rows, what changed it after its issue, and every entry of its history."""

    findings: tuple[Settled, ...]
    supplements: tuple[Supplement, ...]
    entries: tuple[Told, ...]


def read_deeds(viewer: Viewer, task: Task, moment: datetime | None) -> TaskDeeds:
    """What was done to a task by `moment`; the caller has asked whether the task is seen.

    What was asked and settled is shown to whoever sees the coverage; the history to everybody but the
    public's deputies.
    """
    breakdown_id = task.breakdown_id
    asked = breakdown_id and may(viewer, Act.SEE_COVERAGE)
    return TaskDeeds(
        _findings(breakdown_id, task.pk, moment) if breakdown_id and asked else (),
        supplements_of(task, moment),
        _history(viewer, task.pk, breakdown_id, moment),
    )


def _findings(breakdown_id: int, task_id: int, moment: datetime | None) -> tuple[Settled, ...]:
    """What was asked about the task's rows, by the signs they were issued with: questions bear these."""
    issued_at = Breakdown.objects.filter(pk=breakdown_id).values_list("issued_at", flat=True).first()
    when = max(moment, issued_at) if moment and issued_at else moment
    signs = set(Placement.objects.at(when).filter(task_id=task_id).values_list("row", flat=True))
    asked = Question.objects.filter(breakdown_id=breakdown_id).select_related("settled_by")
    questions = asked.defer("undo", "proposal", "facts")
    return tuple(settle((one for one in questions if signs & set(one.rows)), moment))


def supplements_of(task: Task, moment: datetime | None) -> tuple[Supplement, ...]:
    """The signed supplements that changed a task, newest first."""
    signed = Supplement.objects.filter(breakdown=task.breakdown, stage=SupplementStage.SIGNED)
    if moment is not None:
        signed = signed.filter(signed_at__lte=moment)
    return tuple(
        one
        for one in signed.select_related("signed_by")
        if any(change["task"] == task.pk for change in one.changes)
    )


def _history(
    viewer: Viewer, task_id: int, breakdown_id: int | None, moment: datetime | None
) -> tuple[Told, ...]:
    """What was done to the task and to the breakdown as a whole, newest first.

    What was done to many tasks at once says of each only that it was done.
    """
    if not may(viewer, Act.SEE_DOCUMENTS):
        return ()
    own = entries_about("task", task_id)
    whole = entries_about("breakdown", breakdown_id).filter(action__in=[one.value for one in _OF_THE_WHOLE])
    if moment is not None:
        own, whole = own.filter(at__lte=moment), whole.filter(at__lte=moment)
    labels = {str(one.label) for one in _OF_THE_WHOLE}
    told = {one.sequence: one for one in tell_all([*own, *whole], task_id)}
    return tuple(
        replace(one, changes=(), others=0) if one.label in labels else one
        for _, one in sorted(told.items(), reverse=True)
    )
