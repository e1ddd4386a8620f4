"""Finding tasks by any two characters in them, and by any name of a unit that has a part in them.

The database looks: what is found is read whole, the rest of the year is only counted.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q

from dukao.site.ledger.models import Placement, Responsibility
from dukao.site.ledger.queries.rows import LeaderName, Row, read_rows
from dukao.site.ledger.search import fold
from dukao.site.people.access import Viewer
from dukao.site.people.models import Office, UnitName


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
    names = _names_of_units(viewer.place_id)
    called = [{unit for unit, name in names if term in name} for term in folded]
    among = Q()
    for term, units in zip(folded, called, strict=True):
        posts = [post for post, one in leaders.items() if term in fold(one.name)]
        among &= _has(term, units, posts, moment)
    rows = read_rows(viewer, moment, year=year, among=among)
    own = {party.unit_id: party.name for row in rows for party in row.parties}
    known = sorted({unit for found in called for unit in found} & set(own))
    return Found(rows, tuple((unit, own[unit]) for unit in known))


def _has(term: str, units: set[int], posts: list[int], moment: datetime | None) -> Q:
    """The states of the tasks in which a term stands, or one of these units or posts."""
    seats = Placement.objects.at(moment).filter(Q(row__contains=term) | Q(post_id__in=posts))
    duties = Responsibility.objects.at(moment).filter(Q(unit_id__in=units) | Q(group__name__contains=term))
    return (
        Q(search__contains=term)
        | Q(task__number__contains=term)
        | Q(task_id__in=seats.order_by().values("task_id"))
        | Q(task_id__in=duties.order_by().values("task_id"))
    )


def _names_of_units(place_id: int) -> list[tuple[int, str]]:
    """Every name a unit of the place goes by, those of its offices too, folded."""
    names = UnitName.objects.filter(place_id=place_id).order_by().values_list("unit_id", "name")
    offices = Office.objects.filter(unit__place_id=place_id).order_by().values_list("unit_id", "name")
    return [(unit, fold(name)) for unit, name in names.union(offices)]
