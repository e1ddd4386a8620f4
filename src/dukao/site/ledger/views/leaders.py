"""A leader's page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dukao.site.ledger.moments import AskedFor, reads_as_of
from dukao.site.ledger.queries.leaders import read_leader
from dukao.site.ledger.queries.selection import LIST_COLUMNS, LIT_COLUMNS
from dukao.site.ledger.views.years import read_year
from dukao.site.people.access import Act, may, require
from dukao.site.supervision.seeing.queries import outlook_of


@require_safe
@reads_as_of
def leader(request: AskedFor, post_id: int) -> HttpResponse:
    """The tasks a post leads in a year; for who is responsible for the whole, the whole ledger."""
    require(request.viewer, Act.SEE_LEDGER)
    year, years = read_year(request)
    page = read_leader(request.viewer, post_id, year, request.record_at, request.moment)
    group = "" if page.leads_whole else f"p{post_id}"
    outlook = outlook_of(request.viewer, page.rows, year, request.moment, group=group, as_of=request.as_of)
    behind = outlook.watch.behind if outlook else []
    lights = outlook.lights if outlook else {}
    facts = {
        "page": page,
        "years": years,
        "outlook": outlook,
        "behind": behind,
        "blocks": page.rest({one.row.task_id for one in behind}, lights),
        "may_instruct": request.as_of is None and may(request.viewer, Act.INSTRUCT),
        "columns_of_lists": LIT_COLUMNS if outlook else LIST_COLUMNS,
    }
    return render(request, "ledger/leader.html", facts)
