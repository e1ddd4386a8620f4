"""Tables that a page has flattened: every cell on a line of its own, empty cells gone."""

import re
from dataclasses import dataclass, field
from itertools import pairwise

from dukao.breakdown.cells import Cell, Sheet
from dukao.breakdown.duties.columns import WHO, Column, column_of, columns_of, label_pattern
from dukao.breakdown.duties.labels import begins_name
from dukao.breakdown.duties.leaders import read_leaders
from dukao.breakdown.duties.units import is_unit
from dukao.breakdown.layouts.headings import is_annex_mark, read_head
from dukao.breakdown.layouts.numbering import MEASURES
from dukao.breakdown.layouts.rows import Entry, Head, Row
from dukao.breakdown.layouts.tables.contents import part_labelled
from dukao.breakdown.lettering import closed_up
from dukao.language.dates import goes_on, read_deadlines

_NUMBER = re.compile(r"\d{1,3}\s*[.、*]?$")
_BEHIND_NUMBER = " .、*"
# "改造卫生院2所", "新建5所学校" are no units.
_COUNTED = re.compile(rf"(?<!\d)\d{{1,4}}\s*(?:[\u4e00-\u9fff]$|(?!\d){MEASURES})")
_SHORT = 24
_MOST_HEADS, _LONGEST_HEAD, _BROKEN, _SHORTEST = 12, 8, 4, 2
_UNNUMBERED = 2  # the level of a head without a number
_YEAR = re.compile(r"(?:19|20)\d\d年?$")
# "13个街道、镇": what places of a level are called.
_LEVELS = frozenset("镇乡街村")
_NO_HEAD = re.compile(r"[\d。,;:、]")


def heads_at(lines: list[Cell], at: int) -> list[Cell]:
    """The lines from `at` on that are the row of heads of a flattened table; none when they are not.

    One of them may name no column known where the first rows below have a line for each; a head may be broken
    over two lines.
    """
    if column_of(lines[at].plain) != "number":
        return []
    heads, broken = _heads(lines, at), _broken_heads(lines, at)
    if not broken or len(broken) == _lines_of(broken):
        return heads
    columns = columns_of(heads) or []
    row = lines[at + len(heads) : at + len(heads) + len(columns) + 1]
    return heads if row and columns and _whole_row(row, columns, is_after_whole=False) else broken


def _heads(lines: list[Cell], at: int) -> list[Cell]:
    heads: list[Cell] = []
    unknown = 0
    for line in lines[at : at + _MOST_HEADS]:
        is_known = bool(column_of(line.plain)) and not line.plain.endswith(":")
        unknown += not is_known
        if unknown > 1 or (not is_known and not _may_be_head(line)):
            unknown -= not is_known
            break
        heads.append(line)
    below = lines[at + len(heads) : at + len(heads) + 2 * _MOST_HEADS]
    if not _are_heads(heads, below, unknown) and unknown and not column_of(heads[-1].plain):
        # What stands last is no head of a column, but of the rows below.
        below, unknown = [heads.pop(), *below], 0
    return heads if _are_heads(heads, below, unknown) else []


def _are_heads(heads: list[Cell], below: list[Cell], unknown: int) -> bool:
    """Whether lines are the heads of a table; of one that is not known the first rows below show it."""
    columns = columns_of(heads) if len(heads) >= 3 else None
    if not columns or columns[0] != "number" or "task" not in columns:
        return False
    wide = len(columns)
    below = below[: 2 * wide]
    are_whole = all(
        _whole_row(below[first : first + wide + 1], columns, is_after_whole=False)
        for first in (0, wide)
        if unknown and below[first:]
    )
    return are_whole and bool(below or not unknown)


def _broken_heads(lines: list[Cell], at: int) -> list[Cell]:
    """Heads of which some are broken in two ("牵头↵部门"), right above the number of the first row."""
    heads: list[Cell] = []
    end = min(at + _MOST_HEADS, len(lines))
    while at < end and not _NUMBER.match(lines[at].plain):
        line = lines[at]
        below = lines[at + 1] if at + 1 < end else None
        both = (
            Cell(line.text + below.text, line.plain + below.plain, line.pieces + below.pieces)
            if below
            else line
        )
        is_broken = below is not None and _are_halves(line, below) and column_of(both.plain)
        if not is_broken and not column_of(line.plain):
            return []
        heads.append(both if is_broken else line)
        at += 2 if is_broken else 1
    columns = columns_of(heads) if at < end and len(heads) >= 3 else None
    is_table = columns and columns[0] == "number" and "task" in columns and not {*WHO}.isdisjoint(columns)
    return heads if is_table else []


def _are_halves(line: Cell, below: Cell) -> bool:
    """Whether two lines are so short that they may be one head; two whole heads are none."""
    longest = max(len(closed_up(half.plain)) for half in (line, below))
    are_whole = column_of(line.plain) and column_of(below.plain)
    return longest <= (_SHORTEST if are_whole else _BROKEN)


