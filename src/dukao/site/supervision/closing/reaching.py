"""Whether a task is done by what was filed and accepted, and whether it was done in time."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from dukao.progress.curves import lacks_base
from dukao.progress.figures import say_month_day, say_value
from dukao.progress.values import Cumulative, Fact
from dukao.site.ledger.models import TaskState
from dukao.site.supervision.models import ActionPlan, FilingStage, FilingStep, FilingValue, PlanKind, PlanStep

_HELD = (
    PlanKind.STATISTIC,
    PlanKind.LEVEL,
    PlanKind.CEILING,
)  # to hold to the end, not to reach before it


@dataclass(frozen=True, slots=True)
class Limit:
    """When a task is due, by the plan in force, else by the ledger; `first` is the first promise."""

    due: date | None = None
    first: date | None = None

    def say(self, done_on: date) -> str:
        """Whether what was done on a day was in time, in words; done late stays done, late."""
        if self.due is None:
            return "没有时限，不算按时"
        late = (done_on - self.due).days
        said = (f"逾期{late}天完成" if late > 0 else "按时完成") + f"（时限{say_month_day(self.due)}）"
        if self.first and self.first != self.due:
            said += f"，第一次承诺{say_month_day(self.first)}"
        return said

    def is_late(self, done_on: date) -> bool:
        """Whether a day is after the limit; what has no limit is never late, and never in time."""
        return self.due is not None and done_on > self.due


def limits_of(task_ids: Iterable[int], moment: datetime | None = None) -> dict[int, Limit]:
    """The limit of each task as it stood at a moment: three questions, however many tasks there are."""
    ids = list(task_ids)
    plans = ActionPlan.objects.filter(task_id__in=ids, since__isnull=False).order_by("task_id", "number")
    if moment:
        plans = plans.filter(since__lte=moment)
    last_steps = _last_steps(plans)
    promised: dict[int, list[date]] = {}
    for plan in plans:
        day = plan.deadline or last_steps.get(plan.pk)
        if day:
            promised.setdefault(plan.task_id, []).append(day)
    said = TaskState.objects.at(moment).filter(task_id__in=ids, deadline__isnull=False)
    in_ledger: dict[int, date] = dict(said.values_list("task_id", "deadline"))
    return {
        one: Limit(promised[one][-1], promised[one][0]) if one in promised else Limit(in_ledger.get(one))
        for one in ids
    }


@dataclass(frozen=True, slots=True)
class Reached:
    """What a task has reached by the accepted filings of its lead units, and what it lacks, line by line.

    `target` is None for a plan without figures; `done_on` is the day of the last step or figure.
    """

    missing: tuple[str, ...] = ()
    kind: str = ""
    target: float | None = None
    unit: str = ""
    is_ceiling: bool = False
    value: float | None = None
    true_on: date | None = None
    done_on: date | None = None
    visible: str = ""

    @property
    def target_words(self) -> str:
        """18个, 3条以内."""
        return say_value(self.target or 0.0, self.unit) + ("以内" if self.is_ceiling else "")

    def reaches(self, value: float) -> bool:
        """Whether a figure is at the target."""
        return value <= (self.target or 0.0) if self.is_ceiling else value >= (self.target or 0.0)


def reached_of(task_ids: Iterable[int]) -> dict[int, Reached]:
    """What each task has reached: four questions at most, however many tasks there are."""
    ids = list(task_ids)
    found = dict.fromkeys(ids, Reached(("没有已同意的推进方案，无从核对目标",)))
    in_force = ActionPlan.objects.filter(task_id__in=ids, since__isnull=False, until__isnull=True).order_by()
    read = (
        "kind",
        "target",
        "base",
        "curve",
        "unit_of_measure",
        "visible",
        "deadline",
        "task__year",
        "measure__op",
    )
    plans = list(in_force.select_related("measure", "task").only(*read).prefetch_related("steps"))
    by_steps = [plan.task_id for plan in plans if plan.kind == PlanKind.MILESTONES]
    done = _done(by_steps) if by_steps else {}
    values = _values([plan.task_id for plan in plans]) if len(by_steps) < len(plans) else {}
    for plan in plans:
        if plan.kind == PlanKind.MILESTONES:
            found[plan.task_id] = _of_steps(plan, done.get(plan.task_id, {}))
        else:
            found[plan.task_id] = _of_figure(plan, values.get((plan.task_id, plan.unit_of_measure), []))
    return found


def _taken(task_ids: list[int]) -> dict[str, Any]:
    return {
        "filing__task_id__in": task_ids,
        "filing__is_lead": True,
        "filing__stage": FilingStage.ACCEPTED,
    }


def _done(task_ids: list[int]) -> dict[int, dict[str, date]]:
    """The steps of tasks that were done, with their days."""
    done: dict[int, dict[str, date]] = {}
    rows = FilingStep.objects.filter(**_taken(task_ids)).values_list("filing__task_id", "name", "done_on")
    for task, name, day in rows:
        done.setdefault(task, {})[name] = day
    return done


def _values(task_ids: list[int]) -> dict[tuple[int, str], list[FilingValue]]:
    """The values of tasks in each unit of measure with their filings, the last one last."""
    wanted = ("indicator", "value", "unit")
    of_filing = ("filing__task", "filing__unit", "filing__true_on", "filing__ruled_at")
    rows = FilingValue.objects.filter(**_taken(task_ids)).select_related("filing").only(*wanted, *of_filing)
    found: dict[tuple[int, str], list[FilingValue]] = {}
    for row in rows.order_by("filing__true_on", "filing__ruled_at"):
        found.setdefault((row.filing.task_id, row.unit), []).append(row)
    return found


def _of_steps(plan: ActionPlan, done: dict[str, date]) -> Reached:
    steps = list(plan.steps.all())
    missing = tuple(f"节点“{step.name}”还没有完成" for step in steps if step.name not in done)
    days = [done[step.name] for step in steps if step.name in done]
    return Reached(missing, plan.kind, done_on=max(days, default=None), visible=plan.visible)


def _of_figure(plan: ActionPlan, values: list[FilingValue]) -> Reached:
    reached = Reached(
        kind=plan.kind,
        target=plan.target or 0.0,
        unit=plan.unit_of_measure,
        is_ceiling=_is_to_be_low(plan),
        visible=plan.visible,
    )
    if not values:
        return replace(reached, missing=(f"目标{reached.target_words}，还没有采用过的数值",))
    last = values[-1]
    day = last.filing.true_on
    reached = replace(reached, value=last.value, true_on=day, done_on=day)
    end = plan.deadline or date(plan.task.year, 12, 31)
    if plan.kind in _HELD and not plan.is_amount and (day is None or day < end):
        until = f"，最近采用的数值截至{say_month_day(day)}" if day else ""
        return replace(reached, missing=(f"要看截至{say_month_day(end)}的数值，才知道是否做到{until}",))
    if plan.kind == PlanKind.STOCK and lacks_base(_as_stock(plan), _facts(values)):
        why = "方案没有填年初数，首次报的数高于目标，看不出是否达到：请先变更方案，补填年初数"
        return replace(reached, missing=(why,))
    if reached.reaches(last.value):
        return reached
    value = say_value(last.value, plan.unit_of_measure)
    return replace(reached, missing=(f"目标{reached.target_words}，最近采用的数值是{value}",))


def _is_to_be_low(plan: ActionPlan) -> bool:
    """Whether a lower figure is the better one: a ceiling, or a stock that is to become less."""
    if plan.kind == PlanKind.STOCK:
        return _as_stock(plan).falls
    return plan.kind == PlanKind.CEILING or (plan.kind == PlanKind.STATISTIC and plan.side == "<=")


def _as_stock(plan: ActionPlan) -> Cumulative:
    """A stock as it is judged; by when how much is due does not matter here."""
    return Cumulative(plan.target or 0.0, plan.unit_of_measure, (), base=plan.base, aim=plan.side)


def _facts(values: list[FilingValue]) -> list[Fact]:
    """Values as facts, in the order they were taken."""
    return [
        Fact(one.filing.true_on, one.value, localdate(one.filing.ruled_at), str(one.filing.unit_id))
        for one in values
        if one.filing.true_on and one.filing.ruled_at
    ]


def _last_steps(plans: Iterable[ActionPlan]) -> dict[int, date]:
    by_steps = PlanStep.objects.filter(plan__in=plans).order_by("due")
    return dict(by_steps.values_list("plan_id", "due"))
