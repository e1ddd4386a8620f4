"""One task that stands under two leaders: both rows are kept, and the conflict is said."""

from collections.abc import Sequence

from dukao.breakdown.lettering import closed_up, plain
from dukao.breakdown.values import Finding, Task

_SHOWN = 24


def find_repeats(tasks: Sequence[Task]) -> list[Finding]:
    """A `conflict` for every text that stands under different leaders, a `check` for one that is merely
    repeated.
    """
    by_text: dict[str, list[Task]] = {}
    for task in tasks:
        by_text.setdefault(closed_up(plain(task.text)).rstrip("。.;"), []).append(task)
    return [_finding(alike) for alike in by_text.values() if len(alike) > 1]


def _finding(alike: list[Task]) -> Finding:
    ids = tuple(task.id for task in alike)
    text = closed_up(alike[0].text)
    shown = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
    leaders = [_leaders(task) for task in alike]
    if len(set(leaders)) > 1:
        who = "、".join(
            f"{name or '未写领导'}（{task.id}）" for name, task in zip(leaders, alike, strict=True)
        )
        return Finding(
            "two-leaders", "conflict", f"同一项任务列在两位领导名下：“{shown}”，{who}；请明确由谁牵头。", ids
        )
    return Finding(
        "repeated-task",
        "check",
        f"同一项任务列了 {len(alike)} 次：“{shown}”（{'、'.join(ids)}）；请确认是否重复。",
        ids,
    )


def _leaders(task: Task) -> str:
    return "、".join(leader.name for leader in task.leaders)
