"""The conflicts page: what a breakdown raised for a person to settle, and how each was settled."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dukao.site.ledger.moments import AskedFor, reads_as_of
from dukao.site.ledger.queries.conflicts import read_conflicts
from dukao.site.people.access import Act, may, require


@require_safe
@reads_as_of
def conflicts(request: AskedFor, year: int) -> HttpResponse:
    """The questions of a year's breakdown, of one kind where asked."""
    require(request.viewer, Act.SEE_COVERAGE)
    page = read_conflicts(request.viewer, year, request.record_at, kind=request.GET.get("kind", ""))
    facts = {"page": page, "may_review": may(request.viewer, Act.REVIEW)}
    return render(request, "ledger/conflicts.html", facts)
