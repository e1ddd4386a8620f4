"""What stands beside the questions of a drafted breakdown: how many leads are likely, what was left out."""

from collections import defaultdict
from datetime import datetime
from typing import NamedTuple

from django.utils.timezone import localtime

from dukao.site.ledger.models import Breakdown, Question, Responsibility, Status, TaskState
from dukao.site.ledger.queries.rows import leaders_on
from dukao.site.ledger.queries.whole_tasks import read_whole
from dukao.site.ledger.queries.workbook import lay_line
from dukao.site.ledger.review.bringing_back import LeftOut, left_out_of
from dukao.site.ledger.review.model_asking import named_model
from dukao.site.ledger.review.settling import likely_leads
from dukao.site.ledger.workbooks.draft_writing import DraftRow, DraftState

# Per cent a lead may be asked to be sure of, before it is taken with all others that are.
_LEAST = (90, 80, 70, 60, 50)


class Drafted(NamedTuple):
    """`likely`: per cent, and how many open rows have a proposal at least so sure. `model`: one set up.

    `joint`: the tasks laid on all units, which no question asks about.
    """

    likely: tuple[tuple[int, int], ...]
    left_out: tuple[LeftOut, ...]
    joint: tuple[TaskState, ...]
    model: str


def read_drafted(breakdown: Breakdown) -> Drafted:
    """What the review of a drafted breakdown shows besides."""
    lowest = likely_leads(breakdown, _LEAST[-1])
    sure = [int(one.facts["candidates"][0]["sure"]) for one in lowest]
    counted = ((least, sum(one >= least for one in sure)) for least in _LEAST)
    return Drafted(
        tuple((least, count) for least, count in counted if count),
        tuple(left_out_of(breakdown)),
        _joint(breakdown),
        named_model(),
    )


def _joint(breakdown: Breakdown) -> tuple[TaskState, ...]:
    laid = Responsibility.objects.at(None).filter(task__breakdown=breakdown, basis="joint")
    states = TaskState.objects.at(None).filter(task__in=laid.values("task"))
    return tuple(states.exclude(status=Status.WITHDRAWN).order_by("order"))


def read_draft_state(breakdown: Breakdown, now: datetime) -> DraftState:
    """A draft as it stands, with what is open of each row; the caller made sure that it may be seen."""
    states = TaskState.objects.at(None).filter(task__breakdown=breakdown)
    states = states.exclude(status=Status.WITHDRAWN).order_by("order")
    leaders = leaders_on(breakdown.place_id, None, now)
    tasks = read_whole(list(states.values_list("task_id", flat=True)), None)
    asked = _open_by_row(breakdown)
    rows = [
        DraftRow(
            lay_line(task, leaders),
            "\n".join(dict.fromkeys(said for sign in task.signs.split("、") for said in asked[sign])),
        )
        for task in tasks
    ]
    count = Question.objects.filter(breakdown=breakdown, settled_at__isnull=True).count()
    open_ = f"还有 {count} 项要人定" if count else "没有要人定的事项"
    stage = breakdown.get_stage_display()
    return DraftState(
        breakdown.title,
        f"{stage}，截至 {localtime(now):%Y-%m-%d %H:%M}（导出时）；{open_}，以督考的核对页为准。",
        rows,
        [(one.text, one.reason) for one in left_out_of(breakdown)],
    )


def _open_by_row(breakdown: Breakdown) -> defaultdict[str, list[str]]:
    """What is asked of each row, and the likely leads with how sure they are."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for one in Question.objects.filter(breakdown=breakdown, settled_at__isnull=True).order_by("order"):
        likely = "、".join(f"{said['name']} {said['sure']}%" for said in one.facts.get("candidates", ()))
        message = f"由谁牵头：{likely}" if likely else f"{one.get_kind_display()}：{one.message}"
        for row in one.rows:
            found[row].append(message)
    return found
