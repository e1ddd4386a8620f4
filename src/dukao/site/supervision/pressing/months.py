"""Lights by month: which tasks are behind today, and for how many month-ends without a break."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from dukao.progress.periods import month_ends
from dukao.progress.values import Judgement, Light
from dukao.site.history.readings import reading_the_past
from dukao.site.ledger.models import Responsibility, Role, Status, TaskState
from dukao.site.people.models import PARTNERS
from dukao.site.supervision.pressing.ladder import Run
from dukao.site.supervision.seeing.extent import Extent
from dukao.site.supervision.seeing.judging import judge_only_progress


@dataclass(frozen=True, slots=True)
class Behind:
    """A task that is behind today: its run up to the last month-end, its light of that day and why."""

    run: Run
    as_of: date
    light: Light
    reason: str


Noted = Mapping[tuple[int, date], Behind]  # (task, month-end) → what a paper drafted since says of it


def years_pressed(place_id: int, today: date) -> list[int]:
    """The years whose tasks are pressed on a day: this one, and in January still the one before."""
    years = [today.year] if today.month > 1 else [today.year, today.year - 1]
    states = TaskState.objects.at(None).filter(task__place_id=place_id, status=Status.ISSUED)
    known = set(states.filter(task__year__in=years).values_list("task__year", flat=True).distinct())
    return [year for year in years if year in known]


def pressed_leads(place_id: int, year: int, among: Collection[int] | None = None) -> dict[int, list[int]]:
    """The units that lead each issued task, partners left out; a task only partners lead has no line.

    `among` are those that are asked about; None: all of the year.
    """
    tasks = TaskState.objects.at(None).filter(task__place_id=place_id, task__year=year, status=Status.ISSUED)
    if among is not None:
        tasks = tasks.filter(task_id__in=among)
    duties = Responsibility.objects.at(None).filter(
        task_id__in=tasks.values("task_id"), role=Role.LEAD, unit__isnull=False
    )
    leads: dict[int, list[int]] = {}
    rows = duties.order_by("task_id", "order").values_list("task_id", "unit_id", "unit__kind")
    for task, unit, kind in rows:
        if kind not in PARTNERS:
            leads.setdefault(task, []).append(unit)
    return {task: list(dict.fromkeys(units)) for task, units in leads.items()}


def lights_today(place_id: int, today: date) -> dict[int, dict[int, Judgement]]:
    """The progress of every task that is pressed on a day, by its year."""
    years = years_pressed(place_id, today)
    return {year: _judge(place_id, year, pressed_leads(place_id, year), today) for year in years}


def _judge(place_id: int, year: int, tasks: Iterable[int], day: date) -> dict[int, Judgement]:
    """The progress of tasks of a place and year at the end of a day."""
    return judge_only_progress([Extent(place_id, year, frozenset(tasks))], day)


def behind_tasks(
    place_id: int, year: int, lights: Mapping[int, Judgement], noted: Noted, today: date
) -> dict[int, Behind]:
    """The tasks behind both today (`lights`) and at the last month-end, with how long they have been.

    Each month is judged by the rules that held at its end; a blocked or unjudgeable month breaks a run. What
    was behind at the month's end but is not today is left out: nobody is pressed for what is mended. A month
    judged again says what it said before, so that from one that a paper has `noted` on nothing is asked anew.
    """
    ends = month_ends(year, today)
    active = [task for task, one in lights.items() if one.is_behind] if ends else []
    walked: dict[int, Behind] = {}
    found: dict[int, Behind] = {}
    with reading_the_past():
        for end in ends:
            known = {task: noted[task, end] for task in active if (task, end) in noted}
            found |= {task: _join(walked.pop(task, None), one) for task, one in known.items()}
            active = [task for task in active if task not in known]
            if not active:
                break
            then = _judge(place_id, year, active, end)
            active = [task for task in active if then[task].is_behind]
            for task in active:
                walked[task] = _join(walked.get(task), _one_month(end, then[task]))
    found |= walked
    return {task: found[task] for task in lights if task in found}


def _one_month(end: date, judged: Judgement) -> Behind:
    red = int(judged.light is Light.RED)
    return Behind(Run(f"{end:%Y-%m}", 1, red), end, judged.light, judged.reason)


def _join(later: Behind | None, earlier: Behind) -> Behind:
    """A run with the months before it; red counts only while nothing but red lies after it."""
    if later is None:
        return earlier
    run, before = later.run, earlier.run
    red = run.red + (before.red if run.red == run.behind else 0)
    return replace(later, run=Run(before.since, run.behind + before.behind, red))
