"""The door of the sample: an address with a signed ticket logs its visitor in and leads to the ledger.

Only `dukao demo` opens it (showing.settings), only the sample place's own log-ins come through it, and a
ticket is good for a few minutes.
"""

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib.auth import login
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from dukao.site.people.models import User
from dukao.site.showing.place import LOGINS, YEAR, is_here

PATH = "/demo/"
GOOD_FOR = 300  # seconds
_BACKEND = "django.contrib.auth.backends.ModelBackend"
_FREE = {one.username for one in LOGINS if one.factor is None}


class LetIn:
    """Answers the ticket's address; every other request passes by."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path != PATH:
            return self.get_response(request)
        username = _holder_of(request.GET.get("ticket", ""))
        if username in _FREE and is_here():
            login(request, User.objects.get(username=username), backend=_BACKEND)
        return redirect(f"/ledger/{YEAR}/")


def ticket_for(username: str) -> str:
    """The address that logs `username` in, from the root of the site."""
    return f"{PATH}?{urlencode({'ticket': _signer().sign(username)})}"


def _holder_of(ticket: str) -> str | None:
    try:
        return _signer().unsign(ticket, max_age=GOOD_FOR)
    except BadSignature:
        return None


def _signer() -> TimestampSigner:
    return TimestampSigner(salt="dukao.site.showing")
