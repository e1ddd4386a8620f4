"""征求意见: the office's side with all answers, a unit's side with its own rows."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST

from dukao.progress.figures import say_day
from dukao.progress.workdays import CalendarUnknown
from dukao.site.ledger.errors import Refusal
from dukao.site.ledger.forms.opinions import OpinionForm, RuleForm
from dukao.site.ledger.forms.steps import ConsultForm
from dukao.site.ledger.models import Breakdown, Consultation, Opinion, OpinionKind, Question, Ruling, Stage
from dukao.site.ledger.queries.breakdowns import breakdown_for
from dukao.site.ledger.queries.consultations import (
    OwnRow,
    answers_of,
    asked_units,
    consultation_for,
    consultations_for,
    is_open,
    opinions_of,
    own_rows,
    read_opinions,
    rounds_of,
)
from dukao.site.ledger.queries.group_lists import groups_to_check
from dukao.site.ledger.steps.consulting import (
    USUAL_DAYS,
    Wish,
    agree,
    close_consultation,
    give_opinion,
    open_consultation,
    take_back_opinion,
    usual_due,
)
from dukao.site.ledger.steps.ruling import RulingForm, rule_opinion, undo_ruling
from dukao.site.people.access import Act, require
from dukao.site.people.asked import Asked
from dukao.site.people.models import Unit
from dukao.site.people.queries import out_of_reach
from dukao.site.refusals import Refused


def office(request: Asked, breakdown_id: int) -> HttpResponse:
    """Open a round, see who answered and who did not, and every opinion beside its row."""
    require(request.viewer, Act.REVIEW)
    breakdown = breakdown_for(request.viewer, breakdown_id)
    form = ConsultForm(request.POST) if request.method == "POST" else None
    if form and form.is_valid():
        try:
            open_consultation(breakdown.pk, form.cleaned_data["due"], by=request.viewer, at=request.moment)
        except Refused as refused:
            form.add_error("due", refused.sentence)
        else:
            messages.success(request, "征求意见已经开始：各单位登录后即可看到列入本单位的事项。")
            return redirect("ledger:consultation", breakdown.pk)
    return _office(request, breakdown, form)


def _office(
    request: Asked,
    breakdown: Breakdown,
    form: ConsultForm | None = None,
    unruled: dict[str, Any] | None = None,
) -> HttpResponse:
    """The office's page; `unruled` is an opinion whose ruling lacks something, with what was said of it."""
    due, unknown = _usual_due(request)
    form = form or ConsultForm(initial={"due": due})
    rounds = [_round(one, request) for one in rounds_of(breakdown)]
    running = bool(rounds) and rounds[0]["consultation"].closed_at is None
    may_open = not running and breakdown.stage in (Stage.DRAFT, Stage.CONSULTATION)
    units = asked_units(Consultation(breakdown=breakdown, opened_at=request.moment)) if may_open else []
    silent = [one.unit for one in rounds[0]["silent"]] if running else []
    facts = {
        "breakdown": breakdown,
        "rounds": rounds,
        "running": running,
        "may_open": may_open,
        "may_rule": breakdown.stage in (Stage.DRAFT, Stage.CONSULTATION),
        "form": form,
        "usual_days": USUAL_DAYS,
        "calendar_unknown": unknown,
        "unruled": unruled,
        "groups": groups_to_check(breakdown),
        "questions": Question.objects.filter(breakdown=breakdown, settled_at__isnull=True).count(),
        "units": units,
        "unreached": out_of_reach(silent or units),
        "on_paper": out_of_reach(asked_units(rounds[0]["consultation"])) if running else [],
    }
    status = 422 if form.errors or unruled else 200
    return render(request, "ledger/steps/consultation.html", facts, status=status)


def close(request: Asked, breakdown_id: int) -> HttpResponse:
    """End the running round, after saying who has not answered."""
    require(request.viewer, Act.REVIEW)
    breakdown = breakdown_for(request.viewer, breakdown_id)
    consultation = rounds_of(breakdown).filter(closed_at__isnull=True).first()
    if consultation is None:
        return redirect("ledger:consultation", breakdown.pk)
    if request.method == "POST":
        close_consultation(consultation.pk, by=request.viewer, at=request.moment)
        messages.success(request, "征求意见已经结束。")
        return redirect("ledger:consultation", breakdown.pk)
    facts = {"breakdown": breakdown, **_round(consultation, request)}
    return render(request, "ledger/steps/close.html", facts)


