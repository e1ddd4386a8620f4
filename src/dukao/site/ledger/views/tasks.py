"""A task's page, and what the clerk sets on it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from dukao.site.archive.models import Publicity
from dukao.site.ledger.access import visible_state
from dukao.site.ledger.forms.tasks import DeadlineForm, PublicityForm, RegistersForm
from dukao.site.ledger.models import DeadlineKind, RegisterTag, Status, TaskState
from dukao.site.ledger.moments import AskedFor, reads_as_of
from dukao.site.ledger.queries.deeds import read_deeds
from dukao.site.ledger.queries.tasks import TaskPage, read_task
from dukao.site.ledger.queries.wording import RELATIONS
from dukao.site.ledger.setting import Deadline, set_deadline, set_publicity, set_registers
from dukao.site.people.access import Act, may, require
from dukao.site.people.asked import Asked
from dukao.site.refusals import Refused
from dukao.site.supervision.closing.queries import close_panel
from dukao.site.supervision.filing.queries import filing_panel
from dukao.site.supervision.planning.queries import plan_panel
from dukao.site.supervision.pressing.queries import press_panel
from dukao.site.supervision.registers.queries import may_be_public, register_panel
from dukao.site.supervision.seeing.queries import TaskSaid, see_task

Save = Callable[[dict[str, Any]], object]


@require_safe
@reads_as_of
def task(request: AskedFor, task_id: int) -> HttpResponse:
    """One task: how it stands, what was promised, who answers for it; with `?whole=1` also what was done.

    What was done is long: the page fetches it by itself, and a link leads to the whole without a script.
    """
    require(request.viewer, Act.SEE_LEDGER)
    is_whole = request.GET.get("whole") == "1"
    if is_whole and request.htmx:
        state = visible_state(request.viewer, task_id, request.record_at)
        return _varying(render(request, "ledger/_task_work.html", _work(request, state)))
    page = read_task(request.viewer, task_id, request.record_at, request.moment)
    state = page.state
    is_now = request.as_of is None and state.status != Status.WITHDRAWN
    facts = {
        "page": page,
        "state": state,
        "task": state.task,
        "relation": RELATIONS.get(state.relation, ""),
        "is_whole": is_whole,
        "may_set": is_now and may(request.viewer, Act.SET_TASK),
        "may_amend": is_now and may(request.viewer, Act.AMEND) and state.status == Status.ISSUED,
        **_seen(request, page),
        **(_work(request, state) if is_whole else {}),
    }
    return _varying(render(request, "ledger/task.html", facts))


def _varying(response: HttpResponse) -> HttpResponse:
    """A page and the part of it that htmx asks for are two things to a cache."""
    patch_vary_headers(response, ["HX-Request"])
    return response


def _seen(request: AskedFor, page: TaskPage) -> dict[str, Any]:
    """How an issued task stands on the day asked for, for who sees how work goes."""
    state = page.state
    if state.status != Status.ISSUED or not may(request.viewer, Act.SEE_LIGHTS):
        return {}
    day = request.as_of or localdate(request.moment)
    said = TaskSaid(state.task.kind, state.status, state.deadline, page.leads)
    return {"day": day, "seen": see_task(state.task, day, request.moment, said)}


def _work(request: AskedFor, state: TaskState) -> dict[str, Any]:
    """What was done: lists, plans, filings, notices and close-out; settled questions, changes, history."""
    viewer, task_id, moment = request.viewer, state.task_id, request.record_at
    facts = {
        "task": state.task,
        "deeds": read_deeds(viewer, state.task, moment),
        "registers": register_panel(viewer, task_id, moment, request.moment),
        "may_review": may(viewer, Act.REVIEW),
        "sees_history": may(viewer, Act.SEE_DOCUMENTS),
    }
    if state.status != Status.ISSUED:
        return facts
    closed = close_panel(viewer, task_id, moment, request.moment)
    if closed.sees_way or not closed.is_empty:
        facts["closed"] = closed
    if may(viewer, Act.SEE_LIGHTS):
        facts |= {
            "sees_work": True,
            "plans": plan_panel(viewer, task_id, moment),
            "filings": filing_panel(viewer, task_id, moment),
            "pressed": press_panel(viewer, task_id, moment, request.moment),
        }
    return facts


@require_http_methods(["GET", "POST"])
def deadline(request: Asked, task_id: int) -> HttpResponse:
    """Set a task's time limit."""
    state = _settable(request, task_id)

    def save(said: dict[str, Any]) -> object:
        limit = Deadline(said["on"], DeadlineKind(said["kind"]), said["text"])
        return set_deadline(task_id, limit, why=said["why"], by=request.viewer, at=request.moment)

    known = {
        "on": state.deadline,
        "kind": state.deadline_kind or DeadlineKind.BY,
        "text": state.deadline_text,
    }
    return _set(request, state, "设定时限", DeadlineForm(request.POST or None, initial=known), save)


@require_http_methods(["GET", "POST"])
def registers(request: Asked, task_id: int) -> HttpResponse:
    """Set the registers a task is on."""
    state = _settable(request, task_id)

    def save(said: dict[str, Any]) -> object:
        return set_registers(task_id, said["registers"], by=request.viewer, at=request.moment)

    tags = RegisterTag.objects.at(None).filter(task_id=task_id)
    known = {"registers": list(tags.values_list("register", flat=True))}
    form = RegistersForm(request.POST if request.method == "POST" else None, initial=known)
    return _set(request, state, "设定清单", form, save)


@require_http_methods(["GET", "POST"])
def publicity(request: Asked, task_id: int) -> HttpResponse:
    """Decide who outside may read a task."""
    state = _settable(request, task_id)

    def save(said: dict[str, Any]) -> object:
        return set_publicity(
            task_id,
            Publicity(said["publicity"]),
            reason=said["reason"],
            may_be_public=may_be_public(state.task),
            by=request.viewer,
            at=request.moment,
        )

    known = {"publicity": state.publicity, "reason": state.publicity_reason}
    return _set(request, state, "定公开属性", PublicityForm(request.POST or None, initial=known), save)


def _settable(request: Asked, task_id: int) -> TaskState:
    require(request.viewer, Act.SET_TASK)
    return visible_state(request.viewer, task_id)


def _set(request: Asked, state: TaskState, act: str, form: forms.Form, save: Save) -> HttpResponse:
    """Save what a good form says and go back to the task; else the form with what to mend."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                save(form.cleaned_data)
            except Refused as refused:
                form.add_error(None, refused.sentence)
                status = refused.status
            else:
                messages.success(request, f"已{act}：原来的写法留在历史里，可以再改。")
                return redirect("ledger:task", state.task_id)
    facts = {"state": state, "task": state.task, "act": act, "form": form}
    return render(request, "ledger/task_set.html", facts, status=status)
