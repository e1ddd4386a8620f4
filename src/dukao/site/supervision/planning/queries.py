"""What pages ask of action plans: a task's plans side by side, a year's tasks by how far their plan is."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.timezone import localdate

from dukao.site.ledger.models import Responsibility, Role, Status, TaskState
from dukao.site.people.access import Act, Reach, Viewer, may
from dukao.site.people.models import Unit
from dukao.site.supervision.access import leads_task, units_of
from dukao.site.supervision.assigning.laying import issued_states, units_laid_on
from dukao.site.supervision.models import ActionPlan, Completion, PlanStage, Standing
from dukao.site.supervision.needs import Need
from dukao.site.supervision.planning.actions import IN_HAND, WRITABLE
from dukao.site.supervision.planning.limits import plans_owed
from dukao.site.supervision.planning.telling import Line, compare

# How far a task's plan is, in the order of concern: (name, in words).
STATES = {
    "submitted": "待审",
    "returned": "退回修改",
    "none": "还没有方案",
    "draft": "拟稿中",
    "approved": "已同意",
}


@dataclass(frozen=True, slots=True)
class PlansOfTask:
    """A task's plans: those once in force, in their order, and the one in hand where the reader sees it."""

    promised: tuple[ActionPlan, ...]
    in_hand: ActionPlan | None

    @property
    def in_force(self) -> ActionPlan | None:
        """The last that was approved."""
        return self.promised[-1] if self.promised else None

    @property
    def first(self) -> ActionPlan | None:
        """The first promise."""
        return self.promised[0] if self.promised else None

    @property
    def shown(self) -> list[ActionPlan]:
        """All of them, the one in hand last."""
        return [*self.promised, *([self.in_hand] if self.in_hand else [])]

    @property
    def rows(self) -> list[tuple[str, list[Line]]]:
        """Label by label what each says, changes marked."""
        return compare(self.shown)


@dataclass(frozen=True, slots=True)
class PlanPanel:
    """What the task's page shows of its plans; `address` is their page, `act` what the reader does there."""

    plans: PlansOfTask
    address: str
    act: str

    @property
    def rows(self) -> list[tuple[str, list[Line]]]:
        """The first promise beside every change that was approved."""
        return compare(self.plans.promised)


class PlannedTask(NamedTuple):
    """A task with how far its plan is; `plan` is the one the state speaks of."""

    task_id: int
    number: str
    text: str
    project: str
    units: tuple[str, ...]
    unit_ids: tuple[int, ...]
    state: str
    plan: ActionPlan | None
    in_force: ActionPlan | None
    promises: int  # how many plans were approved so far

    @property
    def state_words(self) -> str:
        """The state in words."""
        return STATES[self.state]

    @property
    def is_change(self) -> bool:
        """Whether a change is in hand while a plan is in force."""
        return self.in_force is not None and self.plan is not self.in_force


class UnitLacking(NamedTuple):
    """A unit with its tasks that have no plan the office could rule."""

    name: str
    tasks: list[PlannedTask]


@dataclass(frozen=True, slots=True)
class PlansOfYear:
    """A year's tasks with how far their plans are."""

    year: int
    tasks: tuple[PlannedTask, ...]

    def of(self, state: str) -> list[PlannedTask]:
        """The tasks in a state."""
        return [one for one in self.tasks if one.state == state]

    @property
    def counts(self) -> list[tuple[str, str, int]]:
        """How many are in which state."""
        return [(name, words, len(self.of(name))) for name, words in STATES.items() if self.of(name)]

    @property
    def lacking(self) -> list[UnitLacking]:
        """Unit by unit what is still missing, most first; a task of two leads stands with both."""
        by_unit: dict[str, list[PlannedTask]] = defaultdict(list)
        for one in self.tasks:
            if one.state in ("none", "draft", "returned"):
                for unit in one.units:
                    by_unit[unit].append(one)
        found = [UnitLacking(name, tasks) for name, tasks in by_unit.items()]
        return sorted(found, key=lambda one: -len(one.tasks))

    @property
    def changed(self) -> list[PlannedTask]:
        """Tasks whose plan in force is not the first promise."""
        return [one for one in self.tasks if one.promises > 1]


