"""The numbers a year's tasks promise, each with its unit, comparison, year, task and source."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from dukao.site.ledger.access import on_the_ledger, visible_states
from dukao.site.ledger.models import TaskMeasure
from dukao.site.ledger.queries.wording import MEASURE_KINDS, Figure, say_measure
from dukao.site.people.access import Viewer


class MeasureLine(NamedTuple):
    """One number with the task it stands in."""

    figure: Figure
    task_id: int
    number: str
    task_kind: str
    text: str
    section: str
    measure: TaskMeasure


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a filter with how many numbers it leaves."""

    value: str
    label: str
    count: int
    is_on: bool


@dataclass(frozen=True, slots=True)
class MeasuresPage:
    """The numbers under what was chosen, and what can be chosen."""

    year: int
    lines: tuple[MeasureLine, ...]
    total: int
    tasks: int
    kinds: tuple[Option, ...]
    units: tuple[Option, ...]
    kind: str
    unit: str


def read_measures(
    viewer: Viewer, year: int, moment: datetime | None, *, kind: str = "", unit: str = ""
) -> MeasuresPage:
    """The numbers of a year that a viewer sees at `moment`, of one kind or unit where asked."""
    states = on_the_ledger(visible_states(viewer, moment)).filter(task__year=year)
    fields = ("task_id", "task__number", "task__kind", "text", "section", "order")
    tasks = {one[0]: one for one in states.values_list(*fields)}
    measures = TaskMeasure.objects.at(moment).filter(task__place_id=viewer.place_id, task__year=year)
    every = [one for one in measures if one.task_id in tasks]
    every.sort(key=lambda one: (tasks[one.task_id][5], one.order, one.pk))
    lines = tuple(
        MeasureLine(say_measure(one), one.task_id, number or "草稿", task_kind, text, section, one)
        for one, (_, number, task_kind, text, section, _) in ((one, tasks[one.task_id]) for one in every)
        if (not kind or one.kind == kind) and (not unit or one.unit == unit)
    )
    kinds = Counter(one.kind for one in every if not unit or one.unit == unit)
    units = Counter(one.unit for one in every if not kind or one.kind == kind)
    return MeasuresPage(
        year,
        lines,
        len(every),
        len({line.task_id for line in lines}),
        tuple(Option(v, MEASURE_KINDS.get(v, v), n, v == kind) for v, n in kinds.most_common()),
        tuple(Option(v, v, n, v == unit) for v, n in units.most_common() if v),
        kind,
        unit,
    )
