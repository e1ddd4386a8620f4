"""立项交办: drafts of a list become tasks in force: numbered, their steps dated, sent to who leads them."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from dukao.progress.workdays import CalendarUnknown
from dukao.site.history.actions import record
from dukao.site.ledger.items import issue_item
from dukao.site.ledger.models import Status, Task, TaskState
from dukao.site.people.access import Act, Viewer, require
from dukao.site.people.models import Place
from dukao.site.refusals import Refused
from dukao.site.supervision.access import leading_units
from dukao.site.supervision.assigning.actions import objection_due
from dukao.site.supervision.models import (
    ActionPlan,
    PlanKind,
    PlanStage,
    PlanStep,
    RegisterEntry,
)
from dukao.site.supervision.naming import Action
from dukao.site.supervision.registers.access import Kept, lock_register
from dukao.site.supervision.registers.cells import read_values, say_cell
from dukao.site.supervision.registers.entering import refuse_closed_list, send_on
from dukao.site.supervision.registers.errors import Refusal


@transaction.atomic
def issue_items(code: str, task_ids: Iterable[int], *, by: Viewer, at: datetime) -> int:
    """Put drafts of a list in force in one act: number, steps with their days, assignment; how many.

    All of them or none: what one still lacks is said. What the list's steps date is the plan in force from
    now on; the unit changes it like any other plan. A list without steps leaves the plan to the unit.
    """
    require(by, Act.SIGN)
    kept = lock_register(code, by)
    refuse_closed_list(kept, at)
    wanted = sorted(set(task_ids))
    if not wanted:
        raise Refused(Refusal.NOTHING_CHOSEN, status=422)
    items = _lock_drafts(kept, wanted)
    Place.objects.select_for_update().get(pk=by.place_id)
    leads, today = leading_units(wanted), localdate(at)
    due = objection_due(by.place_id, today)
    numbers = _next_numbers(kept, by.place_id, [state.task.year for state, _ in items])
    for number, (state, values) in zip(numbers, items, strict=True):
        issue_item(state, number, at)
        units = leads.get(state.task_id, ())
        if units:
            _date_steps(kept, state, values, units[0], by, at)
        send_on(state.task_id, by, at)
    about = [("register", kept.pk), *(("task", state.task_id) for state, _ in items)]
    after = {"清单": kept.name, "立项": numbers, "异议期限": due.isoformat()}
    record(Action.ITEMS_ISSUED, by=by.actor, at=at, about=about, after=after)
    return len(items)


def _lock_drafts(kept: Kept, task_ids: list[int]) -> list[tuple[TaskState, dict[str, object]]]:
    """The drafts with their columns, in the order they were entered; refused where one is none, or lacks."""
    states = {
        one.task_id: one
        for one in TaskState.objects.at(None)
        .select_for_update(of=("self",))
        .select_related("task")
        .filter(task_id__in=task_ids)
    }
    entries = RegisterEntry.objects.at(None).filter(register_id=kept.pk, task_id__in=task_ids)
    values = {one.task_id: one.values for one in entries}
    wrong = []
    for task_id in task_ids:
        state = states.get(task_id)
        if state is None or task_id not in values or state.status != Status.DRAFT:
            raise Refused(Refusal.FIXED, stage="不是草稿", what="立项")
        cells = {one.code: say_cell(one, values[task_id]) for one in kept.terms.fields}
        wrong += [f"{state.text[:20]}：{one}" for one in read_values(kept.terms, cells)[1]]
    if wrong:
        raise Refused(Refusal.UNFIT, wrong, status=422)
    ordered = sorted(states.values(), key=lambda one: (one.task.year, one.order, one.task_id))
    return [(one, values[one.task_id]) for one in ordered]


def _next_numbers(kept: Kept, place_id: int, years: list[int]) -> list[str]:
    """信访-2024-003 …: one count for each list and year; a number once given is never given again."""
    found = []
    last: dict[int, int] = {}
    for year in years:
        begin = f"{kept.terms.letter}-{year}-"
        if year not in last:
            taken = Task.objects.filter(place_id=place_id, number__startswith=begin)
            last[year] = max((int(str(one.number).removeprefix(begin)) for one in taken), default=0)
        last[year] += 1
        found.append(f"{begin}{last[year]:03d}")
    return found


def _date_steps(
    kept: Kept, state: TaskState, values: dict[str, object], unit_id: int, by: Viewer, at: datetime
) -> None:
    """The steps of the list as the item's first plan, in force with the item."""
    try:
        steps = kept.terms.steps_of(localdate(at), values, state.deadline)
    except CalendarUnknown as unknown:
        raise Refused(Refusal.NO_CALENDAR, name=state.text[:20], words=str(unknown)) from None
    if not steps:
        return
    last: date = steps[-1][1]
    plan = ActionPlan.objects.create(
        task_id=state.task_id,
        unit_id=unit_id,
        number=1,
        stage=PlanStage.APPROVED,
        kind=PlanKind.MILESTONES,
        deadline=state.deadline or last,
        visible=f"“{steps[-1][0].name}”完成，核验销号",
        actions=f"按{kept.name}的步骤和时限办理",
        drafted_by_id=by.user_id,
        drafted_at=at,
        submitted_at=at,
        ruled_by_id=by.user_id,
        ruled_at=at,
        since=at,
    )
    PlanStep.objects.bulk_create(
        PlanStep(plan=plan, order=order, name=step.name, due=due)
        for order, (step, due) in enumerate(steps, 1)
    )
