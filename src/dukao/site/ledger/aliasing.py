"""Two names of one unit made one, in all the tasks of a place: part of an action."""

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.timezone import localdate

from dukao.site.ledger.models import Question, Responsibility, Role
from dukao.site.ledger.undoing import Trace, Undo
from dukao.site.people.merging import merge_units, part_units
from dukao.site.people.models import Office, Place, Unit, UnitName
from dukao.site.people.units import keep_former

_STRENGTH = {Role.LEAD: 0, Role.RESPONSIBLE: 1, Role.SUPPORTING: 2}


def unite_names(question: Question, chosen: str, at: datetime) -> Undo:
    """Let both names of a question mean one unit, called `chosen`; what changed, so that it can be undone.

    Two units become one. A name that only stands in brackets behind a unit becomes another name of the unit
    it means, or where both do, is written one way.
    """
    place = question.breakdown.place
    kept, merged, other = _meant(question, chosen)
    trace = Trace(tasks_naming(question, chosen))
    undo: dict[str, Any] = {}
    if kept and merged and kept != merged:
        _move_duties(kept, merged, at)
        undo["merged"] = merge_units(kept, merged, localdate(at))
    elif kept or merged:
        undo["named"] = _name(place, kept or merged, chosen, other, at)  # type: ignore[arg-type]
    _rewrite_offices(place, other, chosen, at)
    return {**trace.undo(), **undo}


def tasks_naming(question: Question, chosen: str) -> set[int]:
    """The tasks in which something is written otherwise once both names mean the unit called `chosen`."""
    kept, merged, other = _meant(question, chosen)
    duties = Responsibility.objects.at(None).filter(task__place=question.breakdown.place)
    is_two = kept and merged and kept != merged
    touched = duties.filter(Q(office=other) | (Q(unit=merged) if is_two else Q(pk__in=())))
    return set(touched.values_list("task_id", flat=True))


def _meant(question: Question, chosen: str) -> tuple[Unit | None, Unit | None, str]:
    """The unit of the chosen name, that of the other one, and the other name."""
    other = next(name for name in question.facts["names"] if name != chosen)
    known = UnitName.objects.filter(place=question.breakdown.place, name__in=[chosen, other])
    units = {one.name: one.unit for one in known.select_related("unit")}
    return units.get(chosen), units.get(other), other


def part_names(undo: Undo, at: datetime) -> None:
    """Take back what `unite_names` did to units; tasks are taken back with `undoing.take_back`."""
    if "merged" in undo:
        part_units(undo["merged"])
    if "named" in undo:
        UnitName.objects.filter(pk__in=undo["named"]["added"]).delete()
        _call(Unit.objects.get(pk=undo["named"]["unit"]), undo["named"]["name"], at)


def _move_duties(kept: Unit, merged: Unit, at: datetime) -> None:
    """What the merged unit answers for, the kept one does; where both stood in a task, the stronger part."""
    open_ = Responsibility.objects.at(None)
    own = {one.task_id: one for one in open_.filter(unit=kept, task__responsibilities__unit=merged)}
    moving = list(open_.filter(unit=merged))
    open_.filter(unit=merged).update(until=at)
    for one in moving:
        known = own.get(one.task_id)
        if known and _STRENGTH[Role(known.role)] <= _STRENGTH[Role(one.role)]:
            continue
        if known:
            Responsibility.objects.filter(pk=known.pk).update(until=at)
        one.pk, one.unit, one.since = None, kept, at
    Responsibility.objects.bulk_create(one for one in moving if one.pk is None)


def _name(place: Place, unit: Unit, chosen: str, other: str, at: datetime) -> dict[str, Any]:
    """Both names mean the unit; it is called as chosen."""
    before = unit.name
    names = [
        UnitName.objects.get_or_create(place=place, name=name, defaults={"unit": unit})
        for name in (chosen, other)
    ]
    _call(unit, chosen, at)
    return {"unit": unit.pk, "name": before, "added": [one.pk for one, is_new in names if is_new]}


def _call(unit: Unit, name: str, at: datetime) -> None:
    """Call a unit otherwise from now on; an earlier day still has what it was called then."""
    if name != unit.name:
        keep_former(unit, at)
        unit.name = name
        unit.save(update_fields=("name",))


def _rewrite_offices(place: Place, other: str, chosen: str, at: datetime) -> None:
    rows = list(Responsibility.objects.at(None).filter(task__place=place, office=other))
    Responsibility.objects.filter(pk__in=[row.pk for row in rows]).update(until=at)
    for row in rows:
        row.pk, row.office, row.since = None, chosen, at
    Responsibility.objects.bulk_create(rows)
    units = {row.unit_id for row in rows if row.unit_id}
    Office.objects.bulk_create([Office(unit_id=unit, name=chosen) for unit in units], ignore_conflicts=True)
