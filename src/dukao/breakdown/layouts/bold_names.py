"""Items whose number and name are bold together, "**1. 老有所养：** 新建食堂"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from dukao.breakdown.layouts.rows import Entry, Row

_CLOSED = re.compile(r"(?P<name>[^*\n]{2,40}?)\s{0,4}[:。]?\s{0,4}\*\*\s*(?=[^\s*])")


def settle_bold_names(entries: Sequence[Entry]) -> list[Entry]:
    """The entries, the bold names of items parted from what is to be done."""
    return [_parted(one) if isinstance(one, Row) and one.layout == "paragraph" else one for one in entries]


def _parted(row: Row) -> Row:
    found = None if row.project else _CLOSED.match(row.task.plain)
    if found is None:
        return row
    task = row.task.part(found.end(), len(row.task.plain))
    return replace(row, task=task, project=row.task.part(*found.span("name")))
