"""The first page: an answer by role."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dukao.site.home.answers import answers_for
from dukao.site.ledger.queries.selection import LIST_COLUMNS
from dukao.site.people.asked import Asked


@require_safe
def home(request: Asked) -> HttpResponse:
    """What waits for this person today, and what is behind it."""
    facts = {"answers": answers_for(request.viewer, request.moment), "columns_of_lists": LIST_COLUMNS}
    return render(request, "home/home.html", facts)
