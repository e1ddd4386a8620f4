"""What lights rest on beside their tasks: the units and the rounds of a place at a moment. Kept."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from dukao.site.history.readings import Bounds, PlaceKeeper
from dukao.site.ledger.moments import end_of
from dukao.site.people.queries import code_of, units_at
from dukao.site.supervision.models import Round
from dukao.site.supervision.practice import BEIJING

Units = Mapping[int, tuple[str, str]]  # name and kind of each unit, by its key


class RoundSaid(NamedTuple):
    """A round: its name, the end of its period, its limit on the place's clock."""

    label: str
    end: date
    due: datetime


_UNITS, _ROUNDS = PlaceKeeper[Units](), PlaceKeeper[Mapping[int, RoundSaid]]()


def day_of(moment: datetime) -> date:
    """The Beijing day of a moment."""
    return moment.astimezone(BEIJING).date()


def when(moment: datetime) -> tuple[date, bool]:
    """Under which day what is known at a moment is kept, and whether that day is over by then."""
    day = day_of(moment)
    return day, moment == end_of(day)


def bounds_of(place_id: int, moment: datetime) -> Bounds:
    """What is known of a place's work holds until the next limit passes, whatever is recorded."""
    limits = Round.objects.filter(place_id=place_id, due_at__gt=moment).order_by("due_at")
    return Bounds(code_of(place_id), limits.values_list("due_at", flat=True).first())


def units_of(place_id: int, moment: datetime) -> Units:
    """Name and kind of each unit of a place as they stood at a moment."""
    return _UNITS.ask(
        (place_id, *when(moment)),
        moment,
        lambda: units_at(place_id, moment),
        lambda: Bounds(code_of(place_id)),
    )


def rounds_of(place_id: int, year: int, moment: datetime) -> Mapping[int, RoundSaid]:
    """The rounds open by a moment, those of later years too: what is still open then is asked for on."""
    return _ROUNDS.ask(
        (place_id, year, *when(moment)),
        moment,
        lambda: _read_rounds(place_id, year, moment),
        lambda: Bounds(code_of(place_id)),
    )


def _read_rounds(place_id: int, year: int, moment: datetime) -> dict[int, RoundSaid]:
    rounds = Round.objects.filter(place_id=place_id, year__gte=year, opened_at__lte=moment)
    return {
        pk: RoundSaid(label, end, due.astimezone(BEIJING))
        for pk, label, end, due in rounds.order_by().values_list("pk", "label", "period_end", "due_at")
    }
