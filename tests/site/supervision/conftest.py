"""The year: a ledger issued and assigned, a plan of each kind approved, a round open, a clock that stands."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import SimpleNamespace

import pytest

from dukao.site.ledger.models import Breakdown, Placement, Task
from dukao.site.people import middleware
from dukao.site.people.access import Viewer
from dukao.site.people.models import Unit
from dukao.site.supervision.assigning.actions import assign_tasks
from dukao.site.supervision.filing.rounds import open_rounds
from dukao.site.supervision.models import ActionPlan, PlanKind, Round
from dukao.site.supervision.planning.actions import approve_plan, send_plan
from dukao.site.supervision.planning.words import PlanWords
from tests.site.conftest import BEIJING, Cast
from tests.site.remembering import remembered

ASSIGNED = datetime(2024, 3, 11, 9, 0, tzinfo=BEIJING)  # a Monday: objections until the 14th
PLANNED = datetime(2024, 3, 18, 9, 0, tzinfo=BEIJING)
OPENED = datetime(2024, 3, 20, 9, 0, tzinfo=BEIJING)
# Row, the unit that leads it, and its plan; 三-1 is led by the unit of the cast.
PLANS = {
    PlanKind.CUMULATIVE: (
        "三-1",
        "区住建局",
        PlanWords(
            PlanKind.CUMULATIVE,
            visible="18个小区全部竣工",
            target=18.0,
            unit_of_measure="个",
            curve="quarters-back",
            deadline=date(2024, 12, 31),
        ),
    ),
    PlanKind.STATISTIC: (
        "二-1",
        "区发改局",
        PlanWords(
            PlanKind.STATISTIC, visible="全年增长6%", target=6.0, unit_of_measure="%", delay=20, deadline=None
        ),
    ),
    PlanKind.MILESTONES: (
        "二-3",
        "区经信局",
        PlanWords(
            PlanKind.MILESTONES,
            visible="首条航线开通",
            steps=(("方案出台", date(2024, 4, 30)), ("航线开通", date(2024, 11, 30))),
            deadline=date(2024, 11, 30),
        ),
    ),
    PlanKind.LEVEL: (
        "二-5",
        "区发改局",
        PlanWords(PlanKind.LEVEL, visible="增速保持6%以上", target=6.0, unit_of_measure="%"),
    ),
    PlanKind.CEILING: (
        "三-2",
        "区水利局",
        PlanWords(PlanKind.CEILING, visible="断头河不超过3条", target=3.0, unit_of_measure="条"),
    ),
}


@dataclass
class Year:
    """What the year stands on; `plans` by kind, all approved; `round` is the open one of March."""

    cast: Cast
    ledger: Breakdown
    plans: dict[PlanKind, ActionPlan]
    round: Round

    def task(self, row: str) -> Task:
        """The task of a row of the breakdown: 三-1."""
        return task_of(self.ledger, row)

    def unit(self, name: str) -> Unit:
        """A unit by its name."""
        return Unit.objects.get(place=self.cast.place, name=name)

    def viewer_of(self, unit: str, role: str = "liaison", at: datetime = OPENED) -> Viewer:
        """The cast's liaison (or unit head) as if of another unit."""
        return viewer_in(self.cast, unit, role, at)


def task_of(ledger: Breakdown, row: str) -> Task:
    """The task of a row of the breakdown: 三-1."""
    task: Task = Placement.objects.at(None).get(task__breakdown=ledger, row=row).task
    return task


def viewer_in(cast: Cast, unit: str, role: str = "liaison", at: datetime = OPENED) -> Viewer:
    """The cast's liaison (or unit head) as if of another unit."""
    own = Unit.objects.get(place=cast.place, name=unit)
    return replace(cast.viewer(role, at), unit_id=own.pk, unit_name=own.name, group_ids=frozenset())


@pytest.fixture
def assigned(cast: Cast, ledger: Breakdown) -> Breakdown:
    """The ledger, sent to its lead units on 11 March 2024."""
    remembered("assigned", lambda: assign_tasks(ledger.pk, by=cast.viewer("clerk", ASSIGNED), at=ASSIGNED))
    return ledger


@pytest.fixture
def year(cast: Cast, assigned: Breakdown) -> Year:
    """The assigned ledger with a plan of each kind in force, and the round of March open."""
    year = remembered("year", lambda: _begin_year(cast, assigned))
    return replace(year, cast=cast, ledger=assigned)


def _begin_year(cast: Cast, assigned: Breakdown) -> Year:
    plans = {kind: plan_task(cast, assigned, *facts) for kind, facts in PLANS.items()}
    opened = open_rounds(cast.place.pk, at=OPENED)
    return Year(cast, assigned, plans, max(opened, key=lambda one: one.period_end))


def plan_task(
    cast: Cast, ledger: Breakdown, row: str, unit: str, words: PlanWords, at: datetime = PLANNED
) -> ActionPlan:
    """Send and approve a plan for a row, by a liaison of its unit and the office."""
    by = viewer_in(cast, unit, at=at)
    plan = send_plan(task_of(ledger, row).pk, words, by=by, at=at)
    return approve_plan(plan.pk, by=cast.viewer("head", at), at=at)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Sets the moment every later request is made at: `clock(OPENED)`."""

    def stand(at: datetime) -> None:
        monkeypatch.setattr(middleware, "timezone", SimpleNamespace(now=lambda: at))

    return stand
