"""Two names turn out to be one unit: everything of the one moves to the other. Part of an action."""

from datetime import date
from typing import Any

from dukao.site.people.models import Membership, Office, Unit, UnitName, User

Moved = dict[str, Any]


def merge_units(kept: Unit, merged: Unit, day: date) -> Moved:
    """End `merged` on `day` and give its names, users, offices and memberships to `kept`.

    Nothing is deleted. What comes back is plain JSON and says what moved: `part_units` takes it back. Tasks
    are moved by the room that keeps them.
    """
    day = max(day, merged.since)
    names = list(UnitName.objects.filter(unit=merged).values_list("pk", flat=True))
    UnitName.objects.filter(pk__in=names).update(unit=kept)
    users = list(User.objects.filter(unit=merged).values_list("pk", flat=True))
    User.objects.filter(pk__in=users).update(unit=kept)
    ended, begun = _move_memberships(kept, merged, day)
    merged.until = day
    merged.save(update_fields=("until",))
    return {
        "kept": kept.pk,
        "merged": merged.pk,
        "names": names,
        "users": users,
        "offices": _move_offices(kept, merged),
        "memberships_ended": ended,
        "memberships_begun": begun,
    }


def part_units(moved: Moved) -> None:
    """Take a merger back: what moved returns, the merged unit goes on as if it had not ended."""
    UnitName.objects.filter(pk__in=moved["names"]).update(unit_id=moved["merged"])
    User.objects.filter(pk__in=moved["users"], unit_id=moved["kept"]).update(unit_id=moved["merged"])
    Office.objects.filter(pk__in=moved["offices"]).update(unit_id=moved["merged"])
    for one in Membership.objects.filter(pk__in=moved["memberships_begun"]):
        one.until = one.since  # held on no day
        one.save(update_fields=("until",))
    Membership.objects.filter(pk__in=moved["memberships_ended"]).update(until=None)
    Unit.objects.filter(pk=moved["merged"]).update(until=None)


def _move_memberships(kept: Unit, merged: Unit, day: date) -> tuple[list[int], list[int]]:
    """The kept unit is in every group the merged one was in; which memberships ended and which began."""
    open_ = Membership.objects.filter(until__isnull=True)
    known = set(open_.filter(unit=kept).values_list("group_id", flat=True))
    ended, begun = [], []
    for one in open_.filter(unit=merged):
        one.until = max(day, one.since)
        one.save(update_fields=("until",))
        ended.append(one.pk)
        if one.group_id not in known:
            begun.append(Membership.objects.create(group_id=one.group_id, unit=kept, since=one.since).pk)
    return ended, begun


def _move_offices(kept: Unit, merged: Unit) -> list[int]:
    known = set(Office.objects.filter(unit=kept).values_list("name", flat=True))
    offices = Office.objects.filter(unit=merged).exclude(name__in=known)
    moved = list(offices.values_list("pk", flat=True))
    offices.update(unit=kept)
    return moved
