"""Run in a site of its own: a unit with ten items, the round of this month open, that of the last one taken.

Six items have changed nothing; of the others two count, one goes by milestones, one had no words before.
Prints the sessions of everybody as JSON.
"""

import json
from datetime import timedelta

from django.utils.timezone import localdate, now

from dukao.site.ledger.models import Status, Task, TaskKind, TaskState
from dukao.site.people.models import Role, Unit, UnitKind
from dukao.site.supervision.models import (
    ActionPlan,
    Filing,
    FilingStage,
    FilingValue,
    PlanKind,
    PlanStep,
    Round,
)
from tests.site.browser.filling import sessions
from tests.site.conftest import found_cast

TEXTS = (
    "建成投用学校9所，新增学位2660个。",
    "新增公办幼儿园托位300个。",
    "推进望潮中学迁建工程。",
    "出台集团化办学评价办法。",
    "开展校园噪声治理。",
    "全面落实课后服务。",
    "深化教师“县管校聘”。",
    "创建全国义务教育优质均衡区。",
    "建设智慧教育平台。",
    "开展校园食品安全整治。",
)


def fill() -> None:
    """Make the unit, its items and its two rounds."""
    at, cast = now(), found_cast()
    unit = Unit.objects.create(
        place=cast.place, name="区教育局", kind=UnitKind.DEPARTMENT, since=localdate(at) - timedelta(days=900)
    )
    for role in (Role.LIAISON, Role.UNIT_HEAD):
        cast.users[role].unit = unit
        cast.users[role].save()
    last, this = (
        Round.objects.create(
            place=cast.place,
            year=day.year,
            label=f"{day.year}年{day.month}月",
            cadence="month",
            period_end=day,
            due_at=at + timedelta(days=3 - ago),
            opened_at=at - timedelta(days=ago),
        )
        for ago, day in ((31, localdate(at) - timedelta(days=31)), (0, localdate(at)))
    )
    for order, text in enumerate(TEXTS):
        task = Task.objects.create(
            place=cast.place, year=this.year, kind=TaskKind.REGISTER, number=f"清{this.year}-{order + 1:03d}"
        )
        TaskState.objects.create(task=task, status=Status.ISSUED, order=order, text=text, since=at)
        _plan(task, unit, order, cast.users["liaison"].pk)
        _round(last, this, task, unit, order, cast.users["clerk"].pk)
    print(json.dumps({"sessions": sessions(cast), "pages": [], "forms": []}))


def _plan(task: Task, unit: Unit, order: int, by: int) -> None:
    at = now() - timedelta(days=60)
    kind = PlanKind.MILESTONES if order == 2 else PlanKind.CUMULATIVE
    plan = ActionPlan.objects.create(
        task=task,
        unit=unit,
        number=1,
        stage="approved",
        kind=kind,
        target=None if order == 2 else 9.0,
        unit_of_measure="" if order == 2 else "所",
        visible="投用",
        drafted_by_id=by,
        drafted_at=at,
        since=at,
    )
    if order == 2:
        for step, name in enumerate(("立项", "可研批复", "施工许可", "开工", "主体结顶")):
            due = localdate(at) + timedelta(days=30 * step)
            PlanStep.objects.create(plan=plan, order=step, name=name, due=due)


def _round(last: Round, this: Round, task: Task, unit: Unit, order: int, by: int) -> None:
    if order != 3:  # the item that had no words before
        before = Filing.objects.create(
            round=last,
            task=task,
            unit=unit,
            stage=FilingStage.ACCEPTED,
            progress="已完成方案编制，正在推进前期工作，各项进度符合计划。",
            next_step="加快施工招标。",
            true_on=last.period_end,
            saved_by_id=by,
            saved_at=last.opened_at,
            confirmed_by_id=by,
            confirmed_at=last.opened_at,
            first_confirmed_at=last.opened_at,
            ruled_by_id=by,
            ruled_at=last.opened_at,
        )
        if order != 2:
            FilingValue.objects.create(filing=before, indicator="完成数", value=6.0, unit="所")
    Filing.objects.create(round=this, task=task, unit=unit, risk_why="一般事项，按月报")


if __name__ == "__main__":
    fill()
