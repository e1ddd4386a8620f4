"""Who asks and when: every view finds `request.viewer` and `request.moment`, and only whom may come in.

Somebody is let in who is logged in, has used the session lately, has a password of their own and, where one
is due, has proved a second factor. Everybody else is NOBODY, for every room, until then.
"""

from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django_htmx.http import HttpResponseClientRedirect

from dukao.site.history.readings import looking_once
from dukao.site.people.access import Viewer, viewer_of
from dukao.site.people.models import ADMINISTRATORS

NOBODY = Viewer(0, "", "")
LOST = "lost"  # in the address of the log-in page: a step sent without a session was not kept
WENT_IDLE = "went_idle"  # in the session: the log-in page says why one is there
SECOND_FACTOR_DUE = "second_factor_due"  # in the session: a device is enrolled and not yet proved
# Pages one may see before the own password is set and the second factor proved.
_OPEN = frozenset({"people:login", "people:logout", "people:password", "people:second-factor"})
_API = "/api/"  # has its own door: tokens
_SAFE = ("GET", "HEAD", "OPTIONS")
_SEEN = "seen"
_SAVE_AFTER = 60  # seconds: a session is not written on every request


class WhoAsks:
    """Puts the viewer and the moment onto the request; ends sessions nobody used; leads to log-in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.moment = timezone.now()  # type: ignore[attr-defined]
        request.viewer = NOBODY  # type: ignore[attr-defined]
        request.awaits = ""  # type: ignore[attr-defined]
        if request.user.is_authenticated and has_gone_idle(request, request.moment):  # type: ignore[attr-defined]
            logout(request)
            request.session[WENT_IDLE] = True
        admit(request)
        looks = request.method in _SAFE and request.viewer.place_id  # type: ignore[attr-defined]
        with looking_once() if looks else nullcontext():
            response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            # What a page said must not be read from the browser's store after log-out.
            is_api = request.path.startswith(_API)
            response["Cache-Control"] = "private, no-cache" if is_api else "no-store"
        return response

    def process_view(
        self, request: HttpRequest, view: object, args: tuple[object, ...], kwargs: dict[str, object]
    ) -> HttpResponse | None:
        """Nothing is shown to who is not logged in, has yet to set a password or prove a second factor."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        awaits: str = request.awaits  # type: ignore[attr-defined]
        if not awaits or name in _OPEN or request.path.startswith(_API):
            return None
        address = reverse(awaits)
        if awaits == "people:login":
            address += f"?{urlencode(_way_back(request), safe='/')}"
        return _lead(request, address)


def admit(request: HttpRequest) -> None:
    """Let the user in as `request.viewer`, or note as `request.awaits` the page that has to come before."""
    user = request.user
    if not user.is_authenticated:
        request.awaits = "people:login"  # type: ignore[attr-defined]
        return
    viewer = viewer_of(user, request.moment)  # type: ignore[attr-defined]
    if user.must_change_password:
        request.awaits = "people:password"  # type: ignore[attr-defined]
    elif needs_second_factor(request, viewer):
        request.awaits = "people:second-factor"  # type: ignore[attr-defined]
    else:
        request.awaits = ""  # type: ignore[attr-defined]
        request.viewer = viewer  # type: ignore[attr-defined]


def needs_second_factor(request: HttpRequest, viewer: Viewer) -> bool:
    """Whether a second factor is still to be proved: always by administrators, else where one is enrolled."""
    due = bool(viewer.roles & set(ADMINISTRATORS)) or SECOND_FACTOR_DUE in request.session
    return due and not request.user.is_verified()  # type: ignore[union-attr]


def has_gone_idle(request: HttpRequest, now: datetime) -> bool:
    """Whether nobody used this session for too long; notes that somebody does now, once a minute."""
    seen = request.session.get(_SEEN)
    at = int(now.timestamp())
    if seen is not None and at - seen > settings.SESSION_IDLE_SECONDS:
        return True
    if seen is None or at - seen > _SAVE_AFTER:
        request.session[_SEEN] = at
    return False


def _way_back(request: HttpRequest) -> dict[str, str]:
    """Where log-in leads on to: the page asked for, or the one a part or a step was asked from.

    `lost` says that a step was not kept.
    """
    if request.method in _SAFE and not (getattr(request, "htmx", False) and not request.htmx.boosted):  # type: ignore[attr-defined]
        return {"next": request.get_full_path()}
    page = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer") or "")
    back = {"next": page._replace(scheme="", netloc="").geturl()} if page.netloc == request.get_host() else {}
    return back if request.method in _SAFE else back | {LOST: "1"}


def _lead(request: HttpRequest, address: str) -> HttpResponse:
    """To another page; a part of a page asked for by htmx must not be filled with the log-in form."""
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(address)
    return redirect(address)
