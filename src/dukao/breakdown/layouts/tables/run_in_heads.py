"""Heads that stand in the cell of the first row below them: "一、治水↵（1）清淤。" above "（2）砌岸。", or
"（一）治水。清淤三公里。" in one row of several that go on counting.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dukao.breakdown.cells import Cell, Sheet
from dukao.breakdown.duties.columns import Column
from dukao.breakdown.layouts.headings import is_head_text
from dukao.breakdown.layouts.numbering import numbering, read_number
from dukao.breakdown.layouts.rows import Entry, Head, Row

_PART = re.compile(r"\s*(?P<number>\(\d{1,2}\)|[①-⑳]|\d{1,2})[.、]?$")
_FIRST_PART = re.compile(r"(?P<name>[^\n。;]{2,30})\n\s*(?P<part>\(1\)|①|1[.、](?!\d))\s*")
_NEXT_PART = re.compile(r"(?:\(2\)|②|(?<!\d)2[.、])\s*$")
_SENTENCE = re.compile(r"(?P<name>[^。;,\d\n]{2,16})。\s*(?=\S)")
_COUNT = "〇一二三四五六七八九十"
_HIGHEST = 2  # the level of "（一）"
_WIDEST = 8


def part_title(cells: list[Cell], first: Column | None) -> tuple[list[Head], list[Cell]]:
    """The head with which the cell of numbers begins a line, "一、治水（1）", and the line without it;
    `first` is the column of its first filled cell.
    """
    at = next((at for at, cell in enumerate(cells) if cell), 0)
    part = _PART.search(cells[at].plain) if first == "number" else None
    numbered = numbering(cells[at].part(0, part.start())) if part else None
    if part is None or numbered is None or numbered[0] > _HIGHEST:
        return [], cells
    level, number, title, _ = numbered
    if not title or not is_head_text(title):
        return [], cells
    head = Head(level, number, title, cells[at].start, title.end)
    return [head], [*cells[:at], cells[at].part(*part.span("number")), *cells[at + 1 :]]


def settle_run_in_heads(sheet: Sheet, entries: Sequence[Entry]) -> list[Entry]:
    """The entries, with the heads of groups that stand in the cells of rows before these."""
    counted = _counted(entries)
    settled: list[Entry] = []
    for at, entry in enumerate(entries):
        following = entries[at + 1] if at + 1 < len(entries) else None
        if not isinstance(entry, Row) or entry.layout != "table":
            settled.append(entry)
        elif at in counted:
            settled += _parted(entry)
        elif isinstance(following, Row) and (found := _named_above(sheet, entry, following)):
            settled += found
        else:
            settled.append(entry)
    return settled


def _named_above(sheet: Sheet, row: Row, below: Row) -> list[Entry] | None:
    """The head on the first line of a cell and the row of its first part, where the second part has the next
    row.
    """
    found = _FIRST_PART.match(row.task.plain)
    if found is None or not _NEXT_PART.search(
        sheet.plain, max(below.task.start - _WIDEST, 0), below.task.start
    ):
        return None
    name = row.task.part(*found.span("name"))
    numbered = numbering(name)
    level, number, title = (
        numbered[:3] if numbered else (row.level, row.number.plain if row.number else "", name)
    )
    if not 0 < level <= _HIGHEST or not number or not title or not is_head_text(title):
        return None
    start = row.number.start if row.number else name.start
    part = row.task.part(*found.span("part"))
    first = read_number(part)
    task = row.task.part(found.end(), len(row.task.plain))
    own = replace(row, number=first[1] if first else part, level=first[0] if first else row.level, task=task)
    return [Head(level, number, title, start, title.end), replace(own, continued=False)]


def _counted(entries: Sequence[Entry]) -> set[int]:
    """The rows with numbers of their own whose words begin with 一, 二, … and a name, the only ones that do:
    heads of the rows that follow, if there are any.
    """
    found = [at for at, entry in enumerate(entries) if isinstance(entry, Row) and _run_in(entry)]
    numbers = [said[1] for at in found if isinstance(row := entries[at], Row) and (said := _run_in(row))]
    rows = sum(isinstance(entry, Row) for entry in entries)
    is_counted = numbers == [*_COUNT[1 : len(numbers) + 1]]
    return {*found} if 1 < len(found) < rows and is_counted else set()


def _run_in(row: Row) -> tuple[int, str, Cell, Cell] | None:
    """Level, number and name that the words of a row begin with, and the rest of them."""
    numbered = numbering(row.task) if row.layout == "table" and row.number else None
    if numbered is None or numbered[0] > _HIGHEST:
        return None
    level, number, words, _ = numbered
    found = _SENTENCE.match(words.plain)
    if found is None:
        return None
    return level, number, words.part(*found.span("name")), words.part(found.end(), len(words.plain))


def _parted(row: Row) -> Iterator[Entry]:
    said = _run_in(row)
    if said:
        level, number, name, rest = said
        yield Head(level, number, name, row.task.start, name.end)
        yield replace(row, task=rest)
