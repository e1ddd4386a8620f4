"""What the cells of a row say beside what their columns name: numbers, labels, limits, more units below."""

import re
from dataclasses import replace
from functools import reduce

from dukao.breakdown.cells import Cell
from dukao.breakdown.duties.columns import Column, label_pattern
from dukao.breakdown.duties.labels import Duty, part_deadline, read_bare_label, read_labels
from dukao.breakdown.layouts.numbering import numbering, read_code, read_number
from dukao.breakdown.layouts.rows import Row

_ITEM_LEVEL = 3  # of "1"
SUB_LEVEL = 5  # "(1)" and "①" stand below it
_LINE = re.compile(r"[^\n]+")
_PARTS = re.compile(r"\(\d{1,2}\)|[①-⑳]")


def part_number(
    number: Cell | None, task: Cell | None, own_column: bool
) -> tuple[int, Cell | None, Cell | None]:
    """Level, number and task of a row; in a table without a column of numbers they stand before the words."""
    numbered = read_number(number) if number else None
    before = numbering(task) if task else None
    if own_column and before and before[0] > SUB_LEVEL and before[2] and not _PARTS.search(before[2].plain):
        # The number of a part in a cell whose row has, or shares, another.
        task = before[2]
    if numbered:
        return *numbered, task
    before = None if own_column else before
    if number and (code := read_code(number)):
        return _ITEM_LEVEL, code, task
    if task is None or before is None or not before[2]:
        return 0, None, task
    at = task.plain.find(before[1])
    return before[0], task.part(at, at + len(before[1])), before[2]


def part_head(
    columns: list[Column | None], heads: list[Cell], cells: list[Cell]
) -> tuple[list[Column | None], list[Cell]]:
    """Columns and heads, one that spans the number and the words of this row left to the words."""
    if "number" in columns:
        return columns, heads
    for at in range(min(len(columns), len(heads), len(cells)) - 1):
        is_spanning = columns[at] in ("task", "aim", "detail") and not (columns[at + 1] or heads[at + 1])
        if is_spanning and cells[at + 1] and read_number(cells[at]):
            return (
                [*columns[:at], "number", columns[at], *columns[at + 2 :]],
                [*heads[:at], heads[at + 1], heads[at], *heads[at + 2 :]],
            )
    return columns, heads


def part_labelled(stated: list[tuple[Column, Cell]]) -> tuple[list[tuple[Column, Cell]], Duty]:
    """The cells of units with those that are labelled inside ("牵头：甲；配合：乙", on every line "牵头 甲")
    in their own columns, and all that labels say.
    """
    parted: list[tuple[Column, Cell]] = []
    whole = Duty()
    for column, cell in stated:
        duty = read_labels(cell) if label_pattern().match(cell.plain) else _labelled_lines(cell)
        parted += duty.stated if duty else ((column, cell),)
        whole = whole.joined(duty) if duty else whole
    return parted, whole


def _labelled_lines(cell: Cell) -> Duty | None:
    """What the lines of a cell say that all begin with a label and a space, as a table inside it does."""
    lines = [cell.part(*found.span()) for found in _LINE.finditer(cell.plain)]
    said = [duty for line in lines if (duty := read_bare_label(line))]
    return reduce(Duty.joined, said) if len(lines) > 1 and len(said) == len(lines) else None


def part_deadlines(stated: list[tuple[Column, Cell]]) -> tuple[list[tuple[Column, Cell]], Cell | None]:
    """The cells of units without the clause that says until when ("甲牵头，6月底前完成"), and that clause."""
    parted = [(column, *part_deadline(cell)) for column, cell in stated]
    deadline = next((limit for _, _, limit in parted if limit), None)
    return [(column, kept) for column, kept, _ in parted], deadline


def with_units(row: Row, below: Row) -> Row:
    """The row with what stands on the line below it without a task of its own."""
    stated, bold = (*row.stated, *below.stated), row.bold | below.bold
    leaders = [cell for cell in (row.leaders, *row.more_leaders, below.leaders, *below.more_leaders) if cell]
    return replace(
        row,
        stated=stated,
        leaders=leaders[0] if leaders else None,
        more_leaders=tuple(leaders[1:]),
        deadline=row.deadline or below.deadline,
        remark=row.remark or below.remark,
        bold=bold,
    )
