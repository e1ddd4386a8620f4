"""Where the sample stands: its today is a morning in September, and goes on from there as it is used.

The clock begins where the record ends, so that what a visitor does comes after what was done before.
"""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache

from django.http import HttpRequest, HttpResponse

from dukao.site.history.models import Entry
from dukao.site.showing.past import STANDS


class StandsThere:
    """Puts the sample's moment onto a request in place of the clock's; behind `WhoAsks`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.moment = moment()  # type: ignore[attr-defined]
        request.stands_on = request.moment.date()  # type: ignore[attr-defined]
        return self.get_response(request)


def moment() -> datetime:
    """The sample's now."""
    begun, at = _beginning()
    return at + timedelta(seconds=time.monotonic() - begun)


@cache
def _beginning() -> tuple[float, datetime]:
    """When this process first asked, and where the record ended then."""
    last = Entry.objects.order_by("-at").values_list("at", flat=True).first()
    return time.monotonic(), max(STANDS, last or STANDS).astimezone(STANDS.tzinfo)
