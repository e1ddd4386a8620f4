"""Roles: given and taken back by the security administrator; accounts unlocked."""

from collections.abc import Mapping
from datetime import datetime

from axes.handlers.proxy import AxesProxyHandler
from django.db import transaction

from dukao.site.history.actions import record
from dukao.site.history.values import PROGRAM, Actor
from dukao.site.people.access import Act, Viewer, require
from dukao.site.people.accounts import lock_account, on_behalf, refuse_losing_last, roles_on
from dukao.site.people.errors import Refusal
from dukao.site.people.models import ADMINISTRATORS, Grant, Role, User
from dukao.site.people.naming import Action
from dukao.site.refusals import Refused

_OF_A_UNIT = frozenset({Role.LIAISON, Role.UNIT_HEAD})


@transaction.atomic
def grant_role(user_id: int, role: Role, *, why: str, by: Viewer, at: datetime) -> Grant:
    """Give a role, with the reason. The three administrators are three people, and hold nothing else."""
    require(by, Act.KEEP_ROLES)
    user = lock_account(user_id, by=by)
    if user.pk == by.user_id:
        raise Refused(Refusal.NOT_ONESELF, act="给")
    held = roles_on(user, at)
    if role in held:
        raise Refused(Refusal.ALREADY_SO, thing=user.name, state=f"是{role.label}")
    if held and not can_hold_together(held | {role}):
        raise Refused(Refusal.THREE_SEPARATE)
    _refuse_without_ground(user, role)
    grant = Grant.objects.create(user=user, role=role, since=at)
    record(
        Action.ROLE_GRANTED,
        by=on_behalf(by, user),
        at=at,
        about=[("user", user.pk)],
        after={"role": role.value},
        why=why,
    )
    return grant


@transaction.atomic
def grant_roles(wanted: Mapping[int, Role], *, why: str, by: Viewer, at: datetime) -> list[Grant]:
    """Give many accounts without any role their first one, each with its own entry; all, or none."""
    require(by, Act.KEEP_ROLES)
    # In the order of their ids: two hands at once wait for each other.
    for user_id in sorted(wanted):
        user = lock_account(user_id, by=by)
        if roles_on(user, at):
            raise Refused(Refusal.GRANTS_MOVED, name=user.name)
    return [grant_role(user_id, role, why=why, by=by, at=at) for user_id, role in sorted(wanted.items())]


@transaction.atomic
def take_back_role(user_id: int, role: Role, *, why: str, by: Viewer, at: datetime) -> User:
    """Take a role back: what it showed and allowed ends with the next request."""
    require(by, Act.KEEP_ROLES)
    user = lock_account(user_id, by=by)
    if user.pk == by.user_id:
        raise Refused(Refusal.NOT_ONESELF, act="收回")
    if role in ADMINISTRATORS:
        refuse_losing_last(user, role, act="收回")
    if not Grant.objects.filter(user=user, role=role, until__isnull=True).update(until=at):
        raise Refused(Refusal.ALREADY_SO, thing=user.name, state=f"不是{role.label}")
    record(
        Action.ROLE_TAKEN_BACK,
        by=on_behalf(by, user),
        at=at,
        about=[("user", user.pk)],
        before={"role": role.value},
        why=why,
    )
    return user


@transaction.atomic
def unlock_account(user_id: int, *, why: str, by: Viewer, at: datetime) -> User:
    """Let somebody who typed a wrong password five times try again before the ten minutes are over."""
    require(by, Act.KEEP_ROLES)
    user = lock_account(user_id, by=by)
    AxesProxyHandler.reset_attempts(username=user.username)
    record(Action.ACCOUNT_UNLOCKED, by=on_behalf(by, user), at=at, about=[("user", user.pk)], why=why)
    return user


@transaction.atomic
def note_lock(username: str, *, at: datetime) -> None:
    """Write down that an account was locked after failed log-ins; a name nobody has is not worth an entry."""
    user = User.objects.select_related("place").filter(username=username).first()
    if user:
        actor = Actor(PROGRAM.username, PROGRAM.name, user.place.code if user.place else "")
        record(Action.ACCOUNT_LOCKED, by=actor, at=at, about=[("user", user.pk)])


def can_hold_together(roles: set[Role]) -> bool:
    """三员分立: an administrator's role stands alone."""
    return len(roles) <= 1 or not roles & set(ADMINISTRATORS)


def _refuse_without_ground(user: User, role: Role) -> None:
    """Refuse a role that would show nothing: of a unit, a leader or a place that is not given."""
    if role in _OF_A_UNIT and not user.unit_id:
        raise Refused(Refusal.UNIT_MISSING, role=role.label)
    if role == Role.LEADER and not user.person_id:
        raise Refused(Refusal.PERSON_MISSING, role=role.label)
    if role not in ADMINISTRATORS and not user.place_id:
        raise Refused(Refusal.PLACE_MISSING, role=role.label)
