"""Pages of instructions and decisions: what is open, overdue first; one with its steps; the acts on it."""

from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods

from dukao.progress.figures import say_day
from dukao.site.history.queries import tell_about
from dukao.site.ledger.access import visible_tasks
from dukao.site.ledger.models import Task
from dukao.site.ledger.views.paper_files import show_paper
from dukao.site.people.access import Act, Reach, Viewer, may, require
from dukao.site.people.asked import Asked
from dukao.site.people.models import Unit
from dukao.site.refusals import Refused
from dukao.site.supervision.access import units_of
from dukao.site.supervision.acting import ActPage, NoWords, Whereabouts, WordsForm, act_on, data_of, room
from dukao.site.supervision.choosing import asked_task, choose_task
from dukao.site.supervision.models import Instruction
from dukao.site.supervision.pressing import instructing, instruction_signing
from dukao.site.supervision.pressing.access import visible_instruction, visible_instructions
from dukao.site.supervision.pressing.errors import Refusal
from dukao.site.supervision.pressing.forms import InstructionForm, TieForm
from dukao.site.supervision.pressing.instruction_paper import (
    changed_since,
    instruction_number,
    name_of,
    paper_of_instruction,
    units_named,
)
from dukao.site.supervision.pressing.queries import open_first

_PAGE = 40


@require_GET
def instructions(request: Asked) -> HttpResponse:
    """What is to be followed up, overdue first; what is ended behind it."""
    require(request.viewer, Act.SEE_PRESS)
    today = localdate(request.moment)
    rows = open_first(visible_instructions(request.viewer), today)
    doers = instructing.doers_of(rows)
    open_ = [one for one in rows if one.is_open]
    over = [(one, doers[one.pk]) for one in rows if not one.is_open]
    facts = {
        "open": [(one, doers[one.pk]) for one in open_],
        "overdue": [one for one in open_ if one.is_overdue(today)],
        "page": Paginator(over, _PAGE).get_page(request.GET.get("page")),
        "today": today,
        "may_instruct": may(request.viewer, Act.INSTRUCT),
    }
    return render(request, "supervision/pressing/instructions.html", facts)


@require_GET
def instruction(request: Asked, instruction_id: int) -> HttpResponse:
    """One of them: words, day, steps, end."""
    require(request.viewer, Act.SEE_PRESS)
    found = visible_instruction(request.viewer, instruction_id)
    viewer, today = request.viewer, localdate(request.moment)
    followers = instructing.followers_of(found)
    is_office = may(viewer, Act.PRESS)
    now = list(Unit.objects.filter(pk__in=followers).values_list("name", flat=True))
    named = list(units_named(found)) if found.signed_at else now
    own = may(viewer, Act.FILE) and bool(units_of(viewer) & followers)
    facts = {
        "instruction": found,
        "steps": list(found.steps.select_related("unit", "said_by").order_by("-pk")),
        "units": named,
        "units_now": now if named != now else [],
        "paper_name": name_of(found),
        "number": instruction_number(found),
        "is_overdue": found.is_overdue(today),
        "may_follow": found.is_open and (is_office or own),
        "may_end": found.is_open and is_office,
        "may_tie": found.is_open and is_office and found.meeting_id is not None,
        "may_withdraw": found.is_open
        and (is_office if found.meeting_id else found.given_by_id == viewer.user_id),
        "may_amend": may(viewer, Act.AMEND),
        "sees_paper": found.signed_at is not None or viewer.reach is Reach.ALL,
        **_steps(found, viewer),
        "entries": tell_about("instruction", found.pk) if viewer.reach == "all" else (),
    }
    return render(request, "supervision/pressing/instruction.html", facts)


