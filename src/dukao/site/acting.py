"""Where and in whose name a command acts: a place and its user, both founded where the place is new."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q, TextChoices

from dukao.site.history.actions import record
from dukao.site.history.values import PROGRAM
from dukao.site.people.access import Viewer, viewer_of
from dukao.site.people.enrolment import PlaceForm, enrol_place
from dukao.site.people.models import Grant, Level, Place, Role, User
from dukao.site.people.passwords import secret_until
from dukao.site.refusals import Refusal as _Refusal
from dukao.site.refusals import Refused


class Refusal(_Refusal):
    """Every refusal with its sentence."""

    BAD_PLACE = "bad-place", "--place 要写成“行政区划代码:名称”，例如 330302:鹿城区；这里写的是“{said}”。"
    NO_NAME = "no-place-name", "还没有代码为 {code} 的地方：请连名称一起写，例如 --place {code}:某某区。"
    OTHER_NAME = "other-place-name", "代码 {code} 已是“{name}”，不是“{said}”：请核对代码和名称。"
    UNKNOWN_USER = "unknown-user", "{place}没有登录名为“{said}”的在用账号：请核对，或从下列账号中选一个。"
    NOT_ITS_PART = "not-its-part", "“{said}”在{place}没有“{role}”的角色：请换一个账号，或请安全管理员授予。"
    WHO = "who-acts", "{place}有几个督查室经办：请用 --as 写明以谁的名义，例如 --as {first}。"


class Action(TextChoices):
    """What is done here."""

    FOUNDED = "account-founded-by-command", "用命令建立试用账号"


@dataclass(frozen=True, slots=True)
class Acting:
    """The user a command acts as; `password` only where the account is new, to be printed once."""

    user: User
    password: str | None = None

    def viewer(self, at: datetime) -> Viewer:
        """This user's rights at a moment."""
        return viewer_of(self.user, at)


_PLACE = re.compile(r"(?P<code>[0-9]{6}(?:[0-9]{3}){0,2})(?:[:：](?P<name>\S+))?")


@transaction.atomic
def act_in(said: str, username: str | None, roles: tuple[Role, ...], *, at: datetime) -> Acting:
    """Who acts in the place `said` names (330302:鹿城区).

    A place nobody has an account in gets one with `roles`, under `username` or "clerk-" and the code; else
    the account named, which must have the roles, or the only clerk.
    """
    place = place_of(said, at)
    accounts = User.objects.filter(place=place, is_active=True)
    if not accounts.exists():
        return _found_account(place, username or f"clerk-{place.code}", roles, at)
    user = _only_clerk(place, at) if username is None else accounts.filter(username=username).first()
    if user is None:
        names = [str(one) for one in _clerks(place, at)]
        raise Refused(Refusal.UNKNOWN_USER, names, place=place.name, said=username)
    for role in roles:
        if role not in viewer_of(user, at).roles:
            raise Refused(Refusal.NOT_ITS_PART, said=user.username, place=place.name, role=role.label)
    return Acting(user)


def place_of(said: str, at: datetime) -> Place:
    """The place of a code, made where it is new and its name is said with it."""
    found = _PLACE.fullmatch(said.strip())
    if not found:
        raise Refused(Refusal.BAD_PLACE, said=said)
    code, name = found["code"], found["name"]
    place = Place.objects.filter(code=code).first()
    if place is None and name is None:
        raise Refused(Refusal.NO_NAME, code=code)
    if place and name and place.name != name:
        raise Refused(Refusal.OTHER_NAME, code=code, name=place.name, said=name)
    if place:
        return place
    parent = _parent_of(code)
    form = PlaceForm(code, name, _level_of(code), parent_id=parent.pk if parent else None)
    return enrol_place(form, by=None, at=at)


def _level_of(code: str) -> Level:
    """GB/T 2260 and GB/T 10114: two digits each for province, city, county, three for township."""
    if len(code) > 6:
        return Level.TOWNSHIP
    if code.endswith("0000"):
        return Level.PROVINCE
    return Level.CITY if code.endswith("00") else Level.COUNTY


def _parent_of(code: str) -> Place | None:
    """The place above, where it is known here."""
    above = {Level.TOWNSHIP: code[:6], Level.COUNTY: f"{code[:4]}00", Level.CITY: f"{code[:2]}0000"}
    return Place.objects.filter(code=above.get(_level_of(code), "")).first()


def _clerks(place: Place, at: datetime) -> list[User]:
    current = Q(until__isnull=True) | Q(until__gt=at)
    clerks = Grant.objects.filter(current, role=Role.CLERK, user__place=place, user__is_active=True)
    return list(User.objects.filter(pk__in=clerks.values("user")))


def _only_clerk(place: Place, at: datetime) -> User | None:
    clerks = _clerks(place, at)
    if len(clerks) > 1:
        names = [str(one) for one in clerks]
        raise Refused(Refusal.WHO, names, place=place.name, first=clerks[0].username)
    return clerks[0] if clerks else None


def _found_account(place: Place, username: str, roles: tuple[Role, ...], at: datetime) -> Acting:
    """A trial account with a password of its own, to be changed at the first log-in."""
    password = f"{secrets.token_urlsafe(9)}-A1a"
    user = User(username=username, name="试用经办", place=place, secret_until=secret_until(at))
    user.set_password(password)
    user.save()
    Grant.objects.bulk_create(Grant(user=user, role=role, since=at) for role in roles)
    record(
        Action.FOUNDED,
        by=PROGRAM,
        at=at,
        about=[("place", place.pk), ("user", user.pk)],
        after={"place": place.code, "name": place.name, "username": username, "roles": [*roles]},
    )
    return Acting(user, password)
