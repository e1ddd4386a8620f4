"""What stands behind the units of a list and is no unit: who leads in all rows, what else holds for them."""

import re
from collections.abc import Callable

from dukao.breakdown.cells import Cell

# "（列第一位的为牵头单位，下同）" behind the units, in brackets of its own or behind a comma.
_NOTE = re.compile(
    r"(?<!\s)\s*(?:\([^()]*(?:下同|列第|排第|第一位|首位|①)[^()]*\)|[,;。][^,;。()]*(?:列第一|排第一|第一位|首位|①(?:的|者)?(?:单位)?为)[^()]*)\s*$"
)


def without_note(cell: Cell) -> Cell:
    """The units of a cell without the note behind them that says that the first leads."""
    note = _NOTE.search(cell.plain)
    return cell.part(0, note.start()) if note else cell


def part_note(units: Cell, are_listed: Callable[[Cell], bool]) -> tuple[Cell, Cell | None]:
    """The units of a cell, and the sentence behind their stop that speaks of them and lists none:
    "区水务局、区住建局。各街道均有任务，不再列出". `are_listed` says which words are nothing but units.
    """
    stop = units.plain.find("。")
    note = units.part(stop + 1, len(units.plain)) if stop > 0 else None
    if not note or are_listed(note) or _NOTE.search(units.plain):
        return units, None
    return units.part(0, stop), note.part(0, len(note.plain.rstrip("。 ")))
