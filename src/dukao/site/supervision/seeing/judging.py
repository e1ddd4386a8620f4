"""The lights of tasks on a day: plans in force, facts taken, rules adopted; nothing typed, nothing stored.

What is judged is a function of what was recorded by that day: asked again for it, it answers the same.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import NamedTuple, TypeVar

from dukao.progress.curves import curve_presets, points_in
from dukao.progress.deadlines import day_of as limit_of
from dukao.progress.deadlines import hold_to_day, judge_closed, judge_out, judge_partner
from dukao.progress.filing import Asked, judge_filing, trailing_unfiled
from dukao.progress.lights import judge_progress, light_rules
from dukao.progress.periods import quarters
from dukao.progress.values import (
    Cumulative,
    Judgement,
    Level,
    Light,
    LightRule,
    Milestone,
    Milestones,
    Plan,
    Statistic,
    side_of,
)
from dukao.progress.verification import Filed, Ruling, judge_verification
from dukao.site.history.readings import Keeper
from dukao.site.ledger.models import Status
from dukao.site.ledger.moments import end_of
from dukao.site.supervision.models import PlanKind, Subject
from dukao.site.supervision.practice import BEIJING, Practice, practice_of
from dukao.site.supervision.seeing.extent import Extent, extents_of
from dukao.site.supervision.seeing.filed import FilingSaid
from dukao.site.supervision.seeing.gathering import Known, PlanSaid, gather, gather_progress
from dukao.site.supervision.seeing.lasting import bounds_of, day_of, when
from dukao.site.supervision.seeing.values import Lights

T = TypeVar("T")


class Progress(NamedTuple):
    """The progress of a task, and the day it is to be done by."""

    judged: Judgement
    limit: date | None


_LIGHTS, _PROGRESS = Keeper[Lights](), Keeper[Progress]()


def judge(task_ids: Iterable[int], day: date, now: datetime | None = None) -> dict[int, Lights]:
    """The three judgements of each task as they stood at the end of a day, or at `now` where that is earlier.

    Nine queries and a few, however many tasks there are.
    """
    return judge_extents(extents_of(frozenset(task_ids)), day, now)


def judge_extents(extents: Iterable[Extent], day: date, now: datetime | None = None) -> dict[int, Lights]:
    """The same of tasks of several years."""
    return _ask(_LIGHTS, extents, day, moment_of(day, now), _judge_extent)


def judge_tasks(task_ids: Iterable[int], day: date, year: int) -> dict[int, Judgement]:
    """The progress of each task at the end of a day as work of a year, by the rules of that day."""
    extents = (replace(extent, year=year) for extent in extents_of(frozenset(task_ids)))
    return judge_only_progress(extents, day)


def judge_only_progress(
    extents: Iterable[Extent], day: date, now: datetime | None = None
) -> dict[int, Judgement]:
    """The progress of each task at the end of a day, or at `now` where that is earlier; nothing beside it."""
    return {task: one.judged for task, one in judge_to_limits(extents, day, now).items()}


def judge_to_limits(extents: Iterable[Extent], day: date, now: datetime | None = None) -> dict[int, Progress]:
    """The same with the day each task is to be done by."""
    return _ask(_PROGRESS, extents, day, moment_of(day, now), _judge_extent_progress)


def _ask(
    keeper: Keeper[T],
    extents: Iterable[Extent],
    day: date,
    moment: datetime,
    judge: Callable[[Extent, Practice, datetime], dict[int, T]],
) -> dict[int, T]:
    """What is judged of extents by the rules of a day, kept by place, year and day."""
    judged: dict[int, T] = {}
    for extent in extents:
        key = (extent.place_id, extent.year, day, *when(moment))
        read = partial(_judge_some, judge, extent, day, moment)
        judged |= keeper.ask(key, extent.ids, moment, read, partial(bounds_of, extent.place_id, moment))
    return judged


def _judge_some(
    judge: Callable[[Extent, Practice, datetime], dict[int, T]],
    extent: Extent,
    day: date,
    moment: datetime,
    ids: frozenset[int],
) -> dict[int, T]:
    return judge(extent.of(ids), practice_of(extent.place_id, day), moment)


def _judge_extent_progress(extent: Extent, practice: Practice, moment: datetime) -> dict[int, Progress]:
    found = {}
    rules = practice.rules_by_kind()
    for task, known in gather_progress(extent, moment).items():
        plan = as_progress(known, extent.year)
        limit = _limit_of(known, plan)
        found[task] = Progress(_judge_progress(known, plan, limit, rules, practice.day), limit)
    return found


def _judge_extent(extent: Extent, practice: Practice, moment: datetime) -> dict[int, Lights]:
    return judge_known(gather(extent, moment), extent.year, practice, moment)


def judge_known(
    known: dict[int, Known], year: int, practice: Practice, moment: datetime
) -> dict[int, Lights]:
    """The lights of tasks that were gathered before: to try another rule on the same facts."""
    local = moment.astimezone(BEIJING)
    cadence, rules = practice.preset(Subject.CADENCE)["name"], practice.rules_by_kind()
    lights = {}
    for task, one in known.items():
        plan = as_progress(one, year)
        limit = _limit_of(one, plan)
        progress = _judge_progress(one, plan, limit, rules, practice.day)
        lights[task] = _judge(task, one, progress, limit, local, cadence)
    return lights


def _judge(
    task: int, known: Known, progress: Judgement, limit: date | None, local: datetime, cadence: str
) -> Lights:
    asked = _asked(known.filings)
    filing, verified = _judge_words(known, asked, local, cadence)
    return Lights(
        task,
        progress,
        filing,
        verified,
        limit=limit,
        is_closed=known.closed_on is not None,
        silent=_silent(known, asked, local),
    )


def _judge_progress(
    known: Known, plan: Plan | None, limit: date | None, rules: Mapping[str, LightRule], day: date
) -> Judgement:
    """The progress of one task: out or a partner's, closed, else its plan against its facts and its day."""
    if known.out:
        return judge_out(known.out, day)
    if known.partners:
        return judge_partner(known.partners, day)
    if known.status == Status.DRAFT or not known.status:
        return Judgement(Light.UNKNOWN, "任务还没有印发，暂不可判", day=day)
    if known.done_on and known.closed_on:
        return judge_closed(known.done_on, limit, known.closed_on)
    facts = known.facts
    days = light_rules().get(known.lights) or rules[PlanKind.MILESTONES]
    kind = known.plan.kind if known.plan else PlanKind.CUMULATIVE
    rule = days if kind == PlanKind.MILESTONES else rules[kind]
    judged = judge_progress(plan, facts, rule, day, blocked=known.blocked)
    return hold_to_day(judged, plan, facts, limit, days, day)


