"""Tables whose columns only spaces hold apart, as a page of PDF becomes text."""

import re
from unicodedata import east_asian_width

from dukao.breakdown.cells import Cell, Sheet
from dukao.breakdown.duties.columns import WHO, columns_of
from dukao.breakdown.layouts.headings import is_annex_mark, read_head, read_number

_GAP = re.compile(r"[ \t]{2,}")
_LEAST = 3  # columns


def split_spaced(line: Cell) -> list[Cell]:
    """The pieces of a line that two spaces or more hold apart."""
    pieces: list[Cell] = []
    at = 0
    for gap in _GAP.finditer(line.plain):
        pieces.append(line.part(at, gap.start()))
        at = gap.end()
    return [piece for piece in [*pieces, line.part(at, len(line.plain))] if piece]


def begins_spaced(line: Cell) -> bool:
    """True for a row of heads: a number, a task and somebody who does it, held apart by spaces."""
    heads = split_spaced(line) if "  " in line.plain else []
    columns = columns_of(heads) if len(heads) >= _LEAST else None
    return columns is not None and columns[0] == "number" and "task" in columns and bool({*WHO} & {*columns})


def read_spaced(sheet: Sheet, lines: list[Cell]) -> tuple[list[list[Cell]], int]:
    """The rows of the table whose heads are the first line, and how many lines it takes.

    A line that begins with no number goes on with the row above, each piece in the column it stands under.
    """
    heads = split_spaced(lines[0])
    rows: list[list[list[Cell]]] = [[[head] for head in heads]]
    starts = _starts(sheet, heads, lines)
    taken = 1
    for line in lines[1:]:
        pieces = split_spaced(line)
        numbered = _is_numbered(pieces)
        ends = is_annex_mark(line) or (len(rows) == 1 and not numbered)
        if not numbered and (ends or read_head(line) or not _goes_on(sheet, lines[taken - 1], line)):
            break
        under = [_nearest(starts, _offset(sheet, piece)) for piece in pieces[numbered:]]
        if numbered:
            rows.append([[pieces.pop(0)], *([] for _ in heads[1:])])
            if len(under) == len(heads) - 1 > len({*under}):
                # Tabs, not columns, hold them apart: each is in its place, wherever it stands.
                under = [*range(1, len(heads))]
        for column, piece in zip(under, pieces, strict=True):
            rows[-1][column].append(piece)
        taken += 1
    empty = heads[0].part(0, 0)
    return [[sheet.joined(cells or [empty]) for cells in row] for row in rows], taken


def _is_numbered(pieces: list[Cell]) -> bool:
    return len(pieces) > 1 and read_number(pieces[0]) is not None


def _starts(sheet: Sheet, heads: list[Cell], lines: list[Cell]) -> list[int]:
    """Where the columns begin: as in the first whole row, for heads may stand in the middle of theirs."""
    rows = (split_spaced(line) for line in lines[1:])
    whole = next((row for row in rows if len(row) == len(heads) and _is_numbered(row)), heads)
    return [_offset(sheet, cell) for cell in whole]


def _nearest(starts: list[int], at: int) -> int:
    """The column that begins nearest to a place, but never that of the numbers."""
    return min(range(1, len(starts)), key=lambda i: abs(starts[i] - at))


def _goes_on(sheet: Sheet, above: Cell, line: Cell) -> bool:
    """True when no blank line stands between."""
    return sheet.text.count("\n", above.end, line.start) == 1


def _offset(sheet: Sheet, cell: Cell) -> int:
    """How far from the edge of the page a cell begins, in half widths."""
    line = sheet.text.rfind("\n", 0, cell.start) + 1
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in sheet.text[line : cell.start])
