"""A published figure (统计数) in a round: which period's is due, and whether the one in hand is older."""

from collections.abc import Collection
from datetime import date

from django.db.models import Max

from dukao.progress.figures import say_month_day
from dukao.progress.periods import newest_out, quarters, say_period
from dukao.progress.values import days_after
from dukao.site.supervision.filing.items import Item
from dukao.site.supervision.filing.words import Words
from dukao.site.supervision.models import ActionPlan, Filing, FilingStage, PlanKind


def period_due(item: Item, today: date) -> date | None:
    """The end of the newest period whose figure must be out by a day; None where none is or none is asked."""
    return _due(item.plan, item.filing.task.year, today) if item.figure else None


def say_outdated(item: Item, today: date) -> str:
    """What to know before an older figure is filed again: which is due; empty where none is newer."""
    is_empty = item.filing.stage == FilingStage.EMPTY
    said = item.last if is_empty else item.now
    if item.figure is None or said is None or item.figure.value_in(said.words) is None:
        return ""
    before = "上次填的是" if is_empty else "这里填的是"
    return _say_older(item.plan, item.filing.task.year, said.words.true_on, before, today)


def say_outdated_filing(filing: Filing, words: Words, plan: ActionPlan | None, today: date) -> str:
    """The same of what was filed, for who rules on it: its figure is of an older period than is out."""
    if plan is None or not any(unit == plan.unit_of_measure for _, unit in words.values.values()):
        return ""
    return _say_older(plan, filing.task.year, words.true_on, "这里填的是", today)


def _due(plan: ActionPlan | None, year: int, today: date) -> date | None:
    if plan is None or plan.kind != PlanKind.STATISTIC:
        return None
    return newest_out(quarters(year), plan.delay, today)


def _say_older(plan: ActionPlan | None, year: int, day: date | None, before: str, today: date) -> str:
    """Which period's figure is out and of which the one in hand is; empty where none is newer."""
    due = _due(plan, year, today)
    if due is None or plan is None or day is None or day >= due:
        return ""
    out = say_month_day(days_after(due, plan.delay))
    what = f"{say_period(day)}数" if say_period(day) else "数"
    return f"{say_period(due)}数应于{out}前后公布，{before}{what}（数据截至{say_month_day(day)}）。"


def figures_owed(task_ids: Collection[int], today: date) -> dict[int, bool]:
    """Of the tasks that rest on a published figure, whether the newest that is out is still to be filed."""
    plans = ActionPlan.objects.filter(task_id__in=task_ids, since__isnull=False, until__isnull=True)
    published = plans.filter(kind=PlanKind.STATISTIC, target__isnull=False).order_by()
    delays = {
        task: (year, delay) for task, year, delay in published.values_list("task_id", "task__year", "delay")
    }
    said = Filing.objects.filter(task_id__in=delays, is_lead=True, values__isnull=False)
    filed = dict(
        said.order_by().values("task_id").annotate(last=Max("true_on")).values_list("task_id", "last")
    )
    owed = {}
    for task, (year, delay) in delays.items():
        due = newest_out(quarters(year), delay, today)
        owed[task] = due is not None and (filed.get(task) or date.min) < due
    return owed
