"""What is odd in a breakdown and was read all the same."""

from collections.abc import Sequence

from dukao.breakdown.values import LivelihoodContent, Task
from dukao.reading.values import Diagnostic

_STOPS = "。；;！？!?."
_CLOSING = "”’）)》*"
_MOSTLY = 0.8
_SHOWN = 10


def find_oddities(tasks: Sequence[Task], contents: Sequence[LivelihoodContent]) -> list[Diagnostic]:
    """Cells cut off at their end, and rows that name nobody."""
    return [*_cut_off(tasks), *_unassigned([*tasks, *contents])]


def is_cut_off(text: str) -> bool:
    """True when a text ends without a stop."""
    return not text.rstrip().rstrip(_CLOSING).endswith(tuple(_STOPS)) and not text.rstrip().endswith(
        tuple(_STOPS)
    )


def _cut_off(tasks: Sequence[Task]) -> list[Diagnostic]:
    """Texts without a final stop in a document whose tasks end in one."""
    cut = [task for task in tasks if is_cut_off(task.text)]
    if len(tasks) - len(cut) < _MOSTLY * len(tasks):
        return []
    return [
        Diagnostic(
            "truncated",
            task.start,
            task.end,
            f"{task.id} 的内容没有写完，停在“{task.text[-_SHOWN:]}”：原件此处可能缺字。",
        )
        for task in cut
    ]


def _unassigned(items: Sequence[Task | LivelihoodContent]) -> list[Diagnostic]:
    return [
        Diagnostic(
            "no-units", item.start, item.end, f"{item.id} 没有写责任单位，备注里也没有：需要有人补上。"
        )
        for item in items
        if not item.units
    ]
