"""A close-out's page with its way, what may be done with it, its paper and its files; the verdict's page."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from dukao.site.archive.sending import send_kept
from dukao.site.history.queries import tell_about
from dukao.site.ledger.views.paper_files import show_paper
from dukao.site.people.access import Act, Viewer, may, require
from dukao.site.people.asked import Asked
from dukao.site.refusals import Refused
from dukao.site.supervision.access import leads_task
from dukao.site.supervision.acting import data_of, room
from dukao.site.supervision.closing.access import visible_exhibit
from dukao.site.supervision.closing.actions import proposed_due, verify_completion
from dukao.site.supervision.closing.detail import Detail, read_closing
from dukao.site.supervision.closing.forms import ReturnForm, VerifyForm
from dukao.site.supervision.closing.papers import closeout_number, paper_of_closeout
from dukao.site.supervision.closing.states import verdict_due
from dukao.site.supervision.models import Completion, CompletionStage
from dukao.site.supervision.practice import practice_of

# The way of a close-out as its page shows it: (states that stand there, words).
_WAY = (
    (("applied", "visit"), "核验"),
    (("verified",), "签发"),
    (("shown", "disputed"), "公示"),
    (("closed", "look"), "办结"),
)


@require_GET
def closing(request: Asked, completion_id: int) -> HttpResponse:
    """One close-out: the sentence of where it stands, then everything it rests on."""
    require(request.viewer, Act.SEE_CLOSINGS)
    found = read_closing(request.viewer, completion_id, request.moment)
    is_office = may(request.viewer, Act.VERIFY)
    facts = {
        "found": found,
        "one": found.completion,
        "way": [
            (words, found.row.state in states)
            for states, words in _WAY
            if words != "公示" or found.completion.shown_until or not found.completion.signed_at
        ],
        "number": closeout_number(found.completion),
        "entries": tell_about("completion", found.completion.pk) if is_office else (),
        **_acts(request.viewer, found, request),
    }
    return render(request, "supervision/closing/closing.html", facts)


def _acts(viewer: Viewer, found: Detail, request: Asked) -> dict[str, bool]:
    """What this reader may do with it now."""
    one, state = found.completion, found.row.state
    verifies, signs = may(viewer, Act.VERIFY), may(viewer, Act.SIGN)
    is_other = one.applied_by_id != viewer.user_id
    own = may(viewer, Act.APPLY_CLOSE) and leads_task(viewer, one.task_id)
    return {
        "may_verify": verifies and is_other and state == "applied",
        "may_visit": verifies and state in ("applied", "visit"),
        "may_cancel_visit": verifies and state == "visit",
        "may_return": verifies and state in ("applied", "visit", "verified"),
        "may_recall": verifies and state == "verified" and _recallable(one, viewer, request),
        "may_sign": signs and is_other and state == "verified",
        "may_object": verifies and state in ("shown", "disputed"),
        "may_rule": verifies and state == "disputed",
        "may_look": verifies and state in ("closed", "look"),
        "may_reopen": signs and one.stage == CompletionStage.CLOSED,
        "may_withdraw": own and one.stage == CompletionStage.APPLIED,
        "may_again": own and state in ("returned", "reopened") and not found.others_in_hand,
    }


def _recallable(one: Completion, viewer: Viewer, request: Asked) -> bool:
    assert one.verified_at is not None
    return one.verified_by_id == viewer.user_id and localdate(one.verified_at) == localdate(request.moment)


@require_http_methods(["GET", "POST"])
def verify(request: Asked, completion_id: int) -> HttpResponse:
    """What was promised beside what is said to be reached; the verdict, and the way back, at its side."""
    require(request.viewer, Act.VERIFY)
    found = read_closing(request.viewer, completion_id, request.moment)
    one, status = found.completion, 200
    form = VerifyForm(data_of(request), items=[item["item"] for item in one.checklist])
    details: tuple[str, ...] = ()
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said = form.cleaned_data
            try:
                verify_completion(
                    one.pk, said["findings"], checked=said["checked"], by=request.viewer, at=request.moment
                )
            except Refused as refused:
                if refused.status == 403:
                    raise
                form.add_error(None, refused.sentence)
                status, details = refused.status, refused.details
            else:
                messages.success(request, "已核验，等办公室负责人签发；今天之内可以收回。")
                return redirect(one)
    facts = {
        "found": found,
        "one": one,
        "form": form,
        "items": list(zip(form["checked"], one.checklist, strict=True)),
        "details": details,
        "return_form": ReturnForm(initial={"due": proposed_due(one.task, localdate(request.moment))}),
        "is_own": one.applied_by_id == request.viewer.user_id,
        "due": verdict_due(one, practice_of(request.viewer.place_id, localdate(request.moment))),
    }
    return render(request, "supervision/closing/verify.html", facts, status=status)


@require_GET
def paper(request: Asked, completion_id: int) -> HttpResponse:
    """The paper of a close-out, as a page, .docx or PDF."""
    require(request.viewer, Act.SEE_CLOSINGS)
    found = read_closing(request.viewer, completion_id, request.moment)
    made = paper_of_closeout(found)
    back = reverse("supervision:closing", args=[completion_id])
    facts = {
        "paper": made,
        "back": back,
        "back_words": found.completion.task.number,
        "crumb": room("closings", "办结"),
    }
    name = f"办结销号单 {found.completion.task.number}"
    return show_paper(request, "supervision/pressing/paper.html", facts, lambda: made, name)


@require_safe
def exhibit(request: Asked, exhibit_id: int) -> HttpResponse:
    """A file brought with a close-out, as it came, never to be shown or run by a browser."""
    require(request.viewer, Act.SEE_CLOSINGS)
    found = visible_exhibit(request.viewer, exhibit_id)
    return send_kept(found.sha256, found.file_name)
