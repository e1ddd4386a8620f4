"""交办 and 推进方案 in the simulated year: units confirm, object, plan, ask for changes; the office rules."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from random import Random

from dukao.progress.periods import month_end
from dukao.site.simulating.courses import draw_course, follow
from dukao.site.simulating.diary import working_days_after
from dukao.site.simulating.life import Life, TaskLife
from dukao.site.simulating.sayings import line, office, topic_of
from dukao.site.simulating.told import Told
from dukao.site.simulating.world import Manner, Team
from dukao.site.supervision.assigning.actions import (
    assign_tasks,
    confirm_assignments,
    object_to_assignment,
    rule_objection,
)
from dukao.site.supervision.models import ActionPlan, Assignment, Objection, PlanKind, PlanStage
from dukao.site.supervision.planning.actions import (
    PlanWords,
    approve_plans,
    return_plan,
    send_plan,
)
from dukao.site.supervision.planning.prefilling import first_words, numbers_of, propose

_SENT = 1  # working day after the issue
_PLANS = {Manner.GOOD: (4, 14), Manner.LATE: (15, 45), Manner.SILENT: (40, 120), Manner.GAMING: (6, 12)}


def note_assigning(life: Life, day: date) -> None:
    """The office sends the tasks out; what follows is noted from there."""
    life.diary.put(working_days_after(day, _SENT), 9, lambda at: _assign(life, at))


def _assign(life: Life, at: datetime) -> None:
    assign_tasks(life.world.breakdown_id, by=life.world.clerk, at=at)
    laid: dict[int, list[tuple[int, int]]] = defaultdict(list)
    rows = Assignment.objects.filter(task_id__in=life.tasks).order_by("pk")
    for pk, task, unit in rows.values_list("pk", "task_id", "unit_id"):
        laid[unit].append((pk, task))
    for unit, own in laid.items():
        _note_answers(life, life.world.teams[unit], own, at.date())
    for one in life.tasks.values():
        if one.teams:
            _note_plan(life, one, at.date())


def _note_answers(life: Life, team: Team, own: list[tuple[int, int]], day: date) -> None:
    """One click for all it takes, an objection here and there; the silent say nothing."""
    chance = life.world.chance("assigned", team.name)
    if team.manner is Manner.SILENT:
        return
    objected = own[:1] if len(own) > 2 and chance.random() < 0.2 else []
    taken = [pk for pk, _ in own if (pk, _) not in objected]
    when = working_days_after(day, chance.randint(1, 2))
    life.diary.put(when, 10, lambda at: confirm_assignments(taken, by=team.liaison, at=at))
    for pk, _ in objected:
        life.diary.put(when, 11, partial(_object, life, team, pk, chance))


def _object(life: Life, team: Team, pk: int, chance: Random, at: datetime) -> None:
    reason = office("objections", chance)
    kind = (
        Objection.DUPLICATE
        if "重复" in reason
        else Objection.NOT_OURS
        if "职责" in reason
        else Objection.UNREACHABLE
    )
    if life.attempt(lambda: object_to_assignment(pk, kind, reason, by=team.liaison, at=at)):
        is_upheld = chance.random() < 0.2
        why = office("upheld" if is_upheld else "refused")
        when = working_days_after(at.date(), chance.randint(2, 5))
        clerk = life.world.clerk
        life.diary.put(
            when, 15, lambda then: rule_objection(pk, is_upheld=is_upheld, why=why, by=clerk, at=then)
        )


def _note_plan(life: Life, task: TaskLife, day: date) -> None:
    team = task.teams[0]
    chance = life.world.chance("plan", task.state.order)
    if team.manner is Manner.SILENT and chance.random() < 0.25:
        return  # never planned
    when = working_days_after(day, chance.randint(*_PLANS[team.manner]))
    life.diary.put(when, 10, lambda at: _plan(life, task, chance, at))


def _plan(life: Life, task: TaskLife, chance: Random, at: datetime) -> None:
    """Plan as the record suggests, put into the unit's own words."""
    if task.is_ended:
        return
    words = _write_plan(life, task, chance, at.date())
    world = life.world
    task.course = draw_course(words, world.year, task.teams[0].manner, chance, world.quick)
    if world.told is not None:
        task.course = follow(task.course, world.told.get(task.number, Told()))
    vague = chance.random() < 0.08
    _send(life, task, replace(words, visible="按要求完成") if vague else words, at)
    if vague:
        why, clerk = office("plan_returned"), life.world.clerk
        plan = ActionPlan.objects.filter(task_id=task.pk).latest("pk").pk
        back = working_days_after(at.date(), 2)
        life.diary.put(back, 14, lambda then: life.attempt(lambda: return_plan(plan, why, by=clerk, at=then)))
        life.diary.put(
            working_days_after(back, chance.randint(1, 4)), 10, lambda then: _send(life, task, words, then)
        )
    if chance.random() < 0.08 and words.kind is PlanKind.MILESTONES:
        _note_change(life, task, words, chance)


