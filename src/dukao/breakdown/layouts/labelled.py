"""Lines that labels lead in and that name nobody: steps by quarters ("一季度：…；二季度：…"), and labels that
are numbered one by one below the name of a project ("（一）责任单位：…").
"""

import re
from collections.abc import Sequence

from dukao.breakdown.cells import Cell
from dukao.breakdown.duties.columns import column_of
from dukao.breakdown.layouts.item_lines import LABELLED
from dukao.breakdown.layouts.numbering import numbering

_STEP = re.compile(r"(?:^|(?<=[;。,|]))\s*(?P<label>[^\s,。;:|]{2,8})\s*:\s*")


def read_steps(line: Cell) -> tuple[tuple[Cell, Cell], ...]:
    """The steps a line lists, each with the label that says when; none where it begins with no such label."""
    labels = [one for one in _STEP.finditer(line.plain) if column_of(one["label"]) == "milestone"]
    if not labels or labels[0].start():
        return ()
    ends = [one.start() for one in labels[1:]] + [len(line.plain)]
    steps = [
        (line.part(*one.span("label")), _bare(line.part(one.end(), end)))
        for one, end in zip(labels, ends, strict=True)
    ]
    return tuple(step for step in steps if step[1])


def unnumber_labels(lines: Sequence[Cell]) -> list[Cell]:
    """The lines, those without their numbers that are labels numbered one by one."""
    if not any(LABELLED.search(line.plain) for line in lines):
        return [*lines]
    numbered = [(found[0], found[2]) if (found := numbering(line)) else None for line in lines]
    labelled = [bool(one and one[1] and _is_label(one[1])) for one in numbered]
    kept: list[Cell] = []
    for at, line in enumerate(lines):
        one = numbered[at]
        beside = [near for near in (at - 1, at + 1) if 0 <= near < len(lines) and labelled[near]]
        is_run = labelled[at] and any((two := numbered[near]) and one and two[0] == one[0] for near in beside)
        kept.append(one[1] if one and is_run else line)
    return kept


def _is_label(text: Cell) -> bool:
    found = LABELLED.match(text.plain)
    return found is not None and column_of(found[1]) not in (None, "number", "category")


def _bare(cell: Cell) -> Cell:
    return cell.part(0, len(cell.plain.rstrip(" ;,|")))
