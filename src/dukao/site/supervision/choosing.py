"""Which task an act is about: asked by a link or by its number, else chosen from what is behind today."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate

from dukao.site.ledger.access import visible_state, visible_tasks
from dukao.site.ledger.models import TaskState
from dukao.site.ledger.queries.ledger import read_sheets, year_in_hand
from dukao.site.ledger.queries.rows import read_rows
from dukao.site.people.asked import Asked, read_number
from dukao.site.supervision.acting import Crumb
from dukao.site.supervision.seeing.watching import Watched, watch_rows


def asked_task(request: Asked) -> TaskState | None:
    """The task of `?task=12` or `?number=重2024-012`: 404 for one not seen, None for no such number."""
    asked = read_number(request.GET.get("task"))
    if asked:
        return visible_state(request.viewer, asked)
    number = "".join(request.GET.get("number", "").split())
    found = visible_tasks(request.viewer).filter(number=number).first() if number else None
    return visible_state(request.viewer, found.pk) if found else None


def choose_task(request: Asked, question: str, button: str, crumb: Crumb) -> HttpResponse:
    """The page that asks for a number or offers what is behind, where an act was begun without a task."""
    facts = {
        "question": question,
        "button": button,
        "crumb": crumb,
        "asked": request.GET.get("number", "").strip(),
        "behind": _behind(request),
    }
    return render(request, "supervision/choose.html", facts)


def _behind(request: Asked) -> list[Watched]:
    """What is behind or blocked today among what the viewer sees of the year in hand, the worst first."""
    year = year_in_hand(read_sheets(request.viewer, None))
    if year is None:
        return []
    rows = read_rows(request.viewer, None, year=year)
    today = localdate(request.moment)
    return watch_rows(request.viewer.place_id, rows, today, None, request.moment).behind
