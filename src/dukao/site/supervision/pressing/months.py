"""Lights by month: which tasks are behind today, and for how many month-ends without a break."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from dukao.progress.values import Judgement, Light
from dukao.site.ledger.models import Responsibility, Role, Status, TaskState
from dukao.site.people.models import PARTNERS
from dukao.site.supervision.practice import practice_of
from dukao.site.supervision.pressing.ladder import Run
from dukao.site.supervision.seeing.judging import judge_tasks


@dataclass(frozen=True, slots=True)
class Behind:
    """A task that is behind today: its run up to the last month-end, and the judgement of that day."""

    run: Run
    as_of: date
    judged: Judgement


def years_pressed(place_id: int, today: date) -> list[int]:
    """The years whose tasks are pressed on a day: this one, and in January still the one before."""
    years = [today.year] if today.month > 1 else [today.year, today.year - 1]
    states = TaskState.objects.at(None).filter(task__place_id=place_id, status=Status.ISSUED)
    known = set(states.filter(task__year__in=years).values_list("task__year", flat=True).distinct())
    return [year for year in years if year in known]


def pressed_leads(place_id: int, year: int) -> dict[int, list[int]]:
    """The units that lead each issued task, partners left out; a task only partners lead has no line."""
    tasks = TaskState.objects.at(None).filter(task__place_id=place_id, task__year=year, status=Status.ISSUED)
    rows = (
        Responsibility.objects.at(None)
        .filter(Q(unit__isnull=False), task_id__in=tasks.values("task_id"), role=Role.LEAD)
        .exclude(unit__kind__in=PARTNERS)
        .order_by("task_id", "order")
        .values_list("task_id", "unit_id")
    )
    leads: dict[int, list[int]] = {}
    for task, unit in rows:
        leads.setdefault(task, []).append(unit)
    return {task: list(dict.fromkeys(units)) for task, units in leads.items()}


def month_ends(year: int, today: date) -> list[date]:
    """The ends of the year's months that are over on a day, the latest first."""
    ends = [date(year, month, monthrange(year, month)[1]) for month in range(12, 0, -1)]
    return [end for end in ends if end < today]


def behind_tasks(place_id: int, year: int, task_ids: Iterable[int], today: date) -> dict[int, Behind]:
    """The tasks behind both today and at the last month-end, with how long they have been.

    Each month is judged by the rules that held at its end; a blocked or unjudgeable month breaks a run. What
    was behind at the month's end but is not today is left out: nobody is pressed for what is mended.
    """
    ends = month_ends(year, today)
    judged = judge_tasks(task_ids, practice_of(place_id, today), year) if ends else {}
    active = [task for task, one in judged.items() if one.is_behind]
    last: dict[int, Judgement] = {}
    counts: dict[int, list[int]] = {}
    since: dict[int, date] = {}
    for end in ends:
        if not active:
            break
        then = judge_tasks(active, practice_of(place_id, end), year)
        active = [task for task in active if then[task].is_behind]
        for task in active:
            last.setdefault(task, then[task])
            behind, red = counts.get(task, [0, 0])
            # Red counts only while nothing but red lies between it and the last month-end.
            red += then[task].light is Light.RED and red == behind
            counts[task], since[task] = [behind + 1, red], end
    return {task: Behind(Run(f"{since[task]:%Y-%m}", *counts[task]), ends[0], last[task]) for task in counts}
