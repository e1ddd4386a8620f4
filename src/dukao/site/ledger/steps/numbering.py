"""The lasting numbers a breakdown is issued with: those of its tasks, and of a draft's rows."""

from datetime import datetime

from django.db.models import F

from dukao.site.ledger.models import Breakdown, Placement, Question, Status, Task, TaskKind, TaskState
from dukao.site.ledger.queries.papers import signs_in_order

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
    """Call the rows of a draft as its notice numbers them; what was asked about a row goes with it.

    A breakdown that was read keeps the numbers it is written with.
    """
    if not breakdown.is_drafted:
        return
    signs = signs_in_order(breakdown, None)
    seats = [one for one in Placement.objects.at(None).filter(pk__in=signs) if one.row != signs[one.pk]]
    renamed = {one.row: signs[one.pk] for one in seats}
    gone = set(renamed.values()) - renamed.keys()
    Placement.objects.filter(pk__in=[one.pk for one in seats]).update(until=at)
    Placement.objects.bulk_create(
        Placement(
            task_id=one.task_id,
            heading_id=one.heading_id,
            post_id=one.post_id,
            row=signs[one.pk],
            order=one.order,
            since=at,
        )
        for one in seats
    )
    questions = list(Question.objects.filter(breakdown=breakdown))
    for question in questions:
        question.rows = [_renamed(row, renamed, gone) for row in question.rows]
    Question.objects.bulk_update(questions, ["rows"])


def _renamed(row: str, renamed: dict[str, str], gone: set[str]) -> str:
    """The last number of a row; one that was withdrawn gives its number up to another."""
    return renamed.get(row, f"{row}（已撤回）" if row in gone else row)
