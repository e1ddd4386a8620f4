"""Pages of notices and letters: lists by role, one paper with its way, and each act on it."""

from collections import Counter
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from dukao.site.history.queries import tell_about
from dukao.site.ledger.views.paper_files import show_paper
from dukao.site.people.access import Act, may, require
from dukao.site.people.asked import Asked
from dukao.site.supervision.access import units_of
from dukao.site.supervision.acting import room
from dukao.site.supervision.models import Notice, NoticeStage
from dukao.site.supervision.practice import practice_of
from dukao.site.supervision.pressing.access import visible_notice, visible_notices
from dukao.site.supervision.pressing.ladder import (
    ACCOUNTABILITY,
    Rung,
    above,
    rungs_of,
)
from dukao.site.supervision.pressing.papers import notice_paper, number_of

_PAGE = 40
LATE = "late"
# What a list is narrowed to, in the order of the way; late is a question, not a stage.
STATES = {
    "draft": "待核稿",
    "checked": "待签发",
    "sent": "待答复",
    LATE: "逾期未答复",
    "answered": "答复待审",
    "closed": "已办结",
    "withdrawn": "已撤回",
}


_OVER = ("closed", "withdrawn")
_STEPS = tuple((stage.value, stage.label) for stage in NoticeStage if stage != NoticeStage.WITHDRAWN)


@require_GET
def notices(request: Asked) -> HttpResponse:
    """The office's papers by stage; a unit's own, what waits for an answer first."""
    require(request.viewer, Act.SEE_PRESS)
    today = localdate(request.moment)
    rows = list(visible_notices(request.viewer).select_related("unit", "place"))
    states = {row.pk: state_of(row, today) for row in rows}
    counts = Counter(states.values())
    state = request.GET.get("stage", "")
    shown = sorted(
        (row for row in rows if not state or states[row.pk] == state),
        key=lambda row: _place(row, states[row.pk], today),
    )
    page = Paginator([(row, states[row.pk]) for row in shown], _PAGE).get_page(request.GET.get("page"))
    facts = {
        "page": page,
        "total": len(rows),
        "counts": [(one, STATES[one], counts[one]) for one in STATES if counts[one]],
        "state": state if state in STATES else "",
        "state_words": STATES.get(state, ""),
        "is_office": may(request.viewer, Act.SIGN) or may(request.viewer, Act.PRESS),
        "may_press": may(request.viewer, Act.PRESS),
        "answers": may(request.viewer, Act.FILE),
    }
    return render(request, "supervision/pressing/notices.html", facts)


def state_of(notice: Notice, today: Any) -> str:
    """The stage of a notice, or that its answer is late."""
    if notice.stage == NoticeStage.SENT and notice.is_late(today):
        return LATE
    return str(notice.stage)


def _place(notice: Notice, state: str, today: date) -> tuple[int, int, int]:
    """Where a paper stands in the list: late first, the nearest limit first; of what is over, the newest."""
    urgency = -1 if state == LATE else list(STATES).index(state)
    day = (notice.due or today).toordinal()
    return urgency, -day if state in _OVER else day, -notice.pk


@require_GET
def notice(request: Asked, notice_id: int) -> HttpResponse:
    """One paper: how far it has come, what it rests on, and what may be done with it."""
    require(request.viewer, Act.SEE_PRESS)
    found = visible_notice(request.viewer, notice_id)
    today = localdate(request.moment)
    viewer = request.viewer
    is_open, is_out = found.stage in ("draft", "checked"), found.stage in ("sent", "answered")
    may_press, may_sign = may(viewer, Act.PRESS), may(viewer, Act.SIGN)
    rung_above = above(rungs_of(practice_of(found.place_id, today)), found.rung)
    is_own = may(viewer, Act.FILE) and found.unit_id in units_of(viewer)
    facts = {
        "notice": found,
        "number": number_of(found),
        "steps": _STEPS,
        "is_late": found.is_late(today),
        "days_left": (found.due - today).days if found.due else None,
        "may_edit": may_press and is_open,
        "may_check": (may_press or may_sign)
        and found.stage == "draft"
        and found.drafted_by_id != viewer.user_id,
        "may_sign": may_sign and found.stage == "checked",
        "may_return": may_sign and found.stage == "checked",
        "may_answer": is_out and (is_own or (found.is_letter and may_press)),
        "may_close": may_press and is_out,
        "rung_above": rung_above if may_press and is_out and not found.is_letter else None,
        "may_withdraw": (is_open and (may_press or may_sign)) or (is_out and may_sign),
        "accountability": _accountability(found, rung_above) if may_press else "",
        "raised_to": list(found.raised_to.all()) if viewer.reach == "all" else [],
        "is_office": may_press or may_sign,
        "entries": tell_about("notice", found.pk) if may_press or may_sign else (),
    }
    return render(request, "supervision/pressing/notice.html", facts)


def _accountability(found: Notice, rung_above: Rung | None) -> str:
    """What is proposed to a person where the ladder ends; never a paper, never for a partner."""
    is_out = found.stage in (NoticeStage.SENT, NoticeStage.ANSWERED)
    return ACCOUNTABILITY if is_out and rung_above is None and not found.is_letter else ""


@require_GET
def paper(request: Asked, notice_id: int) -> HttpResponse:
    """The paper itself, as a page, .docx or PDF."""
    require(request.viewer, Act.SEE_PRESS)
    found = visible_notice(request.viewer, notice_id)
    made = notice_paper(found)
    back = reverse("supervision:notice", args=[found.pk])
    facts = {"paper": made, "back": back, "back_words": str(found), "crumb": room("notices", "督办文书")}
    name = f"{found.name}（{found.unit.name}）{number_of(found)}"
    return show_paper(request, "supervision/pressing/paper.html", facts, lambda: made, name)
