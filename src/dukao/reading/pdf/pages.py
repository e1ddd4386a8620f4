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
