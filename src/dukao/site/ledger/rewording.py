"""How a task comes to say something else: its words change, and its numbers are read again from them."""

from datetime import datetime
from itertools import count
from typing import Any

from dukao.report.compiler import read_plan_measures
from dukao.site.ledger.models import TaskMeasure, TaskState
from dukao.site.ledger.proposing import write_measures
from dukao.site.ledger.recording import restate


def reword(state: TaskState, text: str, at: datetime, **changes: Any) -> TaskState:
    """Let a task say `text` from `at` on; its measures are those of the new words. Part of an action.

    `changes` are other things it says from then on, as `restate` takes them.
    """
    said = restate(state, at, text=text, **changes)
    TaskMeasure.objects.at(None).filter(task_id=state.task_id).end(at)
    measures = read_plan_measures(text, 0, len(text), state.task.year, count(1))
    write_measures([(state.task, tuple(measures))], at)
    return said
