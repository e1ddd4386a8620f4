"""The review page: the report as paper, the draft's questions and tasks on the desk."""

from typing import Any
from urllib.parse import urlencode
from weakref import WeakKeyDictionary

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from dukao.site.ledger.errors import Refusal
from dukao.site.ledger.models import Heading, Question
from dukao.site.ledger.queries.drafted import read_drafted
from dukao.site.ledger.queries.group_lists import groups_to_check
from dukao.site.ledger.queries.review import (
    read_answered,
    read_review,
    units_known,
)
from dukao.site.ledger.queries.review_desk import FILTERS
from dukao.site.ledger.review.marked_report import Paper
from dukao.site.ledger.review.precedents import fits
from dukao.site.ledger.review.settling import reason_for, reopen_question, settle_question
from dukao.site.people.access import Act, Viewer, require
from dukao.site.people.asked import Asked, read_number
from dukao.site.refusals import Refused

# The words of a paper are the same for everybody: set once for as long as the paper is kept.
_SET: "WeakKeyDictionary[Paper, str]" = WeakKeyDictionary()
# What the last edit of this session changed, so that it can be taken back with one press.
LAST_EDIT = "last-edit"
_FACTS = ("text", "unit", "row", "heading")


@require_safe
def review(request: Asked, breakdown_id: int) -> HttpResponse:
    """A draft with everything that waits for a person."""
    if request.htmx:
        # Led here by a form that swaps part of another page: this page brings its own script.
        return HttpResponseClientRedirect(request.get_full_path())
    return _page(request, breakdown_id, request.GET.get("show", "open"), read_number(request.GET.get("last")))


@require_POST
def settle(request: Asked, question_id: int) -> HttpResponse:
    """Answer a question; what is missing is said beside it, what came between on a page of its own."""
    question = _question_for(request.viewer, question_id)
    option = _option_of(question, request.POST.get("option"))
    facts, why = _read_facts(request, question, option)
    version = read_number(request.POST.get("version"))
    try:
        settled = settle_question(
            question_id, option["answer"], facts, why, version=version, by=request.viewer, at=request.moment
        )
    except Refused as refused:
        return _say_refused(request, question, refused)
    return _answered(request, settled)


@require_POST
def reopen(request: Asked, question_id: int) -> HttpResponse:
    """Take an answer back."""
    question = _question_for(request.viewer, question_id)
    version = read_number(request.POST.get("version"))
    try:
        reopened = reopen_question(question_id, version=version, by=request.viewer, at=request.moment)
    except Refused as refused:
        if refused.code != Refusal.CHANGED_MEANWHILE:
            raise
        return _say_meanwhile(request, question, refused)
    return _answered(request, reopened)


def review_address(breakdown_id: int, show: str = "open", last: int = 0, fragment: str = "") -> str:
    """Where the review of a breakdown is read, at a filter and a place on the page."""
    query = {"show": show if show in FILTERS else "open"} | ({"last": str(last)} if last else {})
    page = reverse("ledger:review", args=[breakdown_id])
    return f"{page}?{urlencode(query)}" + (f"#{fragment}" if fragment else "")


def _page(
    request: Asked, breakdown_id: int, show: str, last: int, error: dict[str, Any] | None = None
) -> HttpResponse:
    page = read_review(request.viewer, breakdown_id, show, last, request.moment)
    facts = {
        "page": page,
        "breakdown": page.breakdown,
        "paper": _set_words(page.paper),
        "units": units_known(request.viewer) if page.is_open else (),
        "rows": page.rows_known if page.is_open else (),
        "headings": page.headings if page.is_open else (),
        "show": page.show,
        "may_change": page.is_open,
        "error": error,
        "drafted": read_drafted(page.breakdown) if page.breakdown.is_drafted else None,
        "last_edit": _last_edit(request, breakdown_id) if page.is_open else None,
        "groups": groups_to_check(page.breakdown),
    }
    return render(request, "ledger/review/review.html", facts, status=422 if error else 200)


