"""Every cadence, ladder and limit fires: for each preset what it asks for, and by which day, word for word.

A preset without its case fails. What lights say is held in `tests/progress/test_rules_fire.py`.
"""

from datetime import date, datetime

import pytest

from dukao.presets.loading import load_entries
from dukao.progress.filing import Asked, judge_filing
from dukao.progress.values import Light
from dukao.progress.workdays import add_workdays
from dukao.site.supervision.filing.rounds import periods
from dukao.site.supervision.models import Subject
from dukao.site.supervision.practice import Practice, load
from dukao.site.supervision.pressing.ladder import Run, next_rung, rungs_of
from tests.site.conftest import BEIJING

# The round of August 2024: its last figures, the day it opens, its limit; September's limit, which holidays
# or weekends may move; what is said of somebody a day late, and of somebody who filed nothing.
CADENCES = {
    "monthly-25": (
        date(2024, 8, 25), date(2024, 8, 15), "2024-08-26 23:59", "2024-09-25 23:59",
        "黄：8月应于8月26日23:59前报送，8月27日才报，迟报1天（每月25日）",
        "红：8月应于8月26日23:59前报送，没有报，已逾期1天（每月25日）",
    ),
    "monthly-28": (
        date(2024, 8, 28), date(2024, 8, 18), "2024-08-28 18:00", "2024-09-29 18:00",
        "黄：8月应于8月28日18时前报送，8月29日才报，迟报1天（每月28日）",
        "红：8月应于8月28日18时前报送，没有报，已逾期1天（每月28日）",
    ),
    "monthly-5-after": (
        date(2024, 8, 31), date(2024, 8, 29), "2024-09-05 23:59", "2024-10-08 23:59",
        "黄：8月应于9月5日23:59前报送，9月6日才报，迟报1天（次月5日）",
        "红：8月应于9月5日23:59前报送，没有报，已逾期1天（次月5日）",
    ),
    "quarterly-20": (
        date(2024, 8, 20), date(2024, 8, 10), "2024-08-20 23:59", "2024-09-20 23:59",
        "黄：8月应于8月20日23:59前报送，8月21日才报，迟报1天（季末月20日）",
        "红：8月应于8月20日23:59前报送，没有报，已逾期1天（季末月20日）",
    ),
}  # fmt: skip

# For each rung of each ladder the shortest run that comes to it: months behind, of them red, from which rung.
RUNGS = {
    ("three-colours", "blue"): (1, 0, None, "蓝色督办单", 5),
    ("three-colours", "yellow"): (2, 0, "blue", "黄色督办单", 5),
    ("three-colours", "red"): (1, 1, "yellow", "红色督办单", 3),
    ("three-colours", "talk"): (2, 2, "red", "约谈通知书", 5),
    ("three-colours", "bulletin"): (3, 3, "talk", "通报告知书", 5),
    ("two-yellow", "blue"): (1, 0, None, "督办函", 5),
    ("two-yellow", "red"): (2, 0, "blue", "红色督办单", 3),
    ("two-yellow", "talk"): (1, 1, "red", "约谈通知书", 5),
}

# From Friday 13 September 2024, before 中秋 with its working Saturday: the days each limit comes to.
LIMITS = {
    "common": {
        "objection": date(2024, 9, 19),
        "returned": date(2024, 9, 19),
        "shown": date(2024, 9, 23),
        "remind": [7, 3],
        "look_back_days": 90,
    }
}
FRIDAY = date(2024, 9, 13)


def test_every_cadence_ladder_and_limit_has_its_case() -> None:
    assert CADENCES.keys() == load(Subject.CADENCE).keys()
    rungs = {(code, rung["code"]) for code, one in load(Subject.LADDER).items() for rung in one["rungs"]}
    assert RUNGS.keys() == rungs
    assert LIMITS.keys() == load(Subject.LIMITS).keys()


@pytest.mark.parametrize("code", CADENCES)
def test_a_cadence_opens_its_round_and_sets_its_limit(code: str) -> None:
    end, opens, due, next_due, *_ = CADENCES[code]
    found = periods(load_entries("cadences")[code], date(2024, 7, 1), date(2024, 9, 30))
    august, september = (one for one in found if one.end.month in (8, 9))
    assert (august.end, august.opens) == (end, opens)
    assert [f"{one.due:%Y-%m-%d %H:%M}" for one in (august, september)] == [due, next_due]


@pytest.mark.parametrize("code", CADENCES)
def test_a_cadence_is_missed_with_its_reason(code: str) -> None:
    name = load_entries("cadences")[code]["name"]
    due = datetime.strptime(CADENCES[code][2], "%Y-%m-%d %H:%M").replace(tzinfo=BEIJING)
    after = due.replace(day=due.day + 1, hour=9)
    late = judge_filing([Asked("8月", due, after)], after, name)
    silent = judge_filing([Asked("8月", due, None)], after, name)
    assert (late.light, silent.light) == (Light.YELLOW, Light.RED)
    assert [late.reason, silent.reason] == list(CADENCES[code][4:])


@pytest.mark.parametrize(("code", "rung"), RUNGS)
def test_a_rung_is_come_to_and_asks_its_answer(code: str, rung: str) -> None:
    behind, red, reached, name, days = RUNGS[code, rung]
    ladder = rungs_of(Practice(FRIDAY, {(Subject.LADDER.value, ""): code}))
    found = next_rung(ladder, Run("2024-06", behind, red), reached=reached)
    assert found is not None
    assert (found.code, found.name, found.days) == (rung, name, days)
    shorter = next_rung(ladder, Run("2024-06", behind - 1, max(red - 1, 0)), reached=reached)
    assert shorter is None or shorter.code != rung


@pytest.mark.parametrize("code", LIMITS)
def test_a_limit_comes_to_its_day(code: str) -> None:
    preset = load_entries("limits")[code]
    for key, said in LIMITS[code].items():
        found = add_workdays(FRIDAY, preset[key]) if isinstance(said, date) else preset[key]
        assert found == said, key