def _limit_of(known: Known, plan: Plan | None) -> date | None:
    """By when a task is to be done: the plan in force, else the ledger, else the plan's last milestone."""
    said = known.plan.deadline if known.plan else None
    return limit_of(plan, said or known.deadline)


def as_progress(known: Known, year: int) -> Plan | None:
    """A plan on the record as the library judges it; None where it lacks what its kind needs."""
    plan = known.plan
    if plan is None:
        return None
    target, unit = plan.target or 0.0, plan.unit
    if plan.kind == PlanKind.MILESTONES:
        done = known.done
        return Milestones(tuple(Milestone(name, due, done.get(name)) for name, due in known.steps))
    if plan.kind == PlanKind.STATISTIC:
        return _as_statistic(plan, known, year)
    if plan.kind in (PlanKind.LEVEL, PlanKind.CEILING):
        return Level(target, unit, ">=" if plan.kind == PlanKind.LEVEL else "<=")
    base = plan.base if plan.kind == PlanKind.STOCK else 0.0
    preset = curve_presets().get(plan.curve)
    if known.points:
        is_step = preset.is_step if preset else True
        return Cumulative(target, unit, tuple(known.points), is_step, base, side_of(plan.op))
    if preset is None:
        return None
    points = points_in(preset, year, plan.deadline or known.deadline)
    return Cumulative(target, unit, points, preset.is_step, base, side_of(plan.op))


def _as_statistic(plan: PlanSaid, known: Known, year: int) -> Statistic:
    """A published figure: with a curve the year's amount so far, without one a rate that holds each time.

    What is to stay under its target is held against the whole of it: so far is never more than the year.
    """
    target, periods = plan.target or 0.0, quarters(year)
    if plan.op in ("<", "<="):
        return Statistic(target, plan.unit, "<=", periods, plan.delay)
    preset = curve_presets().get(plan.curve)
    if preset is None:
        return Statistic(target, plan.unit, ">=", periods, plan.delay)
    points = points_in(preset, year, plan.deadline or known.deadline)
    return Statistic(target, plan.unit, ">=", periods, plan.delay, points, preset.is_step)


def moment_of(day: date, now: datetime | None = None) -> datetime:
    """The moment a day is judged at: its end, or `now` where the day is not over."""
    end = end_of(day)
    assert end is not None
    return min(end, now) if now else end


def _judge_words(
    known: Known, asked: Sequence[Asked], local: datetime, cadence: str
) -> tuple[Judgement, Judgement]:
    """报送 and 核验, which are not judged of what is not lit."""
    day = local.date()
    if known.out or known.partners:
        words = known.out or f"由{'、'.join(known.partners)}牵头"
        none = Judgement(Light.NONE, f"{words}，不判", day=day)
        return none, none
    return (
        judge_filing(asked, local, cadence),
        judge_verification(_filed(known), known.closing, day),
    )


def _silent(known: Known, asked: Sequence[Asked], local: datetime) -> int:
    """For how many rounds in a row nothing was filed; what is closed or not lit is asked nothing."""
    if known.out or known.partners or known.closed_on:
        return 0
    return trailing_unfiled(asked, local)


def _asked(filings: Iterable[FilingSaid]) -> list[Asked]:
    return [
        Asked(
            one.round.label,
            one.round.due,
            one.filed,
            one.unit,
            one.returned[1] if one.returned else None,
            one.returned[0] if one.returned else "",
            one.is_filed,
        )
        for one in filings
    ]


def _filed(known: Known) -> Filed | None:
    """The latest that was filed, with the evidence it stands on."""
    sent = [one for one in known.filings if one.is_filed]
    if not sent:
        return None
    last = sent[-1]
    assert last.filed is not None
    label, on = last.round.label, day_of(last.filed)
    if last.returned:
        why, _, at = last.returned
        return Filed(label, on, Ruling.RETURNED, at, why)
    if not last.accepted:
        return Filed(label, on, Ruling.WAITING)
    evidence = _evidence_behind(last, sent)
    return Filed(label, on, Ruling.ACCEPTED, day_of(last.accepted), claims=last.claims, evidence=evidence)


def _evidence_behind(last: FilingSaid, sent: list[FilingSaid]) -> tuple[str, ...]:
    """The evidence of a filing; of one that said "no change", that of what it confirmed."""
    evidence = last.evidence
    for one in reversed([one for one in sent if one.unit == last.unit and one is not last]):
        if not last.is_unchanged:
            break
        if one.is_accepted:
            evidence, last = evidence + one.evidence, one
    return evidence
