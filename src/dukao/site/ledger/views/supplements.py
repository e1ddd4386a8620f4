"""补充通知: the clerk drafts changes to issued tasks, the head signs or returns them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate

from dukao.site.ledger.forms.steps import WhyForm
from dukao.site.ledger.forms.supplements import SupplementForm, TaskSheet, change_of, sheet_of
from dukao.site.ledger.locking import breakdown_of
from dukao.site.ledger.models import Breakdown, Role, Supplement, SupplementKind, SupplementStage, TaskState
from dukao.site.ledger.queries.breakdowns import breakdown_for
from dukao.site.ledger.queries.rows import leaders_on
from dukao.site.ledger.queries.supplements import (
    issued_states,
    read_changes,
    supplement_for,
    supplements_of,
)
from dukao.site.ledger.steps.changes import Change, said_of
from dukao.site.ledger.steps.supplementing import (
    Paper,
    draft_supplement,
    redraft_supplement,
    return_supplement,
    sign_supplement,
    withdraw_supplement,
)
from dukao.site.people.access import Act, may, require
from dukao.site.people.asked import Asked, read_numbers
from dukao.site.people.models import Unit, UnitGroup
from dukao.site.refusals import Refused


def supplements(request: Asked, breakdown_id: int) -> HttpResponse:
    """The supplements of a breakdown, those that wait for somebody first."""
    require(request.viewer, Act.REVIEW)
    breakdown = breakdown_for(request.viewer, breakdown_id)
    found = list(supplements_of(breakdown))
    facts = {
        "breakdown": breakdown,
        "supplements": found,
        "waiting": [one for one in found if one.stage == SupplementStage.DRAFT],
        "returned": [one for one in found if one.stage == SupplementStage.RETURNED],
        "signed": [one for one in found if one.stage == SupplementStage.SIGNED],
        "may_amend": may(request.viewer, Act.AMEND),
    }
    return render(request, "ledger/steps/supplements.html", facts)


def new(request: Asked, breakdown_id: int | None = None) -> HttpResponse:
    """Draft changes to the tasks named in the address (?task=12), or found by their numbers."""
    require(request.viewer, Act.AMEND)
    asked = request.POST if request.method == "POST" else request.GET
    states = _states(request, asked.getlist("task"))
    breakdown = _breakdown(request, states, breakdown_id)
    return _edit(request, breakdown, states, None)


def edit(request: Asked, supplement_id: int) -> HttpResponse:
    """Draft a supplement anew that is not signed yet."""
    require(request.viewer, Act.AMEND)
    supplement = _open(request, supplement_id)
    asked = request.POST if request.method == "POST" else request.GET
    tasks = asked.getlist("task") or [str(one["task"]) for one in supplement.changes]
    return _edit(request, supplement.breakdown, _states(request, tasks), supplement)


def supplement(request: Asked, supplement_id: int) -> HttpResponse:
    """One supplement: before and after, and what is to be done with it."""
    require(request.viewer, Act.REVIEW)
    found = supplement_for(request.viewer.place_id, supplement_id)
    changes = read_changes(found, request.moment)
    facts = {
        "supplement": found,
        "breakdown": found.breakdown,
        "changes": changes,
        "overtaken": any(line.now for change in changes for line in change.lines),
        "may_sign": may(request.viewer, Act.SIGN),
        "may_amend": may(request.viewer, Act.AMEND),
        "form": WhyForm(),
    }
    return render(request, "ledger/steps/supplement.html", facts)


def sign(request: Asked, supplement_id: int) -> HttpResponse:
    """The head confirms what follows in words, and signs."""
    require(request.viewer, Act.SIGN)
    found = _open(request, supplement_id)
    if request.method == "POST":
        sign_supplement(found.pk, by=request.viewer, at=request.moment)
        messages.success(request, f"已签发（{found.document_number}），台账已按此调整。")
        return redirect("ledger:supplement", found.pk)
    facts = {
        "supplement": found,
        "breakdown": found.breakdown,
        "changes": read_changes(found, request.moment),
    }
    return render(request, "ledger/steps/sign.html", facts)


def send_back(request: Asked, supplement_id: int) -> HttpResponse:
    """The head returns a draft to the clerk."""
    require(request.viewer, Act.SIGN)
    return _set_aside(request, supplement_id, return_supplement, "退回")


def withdraw(request: Asked, supplement_id: int) -> HttpResponse:
    """The clerk takes a draft back."""
    require(request.viewer, Act.AMEND)
    return _set_aside(request, supplement_id, withdraw_supplement, "撤回")


def _set_aside(request: Asked, supplement_id: int, action: Any, verb: str) -> HttpResponse:
    found = _open(request, supplement_id)
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        action(found.pk, form.cleaned_data["why"], by=request.viewer, at=request.moment)
        messages.success(request, f"已{verb}（{found.document_number}）。")
        return redirect("ledger:supplement", found.pk)
    facts = {"supplement": found, "breakdown": found.breakdown, "form": form, "verb": verb}
    return render(request, "ledger/steps/set_aside.html", facts, status=422 if form.errors else 200)


def _edit(
    request: Asked, breakdown: Breakdown, states: list[TaskState], known: Supplement | None
) -> HttpResponse:
    """The form, and the draft once it is whole."""
    data = request.POST if request.method == "POST" else None
    said = _said(states, known)
    details: tuple[str, ...] = ()
    sheets = [sheet_of(state, said[state.task_id], data) for state in states]
    form = SupplementForm(data, initial=_initial(known, request))
    if data is not None and "more" not in data and form.is_valid():
        try:
            changes = _changes(sheets, said, breakdown)
            done = _draft(request, breakdown, changes, _paper(form), known)
        except Refused as refused:
            form.add_error(None, refused.sentence)
            details = refused.details
        else:
            messages.success(request, "已拟好，等办公室负责人签发；签发以前台账不变。")
            return redirect("ledger:supplement", done.pk)
    elif data is not None and "more" in data:
        form = SupplementForm(initial=data.dict())
    found = leaders_on(request.viewer.place_id, None, request.moment).values()
    facts = {
        "breakdown": breakdown,
        "supplement": known,
        "sheets": sheets,
        "form": form,
        "details": details,
        "roles": Role.choices,
        "leaders": sorted(found, key=lambda one: one.order),
        "names": _names(request),
        "unknown": request.POST.get("number", "") if "more" in (data or {}) and _is_lost(request) else "",
        "has_livelihood": any(sheet.is_livelihood for sheet in sheets),
    }
    return render(request, "ledger/steps/supplement_form.html", facts, status=422 if form.errors else 200)


def _states(request: Asked, task_ids: list[str]) -> list[TaskState]:
    """What the tasks asked for say now, with the one that was added by its number."""
    ids = read_numbers(task_ids)
    added = _added(request)
    return issued_states(request.viewer, list(dict.fromkeys([*ids, *([added] if added else [])])))


def _added(request: Asked) -> int | None:
    """The task whose number was typed in to be added."""
    number = (request.POST.get("number") or request.GET.get("number") or "").strip()
    if not number:
        return None
    found = TaskState.objects.at(None).filter(task__number=number, task__place_id=request.viewer.place_id)
    state = found.filter(status="issued").first()
    return state.task_id if state else None


def _is_lost(request: Asked) -> bool:
    return bool(request.POST.get("number", "").strip()) and _added(request) is None


def _breakdown(request: Asked, states: list[TaskState], breakdown_id: int | None) -> Breakdown:
    """The issued breakdown the tasks are of; the latest where none is named."""
    if breakdown_id is not None:
        breakdown = breakdown_for(request.viewer, breakdown_id)
    elif states:
        breakdown = breakdown_of(states[0].task)
    else:
        latest = Breakdown.objects.filter(place_id=request.viewer.place_id, stage="issued").first()
        if latest is None:
            raise Http404
        breakdown = latest
    if not breakdown.is_issued or any(one.task.breakdown_id != breakdown.pk for one in states):
        raise Http404
    return breakdown


def _open(request: Asked, supplement_id: int) -> Supplement:
    """A supplement somebody may still do something with; what is closed says so by its own page."""
    return supplement_for(request.viewer.place_id, supplement_id)


def _said(states: list[TaskState], known: Supplement | None) -> dict[int, dict[str, Any]]:
    """What the tasks say now, and over it what a draft already says otherwise."""
    said = said_of(states)
    for change in known.changes if known else ():
        if change["task"] in said:
            said[change["task"]] |= change["after"]
    return said


def _changes(sheets: list[TaskSheet], said: dict[int, dict[str, Any]], breakdown: Breakdown) -> list[Change]:
    return [change_of(sheet, said[sheet.state.task_id]["duties"], breakdown.place) for sheet in sheets]


def _draft(
    request: Asked, breakdown: Breakdown, changes: list[Change], paper: Paper, known: Supplement | None
) -> Supplement:
    by, at = request.viewer, request.moment
    if known is not None:
        return redraft_supplement(known.pk, changes, paper, by=by, at=at)
    return draft_supplement(breakdown.pk, changes, paper, by=by, at=at)


def _paper(form: SupplementForm) -> Paper:
    said = form.cleaned_data
    return Paper(
        SupplementKind(said["kind"]),
        said["document_number"],
        said["dated"],
        said["why"],
        said["congress_decision"],
        said["congress_decided_on"],
    )


def _initial(known: Supplement | None, request: Asked) -> dict[str, Any]:
    if known is None:
        return {"dated": localdate(request.moment)}
    names = ("kind", "document_number", "dated", "why", "congress_decision", "congress_decided_on")
    return {name: getattr(known, name) for name in names}


def _names(request: Asked) -> list[str]:
    """The names one may give a part to: units of today and groups."""
    place = request.viewer.place_id
    units = Unit.objects.filter(place_id=place, until__isnull=True).values_list("name", flat=True)
    return [*units, *UnitGroup.objects.filter(place_id=place).values_list("name", flat=True)]
