"""What truly becomes of a task through the year, drawn by chance from its plan and its unit's manner."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from math import floor
from random import Random

from dukao.progress.curves import curve_presets, expected_share, points_in
from dukao.progress.periods import newest_out, quarters
from dukao.progress.values import Point
from dukao.site.simulating.told import Told
from dukao.site.simulating.world import Manner
from dukao.site.supervision.models import PlanKind
from dukao.site.supervision.planning.words import PlanWords

# Slowest and quickest pace against the curve; days a step is late.
_PACES = {
    Manner.GOOD: (0.88, 1.2),
    Manner.LATE: (0.55, 1.02),
    Manner.SILENT: (0.5, 1.0),
    Manner.GAMING: (0.45, 0.85),
}
_SLIPS = {Manner.GOOD: (-12, 6), Manner.LATE: (-4, 45), Manner.SILENT: (0, 80), Manner.GAMING: (5, 70)}
_HURRY = 2.4  # the pace of what is done long before its day
_AFTER = 0.09  # of the target made up in a month past the last day of the curve
_STOOD = 0.9  # how much of a stock stood when the year began, where the plan does not say
_WHOLE = ("公里", "亩", "亿元", "万平方米", "%", "平方米", "公顷")


@dataclass(frozen=True, slots=True)
class Course:
    """How a task truly goes: its figures by day, its steps' true days, when it is blocked."""

    plan: PlanWords
    year: int
    pace: float
    wobble: float
    done: dict[str, date] = field(default_factory=dict)  # step → the day it is truly done
    blocked: tuple[date, date] | None = None

    def value_on(self, day: date) -> float:
        """The true figure on a day."""
        plan = self.plan
        target = plan.target or 0.0
        if self._grows:
            gone = min(self._share(day), 1.0) * (target - self._begin)
            return self._round(self._begin + gone)
        is_share = plan.unit_of_measure == "%" and target <= 100
        room = min(target, 101 - target) if is_share else target
        swing = self.wobble * (1 + (day.month % 5) / 5) * room / 10
        value = round(target - swing if plan.kind == PlanKind.CEILING else target + swing, 1)
        return min(value, 100.0) if is_share else value

    def finished_on(self, until: date) -> date | None:
        """The day the target was truly reached, by a day; None where it was not, or is only held."""
        if self.plan.kind == PlanKind.MILESTONES:
            last = max(self.done.values(), default=None)
            return last if last and last <= until else None
        if self.plan.kind not in (PlanKind.CUMULATIVE, PlanKind.STOCK) or not self._is_reached(until):
            return None
        day = until
        while self._is_reached(day - timedelta(days=1)):
            day -= timedelta(days=1)
        return day

    def expected_on(self, day: date) -> float:
        """The figure the curve asks for on a day."""
        points, is_step = curve_of(self.plan, self.year)
        share = expected_share(points, day, is_step=is_step) if points else 1.0
        gone = share * ((self.plan.target or 0.0) - self._begin)
        return self._round(self._begin + gone + 0.5)

    def is_blocked(self, day: date) -> bool:
        """Whether nothing can be done on a day."""
        return self.blocked is not None and self.blocked[0] <= day <= self.blocked[1]

    @property
    def _grows(self) -> bool:
        """Whether its figure goes to its target through the year: a count, a stock, a year's amount."""
        is_amount = self.plan.kind == PlanKind.STATISTIC and self.plan.curve != ""
        return is_amount or self.plan.kind in (PlanKind.CUMULATIVE, PlanKind.STOCK)

    @property
    def _begin(self) -> float:
        """What a stock truly was when the year began, whether or not the plan says so."""
        if self.plan.kind != PlanKind.STOCK:
            return 0.0
        if self.plan.base is not None:
            return self.plan.base
        return self._round((self.plan.target or 0.0) * _STOOD)

    def _is_reached(self, day: date) -> bool:
        target = self.plan.target or 0.0
        value = self.value_on(day)
        return value <= target if self._begin > target else value >= target

    def _round(self, value: float) -> float:
        """A figure as it is counted: whole, unless it is measured or promised in parts."""
        in_parts = self.plan.unit_of_measure.endswith(_WHOLE) or (self.plan.target or 0.0) % 1
        return round(value, 1) if in_parts else float(floor(value + 1e-9))

    def _share(self, day: date) -> float:
        points, _ = curve_of(self.plan, self.year)
        if not points:
            return self.pace * (day - date(self.year, 1, 1)).days / 365
        share = self.pace * expected_share(points, day, is_step=False)
        return share + max((day - points[-1].day).days, 0) / 30 * _AFTER


def draw_course(plan: PlanWords, year: int, manner: Manner, chance: Random, quick: float = 0.0) -> Course:
    """A course for a plan; `quick` is how many of them are done long before their day."""
    pace = chance.uniform(*_PACES[manner]) * (_HURRY if chance.random() < quick else 1)
    done = {}
    last = date(year, 1, 1)
    for name, due in plan.steps:
        last = max(last, due + timedelta(days=chance.randint(*_SLIPS[manner])))
        done[name] = last
    blocked = None
    if chance.random() < 0.04:
        begin = date(year, chance.randint(4, 9), 3)
        blocked = begin, begin + timedelta(days=chance.randint(40, 120))
    return Course(plan, year, pace, chance.gauss(0.35, 0.6), done, blocked)


def follow(course: Course, told: Told) -> Course:
    """The course as it was told; where nothing is told of a hindrance there is none."""
    done = course.done
    if told.slip is not None:
        done = {name: due + timedelta(days=told.slip) for name, due in course.plan.steps}
    pace = course.pace if told.pace is None else told.pace
    wobble = course.wobble if told.wobble is None else told.wobble
    return replace(course, pace=pace, wobble=wobble, done=done, blocked=told.blocked)


def curve_of(plan: PlanWords, year: int) -> tuple[tuple[Point, ...], bool]:
    """The points of a plan's curve, and whether it goes by steps."""
    if plan.points:
        return tuple(Point(day, share) for day, share in plan.points), True
    preset = curve_presets().get(plan.curve)
    return (points_in(preset, year, plan.deadline), preset.is_step) if preset else ((), True)


def quarter_end(day: date, delay: int) -> date | None:
    """The last quarter whose figure is published by a day; of the year of the first quarter."""
    return newest_out((*quarters(day.year - 1), *quarters(day.year)), delay, day)
