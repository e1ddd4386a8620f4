"""Lines of tables cut into their cells: tabs, Markdown pipes, drawn boxes."""

import re
from itertools import pairwise
from math import gcd

from dukao.breakdown.cells import Cell, Sheet
from dukao.breakdown.duties.columns import column_of, columns_of
from dukao.breakdown.layouts.numbering import numbering, read_number
from dukao.language.numerals import chinese_number

_DRAWN = re.compile(
    r"^[\s+\-=─━═┄┅┈┉│┃║┌┍┎┏┐┑┒┓└┕┖┗┘┙┚┛├┝┞┟┠┡┢┣┤┥┦┧┨┩┪┫┬┯┰┱┲┳┴┷┸┹┺┻┼┽┾┿╀╁╂╃╄╅╆╇╈╉╊╋╔╗╚╝╠╣╦╩╬|:]+$"
)
_UPRIGHT = re.compile("[│┃║]")
_TAB = re.compile("\t")
_BAR = re.compile(r"(?<!\\)\|")
# "区水务局 |": a cell and the bar behind it; an empty cell is only the bar. Cells may share a line.
_CLOSED = re.compile(r"[^|\t]*\|[ |]*")
_CELLS_CLOSED = re.compile(r"(?!\s*\|\s*[^\s|])[^\t]*\|\s*")
_FEWEST_BARRED = 4
_PART = re.compile(r"△\s*\S")


def is_rule_line(plain: str) -> bool:
    """True for a line that only draws: a border of a box or the "|---|" of Markdown."""
    return len(plain.strip()) > 2 and bool(_DRAWN.match(plain)) and bool(re.search("[-─━═]", plain))


def split_line(sheet: Sheet, start: int, end: int) -> list[Cell] | None:
    """The cells of one line of a table, or None when the line is none."""
    plain = sheet.plain
    if "\t" in sheet.text[start:end]:
        return _cut(sheet, start, end, _TAB)
    if _UPRIGHT.search(plain, start, end):
        cells = _cut(sheet, start, end, _UPRIGHT)
    elif len(_BAR.findall(plain, start, end)) >= 2 and plain[start:end].strip()[:1] == "|":
        cells = _cut(sheet, start, end, _BAR)
    else:
        return None
    inner = cells[1:] if not cells[0] else cells
    return inner[:-1] if len(inner) > 1 and not inner[-1] else inner


def _cut(sheet: Sheet, start: int, end: int, mark: re.Pattern[str]) -> list[Cell]:
    cells: list[Cell] = []
    at = start
    for found in mark.finditer(sheet.plain, start, end):
        cells.append(sheet.cell(at, found.start()))
        at = found.end()
    return [*cells, sheet.cell(at, end)]


def without_bars(sheet: Sheet, lines: list[Cell]) -> list[Cell]:
    """The lines of a page that writes every cell on a line of its own with a bar behind it: rows of a table
    whose bars tell how many cells each has as one line, all others without their bars.
    """
    kept: list[Cell] = []
    run: list[Cell] = []
    for line in [*lines, None]:
        if line is not None and _CELLS_CLOSED.fullmatch(line.plain):
            run.append(line)
            continue
        alone = sum(_CLOSED.fullmatch(cell.plain) is not None for cell in run)
        kept += run if alone < _FEWEST_BARRED else _barred_rows(sheet, run) or _stripped(run)
        kept += [line] if line is not None else []
        run = []
    return kept


def _stripped(run: list[Cell]) -> list[Cell]:
    alone = (
        line.part(0, len(line.plain.rstrip(" |"))) if _CLOSED.fullmatch(line.plain) else line for line in run
    )
    return [line for line in alone if line]


def _barred_rows(sheet: Sheet, run: list[Cell]) -> list[Cell]:
    """The rows from the heads on, each as one line; none where bars do not tell how many cells a row has.

    It has as many as divide the way from the heads to the first number and from each number to the next.
    """
    cells = [(at, cell) for at, line in enumerate(run) for cell in _before_bars(line)]
    first = next((at for at, (_, cell) in enumerate(cells) if column_of(cell.plain) == "number"), len(cells))
    width = gcd(*(at - first for at in _numbered(cells, first)))
    heads = [cell for _, cell in cells[first : first + width]]
    # A head that spans several columns leaves empty cells behind the last: which it spans cannot be told.
    if width < _FEWEST_BARRED or not all(heads) or "task" not in (columns_of(heads) or ()):
        return []
    begins = range(first, len(cells), width)
    if any(cells[at - 1][0] == cells[at][0] for at in begins if at):
        return []
    lines = [cells[at][0] for at in begins]
    rows = [sheet.cell(run[at].start, run[end - 1].end) for at, end in pairwise([*lines, len(run)])]
    return [*_stripped(run[: lines[0]]), *rows]


def _before_bars(line: Cell) -> list[Cell]:
    ends = [found.start() for found in _BAR.finditer(line.plain)]
    return [line.part(start, end) for start, end in zip([0, *(end + 1 for end in ends)], ends, strict=False)]


def _numbered(cells: list[tuple[int, Cell]], first: int) -> list[int]:
    """Where the numbers of rows stand below the heads: each counts on from the one before."""
    found: list[int] = []
    last: int | None = None
    for at in range(first + 1, len(cells)):
        numbered = read_number(cells[at][1])
        written = numbered[1].plain if numbered else ""
        value = int(written) if written.isdecimal() else chinese_number(written)
        if value is not None and last in (None, value - 1):
            found.append(at)
            last = int(value)
    return found


def join_drawn(sheet: Sheet, lines: list[list[Cell]]) -> list[list[Cell]]:
    """The rows of one compartment of a drawn table: a line that begins with no number goes on with the row
    above, unless a part or an item begins in it ("△…", "2.…").
    """
    rows: list[list[list[Cell]]] = []
    for cells in lines:
        begins = read_number(cells[0]) or numbering(cells[0]) or any(_PART.match(one.plain) for one in cells)
        if not rows or begins or len(cells) != len(rows[-1]):
            rows.append([[cell] for cell in cells])
        else:
            for column, cell in zip(rows[-1], cells, strict=True):
                column.append(cell)
    return [[sheet.joined(column) for column in row] for row in rows]
