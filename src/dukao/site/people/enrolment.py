"""The beginning of an installation: its three administrators, and places."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django_otp.plugins.otp_totp.models import TOTPDevice

from dukao.site.history.actions import hold_chain, record
from dukao.site.history.values import PROGRAM, Actor
from dukao.site.people.access import Act, Viewer, require
from dukao.site.people.errors import Refusal
from dukao.site.people.models import ADMINISTRATORS, Grant, Level, Place, Role, User
from dukao.site.people.naming import Action
from dukao.site.people.passwords import give_secret
from dukao.site.refusals import Refused

ADMINISTRATOR_NAMES: tuple[tuple[str, str, Role], ...] = (
    ("sysadmin", "系统管理员", Role.SYSTEM_ADMIN),
    ("secadmin", "安全管理员", Role.SECURITY_ADMIN),
    ("auditor", "审计管理员", Role.AUDITOR),
)


_EXPIRED = "一次性口令过期，启动时换发"


@dataclass(frozen=True, slots=True)
class PlaceForm:
    """A place as it is entered: code of GB/T 2260, name, level; its office and the letters of its papers."""

    code: str
    name: str
    level: str = Level.COUNTY
    office: str = ""
    letters: str = ""
    parent_id: int | None = None


@transaction.atomic
def enrol_administrators(at: datetime) -> list[tuple[str, str]]:
    """Make the three administrators where there is none yet; their names and one-time secrets.

    The secrets are kept nowhere. An installation that has them gives an empty list.
    """
    hold_chain()  # two starts at once: the second waits, and finds them
    if Grant.objects.filter(role__in=[role for _, _, role in ADMINISTRATOR_NAMES]).exists():
        return []
    made: list[tuple[str, str]] = []
    things: list[tuple[str, object]] = []
    for username, name, role in ADMINISTRATOR_NAMES:
        user = User(username=username, name=name)
        secret = give_secret(user, at)
        user.save()
        Grant.objects.create(user=user, role=role, since=at)
        made.append((username, secret))
        things.append(("user", user.pk))
    after = {"administrators": [f"{username}（{role.label}）" for username, _, role in ADMINISTRATOR_NAMES]}
    record(Action.ADMINISTRATORS_ENROLLED, by=PROGRAM, at=at, about=things, after=after)
    return made


@transaction.atomic
def renew_secrets(at: datetime) -> list[tuple[str, str]]:
    """New one-time secrets for those of the three who let theirs expire: nobody else could let them in."""
    names = [username for username, _, _ in ADMINISTRATOR_NAMES]
    waiting = User.objects.select_for_update().filter(username__in=names, is_active=True)
    made = []
    for user in waiting.order_by("pk"):
        if user.has_expired_secret(at):
            made.append((user.username, give_secret(user, at)))
            user.save(update_fields=("password", "must_change_password", "secret_until"))
            record(Action.PASSWORD_RESET, by=PROGRAM, at=at, about=[("user", user.pk)], why=_EXPIRED)
    return made


@transaction.atomic
def reissue_administrator(username: str, at: datetime) -> str:
    """A new one-time secret for an administrator who lost password or phone; the second factor is forgotten.

    Whoever runs commands on the machine holds its data anyway; the history says that it was done there. Only
    for administrators: everybody else is let in again by these.
    """
    holders = administrators_on(at).select_for_update(of=("self",))
    user = holders.filter(username=username).first()
    if user is None:
        names = [f"{one.username}（{one.name}）" for one in administrators_on(at)]
        raise Refused(Refusal.NOT_AN_ADMINISTRATOR, names, name=username)
    secret = give_secret(user, at)
    user.save(update_fields=("password", "must_change_password", "secret_until"))
    TOTPDevice.objects.filter(user_id=user.pk).delete()
    actor = Actor(PROGRAM.username, PROGRAM.name, user.place.code if user.place else "")
    record(Action.ADMINISTRATOR_REISSUED, by=actor, at=at, about=[("user", user.pk)])
    return secret


def administrators_on(at: datetime) -> QuerySet[User]:
    """The accounts in use that hold an administrator's role at a moment."""
    held = Grant.objects.filter(role__in=ADMINISTRATORS, since__lte=at).exclude(until__lte=at)
    return User.objects.filter(is_active=True, pk__in=held.values("user")).order_by("pk")


@transaction.atomic
def enrol_place(form: PlaceForm, *, by: Viewer | None, at: datetime) -> Place:
    """A new place. `by` is None where the program does it: a command somebody runs on the machine."""
    if by is not None:
        require(by, Act.KEEP_USERS)
    hold_chain()
    taken = Place.objects.filter(code=form.code).first()
    if taken:
        raise Refused(Refusal.CODE_TAKEN, code=form.code, name=taken.name)
    place = Place.objects.create(
        code=form.code,
        name=form.name,
        level=form.level,
        office=form.office,
        letters=form.letters,
        parent_id=form.parent_id,
    )
    actor = by.actor if by else PROGRAM
    record(Action.PLACE_ENROLLED, by=actor, at=at, about=[("place", place.pk)], after=_said(place))
    return place


@transaction.atomic
def change_place(place_id: int, form: PlaceForm, *, by: Viewer, at: datetime) -> Place:
    """Correct what a place is called, its office and letters; its code stays."""
    require(by, Act.KEEP_USERS)
    place = Place.objects.select_for_update().get(pk=place_id)
    before = _said(place)
    place.name, place.level, place.office, place.letters = form.name, form.level, form.office, form.letters
    place.save(update_fields=("name", "level", "office", "letters"))
    if before != _said(place):
        about = [("place", place.pk)]
        record(Action.PLACE_CHANGED, by=by.actor, at=at, about=about, before=before, after=_said(place))
    return place


def _said(place: Place) -> dict[str, str]:
    return {
        "code": place.code,
        "name": place.name,
        "level": place.level,
        "office": place.office,
        "letters": place.letters,
    }
