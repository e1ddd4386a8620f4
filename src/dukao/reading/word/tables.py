"""The cells of a Word table in their places: spans over columns, merges down rows, rows and cells deleted."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dukao.reading.word.names import attribute, child, find_value, short, whole_number
from dukao.reading.word.runs import Seen

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_WRAPPERS = frozenset({"sdt", "sdtContent", "ins", "moveTo", "customXml"})
_MOST_COLUMNS = 100


@dataclass(slots=True)
class Slot:
    """A cell with the rows and columns it spans."""

    element: "Element"
    rows: int = 1
    columns: int = 1


def lay_table(table: "Element", seen: Seen) -> list[list[Slot]]:
    """The rows of a table, each with the cells that begin in it; empty columns before a row are cells too."""
    rows: list[list[Slot]] = []
    above: dict[int, Slot] = {}
    for row in _inside(table, "tr", seen):
        properties = child(row, "trPr")
        if child(properties, "del") is not None:
            seen.changes += 1
            continue
        seen.changes += child(properties, "ins") is not None
        slots: list[Slot] = []
        reaching: dict[int, Slot] = {}
        before = min(whole_number(find_value(properties, "gridBefore"), 0), _MOST_COLUMNS)
        if before and len(row):
            slots.append(Slot(_nothing(row), columns=before))
        column = before
        for cell in _inside(row, "tc", seen):
            column += _take_cell(cell, column, slots, above, reaching)
        above = reaching
        rows.append(slots)
    return rows


def _take_cell(
    cell: "Element", column: int, slots: list[Slot], above: dict[int, Slot], reaching: dict[int, Slot]
) -> int:
    """Put a cell into its row, or make the one above it reach further down; how many columns it takes."""
    properties = child(cell, "tcPr")
    columns = min(max(whole_number(find_value(properties, "gridSpan"), 1), 1), _MOST_COLUMNS)
    merge = child(properties, "vMerge")
    beside = child(properties, "hMerge")
    if beside is not None and attribute(beside, "val") != "restart" and slots:
        slots[-1].columns += columns
    elif merge is not None and attribute(merge, "val") != "restart" and column in above:
        origin = above[column]
        origin.rows += 1
        reaching[column] = origin
    else:
        slots.append(Slot(cell, columns=columns))
        if merge is not None:
            reaching[column] = slots[-1]
    return columns


def _inside(parent: "Element", name: str, seen: Seen) -> "list[Element]":
    """The rows of a table or cells of a row, also where controls or tracked changes stand around them."""
    found: list[Element] = []
    for element in parent:
        own = short(element)
        if own == name:
            found.append(element)
        elif own in _WRAPPERS:
            found += _inside(element, name, seen)
        elif own == "del":
            seen.changes += 1
    if name == "tc":
        found = [cell for cell in found if child(child(cell, "tcPr"), "cellDel") is None]
    return found


def _nothing(row: "Element") -> "Element":
    """An empty cell, for columns that a row leaves out."""
    return row.makeelement("empty")
