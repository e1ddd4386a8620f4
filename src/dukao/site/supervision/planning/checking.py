"""What a plan lacks before it can be sent, and what a change comes too late for."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from dukao.progress.curves import curve_presets
from dukao.progress.figures import is_rate
from dukao.site.ledger.models import TaskState
from dukao.site.refusals import Refused
from dukao.site.supervision.errors import Refusal
from dukao.site.supervision.models import ActionPlan, PlanKind, PlanPoint, PlanStep
from dukao.site.supervision.planning.prefilling import as_numbers
from dukao.site.supervision.planning.proposing import says_less
from dukao.site.supervision.planning.telling import Rows
from dukao.site.supervision.planning.words import PlanWords

_WHOLE = 1.0 - 1e-6
# What says how much is due: once the day has come, none of it moves.
_OWED = ("kind", "target", "base", "unit_of_measure", "curve", "delay", "deadline")


def what_is_missing(plan: ActionPlan, rows: Rows) -> list[str]:
    """What a plan with what hangs on it lacks before it can be sent, one Chinese line each."""
    lines = [] if plan.visible.strip() else ["“到12月31日能看见什么”还没有写"]
    if plan.kind == PlanKind.MILESTONES:
        lines += _missing_steps(plan, list(rows.steps))
    else:
        lines += _missing_number(plan)
    if plan.kind in (PlanKind.CUMULATIVE, PlanKind.STOCK):
        lines += _missing_curve(plan, sorted(rows.points, key=lambda one: one.day))
    if plan.kind == PlanKind.STATISTIC and plan.curve and is_rate(plan.unit_of_measure):
        unit = plan.unit_of_measure.strip()
        lines.append(f"用“{unit}”计量的是比率，不是一年里累加的数：序时进度请改选“每期都按目标判”")
    if plan.number > 1 and not plan.change_why.strip() and _is_change(plan):
        lines.append("变更理由还没有写")
    return lines


def _missing_steps(plan: ActionPlan, steps: Sequence[PlanStep]) -> list[str]:
    if not steps:
        return ["节点推进的方案至少要有一个节点"]
    late = [step for step in steps if plan.deadline and step.due > plan.deadline]
    return [f"节点“{step.name}”排在完成时限（{plan.deadline:%Y-%m-%d}）以后" for step in late]


def _missing_number(plan: ActionPlan) -> list[str]:
    if plan.target is None:
        lines = ["目标值还没有填"]
    elif plan.kind == PlanKind.CUMULATIVE and plan.target <= 0:
        lines = ["累计数量的目标值要大于零"]
    elif plan.kind == PlanKind.STOCK and plan.base == plan.target:
        lines = ["年初数和目标值一样，看不出要做多少：请核对，要一直保持的改按“保持达标”判"]
    elif plan.kind == PlanKind.STOCK and plan.base is None and _is_to_fall(plan, plan.target):
        lines = ["年初数还没有填：要减少、清零的从年初数起算，不填看不出减了多少"]
    else:
        lines = []
    return lines if plan.unit_of_measure.strip() else [*lines, "计量单位还没有填"]


def _is_to_fall(plan: ActionPlan, target: float) -> bool:
    """Whether a stock is to become less: by how its number compares, else by the words around it."""
    if plan.side or target <= 0:
        return plan.side == "<=" or target <= 0
    number = as_numbers([plan.measure])[0] if plan.measure else None
    states = TaskState.objects.at(None).filter(task_id=plan.task_id)
    texts = [plan.visible, *(f"{one.title}，{one.text}" for one in states)]
    return any(says_less(text, number, target) for text in texts)


def _missing_curve(plan: ActionPlan, points: Sequence[PlanPoint]) -> list[str]:
    if not points:
        return [] if plan.curve in curve_presets() else ["序时进度还没有选：选一条曲线，或自己逐点填写"]
    shares = [point.share for point in points]
    lines = [] if shares[-1] >= _WHOLE else ["自己填的序时进度，最后一点应达 100%"]
    if any(later < earlier for earlier, later in pairwise(shares)):
        lines.append("自己填的序时进度不能往回降：后一点不低于前一点")
    if plan.deadline and points[-1].day > plan.deadline:
        lines.append(f"自己填的序时进度排在完成时限（{plan.deadline:%Y-%m-%d}）以后")
    return lines


def _is_change(plan: ActionPlan) -> bool:
    """Whether a plan was in force when this one was begun."""
    return ActionPlan.objects.filter(task_id=plan.task_id, since__isnull=False).exists()


def repeated(names: list[str]) -> list[str]:
    """The names that stand more than once."""
    return [name for name, count in Counter(names).items() if count > 1]


def refuse_late_change(plan: ActionPlan, words: PlanWords, today: date) -> None:
    """A day that has passed is not moved: what was due stays due, a step on its day may still be moved."""
    if plan.deadline and plan.deadline < today:
        points = tuple((point.day, point.share) for point in plan.points.all())
        owed = [getattr(plan, name) == getattr(words, name) for name in _OWED]
        if not all(owed) or points != tuple(words.points):
            raise Refused(Refusal.CHANGE_LATE, what="全部任务", due=f"{plan.deadline:%Y-%m-%d}")
    asked = dict(words.steps)
    for step in plan.steps.all():
        if step.due < today and asked.get(step.name) != step.due:
            raise Refused(Refusal.CHANGE_LATE, what=step.name, due=f"{step.due:%Y-%m-%d}")
    kept = dict(words.points)
    for point in plan.points.all():
        if point.day < today and kept.get(point.day) != point.share:
            what = f"应达{point.share:.0%}"
            raise Refused(Refusal.CHANGE_LATE, what=what, due=f"{point.day:%Y-%m-%d}")