@require_POST
def rule(request: Asked, opinion_id: int) -> HttpResponse:
    """Take an opinion or not; a reason that is missing is said beside its field."""
    require(request.viewer, Act.REVIEW)
    opinion = _opinion(request, opinion_id)
    form = RuleForm(request.POST)
    form.is_valid()
    said = form.cleaned_data
    ruling = RulingForm(
        Ruling(said.get("ruling") or Ruling.NOT_TAKEN),
        said.get("why") or "",
        said.get("text") or "",
        said.get("state_id"),
    )
    try:
        ruled = rule_opinion(opinion.pk, ruling, by=request.viewer, at=request.moment)
    except Refused as refused:
        if refused.code != Refusal.REASON_MISSING:
            raise
        return _say_unruled(request, opinion, ruling, refused)
    messages.success(request, f"{opinion.reply.unit}的一条意见：{ruled.ruling_said}。")
    return _back(opinion)


def _say_unruled(request: Asked, opinion: Opinion, ruling: RulingForm, refused: Refused) -> HttpResponse:
    """The office's page again, with what is missing beside its field and what was typed."""
    unruled = {"opinion": opinion.pk, "sentence": refused.sentence, "text": ruling.text}
    breakdown = breakdown_for(request.viewer, opinion.reply.consultation.breakdown_id)
    return _office(request, breakdown, unruled=unruled)


@require_POST
def undo(request: Asked, opinion_id: int) -> HttpResponse:
    """Take a ruling back."""
    require(request.viewer, Act.REVIEW)
    opinion = _opinion(request, opinion_id)
    undo_ruling(opinion.pk, by=request.viewer, at=request.moment)
    messages.success(request, f"已撤销对{opinion.reply.unit}这条意见的处理。")
    return _back(opinion)


def consultations(request: Asked) -> HttpResponse:
    """The rounds in which the viewer's unit is asked."""
    require(request.viewer, Act.ANSWER)
    rounds = consultations_for(request.viewer)
    found = []
    for one in rounds:
        rows = _own(request, one)
        reply = one.replies.filter(unit_id=_unit_of(request)).first()
        opinions = sum(len(row.opinions) for row in rows)
        answered = bool(reply and (reply.agreed or opinions))
        found.append(
            {
                "consultation": one,
                "rows": len(rows),
                "opinions": opinions,
                "agreed": bool(reply and reply.agreed),
                "answered": answered,
                "open": is_open(one, request.moment),
            }
        )
    waiting = [one for one in found if one["open"] and not one["answered"]]
    facts = {"rounds": found, "waiting": waiting, "open": [one for one in found if one["open"]]}
    return render(request, "ledger/steps/consultations.html", facts)


def answer(request: Asked, consultation_id: int) -> HttpResponse:
    """The unit's own rows, what it said of each, and its answer as a whole."""
    require(request.viewer, Act.ANSWER)
    consultation = consultation_for(request.viewer, consultation_id)
    rows = _own(request, consultation)
    reply = consultation.replies.filter(unit_id=_unit_of(request)).select_related("answered_by").first()
    facts = {
        "consultation": consultation,
        "breakdown": consultation.breakdown,
        "rows": rows,
        "reply": reply,
        "opinions": sum(len(row.opinions) for row in rows),
        "open": is_open(consultation, request.moment),
        "unit_id": request.viewer.unit_id,
    }
    return render(request, "ledger/steps/answer.html", facts)


@require_POST
def agree_all(request: Asked, consultation_id: int) -> HttpResponse:
    """全部无意见, in one click."""
    require(request.viewer, Act.ANSWER)
    consultation = consultation_for(request.viewer, consultation_id)
    agree(consultation.pk, by=request.viewer, at=request.moment)
    messages.success(request, f"已答复“全部无意见”。{say_day(consultation.due)}以前可以改。")
    return redirect("ledger:answer", consultation.pk)


