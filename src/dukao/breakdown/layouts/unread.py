"""Lines among the tasks of a paper that nothing took: told, so that no task is lost without a word."""

import re
from collections.abc import Sequence, Set

from dukao.breakdown.cells import Cell, Sheet
from dukao.breakdown.duties.labels import are_names
from dukao.breakdown.layouts.headings import is_annex_mark, is_aside
from dukao.breakdown.layouts.numbering import numbering
from dukao.breakdown.layouts.rows import Entry, Head, Prose, Row

_LOWEST = 9  # the level of a line that is no head
_LEAST = 6  # letters of a line that says something; the name of a unit may be shorter
_NOTE = re.compile(
    r"[*#\s\[(【]*(?:注|备注|附注|说明|附件|抄送|来源|联系|填表|填报|制表|编制|审核|附表|续表|单位|日期|时间)(?:\d|[:、.]|人|电话|表|单位|部门|日期|时间)|[—-]\s*\d+\s*[—-]$"
)


def find_unread(sheet: Sheet, entries: Sequence[Entry], told: Set[int]) -> list[Cell]:
    """The lines between the first row and the last that are neither, and the numbered ones behind it; `told`
    are where those begin that are kept elsewhere. What stands below 联系方式 or 工作要求 is no task.
    """
    rows = [at for at, entry in enumerate(entries) if isinstance(entry, Row)]
    heads = [at for at in range(rows[0]) if _is_numbered(entries[at])] if rows else []
    first = heads[-1] if heads else rows[0] if rows else 0
    unread: list[Cell] = []
    aside: int | None = None
    for at, entry in enumerate(entries):
        if isinstance(entry, Head) and (aside is None or entry.level <= aside):
            aside = entry.level if is_aside(entry.title) else None
        if not rows or at < first or aside is not None:
            continue
        if isinstance(entry, Head) and _is_empty(entry, entries[at + 1 : at + 2]):
            unread.append(entry.title)
        if not isinstance(entry, Prose) or entry.is_note:
            continue
        line = entry.cell
        if is_aside(_opening(line)):
            aside = _LOWEST
            continue
        begin = sheet.plain.rfind("\n", 0, line.start) + 1
        is_open = at < rows[-1] or numbering(sheet.cell(begin, line.end)) is not None
        if is_open and line.start not in told and _says_something(sheet, line):
            unread.append(line)
    return unread


def _is_numbered(entry: Entry) -> bool:
    return isinstance(entry, Head) and bool(entry.number)


def _is_empty(head: Head, below: Sequence[Entry]) -> bool:
    """Whether a numbered head stands above nothing, and says as much as a task."""
    is_last = not below or (isinstance(below[0], Head) and below[0].level <= head.level)
    return is_last and head.level > 0 and bool(head.number) and len(head.title.plain) >= _LEAST


def _opening(line: Cell) -> Cell:
    """The words of a line up to its first stop: "加强组织领导"."""
    stop = re.search("[。,:;]", line.plain)
    return line.part(0, stop.start() if stop else len(line.plain))


def _says_something(sheet: Sheet, line: Cell) -> bool:
    """Whether a line holds a sentence of its own, and no cell of a table, note or label."""
    begin = sheet.plain.rfind("\n", 0, line.start) + 1
    end = sheet.plain.find("\n", line.end)
    behind = sheet.plain[line.end : end if end >= 0 else None]
    is_alone = not re.search(r"[\t|│┃]", sheet.text[begin : line.start] + behind)
    is_long = len(line.plain) >= _LEAST or are_names(line.part(0, len(line.plain.rstrip("。;"))))
    return is_alone and is_long and not _NOTE.match(line.plain) and not is_annex_mark(line)
