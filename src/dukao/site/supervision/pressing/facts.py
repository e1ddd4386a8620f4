"""What a notice rests on, kept with it as it was on the day it was drafted."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from dukao.progress.values import Judgement, Light
from dukao.site.ledger.models import Task, TaskState
from dukao.site.supervision.pressing.ladder import Run
from dukao.site.supervision.pressing.months import Behind
from dukao.site.supervision.seeing.judging import judge_tasks

Fact = dict[str, Any]


def facts_of_runs(runs: Mapping[int, Behind], states: Mapping[int, TaskState]) -> list[Fact]:
    """A line for each task that is behind: its words, its light at the month's end, the reason, how long.

    `states` are what the tasks say now (`states_now`), and may hold others.
    """
    lines = []
    for task, one in runs.items():
        line = _line(states[task])
        line |= {
            "light": one.light.value,
            "reason": one.reason,
            "as_of": one.as_of.isoformat(),
            "since": one.run.since,
            "months": one.run.behind,
            "red_months": one.run.red,
        }
        lines.append(line)
    return sorted(lines, key=lambda line: line["order"])


def noted_in(facts: Iterable[Fact]) -> dict[tuple[int, date], Behind]:
    """What the lines of a paper say of runs of lights: (task, month-end) → the run up to it."""
    noted = {}
    for line in facts:
        if "months" in line:
            end = date.fromisoformat(line["as_of"])
            run = Run(line["since"], line["months"], line["red_months"])
            noted[line["task"], end] = Behind(run, end, Light(line["light"]), line["reason"])
    return noted


def facts_of_day(tasks: Iterable[int], today: date) -> list[Fact]:
    """The same of tasks chosen by hand: their light of the day."""
    states = states_now(tasks)
    by_year: dict[int, list[int]] = {}
    for state in states.values():
        by_year.setdefault(state.task.year, []).append(state.task_id)
    judged: dict[int, Judgement] = {}
    for year, ids in by_year.items():
        judged |= judge_tasks(ids, today, year)
    lines = []
    for task, state in states.items():
        line = _line(state) | {"as_of": today.isoformat(), "since": f"{today:%Y-%m}"}
        line |= {"light": judged[task].light.value, "reason": judged[task].reason}
        lines.append(line)
    return sorted(lines, key=lambda line: line["order"])


def facts_for_letter(tasks: Iterable[int], parts: dict[int, str], today: date) -> list[Fact]:
    """What a partner is asked for: the tasks and its part in them; no light stands beside them."""
    states = states_now(tasks)
    lines = [
        _line(state) | {"part": parts.get(task, ""), "remark": state.remark, "as_of": today.isoformat()}
        for task, state in states.items()
    ]
    return sorted(lines, key=lambda line: line["order"])


def states_now(tasks: Iterable[int]) -> dict[int, TaskState]:
    """What tasks say now, each with its task: one query."""
    rows = TaskState.objects.at(None).filter(task_id__in=list(tasks)).select_related("task")
    return {state.task_id: state for state in rows}


def _line(state: TaskState) -> Fact:
    task: Task = state.task
    return {
        "task": state.task_id,
        "number": task.number or "",
        "words": f"{state.project}：{state.text}" if state.project else state.text,
        "deadline": state.deadline_text,
        "order": state.order,
    }
