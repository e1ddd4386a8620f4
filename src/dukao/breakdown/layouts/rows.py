"""What every layout of a breakdown is read into: heads and rows, in the order of the document."""

from dataclasses import dataclass, field
from typing import Literal

from dukao.breakdown.cells import Cell
from dukao.breakdown.duties.columns import Column
from dukao.breakdown.duties.labels import Duty

Layout = Literal["table", "flat", "paragraph"]


@dataclass(frozen=True, slots=True)
class Head:
    """A line above rows. `level` 0 is the title of an annex, then 1 一、 2 （一） 3 1. 4 1.1 6 (1) 7 ①."""

    level: int
    number: str
    title: Cell
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Prose:
    """A line that is neither head nor row; `is_note` where it belongs to a note on the rows."""

    cell: Cell
    is_note: bool = False


@dataclass(frozen=True, slots=True)
class Charge:
    """Labels right under a head: who does what stands below it, where that does not say so itself; with
    `is_of_above` those below a list that hold for all above them: "以上任务责任单位：…".
    """

    duty: Duty
    is_of_above: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row as laid out, before anything is decided about it.

    `category` is its cell of the column that sorts rows; only where that makes sections of the table does
    it stay past `categories`. `detail` is its cell of a further column of tasks, with the head.
    `more_leaders` are its cells of further columns of leaders. `stated` are its cells of units, each with
    the column or label it stands under, `steps` its cells of milestones with their heads. `level` is that
    of its number, as of a `Head`; 0 where it has none. `continued` says that its number cell is there and
    empty, as in merged cells; `livelihood` that its table lists livelihood projects. `merged` are the
    columns in which a merged cell above speaks for it, `rules` the codes of the layout rules that found it.
    `below` are the cells of the item below that may be meant for it as well. `bold` is where those of its
    cells of units begin that are set in bold as a whole among others that are not.
    """

    layout: Layout
    number: Cell | None
    task: Cell
    level: int = 0
    category: Cell | None = None
    project: Cell | None = None
    detail: tuple[Cell, Cell] | None = None
    leaders: Cell | None = None
    more_leaders: tuple[Cell, ...] = ()
    stated: tuple[tuple[Column, Cell], ...] = ()
    deadline: Cell | None = None
    steps: tuple[tuple[Cell, Cell], ...] = ()
    remark: Cell | None = None
    continued: bool = False
    livelihood: bool = False
    columns: frozenset[Column] = field(default=frozenset())
    before: frozenset[Column] = field(default=frozenset())
    merged: frozenset[Column] = field(default=frozenset())
    rules: tuple[str, ...] = ()
    below: tuple[tuple[Column, Cell], ...] = ()
    bold: frozenset[int] = frozenset()


Entry = Head | Prose | Charge | Row
