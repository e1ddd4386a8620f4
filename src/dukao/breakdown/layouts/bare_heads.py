"""Lines that only what stands below them shows to be heads: a leader's name and post ("李明副市长"), or a
label ("牵头单位：区发改局"), right above the first of a list or a table. One alone may be anything: a paper
that is so written has two or more of a kind.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from dukao.breakdown.cells import Cell, Sheet
from dukao.breakdown.duties.columns import columns_of, label_pattern
from dukao.breakdown.duties.labels import Duty, read_labels
from dukao.breakdown.duties.leaders import leaders_of_head, read_leaders
from dukao.breakdown.duties.units import is_unit
from dukao.breakdown.layouts.headings import numbering, units_of_head, without_marks
from dukao.breakdown.layouts.rows import Head
from dukao.breakdown.layouts.tables.lines import split_line

_LONGEST = 40
_FIRST = frozenset(("1", "一", "①"))
_LEVEL, _ITEM_LEVEL = 1, 3


def find_bare_heads(sheet: Sheet, lines: Sequence[Cell]) -> Mapping[int, tuple[Head, Duty]]:
    """The heads of a document that are such, by where their line begins, each with the units it names."""
    leaders: dict[int, tuple[Head, Duty]] = {}
    labels: dict[int, tuple[Head, Duty]] = {}
    for at, line in enumerate(lines[:-1]):
        if len(line.plain) > _LONGEST:
            continue
        first, below = numbering(lines[at + 1]), lines[at + 1]
        if (first or split_line(sheet, below.start, below.end)) and (head := _leader_head(line)):
            leaders[line.start] = head, Duty()
        elif _begins(sheet, first, below) and (said := _labelled(line)):
            upper = numbering(lines[at - 1]) if at else None
            if upper is None or first is None or upper[0] >= first[0]:
                labels[line.start] = said
    kinds = [kind for kind in (leaders, labels) if len(kind) > 1]
    return {start: said for kind in kinds for start, said in kind.items()}


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
    shown = [lines[at] for at in firsts if at < len(lines)]
    leaders = [name for name in shown if _is_leader(name)]
    units = [name for name in shown if units_of_head(Head(_LEVEL, "", name, name.start, name.end))]
    heads: dict[int, tuple[Head, Duty]] = {}
    for kind in (leaders, units):
        if len(kind) > 1 and 2 * len(kind) > len(shown):
            for name in kind:
                duty = Duty(leaders=name) if kind is leaders else Duty(stated=(("responsible", name),))
                heads[name.start] = Head(_LEVEL, "", name, name.start, name.end), duty
    return heads


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
    """The head that a label with units is, and what it says."""
    body = without_marks(line)
    duty = read_labels(body) if label_pattern().match(body.plain) else None
    if duty is None or len(duty.stated) != 1 or duty.leaders or duty.deadline:
        return None
    return Head(_LEVEL, "", duty.stated[0][1], line.start, line.end), duty
