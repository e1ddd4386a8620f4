"""A plan in words: line by line for pages, with what a change changed, and as JSON for the history."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

from dukao.progress.curves import curve_presets, expected_share, points_in
from dukao.progress.figures import say_day, say_share, say_value
from dukao.progress.periods import quarters
from dukao.progress.values import Point
from dukao.site.supervision.models import ActionPlan, PlanKind, PlanPoint, PlanStep, TaskForceMember

# What a target means, by kind.
_TARGETS = {
    PlanKind.CUMULATIVE: "全年累计 {}",
    PlanKind.STOCK: "年底达到 {}",
    PlanKind.STATISTIC: "全年达到 {}",
    PlanKind.LEVEL: "保持不低于 {}",
    PlanKind.CEILING: "控制在 {} 以内",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a plan: its label, its values, and whether the plan before said otherwise."""

    label: str
    values: tuple[str, ...]
    is_changed: bool = False


def lines_of(plan: ActionPlan) -> list[Line]:
    """What a plan says, line by line; what its kind does not use is an empty line."""
    members = [f"{one.name}（{one.duty}）" if one.duty else one.name for one in plan.members.all()]
    return [
        Line("类型", (str(plan.get_kind_display()),)),
        Line("目标", _target(plan)),
        Line("年初数", _base(plan)),
        Line("序时进度", tuple(_due(plan))),
        Line("节点", tuple(f"{step.name} {say_day(step.due)}" for step in plan.steps.all())),
        Line("完成时限", (say_day(plan.deadline) if plan.deadline else "未定时限（不算按时）",)),
        Line("到年底能看见", _said(plan.visible)),
        Line("主要措施", _said(plan.actions)),
        Line("专班", tuple(members)),
    ]


def compare(plans: Sequence[ActionPlan]) -> list[tuple[str, list[Line]]]:
    """Each label with its line in every plan, the changed ones marked; labels no plan fills are left out."""
    told = [lines_of(plan) for plan in plans]
    rows = []
    for at, label in enumerate(line.label for line in told[0]) if told else ():
        cells = [told[0][at]]
        for before, after in pairwise(told):
            cells.append(Line(label, after[at].values, after[at].values != before[at].values))
        if any(cell.values for cell in cells):
            rows.append((label, cells))
    return rows


def due_points(plan: ActionPlan) -> tuple[Point, ...]:
    """What is due when: a plan's own points, else its preset's; of a statistic by quarters."""
    own = tuple(Point(one.day, one.share) for one in plan.points.all())
    preset = curve_presets().get(plan.curve)
    is_due = plan.is_amount or plan.kind in (PlanKind.CUMULATIVE, PlanKind.STOCK)
    if own or preset is None or not is_due:
        return own
    points = points_in(preset, year_of(plan), plan.deadline)
    if plan.kind != PlanKind.STATISTIC:
        return points
    ends = quarters(year_of(plan))
    return tuple(Point(end, expected_share(points, end, is_step=preset.is_step)) for end in ends)


def year_of(plan: ActionPlan) -> int:
    """The year a plan is of: its task's."""
    return int(plan.task.year)


def _target(plan: ActionPlan) -> tuple[str, ...]:
    if plan.target is None or plan.kind == PlanKind.MILESTONES:
        return ()
    words = _TARGETS[PlanKind(plan.kind)]
    if plan.kind == PlanKind.STATISTIC and plan.side == "<=":
        words = "全年不超过 {}"
    said = words.format(say_value(plan.target, plan.unit_of_measure))
    if plan.kind != PlanKind.STATISTIC:
        return (said,)
    how = "是全年的总量，每季按序时进度判" if plan.is_amount else "每季公布的数都按目标判"
    return (said, f"统计数在季后约 {plan.delay} 天公布，公布后的第一期填报；{how}")


def _base(plan: ActionPlan) -> tuple[str, ...]:
    if plan.kind != PlanKind.STOCK:
        return ()
    if plan.base is None:
        falls = (plan.target or 0.0) <= 0 or plan.side == "<="
        return ("没有填，看不出减了多少" if falls else "没有填，以今年第一次报的数起算",)
    return (say_value(plan.base, plan.unit_of_measure),)


def _due(plan: ActionPlan) -> list[str]:
    points = due_points(plan)
    if not points:
        return []
    preset = curve_presets().get(plan.curve)
    name = preset.name if preset and not plan.points.all() else "自己填写"
    base = plan.base if plan.kind == PlanKind.STOCK else 0.0
    return [
        name,
        *(
            f"{say_day(point.day)} {say_share(point.share)}"
            + _say_due(base, plan.target or 0.0, point.share, plan.unit_of_measure)
            for point in points
        ),
    ]


def _say_due(base: float | None, target: float, share: float, unit: str) -> str:
    """What a share comes to, where it is known from where the way begins."""
    return f"（{say_value(base + (target - base) * share, unit)}）" if base is not None else ""


def _said(words: str) -> tuple[str, ...]:
    return tuple(line for line in words.splitlines() if line.strip())


class Rows(NamedTuple):
    """What hangs on a plan: its points, steps and people."""

    points: Iterable[PlanPoint]
    steps: Iterable[PlanStep]
    members: Iterable[TaskForceMember]


def rows_of(plan: ActionPlan) -> Rows:
    """What hangs on a plan as it is on record: three queries, none where it was prefetched."""
    return Rows(plan.points.all(), plan.steps.all(), plan.members.all())


def plain(plan: ActionPlan, rows: Rows | None = None) -> dict[str, Any]:
    """A plan as plain JSON for the history; `rows` what hangs on it, where that is at hand."""
    points, steps, members = rows or rows_of(plan)
    return {
        "次数": plan.number,
        "阶段": str(plan.get_stage_display()),
        "类型": str(plan.get_kind_display()),
        "年底成果": plan.visible,
        "措施": plan.actions,
        "目标值": plan.target,
        "年初数": plan.base,
        "单位": plan.unit_of_measure,
        "曲线": curve_presets()[plan.curve].name if plan.curve in curve_presets() else plan.curve,
        "滞后天数": plan.delay,
        "时限": plan.deadline.isoformat() if plan.deadline else None,
        "节点": {step.name: step.due.isoformat() for step in steps},
        "应达": {point.day.isoformat(): point.share for point in points},
        "专班": {member.name: member.duty for member in members},
    }
