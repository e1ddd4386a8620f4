"""Items without a unit line of their own above one that has it: who does them is the document's habit to say.

In some documents a line of units ends the run of items it is meant for; in others every item has its own, and
one without is an omission. The lines themselves tell which, where there are enough of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Literal, TypeVar

from dukao.breakdown.cells import Sheet
from dukao.breakdown.duties.labels import Duty
from dukao.breakdown.layouts.items import UNNUMBERED
from dukao.breakdown.layouts.rows import Charge, Entry, Head, Row

_Said = TypeVar("_Said", Row, Duty)
Habit = Literal["shared", "own", "unknown"]
_PART_LEVEL = 6  # of "（1）"
_FEWEST = 2  # lines under several items that make a habit
_FEWEST_ALONE = 3  # items of a single list, below which its only line of units stands
_MOST_OWN = 0.2  # of all lines, where a habit of own lines leaves room for omissions


def share_lines(sheet: Sheet, entries: Sequence[Entry]) -> list[Entry]:
    """The entries with the units that runs of items share; where no habit can be known, with `below`."""
    entries = _share_above(entries)
    sections = [*_sections(entries)]
    runs = [run for section in sections for run in _runs(section)]
    habit = _habit(sheet, runs)
    wholes = _whole_items(sheet, sections)
    settled = dict[int, Row]()
    for *open_rows, last in runs:
        if (habit != "own" or id(last) in wholes) and _has_line(sheet, last):
            for row in open_rows:
                is_shared = habit == "shared" or id(last) in wholes
                settled[id(row)] = _with_line(row, last) if is_shared else replace(row, below=last.stated)
    shared = [settled.get(id(entry), entry) if isinstance(entry, Row) else entry for entry in entries]
    return _share_leaders(sheet, shared)


def _share_above(entries: Sequence[Entry]) -> list[Entry]:
    """The entries, with what labels below a list say of all above them up to its head; the nearest first."""
    settled: list[Entry] = []
    below: Duty | None = None
    for entry in reversed(entries):
        if isinstance(entry, Charge) and entry.is_of_above:
            below = _filled(entry.duty, below) if below else entry.duty
            continue
        if isinstance(entry, Head):
            below = None
        if below is not None and isinstance(entry, Row):
            entry = replace(_filled(entry, below), rules=(*entry.rules, "B37"))
        settled.append(entry)
    return settled[::-1]


def _filled(said: _Said, other: Duty) -> _Said:
    """What a row or labels say, and what they do not say themselves as others say it."""
    return replace(
        said,
        stated=said.stated or other.stated,
        leaders=said.leaders or other.leaders,
        deadline=said.deadline or other.deadline,
        remark=said.remark or other.remark,
    )


def _share_leaders(sheet: Sheet, entries: list[Entry]) -> list[Entry]:
    """The entries with the leader who stands below the last item of a section, and nowhere else in it, again
    and again: that is the leader of the whole section.
    """
    led = [section for section in _sections(entries) if any(row.leaders for row in section)]
    several = [section for section in led if len(section) > 1]
    if len(several) < _FEWEST or not all(_ends_with_leader(sheet, section) for section in led):
        return entries
    of = {id(row): section[-1].leaders for section in several for row in section[:-1]}
    return [
        replace(entry, leaders=of[id(entry)], rules=(*entry.rules, "B29"))
        if isinstance(entry, Row) and id(entry) in of
        else entry
        for entry in entries
    ]


def _ends_with_leader(sheet: Sheet, section: Sequence[Row]) -> bool:
    """Whether only the last item has a leader, on a line below its units."""
    *above, last = section
    if any(row.leaders for row in above) or not last.leaders or not last.stated:
        return False
    return "\n" in sheet.text[last.stated[-1][1].end : last.leaders.start]


def _habit(sheet: Sheet, runs: Sequence[Sequence[Row]]) -> Habit:
    """Lines that stand under several items again and again are shared, and then no item is left behind the
    last one.
    """
    ended = [run for run in runs if run[-1].stated]
    several = sum(len(run) > 1 and _has_line(sheet, run[-1]) for run in ended)
    left_behind = len(runs) > len(ended)
    if len(runs) == len(ended) == several == 1 and len(runs[0]) >= _FEWEST_ALONE:
        # The only line of units, at the end of the only list; a mere name may be who signs, or runs the page.
        return "shared" if _says_who(runs[0][-1]) else "unknown"
    if several >= _FEWEST and 2 * several >= len(ended) and not left_behind:
        return "shared"
    return "own" if several <= _MOST_OWN * len(ended) else "unknown"


def _says_who(row: Row) -> bool:
    """Whether labels say who answers for an item, or who does it with more than a name."""
    is_told = bool(row.leaders or row.deadline) or any(column == "responsible" for column, _ in row.stated)
    return "B05" in row.rules and is_told


def _whole_items(sheet: Sheet, sections: Sequence[Sequence[Row]]) -> frozenset[int]:
    """The last parts of items, "（1）" below "1.", whose line is the whole item's: where every item in parts
    has one, below its last part.
    """
    items = [[*parts] for section in sections for is_part, parts in groupby(section, key=_is_part) if is_part]
    ends = [run[-1] for item in items for run in _runs(item)]
    is_whole = len(ends) == len(items) and all(_has_line(sheet, last) for last in ends)
    return frozenset(map(id, ends)) if is_whole else frozenset()


def _is_part(row: Row) -> bool:
    return _PART_LEVEL <= row.level < UNNUMBERED


def _has_line(sheet: Sheet, row: Row) -> bool:
    """Whether the units of an item stand on a line below it: what stands behind its words is its own."""
    return bool(row.stated) and "\n" in sheet.text[row.task.end : row.stated[0][1].start]


def _sections(entries: Sequence[Entry]) -> Iterator[list[Row]]:
    """The paragraphs under each head, those without labels right under it that say who does them all."""
    section: list[Row] = []
    is_charged = False
    for entry in entries:
        if isinstance(entry, Head):
            yield [] if is_charged else section
            section, is_charged = [], False
        elif isinstance(entry, Charge):
            is_charged = True
        elif isinstance(entry, Row) and entry.layout == "paragraph":
            section.append(entry)
    yield [] if is_charged else section


def _runs(section: Sequence[Row]) -> Iterator[list[Row]]:
    """The items of a section, each run of equals ending with one whose units stand on a line below it."""
    run: list[Row] = []
    for row in section:
        if run and (row.level != run[0].level or not row.number):
            yield run
            run = []
        if row.number:
            run.append(row)
        if run and (row.stated or row.leaders):
            yield run
            run = []
    if run:
        yield run


def _with_line(row: Row, last: Row) -> Row:
    """The row with the units, and what else is said on their line, of the row that ends its run."""
    return replace(
        row,
        stated=last.stated,
        leaders=row.leaders or last.leaders,
        deadline=row.deadline or last.deadline,
        rules=(*row.rules, "B20"),
    )
