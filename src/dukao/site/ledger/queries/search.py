"""Finding tasks by any two characters in them, and by any name of a unit that has a part in them."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from dukao.site.ledger.queries.rows import LeaderName, Row
from dukao.site.ledger.search import fold
from dukao.site.people.models import Office, UnitName


class Found(NamedTuple):
    """What a search found besides words in tasks: the units that go by such a name."""

    rows: list[Row]
    units: tuple[tuple[int, str], ...]


def search_rows(
    rows: Iterable[Row], terms: Iterable[str], place_id: int, leaders: Mapping[int, LeaderName]
) -> Found:
    """The rows in which every term stands: in their words or number, or as a name of a unit or leader."""
    rows = list(rows)
    folded = [fold(term) for term in terms]
    if not any(folded):
        return Found(rows, ())
    names = _names_of_units(place_id)
    called = [{unit for unit, name in names if term in name} for term in folded]
    led = [{post for post, one in leaders.items() if term in fold(one.name)} for term in folded]
    wanted = list(zip(folded, called, led, strict=True))
    shown = [row for row in rows if all(_has(row, *one) for one in wanted)]
    own = {party.unit_id: party.name for row in shown for party in row.parties}
    units = sorted({unit for found in called for unit in found} & set(own))
    return Found(shown, tuple((unit, own[unit]) for unit in units))


def _has(row: Row, term: str, units: set[int], posts: set[int]) -> bool:
    if term in f"{row.search}\n{row.number}\n{row.signs}":
        return True
    if any(seat.post_id in posts for seat in row.seats):
        return True
    return any(party.unit_id in units if party.unit_id else term in party.name for party in row.parties)


def _names_of_units(place_id: int) -> list[tuple[int, str]]:
    """Every name a unit of the place goes by, those of its offices too, folded."""
    names = UnitName.objects.filter(place_id=place_id).order_by().values_list("unit_id", "name")
    offices = Office.objects.filter(unit__place_id=place_id).order_by().values_list("unit_id", "name")
    return [(unit, fold(name)) for unit, name in names.union(offices)]