def _write_plan(life: Life, task: TaskLife, chance: Random, today: date) -> PlanWords:
    state, team = task.state, task.teams[0]
    told = life.world.told or {}
    unit = told[task.number].unit if task.number in told else ""
    numbers = [one for one in numbers_of(task.pk) if unit in ("", one.unit)]
    words = first_words(state, propose(state, numbers, ()), (), today)
    topic = topic_of(state.text)
    words = replace(words, visible=_visible(words, task.name), actions=topic["measures"])
    words = replace(words, members=((team.head.name, "组长"), (team.liaison.name, "联络员")))
    if words.deadline is None and chance.random() < 1 - life.world.undated:
        words = replace(words, deadline=date(life.world.year, 12, 31))
    if team.manner is Manner.GAMING and words.kind is PlanKind.CUMULATIVE:
        last = words.deadline or date(life.world.year, 12, 31)
        late = max(last - timedelta(days=92), today + timedelta(days=5))
        if late < last:
            words = replace(words, curve="", points=((late, 0.1), (last, 1.0)))
    return words


def _visible(words: PlanWords, name: str) -> str:
    if words.kind is PlanKind.MILESTONES:
        return line("visible_steps", step=words.steps[-1][0] if words.steps else name)
    if words.kind is PlanKind.CUMULATIVE:
        return line("visible_count", name=name)
    return line("visible_figure", name=name)


def _send(life: Life, task: TaskLife, words: PlanWords, at: datetime) -> None:
    liaison = task.teams[0].liaison
    life.attempt(lambda: send_plan(task.pk, words, by=liaison, at=at))


def _note_change(life: Life, task: TaskLife, words: PlanWords, chance: Random) -> None:
    """A change asked for: mostly before the day of the step, now and then after it, which is refused."""
    month = chance.randint(5, 9)
    is_late = task.teams[0].manner is Manner.GAMING
    asked = date(life.world.year, month, 6)
    life.diary.put(asked, 10, lambda at: _change(life, task, words, is_late, at))


def _change(life: Life, task: TaskLife, words: PlanWords, is_late: bool, at: datetime) -> None:
    today = at.date()
    in_force = ActionPlan.objects.filter(task_id=task.pk, stage=PlanStage.APPROVED).exists()
    if task.is_ended or not in_force:
        return
    moved = tuple((name, _month_later(due) if due >= today or is_late else due) for name, due in words.steps)
    last = max((due for _, due in moved), default=None)
    deadline = last if words.deadline and last and last > words.deadline else words.deadline
    why = office("change_late" if is_late else "change_why")
    changed = replace(words, steps=moved, deadline=deadline, change_why=why)
    _send(life, task, changed, at)


def _month_later(day: date) -> date:
    return month_end(day.year + day.month // 12, day.month % 12 + 1)


def rule_plans(life: Life, at: datetime) -> None:
    """The office looks at what waits: takes all of it in one act, or sends back what only wants time."""
    clerk = life.world.clerk
    waiting = ActionPlan.objects.filter(
        task__place_id=life.world.place_id, stage=PlanStage.SUBMITTED, task_id__in=life.tasks
    ).order_by("pk")
    taken = []
    for pk, visible, why in waiting.values_list("pk", "visible", "change_why"):
        if why == office("change_late"):
            return_plan(pk, office("change_returned"), by=clerk, at=at)
        elif visible != "按要求完成":
            taken.append(pk)
    if taken:
        approve_plans(taken, by=clerk, at=at)