def sees_plans(viewer: Viewer) -> bool:
    """Plans are work among offices: for the office, leaders and units, of the tasks each sees."""
    return may(viewer, Act.SEE_PLANS)


def plans_of(viewer: Viewer, task_id: int, moment: datetime | None = None) -> PlansOfTask:
    """A task's plans as they stood at `moment`: five queries. The caller has asked whether the task is seen.

    What is in hand is the office's and the leading unit's own; others see it once it is approved.
    """
    found = _whole(ActionPlan.objects.filter(task_id=task_id)).order_by("number")
    if moment is not None:
        found = found.filter(drafted_at__lte=moment)
    plans = list(found)
    promised = tuple(one for one in plans if one.since and (moment is None or one.since <= moment))
    in_hand = next((one for one in plans if one.stage in IN_HAND), None) if moment is None else None
    if in_hand and not _sees_drafts(viewer, in_hand):
        in_hand = None
    return PlansOfTask(promised, in_hand)


def plan_panel(viewer: Viewer, task_id: int, moment: datetime | None = None) -> PlanPanel | None:
    """A task's plans for its page, with what this reader may do; None for who sees no plans."""
    if not sees_plans(viewer):
        return None
    plans = plans_of(viewer, task_id, moment)
    return PlanPanel(plans, reverse("supervision:plan", args=[task_id]), _act(viewer, task_id, plans, moment))


def _act(viewer: Viewer, task_id: int, plans: PlansOfTask, moment: datetime | None) -> str:
    """What the reader comes to the plan's page for."""
    if moment is not None:
        return "看方案"
    hand = plans.in_hand
    if may(viewer, Act.PLAN) and leads_task(viewer, task_id):
        if hand:
            return "继续拟方案" if hand.stage in WRITABLE else "看已报送的方案"
        return "看方案，或申请变更" if plans.in_force else "拟推进方案"
    if hand and hand.stage == PlanStage.SUBMITTED and may(viewer, Act.RULE_PLAN):
        return "审核方案"
    return "看方案" if plans.shown else ""


def submitted_plan(viewer: Viewer, plan_id: int) -> ActionPlan:
    """A plan the office may rule, with all it says; 404 for one of another place."""
    found = _whole(ActionPlan.objects.filter(pk=plan_id, task__place_id=viewer.place_id)).first()
    if found is None:
        raise Http404
    return found


def read_year(viewer: Viewer, year: int, *, own: bool) -> PlansOfYear:
    """The tasks of a year that need a plan, all of the place's or the viewer's unit's own: five queries."""
    states = _under_way(issued_states(viewer.place_id, task__year=year))
    pairs = units_laid_on(states)
    if own:
        mine = units_of(viewer)
        kept = {task for task, unit in pairs if unit in mine}
        pairs = [pair for pair in pairs if pair[0] in kept]
    units: dict[int, list[int]] = defaultdict(list)
    for task, unit in pairs:
        units[task].append(unit)
    names = dict(Unit.objects.filter(place_id=viewer.place_id).values_list("pk", "name"))
    in_force, in_hand, promises = _plans_by_task(viewer.place_id, year)
    words = states.order_by("order", "task_id").values_list(
        "task_id", "task__number", "title", "text", "project"
    )
    return PlansOfYear(
        year,
        tuple(
            PlannedTask(
                task,
                number or "",
                f"{title}　{text}" if title else text,
                project,
                tuple(names[unit] for unit in units[task]),
                tuple(units[task]),
                _state(in_force.get(task), in_hand.get(task)),
                in_hand.get(task) or in_force.get(task),
                in_force.get(task),
                promises[task],
            )
            for task, number, title, text, project in words
            if task in units
        ),
    )


