"""Tables that lay two rows or more on a line, under heads said as often: read one part after the other."""

import re
from collections.abc import Iterator, Sequence

from dukao.breakdown.cells import Cell
from dukao.breakdown.duties.columns import columns_of
from dukao.breakdown.lettering import closed_up

_FEWEST, _MOST, _LONGEST = 2, 4, 200  # heads of a part; parts; letters of all heads
_HEAD = re.compile(r"[^\t]+")


def unfolded(lines: Sequence[Cell]) -> list[Cell]:
    """The lines, those of such a table cut: the first part of every line up to its end, then the next."""
    whole: list[Cell] = []
    parts: list[list[Cell]] = []
    count = wide = 0
    for line in lines:
        tabs = [at for at, letter in enumerate(line.text) if letter == "\t"] if "\t" in line.text else []
        if found := _count_parts(line, tabs):
            whole += _laid(parts)
            count, wide = found, len(tabs) + 1
            parts = [[] for _ in range(count)]
            whole.append(_cut(line, tabs, count)[0])
        elif count and len(tabs) + 1 == wide:
            for part, own in zip(parts, _cut(line, tabs, count), strict=True):
                part.append(own)
        else:
            whole += _laid(parts)
            parts = [[] for _ in parts]
            count = 0 if tabs else count
            whole.append(line)
    return [*whole, *_laid(parts)]


def _laid(parts: Sequence[Sequence[Cell]]) -> Iterator[Cell]:
    for part in parts:
        yield from (line for line in part if line.plain.strip())


def _count_parts(line: Cell, tabs: Sequence[int]) -> int:
    """How often a line says the same heads one after another; 0 where it says them once, or no heads."""
    for count in range(2, _MOST + 1):
        wide = (len(tabs) + 1) // count
        if wide < _FEWEST or wide * count != len(tabs) + 1 or len(line.text) > _LONGEST:
            continue
        own, *others = _cut(line, tabs, count)
        if all(closed_up(own.plain) == closed_up(other.plain) for other in others):
            heads = [own.part(found.start(), found.end()) for found in _HEAD.finditer(own.text)]
            return count if len(heads) == wide and "task" in (columns_of(heads) or ()) else 0
    return 0


def _cut(line: Cell, tabs: Sequence[int], count: int) -> list[Cell]:
    """The parts of a line, each with as many cells."""
    wide = (len(tabs) + 1) // count
    ends = [*tabs, len(line.text)][wide - 1 :: wide]
    begins = [0, *(end + 1 for end in ends[:-1])]
    return [
        Cell(line.text[begin:end], line.plain[begin:end], ((line.start + begin, line.start + end),))
        for begin, end in zip(begins, ends, strict=True)
    ]
