"""Who answers for a task, as plain values, and how that changes: what stands ends, what is new begins."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypedDict

from dukao.site.ledger.models import Responsibility, Role
from dukao.site.people.models import Unit, UnitGroup

_ORDER = {Role.LEAD: 0, Role.RESPONSIBLE: 1, Role.SUPPORTING: 2}


class Duty(TypedDict):
    """One part in a task: a unit or a group by id, `name` as shown, the office in brackets, and the role.

    `basis` is what it rests on, empty for a part to be written on the basis of the action; `scope` and
    `written` as the breakdown has them.
    """

    unit: int | None
    group: int | None
    name: str
    office: str
    role: str
    basis: str
    scope: str
    written: str


def new_duty(party: Unit | UnitGroup, role: Role, office: str = "") -> Duty:
    """A part that a unit or group is to have."""
    is_unit = isinstance(party, Unit)
    return {
        "unit": party.pk if is_unit else None,
        "group": None if is_unit else party.pk,
        "name": party.name,
        "office": office,
        "role": role.value,
        "basis": "",
        "scope": "",
        "written": party.name,
    }


def duties_of(task_ids: Sequence[int], moment: datetime | None = None) -> dict[int, list[Duty]]:
    """Who answers for each of the tasks, leads first; a task nobody answers for has an empty list."""
    found: dict[int, list[Duty]] = {task_id: [] for task_id in task_ids}
    rows = Responsibility.objects.at(moment).filter(task_id__in=task_ids).select_related("unit", "group")
    for row in rows:
        found[row.task_id].append(_plain(row))
    for duties in found.values():
        duties.sort(key=lambda one: _ORDER[Role(one["role"])])
    return found


def _plain(row: Responsibility) -> Duty:
    return {
        "unit": row.unit_id,
        "group": row.group_id,
        "name": str(row.unit or row.group),
        "office": row.office,
        "role": str(row.role),
        "basis": row.basis,
        "scope": row.scope,
        "written": row.written,
    }


def same_duties(some: Sequence[Duty], others: Sequence[Duty]) -> bool:
    """Whether two lists give everybody the same part, whatever their order."""
    return {key_of(one) for one in some} == {key_of(one) for one in others}


def key_of(duty: Duty) -> tuple[Any, ...]:
    """What makes two duties the same part in a task."""
    return duty["unit"], duty["group"], duty["office"], duty["role"]


def reassign(task_id: int, wanted: Sequence[Duty], at: datetime, *, basis: str) -> None:
    """Let exactly `wanted` answer for a task from `at` on. Part of an action.

    A part that stays keeps its row, its basis and its place; what is new without a basis rests on `basis`.
    """
    rows = list(Responsibility.objects.at(None).filter(task_id=task_id).select_related("unit", "group"))
    keys = {key_of(one) for one in wanted}
    gone = [row.pk for row in rows if key_of(_plain(row)) not in keys]
    Responsibility.objects.filter(pk__in=gone).update(until=at)
    stay = {key_of(_plain(row)) for row in rows}
    after = max((row.order for row in rows), default=-1) + 1
    fresh = [one for one in wanted if key_of(one) not in stay]
    Responsibility.objects.bulk_create(
        Responsibility(
            task_id=task_id,
            unit_id=one["unit"],
            group_id=one["group"],
            office=one["office"],
            role=one["role"],
            basis=one["basis"] or basis,
            scope=one["scope"],
            written=one["written"],
            order=after + place,
            since=at,
        )
        for place, one in enumerate(fresh)
    )
