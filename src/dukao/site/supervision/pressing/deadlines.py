"""Days to answer in: working days of the calendar, weekends alone where its year is not known yet."""

from datetime import date, timedelta

from dukao.progress.workdays import CalendarUnknown, add_workdays


def answer_due(day: date, working_days: int) -> date:
    """The day so many working days after `day`; a year whose holidays are not known counts its weekdays."""
    try:
        return add_workdays(day, working_days)
    except CalendarUnknown:
        while working_days:
            day += timedelta(days=1)
            working_days -= day.weekday() < 5
        return day
