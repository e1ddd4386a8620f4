"""Lines numbered by a word ("任务一：…", "【行动2】…") that stand above a list numbered "1.": its heads.

Where no such list stands below, they are items like any other.
"""

from collections.abc import Sequence
from itertools import pairwise

from dukao.breakdown.cells import Cell
from dukao.breakdown.layouts.headings import is_head_text
from dukao.breakdown.layouts.numbering import is_named, numbering
from dukao.breakdown.layouts.rows import Head

_LEVEL, _ITEM_LEVEL = 2, 3  # of such a head, and of "1."


def find_named_heads(lines: Sequence[Cell]) -> dict[int, Head]:
    """The heads of a document that are such, by where their line begins; none beside heads like "（一）"."""
    if not any(map(is_named, lines)):
        return {}
    numbered = [(line, found) for line in lines if (found := numbering(line))]
    if any(found[0] == _LEVEL for _, found in numbered):
        return {}
    heads: dict[int, Head] = {}
    named = sum(is_named(line) for line, _ in numbered)
    for (line, found), (below, first) in pairwise(numbered):
        is_above = first[0] == _ITEM_LEVEL and not is_named(below)
        if is_above and is_named(line) and found[2] and is_head_text(found[2]):
            heads[line.start] = Head(_LEVEL, found[1], found[2], line.start, line.end)
    return heads if 2 * len(heads) > named else {}
