"""What the office asks of the units, for the office to see."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dukao.site.people.access import Act, require
from dukao.site.people.asked import Asked
from dukao.site.supervision.filing.burden import read_burden


@require_safe
def burden(request: Asked) -> HttpResponse:
    """Items, fields, files and minutes asked of each unit in the last months."""
    require(request.viewer, Act.SEE_ROUNDS)
    page = read_burden(request.viewer, request.moment)
    return render(request, "supervision/filing/burden.html", {"page": page})
