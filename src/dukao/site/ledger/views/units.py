"""A unit's page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dukao.site.ledger.moments import AskedFor, reads_as_of
from dukao.site.ledger.queries.selection import LIST_COLUMNS
from dukao.site.ledger.queries.units import read_unit
from dukao.site.ledger.views.years import read_year
from dukao.site.people.access import Act, require


@require_safe
@reads_as_of
def unit(request: AskedFor, unit_id: int) -> HttpResponse:
    """What a unit leads and helps with in a year, and how much that is beside others."""
    require(request.viewer, Act.SEE_LEDGER)
    year, years = read_year(request)
    page = read_unit(request.viewer, unit_id, year, request.record_at, request.moment)
    facts = {"page": page, "years": years, "columns_of_lists": LIST_COLUMNS}
    return render(request, "ledger/unit.html", facts)
