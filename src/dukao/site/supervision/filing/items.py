"""An item of a unit's round with everything its liaison needs in hand, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from dukao.site.ledger.models import TaskMeasure, TaskState
from dukao.site.supervision.filing.actions import OPEN
from dukao.site.supervision.filing.effort import Effort, effort_of
from dukao.site.supervision.filing.evidence import RankedEvidence, Ranking, proofs_of, ranking_of
from dukao.site.supervision.filing.words import Words, previous_of_all, words_of
from dukao.site.supervision.models import (
    ActionPlan,
    Filing,
    FilingStage,
    FilingStep,
    PlanKind,
    PlanStep,
)
from dukao.site.supervision.planning.prefilling import as_numbers, propose_for
from dukao.site.supervision.registers.queries import spots_done


@dataclass(frozen=True, slots=True)
class Figure:
    """The number asked for: its name, its unit, and the target it goes towards."""

    indicator: str
    unit: str
    target: float | None
    kind: str

    def value_in(self, words: Words) -> float | None:
        """What words say of it: under its name, else in its unit; None where they do not."""
        named = words.values.get(self.indicator)
        alike = (value for value, unit in words.values.values() if unit == self.unit)
        return named[0] if named else next(alike, None)


@dataclass(frozen=True, slots=True)
class Said:
    """A filing as it reads: its words, and who said them when."""

    filing: Filing
    words: Words


@dataclass(frozen=True, slots=True)
class Item:
    """One task of a unit in a round."""

    filing: Filing
    state: TaskState
    plan: ActionPlan | None
    figure: Figure | None
    steps: tuple[PlanStep, ...]  # still to be done, the next first
    done: tuple[tuple[str, date], ...]
    now: Said
    last: Said | None
    parts: tuple[Said, ...]  # other units', said or not
    proofs: tuple[RankedEvidence, ...]
    ranking: Ranking
    # How many of its places (点位) were done by the end of the period, where they are what is counted.
    spots_done: int | None = None
    form: Any = None

    @property
    def may_write(self) -> bool:
        """Whether its unit can still write it."""
        return self.filing.stage in OPEN and self.filing.round.closed_at is None

    @property
    def counts_up(self) -> bool:
        """Whether its number is what came together since the year began: a count, or a year's amount."""
        if self.plan is None:
            return False
        return self.plan.is_amount or self.plan.kind == PlanKind.CUMULATIVE

    @property
    def is_filled(self) -> bool:
        """Whether the unit said something, and nothing more is asked of it now."""
        return self.filing.stage not in (FilingStage.EMPTY, FilingStage.RETURNED)

    @property
    def said_parts(self) -> list[Said]:
        """What other units filed for it."""
        return [one for one in self.parts if one.filing.stage != FilingStage.EMPTY]

    @property
    def silent_units(self) -> list[str]:
        """The other units that were asked and said nothing: their silence costs the lead nothing."""
        return [one.filing.unit.name for one in self.parts if one.filing.stage == FilingStage.EMPTY]

    @property
    def may_undo(self) -> bool:
        """Whether the last save can be taken back."""
        return self.may_write and self.filing.stage == FilingStage.DRAFT and self.filing.undo is not None

    @property
    def state_words(self) -> str:
        """How far it is, in words; a part goes to the lead unit as it is saved."""
        if not self.filing.is_lead and self.filing.stage == FilingStage.DRAFT:
            return "已提供给牵头单位"
        return str(FilingStage(self.filing.stage).label)

    @property
    def effort(self) -> Effort:
        """What it asks of its liaison."""
        return effort_of(
            has_figure=self.figure is not None, steps=len(self.steps), has_previous=self.last is not None
        )


def filings_to_show() -> QuerySet[Filing]:
    """Filings with what an item shows of them."""
    return Filing.objects.select_related(
        "round", "task", "unit", "saved_by", "confirmed_by", "ruled_by"
    ).prefetch_related("values", "steps")


