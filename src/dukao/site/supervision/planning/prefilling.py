"""What the form of a plan begins with: the plan in hand, the one in force, or what the record suggests."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef

from dukao.papers.figures import name_measure
from dukao.progress.figures import say_month_day
from dukao.site.archive.models import Compilation
from dukao.site.ledger.models import Placement, TaskKind, TaskMeasure, TaskState
from dukao.site.statements import Lookup
from dukao.site.supervision.models import ActionPlan, FilingStage, FilingValue, PlanKind
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
    return as_numbers(_MEASURES.find(task_id))


def as_numbers(measures: Iterable[Any]) -> list[Number]:
    """Measures of the record as a plan is proposed by."""
    return [
        Number(
            one.pk,
            name_measure(one),
            one.surface,
            one.value,
            one.unit,
            one.op,
            one.kind,
            one.indicator,
        )
        for one in measures
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
    """The kind of plan a task's record suggests, with what its number was by last year's record."""
    proposal = propose_for(state, numbers, has_steps=bool(steps))
    if proposal.number is None or proposal.base is not None:
        return proposal
    return _begin_with_last_year(state, proposal, proposal.number)


def propose_for(state: TaskState, numbers: Sequence[Number], *, has_steps: bool = False) -> Proposal:
    """The kind of plan a task's words and numbers alone suggest."""
    is_livelihood = state.task.kind == TaskKind.LIVELIHOOD
    text = f"{state.title}{state.text}"
    return propose_kind(text, numbers, is_livelihood=is_livelihood, has_steps=has_steps)


def tasks_with_number(task_ids: Collection[int]) -> set[int]:
    """The tasks whose words and numbers a plan with a number would be proposed for: two queries."""
    measures: dict[int, list[Any]] = {}
    for one in TaskMeasure.objects.at(None).filter(task_id__in=task_ids).order_by("order", "id"):
        measures.setdefault(one.task_id, []).append(one)
    states = TaskState.objects.at(None).filter(task_id__in=measures).select_related("task")
    return {one.task_id for one in states if propose_for(one, as_numbers(measures[one.task_id])).number}


def _begin_with_last_year(state: TaskState, proposal: Proposal, number: Number) -> Proposal:
    """The last figure under the same name that was taken for one task of the year before; for two none.

    What a year's plan counts from nothing is not what stands at its end: only of a stock or a level it is.
    """
    last = state.task.year - 1
    standing = ActionPlan.objects.filter(
        task_id=OuterRef("filing__task_id"),
        kind__in=(PlanKind.STOCK, PlanKind.LEVEL),
        since__isnull=False,
        until__isnull=True,
    )
    taken = FilingValue.objects.filter(
        Exists(standing),
        filing__task__place_id=state.task.place_id,
        filing__task__year=last,
        filing__is_lead=True,
        filing__stage=FilingStage.ACCEPTED,
        filing__true_on__year=last,
        indicator=number.indicator,
        unit=number.unit,
    )
    rows = taken.order_by("-filing__true_on", "-filing__ruled_at", "-pk")
    found = list(rows.values_list("filing__task_id", "filing__task__number", "value", "filing__true_on"))
    if not number.indicator or len({task for task, *_ in found}) != 1:
        return proposal
    _, name, value, day = found[0]
    assert day is not None  # all are of a day of last year
    return replace(proposal, base=value, base_why=f"去年{name or ''}截至{say_month_day(day)}的数")


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
        base=proposal.base if proposal.kind == PlanKind.STOCK else None,
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
        base=plan.base,
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
        curve=other.curve if PlanKind.STATISTIC in (kind, words.kind) else words.curve or other.curve,
        base=(words.base if words.base is not None else other.base) if kind == PlanKind.STOCK else None,
        delay=words.delay or other.delay,
        measure_id=words.measure_id or (other.number.measure_id if other.number else None),
        steps=steps,
    )
