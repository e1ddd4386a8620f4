"""Until when: a row's deadline and the steps on the way."""

import re
from dataclasses import replace

from dukao.breakdown.cells import Cell
from dukao.breakdown.rows import Row
from dukao.breakdown.values import Milestone
from dukao.language.dates import Deadline, goes_on, read_bare_date, read_deadlines
from dukao.language.sentences import split_clauses

_BARE_TIME = re.compile(r"[日号底末旬年月]$")


def read_deadline(row: Row, year: int | None) -> Deadline | None:
    """The deadline of a row: what its cell or bracket says, else the last one its text sets a limit by.

    The text of a cell is the whole cell ("6月底前动工"), that of prose only the words of the limit
    ("6月底前").
    """
    if row.deadline is not None:
        limit = _of_cell(row.deadline, year)
        # "6月底" under 完成时限 is the latest day; "6月底开工" is a step.
        bare = limit.kind == "milestone" and _BARE_TIME.search(limit.text.rstrip("。 "))
        return replace(limit, kind="by") if bare else limit
    found = [deadline for deadline in _in_text(row.task, year) if deadline.text != "全年"]
    for kind in ("by", "milestone", "within"):
        limits = [
            deadline for deadline in found if deadline.kind == kind and (kind != "within" or deadline.date)
        ]
        if limits:
            return limits[-1]
    return None


def read_milestones(row: Row, year: int | None) -> tuple[Milestone, ...]:
    """The steps of a row: its columns of quarters, else the clauses of its text when several name a time."""
    if row.steps:
        return tuple(
            Milestone(_of_cell(head, year), cell.text)
            for head, cell in row.steps
            if cell.plain not in ("/", "-", "—", "无")
        )
    found = [d for d in _in_text(row.task, year) if d.kind != "ongoing" and d.date and d.text != "全年"]
    if len(found) < 2:
        return ()
    steps: list[Milestone] = []
    clauses = [row.task.part(start, end) for start, end in _clauses(row.task.plain)]
    for deadline in found:
        step = next((c for c in clauses if c.start <= deadline.start < c.end), row.task)
        steps.append(Milestone(deadline, step.text))
    return tuple(steps)


def _clauses(plain: str) -> list[tuple[int, int]]:
    """The clauses of a text, cut also at "、": "一季度达30%、二季度达60%" are two steps."""
    spans: list[tuple[int, int]] = []
    for clause in split_clauses(plain, 0, len(plain)):
        at = clause.start
        for found in re.finditer("、", plain[clause.start : clause.end]):
            spans.append((at, clause.start + found.start()))
            at = clause.start + found.end()
        spans.append((at, clause.end))
    return spans


def _of_cell(cell: Cell, year: int | None) -> Deadline:
    """The deadline a cell states; the last limit in it counts, and a cell that names no time has no date."""
    found = read_deadlines(cell.plain, 0, len(cell.plain), year)
    limits = [deadline for deadline in found if deadline.kind == "by"] or found
    if limits:
        kind = "ongoing" if any(deadline.kind == "ongoing" for deadline in found) else limits[-1].kind
        return Deadline(cell.text, limits[-1].date, kind, cell.start, cell.end)
    if day := read_bare_date(cell.plain.rstrip("。 "), year):
        return Deadline(cell.text, day, "by", cell.start, cell.end)
    return Deadline(cell.text, None, "ongoing" if goes_on(cell.plain) else "milestone", cell.start, cell.end)


def _in_text(cell: Cell, year: int | None) -> list[Deadline]:
    found = read_deadlines(cell.plain, 0, len(cell.plain), year)
    return [_moved(cell, deadline) for deadline in found]


def _moved(cell: Cell, deadline: Deadline) -> Deadline:
    """The deadline with its place in the source instead of the cell."""
    start, end = cell.at(deadline.start), cell.at(deadline.end - 1) + 1
    return Deadline(cell.text[deadline.start : deadline.end], deadline.date, deadline.kind, start, end)
