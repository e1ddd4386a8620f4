"""The curve of a task: what was to be reached by which day, beside what was so.

Plain values of the same facts the light is judged by. A chain of milestones is drawn as steps done beside
steps due; a figure that is held has its target as a line, and no curve.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeGuard

from dukao.progress.curves import begun, curve_presets, due_by, lacks_base, only_held
from dukao.progress.figures import say_month_day, say_value
from dukao.progress.lights import latest
from dukao.progress.values import Cumulative, Fact, Level, Milestones, Plan, Statistic
from dukao.site.supervision.seeing.gathering import Known
from dukao.site.supervision.seeing.judging import as_progress

_STEPS = "个节点"


@dataclass(frozen=True, slots=True)
class Expected:
    """What is to be reached by a day; `name` is the step of a chain of milestones."""

    day: date
    value: float
    name: str = ""


@dataclass(frozen=True, slots=True)
class Reached:
    """What was so on a day, since when the record knows, and who said it or which step it was."""

    day: date
    value: float
    recorded: date | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class CurveRow:
    """One day of the table behind the picture; `due` is what was expected by then."""

    day: date
    due: str
    reached: str
    note: str


@dataclass(frozen=True, slots=True)
class Curve:
    """Expectation and fact of one task in one unit, by days; `day` is the one it was read for."""

    year: int
    day: date
    unit: str
    target: float
    target_words: str
    expected: tuple[Expected, ...]
    reached: tuple[Reached, ...]
    is_step: bool
    source: str
    rows: tuple[CurveRow, ...]
    is_chain: bool = False  # milestones: what is counted are steps
    base: float = 0.0  # where the expected curve begins: a stock at what it was

    @property
    def last(self) -> Reached | None:
        """The latest figure."""
        return self.reached[-1] if self.reached else None

    @property
    def summary(self) -> str:
        """The picture in one sentence, for who does not see it."""
        words = f"{self.target_words}。"
        if self.last is None:
            return f"{words}截至{say_month_day(self.day)}还没有采用过的数据。"
        return f"{words}截至{say_month_day(self.last.day)}实际{say_value(self.last.value, self.unit)}。"


def curve_of(known: Known, year: int, day: date) -> Curve | None:
    """The curve of a task from what was gathered of it; None where its plan has no number and no step."""
    plan = as_progress(known, year)
    facts = [fact for fact in known.facts if fact.day <= day]
    if isinstance(plan, Milestones):
        return _of_steps(plan, year, day)
    if isinstance(plan, Cumulative):
        return _of_count(plan, facts, known, year, day)
    if isinstance(plan, Statistic | Level):
        return _of_level(plan, facts, year, day, _curve_words(known) if known.plan else "")
    return None


def _of_count(plan: Cumulative, facts: list[Fact], known: Known, year: int, day: date) -> Curve | None:
    if plan.target <= 0 and not plan.base:
        return None
    said, held = plan.base, only_held(plan, facts)
    if held or (said is None and not facts):
        return _of_level(held or Level(plan.target, plan.unit, plan.op), facts, year, day)
    if lacks_base(plan, facts):
        drawn = _of_level(Level(plan.target, plan.unit, plan.op), facts, year, day)
        words = f"目标{say_value(plan.target, plan.unit)}"
        return replace(drawn, target_words=words, source=f"{drawn.source}；没有填年初数，画不出应达数")
    plan = begun(plan, facts)
    assert plan.base is not None
    expected = tuple(Expected(point.day, due_by(plan, point.day)) for point in plan.points)
    reached = _reached(facts, plan.op, plan.unit)
    return Curve(
        year,
        day,
        plan.unit,
        plan.target,
        f"目标{say_value(plan.target, plan.unit)}",
        expected,
        reached,
        plan.is_step,
        f"应达数按推进方案，{_begin(plan, said)}序时进度用{_curve_words(known)}",
        _rows(plan, expected, reached, plan.unit),
        base=plan.base,
    )


def _begin(plan: Cumulative, said: float | None) -> str:
    """Where a stock begins, in words; nothing of what the year begins at nothing."""
    if not plan.base:
        return ""
    since = "年初" if said is not None else f"{say_month_day(plan.points[0].day)}首次报的"
    return f"以{since}{say_value(plan.base, plan.unit)}起算，"


def _curve_words(known: Known) -> str:
    preset = curve_presets().get(known.plan.curve) if known.plan else None
    return "方案自己填写的节点" if known.points or preset is None else f"“{preset.name}”（{preset.source}）"


def _of_level(
    plan: Statistic | Level, facts: list[Fact], year: int, day: date, curve_words: str = ""
) -> Curve:
    """A figure that is held beside its target; a year's amount beside what is due by each period."""
    reached = _reached(facts, plan.op, plan.unit)
    words = f"目标{'不低于' if plan.op == '>=' else '不超过'}{say_value(plan.target, plan.unit)}"
    source, is_step = "目标按推进方案", True
    expected: tuple[Expected, ...] = ()
    if isinstance(plan, Statistic):
        source += f"，统计数在期末后约{plan.delay}天公布"
    if isinstance(plan, Statistic) and plan.points:
        expected, is_step = _due_by_periods(plan), plan.is_step
        words = f"目标{say_value(plan.target, plan.unit)}"
        source = f"应达数{source.removeprefix('目标')}，序时进度用{curve_words}"
    rows = _rows(plan, expected, reached, plan.unit)
    return Curve(year, day, plan.unit, plan.target, words, expected, reached, is_step, source, rows)


