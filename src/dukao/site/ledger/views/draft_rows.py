"""Rows of a draft changed by hand: edited, parted, made one, added, withdrawn with a confirmation, undone."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST

from dukao.presets.loading import usual_reasons
from dukao.site.history.queries import entries_about
from dukao.site.ledger.access import visible_state
from dukao.site.ledger.duties import Duty, duties_of
from dukao.site.ledger.errors import Refusal
from dukao.site.ledger.forms.rows import AddForm, EditForm, RowFields
from dukao.site.ledger.locking import breakdown_of
from dukao.site.ledger.models import Heading, Placement, Role, TaskState
from dukao.site.ledger.queries.review import breakdown_for, units_known, words_promised
from dukao.site.ledger.queries.rows import leaders_on
from dukao.site.ledger.queries.workbook import say_duties
from dukao.site.ledger.review.parting import merge_rows, split_row
from dukao.site.ledger.review.redrafting import (
    RowForm,
    add_row,
    edit_row,
    fingerprint,
    restore_row,
    undo_edit,
    withdraw_row,
)
from dukao.site.ledger.review.settling import refuse_wrong_stage
from dukao.site.ledger.undoing import Undo
from dukao.site.ledger.views.review import LAST_EDIT, review_address
from dukao.site.ledger.workbooks.naming import Unknown, read_names
from dukao.site.people.access import Act, require
from dukao.site.people.asked import Asked, read_number
from dukao.site.refusals import Refused


@require_http_methods(["GET", "POST"])
def edit(request: Asked, task_id: int) -> HttpResponse:
    """Change a row by hand; who is too late sees both texts and decides."""
    state = _row_in_hand(request, task_id, "修改任务")
    posts = _posts(request)
    known = _said(state)
    form = EditForm(request.POST or None, initial=known, posts=posts)
    now: dict[str, Any] | None = None
    status = 200
    if request.method == "POST":
        status = 422
        try:
            if form.is_valid():
                row = _read_row(request, form, duties_of([task_id])[task_id])
                undo = edit_row(
                    task_id, row, seen=form.cleaned_data["seen"], by=request.viewer, at=request.moment
                )
                _keep_undo(request, state, undo, "已修改")
                return redirect(_back(request, state))
        except Unknown as unknown:
            form.add_error(None, str(unknown))
        except Refused as refused:
            status = refused.status
            if refused.code == Refusal.CHANGED_MEANWHILE:
                now = known | {"who": _last_hand(task_id)}
                mine = request.POST.copy()
                mine["seen"] = known["seen"]  # saved again, it is meant
                form = EditForm(mine, posts=posts)
            form.add_error(None, refused.sentence)
    facts = {
        "form": form,
        "state": state,
        "now": now,
        "back": _back(request, state),
        **_frame(request, state),
    }
    facts["promised"] = words_promised(state)
    return render(request, "ledger/review/edit.html", facts, status=status)


@require_POST
def undo(request: Asked, task_id: int) -> HttpResponse:
    """Take the last edit of this session back."""
    require(request.viewer, Act.REVIEW)
    state = visible_state(request.viewer, task_id)
    kept = request.session.get(LAST_EDIT) or {}
    if kept.get("task") == task_id:
        undo_edit(task_id, kept["undo"], by=request.viewer, at=request.moment)
        del request.session[LAST_EDIT]
        messages.success(request, "已撤销修改，恢复原来的写法。")
    return redirect(_back(request, state))


@require_POST
def split(request: Asked, task_id: int) -> HttpResponse:
    """Part a drafted row in two, where the button says or at the likeliest place."""
    require(request.viewer, Act.REVIEW)
    state = visible_state(request.viewer, task_id)
    cut = request.POST.get("cut")
    said, _, words = (cut or "").partition(" ")
    place = None if cut is None else read_number(said)
    undo = split_row(task_id, place, words, by=request.viewer, at=request.moment)
    _keep_undo(request, state, undo, "已拆成两项")
    return redirect(_back(request, state))


@require_POST
def merge(request: Asked, task_id: int) -> HttpResponse:
    """Make a drafted row and the one the page showed next one."""
    require(request.viewer, Act.REVIEW)
    state = visible_state(request.viewer, task_id)
    undo = merge_rows(task_id, read_number(request.POST.get("next")), by=request.viewer, at=request.moment)
    _keep_undo(request, state, undo, "已与下一项合并")
    return redirect(_back(request, state))


@require_http_methods(["GET", "POST"])
def add(request: Asked, breakdown_id: int) -> HttpResponse:
    """Add a row by hand."""
    breakdown = breakdown_for(request.viewer, breakdown_id)
    refuse_wrong_stage(breakdown, "增加任务")
    headings = Heading.objects.filter(breakdown=breakdown)
    choices = [(str(one.pk), f"{one.sign}、{one.title}") for one in headings]
    form = AddForm(request.POST or None, headings=choices)
    if request.method == "POST" and form.is_valid():
        try:
            row = _read_row(request, form, [])
            heading = int(form.cleaned_data["heading"])
            task = add_row(breakdown_id, heading, row, by=request.viewer, at=request.moment)
        except (Unknown, Refused) as said:
            form.add_error(None, said.sentence if isinstance(said, Refused) else str(said))
        else:
            messages.success(request, "已增加一项任务；不要的话，可以在它的“修改”页撤回。")
            return redirect(review_address(breakdown_id, "all", 0, f"task-{task.pk}"))
    facts = {"form": form, "breakdown": breakdown, "units": units_known(request.viewer)}
    status = 422 if form.errors else 200
    return render(request, "ledger/review/add.html", facts, status=status)


@require_http_methods(["GET", "POST"])
def withdraw(request: Asked, task_id: int) -> HttpResponse:
    """Take a row out of the draft, once it was said what follows and why."""
    state = _row_in_hand(request, task_id, "撤回任务")
    error = ""
    if request.method == "POST":
        try:
            withdraw_row(task_id, request.POST.get("why", ""), by=request.viewer, at=request.moment)
        except Refused as refused:
            if refused.status != 422:
                raise
            error = refused.sentence
        else:
            messages.success(request, "已撤回；它还在“全部”里，可以恢复。")
            return redirect(review_address(breakdown_of(state.task).pk, "all", 0, f"task-{task_id}"))
    facts = {"state": state, "error": error, "back": _back(request, state), **_frame(request, state)}
    facts["usual_reasons"] = usual_reasons()
    return render(request, "ledger/review/withdraw.html", facts, status=422 if error else 200)


@require_POST
def restore(request: Asked, task_id: int) -> HttpResponse:
    """Bring a withdrawn row back."""
    task = restore_row(task_id, by=request.viewer, at=request.moment)
    messages.success(request, "已恢复，关于它的待核对事项也一并恢复。")
    return redirect(review_address(breakdown_of(task).pk, "all", 0, f"task-{task_id}"))


def _keep_undo(request: Asked, state: TaskState, undo: Undo, done: str) -> None:
    """Remember what was done last, so that the next page can offer to take it back."""
    request.session[LAST_EDIT] = {
        "task": state.task_id,
        "breakdown": state.task.breakdown_id,
        "signs": _frame(request, state)["signs"],
        "undo": undo,
        "done": done,
    }


def _row_in_hand(request: Asked, task_id: int, act: str) -> TaskState:
    """A row of a draft that may still be changed by hand."""
    require(request.viewer, Act.REVIEW)
    state = visible_state(request.viewer, task_id)
    refuse_wrong_stage(breakdown_of(state.task), act)
    return state


def _said(state: TaskState) -> dict[str, Any]:
    """What a row says, as its form shows it."""
    duties = duties_of([state.task_id])[state.task_id]
    seats = Placement.objects.at(None).filter(task_id=state.task_id, post__isnull=False)
    return {
        "text": state.text,
        "remark": state.remark,
        "deadline_text": state.deadline_text,
        "deadline": state.deadline,
        "posts": [str(pk) for pk in seats.values_list("post_id", flat=True)],
        "seen": fingerprint(state.task_id),
        **{role.value: say_duties(duties, role) for role in Role},
    }


def _read_row(request: Asked, form: RowFields, current: list[Duty]) -> RowForm:
    """The form as the action wants it; raises Unknown where a name is nobody's."""
    names = read_names(request.viewer.place_id, (), localdate(request.moment))
    said = form.cleaned_data
    return RowForm(
        text=said["text"],
        duties=names.read_duties(form.cells(), current),
        posts=[int(pk) for pk in said.get("posts", ())],
        remark=said["remark"],
        deadline=said.get("deadline"),
        deadline_text=said.get("deadline_text", ""),
        deadline_kind=form.kind() if isinstance(form, EditForm) else "",
    )


def _posts(request: Asked) -> list[tuple[str, str]]:
    """The leaders a row may stand under."""
    leaders = leaders_on(request.viewer.place_id, None, request.moment)
    return [(str(pk), one.full) for pk, one in leaders.items()]


def _frame(request: Asked, state: TaskState) -> dict[str, Any]:
    seats = Placement.objects.at(None).filter(task_id=state.task_id).values_list("row", flat=True)
    return {
        "breakdown": state.task.breakdown,
        "task": state.task,
        "signs": "、".join(seats),
        "units": units_known(request.viewer),
    }


def _back(request: Asked, state: TaskState) -> str:
    show = request.GET.get("show", "all")
    return review_address(breakdown_of(state.task).pk, show, 0, f"task-{state.task_id}")


def _last_hand(task_id: int) -> str:
    """Who changed a task last."""
    entry = entries_about("task", task_id).first()
    return entry.actor_name if entry else "别人"
