"""The first page: an answer by role."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dukao.site.home.answers import answers_for
from dukao.site.ledger.queries.selection import LIST_COLUMNS, LIT_COLUMNS
from dukao.site.people.access import Act, may
from dukao.site.people.asked import Asked


@require_safe
def home(request: Asked) -> HttpResponse:
    """What waits for this person today, and what is behind it."""
    facts = {
        "answers": answers_for(request.viewer, request.moment),
        "columns_of_lists": LIT_COLUMNS if may(request.viewer, Act.SEE_LIGHTS) else LIST_COLUMNS,
        "may_instruct": may(request.viewer, Act.INSTRUCT),
    }
    return render(request, "home/home.html", facts)
