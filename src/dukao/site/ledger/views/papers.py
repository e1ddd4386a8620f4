"""The official papers of a breakdown's way, each at its own address, with the reader's own rows alone."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST

from dukao.site.ledger.access import visible_states, visible_tasks
from dukao.site.ledger.models import Breakdown, Consultation, Stage, SupplementStage, TaskState
from dukao.site.ledger.queries.breakdowns import breakdown_for, count_tasks
from dukao.site.ledger.queries.consultations import (
    answers_of,
    asked_units,
    consultation_for,
    groups_of,
    own_rows,
    rounds_of,
    signs_of,
)
from dukao.site.ledger.queries.manners import manner_for
from dukao.site.ledger.queries.papers import (
    addressees_of,
    annexes_of,
    duties_as_written,
    limit_beside,
    meeting_facts,
    office_of,
    phrases_of,
)
from dukao.site.ledger.queries.supplements import read_changes, supplement_for
from dukao.site.ledger.steps.manners import choose_manner as choose_manner_of
from dukao.site.ledger.steps.official import (
    LetterRow,
    letter_paper,
    notice_paper,
    whole_notice,
)
from dukao.site.ledger.steps.official import supplement_paper as supplement_as_paper
from dukao.site.ledger.steps.official_meeting import MeetingPaper, Round, count_parts, meeting_summary
from dukao.site.ledger.steps.official_meeting import meeting_paper as meeting_as_paper
from dukao.site.ledger.views.paper_files import show_paper
from dukao.site.people.access import Act, Reach, may, require
from dukao.site.people.asked import Asked
from dukao.site.people.models import Unit
from dukao.site.people.queries import out_of_reach


def letter(request: Asked, consultation_id: int, unit_id: int) -> HttpResponse:
    """One unit's letter with its own rows: for that unit and the office, 404 for everybody else."""
    is_office = may(request.viewer, Act.REVIEW)
    if is_office:
        rounds = Consultation.objects.filter(breakdown__place_id=request.viewer.place_id)
        consultation = get_object_or_404(rounds.select_related("breakdown__place"), pk=consultation_id)
    else:
        require(request.viewer, Act.ANSWER)
        consultation = consultation_for(request.viewer, consultation_id)
        if unit_id != request.viewer.unit_id:
            raise Http404
    unit = get_object_or_404(Unit, pk=unit_id, place_id=request.viewer.place_id)
    asked_on = consultation.opened_at
    rows = own_rows(consultation, unit, groups_of(unit, localdate(asked_on)), asked_on)
    if not rows and unit not in asked_units(consultation):
        raise Http404
    duties = duties_as_written([row.state.task_id for row in rows], asked_on)
    by_paper = bool(out_of_reach([unit]))
    facts = {
        "consultation": consultation,
        "breakdown": consultation.breakdown,
        "office": office_of(consultation.breakdown.place),
        "unit": unit,
        "is_office": is_office,
    }
    listed = [
        LetterRow(
            row.sign,
            _with_project(row.state),
            row.parts,
            duties[row.state.task_id],
            row.state.remark,
            limit_beside(row.state),
        )
        for row in rows
    ]
    name = f"{'商请函' if unit.is_partner else '征求意见函'}（{unit}）"
    manner = manner_for(consultation.breakdown).manner
    paper = letter_paper(consultation, unit, listed, manner, by_paper=by_paper)
    facts["paper"] = paper
    return show_paper(request, "ledger/papers/letter.html", facts, lambda: paper, name)


def meeting_paper(request: Asked, breakdown_id: int) -> HttpResponse:
    """送审稿: what the meeting is told, and the whole table."""
    require(request.viewer, Act.REVIEW)
    breakdown = breakdown_for(request.viewer, breakdown_id)
    moment = breakdown.issued_at
    annexes = annexes_of(breakdown, moment, request.moment)
    facts = meeting_facts(breakdown, annexes)
    opinions = [*facts.taken, *facts.not_taken]
    signs = signs_of([one.task_id for one in opinions])
    for one in opinions:
        one.sign = signs.get(one.task_id, "")  # type: ignore[attr-defined]
    rounds = [_round(one) for one in reversed(rounds_of(breakdown))]
    said: dict[str, Any] = {
        "breakdown": breakdown,
        "office": office_of(breakdown.place),
        "annexes": annexes,
        "facts": facts,
        "parts": count_parts(annexes, facts),
        "tasks": count_tasks(breakdown)[1],
        "rounds": rounds,
        "today": localdate(request.moment),
        "written": annexes.written,
        "may_choose": not breakdown.is_issued and breakdown.stage != Stage.WITHDRAWN,
    }
    counted = [
        Round(
            one["consultation"],
            len(one["answers"]),
            len(one["agreed"]),
            len(one["wishing"]),
            tuple(str(silent.unit) for silent in one["silent"]),
        )
        for one in rounds
    ]
    whole = MeetingPaper(breakdown, annexes, facts, tuple(counted), said["tasks"], said["today"])
    is_summary = request.GET.get("paper") == "summary"
    paper = partial(meeting_summary, whole) if is_summary else partial(meeting_as_paper, whole)
    said["paper"] = meeting_as_paper(whole)
    name = f"{breakdown.year}年责任分解（{'送审稿摘要' if is_summary else '送审稿'}）"
    return show_paper(request, "ledger/papers/meeting.html", said, paper, name)


