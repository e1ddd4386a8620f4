"""Papers whose tasks bear no numbers: which of their lines are tasks nobody is named for, and which are the
names of sections.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from dukao.breakdown.cells import Sheet
from dukao.breakdown.layouts.rows import Entry, Head, Prose, Row

_FEWEST = 2
_LEVEL, _LOWER_LEVEL = 1, 2  # of a head without a number, alone and below numbered ones
_SHARE_OF_LINE = 0.7  # of the longest line: a longer one may be broken
_HEAD = re.compile(r"[\u4e00-\u9fff]{4,12}")
_NOTE = re.compile("以上|上述|请|各单位|各部门|各责任|本表|本清单|注|备注|说明|联系|附件|抄送")
_LEAST = 6  # letters of a sentence


def settle_bare(sheet: Sheet, entries: Sequence[Entry]) -> list[Entry]:
    """The entries; a single item without a number is none: one label below one line may be the page's. Where
    there are several, sentences among them are tasks that name nobody.
    """
    rows = [entry for entry in entries if isinstance(entry, Row) and entry.layout == "paragraph"]
    bare = [row for row in rows if row.number is None and row.stated]
    if len(bare) < _FEWEST:
        return [Prose(one.task) if isinstance(one, Row) and "B26" in one.rules else one for one in entries]
    if 2 * len(bare) < len(rows):
        return [*entries]
    named = _named(sheet, entries)
    level = _LOWER_LEVEL if any(isinstance(one, Head) and one.number for one in entries) else _LEVEL
    settled: list[Entry] = []
    for entry in entries:
        last = settled[-1] if settled else None
        if isinstance(entry, Prose) and entry.cell.start in named:
            entry = Head(level, "", entry.cell, entry.cell.start, entry.cell.end)
        elif isinstance(entry, Prose) and isinstance(last, Row) and _is_task(last, entry):
            entry = Row(layout="paragraph", number=None, task=entry.cell, rules=("B26",))
        settled.append(entry)
    return settled


def _is_task(last: Row, line: Prose) -> bool:
    """Whether a sentence right behind an item without a number is one as well."""
    said = line.cell.plain
    is_like = last.layout == "paragraph" and last.number is None
    is_sentence = said.endswith(("。", ";")) and ":" not in said and len(said) >= _LEAST
    return is_like and is_sentence and not _NOTE.match(said)


def _named(sheet: Sheet, entries: Sequence[Entry]) -> frozenset[int]:
    """Where the short lines begin that stand right above tasks again and again: the names of sections."""
    longest = max((len(line) for line in sheet.plain.split("\n")), default=0)
    found = [
        above.cell.start
        for above, below in pairwise(entries)
        if isinstance(above, Prose)
        and isinstance(below, Row)
        and below.number is None
        and len(above.cell.plain) < _SHARE_OF_LINE * longest
        and _HEAD.fullmatch(above.cell.plain)
        and not _NOTE.match(above.cell.plain)
    ]
    return frozenset(found if len(found) >= _FEWEST else ())
