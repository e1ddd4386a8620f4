"""Whether a task is done by what was filed and accepted, and whether it was done in time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dukao.progress.figures import say_value
from dukao.site.ledger.models import TaskState
from dukao.site.supervision.models import ActionPlan, FilingStage, FilingStep, FilingValue, PlanKind, PlanStep


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
        said = (f"逾期{late}天完成" if late > 0 else "按时完成") + f"（时限{_day(self.due)}）"
        if self.first and self.first != self.due:
            said += f"，第一次承诺{_day(self.first)}"
        return said

    def is_late(self, done_on: date) -> bool:
        """Whether a day is after the limit; what has no limit is never late, and never in time."""
        return self.due is not None and done_on > self.due


def limits_of(task_ids: Iterable[int]) -> dict[int, Limit]:
    """The limit of each task: three questions, however many tasks there are."""
    ids = list(task_ids)
    plans = ActionPlan.objects.filter(task_id__in=ids, since__isnull=False).order_by("task_id", "number")
    last_steps = _last_steps(plans)
    promised: dict[int, list[date]] = {}
    for plan in plans:
        day = plan.deadline or last_steps.get(plan.pk)
        if day:
            promised.setdefault(plan.task_id, []).append(day)
    said = TaskState.objects.at(None).filter(task_id__in=ids, deadline__isnull=False)
    in_ledger: dict[int, date] = dict(said.values_list("task_id", "deadline"))
    return {
        one: Limit(promised[one][-1], promised[one][0]) if one in promised else Limit(in_ledger.get(one))
        for one in ids
    }


def shortfalls_of(task_id: int) -> list[str]:
    """What a task lacks by the accepted filings of its lead units, one Chinese line each."""
    plan = ActionPlan.objects.filter(task_id=task_id, since__isnull=False, until__isnull=True).first()
    if plan is None:
        return ["没有已同意的推进方案，无从核对目标"]
    accepted = {
        "filing__task_id": task_id,
        "filing__is_lead": True,
        "filing__stage": FilingStage.ACCEPTED,
    }
    if plan.kind == PlanKind.MILESTONES:
        done = set(FilingStep.objects.filter(**accepted).values_list("name", flat=True))
        return [f"节点“{step.name}”还没有完成" for step in plan.steps.all() if step.name not in done]
    values = FilingValue.objects.filter(**accepted, unit=plan.unit_of_measure)
    last = values.order_by("filing__true_on", "filing__ruled_at").last()
    target = say_value(plan.target or 0.0, plan.unit_of_measure)
    if last is None:
        return [f"目标{target}，还没有采用过的数值"]
    is_ceiling = plan.kind == PlanKind.CEILING
    reaches = last.value <= (plan.target or 0.0) if is_ceiling else last.value >= (plan.target or 0.0)
    if reaches:
        return []
    value = say_value(last.value, plan.unit_of_measure)
    return [f"目标{target}{'以内' if is_ceiling else ''}，最近采用的数值是{value}"]


def _last_steps(plans: Iterable[ActionPlan]) -> dict[int, date]:
    by_steps = PlanStep.objects.filter(plan__in=plans).order_by("due")
    return dict(by_steps.values_list("plan_id", "due"))


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"
