"""Several items with their labels run into one line: "1.清淤。责任单位：某局。2.砌岸。责任单位：某局。"."""

import re
from collections.abc import Sequence
from itertools import pairwise

from dukao.breakdown.cells import Cell
from dukao.breakdown.duties.columns import label_pattern

_NUMBER = re.compile(r"(?:^|(?<=[。;:\s]))(?P<number>\d{1,2})[.、]\s*(?=[\u4e00-\u9fff“《])")


def part_run_in(lines: Sequence[Cell]) -> list[Cell]:
    """The lines, those cut before each of their items where every one of these says who does it."""
    return [piece for line in lines for piece in _parts(line)]


def _parts(line: Cell) -> list[Cell]:
    """The items of a line, and what leads in to the first; the line itself where it is one item or none."""
    begins: list[int] = []
    if line.plain.count(":") < 2 or "\t" in line.text:
        return [line]
    for found in _NUMBER.finditer(line.plain):
        if int(found["number"]) == len(begins) + 1:
            begins.append(found.start())
    if len(begins) < 2:
        return [line]
    items = [line.part(begin, end) for begin, end in pairwise([*begins, len(line.plain)])]
    if not all(label_pattern().search(item.plain) for item in items):
        return [line]
    leading = line.part(0, begins[0])
    return [*([leading] if leading else []), *items]