def _lines_of(heads: list[Cell]) -> int:
    """How many lines heads take."""
    return sum(len(head.pieces) for head in heads)


def _may_be_head(line: Cell) -> bool:
    """Whether a line is as short as the head of a column and no sentence, name or number."""
    name = closed_up(line.plain)
    return len(name) <= _LONGEST_HEAD and not _NO_HEAD.search(name) and not is_unit(name)


@dataclass(slots=True)
class _Open:
    """A row being read: its cells by column, the column reached, and whether it had a line for each."""

    cells: dict[Column, list[Cell]] = field(default_factory=dict)
    reached: int = -1
    is_whole: bool = False


def read_flattened(sheet: Sheet, lines: list[Cell]) -> tuple[list[Entry], int]:
    """The entries of the flattened table whose heads begin `lines`, and how many lines it takes.

    A cell goes into the first column at or behind the last one that can hold such a text; a text that fits
    none begins a row whose number cell was merged with the row above.
    """
    heads = heads_at(lines, 0)
    columns = columns_of(heads) or []
    order: list[Column] = [column for column in columns if column]
    livelihood = any("实事" in closed_up(head.plain) for head in heads)
    entries: list[Entry] = []
    row: _Open | None = None
    taken = _lines_of(heads)
    while taken < len(lines):
        line = lines[taken]
        head = read_head(line)
        if is_annex_mark(line) or (head and head.level == 0):
            break
        if (row is None or row.is_whole) and _names_rows(lines, taken, columns):
            head = Head(_UNNUMBERED, "", line, line.start, line.end)
        again = heads_at(lines, taken)
        if again or head:
            entries += _closed(sheet, row, order, livelihood)
            entries += [head] if head else []
            row = None
            taken += _lines_of(again) or 1
            continue
        is_after_whole = row is not None and row.is_whole
        if cells := _whole_row(lines[taken : taken + len(columns) + 1], columns, is_after_whole):
            entries += _closed(sheet, row, order, livelihood)
            row = _Open(cells, len(order) - 1, is_whole=True)
            taken += len(columns)
            continue
        is_told = len(order) == len(columns)
        if is_told and _NUMBER.match(line.plain) and (row is None or row.reached >= 1):
            entries += _closed(sheet, row, order, livelihood)
            row = _Open({"number": [line]}, order.index("number"))
        elif not is_told:
            # A line for every column, or none can be told; the last row may have anything behind it.
            if last := _whole_row(lines[taken : taken + len(columns)], columns, is_after_whole):
                entries += _closed(sheet, row, order, livelihood)
                row = _Open(last, len(order) - 1, is_whole=True)
                taken += len(columns)
            break
        elif not _place(row, order, line):
            entries += _closed(sheet, row, order, livelihood)
            row = _Open()
            _place(row, order, line)
        taken += 1
    return [*entries, *_closed(sheet, row, order, livelihood)], taken


def _names_rows(lines: list[Cell], at: int, columns: list[Column | None]) -> bool:
    """Whether a line is a few words right above the number of a row that has a line for every column."""
    below = lines[at + 1 : at + len(columns) + 2]
    is_short = _may_be_head(lines[at]) and not column_of(lines[at].plain)
    return is_short and bool(below) and _whole_row(below, columns, is_after_whole=True) is not None


def _whole_row(
    lines: list[Cell], columns: list[Column | None], is_after_whole: bool
) -> dict[Column, list[Cell]] | None:
    """The cells of a row that has one line for every column, from its number to the next one's; else None.

    Behind the last of rows that are all so stands a head, or what is no more of its last cell.
    """
    number = lines[0].plain.rstrip(_BEHIND_NUMBER)
    full = lines[: len(columns)]
    behind = lines[len(columns)].plain.rstrip(_BEHIND_NUMBER) if len(lines) > len(columns) else None
    is_last = len(full) == len(columns) and (
        behind is None
        or bool(read_head(lines[-1]))
        or (is_after_whole and not _goes_on(columns[-1], lines[-1]))
    )
    if (
        not number.isdecimal()
        or not (is_last or behind == str(int(number) + 1))
        or len(set(columns)) < len(columns)
    ):
        return None
    cells = {column: [line] for column, line in zip(columns, full, strict=True) if column}
    return cells if all(_may_hold(column, cell[0]) for column, cell in cells.items()) else None


def _goes_on(column: Column | None, line: Cell) -> bool:
    """Whether a line may be more of the cell above it, or the number of a row."""
    fits = column is not None and column not in ("remark", "project") and _fits(line, column, {})
    return fits or column == "remark" or bool(_NUMBER.match(line.plain))


def _may_hold(column: Column, line: Cell) -> bool:
    if column in WHO:
        return _fits(line, column, {})
    if column == "leader":
        return len(line.plain) < _SHORT and not re.search(r"[\d。]", line.plain)
    if column == "deadline":
        return len(line.plain) < _SHORT and not line.plain.endswith("。") and not is_unit(line.plain)
    return column == "number" or not is_unit(line.plain) or bool(_COUNTED.search(line.plain))


