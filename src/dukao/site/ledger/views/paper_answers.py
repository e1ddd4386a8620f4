"""Answers on paper: the office puts on record who agreed, and row by row what a unit wants otherwise."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dukao.site.ledger.forms.opinions import PaperOpinionForm
from dukao.site.ledger.models import Breakdown, Consultation, Reply
from dukao.site.ledger.queries.breakdowns import breakdown_for
from dukao.site.ledger.queries.consultations import OwnRow, asked_units, groups_of, own_rows, rounds_of
from dukao.site.ledger.steps.paper_answers import (
    record_paper_answers,
    record_paper_opinion,
    take_back_paper_opinion,
)
from dukao.site.ledger.views.consultation import known_wish, wish_of
from dukao.site.people.access import Act, require
from dukao.site.people.asked import Asked, read_numbers
from dukao.site.people.models import Unit
from dukao.site.people.queries import out_of_reach
from dukao.site.refusals import Refused


@require_POST
def agreed(request: Asked, breakdown_id: int) -> HttpResponse:
    """Put on record which units had no objection on paper, and on which paper."""
    require(request.viewer, Act.REVIEW)
    breakdown = breakdown_for(request.viewer, breakdown_id)
    consultation = rounds_of(breakdown).filter(closed_at__isnull=True).first()
    if consultation is None:
        messages.error(request, "征求意见已经结束，没有登记。")
        return redirect("ledger:consultation", breakdown.pk)
    units = read_numbers(request.POST.getlist("units"))
    try:
        made = record_paper_answers(
            consultation.pk, units, request.POST.get("source", ""), by=request.viewer, at=request.moment
        )
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, f"已登记 {len(made)} 个单位的书面答复。")
    return redirect("ledger:consultation", breakdown.pk)


@require_safe
def rows(request: Asked, breakdown_id: int, unit_id: int) -> HttpResponse:
    """The rows of a unit that wrote on paper, each with what was put on record of it."""
    require(request.viewer, Act.REVIEW)
    breakdown = breakdown_for(request.viewer, breakdown_id)
    consultation, unit = _running(breakdown, unit_id)
    return render(request, "ledger/steps/paper_rows.html", _facts(breakdown, consultation, unit))


@require_http_methods(["GET", "POST"])
def opinion(request: Asked, breakdown_id: int, unit_id: int, task_id: int) -> HttpResponse:
    """One row, and what the unit wrote that it wants otherwise in it."""
    require(request.viewer, Act.REVIEW)
    breakdown = breakdown_for(request.viewer, breakdown_id)
    consultation, unit = _running(breakdown, unit_id)
    facts = _facts(breakdown, consultation, unit)
    row = next((one for one in facts["rows"] if one.state.task_id == task_id), None)
    if row is None:
        raise Http404
    units = Unit.objects.filter(place_id=request.viewer.place_id, until__isnull=True)
    known = {**known_wish(row), "source": facts["reply"].source if facts["reply"] else ""}
    form = PaperOpinionForm(request.POST or None, units=units, initial=known)
    if request.method == "POST" and form.is_valid():
        wish, source = wish_of(form), form.cleaned_data["source"]
        try:
            record_paper_opinion(
                consultation.pk, unit.pk, task_id, wish, source, by=request.viewer, at=request.moment
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, f"已登记{unit}对 {row.sign} 的意见，请在征求意见页处理。")
            return redirect("ledger:paper-rows", breakdown.pk, unit.pk)
    facts = {**facts, "row": row, "form": form}
    return render(request, "ledger/steps/paper_opinion.html", facts, status=422 if form.errors else 200)


@require_POST
def take_back(request: Asked, opinion_id: int) -> HttpResponse:
    """Take an opinion back that was put on record wrongly."""
    require(request.viewer, Act.REVIEW)
    taken = take_back_paper_opinion(opinion_id, by=request.viewer, at=request.moment)
    messages.success(request, "已撤回这条登记。")
    return redirect("ledger:paper-rows", taken.task.breakdown_id, taken.reply.unit_id)


def _running(breakdown: Breakdown, unit_id: int) -> tuple[Consultation, Unit]:
    """The round that runs and a unit asked in it that nobody can log in for; 404 without."""
    consultation = rounds_of(breakdown).filter(closed_at__isnull=True).first()
    asked = asked_units(consultation) if consultation else []
    unit = next((one for one in out_of_reach(asked) if one.pk == unit_id), None)
    if consultation is None or unit is None:
        raise Http404
    return consultation, unit


def _facts(breakdown: Breakdown, consultation: Consultation, unit: Unit) -> dict[str, Any]:
    groups = groups_of(unit, localdate(consultation.opened_at))
    found: list[OwnRow] = own_rows(consultation, unit, groups)
    replies = Reply.objects.filter(consultation=consultation, unit=unit).select_related("answered_by")
    return {
        "breakdown": breakdown,
        "consultation": consultation,
        "unit": unit,
        "rows": found,
        "opinions": sum(one.is_on_paper for row in found for one in row.opinions),
        "reply": replies.first(),
    }
