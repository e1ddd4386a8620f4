"""Whose tasks are: the government-side units each is laid on, for assignments and plans of a whole year."""

from typing import Any

from django.db.models import QuerySet

from dukao.site.ledger.models import Status, TaskState
from dukao.site.supervision.access import leading_units


def issued_states(place_id: int, **narrowed: Any) -> QuerySet[TaskState]:
    """The states of a place's issued tasks, narrowed: `task__year=2024`, `task__breakdown_id=5`."""
    found: QuerySet[TaskState] = TaskState.objects.at(None).filter(
        task__place_id=place_id, status=Status.ISSUED, **narrowed
    )
    return found


def units_laid_on(states: QuerySet[TaskState]) -> list[tuple[int, int]]:
    """(task, unit) for each lead unit; where only partners lead, for the first unit beside them: one query.

    Party bodies, courts and the military are asked by letter, nothing is laid on them; what all units carry
    out together is laid on nobody alone.
    """
    led = leading_units(states.values("task_id"))
    return [(task, unit) for task, units in led.items() for unit in units]
