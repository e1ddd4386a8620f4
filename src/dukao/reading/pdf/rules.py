"""Ruled lines of a PDF page → the grids of its tables."""

import ctypes
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

MOST_RULES = 4_000  # of one page; what draws more is a picture
_MOST_POINTS = 20_000
_THIN = 3.0  # points: what is no thicker is a line
_NEAR = 3.0  # points: edges no further apart are one
_SHORTEST = 6.0
_FEW_SEGMENTS = 6


class Rule(NamedTuple):
    """A line along one axis: at `at` across it, from `start` to `end` along it."""

    at: float
    start: float
    end: float


class Box(NamedTuple):
    """A cell of a grid: row and column it begins in, and how many of each it spans."""

    row: int
    column: int
    rows: int
    columns: int


@dataclass(slots=True)
class Grid:
    """A table: the edges of its columns from left to right and of its rows from the top down, its cells.

    Where no lines rule it, edges are somewhere in the white between its columns, and `goes_on` says that it
    is set in the columns of the table before.
    """

    columns: list[float]
    rows: list[float]
    boxes: list[Box] = field(default_factory=list)
    is_ruled: bool = True
    goes_on: bool = False

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies inside."""
        return self.columns[0] <= x <= self.columns[-1] and self.rows[-1] <= y <= self.rows[0]


def read_rules(page: Any) -> tuple[list[Rule], list[Rule]]:
    """The horizontal and the vertical lines of a page; none where there are too many to be tables."""
    from pypdfium2 import raw

    across: list[Rule] = []
    down: list[Rule] = []
    edges = [ctypes.c_float() for _ in range(4)]
    pointers = [ctypes.byref(edge) for edge in edges]
    for index in range(raw.FPDFPage_CountObjects(page.raw)):
        drawn = raw.FPDFPage_GetObject(page.raw, index)
        if raw.FPDFPageObj_GetType(drawn) != raw.FPDF_PAGEOBJ_PATH:
            continue
        if not raw.FPDFPageObj_GetBounds(drawn, *pointers):
            continue
        left, bottom, right, top = (edge.value for edge in edges)
        if raw.FPDFPath_CountSegments(drawn) > _FEW_SEGMENTS:
            sides = _segments(raw, drawn)
        else:
            sides = _sides(left, bottom, right, top, is_drawn=_is_stroked(raw, drawn))
        for x0, y0, x1, y1 in sides:
            if y1 - y0 <= _THIN and x1 - x0 >= _SHORTEST:
                across.append(Rule((y0 + y1) / 2, x0, x1))
            elif x1 - x0 <= _THIN and y1 - y0 >= _SHORTEST:
                down.append(Rule((x0 + x1) / 2, y0, y1))
        if len(across) + len(down) > MOST_RULES:
            return [], []
    return across, down


def _is_stroked(raw: Any, drawn: Any) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(raw.FPDFPath_GetDrawMode(drawn, ctypes.byref(fill), ctypes.byref(stroke))) and bool(
        stroke.value
    )


_Side = tuple[float, float, float, float]


def _sides(left: float, bottom: float, right: float, top: float, *, is_drawn: bool) -> Iterator[_Side]:
    """A thin thing is a line; of a box that is drawn, not just filled, its four sides are."""
    if right - left <= _THIN or top - bottom <= _THIN:
        yield left, bottom, right, top
    elif is_drawn:
        yield left, bottom, right, bottom
        yield left, top, right, top
        yield left, bottom, left, top
        yield right, bottom, right, top


def _segments(raw: Any, drawn: Any) -> Iterator[_Side]:
    """The straight pieces of a path that draws many lines at once, on the page's own scale."""
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(drawn, ctypes.byref(matrix))
    x, y = ctypes.c_float(), ctypes.c_float()
    before: tuple[float, float] | None = None
    for index in range(min(raw.FPDFPath_CountSegments(drawn), _MOST_POINTS)):
        segment = raw.FPDFPath_GetPathSegment(drawn, index)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        here = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        if before and raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_LINETO:
            yield (
                min(before[0], here[0]),
                min(before[1], here[1]),
                max(before[0], here[0]),
                max(before[1], here[1]),
            )
        before = here


def find_grids(across: list[Rule], down: list[Rule]) -> list[Grid]:
    """The tables that ruled lines make, from the top down."""
    across, down = _merge(across), _merge(down)
    grids = []
    for rows, columns in _touching(across, down):
        grid = _lay_grid(rows, columns)
        if grid:
            grids.append(grid)
    return sorted(grids, key=lambda grid: -grid.rows[0])


