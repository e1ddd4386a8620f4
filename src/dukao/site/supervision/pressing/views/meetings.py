"""Pages of supervision meetings: an agenda that draws itself, decisions that are followed up."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dukao.site.ledger.views.paper_files import show_paper
from dukao.site.people.access import Act, may, require
from dukao.site.people.asked import Asked
from dukao.site.people.models import Unit
from dukao.site.supervision.acting import ActPage, act_on, data_of, room
from dukao.site.supervision.models import Instruction
from dukao.site.supervision.pressing.access import visible_meeting, visible_meetings
from dukao.site.supervision.pressing.forms import DecisionForm, MeetingForm
from dukao.site.supervision.pressing.instructing import Decision, record_decision
from dukao.site.supervision.pressing.meeting import draw_agenda, hold_meeting, redraw_agenda
from dukao.site.supervision.pressing.months import years_pressed
from dukao.site.supervision.pressing.papers import meeting_paper
from dukao.site.supervision.pressing.queries import open_first
from dukao.site.supervision.pressing.views.instructions import task_by_number, unit_by_name


@require_GET
def meetings(request: Asked) -> HttpResponse:
    """The meetings, the latest first, with how many decisions are still open."""
    require(request.viewer, Act.SEE_MEETINGS)
    rows = list(visible_meetings(request.viewer))
    facts = {
        "rows": [(one, len(one.agenda["items"]), *_counts(list(one.decisions.all()))) for one in rows],
        "open": sum(decision.is_open for one in rows for decision in one.decisions.all()),
        "may_press": may(request.viewer, Act.PRESS),
    }
    return render(request, "supervision/pressing/meetings.html", facts)


def _counts(decisions: list[Instruction]) -> tuple[int, int]:
    """How many decisions, and how many of them are open."""
    return len(decisions), sum(one.is_open for one in decisions)


@require_http_methods(["GET", "POST"])
def new(request: Asked) -> HttpResponse:
    """Prepare a meeting: its name and day; the agenda is what is behind now."""
    require(request.viewer, Act.PRESS)
    today = localdate(request.moment)
    years = years_pressed(request.viewer.place_id, today)
    year = years[0] if years else today.year
    agenda = draw_agenda(request.viewer, year, request.moment)
    counts = agenda["counts"]
    page = ActPage(
        f"督查例会，{len(agenda['items'])} 项提请研究",
        (
            f"现在纳入督查的任务 {agenda['total']} 项：严重滞后 {counts.get('red', 0)} 项、"
            f"滞后 {counts.get('yellow', 0)} 项、受阻 {counts.get('blocked', 0)} 项；",
            "议程按严重滞后、滞后、受阻的次序列出，附原因和单位需要协调的事项；开会前可以重新生成。",
        ),
        "生成议程",
        reverse("supervision:meetings"),
        (room("meetings", "督查例会"),),
        "议程已生成。",
    )
    form = MeetingForm(
        data_of(request), initial={"held_on": today, "title": f"{year}年{today.month}月督查例会"}
    )
    return act_on(
        request,
        page,
        form,
        lambda said: hold_meeting(said["title"], said["held_on"], year, by=request.viewer, at=request.moment),
    )


@require_GET
def meeting(request: Asked, meeting_id: int) -> HttpResponse:
    """A meeting: its agenda, what it decided, what became of that."""
    require(request.viewer, Act.SEE_MEETINGS)
    found = visible_meeting(request.viewer, meeting_id)
    today = localdate(request.moment)
    decisions = open_first(found.decisions.filter(withdrawn_at__isnull=True), today)
    facts = {
        "meeting": found,
        "agenda": found.agenda,
        # Not `agenda.items`: in a template that is the dictionary's own.
        "items": found.agenda["items"],
        "drawn_on": date.fromisoformat(found.agenda["as_of"]),
        "decisions": decisions,
        "open": [one for one in decisions if one.is_open],
        "today": today,
        "may_press": may(request.viewer, Act.PRESS),
        "may_redraw": may(request.viewer, Act.PRESS) and not decisions,
    }
    return render(request, "supervision/pressing/meeting.html", facts)


@require_http_methods(["GET", "POST"])
def decide(request: Asked, meeting_id: int) -> HttpResponse:
    """Write down a decision."""
    require(request.viewer, Act.PRESS)
    found = visible_meeting(request.viewer, meeting_id)
    back = reverse("supervision:meeting", args=[found.pk])
    page = ActPage(
        f"记一项议定事项（{found.title}）",
        (
            "承办单位会收到，办理情况跟踪到办结；",
            "台账里没有的工作，也可以先记下来跟踪，列入台账时再挂到任务。",
        ),
        "记录",
        back,
        (room("meetings", "督查例会"), (back, found.title)),
        "已记录，承办单位可以看到。",
    )

    def act(said: dict[str, Any]) -> object:
        unit = unit_by_name(request.viewer, said["unit"], localdate(request.moment))
        task = task_by_number(request.viewer, said["number"]) if said["number"].strip() else None
        decision = Decision(said["words"], unit.pk, said["due"], task.pk if task else None)
        return record_decision(found.pk, decision, by=request.viewer, at=request.moment)

    units = Unit.objects.on(localdate(request.moment)).filter(place_id=request.viewer.place_id)
    form = DecisionForm(
        data_of(request),
        units=list(units.values_list("name", flat=True)),
        initial={"number": request.GET.get("number", "")},
    )
    return act_on(request, page, form, act)


@require_POST
def redraw(request: Asked, meeting_id: int) -> HttpResponse:
    """Draw the agenda again."""
    require(request.viewer, Act.PRESS)
    found = visible_meeting(request.viewer, meeting_id)
    redraw_agenda(found.pk, by=request.viewer, at=request.moment)
    messages.success(request, "议程已按现在的情况重新生成。")
    return redirect("supervision:meeting", found.pk)


@require_GET
def paper(request: Asked, meeting_id: int) -> HttpResponse:
    """The agenda as a paper."""
    require(request.viewer, Act.SEE_MEETINGS)
    found = visible_meeting(request.viewer, meeting_id)
    decisions = list(found.decisions.filter(withdrawn_at__isnull=True).select_related("unit").order_by("pk"))
    made = meeting_paper(found, decisions)
    back = reverse("supervision:meeting", args=[found.pk])
    facts = {"paper": made, "back": back, "back_words": found.title, "crumb": room("meetings", "督查例会")}
    return show_paper(request, "supervision/pressing/paper.html", facts, lambda: made, made.title)
