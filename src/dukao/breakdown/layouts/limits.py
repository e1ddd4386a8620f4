"""Limits before the words of an item, held apart by a space ("6月底前　建成泵站"), or in brackets behind."""

import re
from collections.abc import Sequence
from dataclasses import replace

from dukao.breakdown.cells import Cell
from dukao.breakdown.duties.behind import is_limit, part_limit
from dukao.breakdown.layouts.rows import Entry, Row

_BEFORE = re.compile(r"(?P<limit>\(?[^\s,。;:()]{2,12}\)?)(?:\s*[:|]\s*|\s+)(?=\S{4})")
_ALL_YEAR = frozenset(("全年", "年内", "常年"))


def settle_limits(entries: Sequence[Entry]) -> list[Entry]:
    """The entries, the limits before and behind the words of their items made what they are."""
    return [_parted(one) if isinstance(one, Row) and one.layout == "paragraph" else one for one in entries]


def _parted(row: Row) -> Row:
    if row.deadline:
        return row
    found = _BEFORE.match(row.task.plain)
    limit = _without_brackets(row.task.part(*found.span("limit"))) if found else None
    if found and limit and (limit.plain in _ALL_YEAR or is_limit(limit)):
        task = row.task.part(found.end(), len(row.task.plain))
        return replace(row, task=task, deadline=limit, rules=(*row.rules, "B35"))
    behind = part_limit(row.task)
    return replace(row, task=behind[0], deadline=behind[1].deadline) if behind else row


def _without_brackets(limit: Cell) -> Cell:
    inner = limit.plain.strip("()")
    at = limit.plain.index(inner)
    return limit.part(at, at + len(inner))