def _place(row: _Open | None, order: list[Column], line: Cell) -> bool:
    """Put the line into its column; False when the row has no place for it."""
    if row is None:
        return False
    fitting = [i for i in range(max(row.reached, 0), len(order)) if _fits(line, order[i], row.cells)]
    if (
        len(fitting) > 1
        and order[fitting[0]] == "task"
        and "task" in row.cells
        and order[fitting[1]] != "remark"
    ):
        # More of a text that is there already, or the next cell: the next cell.
        fitting = fitting[1:]
    if len(fitting) > 1 and order[fitting[0]] == "lead" and "lead" in row.cells and order[fitting[1]] in WHO:
        # A second line of units where those who help have a column: one leads.
        fitting = fitting[1:]
    if not fitting:
        return False
    row.cells.setdefault(order[fitting[0]], []).append(line)
    row.reached = fitting[0]
    return True


def fit_cells(columns: list[Column | None], pieces: list[Cell]) -> list[list[Cell]] | None:
    """The pieces of a numbered row in the columns that can hold such texts, in order; None where
    one fits none.
    """
    order = [column for column in columns if column]
    if len(order) < len(columns) or len({*order}) < len(order) or order[0] != "number":
        return None
    row = _Open({"number": pieces[:1]}, 0)
    fitted = all(_place(row, order, piece) for piece in pieces[1:])
    return [row.cells.get(column, []) for column in order] if fitted else None


def _fits(line: Cell, column: Column, cells: dict[Column, list[Cell]]) -> bool:
    if column in WHO:
        names = re.split(r"[、,;]", line.plain.lstrip("\\*★"))
        may_stop = not line.plain.endswith("。") or begins_name(names[0])
        return may_stop and all(is_unit(name) or name in _LEVELS for name in names if name)
    if column == "leader":
        return len(line.plain) < _SHORT and bool(read_leaders(line))
    if column == "deadline":
        plain = line.plain
        timed = read_deadlines(plain, 0, len(plain), None) or goes_on(plain) or _YEAR.match(plain)
        return len(plain) < _SHORT and not plain.endswith("。") and bool(timed)
    if column == "project":
        return column not in cells
    if column == "task":
        unit = is_unit(line.plain) and not line.plain.endswith("。") and not _COUNTED.search(line.plain)
        return not cells.keys() & {*WHO, "leader", "deadline"} and not unit
    return column == "remark"


def _closed(sheet: Sheet, row: _Open | None, order: list[Column], livelihood: bool) -> list[Row]:
    """The row, when it holds a task and something beside it."""
    if row is None or "task" not in row.cells or len(row.cells) < 2:
        return []
    number = _whole(sheet, row.cells.get("number"))
    if number is None and not row.cells.keys() & {*WHO, "deadline"}:
        return []
    task = _whole(sheet, row.cells["task"])
    stated, labelled = part_labelled([one for c in WHO for one in _of_units(sheet, c, row.cells.get(c))])
    is_doubtful = not row.is_whole and _may_lead_too(row)
    return [
        Row(
            layout="flat",
            number=number.part(0, len(number.plain.rstrip(_BEHIND_NUMBER))) if number else None,
            task=task or row.cells["task"][0],
            project=_whole(sheet, row.cells.get("project")),
            leaders=_whole(sheet, row.cells.get("leader")) or labelled.leaders,
            stated=tuple(stated),
            deadline=_whole(sheet, row.cells.get("deadline")) or labelled.deadline,
            remark=_whole(sheet, row.cells.get("remark")) or labelled.remark,
            continued=number is None,
            livelihood=livelihood,
            columns=frozenset(order),
            rules=("B07", "B43") if is_doubtful else ("B07",),
        )
    ]


def _may_lead_too(row: _Open) -> bool:
    """Whether a row has more lines of units than columns for them: the second may lead as well as help."""
    helping = [line for column in WHO if column != "lead" for line in row.cells.get(column, ())]
    begun = [line for above, line in pairwise(helping) if not above.plain.endswith(("、", ",", ";"))]
    is_starred = any(line.plain.startswith(("*", "\\*", "★")) for line in helping)
    return "lead" in row.cells and bool(begun) and not is_starred


def _of_units(sheet: Sheet, column: Column, lines: list[Cell] | None) -> list[tuple[Column, Cell]]:
    """The lines of a cell of units, parted where a label begins one of them."""
    parts: list[list[Cell]] = []
    for line in lines or ():
        if not parts or label_pattern().match(line.plain):
            parts.append([])
        parts[-1].append(line)
    return [(column, cell) for part in parts if (cell := _whole(sheet, part))]


def _whole(sheet: Sheet, cells: list[Cell] | None) -> Cell | None:
    """The lines of one cell as the stretch they cover."""
    return sheet.cell(cells[0].start, cells[-1].end) if cells else None
