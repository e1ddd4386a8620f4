"""What a view is handed: Django's request, on it who asks and when, and the numbers people send."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from dukao.site.people.access import Viewer
from dukao.site.people.models import User

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails


_DIGITS = 9  # of any key, version or year; a longer one is nobody's


class Asked(HttpRequest):
    """A request after `WhoAsks`; at run time it is the plain request."""

    user: User
    session: SessionBase
    viewer: Viewer
    moment: datetime
    awaits: str
    htmx: "HtmxDetails"


def read_number(said: str | None) -> int:
    """The number a form or an address says; 0, which no key is, for anything else and for one too long."""
    return int(said) if said and said.isascii() and said.isdecimal() and len(said) <= _DIGITS else 0


def read_numbers(said: Iterable[str]) -> list[int]:
    """Those of some words that are numbers of something."""
    return [number for one in said if (number := read_number(one))]
