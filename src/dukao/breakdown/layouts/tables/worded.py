"""Tables copied as plain text, one space between the cells: "1 疏浚南塘河 区水务局 6月底"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from dukao.breakdown.cells import Cell, Sheet
from dukao.breakdown.duties.columns import WHO, Column, columns_of
from dukao.breakdown.duties.units import is_unit
from dukao.breakdown.layouts.headings import is_annex_mark, read_head
from dukao.breakdown.layouts.numbering import is_measure, read_number
from dukao.breakdown.layouts.rows import Entry, Row
from dukao.breakdown.layouts.tables.flattened import read_flattened
from dukao.breakdown.layouts.tables.reader import TableReader
from dukao.breakdown.lettering import closed_up

_WORD = re.compile(r"\S+")
_BETWEEN = re.compile("[、,;/]+")
_LEAST = 3  # columns
_LONGEST_HEADS, _LONGEST_REST = 60, 40  # letters


def begins_worded(lines: Sequence[Cell], at: int) -> bool:
    """True for a line of heads and nothing else, spaces between them, with a row below it."""
    line = lines[at]
    if " " not in line.plain or len(line.plain) > _LONGEST_HEADS or at + 1 == len(lines):
        return False
    heads = words_of(line)
    columns = columns_of(heads) if len(heads) >= _LEAST else None
    if columns is None or not all(columns) or "task" not in columns or not {*WHO} & {*columns}:
        return False
    return _is_row(lines[at + 1], columns)


def read_worded(sheet: Sheet, lines: Sequence[Cell]) -> tuple[list[Entry], int]:
    """The entries of the table whose heads are the first line, and how many lines it takes.

    A row has a word for every column, where the task may hold several; one in which something is missing is
    read like a flattened one. A line that begins no row goes on with the one above.
    """
    heads = words_of(lines[0])
    columns = columns_of(heads) or []
    rows = list[list[Cell]]()
    taken = 1
    for line in lines[1:]:
        begins = _is_row(line, columns)
        if is_annex_mark(line) or read_head(line) or not (begins or (rows and _goes_on(line))):
            break
        if begins:
            rows.append(words_of(line))
        else:
            rows[-1] += words_of(line)
        taken += 1
    table = TableReader(None, sheet)
    table.read(heads)
    entries = [entry for row in rows for entry in _read_row(sheet, table, heads, row)]
    return [replace(one, rules=("B38",)) if isinstance(one, Row) else one for one in entries], taken


def _read_row(sheet: Sheet, table: TableReader, heads: list[Cell], words: list[Cell]) -> list[Entry]:
    cells = _by_column(sheet, words, columns_of(heads) or [])
    return table.read(cells) if cells else read_flattened(sheet, [*heads, *words])[0]


def _by_column(sheet: Sheet, words: list[Cell], columns: Sequence[Column | None]) -> list[Cell] | None:
    """The words as the cells of a row, those that are too many in the task; None where units do not fit."""
    if not _fit(words, columns):
        return None
    more, task = len(words) - len(columns), columns.index("task")
    whole = sheet.cell(words[task].start, words[task + more].end)
    return [*words[:task], whole, *words[task + more + 1 :]]


def _fit(words: Sequence[Cell], columns: Sequence[Column | None]) -> bool:
    """Whether there is a word for every column, and where names of units belong are such; words that are too
    many are of the task.
    """
    more, task = len(words) - len(columns), columns.index("task")
    named = [at + more if at > task else at for at, column in enumerate(columns) if column in WHO]
    return more >= 0 and all(_may_be_units(words[at]) for at in named)


def _may_be_units(cell: Cell) -> bool:
    return all(is_unit(part) for part in _BETWEEN.split(cell.plain) if part) or cell.plain in "/—-无"


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


def _is_row(line: Cell, columns: Sequence[Column | None]) -> bool:
    """Whether a line begins a row: with its number, or with a word for every column."""
    words = words_of(line)
    if columns[0] == "number":
        return len(words) > 2 and read_number(words[0]) is not None and not closed_up(line.plain).isdecimal()
    return _fit(words, columns)


def _goes_on(line: Cell) -> bool:
    """Whether a line goes on with the row above: short, and no sentence or note."""
    return len(line.plain) < _LONGEST_REST and not re.search("[。:]", line.plain)
