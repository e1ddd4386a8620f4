"""An item entered, amended, taken back; drafts put in force."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from dukao.site.ledger.access import visible_state
from dukao.site.ledger.models import Status
from dukao.site.ledger.queries.rows import leaders_on
from dukao.site.people.access import Act, may, require
from dukao.site.people.asked import Asked as Request
from dukao.site.people.asked import read_numbers
from dukao.site.refusals import Refused
from dukao.site.supervision.models import RegisterEntry
from dukao.site.supervision.registers.access import (
    Kept,
    kept_register,
    require_fill,
    stands_on,
)
from dukao.site.supervision.registers.entering import (
    change_item,
    enter_item,
    take_back_item,
    version_of,
    words_of,
)
from dukao.site.supervision.registers.errors import Refusal
from dukao.site.supervision.registers.forms import ItemForm, TakeBackForm, starting
from dukao.site.supervision.registers.issuing import issue_items
from dukao.site.supervision.registers.opening import say_step
from dukao.site.supervision.registers.parties import Names

_TEMPLATE = "supervision/registers/item.html"


@require_http_methods(["GET", "POST"])
def new(request: Request, code: str, year: int) -> HttpResponse:
    """Enter an item as a draft."""
    require(request.viewer, Act.KEEP_REGISTERS)
    kept = kept_register(request.viewer.place_id, code)
    if not kept.terms.is_own or not 1990 <= year <= 2100:
        raise Http404
    form = _form(request, kept, initial={})
    facts = {"kept": kept, "year": year, "form": form, "names": form.names.all, "steps": _say_steps(kept)}
    if request.method == "POST" and form.is_valid():
        asked, wrong = form.asked()
        try:
            _refuse(wrong)
            enter_item(code, asked, year, by=request.viewer, at=request.moment)
        except Refused as refused:
            return render(request, _TEMPLATE, facts | {"refused": refused}, status=refused.status)
        messages.success(request, "已登记为草稿：由督查室负责人立项以后，交办给牵头单位。")
        if "more" in request.POST:
            return redirect(request.path)
        return redirect("supervision:register", code, year)
    return render(request, _TEMPLATE, facts, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
def edit(request: Request, code: str, item_id: int) -> HttpResponse:
    """Amend an item: the office all of it, the lead unit its own columns."""
    is_office = require_fill(request.viewer, item_id)
    kept = kept_register(request.viewer.place_id, code)
    state = visible_state(request.viewer, item_id)
    entry = RegisterEntry.objects.at(None).filter(register_id=kept.pk, task_id=item_id).first()
    if not stands_on(kept, state, has_entry=entry is not None):
        raise Http404
    words = words_of(state) if kept.terms.is_own else None
    initial = starting(kept.terms, entry.values if entry else {}, words, version_of(state, entry))
    is_issued = state.status == Status.ISSUED
    form = _form(request, kept, initial=initial, is_office=is_office, is_issued=is_issued)
    facts: dict[str, Any] = {
        "kept": kept,
        "year": state.task.year,
        "state": state,
        "form": form,
        "names": form.names.all,
        "steps": _say_steps(kept),
        "may_take_back": may(request.viewer, Act.KEEP_REGISTERS) and state.status == Status.DRAFT,
    }
    if request.method == "POST" and form.is_valid():
        asked, wrong = form.asked()
        try:
            _refuse(wrong)
            change_item(code, item_id, asked, by=request.viewer, at=request.moment)
        except Refused as refused:
            facts["again"] = request.path if refused.code == Refusal.MEANWHILE else ""
            return render(request, _TEMPLATE, facts | {"refused": refused}, status=refused.status)
        messages.success(request, "已保存：原来的写法留在历史里。")
        return redirect("ledger:task", item_id)
    return render(request, _TEMPLATE, facts, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
def take_back(request: Request, code: str, item_id: int) -> HttpResponse:
    """Take a draft off the list, with why."""
    require(request.viewer, Act.KEEP_REGISTERS)
    kept = kept_register(request.viewer.place_id, code)
    state = visible_state(request.viewer, item_id)
    entries = RegisterEntry.objects.at(None).filter(register_id=kept.pk, task_id=item_id)
    if not stands_on(kept, state, has_entry=entries.exists()):
        raise Http404
    form = TakeBackForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            take_back_item(code, item_id, form.cleaned_data["why"], by=request.viewer, at=request.moment)
            messages.success(request, "已撤回这一项草稿，它不再列在清单里。")
            return redirect("supervision:register", code, state.task.year)
    facts = {"kept": kept, "state": state, "year": state.task.year, "form": form}
    return render(request, "supervision/registers/take_back.html", facts, status=status)


@require_POST
def issue(request: Request, code: str, year: int) -> HttpResponse:
    """立项并交办 what was chosen."""
    require(request.viewer, Act.SIGN)
    chosen = read_numbers(request.POST.getlist("item"))
    count = issue_items(code, chosen, by=request.viewer, at=request.moment)
    messages.success(request, f"已立项 {count} 项并交办给牵头单位：编号、步骤和时限从今天算起。")
    return redirect(reverse("supervision:register", args=[code, year]))


def _form(request: Request, kept: Kept, **facts: Any) -> ItemForm:
    return ItemForm(
        request.POST if request.method == "POST" else None,
        terms=kept.terms,
        names=Names(request.viewer.place_id),
        leaders=sorted(
            leaders_on(request.viewer.place_id, None, request.moment).values(), key=lambda one: one.order
        ),
        **facts,
    )


def _say_steps(kept: Kept) -> list[str]:
    return [say_step(one, kept.terms) for one in kept.terms.steps]


def _refuse(wrong: list[str]) -> None:
    """Refuse written names of units nobody goes by, together in one answer."""
    if wrong:
        raise Refused(Refusal.UNFIT, wrong, status=422)
