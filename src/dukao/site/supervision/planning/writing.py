"""The form of a plan through one request: prefill, switch its kind, save, send, and two texts that meet."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate

from dukao.progress.curves import curve_presets, expected_share, points_in
from dukao.progress.figures import say_share, say_value
from dukao.site.ledger.models import TaskState
from dukao.site.people.asked import Asked, read_number
from dukao.site.refusals import Refused
from dukao.site.supervision.models import ActionPlan, PlanKind
from dukao.site.supervision.planning.actions import PlanConflict, PlanLacks, save_plan, send_plan
from dukao.site.supervision.planning.forms import CURVED, OWN_CURVE, PlanForm
from dukao.site.supervision.planning.prefilling import (
    first_words,
    numbers_of,
    propose,
    switched,
    template_steps,
    words_of,
    written_steps,
)
from dukao.site.supervision.planning.proposing import Number, Proposal, propose_template, templates
from dukao.site.supervision.planning.queries import PlansOfTask
from dukao.site.supervision.planning.telling import Line, lines_of
from dukao.site.supervision.planning.words import PlanWords

_MONTHS = ((3, 31), (6, 30), (9, 30), (10, 31), (11, 30), (12, 31))
_MORE = 3


@dataclass(slots=True)
class Desk:
    """What one request to write a plan works with."""

    request: Asked
    state: TaskState
    plans: PlansOfTask
    numbers: list[Number]
    proposal: Proposal
    words: PlanWords
    version: int
    steps_written: bool
    details: tuple[str, ...] = ()
    theirs: ActionPlan | None = None

    @property
    def is_change(self) -> bool:
        """Whether a plan is in force that this one is to change."""
        return self.plans.in_force is not None

    def form(self, kind: PlanKind, data: Any = None, more: int = 0) -> PlanForm:
        """The form of a kind."""
        year = self.state.task.year
        return PlanForm(
            kind, self.numbers, data, words=self.words, year=year, is_change=self.is_change, more=more
        )


def write_plan(request: Asked, state: TaskState, plans: PlansOfTask) -> HttpResponse:
    """Answer a request to write a task's plan."""
    desk = _open(request, state, plans)
    if request.method != "POST":
        return _page(desk, desk.form(desk.words.kind))
    posted = request.POST
    kind = _kind(posted.get("kind", ""), desk.words.kind)
    if posted.get("version", "").isdecimal():
        desk.version = read_number(posted["version"])
    form = desk.form(kind, posted, _MORE if "more" in posted else 0)
    if not form.is_valid():
        return _page(desk, form, 422)
    desk.words = form.words(desk.words)
    if "more" in posted:
        return _page(desk, form)
    if "switch" in posted:
        today = localdate(request.moment)
        chosen = _kind(posted["switch"], kind)
        desk.words = switched(desk.words, chosen, state, desk.proposal, today)
        return _page(desk, desk.form(chosen))
    if posted.get("template") in templates():
        steps = template_steps(state, posted["template"], localdate(request.moment))
        desk.words = replace(desk.words, steps=steps)
        return _page(desk, desk.form(kind))
    if "save" not in posted and "submit" not in posted:
        return _page(desk, form, 422)
    return _save(desk, form)


def _open(request: Asked, state: TaskState, plans: PlansOfTask) -> Desk:
    """The desk with what is known: the plan in hand, the one in force, or what the record suggests."""
    numbers = numbers_of(state.task_id)
    known = plans.in_hand or plans.in_force
    steps = () if known else written_steps(state)
    proposal = propose(state, numbers, steps)
    words = words_of(known) if known else first_words(state, proposal, steps, localdate(request.moment))
    if known is not None and plans.in_hand is None:
        words = replace(words, change_why="")
    version = plans.in_hand.version if plans.in_hand else 0
    return Desk(request, state, plans, numbers, proposal, words, version, bool(steps))


def _save(desk: Desk, form: PlanForm) -> HttpResponse:
    """Save, and send where that was asked for; what is missing keeps the draft and says so."""
    by, at, task = desk.request.viewer, desk.request.moment, desk.state.task
    act = send_plan if "submit" in desk.request.POST else save_plan
    try:
        act(task.pk, desk.words, by=by, at=at, version=desk.version)
    except PlanConflict as conflict:
        desk.theirs, desk.version = conflict.plan, conflict.plan.version
        return _page(desk, form, conflict.status, conflict.sentence)
    except Refused as refused:
        if isinstance(refused, PlanLacks):
            desk.version = refused.plan.version
        desk.details = refused.details
        return _page(desk, form, refused.status, refused.sentence)
    if "submit" in desk.request.POST:
        messages.success(desk.request, f"{task.number} 的方案已报送，等督查室审核。审核以前可以收回修改。")
        return redirect("supervision:plan", task.pk)
    messages.success(desk.request, "已保存草稿，督查室还看不到；写好后点“报送督查室”。")
    return redirect("supervision:plan", task.pk)


def _page(desk: Desk, form: PlanForm, status: int = 200, refusal: str = "") -> HttpResponse:
    task = desk.state.task
    hand = desk.plans.in_hand
    facts = {
        "state": desk.state,
        "task": task,
        "form": form,
        "kind": form.kind,
        "kinds": PlanKind.choices,
        "proposal": desk.proposal,
        "is_proposed": form.kind == desk.proposal.kind,
        "templates": templates().values(),
        "proposed_template": propose_template(f"{desk.state.title}{desk.state.text}"),
        "steps_written": desk.steps_written,
        "curves": _curves(desk, form.kind) if form.kind in CURVED else (),
        "own_curve": OWN_CURVE,
        "curve_chosen": form["curve"].value() if form.kind in CURVED else "",
        "months": [f"{month}月底" for month, _ in _months(form.kind)],
        "version": desk.version,
        "is_change": desk.is_change,
        "in_force": desk.plans.in_force,
        "promised": [line for line in lines_of(desk.plans.in_force) if line.values]
        if desk.plans.in_force
        else [],
        "hand": hand,
        "refusal": refusal,
        "details": desk.details,
        "theirs": _their_lines(desk),
    }
    return render(desk.request, "supervision/planning/form.html", facts, status=status)


def _months(kind: PlanKind) -> tuple[tuple[int, int], ...]:
    """The months people look at: of what is published each quarter the last of each."""
    return tuple(one for one in _MONTHS if kind != PlanKind.STATISTIC or one[0] % 3 == 0)


def _curves(desk: Desk, kind: PlanKind) -> list[dict[str, Any]]:
    """Every preset with what it asks for by the ends of the months people look at, in the plan's own unit."""
    year = desk.state.task.year
    target, unit = desk.words.target, desk.words.unit_of_measure
    base = desk.words.base if kind == PlanKind.STOCK else 0.0
    found = []
    for code, preset in curve_presets().items():
        points = points_in(preset, year, desk.words.deadline)
        cells = []
        for month, day in _months(kind):
            share = expected_share(points, date(year, month, day), is_step=preset.is_step)
            said = ""
            if target is not None and base is not None:
                said = say_value(base + (target - base) * share, unit)
            cells.append((f"{month}月底", say_share(share), said))
        found.append({"code": code, "name": preset.name, "source": preset.source, "cells": cells})
    return found


def _their_lines(desk: Desk) -> list[Line]:
    """What the other person saved, where two met."""
    return [line for line in lines_of(desk.theirs) if line.values] if desk.theirs else []


def _kind(said: str, default: PlanKind) -> PlanKind:
    return PlanKind(said) if said in PlanKind.values else default
