"""Units as the clerk keeps them: founded, named, renamed, of another kind, ended; each with its entry."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.shortcuts import get_object_or_404

from dukao.site.history.actions import hold_chain, record
from dukao.site.people.access import Act, Viewer, require
from dukao.site.people.errors import Refusal
from dukao.site.people.models import FormerUnit, Membership, Office, Unit, UnitKind, UnitName
from dukao.site.people.naming import Action
from dukao.site.refusals import Refused


def lock_unit(unit_id: int, *, by: Viewer) -> Unit:
    """A unit of the clerk's place, nobody else changing it until the transaction ends."""
    require(by, Act.KEEP_UNITS)
    found: Unit = get_object_or_404(Unit.objects.select_for_update(), pk=unit_id, place_id=by.place_id)
    return found


@transaction.atomic
def make_unit(name: str, kind: UnitKind, since: date, *, by: Viewer, at: datetime) -> Unit:
    """A new unit under its own name, last in the order."""
    require(by, Act.KEEP_UNITS)
    _refuse_taken(name, by)
    last = Unit.objects.filter(place_id=by.place_id).aggregate(last=Max("order"))["last"] or 0
    unit = Unit.objects.create(place_id=by.place_id, name=name, kind=kind, since=since, order=last + 1)
    UnitName.objects.create(place_id=by.place_id, unit=unit, name=name)
    after = {"name": name, "kind": kind.value, "since": since.isoformat()}
    _record(Action.UNIT_FOUNDED, unit, by=by, at=at, after=after)
    return unit


@transaction.atomic
def change_unit(unit_id: int, kind: UnitKind, order: int, *, by: Viewer, at: datetime) -> Unit:
    """Another kind, or another place in the order. The kind decides whether a unit is asked or pressed."""
    unit = lock_unit(unit_id, by=by)
    before = {"kind": unit.kind, "order": unit.order}
    if unit.kind != kind.value:
        keep_former(unit, at)
    unit.kind, unit.order = kind.value, order
    after = {"kind": unit.kind, "order": unit.order}
    if before != after:
        unit.save(update_fields=("kind", "order"))
        _record(Action.UNIT_CHANGED, unit, by=by, at=at, before=before, after=after)
    return unit


@transaction.atomic
def rename_unit(unit_id: int, name: str, *, why: str, by: Viewer, at: datetime) -> Unit:
    """Papers call the unit by another name from now on; the old one stays one of its names."""
    unit = lock_unit(unit_id, by=by)
    if name == unit.name:
        raise Refused(Refusal.ALREADY_SO, thing="单位", state=f"叫“{name}”")
    _refuse_taken(name, by, unless=unit)
    keep_former(unit, at)
    before, unit.name = unit.name, name
    unit.save(update_fields=("name",))
    UnitName.objects.get_or_create(place_id=unit.place_id, name=name, defaults={"unit": unit})
    changed: dict[str, Any] = {"before": {"name": before}, "after": {"name": name}, "why": why}
    _record(Action.UNIT_RENAMED, unit, by=by, at=at, **changed)
    return unit


@transaction.atomic
def add_name(unit_id: int, name: str, *, by: Viewer, at: datetime) -> Unit:
    """Another name the unit goes by: it is found and recognised by it."""
    unit = lock_unit(unit_id, by=by)
    _refuse_taken(name, by)
    UnitName.objects.create(place_id=unit.place_id, unit=unit, name=name)
    _record(Action.UNIT_NAME_ADDED, unit, by=by, at=at, after={"name": name})
    return unit


@transaction.atomic
def move_name(name_id: int, unit_id: int, *, by: Viewer, at: datetime) -> Unit:
    """A name that was another unit's all along. The name papers use stays with its unit."""
    to = lock_unit(unit_id, by=by)
    name = get_object_or_404(UnitName.objects.select_for_update(), pk=name_id, place_id=by.place_id)
    was = Unit.objects.get(pk=name.unit_id)
    if name.name == was.name:
        raise Refused(Refusal.OWN_NAME, name=name.name)
    if was.pk == to.pk:
        raise Refused(Refusal.ALREADY_SO, thing=f"“{name.name}”", state=f"是“{to.name}”的名称")
    name.unit = to
    name.save(update_fields=("unit",))
    record(
        Action.UNIT_NAME_MOVED,
        by=by.actor,
        at=at,
        about=[("unit", was.pk), ("unit", to.pk)],
        before={"name": name.name, "unit": was.name},
        after={"name": name.name, "unit": to.name},
    )
    return to


@transaction.atomic
def add_office(unit_id: int, name: str, *, by: Viewer, at: datetime) -> Unit:
    """An office inside the unit or hung onto it."""
    unit = lock_unit(unit_id, by=by)
    _, is_new = Office.objects.get_or_create(unit=unit, name=name)
    if not is_new:
        raise Refused(Refusal.ALREADY_SO, thing=f"“{name}”", state=f"在“{unit.name}”名下")
    _record(Action.UNIT_OFFICE_ADDED, unit, by=by, at=at, after={"office": name})
    return unit


@transaction.atomic
def end_unit(unit_id: int, until: date, *, why: str, by: Viewer, at: datetime) -> Unit:
    """The unit is no more from a day on; so is its membership of groups. What it did stays."""
    unit = lock_unit(unit_id, by=by)
    if unit.until:
        raise Refused(Refusal.ALREADY_SO, thing=unit.name, state="终止")
    if until < unit.since:
        raise Refused(Refusal.DAY_TOO_EARLY, day=until, what="单位成立的日期", since=unit.since)
    unit.until = until
    unit.save(update_fields=("until",))
    memberships = Membership.objects.filter(unit=unit, until__isnull=True)
    groups = list(memberships.values_list("group__name", flat=True))
    # A membership that was to begin later never does.
    memberships.filter(since__gt=until).update(since=until)
    memberships.update(until=until)
    _record(
        Action.UNIT_ENDED, unit, by=by, at=at, after={"until": until.isoformat(), "groups": groups}, why=why
    )
    return unit


@transaction.atomic
def revive_unit(unit_id: int, *, by: Viewer, at: datetime) -> Unit:
    """Undo an ending: the unit goes on, in the groups it left that day."""
    unit = lock_unit(unit_id, by=by)
    if not unit.until:
        raise Refused(Refusal.ALREADY_SO, thing=unit.name, state="恢复")
    before = {"until": unit.until.isoformat()}
    Membership.objects.filter(unit=unit, until=unit.until).update(until=None)
    unit.until = None
    unit.save(update_fields=("until",))
    _record(Action.UNIT_REVIVED, unit, by=by, at=at, before=before)
    return unit


def keep_former(unit: Unit, at: datetime) -> None:
    """Keep what a unit was until now: an earlier day is judged by what it was then."""
    FormerUnit.objects.create(unit=unit, name=unit.name, kind=unit.kind, until=at)


def _refuse_taken(name: str, by: Viewer, *, unless: Unit | None = None) -> None:
    hold_chain()
    taken = UnitName.objects.filter(place_id=by.place_id, name=name).select_related("unit").first()
    if taken and taken.unit != unless:
        raise Refused(Refusal.UNIT_NAME_TAKEN, name=name, unit=taken.unit.name)


def _record(action: Action, unit: Unit, *, by: Viewer, at: datetime, **facts: Any) -> None:
    record(action, by=by.actor, at=at, about=[("unit", unit.pk)], **facts)
