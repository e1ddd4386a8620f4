"""The light of progress: plan, facts, rule, date → a judgement; for the same date always the same."""

from collections.abc import Iterable
from datetime import date
from functools import cache

from dukao.presets.loading import load_entries
from dukao.progress.curves import begun, due_by, expected_share, first_of, lacks_base, last_due, only_held
from dukao.progress.figures import say_apart, say_month_day, say_points, say_share, say_value
from dukao.progress.periods import newest_out, say_period
from dukao.progress.values import (
    Cumulative,
    Fact,
    Judgement,
    Level,
    Light,
    LightRule,
    Milestones,
    Plan,
    Statistic,
    days_after,
)

# A gap that is only in the last binary digit is none.
_HAIR = 1e-9


@cache
def light_rules() -> dict[str, LightRule]:
    """The rules of real places by their code (`presets/lights.toml`)."""
    return {
        code: LightRule(
            code,
            entry["name"],
            entry["version"],
            entry["mode"],
            float(entry["yellow"]),
            float(entry["red"]),
            int(entry.get("warns_days", 0)),
        )
        for code, entry in load_entries("lights").items()
    }


def judge_progress(
    plan: Plan | None,
    facts: Iterable[Fact],
    rule: LightRule,
    day: date,
    *,
    blocked: str = "",
) -> Judgement:
    """The light of a task on `day`.

    Only facts recorded by `day` count. A task reported as blocked keeps that light with its reason, whatever
    the curve says; one without a plan cannot be judged.
    """
    if blocked:
        return Judgement(Light.BLOCKED, f"受阻：{blocked}", rule.name, day=day)
    known = [fact for fact in facts if fact.recorded <= day and fact.day <= day]
    if plan is None:
        return Judgement(Light.UNKNOWN, "还没有推进方案，暂不可判", day=day)
    if isinstance(plan, Cumulative):
        is_stock = plan.base is None or plan.base != 0
        return (_judge_stock if is_stock else _judge_cumulative)(plan, known, rule, day)
    if isinstance(plan, Statistic):
        return _judge_statistic(plan, known, rule, day)
    if isinstance(plan, Level):
        return _judge_level(plan, known, rule, day)
    return _judge_milestones(plan, rule, day)


def _recorded(fact: Fact) -> date:
    return fact.recorded


def _judge_cumulative(plan: Cumulative, known: list[Fact], rule: LightRule, day: date) -> Judgement:
    if plan.target <= 0:
        return Judgement(Light.UNKNOWN, "没有数字目标，暂不可判", day=day)
    due = last_due(plan.points, day)
    share = expected_share(plan.points, day, is_step=plan.is_step)
    if share <= 0:
        first = plan.points[0].day if plan.points else None
        said = f"首个节点在{say_month_day(first)}，尚未到期" if first else "没有节点"
        return Judgement(Light.UNKNOWN, f"{said}，暂不可判", day=day)
    at = due.day if due and plan.is_step else day
    expected = say_share(share)
    if not known:
        return Judgement(
            Light.UNKNOWN,
            f"{say_month_day(at)}应达{expected}，还没有报过数，暂不可判",
            rule.name,
            expected,
            day=day,
        )
    fact, doubt = latest(known, ">=", plan.unit)
    reached = fact.value / plan.target
    actual = f"{say_share(reached)}（{say_value(fact.value, plan.unit)}）"
    words = f"{say_month_day(at)}应达{expected}，{say_month_day(fact.day)}实际{actual}"
    light, gap = _weigh(share, reached, rule)
    return Judgement(
        light,
        f"{light.colour}：{words}{gap}{doubt}（{rule.name}）",
        rule.name,
        expected,
        say_share(reached),
        fact.day,
    )


