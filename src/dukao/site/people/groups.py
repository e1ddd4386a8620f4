"""Groups as the clerk keeps them: 各街镇 with dated members, 相关街镇 whose units are chosen task by task."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.shortcuts import get_object_or_404

from dukao.site.history.actions import record
from dukao.site.people.access import Act, Viewer, require
from dukao.site.people.errors import Refusal
from dukao.site.people.models import Membership, Place, Unit, UnitGroup
from dukao.site.people.naming import Action
from dukao.site.refusals import Refused


def lock_group(group_id: int, *, by: Viewer) -> UnitGroup:
    """A group of the clerk's place, nobody else changing it until the transaction ends."""
    require(by, Act.KEEP_UNITS)
    return get_object_or_404(UnitGroup.objects.select_for_update(), pk=group_id, place_id=by.place_id)


@transaction.atomic
def make_group(name: str, is_chosen: bool, *, by: Viewer, at: datetime) -> UnitGroup:
    """A new group, without members yet."""
    require(by, Act.KEEP_UNITS)
    Place.objects.select_for_update().get(pk=by.place_id)
    if UnitGroup.objects.filter(place_id=by.place_id, name=name).exists():
        raise Refused(Refusal.GROUP_NAME_TAKEN, name=name)
    group = UnitGroup.objects.create(place_id=by.place_id, name=name, is_chosen=is_chosen)
    after = {"name": name, "is_chosen": is_chosen}
    record(Action.GROUP_MADE, by=by.actor, at=at, about=[("group", group.pk)], after=after)
    return group


@transaction.atomic
def set_chosen(group_id: int, is_chosen: bool, *, why: str, by: Viewer, at: datetime) -> UnitGroup:
    """Whether its units are named task by task, or are its members."""
    group = lock_group(group_id, by=by)
    if group.is_chosen == is_chosen:
        raise Refused(Refusal.ALREADY_SO, thing=group.name, state="逐项指定" if is_chosen else "按成员名单")
    group.is_chosen, group.is_proposed = is_chosen, False
    group.save(update_fields=("is_chosen", "is_proposed"))
    about = [("group", group.pk)]
    before, after = {"is_chosen": not is_chosen}, {"is_chosen": is_chosen}
    record(Action.GROUP_CHANGED, by=by.actor, at=at, about=about, before=before, after=after, why=why)
    return group


@transaction.atomic
def confirm_members(group_id: int, *, by: Viewer, at: datetime) -> UnitGroup:
    """A person has looked at the members the program proposed, and they are right."""
    group = lock_group(group_id, by=by)
    if not group.is_proposed:
        raise Refused(Refusal.ALREADY_SO, thing=group.name, state="核对过了")
    _note_looked_at(group)
    names = list(group.memberships.filter(until__isnull=True).values_list("unit__name", flat=True))
    before, after = {"confirmed": False}, {"confirmed": True, "members": names}
    record(Action.GROUP_CHANGED, by=by.actor, at=at, about=[("group", group.pk)], before=before, after=after)
    return group


def _note_looked_at(group: UnitGroup) -> None:
    """Whoever changes who belongs to a group has looked at it."""
    group.is_proposed = False
    group.save(update_fields=("is_proposed",))


@transaction.atomic
def add_members(
    group_id: int, unit_ids: Iterable[int], since: date, *, by: Viewer, at: datetime
) -> list[Unit]:
    """Units that belong to the group from a day on."""
    group = lock_group(group_id, by=by)
    if group.is_chosen:
        raise Refused(Refusal.CHOSEN_GROUP, group=group.name)
    units = list(Unit.objects.filter(place_id=by.place_id, pk__in=list(unit_ids)))
    holds = Q(until__isnull=True) | Q(until__gt=since)
    known = set(
        Membership.objects.filter(holds, group=group, unit__in=units).values_list("unit_id", flat=True)
    )
    for unit in units:
        if unit.pk in known:
            raise Refused(Refusal.ALREADY_SO, thing=unit.name, state=f"在“{group.name}”里")
        if since < unit.since:
            raise Refused(Refusal.DAY_TOO_EARLY, day=since, what=f"{unit.name}成立的日期", since=unit.since)
        if unit.until and since >= unit.until:
            raise Refused(Refusal.UNIT_IS_ENDED, unit=unit.name, until=unit.until)
    Membership.objects.bulk_create(Membership(group=group, unit=unit, since=since) for unit in units)
    _note_looked_at(group)
    about = [("group", group.pk), *(("unit", unit.pk) for unit in units)]
    after = {"members": [unit.name for unit in units], "since": since.isoformat()}
    record(Action.MEMBER_ADDED, by=by.actor, at=at, about=about, after=after)
    return units


@transaction.atomic
def remove_member(membership_id: int, until: date, *, why: str, by: Viewer, at: datetime) -> Membership:
    """A unit belongs to the group no longer, from a day on."""
    rows = Membership.objects.filter(group__place_id=by.place_id).select_related("group", "unit")
    membership: Membership = get_object_or_404(rows, pk=membership_id)
    group = lock_group(membership.group_id, by=by)
    membership.refresh_from_db(fields=["until"])
    if membership.until:
        raise Refused(Refusal.ALREADY_SO, thing=membership.unit.name, state=f"不在“{group.name}”里")
    if until < membership.since:
        what = f"{membership.unit.name}加入的日期"
        raise Refused(Refusal.DAY_TOO_EARLY, day=until, what=what, since=membership.since)
    membership.until = until
    membership.save(update_fields=("until",))
    _note_looked_at(group)
    record(
        Action.MEMBER_REMOVED,
        by=by.actor,
        at=at,
        about=[("group", group.pk), ("unit", membership.unit_id)],
        before={"members": [membership.unit.name], "since": membership.since.isoformat()},
        after={"until": until.isoformat()},
        why=why,
    )
    return membership
