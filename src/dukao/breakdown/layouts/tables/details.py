"""Tables with two columns of tasks: "重点任务" and, beside it, "细化任务" or "具体举措".

Where a task is cut into several details, these are the rows and the task is what they belong to; where each
task has one, the task is the row, and the detail a step of it; but where all tasks are mere names, the
details are what is to be done.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from dukao.breakdown.cells import Cell
from dukao.breakdown.layouts.rows import Entry, Row
from dukao.breakdown.lettering import closed_up

_LONGEST_NAME = 8
_SENTENCE = re.compile(r"[\d。,;]")
# "1-2 …", "（1）…", "①…": the number of a detail within its task.
_NUMBER = re.compile(
    r"(?:\d{1,2}[-.]\d{1,2}\s*[、.]?(?!\d)|\(\d{1,2}\)|[①-⑳]|\d{1,2}[、.](?!\d))\s*(?=[\u4e00-\u9fff“])"
)


def settle_details(entries: Sequence[Entry]) -> list[Entry]:
    """The entries, the details of tables that cut tasks into several made the tasks they are."""
    detailed = [row for row in entries if isinstance(row, Row) and row.detail]
    cut = {_head(row).start for row in detailed if not row.task}
    cut |= {_head(row).start for row in detailed} - {
        _head(row).start for row in detailed if not _is_named(row)
    }
    settled: list[Entry] = []
    above: Cell | None = None
    for entry in entries:
        if isinstance(entry, Row) and entry.detail and _head(entry).start in cut:
            above = entry.task or above
            numbered = _NUMBER.match(entry.detail[1].plain)
            task = entry.detail[1].part(numbered.end() if numbered else 0, len(entry.detail[1].plain))
            rules = (*entry.rules, "B02")
            entry = replace(entry, task=task, project=above, continued=not entry.task, rules=rules)
        elif isinstance(entry, Row) and entry.detail:
            entry = replace(entry, steps=(*entry.steps, entry.detail))
        settled.append(entry)
    return settled


def _is_named(row: Row) -> bool:
    """Whether the task is a mere name ("质量强企") beside a detail that says what to do."""
    said = row.detail[1].plain if row.detail else ""
    is_name = len(closed_up(row.task.plain)) <= _LONGEST_NAME and not _SENTENCE.search(row.task.plain)
    return is_name and (len(said) > 2 * len(row.task.plain) or bool(_SENTENCE.search(said.rstrip("。;"))))


def _head(row: Row) -> Cell:
    """The head of the column of details, which tells its table from others."""
    return row.detail[0] if row.detail else row.task
