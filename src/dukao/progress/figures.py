"""Numbers in the words of reasons: 52%, 18个百分点, 7所."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal


def say_share(share: float) -> str:
    """A share as percent, without a decimal that says nothing: 0.52 → 52%."""
    return f"{say(share * 100)}%"


def say_points(share: float) -> str:
    """A gap of shares in percentage points: 0.18 → 18个百分点."""
    return f"{say(share * 100)}个百分点"


def say(value: float) -> str:
    """A number with one decimal at most, none where it is whole."""
    rounded = round(value, 1)
    return f"{rounded:,.0f}" if rounded == int(rounded) else f"{rounded:,.1f}"


def say_plain(value: Decimal | float) -> str:
    """A number to the fourth decimal, without the noughts that say nothing: 63.8800 → 63.88, 100.0 → 100."""
    return f"{value:.4f}".rstrip("0").rstrip(".")


def say_value(value: float, unit: str) -> str:
    """A value with its unit: 7所, 12.5亿元 for large sums of money."""
    return _say_by_size(value, unit, say)


def say_exact(value: float, unit: str) -> str:
    """A value as it was filed, large ones by 万 and 亿 to the fourth decimal: 25.3471亿元, 63.88%."""
    return _say_by_size(value, unit, say_plain)


def _say_by_size(value: float, unit: str, say_number: Callable[[float], str]) -> str:
    """A large sum of money by 亿, other large values by 万."""
    if unit.endswith("元") and abs(value) >= 1e8:
        return f"{say_number(value / 1e8)}亿{unit}"
    if abs(value) >= 1e5:
        return f"{say_number(value / 1e4)}万{unit}"
    return f"{say_number(value)}{unit}"


def is_rate(unit: str) -> bool:
    """Whether a unit is of rates, which do not add up through a year: %, 个百分点, 倍."""
    return unit.strip().endswith(("%", "％", "‰", "百分点", "千分点", "倍"))


def say_apart(value: float, other: float, unit: str) -> str:
    """A value beside one it differs from: 2.48% beside 2.5%, where one decimal would make them the same."""
    said = say_value(value, unit)
    same = value != other and said == say_value(other, unit) and abs(value) < 1e5
    return f"{value:.4g}{unit}" if same else said


def say_month_day(day: date) -> str:
    """A day of the year that is spoken of: 9月30日."""
    return f"{day.month}月{day.day}日"


def say_day(day: date) -> str:
    """A day with its year: 2024年9月30日."""
    return f"{day.year}年{day.month}月{day.day}日"
