"""Until when: a row's deadline and the steps on the way."""

import re
from dataclasses import replace

from dukao.breakdown.cells import Cell
from dukao.breakdown.layouts.rows import Row
from dukao.breakdown.values import Milestone
from dukao.language.dates import Deadline, goes_on, read_bare_date, read_deadlines
from dukao.language.sentences import split_clauses

_BLANK = frozenset(("/", "-", "--", "—", "——", "无"))
_BARE_TIME = re.compile(r"[日号底末旬年月]$")


def read_deadline(row: Row, year: int | None) -> Deadline | None:
    """The deadline of a row: what its cell or bracket says, else the last one its text sets a limit by.

    The text of a cell is the whole cell ("6月底前动工"), that of prose only the words of the limit
    ("6月底前").
    """
    if row.deadline is not None and row.deadline.plain not in _BLANK:
        limit = _of_cell(row.deadline, year)
        # "6月底" under 完成时限 is the latest day; "6月底开工" is a step.
        bare = limit.kind == "milestone" and _BARE_TIME.search(limit.text.rstrip("。 "))
        return replace(limit, kind="by") if bare else limit
    is_told = row.layout == "paragraph" or len(row.steps) == 1
    cells = [row.task, *(cell for _, cell in row.steps if is_told)]
    found = [deadline for cell in cells for deadline in _in_text(cell, year) if deadline.text != "全年"]
    for kind in ("by", "milestone", "within"):
        limits = [
            deadline for deadline in found if deadline.kind == kind and (kind != "within" or deadline.date)
        ]
        if limits:
            return limits[-1]
    return None


def read_milestones(row: Row, year: int | None) -> tuple[Milestone, ...]:
    """The steps of a row: its columns of quarters, else the clauses of its text, or of the cell of its time
    limit, when several name a time. Of a column that names no time itself ("阶段目标") the cells may.
    """
    filled = sorted((one for one in row.steps if one[1].plain not in _BLANK), key=lambda one: one[1].start)
    if filled:
        return tuple(step for head, cell in filled for step in _steps_of(head, cell, year))
    for cell in (row.task, row.deadline):
        steps = _steps_in(cell, year) if cell else ()
        if len(steps) > 1:
            return steps
    return ()


def _steps_of(head: Cell, cell: Cell, year: int | None) -> tuple[Milestone, ...]:
    column = _of_cell(head, year)
    return (() if column.date else _steps_in(cell, year)) or (Milestone(column, cell.text),)


def _steps_in(cell: Cell, year: int | None) -> tuple[Milestone, ...]:
    """The times a cell names, each with its clause."""
    found = [d for d in _in_text(cell, year) if d.kind != "ongoing" and d.date and d.text != "全年"]
    clauses = [cell.part(start, end) for start, end in _clauses(cell.plain)]
    holding = [next((c for c in clauses if c.start <= one.start < c.end), cell) for one in found]
    return tuple(Milestone(one, step.text) for one, step in zip(found, holding, strict=True))


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
