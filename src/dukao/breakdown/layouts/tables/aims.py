"""What a row of a table is to come to, beside its name: its aim, and the unit of its figure."""

import re
from collections.abc import Mapping, Sequence

from dukao.breakdown.cells import Cell
from dukao.breakdown.duties.columns import Column
from dukao.breakdown.duties.units import is_unit
from dukao.breakdown.lettering import closed_up

_SENTENCE = re.compile(r"[\d。,;]")
# "1.6万人", "增长6%左右", "控制在4.5%以内": a figure, which says nothing without the name beside it.
_BARE_FIGURE = re.compile(
    r"(?>同比|年均|力争|确保|预期|全年|完成|实现|达到?|增长|增加|新增|下降|降低|提高|压减|控制|保持|稳定|在|到|至|为"
    r"|不低于|不高于|不少于|不超过|高于|低于|超过|超|约|≥|≤|>|<|=|\s)*[\d.\-~—至]+[^\d,;。]{0,6}"
)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_MEASURES = ("单位", "计量单位")
_LONGEST_NAME, _LONGEST_TITLE = 12, 30


def matter_of(
    first: Mapping[Column, Cell | None], aim_head: str
) -> tuple[Cell | None, Cell | None, Cell | None]:
    """Project, task and aim of a row by its first cells: beside a mere name ("道路建设") the aim
    of the year is the task. `aim_head` is what the head of the aims says.
    """
    project, task, aim = first.get("project"), first.get("task"), first.get("aim")
    if task is None or aim is None:
        whole = task or aim
        return (project, whole, None) if whole else (None, project, None)
    if _is_name(task, aim_head) and not _is_figure(aim) and not aim_head.rstrip().endswith(("值", "数")):
        return task, aim, None
    return project, task, aim


def measured(heads: Sequence[Cell], cells: Sequence[Cell], aim: Cell) -> list[Cell]:
    """The figure of an aim, and the unit it is measured in where a column of the table says that."""
    return [aim, *measure_of(heads, cells)] if aim.plain[-1:].isdecimal() else [aim]


def measure_of(heads: Sequence[Cell], cells: Sequence[Cell]) -> list[Cell]:
    """The cell of the column 计量单位, where it names no unit of the government."""
    units = [at for at, head in enumerate(heads) if is_measure(head)]
    return [cells[at] for at in units[:1] if at < len(cells) and cells[at] and not is_unit(cells[at].plain)]


def is_measure(head: Cell) -> bool:
    """Whether a column says what figures are measured in."""
    return closed_up(head.plain) in _MEASURES


def _is_name(task: Cell, aim_head: str) -> bool:
    """Whether a task is but the name of what the aim beside it is; longer where that is what is asked."""
    longest = _LONGEST_TITLE if "要求" in aim_head else _LONGEST_NAME
    return len(closed_up(task.plain)) <= longest and not _SENTENCE.search(task.plain)


def _is_figure(aim: Cell) -> bool:
    return bool(_BARE_FIGURE.fullmatch(_THOUSANDS.sub("", aim.plain.rstrip("。;"))))