def _steps(found: Instruction, viewer: Viewer) -> dict[str, Any]:
    """Which step of its paper waits for this viewer, and what has changed since it was checked."""
    is_open = found.withdrawn_at is None and found.signed_at is None
    checks = may(viewer, Act.PRESS) or may(viewer, Act.SIGN)
    is_checked = found.checked_at is not None
    changed = changed_since(found) if is_open and is_checked else ()
    own = found.given_by_id == viewer.user_id
    return {
        "may_check": is_open and (not is_checked or bool(changed)) and checks and not own,
        "may_sign": is_open and is_checked and may(viewer, Act.SIGN),
        "changed": changed,
    }


@require_GET
def paper(request: Asked, instruction_id: int) -> HttpResponse:
    """批示督办通知, as a page, .docx or PDF; its draft is the office's alone."""
    require(request.viewer, Act.SEE_PRESS)
    found = visible_instruction(request.viewer, instruction_id)
    if found.signed_at is None and request.viewer.reach is not Reach.ALL:
        raise Http404
    made = paper_of_instruction(found)
    name = "议定事项" if found.meeting_id else "批示"
    facts = {
        "paper": made,
        "back": found.get_absolute_url(),
        "back_words": name,
        "crumb": room("instructions", "批示和议定事项"),
    }
    return show_paper(
        request, "supervision/pressing/paper.html", facts, lambda: made, f"{name_of(found)}{made.number}"
    )


@require_http_methods(["GET", "POST"])
def new(request: Asked) -> HttpResponse:
    """作出批示 on a task (`asked_task`)."""
    require(request.viewer, Act.INSTRUCT)
    state = asked_task(request)
    if state is None:
        return choose_task(request, "对哪一项任务作批示？", "作批示", room("instructions", "批示和议定事项"))
    page = ActPage(
        "批示",
        (f"{state.task.number} {state.text}", "牵头单位会收到，办理情况报到督查室，由督查室办结。"),
        "批示",
        reverse("supervision:instructions"),
        (
            room("instructions", "批示和议定事项"),
            (reverse("ledger:task", args=[state.task_id]), state.task.number or "任务"),
        ),
        "已批示，牵头单位可以看到。",
    )

    def act(said: dict[str, Any]) -> object:
        return instructing.give_instruction(
            state.task_id, said["words"], said["due"], by=request.viewer, at=request.moment
        )

    return act_on(request, page, InstructionForm(data_of(request)), act)


@require_http_methods(["GET", "POST"])
def check(request: Asked, instruction_id: int) -> HttpResponse:
    """核稿."""
    require(request.viewer, Act.SIGN, Act.PRESS)
    found = visible_instruction(request.viewer, instruction_id)
    asks = (*_said(found), "请核对：原文、承办单位、办理期限；核稿以后送签发。")
    page = _on(found).ask(
        f"核稿《{name_of(found)}》", asks, "核稿无误，送签发", "已核稿，等办公室负责人签发。"
    )
    act = instruction_signing.check_paper
    form = NoWords(data_of(request))
    return act_on(request, page, form, lambda _: act(found.pk, by=request.viewer, at=request.moment))


@require_http_methods(["GET", "POST"])
def sign(request: Asked, instruction_id: int) -> HttpResponse:
    """签发."""
    require(request.viewer, Act.SIGN)
    found = visible_instruction(request.viewer, instruction_id)
    changed = changed_since(found)
    follows = (*_said(found), "签发以后正式行文、落日期，承办单位可以看到、打印。")
    page = _on(found).ask(f"签发《{name_of(found)}》吗？", follows, "签发", "已签发，承办单位可以看到。")
    if changed:
        last = "签发的是核稿时的文稿；要按现在的发，请先重新核稿。"
        page = replace(page, warning=f"核稿以后有变：{'；'.join(changed)}。{last}")
    act = instruction_signing.sign_paper
    form = NoWords(data_of(request))
    return act_on(request, page, form, lambda _: act(found.pk, by=request.viewer, at=request.moment))


