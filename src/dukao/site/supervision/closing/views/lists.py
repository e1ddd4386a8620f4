"""What waits for whom: to the office everything, to a unit its own tasks, to a leader what he leads."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from dukao.site.people.access import Act, may, require
from dukao.site.people.asked import Asked
from dukao.site.supervision.closing.queries import read_closings
from dukao.site.supervision.closing.states import STATES, WAITING
from dukao.site.supervision.closing.unit_page import GROUPS, read_own

_PAGE = 40


@require_GET
def closings(request: Asked) -> HttpResponse:
    """What waits, the earliest limit first, and what is done with; narrowed by `?state=`."""
    require(request.viewer, Act.SEE_CLOSINGS)
    if may(request.viewer, Act.FILE) and not may(request.viewer, Act.VERIFY):
        return _own(request)
    found = read_closings(request.viewer, request.moment)
    state = request.GET.get("state", "")
    state = state if state in STATES else ""
    done = found.of(state) if state and state not in WAITING else found.done
    facts = {
        "found": found,
        "state": state,
        "state_words": STATES.get(state, ""),
        "waiting": found.of(state) if state in WAITING else found.waiting,
        "page": Paginator(done, _PAGE).get_page(request.GET.get("page")),
        "shows_waiting": not state or state in WAITING,
        "shows_done": state not in WAITING,
        "is_office": may(request.viewer, Act.VERIFY),
    }
    return render(request, "supervision/closing/closings.html", facts)


def _own(request: Asked) -> HttpResponse:
    """A unit's tasks by how near they are to their end."""
    found = read_own(request.viewer, request.moment)
    group = request.GET.get("group", "")
    facts = {
        "found": found,
        "groups": [one for one in found.groups if group not in GROUPS or one[0] == group],
        "group": group if group in GROUPS else "",
        "may_apply": may(request.viewer, Act.APPLY_CLOSE),
    }
    return render(request, "supervision/closing/unit.html", facts)
