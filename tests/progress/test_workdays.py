"""Working days of the Chinese calendar."""

from datetime import date

import pytest

from dukao.progress.workdays import CalendarUnknown, add_workdays, count_workdays, is_workday, next_workday


def test_a_weekend_can_be_worked_and_a_weekday_free() -> None:
    assert is_workday(date(2024, 9, 14))  # a Saturday, worked for Mid-Autumn
    assert not is_workday(date(2024, 9, 17))


def test_three_working_days_over_the_national_holiday() -> None:
    assert add_workdays(date(2024, 9, 29), 3) == date(2024, 10, 9)
    assert count_workdays(date(2024, 9, 29), date(2024, 10, 9)) == 3


def test_a_limit_on_a_holiday_moves_behind_it() -> None:
    assert next_workday(date(2024, 10, 2)) == date(2024, 10, 8)
    assert next_workday(date(2024, 2, 29)) == date(2024, 2, 29)


def test_a_year_whose_holidays_are_unknown_is_said() -> None:
    with pytest.raises(CalendarUnknown) as told:
        add_workdays(date(2039, 12, 30), 2)
    assert "2039年" in str(told.value) or "2040年" in str(told.value)
