"""A page of a PDF as read: its lines and its tables."""

from dataclasses import dataclass, field

from dukao.reading.pdf.letters import Line
from dukao.reading.pdf.rules import Grid, Rule


@dataclass(slots=True)
class Table:
    """A table of a page: its grid and the text of every cell; of ruled ones also the last line of every cell
    and what it leaves over of the column.
    """

    grid: Grid
    texts: list[str]
    ends: list[tuple[Line, float] | None] = field(default_factory=list)


@dataclass(slots=True)
class Sheet:
    """A page as read: its lines and tables from the top down; `side` is 1 or 2 where it is a column, `struck`
    says that words of a table run over the lines of its rows.
    """

    number: int
    height: float
    parts: list[Line | Table]
    letters: int
    odd: int
    across: list[Rule] = field(default_factory=list)
    side: int = 0
    struck: bool = False


def take_in(sheet: Sheet) -> None:
    """Put a line that stands below the last table of a page, between the edges of a column, into the cell
    with which that column ends, if it is empty: words in the middle of a cell that the page cuts.
    """
    *_, table, line = (None, None, *sheet.parts)
    if not isinstance(table, Table) or not isinstance(line, Line) or not table.grid.is_ruled:
        return
    grid = table.grid
    for index, box in enumerate(grid.boxes):
        left, right = grid.columns[box.column], grid.columns[box.column + box.columns]
        is_last = box.row + box.rows == len(grid.rows) - 1 and left <= line.left and line.right <= right
        if is_last and not table.texts[index]:
            table.texts[index] = line.text
            sheet.parts.pop()
            return