def _judge_stock(plan: Cumulative, known: list[Fact], rule: LightRule, day: date) -> Judgement:
    """A stock by how much of the way from where it began is gone; what stood before is no progress.

    Where nobody said where it began, its first figure alone says nothing yet; of one that has to fall none.
    """
    if not known:
        return Judgement(Light.UNKNOWN, "还没有报过数，暂不可判", rule.name, day=day)
    if lacks_base(plan, known):
        return Judgement(Light.UNKNOWN, _say_lack(plan, known), rule.name, day=day)
    held = only_held(plan, known)
    if held or plan.base == plan.target:
        return _judge_side(held or Level(plan.target, plan.unit, ">="), known, rule)
    said, plan = plan.base, begun(plan, known)
    base = plan.base or 0.0
    fact, doubt = latest(known, plan.op, plan.unit)
    since = "年初" if said is not None else f"{say_month_day(plan.points[0].day)}首次报的"
    begin = f"{since}{say_value(base, plan.unit)}"
    actual = say_apart(fact.value, plan.target, plan.unit)
    if plan.reaches(fact.value):
        words = f"{begin}，{say_month_day(fact.day)}实际{actual}，达到目标{say_value(plan.target, plan.unit)}"
        want = say_value(plan.target, plan.unit)
        return Judgement(Light.GREEN, f"绿：{words}{doubt}（{rule.name}）", rule.name, want, actual, fact.day)
    if said is None and fact.day == plan.points[0].day:
        words = f"以{begin}起算，还没有报过以后的数，暂不可判"
        return Judgement(Light.UNKNOWN, words, rule.name, day=day)
    share = expected_share(plan.points, day, is_step=plan.is_step)
    if share <= 0:
        return _judge_unbegun(plan, begin, rule, day)
    due = last_due(plan.points, day)
    expected = say_value(due_by(plan, day), plan.unit)
    gone = (fact.value - base) / (plan.target - base)
    light, gap = _weigh(share, gone, rule)
    way = "减量" if plan.falls else "增量"
    words = (
        f"以{begin}起算，{say_month_day(due.day if due and plan.is_step else day)}应达{expected}"
        f"（{way}的{say_share(share)}），{say_month_day(fact.day)}实际{actual}（{say_share(gone)}）"
    )
    reason = f"{light.colour}：{words}{gap}{doubt}（{rule.name}）"
    return Judgement(light, reason, rule.name, expected, actual, fact.day)


def _say_lack(plan: Cumulative, known: list[Fact]) -> str:
    """Why nothing is said of a stock without 年初数, and what mends it."""
    first = first_of(known)
    assert first is not None
    above = f"{say_month_day(first.day)}首次报的{say_value(first.value, plan.unit)}高于目标"
    doubt = "看不出减了多少" if plan.falls else "看不出是已经达到，还是要往下减"
    return (
        f"方案没有填年初数，{above}{say_value(plan.target, plan.unit)}，{doubt}："
        "请变更方案，补填年初数，暂不可判"
    )


def _judge_unbegun(plan: Cumulative, begin: str, rule: LightRule, day: date) -> Judgement:
    """A stock nothing more is asked of yet."""
    first = next((point.day for point in plan.points if point.share > 0), None)
    coming = f"首个节点在{say_month_day(first)}，尚未到期" if first else "没有节点"
    return Judgement(Light.UNKNOWN, f"以{begin}起算，{coming}，暂不可判", rule.name, day=day)


def _weigh(share: float, reached: float, rule: LightRule) -> tuple[Light, str]:
    """Which light a reached share gives, and how the gap is said in the rule's own terms."""
    behind = share - reached
    if behind <= _HAIR:
        return Light.GREEN, "，达到序时进度"
    if rule.mode == "ratio":
        ratio = reached / share
        light = _of(rule, ratio, lower_is_worse=True)
        return light, f"，为应达数的{say_share(ratio)}"
    gap = behind * 100
    return _of(rule, gap, lower_is_worse=False), f"，差{say_points(behind)}"


def _of(rule: LightRule, measured: float, *, lower_is_worse: bool) -> Light:
    """The light at a measured gap: `yellow` belongs to yellow, `red` is where red begins beyond."""
    if lower_is_worse:
        if measured < rule.red - _HAIR:
            return Light.RED
        return Light.YELLOW if measured < rule.yellow - _HAIR else Light.GREEN
    if measured > rule.red + _HAIR:
        return Light.RED
    return Light.YELLOW if measured >= rule.yellow - _HAIR else Light.GREEN


def _judge_statistic(plan: Statistic, known: list[Fact], rule: LightRule, day: date) -> Judgement:
    """The latest period whose figure must be out by now; a figure late to be published is waited for."""
    out = newest_out(plan.periods, plan.delay, day)
    if out is None:
        first = days_after(plan.periods[0], plan.delay) if plan.periods else day
        return Judgement(Light.UNKNOWN, f"统计数约{say_month_day(first)}公布，暂不可判", rule.name, day=day)
    figures = [fact for fact in known if fact.day in plan.periods]
    if not figures or max(fact.day for fact in figures) < out:
        said = f"{say_month_day(out)}的统计数还没有报，暂不可判"
        return Judgement(Light.UNKNOWN, said, rule.name, day=day)
    return _judge_amount(plan, figures, rule) if plan.points else _judge_side(plan, figures, rule)


def _judge_amount(plan: Statistic, figures: list[Fact], rule: LightRule) -> Judgement:
    """What a year's amount is so far, against what is to be expected by the end of the period it is for."""
    if plan.target <= 0:
        return Judgement(Light.UNKNOWN, "没有数字目标，暂不可判")
    fact, doubt = latest(figures, plan.op, plan.unit)
    share = expected_share(plan.points, fact.day, is_step=plan.is_step)
    reached = fact.value / plan.target
    light, gap = _weigh(share, reached, rule)
    words = (
        f"{say_period(fact.day) or say_month_day(fact.day)}应达{say_share(share)}"
        f"（{say_value(plan.target * share, plan.unit)}），"
        f"实际{say_share(reached)}（{say_value(fact.value, plan.unit)}）"
    )
    reason = f"{light.colour}：{words}{gap}{doubt}（{rule.name}）"
    return Judgement(light, reason, rule.name, say_share(share), say_share(reached), fact.day)


