"""Vertically merged cells: an empty cell means what the cell above it says."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from dukao.breakdown.cells import Cell
from dukao.breakdown.duties.columns import WHO, Column
from dukao.breakdown.layouts.rows import Row
from dukao.breakdown.lettering import closed_up

# What a row takes over, as `filled_down` names it, with the columns it may stand in.
_NAMES: dict[str, frozenset[Column]] = {
    "project": frozenset({"project"}),
    "leaders": frozenset({"leader"}),
    "units": frozenset(WHO),
}


@dataclass(frozen=True, slots=True)
class Filled:
    """A row with its merged cells filled from above; `cells` names what was filled.

    `assumed` names what it takes from a row of another number where nothing but the empty cell says so.
    """

    row: Row
    number: str
    cells: tuple[str, ...]
    assumed: tuple[str, ...] = ()


class _Habit(NamedTuple):
    """What holds for all rows: whether they are livelihood projects; whether the document says, by merged
    cells or by writing it again, which rows have a leader, or units before their task, of their own.
    """

    projects: bool
    says_leaders: bool
    says_units: bool


def fill_down(rows: Iterable[Row], *, projects: bool) -> Iterator[Filled]:
    """The rows with what their merged cells stand for.

    A row whose number cell is empty goes on with the project above: number, project, leaders, deadline and,
    where it names none of its own and has no remark, units. Leaders are merged over several numbers too; but
    where the document says which cells of leaders are merged, or writes a leader again in the row below, an
    empty one beside a number of its own says nobody. So are units in a column before that of the tasks.
    `projects` says that the rows are livelihood projects; other rows take over only what a merged number cell
    covers.
    """
    above: Filled | None = None
    rows = list(rows)
    says_leaders = any("leader" in row.merged for row in rows) or _repeats_leaders(rows)
    habit = _Habit(projects, says_leaders, _repeats_units(rows))
    for count, row in enumerate(rows, 1):
        if above is None or row.layout == "paragraph":
            above = Filled(row, _number(row.number) or str(count), ())
        else:
            above = _filled(row, above, count, habit)
        yield above


def _repeats_leaders(rows: Iterable[Row]) -> bool:
    """Whether a row with a number of its own names the leader again that the row above names."""
    return any(
        row.number and row.leaders and above.leaders and _is_same(row.leaders, above.leaders)
        for above, row in pairwise(rows)
    )


def _repeats_units(rows: Iterable[Row]) -> bool:
    """Whether a row names the same units again as the row above, before its task."""
    return any(
        row.stated and above.stated and column in row.before and _is_same(cell, above.stated[0][1])
        for above, row in pairwise(rows)
        for column, cell in row.stated[:1]
    )


def _is_same(one: Cell, other: Cell) -> bool:
    return one.start != other.start and closed_up(one.plain) == closed_up(other.plain)


def _filled(row: Row, above: Filled, count: int, habit: _Habit) -> Filled:
    same = row.continued or (
        habit.projects and row.project is None and row.number is None and above.row.project is not None
    )
    cells = [name for name, columns in _NAMES.items() if not columns.isdisjoint(row.merged)]
    changes: dict[str, object] = {}
    if same and row.project is None and above.row.project is not None:
        cells.append("project")
        changes["project"] = above.row.project
    shares = (same or not habit.says_leaders) and "leader" in row.columns
    takes_leaders = row.leaders is None and shares and above.row.leaders is not None
    if takes_leaders:
        cells.append("leaders")
        changes["leaders"] = above.row.leaders
    inherited = _units_above(row, above.row) if same and row.remark is None else ()
    takes_units = not (inherited or row.stated or row.merged or habit.says_units)
    if takes_units:
        inherited = tuple((column, cell) for column, cell in above.row.stated if column in row.before)
    if inherited:
        cells.append("units")
        changes["stated"] = (*inherited, *row.stated)
    if same and row.deadline is None and above.row.deadline is not None:
        changes["deadline"] = above.row.deadline
    number = _number(row.number) or (above.number if same else str(count))
    named = tuple(name for name in _NAMES if name in cells)
    whole = replace(row, **changes) if changes else row  # type: ignore[arg-type]
    assumed = [("leaders", takes_leaders and not same), ("units", takes_units and bool(inherited))]
    return Filled(whole, number, named, tuple(name for name, is_assumed in assumed if is_assumed))


def _units_above(row: Row, above: Row) -> tuple[tuple[Column, Cell], ...]:
    """The cells of units a row shares with the one above: all, or only the leads over its own helpers."""
    if not row.stated:
        return above.stated
    if all(column == "supporting" for column, _ in row.stated):
        return tuple((column, cell) for column, cell in above.stated if column != "supporting")
    return ()


def _number(cell: Cell | None) -> str:
    return cell.plain if cell else ""
