"""What the form of a plan begins with: the plan in hand, the one in force, or what the record suggests."""

from dataclasses import replace
from datetime import date
from typing import Any

from dukao.papers.figures import name_measure
from dukao.site.archive.models import Compilation
from dukao.site.ledger.models import Placement, TaskKind, TaskMeasure, TaskState
from dukao.site.statements import Lookup
from dukao.site.supervision.models import ActionPlan, PlanKind
from dukao.site.supervision.planning.proposing import (
    Number,
    Proposal,
    date_steps,
    for_kind,
    propose_kind,
    propose_template,
    templates,
)
from dukao.site.supervision.planning.words import PlanWords

_MEASURES = Lookup(TaskMeasure.objects.at(None), "task_id")


def numbers_of(task_id: int) -> list[Number]:
    """The numbers a task's record holds now, in their order."""
    return [
        Number(
            one.pk,
            name_measure(one),
            one.surface,
            one.value,
            one.unit,
            one.op,
            one.kind,
        )
        for one in _MEASURES.find(task_id)
    ]


def written_steps(state: TaskState) -> tuple[tuple[str, date], ...]:
    """The steps the breakdown's table wrote for a task (its columns of quarters), as they were read."""
    rows = set(Placement.objects.at(None).filter(task_id=state.task_id).values_list("row", flat=True))
    breakdown = state.task.breakdown
    compilation = Compilation.objects.filter(pk=breakdown.compilation_id).first() if breakdown else None
    if compilation is None:
        return ()
    items = [*compilation.result.get("tasks", ()), *compilation.result.get("livelihood", ())]
    found: dict[str, date] = {}
    for item in items:
        if item["id"] in rows:
            for step in item.get("milestones") or ():
                if step.get("date"):
                    found.setdefault(_name_step(step), date.fromisoformat(step["date"]))
    return tuple(sorted(found.items(), key=lambda one: one[1]))


def _name_step(step: dict[str, Any]) -> str:
    return str(step.get("step") or step["text"]).strip(" ，。；、")[:80]


def propose(state: TaskState, numbers: list[Number], steps: tuple[tuple[str, date], ...]) -> Proposal:
    """The kind of plan a task's record suggests."""
    is_livelihood = state.task.kind == TaskKind.LIVELIHOOD
    text = f"{state.title}{state.text}"
    return propose_kind(text, numbers, is_livelihood=is_livelihood, has_steps=bool(steps))


def first_words(
    state: TaskState, proposal: Proposal, steps: tuple[tuple[str, date], ...], today: date
) -> PlanWords:
    """A plan as the record suggests it, for the unit to confirm or to change."""
    words = PlanWords(
        proposal.kind,
        target=proposal.target,
        unit_of_measure=proposal.unit,
        curve=proposal.curve,
        delay=proposal.delay,
        deadline=state.deadline,
        measure_id=proposal.number.measure_id if proposal.number else None,
    )
    if proposal.kind == PlanKind.MILESTONES:
        return replace(words, steps=steps or template_steps(state, "", today))
    return words


def template_steps(state: TaskState, code: str, today: date) -> tuple[tuple[str, date], ...]:
    """The steps of a template for a task, with dates in its year; the one its words suggest for no code."""
    template = templates().get(code) or propose_template(f"{state.title}{state.text}")
    return date_steps(template, state.task.year, today, state.deadline)


def words_of(plan: ActionPlan) -> PlanWords:
    """What a plan says, to be written on."""
    return PlanWords(
        PlanKind(plan.kind),
        visible=plan.visible,
        actions=plan.actions,
        target=plan.target,
        unit_of_measure=plan.unit_of_measure,
        curve=plan.curve,
        delay=plan.delay,
        deadline=plan.deadline,
        points=tuple((one.day, one.share) for one in plan.points.all()),
        steps=tuple((one.name, one.due) for one in plan.steps.all()),
        members=tuple((one.name, one.duty) for one in plan.members.all()),
        change_why=plan.change_why,
        measure_id=plan.measure_id,
    )


def switched(
    words: PlanWords,
    kind: PlanKind,
    state: TaskState,
    proposal: Proposal,
    today: date,
) -> PlanWords:
    """The same words as a plan of another kind: what was written stays, what the kind needs is proposed."""
    if kind == words.kind:
        return words
    other = for_kind(kind, proposal)
    steps = words.steps
    if kind == PlanKind.MILESTONES and not steps:
        steps = template_steps(state, "", today)
    return replace(
        words,
        kind=kind,
        target=words.target if words.target is not None else other.target,
        unit_of_measure=words.unit_of_measure or other.unit,
        curve=words.curve or other.curve,
        delay=words.delay or other.delay,
        measure_id=words.measure_id or (other.number.measure_id if other.number else None),
        steps=steps,
    )
