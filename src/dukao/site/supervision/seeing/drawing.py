"""A curve as lines on a picture: every coordinate worked out, so that the template only writes them down."""

from dataclasses import dataclass
from datetime import date
from math import ceil, floor, log10

from dukao.progress.figures import say_month_day, say_value
from dukao.site.supervision.seeing.curve import Curve

WIDTH, HEIGHT = 520, 250
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 14, 30, 26
_TICKS = 4


@dataclass(frozen=True, slots=True)
class Mark:
    """A word at a place of the picture."""

    x: float
    y: float
    words: str
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A curve ready to be set: paths as SVG says them; empty where there is nothing to draw."""

    curve: Curve
    width: int
    height: int
    left: float
    right: float
    bottom: float
    grid: tuple[Mark, ...]
    months: tuple[Mark, ...]
    due: str
    real: str
    dots: tuple[Mark, ...]
    target: Mark
    today: Mark
    last: Mark | None


@dataclass(frozen=True, slots=True)
class _Scale:
    """Days to the right, values upwards."""

    begin: date
    end: date
    low: float
    high: float

    def x(self, day: date) -> float:
        share = (day - self.begin).days / max((self.end - self.begin).days, 1)
        return round(_LEFT + share * (WIDTH - _LEFT - _RIGHT), 1)

    def y(self, value: float) -> float:
        share = (value - self.low) / ((self.high - self.low) or 1.0)
        return round(HEIGHT - _BOTTOM - share * (HEIGHT - _TOP - _BOTTOM), 1)


def draw(curve: Curve) -> Drawing:
    """The picture of a curve."""
    scale = _scale(curve)
    step = _step(scale)
    lowest = ceil(scale.low / step) if curve.base else floor(scale.low / step)
    steps = range(lowest, floor(scale.high / step) + 1)
    last = curve.last
    today = scale.x(min(max(curve.day, scale.begin), scale.end))
    return Drawing(
        curve,
        WIDTH,
        HEIGHT,
        _LEFT,
        WIDTH - _RIGHT,
        HEIGHT - _BOTTOM,
        tuple(Mark(_LEFT - 6, scale.y(at * step), _tick(at * step, curve.unit), "end") for at in steps),
        tuple(_months(scale)),
        _due(curve, scale),
        _real(curve, scale),
        tuple(Mark(scale.x(one.day), scale.y(one.value), "") for one in curve.reached),
        Mark(_LEFT + 4, scale.y(curve.target), curve.target_words, "start"),
        Mark(today, _TOP - 12, say_month_day(curve.day), _anchor(today)),
        Mark(scale.x(last.day), scale.y(last.value), say_value(last.value, curve.unit), "end")
        if last
        else None,
    )


def _scale(curve: Curve) -> _Scale:
    days = [one.day for one in curve.expected] + [one.day for one in curve.reached]
    values = [one.value for one in curve.expected] + [one.value for one in curve.reached] + [curve.target]
    # A stock is drawn from near what it was: from nothing upwards the way of the year would be a flat line.
    values += [curve.base] if curve.base else [0.0]
    low, high = min(values), max(values)
    room = (high - low) * 0.1 or 1.0
    begin = min([date(curve.year, 1, 1), *days])
    end = max([date(curve.year, 12, 31), *days])
    bottom = low - room if low < 0 else max(low - room, 0.0) if curve.base else 0.0
    return _Scale(begin, end, bottom, high + room)


def _step(scale: _Scale) -> float:
    """A round step that gives a few lines: 1, 2 or 5 of a power of ten."""
    rough = (scale.high - scale.low) / _TICKS
    power = 10.0 ** floor(log10(rough))
    return float(next(one * power for one in (1, 2, 5, 10) if one * power >= rough))


def _tick(value: float, unit: str) -> str:
    """A value beside its line, without its unit."""
    return f"{value:g}" if abs(value) < 10 else say_value(value, unit).removesuffix(unit)


def _months(scale: _Scale) -> list[Mark]:
    """The ends of quarters; the years where the picture spans more than two."""
    years = range(scale.begin.year, scale.end.year + 1)
    ends = [date(year, month, day) for year in years for month, day in ((3, 31), (6, 30), (9, 30), (12, 31))]
    seen = [day for day in ends if scale.begin <= day <= scale.end]
    far = len(years) > 1
    return [
        Mark(
            scale.x(day),
            HEIGHT - 8,
            f"{day.year % 100}年{day.month}月" if far else f"{day.month}月",
            _anchor(scale.x(day)),
        )
        for day in (seen if len(seen) <= 5 else [one for one in seen if one.month in (6, 12)])
    ]


def _due(curve: Curve, scale: _Scale) -> str:
    """The expected curve: stairs where nothing more is owed between two points, else a line."""
    if not curve.expected:
        return ""
    path = [f"M{scale.x(scale.begin)} {scale.y(curve.base)}"]
    for one in curve.expected:
        x, y = scale.x(one.day), scale.y(one.value)
        path.append(f"H{x}V{y}" if curve.is_step else f"L{x} {y}")
    path.append(f"H{scale.x(scale.end)}")
    return "".join(path)


def _real(curve: Curve, scale: _Scale) -> str:
    """From figure to figure; steps that were done are stairs that begin at nothing."""
    points = [(scale.x(one.day), scale.y(one.value)) for one in curve.reached]
    if not points:
        return ""
    if curve.is_chain:
        stairs = "".join(f"H{x}V{y}" for x, y in points)
        return f"M{scale.x(scale.begin)} {scale.y(0.0)}{stairs}H{scale.x(min(curve.day, scale.end))}"
    return "M" + "L".join(f"{x} {y}" for x, y in points)


def _anchor(x: float) -> str:
    """On which side of its place a word stands, so that it stays on the picture."""
    if x > WIDTH - 60:
        return "end"
    return "start" if x < 60 else "middle"
