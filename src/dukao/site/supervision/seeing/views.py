"""Pages of boards."""

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from dukao.site.ledger.models import Stage
from dukao.site.ledger.moments import read_day
from dukao.site.ledger.queries.ledger import read_sheets, year_in_hand
from dukao.site.people.access import Act, may, require
from dukao.site.people.asked import Asked
from dukao.site.supervision.seeing.boards import read_board
from dukao.site.supervision.seeing.choosing import TABS, read_choice
from dukao.site.supervision.seeing.comparing import end_of_last_month


@require_safe
def newest(request: Asked) -> HttpResponse:
    """To the board of the year in hand."""
    require(request.viewer, Act.SEE_LIGHTS)
    year = year_in_hand(read_sheets(request.viewer, None))
    address = reverse("supervision:board", args=[year or localdate(request.moment).year])
    return redirect(f"{address}?{request.GET.urlencode()}" if request.GET else address)


@require_safe
def board(request: Asked, year: int) -> HttpResponse:
    """How a year stands on a day (`?day=`) beside an earlier one (`?since=`); the tasks behind a figure."""
    require(request.viewer, Act.SEE_LIGHTS)
    if request.GET.get("as_of"):
        return redirect(f"{request.path}?{_by_day(request.GET)}")
    today, asked, earlier = localdate(request.moment), read_day(request, "day"), read_day(request, "since")
    day = asked or today
    usual = end_of_last_month(day)
    since = earlier if earlier and earlier < day else usual
    choice = read_choice(
        year,
        request.GET,
        day="" if day == today else str(day),
        since="" if since == usual else str(since),
    )
    found = read_board(request.viewer, choice, day, since, request.moment)
    facts = {
        "board": found,
        "watch": found.watch,
        "choice": choice,
        "year": year,
        "years": [one.year for one in read_sheets(request.viewer, None) if one.stage == Stage.ISSUED],
        "tabs": [(label, choice.whole.to(by=name), name == choice.by) for name, label in TABS.items()],
        "tally": found.watch.tally(choice.whole),
        "whole": choice.whole,
        "may_instruct": not choice.day and may(request.viewer, Act.INSTRUCT),
        "links": {name: choice.whole.to(among=name) for name in ("worse", "better", "silent", "undated")},
    }
    return render(request, "supervision/seeing/board.html", facts)


def _by_day(asked: QueryDict) -> str:
    """The query of a board asked for as the ledger is, by `as_of`: its day is called `day`."""
    query = asked.copy()
    day = query.pop("as_of")[-1]
    query.setdefault("day", str(day))
    return query.urlencode()
