"""A task's page, and what the clerk sets on it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from dukao.site.archive.models import Publicity
from dukao.site.ledger.access import visible_state
from dukao.site.ledger.errors import Refusal
from dukao.site.ledger.forms.tasks import DeadlineForm, PublicityForm, RegistersForm
from dukao.site.ledger.models import DeadlineKind, RegisterTag, TaskState
from dukao.site.ledger.moments import AskedFor, reads_as_of
from dukao.site.ledger.queries.tasks import read_task
from dukao.site.ledger.queries.wording import RELATIONS
from dukao.site.ledger.setting import Deadline, set_deadline, set_publicity, set_registers
from dukao.site.people.access import Act, may, require
from dukao.site.people.asked import Asked
from dukao.site.refusals import Refused
from dukao.site.supervision.registers.queries import may_be_public

Save = Callable[[dict[str, Any]], object]


@require_safe
@reads_as_of
def task(request: AskedFor, task_id: int) -> HttpResponse:
    """One task: what was promised, who answers for it, its history."""
    require(request.viewer, Act.SEE_LEDGER)
    page = read_task(request.viewer, task_id, request.record_at, request.moment)
    is_now = request.as_of is None and page.state.status != "withdrawn"
    facts = {
        "page": page,
        "state": page.state,
        "task": page.state.task,
        "relation": RELATIONS.get(page.state.relation, ""),
        "may_set": is_now and may(request.viewer, Act.SET_TASK),
        "may_amend": is_now and may(request.viewer, Act.AMEND) and page.state.status == "issued",
        "may_review": may(request.viewer, Act.REVIEW),
        "may_cover": may(request.viewer, Act.SEE_COVERAGE),
        "sees_history": may(request.viewer, Act.SEE_DOCUMENTS),
    }
    return render(request, "ledger/task.html", facts)


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
        chosen = Publicity(said["publicity"])
        if chosen in (Publicity.PUBLIC, Publicity.ON_REQUEST) and not may_be_public(state.task):
            raise Refused(Refusal.NEVER_PUBLIC, status=422)
        return set_publicity(task_id, chosen, reason=said["reason"], by=request.viewer, at=request.moment)

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