def notice(request: Asked, breakdown_id: int) -> HttpResponse:
    """The notice as it was issued: all of it for who sees all tasks, their own rows for others."""
    require(request.viewer, Act.SEE_LEDGER)
    found = Breakdown.objects.filter(place_id=request.viewer.place_id, stage=Stage.ISSUED)
    breakdown = get_object_or_404(found.select_related("place", "issued_by"), pk=breakdown_id)
    sees_all = request.viewer.reach in (Reach.ALL, Reach.ISSUED)
    only = None if sees_all else set(_visible(request, breakdown))
    annexes = annexes_of(breakdown, breakdown.issued_at, request.moment, only=only)
    if not annexes.shown:
        raise Http404
    whole = whole_notice(breakdown, annexes)
    facts = {
        "breakdown": breakdown,
        "title": phrases_of(whole.title),
        "paper": whole,
        "annexes": annexes,
        "partial": annexes.shown < annexes.total,
        "is_office": may(request.viewer, Act.REVIEW),
    }
    name = f"{breakdown.document_number}责任分解{'（摘录）' if facts['partial'] else '通知'}"
    paper = partial(notice_paper, breakdown, annexes)
    return show_paper(request, "ledger/papers/notice.html", facts, paper, name)


@require_POST
def choose_manner(request: Asked, breakdown_id: int) -> HttpResponse:
    """Say otherwise who leads in the papers of one breakdown; back to the paper."""
    require(request.viewer, Act.REVIEW)
    made = choose_manner_of(
        breakdown_id, request.POST.get("lead_by", ""), by=request.viewer, at=request.moment
    )
    messages.success(request, f"已改标注方式：{manner_for(made).said}。")
    back = request.POST.get("next", "")
    papers = {reverse(f"ledger:{name}", args=[made.pk]) for name in ("draft-paper", "meeting-paper")}
    return redirect(back if back in papers else reverse("ledger:draft-paper", args=[made.pk]))


def supplement_paper(request: Asked, supplement_id: int) -> HttpResponse:
    """补充通知: the office sees drafts too; others a signed one, with the tasks they see."""
    require(request.viewer, Act.SEE_LEDGER)
    is_office = may(request.viewer, Act.REVIEW)
    supplement = supplement_for(request.viewer.place_id, supplement_id)
    if not is_office and supplement.stage != SupplementStage.SIGNED:
        raise Http404
    visible = set(visible_tasks(request.viewer).values_list("pk", flat=True))
    changes = read_changes(supplement, request.moment)
    shown = [one for one in changes if is_office or one.task_id in visible]
    if not shown:
        raise Http404
    facts = {
        "supplement": supplement,
        "breakdown": supplement.breakdown,
        "office": office_of(supplement.breakdown.place),
        "addressees": addressees_of(supplement.breakdown),
        "changes": shown,
        "partial": False,
        "some": len(shown) < len(changes),
        "is_office": is_office,
    }
    name = f"{supplement.document_number}补充通知"
    if supplement.stage != SupplementStage.SIGNED:
        name += (
            "（送签稿）"
            if supplement.stage == SupplementStage.DRAFT
            else f"（{supplement.get_stage_display()}）"
        )
    paper = partial(supplement_as_paper, supplement, shown, is_partial=len(shown) < len(changes))
    return show_paper(request, "ledger/papers/supplement.html", facts, paper, name)


def _with_project(state: TaskState) -> str:
    """The words of a row, a livelihood project before its content."""
    return f"（{state.project}）{state.text}" if state.project else state.text


def _visible(request: Asked, breakdown: Breakdown) -> list[int]:
    states = visible_states(request.viewer).filter(task__breakdown=breakdown)
    return list(states.values_list("task_id", flat=True))


def _round(consultation: Consultation) -> dict[str, Any]:
    answers = answers_of(consultation)
    return {
        "consultation": consultation,
        "answers": answers,
        "silent": [one for one in answers if one.reply is None],
        "agreed": [one for one in answers if one.reply and not one.opinions],
        "wishing": [one for one in answers if one.opinions],
    }