def opinion(request: Asked, consultation_id: int, task_id: int) -> HttpResponse:
    """One row, and what the unit wants otherwise in it."""
    require(request.viewer, Act.ANSWER)
    consultation = consultation_for(request.viewer, consultation_id)
    row = next((one for one in _own(request, consultation) if one.state.task_id == task_id), None)
    if row is None:
        raise Http404
    units = Unit.objects.filter(place_id=request.viewer.place_id, until__isnull=True)
    form = OpinionForm(request.POST or None, units=units, initial=known_wish(row))
    if request.method == "POST" and form.is_valid():
        try:
            give_opinion(consultation.pk, task_id, wish_of(form), by=request.viewer, at=request.moment)
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, f"已记下对 {row.sign} 的意见。{say_day(consultation.due)}以前可以改。")
            return redirect("ledger:answer", consultation.pk)
    facts = {
        "consultation": consultation,
        "breakdown": consultation.breakdown,
        "row": row,
        "form": form,
        "open": is_open(consultation, request.moment),
    }
    return render(request, "ledger/steps/opinion.html", facts, status=422 if form.errors else 200)


@require_POST
def take_back(request: Asked, opinion_id: int) -> HttpResponse:
    """The unit takes one of its opinions back."""
    require(request.viewer, Act.ANSWER)
    taken = take_back_opinion(opinion_id, by=request.viewer, at=request.moment)
    messages.success(request, "这条意见已经撤回。")
    return redirect("ledger:answer", taken.reply.consultation_id)


def _usual_due(request: Asked) -> tuple[date | None, str]:
    """The limit proposed; where the calendar is not known none, and the sentence that says so."""
    try:
        return usual_due(localdate(request.moment)), ""
    except CalendarUnknown as unknown:
        return None, str(unknown)


def _round(consultation: Consultation, request: Asked) -> dict[str, Any]:
    """One round for the office: answers by unit, opinions by row, silence by name."""
    answers = answers_of(consultation)
    opinions = read_opinions(opinions_of(consultation))
    return {
        "consultation": consultation,
        "answers": answers,
        "silent": [one for one in answers if one.reply is None],
        "agreed": [one for one in answers if one.reply and not one.opinions],
        "wishing": [one for one in answers if one.opinions],
        "on_paper": [one for one in answers if one.reply and one.reply.is_on_paper],
        "opinions": opinions,
        "waiting": sum(not one.opinion.ruling for one in opinions),
        "is_over": not is_open(consultation, request.moment),
    }


def _own(request: Asked, consultation: Consultation) -> list[OwnRow]:
    unit = Unit.objects.get(pk=_unit_of(request))
    return own_rows(consultation, unit, list(request.viewer.group_ids), consultation.closed_at)


def _unit_of(request: Asked) -> int:
    """The viewer's unit; who is in none has no rows."""
    if not request.viewer.unit_id:
        raise Http404
    return request.viewer.unit_id


def _opinion(request: Asked, opinion_id: int) -> Opinion:
    found = Opinion.objects.filter(pk=opinion_id, task__place_id=request.viewer.place_id)
    opinion = found.select_related("reply__unit", "reply__consultation", "task").first()
    if opinion is None:
        raise Http404
    return opinion


def _back(opinion: Opinion) -> HttpResponse:
    answer = redirect("ledger:consultation", opinion.task.breakdown_id)
    answer["Location"] += f"#opinion-{opinion.pk}"
    return answer


def known_wish(row: OwnRow) -> dict[str, object]:
    """What the form begins with: the row's words, or what the unit said of it before."""
    known = row.opinions[0] if row.opinions else None
    said: dict[str, object] = {"kind": OpinionKind.TEXT, "text": row.state.text}
    if known:
        worded = known.kind in (OpinionKind.TEXT, OpinionKind.NUMBER)
        said["kind"] = OpinionKind.TEXT if worded else known.kind
        said["reason"] = known.reason
        if worded:
            said["text"] = known.wish
        elif known.kind in (OpinionKind.LEAD, OpinionKind.BESIDE):
            said["lead" if known.kind == OpinionKind.LEAD else "beside"] = known.lead_id
        else:
            said["other"] = known.wish
    return said


def wish_of(form: OpinionForm) -> Wish:
    """What a valid form says a unit wants."""
    said = form.cleaned_data
    kind = OpinionKind(said["kind"])
    text = said["other"] if kind == OpinionKind.OTHER else said["text"]
    party = said["beside" if kind == OpinionKind.BESIDE else "lead"]
    return Wish(kind, said["reason"], text or "", party.pk if party else None)
