"""Expected curves (序时进度): what of a promise should be reached by a day."""

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache

from dukao.presets.loading import load_entries
from dukao.progress.values import Cumulative, Fact, Level, Point, Statistic


@dataclass(frozen=True, slots=True)
class CurvePreset:
    """A curve a place uses (`presets/curves.toml`): shares by (month, day) of the year."""

    code: str
    name: str
    source: str
    points: tuple[tuple[int, int, float], ...]
    is_step: bool


@cache
def curve_presets() -> dict[str, CurvePreset]:
    """The curves of real places by their code."""
    return {
        code: CurvePreset(
            code,
            entry["name"],
            entry["source"],
            tuple((month, day, share) for month, day, share in entry["points"]),
            entry["shape"] == "step",
        )
        for code, entry in load_entries("curves").items()
    }


@lru_cache(maxsize=512)  # a year's tasks share a few presets and limits
def points_in(preset: CurvePreset, year: int, deadline: date | None = None) -> tuple[Point, ...]:
    """The points of a preset in a year; a deadline before its end draws the whole to it in proportion."""
    points = [Point(_day_of(year, month, day), share) for month, day, share in preset.points]
    if deadline is None or deadline >= points[-1].day:
        return tuple(points)
    begin = date(year, 1, 1)
    scale = (deadline - begin).days / max((points[-1].day - begin).days, 1)
    return tuple(
        Point(date.fromordinal(begin.toordinal() + round((point.day - begin).days * scale)), point.share)
        for point in points
    )


def expected_share(points: Sequence[Point], day: date, *, is_step: bool) -> float:
    """The share due by `day`: nothing before the first point of a step curve, all from the last point on."""
    at = bisect_right([point.day for point in points], day)
    if at == len(points):
        return points[-1].share if points else 0.0
    if is_step:
        return points[at - 1].share if at else 0.0
    start = points[at - 1] if at else Point(date(points[0].day.year, 1, 1), 0.0)
    span = (points[at].day - start.day).days
    passed = (day - start.day).days
    return start.share + (points[at].share - start.share) * (passed / span if span > 0 else 1.0)


def due_by(plan: Cumulative | Statistic, day: date) -> float:
    """The value due by `day`, in the unit of the promise; of a count that has begun (`begun`)."""
    base = plan.base or 0.0 if isinstance(plan, Cumulative) else 0.0
    return base + (plan.target - base) * expected_share(plan.points, day, is_step=plan.is_step)


def begun(plan: Cumulative, facts: Iterable[Fact]) -> Cumulative:
    """A count with where it begins: as it was said, else its first figure, the curve drawn from that day on.

    By that day so much of the way is taken as gone as lies on a line between two points, stairs or not; what
    the curve asks after it is asked of the rest in the same proportion. Without any figure it is as it was.
    """
    first = first_of(facts)
    if plan.base is not None or first is None:
        return plan
    gone = max(expected_share(plan.points, first.day, is_step=False), 0.0) if plan.points else 0.0
    rest = tuple(
        Point(point.day, (point.share - gone) / (1.0 - gone) if gone < 1.0 else 1.0)
        for point in plan.points
        if point.day > first.day
    )
    points = (Point(first.day, 0.0), *rest) if rest else (Point(first.day, 1.0),)
    return replace(plan, base=first.value, points=points)


def first_of(facts: Iterable[Fact]) -> Fact | None:
    """The figure of the first day: of each lead the one recorded last, of two leads' the lower."""
    known = sorted(facts, key=lambda fact: (fact.day, fact.recorded))
    said = {fact.by: fact for fact in known if fact.day == known[0].day}
    return min(said.values(), key=lambda fact: fact.value, default=None)


def lacks_base(plan: Cumulative, facts: Iterable[Fact]) -> bool:
    """Whether nothing can be said of a stock before its 年初数 is: its first figure lies above its target.

    Unless its words say that it is to grow, nobody knows whether it is there or has the whole way to fall.
    """
    first = first_of(facts)
    return plan.base is None and plan.aim != ">=" and first is not None and first.value > plan.target


def only_held(plan: Cumulative, facts: Iterable[Fact]) -> Level | None:
    """The level that is left to hold where a stock's first figure is its start, and at its target."""
    known = list(facts)
    first = first_of(known)
    is_there = first is not None and plan.reaches(first.value)
    if plan.base is not None or not is_there or lacks_base(plan, known):
        return None
    return Level(plan.target, plan.unit, plan.op)


def last_due(points: Sequence[Point], day: date) -> Point | None:
    """The latest point whose day has come."""
    at = bisect_right([point.day for point in points], day)
    return points[at - 1] if at else None


def _day_of(year: int, month: int, day: int) -> date:
    """A day of a year; the 31st of a short month, or the 29th of February, is its last."""
    return date(year, month, min(day, monthrange(year, month)[1]))
