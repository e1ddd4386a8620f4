"""The lasting numbers a breakdown is issued with: those of its tasks, and of a draft's rows."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import F

from dukao.site.ledger.models import Breakdown, Placement, Question, Status, Task, TaskKind, TaskState
from dukao.site.ledger.queries.papers import signs_in_order

# What of a question names rows; the words of tasks among its facts hold no signs.
_NAMING = ("rows", "message", "options", "proposal", "answer")
_LETTERS = {TaskKind.KEY: "重", TaskKind.LIVELIHOOD: "民"}


def number_tasks(breakdown: Breakdown) -> None:
    """重2024-001 … in the order of the paper, one count for each annex; a number once given stays."""
    for kind, letter in _LETTERS.items():
        taken = Task.objects.filter(
            place=breakdown.place, year=breakdown.year, kind=kind, number__isnull=False
        ).count()
        states = TaskState.objects.at(None).filter(
            task__breakdown=breakdown, status=Status.DRAFT, task__kind=kind
        )
        tasks = [state.task for state in states.select_related("task").order_by(F("order"))]
        for at, task in enumerate((task for task in tasks if not task.number), taken + 1):
            task.number = f"{letter}{breakdown.year}-{at:03d}"
        Task.objects.bulk_update(tasks, ["number"])


def number_rows(breakdown: Breakdown, at: datetime) -> None:
    """Call the rows of a draft as its notice numbers them; what was asked and answered about a row goes with
    it. A row that was withdrawn gives its number up to another, and is called so where it was asked about.

    A breakdown that was read keeps the numbers it is written with.
    """
    if not breakdown.is_drafted:
        return
    signs = signs_in_order(breakdown, None)
    own = Placement.objects.at(None).filter(task__breakdown=breakdown)
    seats = [one for one in own.filter(pk__in=signs) if one.row != signs[one.pk]]
    names = {one.row: signs[one.pk] for one in seats}
    gone = own.filter(row__in=set(names.values()) - names.keys()).exclude(pk__in=signs)
    names |= {one.row: f"{one.row}（已撤回）" for one in gone}
    if not names:
        return
    _reseat([*seats, *gone], names, at)
    questions = list(Question.objects.filter(breakdown=breakdown))
    for question in questions:
        for field in _NAMING:
            setattr(question, field, _call_anew(getattr(question, field), names))
    Question.objects.bulk_update(questions, _NAMING)


def _reseat(seats: Sequence[Placement], names: Mapping[str, str], at: datetime) -> None:
    """End how rows were placed and place them under their last signs."""
    Placement.objects.filter(pk__in=[one.pk for one in seats]).update(until=at)
    Placement.objects.bulk_create(
        Placement(
            task_id=one.task_id,
            heading_id=one.heading_id,
            post_id=one.post_id,
            row=names[one.row],
            order=one.order,
            since=at,
        )
        for one in seats
    )


def _call_anew(said: Any, names: Mapping[str, str]) -> Any:
    """A value with the rows it names called by their last signs; words in quotes are others' and stay."""
    if isinstance(said, dict):
        return {names.get(key, key): _call_anew(value, names) for key, value in said.items()}
    if isinstance(said, list):
        return [_call_anew(one, names) for one in said]
    if not isinstance(said, str) or said in names:
        return names.get(said, said) if isinstance(said, str) else said
    signs = "|".join(map(re.escape, names))
    pattern = rf"“[^”]*”|(?<![\w-])(?:{signs})(?![\d-])"
    return re.sub(pattern, lambda found: names.get(found.group(), found.group()), said)
