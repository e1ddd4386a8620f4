"""Lines of tables cut into their cells: tabs, Markdown pipes, drawn boxes."""

import re

from dukao.breakdown.cells import Cell, Sheet
from dukao.breakdown.layouts.numbering import numbering, read_number

_DRAWN = re.compile(
    r"^[\s+\-=─━═┄┅┈┉│┃║┌┍┎┏┐┑┒┓└┕┖┗┘┙┚┛├┝┞┟┠┡┢┣┤┥┦┧┨┩┪┫┬┯┰┱┲┳┴┷┸┹┺┻┼┽┾┿╀╁╂╃╄╅╆╇╈╉╊╋╔╗╚╝╠╣╦╩╬|:]+$"
)
_UPRIGHT = re.compile("[│┃║]")
_TAB = re.compile("\t")
_BAR = re.compile(r"(?<!\\)\|")
# "区水务局 |": a cell and the bar behind it; an empty cell is only the bar.
_CLOSED = re.compile(r"[^|\t]*\|[ |]*")
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


def without_bars(lines: list[Cell]) -> list[Cell]:
    """The lines without the bar behind each, where a page writes every cell on a line of its own with a bar
    behind it.
    """
    kept: list[Cell] = []
    run: list[Cell] = []
    for line in [*lines, None]:
        if line is not None and _CLOSED.fullmatch(line.plain):
            run.append(line)
            continue
        if len(run) >= _FEWEST_BARRED:
            kept += [one for cell in run if (one := cell.part(0, len(cell.plain.rstrip(" |"))))]
        else:
            kept += run
        kept += [line] if line is not None else []
        run = []
    return kept


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
