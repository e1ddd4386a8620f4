"""Accounts: made, changed, closed and opened again by the system administrator; one's own password."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from dukao.site.history.actions import hold_chain, record
from dukao.site.history.values import Actor
from dukao.site.people.access import Act, Viewer, require
from dukao.site.people.errors import Refusal
from dukao.site.people.models import ADMINISTRATORS, Grant, Person, Place, Role, Unit, User
from dukao.site.people.naming import Action
from dukao.site.people.passwords import give_secret
from dukao.site.refusals import Refused

_UNIT_ROLES = frozenset({Role.LIAISON, Role.UNIT_HEAD})
_OWN_CIRCLE = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN})  # of the whole installation: need no place


@dataclass(frozen=True, slots=True)
class AccountForm:
    """Who somebody is: name, and the place, unit and person they belong to, as ids.

    `wish` is what a new account is made for, in words: read by who gives the roles, not changed afterwards.
    """

    name: str
    place_id: int | None = None
    unit_id: int | None = None
    person_id: int | None = None
    wish: str = ""


def accounts_of(by: Viewer) -> QuerySet[User]:
    """The accounts an administrator keeps: of one's place, or all where one is of the whole installation."""
    return User.objects.filter(place_id=by.place_id) if by.place_id else User.objects.all()


def lock_account(user_id: int, *, by: Viewer) -> User:
    """One of these accounts, nobody else changing it until the transaction ends."""
    return get_object_or_404(accounts_of(by).select_for_update(), pk=user_id)


def on_behalf(by: Viewer, user: User) -> Actor:
    """The actor of an administrator's act on somebody: the entry belongs to that person's place."""
    return Actor(by.username, by.name, user.place.code if user.place else "")


@transaction.atomic
def make_account(username: str, form: AccountForm, *, by: Viewer, at: datetime) -> tuple[User, str]:
    """A new account without any role, and its one-time secret, which is kept nowhere."""
    require(by, Act.KEEP_USERS)
    form = _within(form, by)
    user = User(username=username, wish=form.wish, **_fields_of(form))
    secret = give_secret(user, at)
    hold_chain()
    if User.objects.filter(username__iexact=username).exists():
        raise Refused(Refusal.NAME_TAKEN, name=username)
    user.save()
    record(
        Action.ACCOUNT_MADE,
        by=on_behalf(by, user),
        at=at,
        about=[("user", user.pk)],
        after={"username": username, **_said(user), **({"intended": form.wish} if form.wish else {})},
    )
    return user, secret


@transaction.atomic
def change_account(user_id: int, form: AccountForm, *, by: Viewer, at: datetime) -> User:
    """Another name, place, unit or person for an account.

    Refused where the account holds roles which the change would carry elsewhere: that is a decision of the
    security administrator's.
    """
    require(by, Act.KEEP_USERS)
    user = lock_account(user_id, by=by)
    form = _within(form, by)
    _refuse_carrying_roles(user, form, at)
    before = _said(user)
    for name, value in _fields_of(form).items():
        setattr(user, name, value)
    user.save(update_fields=("name", "place", "unit", "person"))
    user = User.objects.select_related("place", "unit", "person").get(pk=user.pk)
    after = _said(user)
    if before != after:
        record(
            Action.ACCOUNT_CHANGED,
            by=on_behalf(by, user),
            at=at,
            about=[("user", user.pk)],
            before=before,
            after=after,
        )
    return user


@transaction.atomic
def disable_account(user_id: int, *, why: str, by: Viewer, at: datetime) -> User:
    """Close an account: it can no longer log in, its open sessions end with their next request."""
    require(by, Act.KEEP_USERS)
    user = lock_account(user_id, by=by)
    if user.pk == by.user_id:
        raise Refused(Refusal.NOT_ONESELF, act="停用")
    if not user.is_active:
        raise Refused(Refusal.ALREADY_SO, thing=user.name, state="停用")
    for role in roles_on(user, at) & set(ADMINISTRATORS):
        refuse_losing_last(user, role, act="停用")
    return _switch(user, False, Action.ACCOUNT_DISABLED, why=why, by=by, at=at)


@transaction.atomic
def enable_account(user_id: int, *, by: Viewer, at: datetime) -> User:
    """Open a closed account again, with the roles and the password it had."""
    require(by, Act.KEEP_USERS)
    user = lock_account(user_id, by=by)
    if user.is_active:
        raise Refused(Refusal.ALREADY_SO, thing=user.name, state="启用")
    return _switch(user, True, Action.ACCOUNT_ENABLED, why="", by=by, at=at)


