"""Log-in and log-out."""

from datetime import timedelta
from math import ceil

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import now
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from dukao.site.people.asked import Asked
from dukao.site.people.granting import note_lock
from dukao.site.people.middleware import SECOND_FACTOR_DUE, WENT_IDLE
from dukao.site.people.models import User
from dukao.site.people.second_factor import device_of


@sensitive_post_parameters("password")
def log_in(request: Asked) -> HttpResponse:
    """Name and password; afterwards where one wanted to go, as far as it is of this site."""
    target = safe_target(request, request.POST.get("next") or request.GET.get("next"))
    if request.user.is_authenticated and not request.awaits:
        return redirect(target)
    facts: dict[str, object] = {"next": target, "went_idle": request.session.get(WENT_IDLE)}
    if request.method == "POST":
        username = request.POST.get("username", "").strip()
        user = authenticate(request, username=username, password=request.POST.get("password", ""))
        if user is not None and not user.has_expired_secret(request.moment):
            return _enter(request, user, target)
        facts |= {"username": username, **_what_is_wrong(request, username, user)}
    return render(request, "people/login.html", facts, status=422 if "username" in facts else 200)


def _what_is_wrong(request: Asked, username: str, user: User | None) -> dict[str, object]:
    """Why somebody is not let in: a secret used too late, or a name and password that do not fit."""
    if user is not None:
        return {"is_expired": True, "hours": settings.SECRET_HOURS}
    left = _attempts_left(request)
    if left == 0:  # of those counted: while it is locked, failures are not
        note_lock(username, at=request.moment)
    return {"is_wrong": True, "left": left}


def _enter(request: Asked, user: User, target: str) -> HttpResponse:
    """Begin a session of its own: whatever the one before held is gone."""
    request.session.flush()
    login(request, user)
    if device_of(user):
        request.session[SECOND_FACTOR_DUE] = True
    request.session["target"] = target
    return redirect(target)


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("people:login")


def safe_target(request: HttpRequest, address: str | None) -> str:
    """An address of this very site; anything else becomes the first page."""
    hosts = {request.get_host()}
    if address and url_has_allowed_host_and_scheme(address, hosts, require_https=request.is_secure()):
        return address if address.startswith("/") else reverse("home:home")
    return reverse("home:home")


def say_locked(request: HttpRequest, response: object = None, credentials: object = None) -> HttpResponse:
    """The page of a locked account: for how long still, and what to do (called by django-axes)."""
    username = request.POST.get("username", "").strip()
    last = AccessAttempt.objects.filter(username=username).aggregate(last=Max("attempt_time"))["last"]
    lasts = timedelta(hours=settings.AXES_COOLOFF_TIME)
    minutes = max(1, ceil(((last or now()) + lasts - now()).total_seconds() / 60))
    facts = {"minutes": minutes, "limit": settings.AXES_FAILURE_LIMIT, "username": username}
    return render(request, "people/locked.html", facts, status=429)


def _attempts_left(request: HttpRequest) -> int | None:
    """How many are left after this failure; None where it was not counted, the name being locked."""
    failed = getattr(request, "axes_failures_since_start", None)
    return None if failed is None else max(0, settings.AXES_FAILURE_LIMIT - failed)
