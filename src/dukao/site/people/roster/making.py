"""Make the accounts of a list: all that were shown and confirmed, in one transaction, or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.shortcuts import get_object_or_404

from dukao.site.people.access import Act, Viewer, require
from dukao.site.people.accounts import AccountForm, make_account
from dukao.site.people.errors import Refusal
from dukao.site.people.models import Place, User
from dukao.site.people.roster.checking import Check, check_lines
from dukao.site.people.roster.sheet import Line
from dukao.site.refusals import Refused


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account that was just made, and its one-time secret, which is kept nowhere."""

    user: User
    secret: str


def check_roster(place_id: int, lines: Sequence[Line], *, by: Viewer) -> Check:
    """What a list would make; nothing changes yet."""
    require(by, Act.KEEP_USERS)
    if by.place_id and by.place_id != place_id:
        raise Refused(Refusal.WRONG_PLACE)
    return check_lines(place_id, lines)


@transaction.atomic
def make_roster(
    place_id: int, lines: Sequence[Line], seal: str, *, by: Viewer, at: datetime
) -> list[NewAccount]:
    """Make every account that was shown under `seal`, each with its own entry.

    Refused whole where names or units changed since: pressed twice, the second finds the names taken.
    """
    require(by, Act.KEEP_USERS)
    get_object_or_404(Place.objects.select_for_update(), pk=place_id)
    check = check_roster(place_id, lines, by=by)
    if not check.made or check.seal != seal:
        raise Refused(Refusal.ROSTER_MOVED)
    made = []
    for one in check.made:
        form = AccountForm(one.line.name, place_id, one.unit.pk, wish=one.line.wish)
        made.append(NewAccount(*make_account(one.line.username, form, by=by, at=at)))
    return made
