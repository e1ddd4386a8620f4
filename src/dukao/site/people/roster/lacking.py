"""Which units have nobody yet who logs in as their liaison or as their head; what role a wish speaks of."""

from dataclasses import dataclass

from dukao.site.people.access import Viewer
from dukao.site.people.models import Grant, Role, Unit, User

# The roles every unit has somebody in, and the words a wish names them by.
WISHES: dict[Role, str] = {Role.LIAISON: "联络员", Role.UNIT_HEAD: "单位负责人"}


@dataclass(frozen=True, slots=True)
class Lack:
    """A unit, and the roles for which it has no account."""

    unit: Unit
    roles: tuple[Role, ...]


def role_of_wish(wish: str) -> Role | None:
    """The unit's role a wish speaks of; None where it speaks of none or of both."""
    found = [role for role, word in WISHES.items() if word in wish]
    return found[0] if len(found) == 1 else None


def units_lacking_accounts(by: Viewer, place_id: int = 0) -> list[Lack]:
    """The standing units, of one place or of all that an administrator keeps, which lack accounts.

    An account counts for the role it holds and, while it holds none, for the role it was made for: that one
    is the security administrator's to give. A closed one counts for nothing.
    """
    within = by.place_id or place_id
    units = Unit.objects.filter(until__isnull=True, **({"place_id": within} if within else {}))
    users = User.objects.filter(is_active=True, unit__in=units)
    held = list(Grant.objects.filter(user__in=users, until__isnull=True).values_list("user_id", "role"))
    unit_of = dict(users.values_list("pk", "unit_id"))
    have = {(unit_of[user], role) for user, role in held}
    for user in users.exclude(wish="").exclude(pk__in=[user for user, _ in held]):
        have.add((unit_of[user.pk], role_of_wish(user.wish) or ""))
    lacks = [Lack(unit, tuple(r for r in WISHES if (unit.pk, r.value) not in have)) for unit in units]
    return [one for one in lacks if one.roles]
