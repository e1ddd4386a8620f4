"""Log-in and log-out."""

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from dukao.site.people.asked import Asked
from dukao.site.people.middleware import LOST, SECOND_FACTOR_DUE, WENT_IDLE
from dukao.site.people.models import User
from dukao.site.people.second_factor import device_of
from dukao.site.people.views.locking import attempts_left, forget_failures


@sensitive_post_parameters("password")
def log_in(request: Asked) -> HttpResponse:
    """Name and password; afterwards where one wanted to go, as far as it is of this site."""
    target = safe_target(request, request.POST.get("next") or request.GET.get("next"))
    if request.user.is_authenticated and not request.awaits:
        return redirect(target)
    facts: dict[str, object] = {
        "next": target,
        "lost": LOST in request.GET,
        "went_idle": request.session.get(WENT_IDLE),
    }
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
    return {"is_wrong": True, "left": attempts_left(request, username)}


def _enter(request: Asked, user: User, target: str) -> HttpResponse:
    """Begin a session of its own: whatever the one before held is gone."""
    request.session.flush()
    login(request, user)
    if device_of(user):
        request.session[SECOND_FACTOR_DUE] = True
    else:
        forget_failures(user.username)
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
