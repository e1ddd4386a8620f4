"""A task of a list the place keeps beside the breakdown: written as a draft, reworded, put in force, dropped.

Each is part of an action of the room that keeps the list; that action locks, checks and records.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count

from dukao.report.compiler import read_plan_measures
from dukao.site.archive.models import Publicity
from dukao.site.ledger.duties import Duty, reassign
from dukao.site.ledger.models import DeadlineKind, Placement, Status, Task, TaskKind, TaskState
from dukao.site.ledger.recording import restate
from dukao.site.ledger.review.proposing import write_measures
from dukao.site.ledger.rewording import reword
from dukao.site.ledger.search import fold

BASIS = "act"  # who answers was decided when the item was entered, by no breakdown


@dataclass(frozen=True, slots=True)
class ItemWords:
    """What an item says as a task: its words, who answers, the post that leads it, its own limit."""

    text: str
    duties: Sequence[Duty]
    post_id: int | None = None
    deadline: date | None = None
    remark: str = ""


def write_item(
    place_id: int, year: int, words: ItemWords, at: datetime, *, withheld: str = "", order: int = 0
) -> Task:
    """A draft of an item; `withheld` is why nobody outside may read it, empty where that is still open."""
    task = Task.objects.create(place_id=place_id, year=year, kind=TaskKind.REGISTER)
    TaskState.objects.create(
        task=task,
        since=at,
        order=order,
        text=words.text,
        remark=words.remark,
        deadline=words.deadline,
        deadline_text=f"{words.deadline:%Y-%m-%d}" if words.deadline else "",
        deadline_kind=DeadlineKind.BY if words.deadline else "",
        publicity=Publicity.WITHHELD if withheld else Publicity.INTERNAL,
        publicity_reason=withheld,
        search=fold(words.text, words.remark),
    )
    reassign(task.pk, words.duties, at, basis=BASIS)
    _seat(task.pk, words.post_id, order, at)
    measures = read_plan_measures(words.text, 0, len(words.text), year, count(1))
    write_measures([(task, tuple(measures))], at)
    return task


def reword_item(state: TaskState, words: ItemWords, at: datetime) -> TaskState:
    """Let an item say other words from `at` on, another unit answer, or another post lead it."""
    changes = {
        "remark": words.remark,
        "deadline": words.deadline,
        "deadline_text": f"{words.deadline:%Y-%m-%d}" if words.deadline else "",
        "deadline_kind": DeadlineKind.BY if words.deadline else "",
    }
    if state.text != words.text:
        state = reword(state, words.text, at, **changes)
    elif any(getattr(state, name) != value for name, value in changes.items()):
        state = restate(state, at, **changes)
    reassign(state.task_id, words.duties, at, basis=BASIS)
    _seat(state.task_id, words.post_id, state.order, at)
    return state


def issue_item(state: TaskState, number: str, at: datetime) -> TaskState:
    """立项: from a draft to a task in force with its lasting number."""
    Task.objects.filter(pk=state.task_id).update(number=number)
    return restate(state, at, status=Status.ISSUED)


def drop_item(state: TaskState, at: datetime) -> TaskState:
    """Take a draft back; it stays to be read by the office."""
    return restate(state, at, status=Status.WITHDRAWN)


def post_of(task_id: int) -> int | None:
    """The post that leads an item now."""
    led = Placement.objects.at(None).filter(task_id=task_id, post__isnull=False)
    return led.values_list("post_id", flat=True).first()


def _seat(task_id: int, post_id: int | None, order: int, at: datetime) -> None:
    if post_of(task_id) == post_id:
        return
    Placement.objects.at(None).filter(task_id=task_id).end(at)
    if post_id:
        Placement.objects.create(task_id=task_id, post_id=post_id, row="", order=order, since=at)
