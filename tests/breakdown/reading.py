"""What the tests of reading share: sources, and a breakdown in the short form that cases are written in."""

from collections.abc import Callable
from time import process_time
from typing import Any

from dukao.breakdown.reader import read_breakdown
from dukao.breakdown.values import Breakdown, Leader, LivelihoodContent, Task, UnitRole
from dukao.language.dates import Deadline
from dukao.reading.values import Source

_TO_SPEAK_OF = 0.1  # seconds


def as_source(text: str, name: str = "case.txt") -> Source:
    """A source with this text."""
    return Source(name, "", "text/plain", "utf-8", text)


def takes_as_long_as_it_is(made: Callable[[int], str], count: int) -> bool:
    """Whether four times as many parts of a text take the reader less than eight times as long, where that is
    time to speak of: the square of its length would take sixteen times.
    """
    few, many = (_seconds(made(size)) for size in (count // 4, count))
    return many < 8 * max(few, _TO_SPEAK_OF)


def _seconds(text: str) -> float:
    """The time of the processor that a reading takes."""
    begun = process_time()
    read_breakdown(as_source(text))
    return process_time() - begun


def in_short(breakdown: Breakdown) -> dict[str, Any]:
    """What a case says of a breakdown, without offsets; empty parts left out."""
    whole = {
        "year": breakdown.year,
        "lead_conventions": list(breakdown.lead_conventions),
        "notice": {key: value for key, value in breakdown.notice.as_json().items() if value},
        "groups": [_kept({"id": g.id, "title": g.title, "note": g.note}) for g in breakdown.groups],
        "tasks": [_task(task) for task in breakdown.tasks],
        "livelihood": [_content(content) for content in breakdown.livelihood],
        "findings": [[f.code, f.kind, " ".join(f.items)] for f in breakdown.findings],
        "diagnostics": [d.code for d in breakdown.diagnostics],
    }
    return _kept(whole)


def _kept(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value}


def _task(task: Task) -> dict[str, Any]:
    return _kept(
        {
            "id": task.id,
            "title": task.title,
            "text": task.text,
            "leaders": _leaders(task.leaders),
            "units": [_unit(unit) for unit in task.units],
            "deadline": _deadline(task.deadline),
            "milestones": [f"{m.deadline.text} {m.deadline.date}：{m.step}" for m in task.milestones],
            "remark": task.remark.text if task.remark else None,
        }
    )


def _content(content: LivelihoodContent) -> dict[str, Any]:
    return _kept(
        {
            "id": content.id,
            "project": content.project,
            "content": content.content,
            "leaders": _leaders(content.leaders),
            "units": [_unit(unit) for unit in content.units],
            "deadline": _deadline(content.deadline),
            "filled_down": " ".join(content.filled_down),
        }
    )


def _leaders(leaders: tuple[Leader, ...]) -> str:
    return "；".join(f"{leader.name} {leader.title}" if leader.title else leader.name for leader in leaders)


def _unit(unit: UnitRole) -> str:
    """ "区发改局（区国动办） lead star"; a group bears a plus, a scope stands last."""
    name = f"{unit.name}（{unit.office}）" if unit.office else unit.name
    parts = [f"{name}+" if unit.group else name, unit.role, unit.basis, unit.scope or ""]
    return " ".join(parts).strip()


def _deadline(deadline: Deadline | None) -> str | None:
    return f"{deadline.text} {deadline.date} {deadline.kind}" if deadline else None
