"""How a task comes to say something else: its words change, and its numbers are read again from them."""

from datetime import datetime
from itertools import count
from typing import Any

from dukao.report.compiler import read_plan_measures
from dukao.site.ledger.models import TaskMeasure, TaskState
from dukao.site.ledger.recording import restate
from dukao.site.ledger.review.proposing import write_measures
from dukao.site.ledger.search import fold


def reword(state: TaskState, text: str, at: datetime, **changes: Any) -> TaskState:
    """Let a task say `text` from `at` on; its measures are those of the new words. Part of an action.

    What differed from the report and no longer does is no difference any more. `changes` are other things it
    says from then on, as `restate` takes them.
    """
    said = restate(state, at, text=text, **(_compared(state, text) | changes))
    TaskMeasure.objects.at(None).filter(task_id=state.task_id).end(at)
    measures = read_plan_measures(text, 0, len(text), state.task.year, count(1))
    write_measures([(state.task, tuple(measures))], at)
    return said


def _compared(state: TaskState, text: str) -> dict[str, Any]:
    """The differences that are left in new words, and the relation where none is."""
    before, after = fold(state.text), fold(text)
    left = [one for one in state.differences if not _is_mended(one, before, after)]
    if left or state.relation != "edited":
        return {"differences": left}
    return {"differences": left, "relation": "verbatim" if len(state.source_spans) == 1 else "split"}


def _is_mended(difference: dict[str, Any], before: str, after: str) -> bool:
    """Whether folded words now say what the report says: its reading came in, or the addition went out."""
    report, breakdown = fold(difference["report"]), fold(difference["breakdown"])
    if report:
        return after.count(report) > before.count(report)
    return after.count(breakdown) < before.count(breakdown)