def _plans_by_task(
    place_id: int, year: int
) -> tuple[dict[int, ActionPlan], dict[int, ActionPlan], Counter[int]]:
    """The plan in force and the plan in hand of each task, and how many were approved so far."""
    rows = ActionPlan.objects.filter(task__place_id=place_id, task__year=year).select_related("task", "unit")
    in_force: dict[int, ActionPlan] = {}
    in_hand: dict[int, ActionPlan] = {}
    promises: Counter[int] = Counter()
    for plan in rows.order_by("task_id", "number"):
        if plan.since:
            promises[plan.task_id] += 1
            in_force[plan.task_id] = plan
        elif plan.stage in IN_HAND:
            in_hand[plan.task_id] = plan
    return in_force, in_hand, promises


def _state(in_force: ActionPlan | None, in_hand: ActionPlan | None) -> str:
    """One of STATES: what is in hand before what is in force, but for the mere draft of a change."""
    if in_hand and (in_hand.stage != PlanStage.DRAFT or not in_force):
        return str(in_hand.stage)
    return "approved" if in_force else "none"


def _under_way(states: QuerySet[TaskState]) -> QuerySet[TaskState]:
    """Without what is closed, suspended, merged, split or dropped."""
    gone = Standing.objects.filter(since__isnull=False, until__isnull=True).values("task_id")
    closed = Completion.objects.filter(stage="closed").values("task_id")
    return states.exclude(Q(task_id__in=gone) | Q(task_id__in=closed))


def _whole(plans: QuerySet[ActionPlan]) -> QuerySet[ActionPlan]:
    related = ("task", "unit", "measure", "drafted_by", "saved_by", "ruled_by")
    return plans.select_related(*related).prefetch_related("points", "steps", "members")


def _sees_drafts(viewer: Viewer, plan: ActionPlan) -> bool:
    if viewer.reach is Reach.ALL:
        return True
    return may(viewer, Act.PLAN) and leads_task(viewer, plan.task_id)


def years_of(place_id: int) -> list[int]:
    """The years with issued tasks, the newest first."""
    years = TaskState.objects.at(None).filter(task__place_id=place_id, status=Status.ISSUED)
    return sorted(set(years.values_list("task__year", flat=True)), reverse=True)


def needs_of(viewer: Viewer, now: datetime) -> list[Need]:
    """The office's plans to rule and those overdue; a unit's plans sent back, and its tasks without one."""
    address, today = reverse("supervision:plans"), localdate(now)
    plans = ActionPlan.objects.filter(task__place_id=viewer.place_id)
    if may(viewer, Act.RULE_PLAN):
        late = {one.task_id: one.due for one in plans_owed(viewer.place_id, today) if one.due < today}
        return [
            Need(plans.filter(stage=PlanStage.SUBMITTED).count(), "份推进方案待审", address),
            Need(len(late), "项任务逾期未报推进方案", address, min(late.values(), default=None)),
        ]
    if not may(viewer, Act.PLAN) or not viewer.unit_id:
        return []
    units = units_of(viewer)
    led = Responsibility.objects.at(None).filter(role=Role.LEAD, unit_id__in=units)
    states = _under_way(issued_states(viewer.place_id, task_id__in=led.values("task_id")))
    planned = plans.filter(Q(since__isnull=False) | Q(stage__in=IN_HAND))
    returned = plans.filter(stage=PlanStage.RETURNED, task_id__in=led.values("task_id"))
    lacking = states.exclude(task_id__in=planned.values("task_id"))
    due = min((one.due for one in plans_owed(viewer.place_id, today, units)), default=None)
    return [
        Need(returned.count(), "份推进方案退回修改", address),
        Need(lacking.values("task_id").distinct().count(), "项任务还没有推进方案", address, due),
    ]