@require_http_methods(["GET", "POST"])
def follow(request: Asked, instruction_id: int) -> HttpResponse:
    """报落实情况."""
    require(request.viewer, Act.PRESS, Act.FILE)
    found = visible_instruction(request.viewer, instruction_id)
    page = _on(found).ask("报落实情况", _said(found), "报送", "已报送。")
    form = _words(request, "落实情况", "请写落实情况：督查室要知道办到哪一步。")
    return act_on(
        request,
        page,
        form,
        lambda said: instructing.follow_instruction(
            found.pk, said["words"], by=request.viewer, at=request.moment
        ),
    )


@require_http_methods(["GET", "POST"])
def end(request: Asked, instruction_id: int) -> HttpResponse:
    """办结."""
    require(request.viewer, Act.PRESS)
    found = visible_instruction(request.viewer, instruction_id)
    page = _on(found).ask("办结这件事吗？", (*_said(found), "办结以后不再列入督办。"), "办结", "已办结。")
    form = _words(request, "办结意见", "请写办结意见：领导要知道办成了什么。")
    return act_on(
        request,
        page,
        form,
        lambda said: instructing.end_instruction(
            found.pk, said["words"], by=request.viewer, at=request.moment
        ),
    )


@require_http_methods(["GET", "POST"])
def withdraw(request: Asked, instruction_id: int) -> HttpResponse:
    """收回."""
    require(request.viewer, Act.SEE_PRESS)
    found = visible_instruction(request.viewer, instruction_id)
    require(request.viewer, Act.PRESS if found.meeting_id else Act.INSTRUCT)
    page = _on(found).ask(
        "收回这件事吗？",
        (*_said(found), "承办单位不再办理；理由和原文留在历史记录里。"),
        "收回",
        "已收回。",
        is_danger=True,
    )
    form = _words(request, "收回理由", "请写收回理由：它会留在历史记录里。")
    return act_on(
        request,
        page,
        form,
        lambda said: instructing.withdraw_instruction(
            found.pk, said["words"], by=request.viewer, at=request.moment
        ),
    )


@require_http_methods(["GET", "POST"])
def tie(request: Asked, instruction_id: int) -> HttpResponse:
    """Tie a decision to the ledger's row."""
    require(request.viewer, Act.PRESS)
    found = visible_instruction(request.viewer, instruction_id)
    page = _on(found).ask("挂到台账的哪一项任务？", _said(found), "挂到任务", "已挂到任务。")

    def act(said: dict[str, Any]) -> object:
        task = task_by_number(request.viewer, said["number"])
        return instructing.tie_to_task(found.pk, task.pk, by=request.viewer, at=request.moment)

    return act_on(request, page, TieForm(data_of(request)), act)


def task_by_number(viewer: Viewer, number: str) -> Task:
    """The task of a number the viewer sees; refused with a sentence where there is none."""
    task = visible_tasks(viewer).filter(number="".join(number.split())).first()
    if task is None:
        raise Refused(Refusal.NO_SUCH_NUMBER, status=422, number=number)
    return task


def _said(found: Instruction) -> tuple[str, ...]:
    due: date | None = found.due
    return (f"“{found.words}”" + (f"（{say_day(due)}前）" if due else ""),)


def _on(found: Instruction) -> Whereabouts:
    back = reverse("supervision:instruction", args=[found.pk])
    name = "议定事项" if found.meeting_id else "批示"
    return Whereabouts(back, (room("instructions", "批示和议定事项"), (back, name)))


def _words(request: Asked, label: str, missing: str) -> forms.Form:
    return WordsForm(data_of(request), label=label, missing=missing)


def unit_by_name(viewer: Viewer, name: str, today: date) -> Unit:
    """The unit of a name in the viewer's place; refused with a sentence where there is none."""
    unit: Unit | None = (
        Unit.objects.on(today).filter(place_id=viewer.place_id, names__name=name.strip()).first()
    )
    if unit is None:
        raise Refused(Refusal.NO_SUCH_UNIT, status=422, name=name)
    return unit
