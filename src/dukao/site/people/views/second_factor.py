"""The second factor: enrolled once, proved at every log-in."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django_otp import login as remember_device
from django_otp.plugins.otp_totp.models import TOTPDevice

from dukao.site.people import second_factor as factor
from dukao.site.people.asked import Asked
from dukao.site.people.forms import CodeForm, posted
from dukao.site.people.middleware import SECOND_FACTOR_DUE
from dukao.site.people.views.locking import count_failure, forget_failures, is_locked, say_locked
from dukao.site.people.views.login import safe_target
from dukao.site.refusals import Refused


def second_factor(request: Asked) -> HttpResponse:
    """Prove the enrolled device, or enrol one: a QR code, its key in text, and the first code."""
    if not request.user.is_authenticated:
        return redirect("people:login")
    if request.user.must_change_password:
        return redirect("people:password")
    device = factor.device_of(request.user)
    wants_another = request.user.is_verified() and "another" in request.GET  # type: ignore[attr-defined]
    if device is None or wants_another:
        return _enrol(request, wants_another)
    if request.user.is_verified():  # type: ignore[attr-defined]
        return redirect("people:me")
    if is_locked(request, request.user.username):
        return say_locked(request)
    form = CodeForm(posted(request))
    if form.is_valid() and _is_right(request, device, form):
        return _pass(request)
    return render(request, "people/second_factor.html", {"form": form}, status=422 if form.errors else 200)


def _enrol(request: Asked, wants_another: bool) -> HttpResponse:
    device = factor.pending_device(request.user)
    form = CodeForm(posted(request))
    if form.is_valid() and _is_right(request, device, form, is_first=True):
        messages.success(request, "动态口令已绑定。以后每次登录，输入密码后还要输入手机上的六位数字。")
        return _pass(request)
    facts = {
        "form": form,
        "qr": mark_safe(factor.qr_of(device)),  # made by segno from our own key
        "key": factor.key_of(device),
        "must": bool(request.awaits),
        "wants_another": wants_another,
    }
    return render(request, "people/second_factor_enrol.html", facts, status=422 if form.errors else 200)


def _is_right(request: Asked, device: TOTPDevice, form: CodeForm, *, is_first: bool = False) -> bool:
    """Whether the code is the device's; why not stands in the form."""
    check = factor.confirm_device if is_first else factor.check_code
    try:
        device = check(device.pk, request.user, form.cleaned_data["code"], at=request.moment)
    except Refused as refused:
        form.refuse(refused.sentence + ("" if is_first else _count_failure(request)), "code")
        return False
    # A session that was open before the proof is not the one after it.
    request.session.cycle_key()
    remember_device(request, device)
    return True


def _count_failure(request: Asked) -> str:
    """Count a wrong code like a wrong password; how many are left, in words. The last one locks."""
    left = count_failure(request, request.user.username)
    return f"再错 {left} 次，这个登录名将锁定 10 分钟。" if left else ""


def _pass(request: Asked) -> HttpResponse:
    forget_failures(request.user.username)
    request.session.pop(SECOND_FACTOR_DUE, None)
    return redirect(safe_target(request, request.session.pop("target", None)))
