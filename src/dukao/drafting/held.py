"""A draft as the breakdown a person goes on from: its rows, held against the report, nothing decided in it.

Where the draft was written to a file first, `source` is that file as it is read, and every row points to its
words there.
"""

from dataclasses import replace
from typing import Final

from dukao.breakdown.values import Breakdown, Coverage, Notice, Task, UnitRole
from dukao.drafting.values import Draft, DraftTask
from dukao.reading.values import Source
from dukao.report.values import Report

_NOWHERE: Final = (0, 0)


def hold_draft(draft: Draft, report: Report, source: Source) -> Breakdown:
    """The rows of a draft as a breakdown of `source`, in their order.

    Who leads is a person's to say: no row has a lead, the likely one is left to `DraftTask.candidates`. The
    units that likely take part stand as drafted, responsible or supporting; a row laid on everybody is joint.
    """
    tasks, at = [], 0
    for one in draft.tasks:
        start, end = _find(source.text, one.text, at)
        at = max(at, end)
        tasks.append(_task(one, start, end))
    left = tuple(one.commitment for one in draft.left_out)
    held = len({name for one in draft.tasks for name in one.commitments})
    return Breakdown(
        source,
        Notice(),
        (),
        draft.groups,
        tuple(tasks),
        (),
        (),
        source.diagnostics,
        report.source,
        Coverage(held + len(left), held, (), left),
        draft.year,
    )


def is_laid_on_all(task: DraftTask) -> bool:
    """Whether a task is proposed for all units together, without a lead."""
    return bool(task.units) and not task.candidates and all(unit.group for unit in task.units)


def _task(one: DraftTask, start: int, end: int) -> Task:
    is_joint = is_laid_on_all(one)
    parts = [unit.as_role() for unit in one.units if unit.role != "lead"]
    units: list[UnitRole] = [replace(part, basis="joint") if is_joint else part for part in parts]
    return replace(one.as_task(), start=start, end=end, units=tuple(units))


def _find(text: str, words: str, since: int) -> tuple[int, int]:
    """Where a row's words stand behind the row before; nowhere is 0 to 0."""
    at = text.find(words, since)
    return (at, at + len(words)) if at >= 0 else _NOWHERE
