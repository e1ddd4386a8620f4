"""Heads without numbers that only how they are set shows: in brackets on their own line ("【工业经济】"), or
across a table between its rows.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from dukao.breakdown.cells import Cell
from dukao.breakdown.duties.columns import column_of, columns_of
from dukao.breakdown.duties.labels import find_brackets
from dukao.breakdown.layouts.headings import is_annex_mark, part_leaders, read_head, units_of_head
from dukao.breakdown.layouts.numbering import numbering
from dukao.breakdown.layouts.rows import Head
from dukao.breakdown.lettering import closed_up

_LEVEL, _NUMBERED_LEVEL = 2, 3
_FEWEST = 2
_FRAMED = re.compile(r"[【〖]([^【】〖〗\d:,。;、]{2,20})[】〗]")
_ACROSS = re.compile(r"[^\d:,。;!?|\t()]{2,20}(?:\([^()\n]{2,40}\))?")
_NO_HEAD = re.compile(
    r"\(?(?:续表?|续上表|接上表|以下空白|合计|小计|总计|附注|备注|说明|(?:打印|关闭|返回|字体|分享).*)\)?"
)
_LEAST_TABS, _LONGEST = 2, 60


def find_set_heads(lines: Sequence[Cell]) -> dict[int, Head]:
    """The heads of a document that are such, by where their line begins. One alone may be anything, and what
    comes again is the page's.
    """
    heads: dict[int, Head] = {}
    firsts: dict[str, int] = {}
    for at, line in enumerate(lines):
        firsts.setdefault(line.text, at)
    framed = [_head_of(line, title) for line in lines if (title := frame_of(line))]
    across = [head for at in range(len(lines)) if (head := _across(lines, at, firsts))]
    for found in (framed, across):
        names = {closed_up(head.title.plain) for head in found}
        if len(names) == len(found) >= _FEWEST:
            heads |= {head.start: head for head in found}
    return heads


def frame_of(line: Cell) -> Cell | None:
    """The words of a line that is nothing but a head in brackets."""
    found = _FRAMED.fullmatch(line.plain)
    title = line.part(*found.span(1)) if found else None
    return title if title and not column_of(title.plain) and not _NO_HEAD.fullmatch(title.plain) else None


def _across(lines: Sequence[Cell], at: int, firsts: Mapping[str, int]) -> Head | None:
    """The head that a few words are, with a number or without, between the heads or rows of a table and a row
    of it, or its heads said again.
    """
    line = lines[at]
    if not 0 < at < len(lines) - 1 or len(line.plain) > _LONGEST or "\t" in line.text:
        return None
    below, above = lines[at + 1], lines[at - 1]
    is_new = firsts[below.text] == at + 1 and columns_of([*_cells(below)]) is not None
    is_between = above.text.count("\t") >= _LEAST_TABS and not is_new
    if below.text.count("\t") < _LEAST_TABS or not (is_between or (is_new and _is_led(line))):
        return None
    numbered = numbering(line)
    title = numbered[2] if numbered else line
    if not _ACROSS.fullmatch(title.plain) or _NO_HEAD.fullmatch(title.plain):
        return None
    head = _head_of(line, title)
    if numbered:
        head = replace(head, level=_NUMBERED_LEVEL, number=numbered[1])
    is_unit = not numbered and units_of_head(head, groups=True)
    return None if is_annex_mark(line) or read_head(line) or part_leaders(line) or is_unit else head


def _is_led(line: Cell) -> bool:
    """Whether a line ends in brackets that only name a leader: so it may stand above the first heads."""
    brackets = find_brackets(line, in_item=False)
    duty = brackets[0][2] if len(brackets) == 1 and brackets[0][1] == len(line.plain) else None
    return duty is not None and bool(duty.leaders) and not duty.stated


def _head_of(line: Cell, title: Cell) -> Head:
    return Head(_LEVEL, "", title, line.start, line.end)


def _cells(line: Cell) -> Iterator[Cell]:
    begin = 0
    for found in re.finditer(r"\t|$", line.text):
        yield line.part(begin, found.start())
        begin = found.end()
