"""How far a list has come as a whole: items in each stage, and rates beside their curves."""

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from dukao.progress.curves import curve_presets, expected_share, points_in
from dukao.progress.figures import say_plain, say_share
from dukao.progress.periods import month_end, month_ends
from dukao.site.supervision.models import RegisterEntry
from dukao.site.supervision.registers.access import Kept
from dukao.site.supervision.registers.items import CLOSED, Row
from dukao.site.supervision.registers.terms import Curve
from dukao.site.supervision.seeing.lasting import day_of

WIDTH, HEIGHT = 360, 150
_LEFT, _RIGHT, _TOP, _BOTTOM = 34, 8, 8, 20


class StageCount(NamedTuple):
    """How many items are in a stage."""

    stage: str
    items: int


class Mark(NamedTuple):
    """A month: what is expected at its end and by `on`, the day it is read; what was reached by then.

    A month that has not begun has neither: None.
    """

    label: str
    expected: float
    on: date | None
    asked: float
    reached: float | None
    words: str

    @property
    def expected_words(self) -> str:
        """85%."""
        return say_share(self.expected)

    @property
    def asked_words(self) -> str:
        """What was expected by the day it is read."""
        return say_share(self.asked)

    @property
    def reached_words(self) -> str:
        """62.5%; empty where nothing is known yet."""
        return "" if self.reached is None else say_share(self.reached)

    @property
    def behind(self) -> float:
        """By how many percentage points it is behind; 0 where it is not."""
        gap = 0.0 if self.reached is None else self.asked - self.reached
        return max(0.0, round(gap * 100, 1))


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate over a year beside its curve, as a table and as the lines of a picture."""

    name: str
    curve: str
    source: str
    base: str
    is_step: bool
    marks: tuple[Mark, ...]

    @property
    def last(self) -> Mark | None:
        """The latest month that has a figure."""
        return next((one for one in reversed(self.marks) if one.reached is not None), None)

    @property
    def expected_line(self) -> str:
        """The points of the expected line for the picture; a curve by steps rises at its points only."""
        shares = [one.expected for one in self.marks]
        places = [_place(at, share) for at, share in enumerate(shares)]
        if self.is_step:
            corners = [_place(at, before) for at, before in enumerate(shares[:-1], 1)]
            places = [places[0], *(one for pair in zip(corners, places[1:], strict=True) for one in pair)]
        return _line(places)

    @property
    def reached_line(self) -> str:
        """The points of what was reached."""
        return _line(self._reached_places)

    @property
    def end(self) -> tuple[float, float] | None:
        """Where the reached line ends."""
        return self._reached_places[-1] if self._reached_places else None

    @property
    def _reached_places(self) -> list[tuple[float, float]]:
        """What was reached, each at the day it was read on."""
        return [_place(_at(one.on), one.reached) for one in self.marks if one.on and one.reached is not None]

    @property
    def grid(self) -> list[tuple[float, str]]:
        """The heights of 0, 50 and 100 percent."""
        return [(_place(0, share)[1], f"{share:.0%}") for share in (0.0, 0.5, 1.0)]

    @property
    def months(self) -> list[tuple[float, str]]:
        """Where quarters end."""
        return [(_place(month - 1, 0)[0], f"{month}月") for month in (3, 6, 9, 12)]


def count_stages(kept: Kept, rows: Iterable[Row]) -> list[StageCount]:
    """How many items are in each stage, in the order of the stages; what was closed stands last."""
    if not kept.terms.stages:
        return []
    counts = Counter(row.stage for row in rows if not row.is_draft)
    order = [*kept.terms.stages, CLOSED]
    return [StageCount(stage, counts[stage]) for stage in order if stage != CLOSED or counts[stage]]


def read_rates(kept: Kept, rows: list[Row], year: int, day: date) -> list[Rate]:
    """The rates a list draws, up to the last month that is over, and the day itself: one query for sums."""
    live = [row for row in rows if not row.is_draft and not row.known.out]
    ends = sorted(month_ends(year, day))
    if day.year == year:
        ends.append(day)
    history = _history(kept, live) if any(one.field for one in kept.terms.curves) else {}
    return [_rate(curve, live, year, ends, history) for curve in kept.terms.curves if live]


def _rate(
    curve: Curve, rows: list[Row], year: int, ends: list[date], history: Mapping[int, list[Any]]
) -> Rate:
    preset = curve_presets()[curve.curve]
    points = points_in(preset, year)
    own = [row for row in rows if not curve.when or row.values.get(curve.when[0]) == curve.when[1]]
    full = float(len(own)) if curve.step else sum(float(row.values.get(curve.of) or 0) for row in own)
    marks = []
    for month in range(1, 13):
        on = next((one for one in reversed(ends) if one.month == month), None)
        end = month_end(year, month)
        expected = expected_share(points, end, is_step=preset.is_step)
        if on is None or not full:
            marks.append(Mark(f"{month}月", expected, None, 0.0, None, ""))
            continue
        reached = _reached(curve, own, on, history)
        asked = expected_share(points, on, is_step=preset.is_step)
        marks.append(Mark(f"{month}月", expected, on, asked, reached / full, say_plain(reached)))
    unit = "个" if curve.step else "万元"
    base = f"{'项目' if curve.step else '年度计划'} {say_plain(full)} {unit}"
    return Rate(curve.name, preset.name, preset.source, base, preset.is_step, tuple(marks))


def _reached(curve: Curve, rows: list[Row], on: date, history: Mapping[int, list[Any]]) -> float:
    """What was reached by a day: steps that were done by it, or what stood in the column on it."""
    if curve.step:
        done = [row.known.done.get(curve.step) for row in rows]
        return float(sum(day is not None and day <= on for day in done))
    total = 0.0
    for row in rows:
        stood = [values for since, values in history.get(row.task_id, ()) if since <= on]
        total += float(stood[-1].get(curve.field) or 0) if stood else 0.0
    return total


def _history(kept: Kept, rows: list[Row]) -> dict[int, list[Any]]:
    """What the columns said, with the days from which, the earliest first."""
    found: dict[int, list[Any]] = defaultdict(list)
    ids = [row.task_id for row in rows]
    entries = RegisterEntry.objects.filter(register_id=kept.pk, task_id__in=ids).order_by("since", "pk")
    for task, since, values in entries.values_list("task_id", "since", "values"):
        found[task].append((day_of(since), values))
    return found


def _at(day: date) -> float:
    """A day on the scale of month ends, January's being 0: a day before it stands there too."""
    return max(0.0, day.month - 2 + day.day / monthrange(day.year, day.month)[1])


def _place(month: float, share: float) -> tuple[float, float]:
    x = _LEFT + (WIDTH - _LEFT - _RIGHT) * month / 11
    y = HEIGHT - _BOTTOM - (HEIGHT - _TOP - _BOTTOM) * min(share, 1.0)
    return round(x, 1), round(y, 1)


def _line(places: list[tuple[float, float]]) -> str:
    return " ".join(f"{x},{y}" for x, y in places)
