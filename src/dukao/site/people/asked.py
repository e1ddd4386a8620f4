"""What a view is handed: Django's request and on it who asks, and when. For the type checker."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from dukao.site.people.access import Viewer
from dukao.site.people.models import User

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails


class Asked(HttpRequest):
    """A request after `WhoAsks`; at run time it is the plain request."""

    user: User
    session: SessionBase
    viewer: Viewer
    moment: datetime
    awaits: str
    htmx: "HtmxDetails"
