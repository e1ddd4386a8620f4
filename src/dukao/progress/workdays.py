"""Working days of the Chinese calendar, with its holidays and its working weekends (调休)."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import chinese_calendar


@dataclass(frozen=True, slots=True)
class CalendarUnknown(Exception):
    """The calendar of a year is not known yet: the State Council publishes it in the autumn before."""

    year: int

    def __str__(self) -> str:
        return (
            f"{self.year}年的节假日安排还没有收进日历，工作日暂不能算：请等国务院办公厅公布、软件更新之后再办，"
            "或直接填写日期。"
        )


@cache
def is_workday(day: date) -> bool:
    """Whether offices work on a day; raises CalendarUnknown where the year's holidays are not known."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        raise CalendarUnknown(day.year) from None


def add_workdays(day: date, count: int) -> date:
    """The day `count` working days after `day`, the day itself not counted (期间开始的日，不计算在内)."""
    assert count >= 0
    while count:
        day += timedelta(days=1)
        count -= is_workday(day)
    return day


def next_workday(day: date) -> date:
    """`day` itself where it is a working day, else the first after it: a limit on a holiday ends after it."""
    while not is_workday(day):
        day += timedelta(days=1)
    return day


def count_workdays(start: date, end: date) -> int:
    """Working days after `start` up to and with `end`."""
    days = (end - start).days
    return sum(is_workday(start + timedelta(days=at)) for at in range(1, days + 1))
