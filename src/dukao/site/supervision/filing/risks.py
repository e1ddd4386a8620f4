"""How closely each task is watched when a round opens; nobody types it.

High: under an instruction or a notice that is not done with, a light that was yellow or red, a livelihood
item, an item of a list that is filed every month, a task past its year. Low: work that goes on all year
(常年工作), by its time limit or by a plan of quarterly summaries. Everything else is normal. What was found
is kept with the filing, with its reason.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from typing import NamedTuple

from dukao.presets.loading import load_entries
from dukao.progress.values import Judgement, Light
from dukao.site.ledger.models import DeadlineKind, TaskKind, TaskState
from dukao.site.supervision.models import Instruction, Notice, NoticeStage, PlanStep, Risk
from dukao.site.supervision.registers.queries import terms_of
from dukao.site.supervision.seeing.judging import judge_tasks

LightsByYear = Mapping[int, Mapping[int, Judgement]]
DaysLights = Callable[[], LightsByYear]


class Found(NamedTuple):
    """A risk and what it rests on, as the unit reads it."""

    risk: Risk
    why: str


_NORMAL = Found(Risk.NORMAL, "一般事项")
_STANDING = Found(Risk.LOW, "常年工作")


def risks_of(
    place_id: int, states: Iterable[TaskState], year: int, today: date, lit: LightsByYear
) -> dict[int, Found]:
    """The risk of each task on a day, in a dozen queries for any number; `states` with their tasks.

    `lit` are the lights of the day that are known already, by year; the others are judged.
    """
    known = {state.task_id: state for state in states}
    found: dict[int, Found] = {}
    standing = _standing_plans(known)
    asked = _listed(known)
    for task_id, state in known.items():
        goes_on = state.deadline_kind == DeadlineKind.ONGOING or task_id in standing
        found[task_id] = _STANDING if goes_on else _NORMAL
        if state.task.kind == TaskKind.LIVELIHOOD:
            found[task_id] = Found(Risk.HIGH, "民生实事")
        if task_id in asked:
            found[task_id] = asked[task_id]
        if state.task.year < year:
            found[task_id] = Found(Risk.HIGH, f"{state.task.year}年未办结")
    found |= _lit(known, today, lit)
    found |= _noticed(place_id, known)
    found |= _instructed(place_id, known)
    return found


def _listed(known: dict[int, TaskState]) -> dict[int, Found]:
    """The items of lists that say how often they are filed."""
    risks = {"month": Risk.HIGH, "quarter": Risk.LOW}
    items = [task_id for task_id, state in known.items() if state.task.kind == TaskKind.REGISTER]
    return {
        task_id: Found(risks[terms.filing], terms.name)
        for task_id, terms in terms_of(items).items()
        if terms.filing in risks
    }


def _lit(known: dict[int, TaskState], today: date, lit: LightsByYear) -> dict[int, Found]:
    """The tasks that are behind by the place's own rules."""
    years: dict[int, list[int]] = defaultdict(list)
    for task_id, state in known.items():
        years[state.task.year].append(task_id)
    lights: dict[int, Judgement] = {}
    for year, ids in years.items():
        seen = lit.get(year, {})
        lights |= {task_id: seen[task_id] for task_id in ids if task_id in seen}
        lights |= judge_tasks([task_id for task_id in ids if task_id not in seen], today, year)
    said = {Light.YELLOW: "进度亮黄灯", Light.RED: "进度亮红灯", Light.BLOCKED: "受阻"}
    return {
        task_id: Found(Risk.HIGH, said[judged.light])
        for task_id, judged in lights.items()
        if judged.light in said
    }


def _noticed(place_id: int, known: dict[int, TaskState]) -> dict[int, Found]:
    alive = Notice.objects.filter(
        place_id=place_id, stage__in=(NoticeStage.SENT, NoticeStage.ANSWERED), tasks__isnull=False
    )
    found = Found(Risk.HIGH, "督办单未办结")
    return {task: found for task in alive.values_list("tasks", flat=True).distinct() if task in known}


def _instructed(place_id: int, known: dict[int, TaskState]) -> dict[int, Found]:
    alive = Instruction.objects.filter(place_id=place_id, done_at__isnull=True)
    found = Found(Risk.HIGH, "批示未办结")
    return {task: found for task in alive.values_list("task_id", flat=True).distinct() if task in known}


def _standing_plans(known: dict[int, TaskState]) -> set[int]:
    """The tasks whose plan in force is made of the steps of standing work and no other."""
    steps = PlanStep.objects.filter(
        plan__task_id__in=known, plan__since__isnull=False, plan__until__isnull=True
    )
    names: dict[int, set[str]] = defaultdict(set)
    for task_id, name in steps.values_list("plan__task_id", "name"):
        names[task_id].add(name)
    return {task_id for task_id, own in names.items() if own <= _summaries()}


@cache
def _summaries() -> frozenset[str]:
    return frozenset(name for name, _ in load_entries("milestone-templates")["standing"]["steps"])
