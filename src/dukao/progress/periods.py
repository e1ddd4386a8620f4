"""The periods of a year: its months; the quarters official figures are published for, from January on."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date

from dukao.progress.values import days_after

_ENDS = {(3, 31): "一季度", (6, 30): "上半年", (9, 30): "前三季度", (12, 31): "全年"}


def month_end(year: int, month: int) -> date:
    """The last day of a month counted from January of `year`: 13 is January of the next."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, monthrange(year, month)[1])


def month_ends(year: int, today: date) -> list[date]:
    """The ends of the year's months that are over on a day, the latest first."""
    return [end for month in range(12, 0, -1) if (end := month_end(year, month)) < today]


def quarters(year: int) -> tuple[date, ...]:
    """The ends of the quarters of a year."""
    return tuple(date(year, month, day) for month, day in _ENDS)


def newest_out(periods: Iterable[date], delay: int, day: date) -> date | None:
    """The end of the newest period whose figure must be out by a day, `delay` days after it; else None."""
    return max((end for end in periods if days_after(end, delay) <= day), default=None)


def say_period(end: date) -> str:
    """A period by its end, as its figure is called: 上半年; empty where no period ends on that day."""
    return _ENDS.get((end.month, end.day), "")
