"""A task put into a draft by a person: at the end of a head, with its words, its lead and its source."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from django.db.models import F, Max

from dukao.report.compiler import read_plan_measures
from dukao.site.ledger.duties import Duty, reassign
from dukao.site.ledger.models import (
    Breakdown,
    Heading,
    Placement,
    RegisterTag,
    Task,
    TaskKind,
    TaskState,
)
from dukao.site.ledger.registers import propose_registers
from dukao.site.ledger.review.proposing import write_measures
from dukao.site.ledger.search import fold

# What a part rests on that was settled while the draft was checked.
BASIS = "review"


@dataclass(frozen=True, slots=True)
class NewTask:
    """What a task added to a draft says: its words, the head it stands under, who answers, its source.

    It stands behind the last one of its head, or behind the task whose order is `behind`.
    """

    text: str
    heading: Heading | None
    duties: Sequence[Duty]
    spans: Sequence[tuple[int, int]] = ()
    section: str = ""
    remark: str = ""
    behind: int | None = None


def write_task(breakdown: Breakdown, new: NewTask, at: datetime) -> Task:
    """Put a key task into a draft. Part of an action.

    The rows behind it move one on; that is their order on the page and no statement of theirs.
    """
    task = Task.objects.create(
        place_id=breakdown.place_id, breakdown=breakdown, year=breakdown.year, kind=TaskKind.KEY
    )
    order = _make_room(breakdown, new.heading, new.behind)
    TaskState.objects.create(
        task=task,
        since=at,
        order=order,
        text=new.text,
        remark=new.remark,
        section=new.section,
        relation="verbatim" if new.spans else "",
        source_spans=[list(span) for span in new.spans],
        search=fold(new.text, new.remark),
    )
    row, post = _next_row(breakdown, new.heading), new.heading.post if new.heading else None
    Placement.objects.create(task=task, heading=new.heading, post=post, row=row, order=order, since=at)
    reassign(task.pk, new.duties, at, basis=BASIS)
    measures = read_plan_measures(new.text, 0, len(new.text), breakdown.year, count(1))
    write_measures([(task, tuple(measures))], at)
    RegisterTag.objects.bulk_create(
        RegisterTag(task=task, register=register, reason=reason, since=at)
        for register, reason in propose_registers(new.text, measures)
    )
    return task


def _make_room(breakdown: Breakdown, heading: Heading | None, last: int | None) -> int:
    placements = Placement.objects.at(None).filter(task__breakdown=breakdown)
    under = placements.filter(heading=heading) if heading else placements.filter(task__kind=TaskKind.KEY)
    last = last or under.aggregate(last=Max("order"))["last"]
    if last is None:
        before = placements.filter(heading__order__lt=heading.order) if heading else placements
        last = before.aggregate(last=Max("order"))["last"] or 0
    placements.filter(order__gt=last).update(order=F("order") + 1)
    states = TaskState.objects.at(None).filter(task__breakdown=breakdown, order__gt=last)
    states.update(order=F("order") + 1)
    return int(last) + 1


def _next_row(breakdown: Breakdown, heading: Heading | None) -> str:
    """The row's sign: the head's, and the number after the last one ever used there."""
    used = Placement.objects.filter(task__breakdown=breakdown, heading=heading, task__kind=TaskKind.KEY)
    numbers = [row.rsplit("-", 1)[-1] for row in used.values_list("row", flat=True)]
    last = max((int(number) for number in numbers if number.isdecimal()), default=0)
    return f"{heading.sign if heading else '补'}-{last + 1}"
