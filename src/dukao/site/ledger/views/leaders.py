"""A leader's page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dukao.site.ledger.moments import AskedFor, reads_as_of
from dukao.site.ledger.queries.leaders import read_leader
from dukao.site.ledger.queries.selection import LIST_COLUMNS
from dukao.site.ledger.views.years import read_year
from dukao.site.people.access import Act, require


@require_safe
@reads_as_of
def leader(request: AskedFor, post_id: int) -> HttpResponse:
    """The tasks a post leads in a year; for who is responsible for the whole, the whole ledger."""
    require(request.viewer, Act.SEE_LEDGER)
    year, years = read_year(request)
    page = read_leader(request.viewer, post_id, year, request.record_at, request.moment)
    facts = {"page": page, "years": years, "columns_of_lists": LIST_COLUMNS}
    return render(request, "ledger/leader.html", facts)
