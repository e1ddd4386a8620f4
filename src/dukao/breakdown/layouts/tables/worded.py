"""Tables copied as plain text, one space between the cells: "1 疏浚南塘河 区水务局 6月底"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from dukao.breakdown.cells import Cell, Sheet
from dukao.breakdown.duties.columns import WHO, columns_of
from dukao.breakdown.duties.units import is_unit
from dukao.breakdown.layouts.headings import is_annex_mark, read_head
from dukao.breakdown.layouts.numbering import is_measure, read_number
from dukao.breakdown.layouts.rows import Entry, Row
from dukao.breakdown.layouts.tables.flattened import read_flattened
from dukao.breakdown.lettering import closed_up

_WORD = re.compile(r"\S+")
_LEAST = 3  # columns
_LONGEST_HEADS, _LONGEST_REST = 60, 40  # letters


def begins_worded(lines: Sequence[Cell], at: int) -> bool:
    """True for a line of heads and nothing else, spaces between them, with a numbered line below it."""
    line = lines[at]
    if " " not in line.plain or len(line.plain) > _LONGEST_HEADS or at + 1 == len(lines):
        return False
    heads = words_of(line)
    columns = columns_of(heads) if len(heads) >= _LEAST else None
    if columns is None or not all(columns) or columns[0] != "number" or "task" not in columns:
        return False
    return bool({*WHO} & {*columns}) and _is_row(lines[at + 1])


def read_worded(sheet: Sheet, lines: Sequence[Cell]) -> tuple[list[Entry], int]:
    """The entries of the table whose heads are the first line, and how many lines it takes: the words of a
    row are the cells of a flattened one.
    """
    heads, rows = words_of(lines[0]), list[list[Cell]]()
    taken = 1
    for line in lines[1:]:
        begins = _is_row(line)
        if is_annex_mark(line) or read_head(line) or not (begins or _goes_on(line)):
            break
        if begins:
            rows.append(words_of(line))
        else:
            rows[-1] += words_of(line)
        taken += 1
    read = (entry for row in rows for entry in read_flattened(sheet, [*heads, *row])[0])
    return [replace(one, rules=("B38",)) if isinstance(one, Row) else one for one in read], taken


def words_of(line: Cell) -> list[Cell]:
    """The words of a line; two single letters side by side are a name that is spread ("周 岩"), and a figure
    behind the first word belongs to the words around it ("新建 5 所").
    """
    words: list[Cell] = []
    for found in _WORD.finditer(line.plain):
        word = line.part(*found.span())
        if len(words) > 1 and _is_same_cell(words[-1], word):
            words[-1] = line.part(words[-1].start - line.start, found.end())
        else:
            words.append(word)
    return words


def _is_same_cell(last: Cell, word: Cell) -> bool:
    if last.plain[-1].isdecimal() and is_measure(word.plain):
        return True
    if word.plain.isdecimal() or last.plain[-1].isdecimal():
        return not is_unit(word.plain) and not is_unit(last.plain)
    return len(last.plain) == len(word.plain) == 1


def _is_row(line: Cell) -> bool:
    words = words_of(line)
    return len(words) > 2 and read_number(words[0]) is not None and not closed_up(line.plain).isdecimal()


def _goes_on(line: Cell) -> bool:
    """Whether a line goes on with the row above: short, and no sentence or note."""
    return len(line.plain) < _LONGEST_REST and not re.search("[。:]", line.plain)