@transaction.atomic
def reset_password(user_id: int, *, by: Viewer, at: datetime) -> tuple[User, str]:
    """A one-time secret in the place of a forgotten password; it is kept nowhere, sessions end."""
    require(by, Act.KEEP_USERS)
    user = lock_account(user_id, by=by)
    if user.pk == by.user_id:
        raise Refused(Refusal.NOT_ONESELF, act="重置密码：请用“修改密码”，不要重置")
    secret = give_secret(user, at)
    user.save(update_fields=("password", "must_change_password", "secret_until"))
    record(Action.PASSWORD_RESET, by=on_behalf(by, user), at=at, about=[("user", user.pk)])
    return user, secret


@transaction.atomic
def change_password(user_id: int, new: str, *, current: str | None, at: datetime) -> User:
    """Set one's own password. `current` is asked unless the account stands on a one-time secret.

    Raises django's ValidationError where the new one breaks the rules.
    """
    user = User.objects.select_for_update().get(pk=user_id)
    if not user.must_change_password and not user.check_password(current or ""):
        raise Refused(Refusal.WRONG_PASSWORD)
    if user.check_password(new):
        raise Refused(Refusal.SAME_PASSWORD)
    validate_password(new, user)
    user.set_password(new)
    user.must_change_password = False
    user.password_changed_at = at
    user.save(update_fields=("password", "must_change_password", "password_changed_at"))
    actor = Actor(user.username, user.name, user.place.code if user.place else "")
    record(Action.PASSWORD_CHANGED, by=actor, at=at, about=[("user", user.pk)])
    return user


def roles_on(user: User, at: datetime) -> set[Role]:
    """The roles somebody holds at a moment."""
    current = Q(until__isnull=True) | Q(until__gt=at)
    return {Role(role) for role in user.grants.filter(current).values_list("role", flat=True)}


def refuse_losing_last(user: User, role: Role, *, act: str) -> None:
    """Refuse what would leave nobody active in an administrator's role."""
    # Locked in the order of their ids: two who leave at once do not both count the other.
    holders = Grant.objects.select_for_update().filter(role=role, until__isnull=True).order_by("id")
    others = [g for g in holders.select_related("user") if g.user_id != user.pk and g.user.is_active]
    if not others:
        raise Refused(Refusal.LAST_OF_ROLE, role=role.label, act=act)


def _switch(user: User, is_active: bool, action: Action, *, why: str, by: Viewer, at: datetime) -> User:
    user.is_active = is_active
    user.save(update_fields=("is_active",))
    record(action, by=on_behalf(by, user), at=at, about=[("user", user.pk)], why=why)
    return user


def _within(form: AccountForm, by: Viewer) -> AccountForm:
    """The form as far as this administrator reaches, its unit and person being of its place."""
    place_id = by.place_id or form.place_id
    for model, key in ((Unit, form.unit_id), (Person, form.person_id)):
        if key and not model.objects.filter(pk=key, place_id=place_id or 0).exists():
            raise Refused(Refusal.WRONG_PLACE)
    return replace(form, place_id=place_id)


def _refuse_carrying_roles(user: User, form: AccountForm, at: datetime) -> None:
    held = roles_on(user, at)
    changes: list[tuple[str, bool, set[Role]]] = [
        ("地方", user.place_id != form.place_id, held - _OWN_CIRCLE),
        ("单位", user.unit_id != form.unit_id, held & _UNIT_ROLES),
        ("对应的领导", user.person_id != form.person_id, held & {Role.LEADER}),
    ]
    for what, differs, roles in changes:
        if differs and roles:
            names = "、".join(str(role.label) for role in Role if role in roles)
            raise Refused(Refusal.ROLES_HELD, roles=names, what=what)


def _fields_of(form: AccountForm) -> dict[str, Any]:
    def found(model: Any, key: int | None) -> Any:
        return model.objects.get(pk=key) if key else None

    return {
        "name": form.name,
        "place": found(Place, form.place_id),
        "unit": found(Unit, form.unit_id),
        "person": found(Person, form.person_id),
    }


def _said(user: User) -> dict[str, Any]:
    """An account as the history tells it."""
    return {
        "name": user.name,
        "place": user.place.name if user.place else None,
        "unit": user.unit.name if user.unit else None,
        "person": user.person.name if user.person else None,
    }
