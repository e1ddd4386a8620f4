"""Tables without heads that give every task some lines of its own: its number and its words, and below them
who does it, behind labels ("牵头单位：…") or beside them ("牵头单位 | …").
"""

from collections.abc import Sequence

from dukao.breakdown.cells import Cell, Sheet
from dukao.breakdown.duties.columns import WHO, column_of, label_pattern
from dukao.breakdown.layouts.numbering import read_number
from dukao.breakdown.layouts.tables.lines import split_line

_LEAST_PAIRS = 2


def card_of(sheet: Sheet, lines: Sequence[Cell], at: int, cells: Sequence[Cell]) -> list[Cell]:
    """What the line at `at` says of a task, as lines of a paragraph would; nothing where it is none."""
    full = [cell for cell in cells if cell]
    if said := _duties_of(sheet, cells):
        return said
    below = lines[at + 1] if at + 1 < len(lines) else None
    others = split_line(sheet, below.start, below.end) if below else None
    is_above = others is not None and len(full) == 2 and read_number(full[0]) is not None
    return full if is_above and others and _duties_of(sheet, others) else []


def _duties_of(sheet: Sheet, cells: Sequence[Cell]) -> list[Cell]:
    """The labels of a line, each with what it says; none where something else stands beside them."""
    full = [cell for cell in cells if cell]
    if all(label_pattern().match(cell.plain) for cell in full):
        # Words and tabs behind them may be a paragraph.
        return full if len(full) > 1 or (full and cells[0] is not full[0]) else []
    pairs = [*zip(full[::2], full[1::2], strict=False)]
    is_paired = len(full) % 2 == 0 and len(pairs) >= _LEAST_PAIRS and all(map(_is_said, pairs))
    return [sheet.cell(label.start, said.end) for label, said in pairs] if is_paired else []


def _is_said(pair: tuple[Cell, Cell]) -> bool:
    label, said = pair
    return column_of(label.plain) in (*WHO, "leader", "deadline") and column_of(said.plain) is None
