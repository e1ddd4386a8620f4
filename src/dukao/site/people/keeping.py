"""Units, groups and posts as the clerk's lists show them: asked here, changed by their actions."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet

from dukao.site.people.access import Viewer
from dukao.site.people.models import Membership, Person, Post, Tenure, Unit, UnitGroup, UnitKind


@dataclass(frozen=True, slots=True)
class UnitCounts:
    """The figures over the list of units."""

    current: int
    ended: int
    by_kind: tuple[tuple[UnitKind, int], ...]


def count_units(by: Viewer, day: date) -> UnitCounts:
    """How many units hold on a day, how many have ended, how many there are of each kind."""
    rows = list(Unit.objects.filter(place_id=by.place_id).values_list("kind", "until"))
    current = [kind for kind, until in rows if until is None or until > day]
    by_kind = tuple((kind, current.count(kind)) for kind in UnitKind if kind in current)
    return UnitCounts(len(current), len(rows) - len(current), by_kind)


def units_to_keep(
    by: Viewer, day: date, words: str = "", kind: str = "", is_ended: bool = False
) -> QuerySet[Unit]:
    """Units of the place with their names and offices; found by any of these."""
    ended = Q(until__isnull=False, until__lte=day)
    found = Unit.objects.filter(ended if is_ended else ~ended, place_id=by.place_id)
    for word in words.split():
        named = Q(names__name__icontains=word) | Q(offices__name__icontains=word)
        found = found.filter(pk__in=Unit.objects.filter(named, place_id=by.place_id).values("pk"))
    if kind in UnitKind.values:
        found = found.filter(kind=kind)
    return found.prefetch_related("names", "offices")


def groups_to_keep(by: Viewer, day: date) -> QuerySet[UnitGroup]:
    """Groups of the place, each with how many members it has on a day (`size`)."""
    holds = Q(memberships__since__lte=day) & (
        Q(memberships__until__isnull=True) | Q(memberships__until__gt=day)
    )
    return UnitGroup.objects.filter(place_id=by.place_id).annotate(size=Count("memberships", holds))


def members_of(group: UnitGroup, day: date) -> tuple[list[Membership], list[Membership]]:
    """Who belongs to a group on a day or later, and who did before."""
    rows = list(Membership.objects.filter(group=group).select_related("unit"))
    now = [row for row in rows if row.until is None or row.until > day]
    return now, [row for row in rows if row not in now]


def units_to_add(group: UnitGroup, now: list[Membership]) -> QuerySet[Unit]:
    """The units of the place that could join a group."""
    members = [row.unit_id for row in now]
    return Unit.objects.filter(place_id=group.place_id, until__isnull=True).exclude(pk__in=members)


def posts_to_keep(by: Viewer, day: date) -> QuerySet[Post]:
    """Posts of the place with who holds them on a day (`now`, at most one)."""
    tenures = Tenure.objects.on(day).select_related("person")
    return Post.objects.filter(place_id=by.place_id).prefetch_related(
        Prefetch("tenures", tenures, to_attr="now")
    )


def persons_of(by: Viewer) -> list[str]:
    """The names of everybody who holds or held a post."""
    return list(Person.objects.filter(place_id=by.place_id).values_list("name", flat=True).distinct())
