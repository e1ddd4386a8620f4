"""The second factor: a six-digit code of the minute from an app on one's phone (TOTP, RFC 6238)."""

import base64
from datetime import datetime
from math import ceil

import segno
from django.db import transaction
from django_otp.plugins.otp_totp.models import TOTPDevice

from dukao.site.history.actions import record
from dukao.site.history.values import Actor
from dukao.site.people.access import Act, Viewer, require
from dukao.site.people.accounts import lock_account, on_behalf, roles_on
from dukao.site.people.errors import Refusal
from dukao.site.people.models import ADMINISTRATORS, User
from dukao.site.people.naming import Action
from dukao.site.refusals import Refused

_NAME = "手机"


def device_of(user: User) -> TOTPDevice | None:
    """The device somebody has enrolled and confirmed."""
    return TOTPDevice.objects.filter(user_id=user.pk, confirmed=True).first()


def pending_device(user: User) -> TOTPDevice:
    """The device being enrolled: the same key until it is confirmed, however often the page is opened."""
    device, _ = TOTPDevice.objects.get_or_create(user_id=user.pk, confirmed=False, defaults={"name": _NAME})
    return device


def qr_of(device: TOTPDevice) -> str:
    """The QR code of a device's key as an SVG element without style or script."""
    code = segno.make_qr(device.config_url, error="m")
    return str(code.svg_inline(scale=5, border=4, dark="#000", light="#fff", omitsize=True))


def key_of(device: TOTPDevice) -> str:
    """The key as it is typed where no camera is: base 32 in groups of four."""
    key = base64.b32encode(device.bin_key).decode()
    return " ".join(key[at : at + 4] for at in range(0, len(key), 4))


def check_code(device_id: int, user: User, code: str, *, at: datetime) -> TOTPDevice:
    """The device, when this is its code of the minute. A code is good once; errors cost growing waits."""
    with transaction.atomic():  # commits a failure too: it has to be counted
        device = TOTPDevice.objects.select_for_update().get(pk=device_id, user_id=user.pk)
        is_allowed, reason = device.verify_is_allowed()
        is_right = is_allowed and device.verify_token(code)
    if not is_allowed:
        raise Refused(Refusal.TOO_MANY_CODES, seconds=_wait(reason, at), status=429)
    if not is_right:
        raise Refused(Refusal.WRONG_CODE, status=422)
    return device


def confirm_device(device_id: int, user: User, code: str, *, at: datetime) -> TOTPDevice:
    """End an enrolment with the first right code: from now on every log-in asks for one."""
    device = check_code(device_id, user, code, at=at)
    with transaction.atomic():
        TOTPDevice.objects.filter(user_id=user.pk).exclude(pk=device.pk).delete()
        device.confirmed = True
        device.save(update_fields=("confirmed",))
        record(Action.SECOND_FACTOR_ENROLLED, by=_self(user), at=at, about=[("user", user.pk)])
    return device


@transaction.atomic
def give_up_second_factor(user: User, *, at: datetime) -> None:
    """Log in without a second factor again; not for administrators."""
    if roles_on(user, at) & set(ADMINISTRATORS):
        raise Refused(Refusal.SECOND_FACTOR_NEEDED)
    TOTPDevice.objects.filter(user_id=user.pk).delete()
    record(Action.SECOND_FACTOR_GIVEN_UP, by=_self(user), at=at, about=[("user", user.pk)])


@transaction.atomic
def reset_second_factor(user_id: int, *, why: str, by: Viewer, at: datetime) -> User:
    """Forget a lost device: the next log-in enrols another where one is due."""
    require(by, Act.KEEP_ROLES)
    user = lock_account(user_id, by=by)
    if user.pk == by.user_id:
        raise Refused(Refusal.NOT_ONESELF, act="重置")
    found, _ = TOTPDevice.objects.filter(user_id=user.pk).delete()
    if not found:
        raise Refused(Refusal.ALREADY_SO, thing=f"{user.name}的动态口令", state="重置")
    record(Action.SECOND_FACTOR_RESET, by=on_behalf(by, user), at=at, about=[("user", user.pk)], why=why)
    return user


def _wait(reason: dict[str, object] | None, at: datetime) -> int:
    until = (reason or {}).get("locked_until")
    return max(1, ceil((until - at).total_seconds())) if isinstance(until, datetime) else 1


def _self(user: User) -> Actor:
    return Actor(user.username, user.name, user.place.code if user.place else "")