def _merge(rules: list[Rule]) -> list[Rule]:
    """Pieces of one line as one: the borders of cells are drawn cell by cell."""
    levels = _levels(rule.at for rule in rules)
    by_level: dict[float, list[Rule]] = {}
    for rule in rules:
        by_level.setdefault(_nearest(levels, rule.at), []).append(rule)
    merged = []
    for level, pieces in by_level.items():
        pieces.sort(key=lambda rule: rule.start)
        start, end = pieces[0].start, pieces[0].end
        for piece in pieces[1:]:
            if piece.start > end + _NEAR:
                merged.append(Rule(level, start, end))
                start = piece.start
            end = max(end, piece.end)
        merged.append(Rule(level, start, end))
    return merged


def _levels(values: Iterable[float]) -> list[float]:
    """The values with those near to one another as one, in order."""
    levels: list[float] = []
    for value in sorted(values):
        if not levels or value - levels[-1] > _NEAR:
            levels.append(value)
    return levels


def _nearest(levels: list[float], value: float) -> float:
    at = bisect_left(levels, value)
    return min(levels[max(at - 1, 0) : at + 1], key=lambda level: abs(level - value))


def _touching(across: list[Rule], down: list[Rule]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """The lines sorted into sets that hang together."""
    left = dict.fromkeys(range(len(down)))
    free = dict.fromkeys(range(len(across)))
    while free:
        rows, columns, waiting = [], [], [next(iter(free))]
        del free[waiting[0]]
        while waiting:
            row = across[waiting.pop()]
            rows.append(row)
            for index in [i for i in left if _cross(row, down[i])]:
                del left[index]
                columns.append(down[index])
                more = [i for i in free if _cross(across[i], down[index])]
                waiting += more
                for one in more:
                    del free[one]
        yield rows, columns


def _cross(row: Rule, column: Rule) -> bool:
    return (
        row.start - _NEAR <= column.at <= row.end + _NEAR
        and column.start - _NEAR <= row.at <= column.end + _NEAR
    )


def _lay_grid(across: list[Rule], down: list[Rule]) -> Grid | None:
    """The grid of some lines that hang together, its sides closed where they are left open."""
    if len(across) < 2 or not down:
        return None
    left, right = min(rule.start for rule in across), max(rule.end for rule in across)
    bottom, top = min(rule.at for rule in across), max(rule.at for rule in across)
    columns = _levels([*(rule.at for rule in down), left, right])
    rows = _levels(rule.at for rule in across)[::-1]
    if len(columns) < 3 or len(rows) < 2 or top - bottom < _SHORTEST or len(rows) * len(columns) > 20_000:
        return None
    grid = Grid(columns, rows)
    grid.boxes = [*_boxes(grid, across, down)]
    return grid


def _boxes(grid: Grid, across: list[Rule], down: list[Rule]) -> Iterator[Box]:
    """The cells of a grid: where a line is missing between two, they are one."""
    by_column, by_row = _by_level(grid.columns, down), _by_level(grid.rows[::-1], across)
    taken: set[tuple[int, int]] = set()

    def is_open(rules: list[Rule], middle: float) -> bool:
        return not any(rule.start <= middle <= rule.end for rule in rules)

    for row in range(len(grid.rows) - 1):
        middle = (grid.rows[row] + grid.rows[row + 1]) / 2
        for column in range(len(grid.columns) - 1):
            if (row, column) in taken:
                continue
            wide = 1
            while column + wide < len(grid.columns) - 1 and is_open(
                by_column.get(grid.columns[column + wide], []), middle
            ):
                wide += 1
            centre = [(grid.columns[column + i] + grid.columns[column + i + 1]) / 2 for i in range(wide)]
            high = 1
            while row + high < len(grid.rows) - 1 and all(
                is_open(by_row.get(grid.rows[row + high], []), x) for x in centre
            ):
                high += 1
            taken.update((row + i, column + j) for i in range(high) for j in range(wide))
            yield Box(row, column, high, wide)


def _by_level(levels: list[float], rules: list[Rule]) -> dict[float, list[Rule]]:
    found: dict[float, list[Rule]] = {}
    for rule in rules:
        found.setdefault(_nearest(levels, rule.at), []).append(rule)
    return found
