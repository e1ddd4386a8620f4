"""Finds or founds units, groups and posts as a breakdown names them: part of an action, records nothing."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from dukao.presets.loading import load_entries
from dukao.site.people.models import (
    PARTNERS,
    UNNAMED_POST,
    Membership,
    Office,
    Person,
    Place,
    Post,
    Tenure,
    Unit,
    UnitGroup,
    UnitKind,
    UnitName,
)

_CHOSEN = ("相关", "有关", "涉及")
_TOWNSHIPS = ("街", "镇", "乡")
# Named in the papers and no bureaus of the government: a person puts them into a group, the program never.
_NO_BUREAUS = (UnitKind.COMPANY, UnitKind.MASS, UnitKind.OTHER)


def kind_of(name: str) -> UnitKind:
    """What a unit most likely is, by its name (presets/unit-kinds.toml); a person corrects it."""
    rules: Any = load_entries("unit-kinds")["kinds"]  # in their order: the first that fits counts
    for rule in rules:
        if name.endswith(tuple(rule["ends"])) or any(word in name for word in rule["has"]):
            return UnitKind(rule["kind"])
    return UnitKind.OTHER


def units_by_name(place: Place, names: Iterable[str], since: date) -> dict[str, Unit]:
    """A unit for every name, known by any of its names or founded on `since`, in the order of the names."""
    wanted = list(dict.fromkeys(names))
    known = UnitName.objects.filter(place=place, name__in=wanted).select_related("unit")
    units = {one.name: one.unit for one in known}
    at = Unit.objects.filter(place=place).count()
    for name in wanted:
        if name not in units:
            at += 1
            units[name] = found_unit(place, name, since, order=at)
    return units


def found_unit(place: Place, name: str, since: date, *, order: int) -> Unit:
    """A new unit under its own name."""
    unit = Unit.objects.create(place=place, name=name, kind=kind_of(name), since=since, order=order)
    UnitName.objects.create(place=place, unit=unit, name=name)
    return unit


def add_offices(pairs: Iterable[tuple[Unit, str]]) -> None:
    """The offices written in brackets behind units."""
    Office.objects.bulk_create(
        [Office(unit=u, name=n) for u, n in dict.fromkeys(pairs)], ignore_conflicts=True
    )


def groups_by_name(place: Place, names: Iterable[str], since: date) -> dict[str, UnitGroup]:
    """A group for every name; a new one whose members are plain (各街镇, 直属各单位) is given them."""
    groups = {group.name: group for group in UnitGroup.objects.filter(place=place, name__in=list(names))}
    for name in dict.fromkeys(names):
        if name not in groups:
            is_chosen = name.startswith(_CHOSEN)
            groups[name] = UnitGroup.objects.create(
                place=place, name=name, is_chosen=is_chosen, is_proposed=not is_chosen
            )
            if not is_chosen:
                _fill_group(groups[name], since)
    return groups


def _fill_group(group: UnitGroup, since: date) -> None:
    """The members a group's name speaks of, to be confirmed: townships, or what is of the government."""
    units = Unit.objects.filter(place=group.place, until__isnull=True)
    if any(word in group.name for word in _TOWNSHIPS):
        units = units.filter(kind=UnitKind.TOWNSHIP)
    else:
        units = units.exclude(kind__in=(UnitKind.TOWNSHIP, *PARTNERS, *_NO_BUREAUS))
    Membership.objects.bulk_create(Membership(group=group, unit=unit, since=since) for unit in units)


def post_of(place: Place, name: str, title: str | None, since: date, *, order: int) -> Post:
    """The post a leader holds on `since`; who is not known yet is put into a post of that title.

    A successor takes over the post of the same title: responsibility stays with the post.
    """
    known = (
        Tenure.objects.on(since).filter(post__place=place, person__name=name).select_related("post").first()
    )
    if known:
        return known.post  # type: ignore[no-any-return]
    post = Post.objects.create(place=place, title=title or UNNAMED_POST, order=order)
    person = Person.objects.filter(place=place, name=name).first()
    person = person or Person.objects.create(place=place, name=name)
    Tenure.objects.create(post=post, person=person, since=since)
    return post
