"""The door to ask who is who."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.db.models import Count, Exists, FilteredRelation, OuterRef, Prefetch, Q, QuerySet, Sum
from django_otp.plugins.otp_totp.models import TOTPDevice

from dukao.site.people.access import Viewer
from dukao.site.people.accounts import accounts_of, roles_on
from dukao.site.people.granting import can_hold_together
from dukao.site.people.models import ApiToken, Grant, Place, Role, Unit, User
from dukao.site.people.roster.lacking import units_lacking_accounts
from dukao.site.people.second_factor import device_of
from dukao.site.people.tokens import viewer_of_token

__all__ = [
    "AccountCounts",
    "accounts_to_keep",
    "accounts_without_role",
    "count_accounts",
    "describe_me",
    "grantable_roles",
    "holders_of_roles",
    "locked_names",
    "out_of_reach",
    "units_at",
    "units_lacking_accounts",
    "viewer_of_token",
]


@dataclass(frozen=True, slots=True)
class AccountCounts:
    """How many accounts there are; closed; on a one-time secret, `expired` those of them it is too late for;
    `unused` by anybody, on whatever password."""

    all: int
    disabled: int
    new: int
    expired: int
    unused: int


def code_of(place_id: int) -> str:
    """The code of a place (GB/T 2260)."""
    code: str = Place.objects.values_list("code", flat=True).get(pk=place_id)
    return code


def units_at(place_id: int, moment: datetime) -> dict[int, tuple[str, str]]:
    """Name and kind of each unit of a place as they stood at a moment: one query."""
    was = FilteredRelation("former", condition=Q(former__until__gt=moment))
    units = Unit.objects.filter(place_id=place_id).alias(was=was)
    # Of several former ones the last row counts: what ended first after the moment.
    rows = units.order_by("-was__until", "-was__id").values_list(
        "pk", "name", "kind", "was__name", "was__kind"
    )
    return {pk: (was or name, was_kind or kind) for pk, name, kind, was, was_kind in rows}


def out_of_reach(units: Iterable[Unit]) -> list[Unit]:
    """The units nobody can log in for: without an open account of a 联络员 or a 负责人. One query."""
    own = Grant.objects.filter(until__isnull=True, role__in=(Role.LIAISON, Role.UNIT_HEAD))
    reached = set(own.filter(user__is_active=True).values_list("user__unit_id", flat=True))
    return [unit for unit in units if unit.pk not in reached]


def describe_me(user: User) -> dict[str, Any]:
    """What one's own page shows: device, tokens that hold and that are withdrawn, the last log-ins."""
    tokens = list(ApiToken.objects.filter(user_id=user.pk))
    return {
        "device": device_of(user),
        "tokens": [token for token in tokens if token.withdrawn_at is None],
        "withdrawn": [token for token in tokens if token.withdrawn_at is not None],
        "log_ins": list(AccessLog.objects.filter(username=user.username).order_by("-attempt_time")[:3]),
    }


_NEW = Q(is_active=True, must_change_password=True)
_UNUSED = Q(is_active=True, last_login=None)


def count_accounts(by: Viewer, at: datetime) -> AccountCounts:
    """The figures over the list of accounts."""
    parts = {"disabled": Q(is_active=False), "new": _NEW, "expired": _expired(at), "unused": _UNUSED}
    counts = {name: Count("pk", filter=part) for name, part in parts.items()}
    return AccountCounts(**accounts_of(by).aggregate(all=Count("pk"), **counts))


def accounts_to_keep(by: Viewer, at: datetime, words: str = "", state: str = "") -> QuerySet[User]:
    """The accounts a system administrator keeps, without a word of what they may do.

    `state` is "", "disabled", "new" (still on a one-time secret), "expired" (too late for it) or "unused".
    """
    found = _named(accounts_of(by), words).select_related("place", "unit", "person")
    states = {"disabled": Q(is_active=False), "new": _NEW, "expired": _expired(at), "unused": _UNUSED}
    return found.filter(states.get(state, Q()))


def _expired(at: datetime) -> Q:
    """On a one-time secret that is good no longer."""
    return _NEW & Q(secret_until__lte=at)


def holders_of_roles(
    by: Viewer, at: datetime, words: str = "", role: str = "", is_locked: bool = False
) -> QuerySet[User]:
    """Accounts with the roles they hold (`held`) and whether a second factor is enrolled (`has_device`)."""
    current = Grant.objects.filter(until__isnull=True)
    found = _named(accounts_of(by), words).select_related("place", "unit")
    if role == "none":
        found = found.exclude(Exists(current.filter(user=OuterRef("pk"))))
    elif role:
        found = found.filter(Exists(current.filter(user=OuterRef("pk"), role=role)))
    if is_locked:
        found = found.filter(username__in=locked_names(at))
    device = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)
    return found.annotate(has_device=Exists(device)).prefetch_related(
        Prefetch("grants", current, to_attr="held")
    )


def accounts_without_role(by: Viewer, at: datetime) -> QuerySet[User]:
    """The accounts that are open and hold no role yet, those of a unit together in the order of the units."""
    found = holders_of_roles(by, at, role="none").filter(is_active=True)
    return found.order_by("place__code", "unit__order", "unit_id", "pk")


def locked_names(at: datetime) -> set[str]:
    """The log-in names that are locked at a moment."""
    recent = at - timedelta(hours=settings.AXES_COOLOFF_TIME)
    failed = AccessAttempt.objects.filter(attempt_time__gte=recent).order_by().values("username")
    counted = failed.annotate(failures=Sum("failures_since_start"))
    return {one["username"] for one in counted.filter(failures__gte=settings.AXES_FAILURE_LIMIT)}


def grantable_roles(user: User, at: datetime) -> list[Role]:
    """The roles that can be given to somebody beside those held."""
    held = roles_on(user, at)
    return [role for role in Role if role not in held and (not held or can_hold_together(held | {role}))]


def _named(users: QuerySet[User], words: str) -> QuerySet[User]:
    """Those whose name, log-in name or unit holds every word."""
    for word in words.split():
        users = users.filter(
            Q(name__icontains=word) | Q(username__icontains=word) | Q(unit__name__icontains=word)
        )
    return users
