"""What an action did to tasks, kept so that it can be taken back: what ended begins again, what began ends.

Nothing is overwritten: taking back ends the new rows and writes the old ones again from that moment, so that
the record still shows both. It is refused where somebody went on from the new rows.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from dukao.site.ledger.errors import Refusal
from dukao.site.ledger.models import (
    Breakdown,
    Placement,
    Question,
    Responsibility,
    Status,
    TaskMeasure,
    TaskState,
)
from dukao.site.ledger.recording import restate
from dukao.site.refusals import Refused

# What a task says, by the word an undo calls it: the state, where it stands, who answers, its numbers.
_TABLES = {"states": TaskState, "placements": Placement, "duties": Responsibility, "measures": TaskMeasure}
Undo = dict[str, Any]


class Trace:
    """Watches tasks while something is done to them: `undo` says afterwards which rows ended and began."""

    def __init__(self, task_ids: Iterable[int]) -> None:
        self.task_ids = list(task_ids)
        self._before = self._open_rows()

    def undo(self) -> Undo:
        """What changed since, as plain JSON."""
        now = self._open_rows()
        return {
            "tasks": self.task_ids,
            "ended": {name: sorted(self._before[name] - now[name]) for name in _TABLES},
            "began": {name: sorted(now[name] - self._before[name]) for name in _TABLES},
        }

    def nothing_before(self) -> Undo:
        """Everything these tasks say, as if it had begun just now: the undo of adding them."""
        self._before = {name: set() for name in _TABLES}
        return self.undo()

    def _open_rows(self) -> dict[str, set[int]]:
        return {
            name: set(table.objects.at(None).filter(task_id__in=self.task_ids).values_list("pk", flat=True))
            for name, table in _TABLES.items()
        }


def take_back(undo: Undo, breakdown: Breakdown, at: datetime) -> None:
    """Let the tasks say again what they said before. Part of an action.

    Refused, saying which rows, where a task was changed since.
    """
    _refuse_if_overtaken(undo)
    added = undo.get("added", [])
    renamed: dict[str, dict[int, int]] = {}
    moved = _moved_on(undo)
    for name, table in _TABLES.items():
        table.objects.filter(pk__in=undo["began"][name]).exclude(task_id__in=added).update(until=at)
        ended = table.objects.filter(pk__in=undo["ended"][name])
        renamed[name] = {old.pk: _write_again(old, at, moved) for old in list(ended)}
    for state in TaskState.objects.at(None).filter(task_id__in=undo.get("added", [])):
        restate(state, at, status=Status.WITHDRAWN)
    _rename(breakdown, renamed)


def _refuse_if_overtaken(undo: Undo) -> None:
    overtaken = set()
    for name, table in _TABLES.items():
        changed = table.objects.filter(pk__in=undo["began"][name], until__isnull=False)
        overtaken |= set(changed.values_list("task_id", flat=True))
    if overtaken:
        rows = Placement.objects.at(None).filter(task_id__in=overtaken).values_list("row", flat=True)
        raise Refused(Refusal.UNDO_OVERTAKEN, rows="、".join(dict.fromkeys(rows)) or "有关的行")


def _moved_on(undo: Undo) -> dict[int, int]:
    """How far tasks moved on the page since, behind one that was added: there they are written again."""
    before = TaskState.objects.filter(pk__in=undo["ended"]["states"]).values_list("task_id", "order")
    now = TaskState.objects.at(None).filter(task_id__in=undo["tasks"]).values_list("task_id", "order")
    orders = dict(before)
    return {task_id: order - orders.get(task_id, order) for task_id, order in now}


def _write_again(old: Any, at: datetime, moved: dict[int, int]) -> int:
    if isinstance(old, (TaskState, Placement)):
        old.order += moved.get(old.task_id, 0)
    old.pk, old.id, old.since, old.until = None, None, at, None
    old.save(force_insert=True)
    return int(old.pk)


def _rename(breakdown: Breakdown, renamed: dict[str, dict[int, int]]) -> None:
    """Undos kept for other questions speak of rows that were written again: they learn the new ids."""
    if not any(renamed.values()):
        return
    kept = list(Question.objects.filter(breakdown=breakdown, undo__isnull=False))
    for question in kept:
        if question.undo and "began" in question.undo:
            for name, ids in question.undo["began"].items():
                question.undo["began"][name] = [renamed[name].get(one, one) for one in ids]
    Question.objects.bulk_update(kept, ["undo"])
