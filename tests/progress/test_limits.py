"""The days on which a limit turns: the limit itself, the last day before a warning, the day after."""

from datetime import date, datetime, timedelta, timezone

import pytest

from dukao.progress.deadlines import hold_to_day
from dukao.progress.filing import Asked, judge_filing
from dukao.progress.lights import light_rules
from dukao.progress.values import Cumulative, Fact, Judgement, Light

LIMIT = date(2024, 9, 30)
GREEN = Judgement(Light.GREEN, "绿：按序时", day=LIMIT)
BEIJING = timezone(timedelta(hours=8))
DUE = datetime(2024, 9, 25, 18, tzinfo=BEIJING)


@pytest.mark.parametrize(
    ("rule", "days", "light"),
    [
        ("xian-days", -4, Light.GREEN),
        ("xian-days", -3, Light.YELLOW),
        ("xian-days", 0, Light.YELLOW),
        ("xian-days", 1, Light.RED),
        ("haikou-node", 0, Light.GREEN),
        ("haikou-node", 1, Light.YELLOW),
        ("haikou-node", 30, Light.YELLOW),
        ("haikou-node", 31, Light.RED),
    ],
)
def test_an_unfinished_task_is_lit_by_how_far_its_day_is(rule: str, days: int, light: Light) -> None:
    day = LIMIT + timedelta(days=days)
    assert hold_to_day(GREEN, None, [], LIMIT, light_rules()[rule], day).light is light


@pytest.mark.parametrize(("days", "is_late"), [(-1, False), (0, False), (1, True)])
def test_what_is_done_on_its_day_is_not_late(days: int, is_late: bool) -> None:
    done = LIMIT + timedelta(days=days)
    plan, facts = Cumulative(10, "个", ()), [Fact(done, 10, done)]
    judged = hold_to_day(GREEN, plan, facts, LIMIT, light_rules()["xian-days"], LIMIT + timedelta(days=9))
    assert (judged.light, judged.is_late) == (Light.GREEN, is_late)


@pytest.mark.parametrize(("days", "light"), [(0, Light.GREEN), (1, Light.YELLOW)])
def test_what_was_sent_back_is_yellow_from_the_day_after_it_was_due_again(days: int, light: Light) -> None:
    again = date(2024, 10, 10)
    asked = Asked("9月", DUE, DUE, returned_due=again, was_filed=True)
    now = datetime(2024, 10, 10, 12, tzinfo=BEIJING) + timedelta(days=days)
    assert judge_filing([asked], now).light is light
