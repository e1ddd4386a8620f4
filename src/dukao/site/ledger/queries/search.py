"""Finding tasks by any two characters in them, and by any name of a unit that has a part in them.

The database looks: what is found is read whole, the rest of the year is only counted.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from django.db.models import F, Q, Value

from dukao.site.ledger.models import Placement, Responsibility
from dukao.site.ledger.queries.rows import LeaderName, Row, read_rows
from dukao.site.ledger.search import fold
from dukao.site.people.access import Viewer
from dukao.site.people.models import Office, UnitGroup, UnitName

_NO, _YES = Value(0), Value(1)


class Found(NamedTuple):
    """What a search found besides words in tasks: the units that go by such a name."""

    rows: list[Row]
    units: tuple[tuple[int, str], ...]


def search_rows(
    viewer: Viewer,
    moment: datetime | None,
    year: int | None,
    terms: Iterable[str],
    leaders: Mapping[int, LeaderName],
) -> Found:
    """The rows in which every term stands: in their words or number, or as a name of a unit or leader.

    Without a term every row of the year, or of all years (None).
    """
    folded = [term for term in map(fold, terms) if term]
    if not folded:
        return Found(read_rows(viewer, moment, year=year), ())
    names, groups = _names_in(viewer.place_id)
    called = [{unit for unit, name in names if term in name} for term in folded]
    bound = Q(task__place_id=viewer.place_id) & (Q(task__year=year) if year else Q())
    among = Q()
    for term, units in zip(folded, called, strict=True):
        posts = {post for post, one in leaders.items() if term in fold(one.name)}
        known = {group for group, name in groups if term in name}
        among &= _has(term, units, known, posts, bound, moment)
    rows = read_rows(viewer, moment, year=year, among=among)
    own = {party.unit_id: party.name for row in rows for party in row.parties}
    named = sorted({unit for found in called for unit in found} & set(own))
    return Found(rows, tuple((unit, own[unit]) for unit in named))


def _has(
    term: str, units: set[int], groups: set[int], posts: set[int], bound: Q, moment: datetime | None
) -> Q:
    """The states of the tasks in which a term stands, or one of these units, groups or posts."""
    seats = Placement.objects.at(moment).filter(bound).filter(Q(row__contains=term) | Q(post_id__in=posts))
    found = Q(search__contains=term) | Q(task__number__contains=term)
    found |= Q(task_id__in=seats.order_by().values("task_id"))
    if units or groups:
        duties = Responsibility.objects.at(moment).filter(bound)
        duties = duties.filter(Q(unit_id__in=units) | Q(group_id__in=groups))
        found |= Q(task_id__in=duties.order_by().values("task_id"))
    return found


def _names_in(place_id: int) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """Every name a unit of the place goes by, those of its offices too, and what its groups are called.

    Folded, with the key of the unit or the group; one query.
    """
    fields = ("is_group", "key", "name")
    units = UnitName.objects.filter(place_id=place_id).annotate(is_group=_NO, key=F("unit_id"))
    offices = Office.objects.filter(unit__place_id=place_id).annotate(is_group=_NO, key=F("unit_id"))
    groups = UnitGroup.objects.filter(place_id=place_id).annotate(is_group=_YES, key=F("pk"))
    every = [asked.order_by().values_list(*fields) for asked in (units, offices, groups)]
    named: tuple[list[tuple[int, str]], list[tuple[int, str]]] = ([], [])
    for is_group, key, name in every[0].union(*every[1:]):
        named[is_group].append((key, fold(name)))
    return named
