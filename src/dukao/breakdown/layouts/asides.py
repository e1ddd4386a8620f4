"""What bears a number and is no task: what a covering notice asks of its units, and notes below the rows."""

import re
from collections.abc import Sequence

from dukao.breakdown.cells import Cell, Sheet
from dukao.breakdown.layouts.headings import is_aside
from dukao.breakdown.layouts.rows import Entry, Head, Prose, Row

_ADDRESSED = re.compile(r"(?m)^(?=[^\n。]*(?:各|部门|单位))[^\n。:]{4,200}:[ \t]*$")
_YEAR = "(?:(?:19|20)\\d\\d|[一二][〇○零O0一二三四五六七八九]{3})"
_COUNT = "[\\d一二三四五六七八九十]{1,3}"
_DAY = f"{_YEAR} ?年 ?{_COUNT} ?月 ?{_COUNT} ?日"
_SIGNED = re.compile(rf"(?m)^ *{_DAY}[ \t]*$")
# "说明:1.本表…" with "2.…" on the next line.
_NOTES = re.compile(r"\(?(?:说明|注|备注|注释)\s*[:.]?\s*(?:1|一)\s*[.、](?!\d)")
_NOTE_ALONE = re.compile(r"(?:^|\n)[ \t(]*(?:说明|注|备注|注释)[ \t]*:?[ \t]*\n?$")
_NUMBERED = re.compile(r"(?:^|\n)[ \t]*(\d{1,2})[ \t]*[.、]")
_WIDEST_NUMBER, _WIDEST_NOTE, _MOST_NOTES = 12, 30, 30
_FEWEST = 2


def settle_asides(sheet: Sheet, entries: Sequence[Entry]) -> list[Entry]:
    """The entries, those that are no tasks as prose."""
    return _without_requests(_without_notes(sheet, _without_notice(sheet, entries)))


def _without_notice(sheet: Sheet, entries: Sequence[Entry]) -> list[Entry]:
    """The entries without the numbered words between the addressees and the date of a notice, where the
    rows stand below it: of its own words few name a unit.
    """
    addressed = _ADDRESSED.search(sheet.plain)
    signed = _SIGNED.search(sheet.plain, addressed.end()) if addressed else None
    if addressed is None or signed is None:
        return [*entries]
    span = range(addressed.end(), signed.start())
    rows = [entry for entry in entries if isinstance(entry, Row)]
    own = [row for row in rows if row.task.start in span]
    below = [row for row in rows if row.task.start >= signed.end() and row.stated]
    named = [row for row in own if row.stated]
    is_notice = own and 2 * len(named) <= len(own) and len(below) >= max(_FEWEST, len(named) + 1)
    return [_as_prose(entry, span) for entry in entries] if is_notice else [*entries]


def _as_prose(entry: Entry, span: range) -> Entry:
    match entry:
        case Row(task=cell) | Head(title=cell) if cell.start in span:
            return Prose(cell)
    return entry


def _without_notes(sheet: Sheet, entries: Sequence[Entry]) -> list[Entry]:
    """The entries without the items that go on with the numbers of a note, or begin below the word for one:
    nobody is named for them.
    """
    settled: list[Entry] = []
    following = 0
    nameless = _without_names_below(entries)
    for at, entry in enumerate(entries):
        cell = entry.cell if isinstance(entry, Prose) else entry.task if isinstance(entry, Row) else None
        number = _number_of(sheet, entry)
        is_free = isinstance(entry, Prose) or (isinstance(entry, Row) and not entry.stated)
        if number == 1 and at in nameless and cell and _stands_below_note(sheet, cell):
            following = 1
        if cell and is_free and following and number == following:
            following += 1
            settled.append(Prose(cell, is_note=True))
            continue
        is_note = isinstance(entry, Prose) and _NOTES.match(entry.cell.plain)
        following = 2 if is_note else following if isinstance(entry, Prose) else 0
        settled.append(entry)
    return settled


def _without_names_below(entries: Sequence[Entry]) -> set[int]:
    """Where entries stand from which on no row before the next head names anybody."""
    nameless: set[int] = set()
    named = False
    for at in range(len(entries) - 1, -1, -1):
        entry = entries[at]
        named = not isinstance(entry, Head) and (named or (isinstance(entry, Row) and bool(entry.stated)))
        if not named:
            nameless.add(at)
    return nameless


def _number_of(sheet: Sheet, entry: Entry) -> int:
    """The number of an item, or of a line of prose; 0 where it has none."""
    if isinstance(entry, Row):
        return next((at for at in range(1, _MOST_NOTES) if _bears(entry, at)), 0)
    if not isinstance(entry, Prose):
        return 0
    found = _NUMBERED.search(sheet.plain, max(entry.cell.start - _WIDEST_NUMBER, 0), entry.cell.start + 4)
    return int(found[1]) if found and found.end() >= entry.cell.start else 0


def _stands_below_note(sheet: Sheet, cell: Cell) -> bool:
    """Whether the line above an item is nothing but the word for a note: "备注："."""
    line = sheet.plain.rfind("\n", 0, cell.start)
    return line > 0 and _NOTE_ALONE.search(sheet.plain, max(line - _WIDEST_NOTE, 0), line) is not None


def _without_requests(entries: Sequence[Entry]) -> list[Entry]:
    """The entries without what is asked of all below a head like 工作要求; items that all name their units
    are tasks even there.
    """
    settled: list[Entry] = []
    below: list[int] | None = None
    level = 0
    for entry in [*entries, None]:
        if entry is None or (isinstance(entry, Head) and (below is None or entry.level <= level)):
            _ask(settled, below or [])
            below = [] if isinstance(entry, Head) and entry.level and is_aside(entry.title) else None
            level = entry.level if isinstance(entry, Head) else 0
        elif below is not None and isinstance(entry, Row) and entry.layout == "paragraph":
            below.append(len(settled))
        settled += [entry] if entry else []
    return settled


def _ask(settled: list[Entry], below: Sequence[int]) -> None:
    rows = [(at, row) for at in below if isinstance(row := settled[at], Row)]
    if any(not row.stated for _, row in rows):
        for at, row in rows:
            settled[at] = Prose(row.task)


def _bears(row: Row, number: int) -> bool:
    return row.number is not None and row.number.plain in (str(number), "〇一二三四五六七八九"[number % 10])
