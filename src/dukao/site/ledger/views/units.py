"""A unit's page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dukao.site.ledger.moments import AskedFor, reads_as_of
from dukao.site.ledger.queries.selection import LIST_COLUMNS, LIT_COLUMNS
from dukao.site.ledger.queries.units import read_unit
from dukao.site.ledger.views.years import read_year
from dukao.site.people.access import Act, may, require
from dukao.site.supervision.seeing.queries import outlook_of


@require_safe
@reads_as_of
def unit(request: AskedFor, unit_id: int) -> HttpResponse:
    """What a unit leads and helps with in a year, and how much that is beside others."""
    require(request.viewer, Act.SEE_LEDGER)
    year, years = read_year(request)
    page = read_unit(request.viewer, unit_id, year, request.record_at, request.moment)
    led = next((part.rows for part in page.parts if part.name == "lead"), ())
    outlook = outlook_of(
        request.viewer, led, year, request.moment, by="unit", group=f"u{unit_id}", as_of=request.as_of
    )
    facts = {
        "page": page,
        "parts": [part.lit(outlook.lights) if outlook else part for part in page.parts],
        "years": years,
        "outlook": outlook,
        "behind": outlook.watch.behind if outlook else [],
        "may_instruct": request.as_of is None and may(request.viewer, Act.INSTRUCT),
        "columns_of_lists": LIT_COLUMNS if outlook else LIST_COLUMNS,
    }
    return render(request, "ledger/unit.html", facts)