def _last_edit(request: Asked, breakdown_id: int) -> dict[str, Any] | None:
    """The edit of this breakdown that can be taken back with one press."""
    kept: dict[str, Any] = request.session.get(LAST_EDIT) or {}
    return kept if kept.get("breakdown") == breakdown_id else None


def _set_words(paper: Paper) -> str:
    if paper not in _SET:
        _SET[paper] = render_to_string("ledger/review/_paper.html", {"paper": paper})
    return _SET[paper]


def _answered(request: Asked, question: Question, error: dict[str, Any] | None = None) -> HttpResponse:
    """The question as it stands now, alone for htmx, else on its page."""
    show = request.POST.get("show", "open")
    if not request.htmx:
        if error:
            return _page(request, question.breakdown_id, show, question.pk, error)
        address = review_address(question.breakdown_id, show, question.pk, f"q-{question.pk}")
        return redirect(address)
    answered = read_answered(request.viewer, question, request.moment)
    facts = {
        "answered": answered,
        "page": answered,
        "breakdown": answered.breakdown,
        "headings": Heading.objects.filter(breakdown_id=question.breakdown_id),
        "show": show,
        "may_change": True,
        "error": error,
        "drafted": read_drafted(answered.breakdown) if answered.breakdown.is_drafted else None,
    }
    return render(request, "ledger/review/_answered.html", facts)


def _say_refused(request: Asked, question: Question, refused: Refused) -> HttpResponse:
    """What is missing is said in the form; an answer given meanwhile gets a page; all else is refused."""
    if refused.code == Refusal.CHANGED_MEANWHILE:
        return _say_meanwhile(request, question, refused)
    if refused.status != 422 and refused.code != Refusal.TEXT_MOVED:
        raise refused
    said = {name: request.POST.get(name, "") for name in (*_FACTS, "why")}
    error = {
        "question": question.pk,
        "option": read_number(request.POST.get("option")),
        "sentence": refused.sentence,
        **said,
    }
    return _answered(request, question, error)


def _say_meanwhile(request: HttpRequest, question: Question, refused: Refused) -> HttpResponse:
    """Both answers, and which one to keep."""
    now = Question.objects.select_related("settled_by").get(pk=question.pk)
    show = request.POST.get("show", "open")
    facts = {
        "refused": refused,
        "question": now,
        "back": review_address(question.breakdown_id, show, question.pk, f"q-{question.pk}"),
        "mine": [
            (name, request.POST[name]) for name in (*_FACTS, "why", "option", "show") if name in request.POST
        ],
        "is_answer": "option" in request.POST,
        "breakdown": question.breakdown,
    }
    return render(request, "ledger/review/meanwhile.html", facts, status=409)


def _question_for(viewer: Viewer, question_id: int) -> Question:
    require(viewer, Act.REVIEW)
    found = Question.objects.filter(pk=question_id, breakdown__place_id=viewer.place_id)
    for question in found.select_related("breakdown"):
        return question
    raise Http404


def _option_of(question: Question, said: str | None) -> dict[str, Any]:
    at = read_number(said) if said else -1
    if not 0 <= at < len(question.options):
        raise Refused(Refusal.ANSWER_UNKNOWN, status=422)
    return dict(question.options[at])


def _read_facts(
    request: HttpRequest, question: Question, option: dict[str, Any]
) -> tuple[dict[str, Any], str]:
    """What was filled in; a proposal accepted as it stands brings its own unit, and its reason."""
    ready = question.proposal or {}
    ready = ready if fits(option, ready) else {}
    facts = {name: request.POST.get(name, "") or ready.get(name, "") for name in _FACTS} | option["facts"]
    given = {"answer": option["answer"], **{name: one for name, one in facts.items() if one}}
    return facts, request.POST.get("why", "").strip() or reason_for(question, given)
