"""The measures page: every number a year's tasks promise."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dukao.site.ledger.moments import AskedFor, reads_as_of
from dukao.site.ledger.queries.measures import read_measures
from dukao.site.people.access import Act, require


@require_safe
@reads_as_of
def measures(request: AskedFor, year: int) -> HttpResponse:
    """The numbers of a year, of one kind or unit where asked."""
    require(request.viewer, Act.SEE_LEDGER)
    kind, unit = request.GET.get("kind", ""), request.GET.get("unit", "")
    page = read_measures(request.viewer, year, request.record_at, kind=kind, unit=unit)
    return render(request, "ledger/measures.html", {"page": page})
