"""The ledger page: every task of a year on one page."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from dukao.site.ledger.moments import AskedFor, reads_as_of
from dukao.site.ledger.queries.grouping import Lit
from dukao.site.ledger.queries.ledger import LedgerPage, read_ledger, read_sheets, year_in_hand
from dukao.site.ledger.queries.rows import Row
from dukao.site.ledger.queries.selection import COLUMNS, GROUPINGS, SORTS, Selection, read_selection
from dukao.site.people.access import Act, may, require
from dukao.site.supervision.seeing.queries import lit_rows


@require_safe
@reads_as_of
def index(request: AskedFor) -> HttpResponse:
    """To the year in hand; a page that says what to do where there is none."""
    require(request.viewer, Act.SEE_LEDGER)
    year = year_in_hand(read_sheets(request.viewer, request.record_at))
    if year:
        to = reverse("ledger:ledger", args=[year])
        return redirect(f"{to}?{request.GET.urlencode()}" if request.GET else to)
    return render(request, "ledger/ledger_none.html", {"may_upload": may(request.viewer, Act.UPLOAD)})


@require_safe
@reads_as_of
def ledger(request: AskedFor, year: int) -> HttpResponse:
    """The tasks of a year: grouped, narrowed, searched, as the address says."""
    require(request.viewer, Act.SEE_LEDGER)
    selection = seen_selection(request)
    wants = "light" in selection.columns or "light" in selection.chosen
    light = lights_for(request) if wants else None
    page = read_ledger(request.viewer, year, selection, request.record_at, request.moment, light)
    return render_ledger(request, page)


def seen_selection(request: AskedFor) -> Selection:
    """What the address asks for, without lights for who sees none."""
    selection = read_selection(request.GET, str(request.as_of or ""))
    if may(request.viewer, Act.SEE_LIGHTS):
        return selection
    chosen = {name: values for name, values in selection.chosen.items() if name != "light"}
    return replace(selection, chosen=chosen)


def lights_for(request: AskedFor) -> Callable[[list[Row]], Mapping[int, Lit]] | None:
    """What gives rows their lights on the day asked for; None for who sees none."""
    if not may(request.viewer, Act.SEE_LIGHTS):
        return None
    place_id = request.viewer.place_id
    return partial(lit_rows, place_id=place_id, day=_judged_on(request), now=request.moment)


def _judged_on(request: AskedFor) -> date:
    """The day the lights are of: the one asked for, else today."""
    return request.as_of or localdate(request.moment)


def render_ledger(request: AskedFor, page: LedgerPage) -> HttpResponse:
    """The page made of plain values: nothing more is asked of the database.

    htmx is given the part it swaps, from the same values.
    """
    chosen = page.selection
    columns = [one for one in COLUMNS if one != "light" or may(request.viewer, Act.SEE_LIGHTS)]
    shown = [one for one in chosen.columns if one in columns]
    facts = {
        "page": page,
        "selection": chosen,
        "groupings": [
            (label, replace(chosen, by=name).query, name == chosen.by) for name, label in GROUPINGS.items()
        ],
        "sorts": [(name, label, name == chosen.sort) for name, label in SORTS.items()],
        "columns": [(name, COLUMNS[name], name in shown) for name in columns],
        "span": len([one for one in shown if one != "full"]) + 2,
        "shows": dict.fromkeys(shown, True),
        "judged_on": _judged_on(request),
        "without_facets": chosen.without("chosen").query,
        "without_search": chosen.without("q").query,
        "without_both": chosen.without("chosen", "q").query,
        "searching": chosen.pairs_but("q"),
        "laying_out": chosen.pairs_but("sort", "cols"),
        "may_upload": may(request.viewer, Act.UPLOAD),
        "may_review": may(request.viewer, Act.REVIEW),
        "may_export": may(request.viewer, Act.EXPORT),
        "may_import": may(request.viewer, Act.IMPORT_WORKBOOK),
        "may_cover": may(request.viewer, Act.SEE_COVERAGE),
    }
    is_part = request.htmx and not request.htmx.history_restore_request
    template = "ledger/_ledger.html" if is_part else "ledger/ledger.html"
    response = render(request, template, facts)
    patch_vary_headers(response, ["HX-Request"])
    return response
