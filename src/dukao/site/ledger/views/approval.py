"""审议: the meeting and its day are recorded; a breakdown goes back to draft with why."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from dukao.site.ledger.forms.steps import ApprovalForm, WhyForm, day_or_none
from dukao.site.ledger.models import Breakdown, Stage
from dukao.site.ledger.queries.breakdowns import breakdown_for, open_counts
from dukao.site.ledger.steps.approving import record_approval, return_to_draft
from dukao.site.ledger.steps.consulting import running_consultation
from dukao.site.people.access import Act, require
from dukao.site.people.asked import Asked
from dukao.site.refusals import Refused


def approval(request: Asked, breakdown_id: int) -> HttpResponse:
    """The paper for the meeting, and what the meeting decided."""
    require(request.viewer, Act.REVIEW)
    breakdown = breakdown_for(request.viewer, breakdown_id)
    form = ApprovalForm(request.POST or None, initial=_known(breakdown))
    if request.method == "POST" and form.is_valid():
        meeting, day = form.cleaned_data["meeting"], form.cleaned_data["approved_on"]
        try:
            record_approval(breakdown.pk, meeting, day, by=request.viewer, at=request.moment)
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, f"已记录：{meeting}审议通过。")
            return redirect("ledger:issue", breakdown.pk)
    facts = {
        "breakdown": breakdown,
        "form": form,
        "running": running_consultation(breakdown),
        "open": open_counts(breakdown),
        "may_approve": breakdown.stage in (Stage.DRAFT, Stage.CONSULTATION, Stage.APPROVAL),
    }
    return render(request, "ledger/steps/approval.html", facts, status=422 if form.errors else 200)


def return_draft(request: Asked, breakdown_id: int) -> HttpResponse:
    """Back to draft, once it was said what follows."""
    require(request.viewer, Act.REVIEW)
    breakdown = breakdown_for(request.viewer, breakdown_id)
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["why"]
        return_to_draft(breakdown.pk, why, by=request.viewer, at=request.moment)
        messages.success(request, "已退回草稿，可以继续核对和修改。")
        return redirect("ledger:review", breakdown.pk)
    facts = {"breakdown": breakdown, "form": form}
    return render(request, "ledger/steps/return.html", facts, status=422 if form.errors else 200)


def _known(breakdown: Breakdown) -> dict[str, object]:
    """What is recorded already, else what the document says of itself."""
    notice = breakdown.compilation.result.get("notice") or {}
    return {
        "meeting": breakdown.meeting or notice.get("meeting") or "",
        "approved_on": breakdown.approved_on or day_or_none(""),
    }
