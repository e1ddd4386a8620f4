"""A task's own day beside its curve: overdue is never green, and what has no day is never on time."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from dukao.progress.curves import lacks_base
from dukao.progress.figures import say_day, say_month_day
from dukao.progress.lights import latest
from dukao.progress.values import (
    Cumulative,
    Fact,
    Judgement,
    Light,
    LightRule,
    Milestones,
    Plan,
)


def day_of(plan: Plan | None, said: date | None) -> date | None:
    """By when a task is to be done: as said, else the last of its milestones; None where nothing says so."""
    if said is None and isinstance(plan, Milestones) and plan.steps:
        return max(step.due for step in plan.steps)
    return said


def finished_on(plan: Plan | None, facts: Iterable[Fact], day: date) -> date | None:
    """The day a plan's target was reached, as known on `day`; None while it was not.

    A statistic, a level and a ceiling are held, not reached.
    """
    if isinstance(plan, Milestones):
        done = [step.done for step in plan.steps if step.done and step.done <= day]
        return max(done) if done and len(done) == len(plan.steps) else None
    if not isinstance(plan, Cumulative) or (plan.target <= 0 and not plan.base):
        return None
    known = [fact for fact in facts if fact.recorded <= day and fact.day <= day]
    if not known or lacks_base(plan, known) or not plan.reaches(latest(known, plan.op, plan.unit)[0].value):
        return None
    return min(fact.day for fact in known if plan.reaches(fact.value))


def hold_to_day(
    judged: Judgement,
    plan: Plan | None,
    facts: Iterable[Fact],
    limit: date | None,
    rule: LightRule,
    day: date,
) -> Judgement:
    """A judgement by the curve, held to the task's day by a rule of days.

    Overdue, a task is yellow or red whatever its curve says; near its day it is yellow where the rule warns;
    green without a day becomes `UNDATED`. What is done after its day says so for good. A figure that is held
    (statistic, level, ceiling) needs no day.
    """
    if judged.light in (Light.BLOCKED, Light.NONE):
        return judged
    done = finished_on(plan, facts, day)
    if done:
        return _say_done(judged, done, limit)
    if plan is not None and not isinstance(plan, Cumulative | Milestones):
        return judged
    if limit is None:
        return _without_day(judged)
    return _worse(judged, _by_days(limit, rule, day))


def _say_done(judged: Judgement, done: date, limit: date | None) -> Judgement:
    if limit and done > limit:
        late = f"逾期{(done - limit).days}天（时限{say_day(limit)}），未办结"
        reason = f"绿：{say_month_day(done)}达到目标，{late}"
        return replace(judged, light=Light.GREEN, reason=reason, is_late=True)
    return judged if limit else _without_day(judged)


def _without_day(judged: Judgement) -> Judgement:
    if judged.light is not Light.GREEN:
        return judged
    words = judged.reason.removeprefix("绿：")
    return replace(judged, light=Light.UNDATED, reason=f"未定时限，不算按时：{words}")


def _by_days(limit: date, rule: LightRule, day: date) -> Judgement | None:
    """What a rule of days says of an unfinished task; nothing while its day is far."""
    left = (limit - day).days
    if left >= 0:
        if not rule.warns_days or left > rule.warns_days:
            return None
        reason = f"黄：时限{say_day(limit)}，还剩{left}天，尚未完成（{rule.name}）"
        return Judgement(Light.YELLOW, reason, rule.name, say_day(limit), "未完成", day)
    light = Light.RED if -left > rule.red else Light.YELLOW
    reason = f"{light.colour}：时限{say_day(limit)}，尚未完成，已逾期{-left}天（{rule.name}）"
    return Judgement(light, reason, rule.name, say_day(limit), "未完成", day)


def _worse(judged: Judgement, by_days: Judgement | None) -> Judgement:
    """The worse of both; of two alike the one by the curve, which says more."""
    if by_days is None or judged.light.rank <= by_days.light.rank:
        return judged
    return by_days


def judge_closed(done: date, limit: date | None, closed: date) -> Judgement:
    """The light of a task that was verified and closed: green, and late for good where it was done late."""
    words = f"{say_day(done)}完成，{say_day(closed)}核验办结"
    if limit is None:
        return Judgement(Light.GREEN, f"绿：{words}；没有定时限，不算按时", actual="已办结", day=done)
    is_late = done > limit
    fact = f"逾期{(done - limit).days}天完成" if is_late else "按时完成"
    reason = f"绿：{words}，{fact}（时限{say_day(limit)}）"
    return Judgement(Light.GREEN, reason, expected=say_day(limit), actual="已办结", day=done, is_late=is_late)


def judge_out(words: str, day: date) -> Judgement:
    """A task that is not lit, and not counted: `words` say why."""
    return Judgement(Light.NONE, f"{words}，不计入进度", day=day)


def judge_partner(names: Iterable[str], day: date) -> Judgement:
    """A task a partner leads: asked by letter, never lit."""
    who = "、".join(names)
    return Judgement(Light.NONE, f"由{who}牵头：以商请函商请，不亮灯、不计入进度", day=day)