def _judge_level(plan: Level, known: list[Fact], rule: LightRule, day: date) -> Judgement:
    if not known:
        return Judgement(Light.UNKNOWN, "还没有报过数，暂不可判", rule.name, day=day)
    return _judge_side(plan, known, rule)


def _judge_side(plan: Statistic | Level, known: list[Fact], rule: LightRule) -> Judgement:
    """On which side of the target the latest figure stands; how far off it is, in the rule's own terms.

    What was to be held or kept under is behind as soon as it is missed; how far off, says whether it is red.
    """
    target, unit, op = plan.target, plan.unit, plan.op
    fact, doubt = latest(known, op, unit)
    off = target - fact.value if op == ">=" else fact.value - target
    want = f"{'不低于' if op == '>=' else '不超过'}{say_value(target, unit)}"
    actual = say_apart(fact.value, target, unit)
    words = f"目标{want}，{say_month_day(fact.day)}实际{actual}"
    if off <= _HAIR:
        light, gap = Light.GREEN, ""
    else:
        light = Light.RED if _is_far_off(off, target, fact.value, unit, rule) else Light.YELLOW
        gap = f"，{'低' if op == '>=' else '超'}{say_apart(off, 0, '个百分点' if unit == '%' else unit)}"
    reason = f"{light.colour}：{words}{gap}{doubt}（{rule.name}）"
    return Judgement(light, reason, rule.name, want, actual, fact.day)


def _is_far_off(off: float, target: float, value: float, unit: str, rule: LightRule) -> bool:
    """Whether a missed level is red: by points of percentage, or by the ratio of the two."""
    if rule.mode == "points":
        measured = off if unit in ("%", "‰", "个百分点") else off / abs(target or 1.0) * 100
        return measured > rule.red + _HAIR
    if rule.mode == "ratio":
        small, large = sorted((value, target))
        return large > 0 and small / large < rule.red - _HAIR
    return False


def latest(known: list[Fact], op: str, unit: str) -> tuple[Fact, str]:
    """The fact that counts of those known, and what to say where two leads said different things.

    The latest day counts, and of each lead's figures for it the one recorded last; of two leads' figures that
    differ the less favourable one.
    """
    last = max(fact.day for fact in known)
    of_day = sorted((fact for fact in known if fact.day == last), key=_recorded)
    said = {fact.by: fact for fact in of_day}
    ordered = sorted(said.values(), key=lambda fact: fact.value, reverse=op == "<=")
    chosen = ordered[0]
    if len({fact.value for fact in ordered}) == 1:
        return chosen, ""
    words = "、".join(f"{fact.by}{say_value(fact.value, unit)}" for fact in said.values())
    return chosen, f"（所报不一：{words}，按较{'低' if op == '>=' else '高'}的判）"


def _judge_milestones(plan: Milestones, rule: LightRule, day: date) -> Judgement:
    """The earliest step that is overdue decides; else whether the next is near."""
    if not plan.steps:
        return Judgement(Light.UNKNOWN, "推进方案没有节点，暂不可判", rule.name, day=day)
    open_ = [step for step in plan.steps if step.done is None or step.done > day]
    if not open_:
        last = max(plan.steps, key=lambda step: step.due)
        late = [step for step in plan.steps if step.done and step.done > step.due]
        said = f"，其中{len(late)}个逾期完成" if late else ""
        return Judgement(
            Light.GREEN, f"绿：全部{len(plan.steps)}个节点已完成{said}", rule.name, day=last.done
        )
    overdue = [step for step in open_ if step.due < day]
    if overdue:
        step = min(overdue, key=lambda one: one.due)
        late_days = (day - step.due).days
        red = rule.red if rule.mode == "days" else 30
        light = Light.RED if late_days > red else Light.YELLOW
        due = say_month_day(step.due)
        reason = f"{light.colour}：“{step.name}”应于{due}完成，已逾期{late_days}天（{rule.name}）"
        return Judgement(light, reason, rule.name, due, "未完成", day)
    step = min(open_, key=lambda one: one.due)
    left = (step.due - day).days
    if rule.warns_days and left <= rule.warns_days:
        reason = f"黄：“{step.name}”应于{say_month_day(step.due)}完成，还剩{left}天（{rule.name}）"
        return Judgement(Light.YELLOW, reason, rule.name, say_month_day(step.due), "未完成", day)
    reason = f"绿：下一节点“{step.name}”{say_month_day(step.due)}到期，前面的都已完成"
    return Judgement(Light.GREEN, reason, rule.name, day=day)