def _due_by_periods(plan: Statistic) -> tuple[Expected, ...]:
    """What of a year's amount is due by the end of each period it is published for."""
    return tuple(Expected(end, due_by(plan, end)) for end in plan.periods)


def _of_steps(plan: Milestones, year: int, day: date) -> Curve | None:
    """How many steps were due by a day, and how many were done by it."""
    if not plan.steps:
        return None
    due = sorted(plan.steps, key=lambda step: step.due)
    done = sorted((step.done, step.name) for step in plan.steps if step.done and step.done <= day)
    expected = tuple(Expected(step.due, at, step.name) for at, step in enumerate(due, 1))
    reached = tuple(Reached(on, at, None, name) for at, (on, name) in enumerate(done, 1))
    finished = {step.name: step.done for step in plan.steps if step.done and step.done <= day}
    rows = tuple(CurveRow(step.due, step.name, *_say_step(finished.get(step.name), step.due)) for step in due)
    count = len(plan.steps)
    words = f"共{count}个节点"
    source = "节点和日期按推进方案"
    return Curve(year, day, _STEPS, float(count), words, expected, reached, True, source, rows, True)


def _say_step(done: date | None, due: date) -> tuple[str, str]:
    if done is None:
        return "", ""
    late = (done - due).days
    return f"{say_month_day(done)}完成", f"逾期{late}天" if late > 0 else "按时"


def _reached(facts: Sequence[Fact], op: str, unit: str) -> tuple[Reached, ...]:
    """Day by day the figure that counts, as the light counts it."""
    found = []
    for day in sorted({fact.day for fact in facts}):
        chosen, _ = latest([fact for fact in facts if fact.day == day], op, unit)
        found.append(Reached(day, chosen.value, chosen.recorded, chosen.by))
    return tuple(found)


def _has_curve(plan: Plan) -> TypeGuard[Cumulative | Statistic]:
    return isinstance(plan, Cumulative) or (isinstance(plan, Statistic) and bool(plan.points))


def _rows(
    plan: Plan, expected: Iterable[Expected], reached: Iterable[Reached], unit: str
) -> tuple[CurveRow, ...]:
    """Every day the picture has a point at, with both values."""
    facts = {one.day: one for one in reached}
    rows = []
    for day in sorted({one.day for one in expected} | set(facts)):
        due = due_by(plan, day) if _has_curve(plan) else None
        one = facts.get(day)
        note = f"{one.by}报送，{say_month_day(one.recorded)}采用" if one and one.recorded else ""
        said = say_value(one.value, unit) if one else ""
        rows.append(CurveRow(day, say_value(due, unit) if due is not None else "", said, note))
    return tuple(rows)
