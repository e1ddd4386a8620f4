"""Who asks and when: every view finds `request.viewer` and `request.moment`."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from dukao.site.people.access import Viewer, viewer_of
from dukao.site.people.models import ADMINISTRATORS

# Pages one may see before the own password is set and the second factor proved.
_OPEN = frozenset({"people:login", "people:logout", "people:password", "people:second-factor"})
_SEEN = "seen"
_SAVE_AFTER = 60  # seconds: a session is not written on every request
NOBODY = Viewer(0, "", "")


class WhoAsks:
    """Puts the viewer and the moment onto the request; ends sessions nobody used; leads to log-in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.moment = timezone.now()  # type: ignore[attr-defined]
        request.viewer = NOBODY  # type: ignore[attr-defined]
        if request.user.is_authenticated and has_gone_idle(request, request.moment):  # type: ignore[attr-defined]
            logout(request)
            request.session["went_idle"] = True
        if request.user.is_authenticated:
            request.viewer = viewer_of(request.user, request.moment)  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: tuple[object, ...], kwargs: dict[str, object]
    ) -> HttpResponse | None:
        """Nothing is shown to who is not logged in, has yet to set a password or prove a second factor."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in _OPEN or name.startswith("api"):
            return None
        user = request.user
        if not user.is_authenticated:
            return redirect(f"/login/?next={request.get_full_path()}")
        if user.must_change_password:
            return redirect("people:password")
        viewer: Viewer = request.viewer  # type: ignore[attr-defined]
        if viewer.roles & set(ADMINISTRATORS) and not user.is_verified():  # type: ignore[attr-defined]
            return redirect("people:second-factor")
        return None


def has_gone_idle(request: HttpRequest, now: datetime) -> bool:
    """Whether nobody used this session for too long; notes that somebody does now, once a minute."""
    seen = request.session.get(_SEEN)
    at = int(now.timestamp())
    if seen is not None and at - seen > settings.SESSION_IDLE_SECONDS:
        return True
    if seen is None or at - seen > _SAVE_AFTER:
        request.session[_SEEN] = at
    return False
