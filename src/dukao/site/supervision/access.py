"""Whose a task is this year: the units that lead it, and who may speak for them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from dukao.site.ledger.access import visible_task
from dukao.site.ledger.models import Responsibility, Task, TaskState
from dukao.site.people.access import Viewer
from dukao.site.people.models import PARTNERS, Unit, UnitName
from dukao.site.refusals import Refused
from dukao.site.statements import Lookup
from dukao.site.supervision.errors import Refusal

_DUTIES = (
    Responsibility.objects.at(None)
    .filter(unit__isnull=False)
    .order_by("task_id", "order", "id")
    .values_list("task_id", "unit_id", "role", "unit__kind")
)
_DUTIES_OF_ONE = Lookup(_DUTIES, "task_id")
_TASKS = Task.objects.order_by().select_for_update(of=("self",))
_LOCKED = {column: Lookup(_TASKS, "place_id", column) for column in ("pk", "plans")}


def units_of(viewer: Viewer) -> frozenset[int]:
    """The units somebody speaks for: the own one, and those ended ones whose names passed to it."""
    if not viewer.unit_id:
        return frozenset()
    names = UnitName.objects.filter(unit_id=viewer.unit_id).values("name")
    ended = Unit.objects.filter(place_id=viewer.place_id, name__in=names, until__isnull=False)
    return frozenset({viewer.unit_id, *ended.order_by().values_list("pk", flat=True)})


def spoken_for(viewer: Viewer, unit_ids: Iterable[int]) -> frozenset[int]:
    """Those of some units that somebody speaks for: no query where there is none but the own one."""
    units = frozenset(unit_ids)
    return units if units <= {viewer.own_unit} else units & units_of(viewer)


def duties_of(task_ids: Iterable[int] | QuerySet[TaskState, Any]) -> dict[int, dict[int, str]]:
    """Each task's government-side units with what they are to it, in the order of the breakdown: one query.

    Party bodies, courts and the military lead without being pressed: where they alone lead, the first
    government-side unit on the task answers for it. A group (各街道) is nobody alone.
    """
    return _by_task(_DUTIES.filter(task_id__in=task_ids))


def _by_task(rows: Iterable[tuple[int, int, str, str]]) -> dict[int, dict[int, str]]:
    found: dict[int, dict[int, str]] = {}
    for task, unit, role, kind in rows:
        if kind in PARTNERS:
            continue
        units = found.setdefault(task, {})
        if role == "lead" or unit not in units:
            units[unit] = role
    for units in found.values():
        if "lead" not in units.values():
            units[next(iter(units))] = "lead"
    return found


def leading_units(task_ids: Iterable[int] | QuerySet[TaskState, Any]) -> dict[int, tuple[int, ...]]:
    """The units that answer for each task; a task that only groups or partners carry out is left out."""
    return {task: _leads(units) for task, units in duties_of(task_ids).items()}


def _leads(units: Mapping[int, str]) -> tuple[int, ...]:
    return tuple(unit for unit, role in units.items() if role == "lead")


def leads_task(viewer: Viewer, task_id: int) -> bool:
    """Whether somebody's unit leads a task, or files for it where partners alone lead."""
    leads = _leads(_by_task(_DUTIES_OF_ONE.find(task_id)).get(task_id, {}))
    return viewer.unit_id in leads or bool(spoken_for(viewer, leads))


def lock_led_task(by: Viewer, **which: int) -> Task:
    """The task the viewer's unit leads, locked until the transaction ends; 404 unseen, else refused.

    `which` says which: `pk=7`, or by what hangs on it, `plans=12`.
    """
    ((column, key),) = which.items()
    tasks = _LOCKED[column].find(by.place_id, key)
    if not tasks:
        raise Http404
    task: Task = tasks[0]
    if not leads_task(by, task.pk):
        visible_task(by, task.pk)
        raise Refused(Refusal.NOT_YOUR_UNIT, status=403)
    return task
