"""Rows of several parts, numbered alike in each cell: "（1）…；（2）…" beside "（1）甲；（2）乙"."""

import re
from dataclasses import replace

from dukao.breakdown.cells import Cell
from dukao.breakdown.layouts.rows import Row

_MARK = re.compile(r"(?:^|(?<=[\s;。,、]))(?:\((\d{1,2})\)|([①-⑳]))\s*")
_CIRCLED = ord("①") - 1


def part_row(row: Row) -> list[Row]:
    """The rows that a row holds, where its task and all its cells of units are numbered alike; else itself.

    All are under the row's number; what is not numbered holds for all.
    """
    tasks = _parts_of(row.task)
    stated = [(column, _parts_of(cell)) for column, cell in row.stated]
    if len(tasks) < 2 or not stated or any(parts.keys() != tasks.keys() for _, parts in stated):
        return [row]
    limits = {at: _bare(limit) for at, limit in _parts_of(row.deadline).items()} if row.deadline else {}
    rows: list[Row] = []
    for number, task in tasks.items():
        own = tuple((column, parts[number]) for column, parts in stated)
        part = replace(row, task=task, stated=own, deadline=limits.get(number, row.deadline))
        part = _led(part, number)
        rows.append(replace(part, number=None, level=0, continued=True) if rows else part)
    return rows


def _led(row: Row, number: int) -> Row:
    """The row with its own of the leaders that are numbered too."""
    cells = [cell for cell in (row.leaders, *row.more_leaders) if cell]
    own = [_parts_of(cell).get(number, cell) for cell in cells]
    if not own:
        return row
    return replace(row, leaders=own[0], more_leaders=tuple(own[1:]))


def _parts_of(cell: Cell) -> dict[int, Cell]:
    """The parts of a cell by their numbers, counted from one; none where it does not begin with the first."""
    marks = list(_MARK.finditer(cell.plain))
    numbers = [int(mark[1]) if mark[1] else ord(mark[2]) - _CIRCLED for mark in marks]
    if not marks or marks[0].start() or numbers != [*range(1, len(marks) + 1)]:
        return {}
    ends = [mark.start() for mark in marks[1:]] + [len(cell.plain)]
    parts = [cell.part(mark.end(), end) for mark, end in zip(marks, ends, strict=True)]
    return dict(zip(numbers, parts, strict=True)) if all(parts) else {}


def _bare(cell: Cell) -> Cell:
    return cell.part(0, len(cell.plain.rstrip(" ;,、\n")))
