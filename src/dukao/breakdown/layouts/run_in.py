"""Several items with their labels run into one line: "1.清淤。责任单位：某局。2.砌岸。责任单位：某局。", and
the heads between them: "一、治水。1.清淤。…".
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from dukao.breakdown.cells import Cell
from dukao.breakdown.duties.columns import label_pattern

# "1.", or "一、治水。" right before it.
_NUMBER = re.compile(
    r"(?:^|(?<=[。;:)\s]))"
    r"(?:(?P<number>\d{1,2})[.、]\s*(?=[\u4e00-\u9fff“《A-Z])"
    r"|[一二三四五六七八九十]{1,3}、(?P<head>[^。;:,、\d]{2,30})[。:]\s*(?=\d{1,2}[.、]))"
)


def part_run_in(lines: Sequence[Cell]) -> list[Cell]:
    """The lines, those cut before each of their items where every one of these says who does it."""
    return [piece for line in lines for piece in _parts(line)]


def _parts(line: Cell) -> list[Cell]:
    """The items of a line, the heads between them, and what leads in to the first; the line itself where it
    is one item or none.
    """
    begins: list[int] = []
    heads: set[int] = set()
    count = 0
    if line.plain.count(":") < 2 or "\t" in line.text:
        return [line]
    for found in _NUMBER.finditer(line.plain):
        if found["head"]:
            begins.append(found.start())
            heads.add(found.start())
        elif int(found["number"]) in (count + 1, 1 if begins and begins[-1] in heads else 0):
            begins.append(found.start())
            count = int(found["number"])
    if len(begins) - len(heads) < 2:
        return [line]
    items = [line.part(begin, end) for begin, end in pairwise([*begins, len(line.plain)])]
    if not all(
        begin in heads or label_pattern().search(item.plain)
        for begin, item in zip(begins, items, strict=True)
    ):
        return [line]
    leading = line.part(0, begins[0])
    return [*([leading] if leading else []), *items]
