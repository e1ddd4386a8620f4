"""First roles for many accounts at once, for the security administrator."""

from dataclasses import dataclass
from itertools import groupby

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from dukao.site.people import granting
from dukao.site.people.access import Act, require
from dukao.site.people.asked import Asked
from dukao.site.people.many_forms import GrantsForm
from dukao.site.people.models import Unit, User
from dukao.site.people.queries import accounts_without_role
from dukao.site.people.roster.lacking import WISHES, role_of_wish
from dukao.site.refusals import Refused

_SHOWN = 300  # a form sends two fields for each, and Django takes a thousand


@dataclass(frozen=True, slots=True)
class Row:
    """An account that waits for a role: the one that is chosen for it, and whether it is ticked."""

    user: User
    role: str
    is_ticked: bool


@require_http_methods(["GET", "POST"])
def grant_roles(request: Asked) -> HttpResponse:
    """The accounts without a role, unit by unit; those that are ticked get the one chosen beside them."""
    require(request.viewer, Act.KEEP_ROLES)
    waiting = list(accounts_without_role(request.viewer, request.moment))
    of_units = [user for user in waiting if user.unit_id]
    shown = of_units[:_SHOWN]
    form = GrantsForm(request.POST if request.method == "POST" else None, users=shown)
    if form.is_valid():
        why = form.cleaned_data["why"]
        try:
            granting.grant_roles(form.wanted, why=why, by=request.viewer, at=request.moment)
        except Refused as refused:
            form.refuse(refused.sentence)
        else:
            messages.success(request, f"已给 {len(form.wanted)} 个账号授予角色；需要时可以逐个收回。")
            return redirect("people:roles-many")
    rows = [_row(request, user) for user in shown]
    facts = {
        "form": form,
        "units": [(unit, list(found)) for unit, found in groupby(rows, key=_unit_of)],
        "of_units": of_units,
        "rows_shown": len(rows),
        "is_cut": len(rows) < len(of_units),
        "others": [user for user in waiting if not user.unit_id],
        "choices": list(WISHES),
        "has_places": len({user.place_id for user in of_units}) > 1,
    }
    return render(request, "people/roles_many.html", facts, status=422 if form.errors else 200)


def _row(request: Asked, user: User) -> Row:
    """A row as it was sent; before that as the account's maker wished, ticked where all are to be."""
    if request.method == "POST":
        is_ticked = str(user.pk) in request.POST.getlist("user")
        return Row(user, request.POST.get(f"role-{user.pk}", ""), is_ticked)
    wished = role_of_wish(user.wish)
    return Row(user, wished.value if wished else "", bool(wished) and "all" in request.GET)


def _unit_of(row: Row) -> Unit | None:
    return row.user.unit
