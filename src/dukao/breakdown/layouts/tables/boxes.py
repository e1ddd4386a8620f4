"""Drawn tables in which a rule runs through some columns only, so that the cells of the others stand beside
several rows: "├────┤　│…│".
"""

import re
from bisect import bisect_right
from itertools import pairwise, takewhile

from dukao.breakdown.cells import Cell, Sheet
from dukao.breakdown.duties.columns import columns_of
from dukao.breakdown.layouts.numbering import numbering

_BEGINS = re.compile("[┌┏╔]")
_INSIDE = re.compile("[├┠┣╠╟│┃║]")
_UPRIGHT = re.compile("[├┠┣╠╟│┃║┤┨┫╣╢┼╂╋╬╫]")
_RULE = re.compile("[-─━═┄┅┈┉┬┴┳┻╦╩]+")
_TALLEST = 60  # lines of words in one cell
_PART = re.compile(r"△\s*\S")


def read_box(sheet: Sheet, lines: list[Cell], at: int) -> tuple[list[list[Cell]], int]:
    """The rows of the box that the line at `at` begins, its heads first, and how many lines it takes; none
    where every rule runs through, or where the lines do not have the same columns.

    A row begins with a cell of the column of tasks, or with a part of it ("△…"); beside it stands what the
    other cells say that reach down to it.
    """
    if not _BEGINS.match(lines[at].plain):
        return [], 0
    below = (lines[i] for i in range(at + 1, len(lines)))
    body = [*takewhile(lambda line: _INSIDE.match(line.plain), below)]
    parted = [_segments(sheet, line) for line in body]
    if not any(_is_partial(cells) for cells in parted):
        return [], 0
    heads = [*takewhile(lambda cells: not all(map(_is_rule, cells)), parted)]
    width = len(heads[0]) if heads else 0
    if any(len(cells) != width and not all(map(_is_rule, cells)) for cells in parted):
        return [], 0
    named = [sheet.joined([cells[at] for cells in heads]) for at in range(width)]
    columns = columns_of(named)
    if columns is None or "task" not in columns:
        return [], 0
    rows = _rows(sheet, parted[len(heads) :], columns.index("task"), width)
    return ([named, *rows], 1 + len(body)) if rows else ([], 0)


def _segments(sheet: Sheet, line: Cell) -> list[Cell]:
    """The cells of a line between the uprights and the joints of rules."""
    cuts = [found.start() for found in _UPRIGHT.finditer(line.plain)]
    return [line.part(left + 1, right) for left, right in pairwise(cuts)]


def _is_rule(cell: Cell) -> bool:
    return bool(_RULE.fullmatch(cell.plain))


def _is_partial(cells: list[Cell]) -> bool:
    ruled = [_is_rule(cell) for cell in cells]
    return any(ruled) and not all(ruled)


def _rows(sheet: Sheet, lines: list[list[Cell]], task: int, width: int) -> list[list[Cell]]:
    """The rows below the heads: each task with the cells that stand beside it or begin there."""
    rows: list[list[Cell]] = []
    spans = [_spans(lines, at, width) for at in range(width)]
    whole = [
        [sheet.joined([cells[at] for cells in lines[first:last]]) for first, last in spans[at]]
        for at in range(width)
    ]
    if any(len(cell.pieces) > _TALLEST for at, column in enumerate(whole) if at != task for cell in column):
        return []  # what is laid on every row beside it would be no cell
    ends = [[last for _, last in column] for column in spans]
    for first, last in spans[task]:
        begins = [at for at in range(first, last) if at == first or _begins_part(lines[at][task])]
        for start, end in pairwise([*begins, last]):
            words = sheet.joined([cells[task] for cells in lines[start:end]])
            beside = [bisect_right(ends[at], start) for at in range(width)]
            rows.append(
                [
                    words if at == task else whole[at][one] if one < len(whole[at]) else words.part(0, 0)
                    for at, one in enumerate(beside)
                ]
            )
    return [row for row in rows if row[task]]


def _spans(lines: list[list[Cell]], at: int, width: int) -> list[tuple[int, int]]:
    """The lines of each cell of a column, up to the next rule that runs through it."""
    ends = [i for i, cells in enumerate(lines) if len(cells) != width or _is_rule(cells[at])] + [len(lines)]
    begins = [0, *(end + 1 for end in ends)]
    return [(first, last) for first, last in zip(begins, ends, strict=False) if first < last]


def _begins_part(cell: Cell) -> bool:
    return bool(_PART.match(cell.plain) or numbering(cell))
