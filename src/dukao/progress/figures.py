"""Numbers in the words of reasons: 52%, 18个百分点, 7所."""


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


def say_value(value: float, unit: str) -> str:
    """A value with its unit: 7所, 12.5亿元 for large sums of money."""
    if unit.endswith("元") and abs(value) >= 1e8:
        return f"{say(value / 1e8)}亿{unit}"
    if abs(value) >= 1e5:
        return f"{say(value / 1e4)}万{unit}"
    return f"{say(value)}{unit}"


def say_exact(value: float, unit: str) -> str:
    """A value as it was filed, large ones by 万 and 亿 to the fourth decimal: 25.3471亿元, 63.88%."""
    if unit.endswith("元") and abs(value) >= 1e8:
        return f"{_trim(value / 1e8)}亿{unit}"
    if abs(value) >= 1e5:
        return f"{_trim(value / 1e4)}万{unit}"
    return f"{_trim(value)}{unit}"


def _trim(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")


def is_rate(unit: str) -> bool:
    """Whether a unit is of rates, which do not add up through a year: %, 个百分点, 倍."""
    return unit.strip().endswith(("%", "％", "‰", "百分点", "千分点", "倍"))


def say_apart(value: float, other: float, unit: str) -> str:
    """A value beside one it differs from: 2.48% beside 2.5%, where one decimal would make them the same."""
    said = say_value(value, unit)
    same = value != other and said == say_value(other, unit) and abs(value) < 1e5
    return f"{value:.4g}{unit}" if same else said


def say_month(day: object) -> str:
    """A day as reasons name it: 9月30日."""
    return f"{day.month}月{day.day}日"  # type: ignore[attr-defined]


def say_day(day: object) -> str:
    """A limit as reasons name it, with its year: 2024年9月30日."""
    return f"{day.year}年{day.month}月{day.day}日"  # type: ignore[attr-defined]
