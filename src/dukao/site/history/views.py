"""Pages of the history: entries, one entry, the proof of the chain, the table for outside."""

from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_POST

from dukao.site.history import browsing
from dukao.site.history.actions import note_verdict
from dukao.site.history.exporting import csv_lines
from dukao.site.history.forms import WantedForm
from dukao.site.history.queries import verify_chain
from dukao.site.history.telling import nouns, tell
from dukao.site.people.access import Act, require
from dukao.site.people.asked import Asked, read_number


@require_GET
def list_entries(request: Asked) -> HttpResponse:
    """What was done, newest first, by whom, what, when and about which thing."""
    visible = browsing.visible_to(_place(request))
    form = WantedForm(request.GET)
    wanted = form.wanted
    found = browsing.narrow(visible, wanted)
    facts: dict[str, Any] = {
        "form": form,
        "wanted": wanted,
        "count": found.count(),
        "page": browsing.page_of(found, before=_number(request, "before"), after=_number(request, "after")),
        "actors": browsing.actors_in(visible),
        "actions": browsing.actions_in(visible),
        "nouns": nouns(),
        "query": request.GET.urlencode(),
    }
    return render(request, "history/history.html", facts)


@require_GET
def show_entry(request: Asked, sequence: int) -> HttpResponse:
    """One entry: before and after side by side, the digests, its neighbours."""
    visible = browsing.visible_to(_place(request))
    entry = get_object_or_404(visible, sequence=sequence)
    before, after = browsing.neighbours(visible, sequence)
    facts = {"entry": entry, "told": tell(entry), "before": before, "after": after}
    return render(request, "history/entry.html", facts)


@require_POST
def verify(request: Asked) -> HttpResponse:
    """Walk the whole chain, say and keep what was found; the chain itself is not touched."""
    _place(request)
    verdict = verify_chain()
    note_verdict(verdict, by=request.viewer.actor, at=request.moment)
    return render(request, "history/verified.html", {"verdict": verdict})


@require_GET
def export(request: Asked) -> StreamingHttpResponse:
    """The entries looked for, as CSV."""
    found = browsing.narrow(browsing.visible_to(_place(request)), WantedForm(request.GET).wanted)
    name = f"history-{localdate(request.moment):%Y%m%d}.csv"
    response = StreamingHttpResponse(csv_lines(found), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _place(request: Asked) -> str:
    """The place whose history this reader sees, "" for all; refused for who is no auditor."""
    require(request.viewer, Act.SEE_HISTORY)
    return request.viewer.place_code


def _number(request: Asked, name: str) -> int | None:
    said = request.GET.get(name, "")
    return read_number(said) or None
