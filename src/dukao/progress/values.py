"""What progress is judged by, as frozen values: facts, plans, rules, and the judgement itself.

Shares are between 0 and 1 of what was promised; values are in the promise's own unit.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Literal


class Light(StrEnum):
    """What a page shows, always followed by its reason in words; the worst first."""

    RED = "red"
    YELLOW = "yellow"
    BLOCKED = "blocked"
    UNKNOWN = "unknown"
    UNDATED = "undated"  # as far as its curve asks, but by no day: never counted as on time
    GREEN = "green"
    NONE = "none"  # a partner leads it, or an act took it out of the totals: not lit, not counted

    @property
    def sign(self) -> str:
        """The shape that says it without colour."""
        return _SIGNS[self]

    @property
    def word(self) -> str:
        """The light in words, of progress."""
        return _WORDS[self]

    @property
    def colour(self) -> str:
        """The colour in words, as a reason begins with it; empty for what has none."""
        return {"green": "绿", "yellow": "黄", "red": "红"}.get(self.value, "")

    @property
    def rank(self) -> int:
        """Where it stands among all, the worst first: 0 is red."""
        return list(Light).index(self)


_SIGNS = dict(zip(Light, "■▲◇○□●—", strict=True))
_WORDS = dict(
    zip(
        Light,
        ("严重滞后", "滞后", "受阻", "暂不可判", "无时限", "正常", "不亮灯"),
        strict=True,
    )
)


@dataclass(frozen=True, slots=True)
class Fact:
    """What was so on a day: the value reached by `day`, known to the record since `recorded`.

    `by` is who said it, where two lead a task. Of facts recorded on one day the later one in a row corrects
    the earlier.
    """

    day: date
    value: float
    recorded: date
    by: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """What should be reached by a day, as a share of the target."""

    day: date
    share: float


@dataclass(frozen=True, slots=True)
class Cumulative:
    """A count that goes to a target: schools built, trees planted; a stock, from what it was.

    Between two points nothing more is owed than the earlier one asks (`is_step`), or a line is drawn. Shares
    are of the way from `base`, what stood before the year began: 0 where the count is of the year alone; None
    where nobody said, and the first figure known is where the way begins (`curves.begun`). `aim` is on which
    side of the target its own words put it, empty where they do not say.
    """

    target: float
    unit: str
    points: tuple[Point, ...]
    is_step: bool = True
    base: float | None = 0.0
    aim: Literal["", ">=", "<="] = ""

    @property
    def falls(self) -> bool:
        """Whether it is to become less: hazards that are left."""
        if self.base is None:
            return self.aim == "<=" or self.target <= 0
        return self.base > self.target

    @property
    def op(self) -> Literal[">=", "<="]:
        """On which side of the target is good."""
        return "<=" if self.falls else ">="

    def reaches(self, value: float) -> bool:
        """Whether a figure is at the target."""
        return value <= self.target if self.falls else value >= self.target


@dataclass(frozen=True, slots=True)
class Statistic:
    """A figure published for a period, `delay` days after its end: growth of GDP, an unemployment rate.

    `periods` are the ends of the periods it is published for; `op` says on which side of the target is good.
    A rate is held against its target each time. An amount of the year, published as what it is so far, has
    `points`: what share of it is due by the end of a period.
    """

    target: float
    unit: str
    op: Literal[">=", "<="]
    periods: tuple[date, ...]
    delay: int
    points: tuple[Point, ...] = ()
    is_step: bool = True


@dataclass(frozen=True, slots=True)
class Milestone:
    """A step with its day, and the day it was done if it was."""

    name: str
    due: date
    done: date | None = None


@dataclass(frozen=True, slots=True)
class Milestones:
    """Work that goes by steps: a project, a reform, an award."""

    steps: tuple[Milestone, ...]


@dataclass(frozen=True, slots=True)
class Level:
    """What must be held at a level (op `>=`) or kept under a ceiling (op `<=`) all the time."""

    target: float
    unit: str
    op: Literal[">=", "<="]


Plan = Cumulative | Statistic | Milestones | Level


@dataclass(frozen=True, slots=True)
class LightRule:
    """A place's rule of lights (`presets/lights.toml`), one version of it.

    `mode` says what is measured: `points` the gap to the expected curve in percentage points, `ratio` what
    was reached over what was due, `days` how late a step is. `yellow` and `red` are where each begins.
    """

    code: str
    name: str
    version: str
    mode: Literal["points", "ratio", "days"]
    yellow: float
    red: float
    # Before a day is due by so many days and its step not done, the light is yellow (0: never).
    warns_days: int = 0


@dataclass(frozen=True, slots=True)
class Judgement:
    """A light and its reason in a sentence: rule, fact, date; `expected`, `actual` as a page prints them.

    `is_late`: done, but after its day; it stays so for good.
    """

    light: Light
    reason: str
    rule: str = ""
    expected: str = ""
    actual: str = ""
    day: date | None = None
    is_late: bool = False

    @property
    def is_behind(self) -> bool:
        """Whether it counts among what is behind."""
        return self.light in (Light.YELLOW, Light.RED)


def side_of(op: str) -> Literal["", ">=", "<="]:
    """On which side of a number a comparison puts what is good; empty where it is just that number."""
    return "<=" if op in ("<", "<=") else ">=" if op in (">", ">=") else ""


def days_after(day: date, count: int) -> date:
    """The calendar day `count` days later."""
    return day + timedelta(days=count)
