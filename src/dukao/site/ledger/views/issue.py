"""印发: what is still open, with where to mend it; then what the head fills in and signs."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from dukao.site.archive.models import Publicity
from dukao.site.ledger.forms.steps import IssueForm, day_or_none
from dukao.site.ledger.models import Breakdown
from dukao.site.ledger.queries.breakdowns import breakdown_for, count_tasks
from dukao.site.ledger.queries.group_lists import groups_to_check
from dukao.site.ledger.queries.manners import manner_for
from dukao.site.ledger.steps.issuing import IssueForm as Signed
from dukao.site.ledger.steps.issuing import count_open, issue_breakdown, what_is_open
from dukao.site.people.access import Act, may, require
from dukao.site.people.asked import Asked
from dukao.site.refusals import Refused


def issue(request: Asked, breakdown_id: int) -> HttpResponse:
    """What keeps the breakdown from being issued, or the form the head signs."""
    require(request.viewer, Act.REVIEW)
    breakdown = breakdown_for(request.viewer, breakdown_id)
    form = IssueForm(request.POST or None, initial=_known(breakdown))
    details: tuple[str, ...] = ()
    if request.method == "POST":
        require(request.viewer, Act.SIGN)
        if form.is_valid():
            try:
                signed = _signed(form.cleaned_data)
                issued = issue_breakdown(breakdown.pk, signed, by=request.viewer, at=request.moment)
            except Refused as refused:
                form.add_error(None, refused.sentence)
                details = refused.details
            else:
                messages.success(request, f"已印发（{issued.document_number}），台账即日起对各单位开放。")
                return redirect("ledger:issue", breakdown.pk)
    open_ = [] if breakdown.is_issued else what_is_open(breakdown)
    rows, tasks, contents = count_tasks(breakdown)
    facts = {
        "breakdown": breakdown,
        "open": open_,
        "open_count": count_open(open_),
        "groups": groups_to_check(breakdown),
        "form": form,
        "details": details,
        "may_sign": may(request.viewer, Act.SIGN),
        "rows": rows,
        "tasks": tasks,
        "contents": contents,
        "notice": _notice(breakdown),
        "written": manner_for(breakdown),
    }
    return render(request, "ledger/steps/issue.html", facts, status=422 if form.errors else 200)


def _signed(said: dict[str, Any]) -> Signed:
    publicity = Publicity(said["publicity"])
    return Signed(said["document_number"], said["issued_on"], publicity, said["publicity_reason"])


def _notice(breakdown: Breakdown) -> dict[str, Any]:
    found: dict[str, Any] = breakdown.compilation.result.get("notice") or {}
    return found


def _known(breakdown: Breakdown) -> dict[str, object]:
    """What the document says of itself; who may read it is proposed in words and never chosen here."""
    notice = _notice(breakdown)
    return {
        "document_number": notice.get("document_number") or "",
        "issued_on": day_or_none(notice.get("dated") or ""),
    }
