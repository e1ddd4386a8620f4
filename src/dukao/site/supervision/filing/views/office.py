"""The office's pages: the rounds, one of them by unit, what waits to be taken or sent back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dukao.site.people.access import Act, may, require
from dukao.site.people.asked import Asked, read_number
from dukao.site.refusals import Refused
from dukao.site.supervision.filing import ruling
from dukao.site.supervision.filing.forms import ReturnForm
from dukao.site.supervision.filing.round_page import read_review, read_round, read_rounds, waiting_ids
from dukao.site.supervision.models import FilingStage


@require_safe
def rounds(request: Asked) -> HttpResponse:
    """Every round with how far it is."""
    require(request.viewer, Act.SEE_ROUNDS)
    facts = {"rounds": read_rounds(request.viewer), "now": request.moment}
    return render(request, "supervision/filing/rounds.html", facts)


@require_safe
def round_page(request: Asked, round_id: int) -> HttpResponse:
    """One round: who filed, who did not, and what waits for the office."""
    require(request.viewer, Act.SEE_ROUNDS)
    said = request.GET.get("unit", "")
    page = read_round(request.viewer, round_id, read_number(said) or None, request.moment)
    facts: dict[str, Any] = {
        "page": page,
        "round": page.round,
        "may_rule": may(request.viewer, Act.RULE_FILING),
        "proposed_due": ruling.proposed_due(request.viewer.place_id, localdate(request.moment)),
    }
    return render(request, "supervision/filing/round.html", facts)


@require_POST
def accept(request: Asked, filing_id: int) -> HttpResponse:
    """Take one filing."""
    require(request.viewer, Act.RULE_FILING)
    review = read_review(request.viewer, filing_id, request.moment)
    ruling.accept_filing(filing_id, by=request.viewer, at=request.moment)
    if request.htmx:
        unit = read_number(request.POST.get("unit")) or None
        waiting = waiting_ids(request.viewer, review.filing.round_id, None)
        shown = waiting_ids(request.viewer, review.filing.round_id, unit) if unit else waiting
        facts = {"review": review, "waiting": len(waiting), "shown": len(shown)}
        return render(request, "supervision/filing/_accepted.html", facts)
    messages.success(request, f"已采用{review.filing.unit.name}的 {review.name}。")
    return _back(review.filing.round_id)


@require_POST
def accept_all(request: Asked, round_id: int) -> HttpResponse:
    """Take everything of a unit that waits; without a unit, everything of the round."""
    require(request.viewer, Act.RULE_FILING)
    said = request.POST.get("unit", "")
    waiting = waiting_ids(request.viewer, round_id, read_number(said) or None)
    count = ruling.accept_filings(waiting, by=request.viewer, at=request.moment)
    if count:
        messages.success(request, f"已采用 {count} 项进展。")
    else:
        messages.warning(request, "没有待审核的进展。")
    return _back(round_id)


@require_http_methods(["GET", "POST"])
def send_back(request: Asked, filing_id: int) -> HttpResponse:
    """Send one filing back: what is missing, by when."""
    require(request.viewer, Act.RULE_FILING)
    review = read_review(request.viewer, filing_id, request.moment)
    proposed = ruling.proposed_due(request.viewer.place_id, localdate(request.moment))
    form = ReturnForm(request.POST if request.method == "POST" else None, initial={"due": proposed})
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                said = form.cleaned_data
                ruling.return_filing(
                    filing_id, said["why"], due=said["due"], by=request.viewer, at=request.moment
                )
            except Refused as refused:
                if refused.status != 422:
                    raise
                form.add_error(None, refused.sentence)
            else:
                messages.success(request, f"已退回{review.filing.unit.name}的 {review.name}。")
                return _back(review.filing.round_id)
        status = 422
    elif review.filing.stage != FilingStage.CONFIRMED:
        return _back(review.filing.round_id)
    facts = {"review": review, "form": form, "round": review.filing.round}
    return render(request, "supervision/filing/return.html", facts, status=status)


def _back(round_id: int) -> HttpResponse:
    return redirect(f"{reverse('supervision:round', args=[round_id])}#review")
