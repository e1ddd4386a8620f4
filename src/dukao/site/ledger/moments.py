"""The day a page is read for: `?as_of=2024-06-30` shows the record as it stood at the end of that day."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.utils.timezone import localdate, make_aware

from dukao.site.ledger.errors import Refusal
from dukao.site.people.asked import Asked
from dukao.site.refusals import Refused

View = Callable[..., HttpResponse]


class AskedFor(Asked):
    """A request after `reads_as_of`: the day asked for and its last moment, None for now. For the checker."""

    as_of: date | None
    record_at: datetime | None


def reads_as_of(view: View) -> View:
    """A view that reads the record: `request.as_of` is the day asked for, `request.record_at` its end.

    Both are None where no day is asked for, which is now. The frame shows the day on every such page.
    """

    @wraps(view)
    def dated(request: AskedFor, *args: Any, **kwargs: Any) -> HttpResponse:
        request.as_of = read_day(request)
        request.record_at = end_of(request.as_of)
        return view(request, *args, **kwargs)

    return dated


def read_day(request: Asked, name: str = "as_of") -> date | None:
    """The day in the address under `name`; refused with a sentence where it is none, or lies ahead."""
    said = request.GET.get(name, "").strip()
    if not said:
        return None
    try:
        day = date.fromisoformat(said)
    except ValueError:
        raise Refused(Refusal.NO_DAY, said=said[:20], status=400) from None
    if day > localdate(request.moment):
        raise Refused(Refusal.DAY_AHEAD, said=said[:20], status=400)
    return day


def end_of(day: date | None) -> datetime | None:
    """The last moment of a Beijing day; None for none."""
    if day is None:
        return None
    return make_aware(datetime.combine(day + timedelta(days=1), time())) - timedelta(microseconds=1)