def read_items(filings: Sequence[Filing], *, with_last: bool = True, with_others: bool = True) -> list[Item]:
    """The items of filings of one round (from `filings_to_show`), in the order of the breakdown.

    `with_last` asks for the words of the last period too, which what is filled in does not show;
    `with_others` for other units' parts and the evidence, which a form does without.
    """
    tasks = {one.task_id for one in filings}
    now = TaskState.objects.at(None).filter(task_id__in=tasks).select_related("task")
    states = {one.task_id: one for one in now}
    plans = {
        one.task_id: one
        for one in ActionPlan.objects.filter(
            task_id__in=tasks, since__isnull=False, until__isnull=True
        ).select_related("measure")
    }
    figures = _figures(states, plans)
    done = _steps_done(tasks)
    to_do = _steps_to_do(plans, done)
    last = previous_of_all(filings) if with_last else {}
    parts = _parts(filings) if with_others else {}
    proofs = proofs_of(filings, plans) if with_others else {}
    counted = _spots(filings, figures)
    items = [
        Item(
            filing=one,
            state=states[one.task_id],
            plan=plans.get(one.task_id),
            figure=figures.get(one.task_id),
            steps=tuple(to_do[one.task_id]),
            done=tuple(sorted(done[one.task_id].items(), key=lambda pair: pair[1])),
            now=Said(one, words_of(one)),
            last=_said(last.get(one.pk)),
            parts=tuple(parts.get(one.task_id, ())) if one.is_lead else (),
            proofs=tuple(proofs.get(one.pk, ())),
            ranking=ranking_of(plans[one.task_id].kind if one.task_id in plans else None),
            spots_done=counted.get(one.task_id) if one.is_lead else None,
        )
        for one in filings
        if one.task_id in states
    ]
    return sorted(items, key=lambda item: (not item.filing.is_lead, item.state.order, item.filing.pk))


def _said(filing: Filing | None) -> Said | None:
    return Said(filing, words_of(filing)) if filing else None


def _figures(states: Mapping[int, TaskState], plans: Mapping[int, ActionPlan]) -> dict[int, Figure]:
    """The number of each plan, named as the task names it.

    Without a plan the one a plan would be proposed for; none where no number can be the year's.
    """
    measures: dict[int, list[TaskMeasure]] = defaultdict(list)
    for measure in TaskMeasure.objects.at(None).filter(task_id__in=states).order_by("order", "id"):
        measures[measure.task_id].append(measure)
    found = {}
    for task, state in states.items():
        plan, own = plans.get(task), measures[task]
        if plan is None:
            number = propose_for(state, as_numbers(own)).number if own else None
            if number:
                found[task] = Figure(number.indicator or "完成数", number.unit, number.value, "")
        elif plan.kind != PlanKind.MILESTONES and plan.target is not None:
            alike = plan.measure or next((one for one in own if one.unit == plan.unit_of_measure), None)
            name = alike.indicator if alike and alike.indicator else "完成数"
            found[task] = Figure(name, plan.unit_of_measure, plan.target, plan.kind)
    return found


def _spots(filings: Sequence[Filing], figures: Mapping[int, Figure]) -> dict[int, int]:
    """The places done of each task whose number counts exactly its places, by the end of the period."""
    if not filings:
        return {}
    counted = [task for task, one in figures.items() if one.kind == PlanKind.CUMULATIVE]
    found = spots_done(counted, filings[0].round.period_end) if counted else {}
    return {task: done for task, (done, all_) in found.items() if all_ == figures[task].target}


def _steps_done(tasks: Iterable[int]) -> dict[int, dict[str, date]]:
    """The milestones taken as done, or said to be in a filing that is still on its way; first day counts."""
    rows = FilingStep.objects.filter(filing__task_id__in=tasks, filing__is_lead=True)
    rows = rows.filter(Q(filing__stage=FilingStage.ACCEPTED) | Q(filing__stage=FilingStage.CONFIRMED))
    done: dict[int, dict[str, date]] = defaultdict(dict)
    for task, name, day in rows.order_by("filing__round__period_end", "pk").values_list(
        "filing__task_id", "name", "done_on"
    ):
        done[task].setdefault(name, day)
    return done


def _steps_to_do(
    plans: Mapping[int, ActionPlan], done: Mapping[int, Mapping[str, date]]
) -> dict[int, list[PlanStep]]:
    of_plan = {plan.pk: task for task, plan in plans.items()}
    found: dict[int, list[PlanStep]] = defaultdict(list)
    for step in PlanStep.objects.filter(plan_id__in=of_plan).order_by("due", "order"):
        if step.name not in done[of_plan[step.plan_id]]:
            found[of_plan[step.plan_id]].append(step)
    return found


def _parts(filings: Sequence[Filing]) -> dict[int, list[Said]]:
    """What other units were asked for tasks led here, with what they filed."""
    led = {one.task_id for one in filings if one.is_lead}
    rows = (
        filings_to_show()
        .filter(round_id__in={one.round_id for one in filings}, task_id__in=led, is_lead=False)
        .exclude(stage=FilingStage.MOVED)
    )
    found: dict[int, list[Said]] = defaultdict(list)
    for one in rows.order_by("unit__order", "pk"):
        found[one.task_id].append(Said(one, words_of(one)))
    return found
