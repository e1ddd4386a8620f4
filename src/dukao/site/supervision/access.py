"""Whose a task is this year: the units that lead it, and who may speak for them."""

from collections.abc import Iterable

from django.http import Http404

from dukao.site.ledger.access import visible_task
from dukao.site.ledger.models import Responsibility, Task
from dukao.site.people.access import Viewer
from dukao.site.people.models import PARTNERS, Unit, UnitName
from dukao.site.refusals import Refused
from dukao.site.supervision.errors import Refusal


def units_of(viewer: Viewer) -> frozenset[int]:
    """The units somebody speaks for: the own one, and those ended ones whose names passed to it."""
    if not viewer.unit_id:
        return frozenset()
    names = UnitName.objects.filter(unit_id=viewer.unit_id).values("name")
    ended = Unit.objects.filter(place_id=viewer.place_id, name__in=names, until__isnull=False)
    return frozenset({viewer.unit_id, *ended.values_list("pk", flat=True)})


def leading_units(task_ids: Iterable[int]) -> dict[int, frozenset[int]]:
    """The units that answer for each task: its leads; where partners alone lead, every other unit on it.

    Party bodies, courts and the military lead without being pressed: the government side files for them.
    """
    ids = list(task_ids)
    rows = Responsibility.objects.at(None).filter(task_id__in=ids, unit__isnull=False)
    led: dict[int, set[int]] = {one: set() for one in ids}
    others: dict[int, set[int]] = {one: set() for one in ids}
    for task, unit, role, kind in rows.values_list("task_id", "unit_id", "role", "unit__kind"):
        if kind not in PARTNERS:
            (led if role == "lead" else others)[task].add(unit)
    return {one: frozenset(led[one] or others[one]) for one in ids}


def leads_task(viewer: Viewer, task_id: int) -> bool:
    """Whether somebody's unit leads a task, or files for it where partners alone lead."""
    return bool(units_of(viewer) & leading_units([task_id])[task_id])


def lock_led_task(task_id: int, by: Viewer) -> Task:
    """A task the viewer's unit leads, locked until the transaction ends; 404 unseen, else refused."""
    task = Task.objects.select_for_update().filter(pk=task_id, place_id=by.place_id).first()
    if task is None:
        raise Http404
    if not leads_task(by, task_id):
        visible_task(by, task_id)
        raise Refused(Refusal.NOT_YOUR_UNIT, status=403)
    return task
