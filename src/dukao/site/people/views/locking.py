"""Failed log-ins: wrong passwords and wrong codes are counted together; too many lock the account."""

from datetime import timedelta
from math import ceil

from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now

from dukao.site.people.asked import Asked
from dukao.site.people.granting import note_lock


def is_locked(request: HttpRequest, username: str) -> bool:
    """Whether a log-in name is locked now."""
    return not AxesProxyHandler.is_allowed(request, {"username": username})


def count_failure(request: Asked, username: str) -> int:
    """Count a wrong code; how many failures are left before the account is locked."""
    user_login_failed.send(__name__, credentials={"username": username}, request=request)
    return attempts_left(request, username) or 0


def attempts_left(request: Asked, username: str) -> int | None:
    """How many are left after a failure; None where it was not counted. The last one is written down."""
    failed = getattr(request, "axes_failures_since_start", None)
    left = None if failed is None else max(0, settings.AXES_FAILURE_LIMIT - failed)
    if left == 0:  # of those counted: while it is locked, failures are not
        note_lock(username, at=request.moment)
    return left


def forget_failures(username: str) -> None:
    """Count from the beginning: somebody is in, with everything that is asked of them."""
    reset(username=username)


def say_locked(request: HttpRequest, response: object = None, credentials: object = None) -> HttpResponse:
    """The page of a locked account: for how long still, and what to do (called by django-axes)."""
    username = request.POST.get("username", "").strip() or request.user.get_username()
    last = AccessAttempt.objects.filter(username=username).aggregate(last=Max("attempt_time"))["last"]
    lasts = timedelta(hours=settings.AXES_COOLOFF_TIME)
    minutes = max(1, ceil(((last or now()) + lasts - now()).total_seconds() / 60))
    facts = {"minutes": minutes, "limit": settings.AXES_FAILURE_LIMIT, "username": username}
    return render(request, "people/locked.html", facts, status=429)
