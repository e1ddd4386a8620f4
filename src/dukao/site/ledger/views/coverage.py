"""The coverage page: what became of every commitment of the report."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dukao.site.ledger.moments import AskedFor, reads_as_of
from dukao.site.ledger.queries.coverage import FATES, read_coverage
from dukao.site.people.access import Act, may, require


@require_safe
@reads_as_of
def coverage(request: AskedFor, year: int) -> HttpResponse:
    """The commitments of a year's report in its own order, of one fate where asked."""
    require(request.viewer, Act.SEE_COVERAGE)
    fate = request.GET.get("fate", "")
    page = read_coverage(request.viewer, year, request.record_at, fate=fate if fate in FATES else "")
    fates = [(name, label, page.counts.get(name, 0), name == page.fate) for name, label in FATES.items()]
    facts = {"page": page, "fates": fates, "may_review": may(request.viewer, Act.REVIEW)}
    return render(request, "ledger/coverage.html", facts)
