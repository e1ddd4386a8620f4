"""Many accounts at once, for the system administrator: a list is checked, and what was shown is made."""

import csv
from dataclasses import astuple
from io import StringIO
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from dukao.site.history.exporting import as_text
from dukao.site.people.access import Act, require
from dukao.site.people.asked import Asked, read_number
from dukao.site.people.errors import Refusal
from dukao.site.people.many_forms import RosterForm
from dukao.site.people.models import Place
from dukao.site.people.roster.checking import Check
from dukao.site.people.roster.lacking import units_lacking_accounts
from dukao.site.people.roster.making import NewAccount, check_roster, make_roster
from dukao.site.people.roster.sheet import MOST_BYTES, Line, read_file, read_pasted, write_roster
from dukao.site.people.shown import read_shown, sign_shown
from dukao.site.refusals import Refused
from dukao.site.sending import XLSX, send_file
from dukao.site.zipsafety import refuse_unsafe_package


@require_http_methods(["GET", "POST"])
def make_users(request: Asked) -> HttpResponse:
    """Lines or a file, what they would make, then the accounts with their secrets, shown this once."""
    require(request.viewer, Act.KEEP_USERS)
    if request.method == "POST" and "checked" in request.POST:
        return _make(request)
    place = _place(request)
    form = RosterForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method != "POST" or not form.is_valid() or place is None:
        return _ask(request, place, form, status=422 if request.method == "POST" else 200)
    try:
        lines = _read(form)
    except Refused as refused:
        form.refuse(refused.sentence, "file" if form.cleaned_data["file"] else "lines")
        return _ask(request, place, form, status=refused.status)
    return _show(request, place, lines)


@require_safe
def roster_workbook(request: Asked) -> HttpResponse:
    """The workbook to be filled in, with a row for everybody whom a unit still lacks."""
    require(request.viewer, Act.KEEP_USERS)
    place = _place(request)
    if place is None:
        raise Http404
    made = write_roster(place.name, units_lacking_accounts(request.viewer, place.pk))
    return send_file(made, f"{place.name}待建账号-{localdate(request.moment):%Y%m%d}.xlsx", XLSX)


def _read(form: RosterForm) -> tuple[Line, ...]:
    file = form.cleaned_data["file"]
    if not file:
        return read_pasted(form.cleaned_data["lines"])
    data, name = file.read(MOST_BYTES + 1), file.name or ""
    if name.lower().endswith(".xlsx"):
        refuse_unsafe_package(data, name)
    return read_file(data, name)


def _places(request: Asked) -> list[Place]:
    own = request.viewer.place_id
    return list(Place.objects.filter(pk=own) if own else Place.objects.all())


def _place(request: Asked) -> Place | None:
    """The place that is asked for, else the first that lacks accounts, else any; None: there is none."""
    places = {one.pk: one for one in _places(request)}
    wanted = read_number(request.POST.get("place") or request.GET.get("place"))
    if wanted:
        if wanted not in places:
            raise Http404
        return places[wanted]
    lacks = units_lacking_accounts(request.viewer) if len(places) > 1 else []
    first = lacks[0].unit.place_id if lacks else next(iter(places), 0)
    return places.get(first)


def _ask(request: Asked, place: Place | None, form: RosterForm, *, status: int = 200) -> HttpResponse:
    facts = {
        "form": form,
        "place": place,
        "places": _places(request),
        "lacks": units_lacking_accounts(request.viewer, place.pk) if place else [],
    }
    return render(request, "people/roster.html", facts, status=status)


def _show(request: Asked, place: Place, lines: tuple[Line, ...]) -> HttpResponse:
    check = check_roster(place.pk, lines, by=request.viewer)
    facts = {"place": place, "check": check, "checked": _seal(request, place, check)}
    return render(request, "people/roster_check.html", facts)


def _make(request: Asked) -> HttpResponse:
    place_id, seal, lines = _unseal(request)
    made = make_roster(place_id, lines, seal, by=request.viewer, at=request.moment)
    facts = {"made": made, "until": made[0].user.secret_until, "csv": _as_link(made)}
    return render(request, "people/roster_made.html", facts)


def _as_link(made: list[NewAccount]) -> str:
    """The table as the address of a .csv that the page itself carries: nothing is kept for a download."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(("单位", "姓名", "登录名", "一次性口令"))
    for one in made:
        cells = (one.user.unit, one.user.name, one.user.username, one.secret)
        writer.writerow([as_text(str(cell)) for cell in cells])
    return "data:text/csv;charset=utf-8," + quote("\ufeff" + out.getvalue())


def _seal(request: Asked, place: Place, check: Check) -> str:
    """The lines that make accounts, and the seal of what is shown, of which place."""
    rows = [astuple(one.line) for one in check.made]
    return sign_shown(request.viewer, "roster", (), [place.pk, check.seal, rows])


def _unseal(request: Asked) -> tuple[int, str, list[Line]]:
    """What was shown, as it comes back."""
    said = read_shown(request.viewer, "roster", (), request.POST["checked"], Refusal.ROSTER_EXPIRED)
    place, seal, rows = said
    return place, seal, [Line(*row) for row in rows]
