"""What the review reads of the tasks of a draft, kept for as long as history says it holds."""

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q

from dukao.papers.marks import Mark, Token, set_marks, trim_marks
from dukao.site.history.readings import Bounds, Keeper
from dukao.site.ledger.models import Breakdown, Responsibility, Task, TaskMeasure, TaskState
from dukao.site.ledger.queries.rows import Seat, read_seats
from dukao.site.ledger.queries.wording import Figure, say_measure
from dukao.site.people.queries import code_of


class Duty(NamedTuple):
    """A unit's or group's part in a task: its name, and how it is written with its office and its scope."""

    role: str
    basis: str
    name: str
    written: str


class Said(NamedTuple):
    """What a task says now, with the fields of a state that the desk shows."""

    task_id: int
    kind: str
    status: str
    order: int
    title: str
    text: str
    project: str
    remark: str
    deadline_text: str
    deadline: date | None
    relation: str
    source_spans: list[tuple[int, int]]
    differences: list[dict[str, Any]]


class Laid(NamedTuple):
    """A task as it lies on the desk: its words, where it stands, who has which part, its numbers."""

    said: Said
    seats: tuple[Seat, ...]
    duties: tuple[Duty, ...]
    figures: tuple[Figure, ...]
    tokens: tuple[Token, ...]


_LAID = Keeper[Laid](aside=frozenset({"filing", "evidence"}))


def read_laid(breakdown: Breakdown) -> dict[int, Laid]:
    """Each task of a draft, by its id, in the order of the table."""
    ids = frozenset(Task.objects.filter(breakdown=breakdown).values_list("pk", flat=True))
    of_draft = Q(task__breakdown=breakdown)
    laid = _LAID.ask(
        breakdown.pk, ids, None, lambda _: _lay(of_draft), lambda: Bounds(code_of(breakdown.place_id))
    )
    return dict(sorted(laid.items(), key=lambda one: (one[1].said.order, one[0])))


def set_words(text: str, numbers: Iterable[str], readings: Iterable[str]) -> tuple[Token, ...]:
    """A text with its numbers and what differs from the report marked, both as they are written there."""
    marks = [Mark(*place, "measure", "measure") for one in numbers if (place := _find(text, one))]
    marks += [Mark(*place, "difference", "differs") for one in readings if (place := _find(text, one))]
    return tuple(set_marks(text, 0, len(text), trim_marks(text, marks, 0, len(text))))


def _lay(of_draft: Q) -> dict[int, Laid]:
    fields = ("task__kind" if name == "kind" else name for name in Said._fields)
    states = TaskState.objects.at(None).filter(of_draft).order_by().values_list(*fields)
    seats, duties = read_seats(of_draft, None), _read_duties(of_draft)
    measures: defaultdict[int, list[TaskMeasure]] = defaultdict(list)
    for measure in TaskMeasure.objects.at(None).filter(of_draft):
        measures[measure.task_id].append(measure)
    return {
        said.task_id: Laid(
            said,
            tuple(seats[said.task_id]),
            tuple(duties[said.task_id]),
            tuple(map(say_measure, measures[said.task_id])),
            set_words(
                said.text,
                (one.surface for one in measures[said.task_id]),
                (one["breakdown"] for one in said.differences),
            ),
        )
        for said in map(Said._make, states)
    }


def _read_duties(bound: Q) -> defaultdict[int, list[Duty]]:
    """Who has which part in each of the tasks now."""
    found: defaultdict[int, list[Duty]] = defaultdict(list)
    duties = Responsibility.objects.at(None).filter(bound)
    fields = ("task_id", "role", "basis", "unit__name", "group__name", "office", "scope")
    for task_id, role, basis, unit, group, office, scope in duties.values_list(*fields):
        name = unit or group
        part = f"{f'（{office}）' if office else ''}{f'〔{scope}〕' if scope else ''}"
        found[task_id].append(Duty(role, basis, name, f"{name}{part}"))
    return found


def _find(text: str, words: str) -> tuple[int, int] | None:
    """Where words stand in a text, whatever spaces are between their letters."""
    letters = [re.escape(letter) for letter in words if not letter.isspace()]
    found = re.search(r"\s*".join(letters), text) if letters else None
    return found.span() if found else None
