"""A year lived through on a made ledger, written straight into the tables: plans, rounds and filings.

For measuring only, as `ledgers`: nothing is recorded, no action is asked. Every task has a plan in force, of
every kind in turn, and an accepted filing for each of nine monthly rounds, with its figure or its step, now
and then a problem, a return or a piece of evidence. The same arguments give the same year.
"""

from datetime import date, datetime, timedelta
from random import Random

from django.db import transaction

from dukao.bench.ledgers import Town
from dukao.site.ledger.models import Responsibility, Role, Task
from dukao.site.supervision.models import (
    ActionPlan,
    Evidence,
    EvidenceKind,
    Filing,
    FilingStage,
    FilingStep,
    FilingValue,
    PlanKind,
    PlanStage,
    PlanStep,
    Round,
)
from dukao.site.supervision.practice import evening

MONTHS = 9
_STEPS = (("立项", 2), ("开工", 5), ("主体结顶", 8), ("竣工验收", 11))
_KINDS = (
    PlanKind.CUMULATIVE,
    PlanKind.MILESTONES,
    PlanKind.CUMULATIVE,
    PlanKind.STATISTIC,
    PlanKind.MILESTONES,
    PlanKind.LEVEL,
    PlanKind.STOCK,
    PlanKind.CEILING,
)
_CURVED = (PlanKind.CUMULATIVE, PlanKind.STOCK)
_CURVES = ("quarters-back", "livelihood", "even")
_TARGET, _BASE, _UNIT = 100.0, 20.0, "个"


@transaction.atomic
def live_year(town: Town, year: int, months: int = MONTHS) -> None:
    """Give every task of a place's year a plan, and so many rounds of filings, all taken by the office."""
    tasks = list(Task.objects.filter(place=town.place, year=year).order_by("pk"))
    leads = dict(
        Responsibility.objects.filter(task__in=tasks, role=Role.LEAD).values_list("task_id", "unit_id")
    )
    begun = evening(date(year, 3, 18), 9)
    plans = ActionPlan.objects.bulk_create(
        _plan_of(town, task, leads[task.pk], order, begun) for order, task in enumerate(tasks)
    )
    PlanStep.objects.bulk_create(
        PlanStep(plan=plan, order=order, name=name, due=date(year, month, 28))
        for plan in plans
        if plan.kind == PlanKind.MILESTONES
        for order, (name, month) in enumerate(_STEPS)
    )
    chance = Random(year)
    for month in range(1, months + 1):
        _file_month(town, plans, year, month, chance)


def _plan_of(town: Town, task: Task, unit: int, order: int, at: datetime) -> ActionPlan:
    kind = _KINDS[order % len(_KINDS)]
    return ActionPlan(
        task=task,
        unit_id=unit,
        number=1,
        stage=PlanStage.APPROVED,
        kind=kind,
        target=None if kind == PlanKind.MILESTONES else _TARGET,
        base=_BASE if kind == PlanKind.STOCK else None,
        unit_of_measure=_UNIT,
        curve=_CURVES[order % len(_CURVES)] if kind in _CURVED else "",
        delay=20 if kind == PlanKind.STATISTIC else 0,
        deadline=date(task.year, 12, 31) if order % 10 else None,
        visible="年底看得见",
        drafted_by=town.liaison,
        drafted_at=at,
        since=at,
    )


def _file_month(town: Town, plans: list[ActionPlan], year: int, month: int, chance: Random) -> None:
    due = evening(date(year, month, 25), 23)
    end = date(year, month + 1, 1) - timedelta(days=1)
    round_ = Round.objects.create(
        place=town.place,
        year=year,
        label=f"{year}年{month}月",
        cadence="month",
        period_end=end,
        due_at=due,
        opened_at=due - timedelta(days=10),
    )
    filings = Filing.objects.bulk_create(_filing_of(town, plan, round_, end, chance) for plan in plans)
    pairs = list(zip(filings, plans, strict=True))
    FilingValue.objects.bulk_create(
        FilingValue(filing=filing, indicator="完成数", value=month * chance.uniform(4, 12), unit=_UNIT)
        for filing, plan in pairs
        if plan.kind != PlanKind.MILESTONES
    )
    FilingStep.objects.bulk_create(
        FilingStep(filing=filing, name=name, done_on=date(year, month, 20))
        for filing, plan in pairs
        if plan.kind == PlanKind.MILESTONES and chance.random() < 0.7
        for name, due_month in _STEPS
        if due_month == month
    )
    Evidence.objects.bulk_create(
        Evidence(
            filing=filing,
            kind=EvidenceKind.ACCEPTANCE,
            title="验收文件",
            fingerprint=f"{filing.pk:064d}",
            added_by=town.liaison,
            added_at=due,
        )
        for filing in filings[::3]
    )


def _filing_of(town: Town, plan: ActionPlan, round_: Round, end: date, chance: Random) -> Filing:
    filed = round_.due_at - timedelta(hours=chance.randint(-30, 200))
    is_blocked = chance.random() < 0.02
    return Filing(
        round=round_,
        task_id=plan.task_id,
        unit_id=plan.unit_id,
        stage=FilingStage.ACCEPTED,
        progress="按方案推进",
        problem="用地指标未落实" if is_blocked else "",
        is_blocked=is_blocked,
        true_on=end,
        confirmed_at=filed,
        first_confirmed_at=filed,
        ruled_by=town.clerk,
        ruled_at=filed + timedelta(days=2),
    )
