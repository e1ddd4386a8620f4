"""Lines that only what stands below them shows to be heads: a leader's name and post ("李明副市长"), or a
label ("牵头单位：区发改局"), right above the first of a list or a table. One alone may be anything: a paper
that is so written has two or more of a kind.
"""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence

from dukao.breakdown.cells import Cell, Sheet
from dukao.breakdown.duties.columns import WHO, columns_of, label_pattern
from dukao.breakdown.duties.labels import Duty, read_labels
from dukao.breakdown.duties.leaders import leaders_of_head, read_leaders
from dukao.breakdown.duties.units import is_unit
from dukao.breakdown.layouts.headings import units_of_head
from dukao.breakdown.layouts.numbering import numbering, without_marks
from dukao.breakdown.layouts.rows import Head
from dukao.breakdown.layouts.tables.lines import split_line

_LONGEST = 40
_LONGEST_LEAD = 12
_MOST_LABELS = 5
_FIRST = frozenset(("1", "一", "①"))
_LEVEL, _ITEM_LEVEL = 1, 3
_SAVED_SHEET = re.compile(r"#{0,6} ?(?:Sheet|工作表) ?\d{1,3} ?: ?(?=\S)")


def find_bare_heads(sheet: Sheet, lines: Sequence[Cell]) -> Mapping[int, tuple[Head, Duty]]:
    """The heads of a document that are such, by where their line begins, each with the units it names."""
    above_all = _stand_above(lines)
    leaders: dict[int, tuple[Head, Duty]] = {}
    labels: dict[int, tuple[Head, Duty]] = {}
    tables: dict[int, tuple[Head, Duty]] = {}
    for at, line in enumerate(lines[:-1]):
        if len(line.plain) > _LONGEST:
            continue
        below = lines[_below(lines, at)]
        first = numbering(below)
        if (first or split_line(sheet, below.start, below.end)) and (head := _leader_head(line)):
            leaders[line.start] = head, Duty()
        elif (said := _above_table(sheet, line, below)) is not None:
            tables[line.start] = said
        elif (first if above_all else _begins(sheet, first, below)) and (said := _labelled(line)):
            upper = _upper(lines, at)
            level = first[0] if first else _LEVEL
            if upper is None or first is None or upper >= (min(level, _ITEM_LEVEL) if above_all else level):
                labels[line.start] = said
    kinds = [kind for kind in (leaders, labels) if len(kind) > 1]
    return {start: said for kind in (*kinds, tables) for start, said in kind.items()}


def _stand_above(lines: Sequence[Cell]) -> bool:
    """Whether every line that is a label stands above a numbered one, the first above all of these and none
    below the last: then labels lead what comes, though the numbers go on counting.
    """
    labelled = [at for at, line in enumerate(lines) if len(line.plain) <= _LONGEST and _labelled(line)]
    if len(labelled) < 2:
        return False
    items = [at for at, line in enumerate(lines) if (one := numbering(line)) and one[0] >= _ITEM_LEVEL]
    if not items or labelled[0] > items[0] or labelled[-1] > items[-1]:
        return False
    numbered = {*items}
    single = {*labelled}
    if any(at not in single and label_pattern().match(line.plain) for at, line in enumerate(lines)):
        return False
    duties = [said[1] for at in labelled if (said := _labelled(lines[at]))]
    if len({duty.columns for duty in duties}) > 1:
        return False
    return all(_below(lines, at) in numbered for at in labelled)


def _upper(lines: Sequence[Cell], at: int) -> int | None:
    """The level of the numbered line above a label and the few right above it; None without one."""
    above = at - 1
    while (
        above >= max(at - _MOST_LABELS, 0) and len(lines[above].plain) <= _LONGEST and _labelled(lines[above])
    ):
        above -= 1
    numbered = numbering(lines[above]) if above >= 0 else None
    return numbered[0] if numbered else None


def _below(lines: Sequence[Cell], at: int) -> int:
    """The line below another, past one that only leads in: "具体任务："."""
    leads_in = len(lines[at + 1].plain) <= _LONGEST_LEAD if at + 2 < len(lines) else False
    return at + 2 if leads_in and lines[at + 1].plain.endswith(":") else min(at + 1, len(lines) - 1)


def _above_table(sheet: Sheet, line: Cell, below: Cell) -> tuple[Head, Duty] | None:
    """The head that labels are which stand right above a table without a column of units."""
    if not label_pattern().match(line.plain):
        return None
    cells = split_line(sheet, below.start, below.end)
    columns = columns_of(cells) if cells else None
    duty = read_labels(line) if columns and "task" in columns and not {*WHO} & {*columns} else None
    if duty is None or not duty.stated:
        return None
    return Head(_LEVEL, "", duty.stated[0][1], line.start, line.end), duty


def _begins(sheet: Sheet, first: tuple[int, str, Cell, bool] | None, below: Cell) -> bool:
    """Whether a line is the first of a list, or the heads of a table."""
    if first:
        return first[1] in _FIRST
    cells = split_line(sheet, below.start, below.end)
    return cells is not None and columns_of(cells) is not None


def find_sheet_heads(lines: Sequence[Cell], begins: Sequence[int]) -> Mapping[int, tuple[Head, Duty]]:
    """The names of a workbook's sheets that are its leaders or units, one a sheet, by where they stand."""
    starts = [line.start for line in lines]
    firsts = [bisect_left(starts, at) for at in ((0, *begins) if begins else ())]
    shown = {lines[at].start: lines[at] for at in firsts if at < len(lines)} or _saved_sheets(lines)
    leaders = {at: name for at, name in shown.items() if _is_leader(name)}
    units = {
        at: name for at, name in shown.items() if units_of_head(Head(_LEVEL, "", name, name.start, name.end))
    }
    heads: dict[int, tuple[Head, Duty]] = {}
    for kind in (leaders, units):
        if len(kind) > 1 and 2 * len(kind) > len(shown):
            for at, name in kind.items():
                duty = Duty(leaders=name) if kind is leaders else Duty(stated=(("responsible", name),))
                heads[at] = Head(_LEVEL, "", name, name.start, name.end), duty
    return heads


def _saved_sheets(lines: Sequence[Cell]) -> dict[int, Cell]:
    """The names of sheets as they stand in a workbook that was saved as a page: "Sheet 3: 李明"."""
    found = ((line, _SAVED_SHEET.match(line.plain)) for line in lines)
    return {line.start: line.part(said.end(), len(line.plain)) for line, said in found if said}


def _is_leader(name: Cell) -> bool:
    """Whether a line is nothing but the name of a person, with or without a post."""
    found = read_leaders(name, bare="known")
    return len(found) == 1 and not is_unit(name.plain) and found[0].start == name.start


def _leader_head(line: Cell) -> Head | None:
    numbered = numbering(line)
    if numbered and numbered[0] >= _ITEM_LEVEL:
        return None
    level, number, title = numbered[:3] if numbered else (_LEVEL, "", without_marks(line))
    is_led = bool(title) and ":" not in title.plain and bool(leaders_of_head(title))
    return Head(level, number, title, line.start, line.end) if is_led else None


def _labelled(line: Cell) -> tuple[Head, Duty] | None:
    """The head that a label with units or a leader is, and what it says."""
    body = without_marks(line)
    duty = read_labels(body) if label_pattern().match(body.plain) else None
    said = (*(cell for _, cell in duty.stated), duty.leaders) if duty else ()
    named = [cell for cell in said if cell]
    if duty is None or len(named) != 1 or duty.deadline:
        return None
    return Head(_LEVEL, "", named[0], line.start, line.end), duty
