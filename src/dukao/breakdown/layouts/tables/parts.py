"""Rows of several parts, numbered alike in what is to be done and in who does it: "（1）…；（2）…" beside
"（1）甲；（2）乙".
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from dukao.breakdown.cells import Cell
from dukao.breakdown.layouts.headings import is_head_text
from dukao.breakdown.layouts.rows import Entry, Row

_MARK = re.compile(r"(?:^|(?<=[\s;。,、:]))(?:\((\d{1,2})\)|([①-⑳]))\s*")
_CIRCLED = ord("①") - 1
_LONGEST_NAME = 20


def part_rows(entries: Sequence[Entry]) -> list[Entry]:
    """The entries, the rows of paragraphs parted as those of tables are."""
    return [
        part
        for entry in entries
        for part in (part_row(entry) if isinstance(entry, Row) and entry.layout == "paragraph" else [entry])
    ]


def part_row(row: Row) -> list[Row]:
    """The rows that a row holds, where its task and all its cells of units are numbered alike; else itself.

    All are under the row's number; what is not numbered holds for all. A few words before the first part
    name the whole. Units may stand in another order than the parts: "②甲 ①乙".
    """
    name, body = _named(row.task)
    tasks = _parts_of(body)
    if [*tasks] != [*range(1, len(tasks) + 1)]:
        return [row]
    stated = [(column, _parts_of(cell)) for column, cell in row.stated]
    if len(tasks) < 2 or not stated or any(parts.keys() != tasks.keys() for _, parts in stated):
        return [row]
    limits = {at: _bare(limit) for at, limit in _parts_of(row.deadline).items()} if row.deadline else {}
    rows: list[Row] = []
    for number, task in tasks.items():
        own = tuple((column, _bare(parts[number])) for column, parts in stated)
        part = replace(
            row, task=task, project=row.project or name, stated=own, deadline=limits.get(number, row.deadline)
        )
        part = _led(part, number)
        part = replace(part, rules=(*part.rules, "B39"))
        # A table carries the number of the row down to the parts, paragraphs do not.
        is_carried = rows and row.layout != "paragraph"
        rows.append(replace(part, number=None, level=0, continued=True) if is_carried else part)
    return rows


def _led(row: Row, number: int) -> Row:
    """The row with its own of the leaders that are numbered too."""
    cells = [cell for cell in (row.leaders, *row.more_leaders) if cell]
    own = [_parts_of(cell).get(number, cell) for cell in cells]
    if not own:
        return row
    return replace(row, leaders=own[0], more_leaders=tuple(own[1:]))


def _parts_of(cell: Cell) -> dict[int, Cell]:
    """The parts of a cell by their numbers; none where it does not begin with one, or these are not all from
    one on.
    """
    marks = list(_MARK.finditer(cell.plain))
    numbers = [int(mark[1]) if mark[1] else ord(mark[2]) - _CIRCLED for mark in marks]
    if not marks or marks[0].start() or sorted(numbers) != [*range(1, len(marks) + 1)]:
        return {}
    ends = [mark.start() for mark in marks[1:]] + [len(cell.plain)]
    parts = [cell.part(mark.end(), end) for mark, end in zip(marks, ends, strict=True)]
    return dict(zip(numbers, parts, strict=True)) if all(parts) else {}


def _named(task: Cell) -> tuple[Cell | None, Cell]:
    """The few words before the first part of a task, and the parts."""
    first = _MARK.search(task.plain)
    name = task.part(0, first.start()) if first and first.start() else None
    if first is None or name is None:
        return None, task
    name = name.part(0, len(name.plain.rstrip(" 。:")))
    is_name = len(name.plain) <= _LONGEST_NAME and is_head_text(name)
    return (name, task.part(first.start(), len(task.plain))) if is_name else (None, task)


def _bare(cell: Cell) -> Cell:
    return cell.part(0, len(cell.plain.rstrip(" ;,、\n")))
