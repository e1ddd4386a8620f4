"""Units that a line below several items lays on each by its number: "（第1、2项由甲牵头，第3项由乙牵头）"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from dukao.breakdown.cells import Cell
from dukao.breakdown.duties.columns import Column
from dukao.breakdown.layouts.rows import Entry, Head, Row

_REFERENCE = re.compile(
    r"(?:^|(?<=[,;、]))(?:其中,?)?第?(?P<numbers>\d{1,3}(?:第?(?:[、,至到—~-]|项、)第?\d{1,3}){0,60}+)(?:项(?!目)|条)(?:任务|工作)?由?"
)
_RANGE = re.compile(r"第?(\d{1,3})(?:\s*[至到—~-]\s*第?(\d{1,3}))?")

_MOST = 60  # items that such a line speaks of


def settle_references(entries: Sequence[Entry]) -> list[Entry]:
    """The entries, what such a line says given to the items of its section that it names; where it names
    none of them it stays with the item it stands on.
    """
    settled = [*entries]
    begin = 0
    for at, entry in enumerate(entries):
        if isinstance(entry, Head):
            begin = at + 1
        elif isinstance(entry, Row):
            section = range(max(begin, at - _MOST), at + 1)
            for stated in entry.stated:
                if given := _given(settled, section, *stated):
                    _take_from(settled, at, stated)
                    _give(settled, given)
    return settled


def _given(
    settled: Sequence[Entry], section: range, column: Column, cell: Cell
) -> list[tuple[int, tuple[Column, Cell]]]:
    """What the clauses of a cell give to which rows of a section, each number to the nearest above."""
    given: list[tuple[int, tuple[Column, Cell]]] = []
    for numbers, units in _clauses(cell):
        for at in reversed(section):
            row = settled[at]
            if isinstance(row, Row) and row.number and row.number.plain in numbers:
                numbers.discard(row.number.plain)
                given.append((at, (column, units)))
    return given


def _take_from(settled: list[Entry], at: int, stated: tuple[Column, Cell]) -> None:
    row = settled[at]
    if isinstance(row, Row):
        settled[at] = replace(row, stated=tuple(one for one in row.stated if one is not stated))


def _give(settled: list[Entry], given: Sequence[tuple[int, tuple[Column, Cell]]]) -> None:
    for at, stated in given:
        row = settled[at]
        if isinstance(row, Row):
            settled[at] = replace(row, stated=(*row.stated, stated), rules=(*row.rules, "B36"))


def _clauses(cell: Cell) -> list[tuple[set[str], Cell]]:
    """The numbers of each clause with the units behind them; none where the first begins with no number."""
    found = list(_REFERENCE.finditer(cell.plain))
    if not found or found[0].start():
        return []
    ends = [one.start() for one in found[1:]] + [len(cell.plain)]
    parts = [(one, cell.part(one.end(), end)) for one, end in zip(found, ends, strict=True)]
    return [(_numbers(one["numbers"]), _bare(units)) for one, units in parts if units]


def _numbers(said: str) -> set[str]:
    numbers: set[str] = set()
    for found in _RANGE.finditer(said):
        first, last = int(found[1]), int(found[2] or found[1])
        numbers |= {str(number) for number in range(first, min(last, first + 99) + 1)}
    return numbers


def _bare(units: Cell) -> Cell:
    return units.part(0, len(units.plain.rstrip(" ,;、")))
