"""The diary of the simulated year: what falls on which working day, at which hour."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from dukao.progress.workdays import CalendarUnknown, is_workday
from dukao.site.supervision.practice import BEIJING

Deed = Callable[[datetime], object]
_PACE = timedelta(seconds=20)  # between two deeds of one hour


class Diary:
    """What is to be done when; a deed of a day off falls on the next working day."""

    def __init__(self) -> None:
        self._days: dict[date, dict[int, list[Deed]]] = defaultdict(lambda: defaultdict(list))
        self._now: datetime | None = None

    def put(self, day: date, hour: int, deed: Deed) -> None:
        """Note a deed for the first working day from `day` on; what would lie in the past is done next."""
        day = working(day)
        if self._now and (day, hour) <= (self._now.date(), self._now.hour):
            day, hour = self._now.date(), self._now.hour
        self._days[day][hour].append(deed)

    def live(self, day: date) -> None:
        """Do everything that falls on a day, by its hours; a deed may note others for the same day."""
        hours = self._days.pop(day, None)
        while hours:
            hour = min(hours)
            self._now = datetime.combine(day, time(hour), BEIJING)
            self._live_hour(hours.pop(hour), day, hour)
            for later, deeds in self._days.pop(day, {}).items():
                hours[later].extend(deeds)

    def _live_hour(self, deeds: list[Deed], day: date, hour: int) -> None:
        for at, deed in enumerate(deeds):
            deed(datetime.combine(day, time(hour), BEIJING) + min(at * _PACE, timedelta(minutes=59)))


def working(day: date) -> date:
    """The first working day from a day on; Monday to Friday where the calendar is not known."""
    while not is_working(day):
        day += timedelta(days=1)
    return day


def is_working(day: date) -> bool:
    """Whether offices work on a day."""
    try:
        return is_workday(day)
    except CalendarUnknown:
        return day.weekday() < 5


def working_days_after(day: date, count: int) -> date:
    """So many working days after a day, or before it."""
    step = 1 if count >= 0 else -1
    while count:
        day += timedelta(days=step)
        count -= step * is_working(day)
    return day
