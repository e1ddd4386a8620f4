"""A published statistic: the day it is true for, what is due when, and no old figure taken for a new one."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from dukao.progress.values import Light
from dukao.site.supervision.filing.actions import confirm_filings, file_unchanged, save_filing
from dukao.site.supervision.filing.forms import starting_words
from dukao.site.supervision.filing.rounds import open_rounds
from dukao.site.supervision.filing.ruling import accept_filing
from dukao.site.supervision.filing.unit_page import read_item
from dukao.site.supervision.filing.words import Words
from dukao.site.supervision.models import ActionPlan, Filing, PlanKind, Subject
from dukao.site.supervision.practice import adopt_preset
from dukao.site.supervision.seeing.judging import judge
from tests.site.conftest import BEIJING
from tests.site.supervision.conftest import Year
from tests.site.supervision.test_filing import Clock, filing_of, post
from tests.site.supervision.test_filing_workbook import confirm, fetch, put, upload

APRIL = datetime(2024, 4, 22, 9, 0, tzinfo=BEIJING)
JUNE = datetime(2024, 6, 18, 9, 0, tzinfo=BEIJING)
JULY = datetime(2024, 7, 22, 9, 0, tzinfo=BEIJING)
FIRST = Words("一季度增长6.2%。", true_on=date(2024, 3, 31), values={"增速": (6.2, "%")})
DUE = "上半年数应于7月20日前后公布，上次填的是一季度数（数据截至3月31日）。"


@pytest.fixture
def growth(year: Year) -> Year:
    """The cast's unit answers for a figure that is published by the quarter; that of the first was taken."""
    ActionPlan.objects.filter(pk=year.plans[PlanKind.CUMULATIVE].pk).update(
        kind=PlanKind.STATISTIC, target=6.0, unit_of_measure="%", curve="", delay=20, deadline=None
    )
    april = in_round(year, APRIL)
    take(year, april, FIRST, APRIL)
    return year


def in_round(year: Year, at: datetime) -> Filing:
    """The unit's filing of the round that is open at a moment."""
    opened = open_rounds(year.cast.place.pk, at=at)
    return filing_of(year, round_id=opened[-1].pk)


def take(year: Year, filing: Filing, words: Words | None, at: datetime) -> None:
    """Filed (None: as it was), confirmed and taken."""
    if words is None:
        file_unchanged([filing.pk], by=year.viewer_of("区住建局"), at=at)
    else:
        save_filing(filing.pk, words, 1, by=year.viewer_of("区住建局"), at=at)
    confirm_filings([filing.pk], by=year.viewer_of("区住建局", "unit_head"), at=at)
    accept_filing(filing.pk, by=year.cast.viewer("clerk", at), at=at)


def light_on(year: Year, at: datetime) -> tuple[Light, str]:
    task = year.task("三-1").pk
    judged = judge([task], at.date())[task].progress
    return judged.light, judged.reason


def test_before_no_change_is_pressed_it_is_said_that_a_newer_figure_is_due(
    growth: Year, clock: Clock
) -> None:
    july = in_round(growth, JULY)
    clock(JULY)
    client = growth.cast.client("liaison")
    assert f"{DUE}选“无变化”报的仍是那一期的数。" in client.get("/filings/").content.decode()
    post(client, july, "unchanged")
    july.refresh_from_db()
    assert (july.is_unchanged, july.true_on) == (True, date(2024, 3, 31))
    assert "上半年数应于7月20日前后公布，这里填的是一季度数" in client.get("/filings/").content.decode()


def test_where_no_newer_figure_is_due_nothing_is_said(growth: Year, clock: Clock) -> None:
    in_round(growth, JUNE)
    clock(JUNE)
    page = growth.cast.client("liaison").get("/filings/").content.decode()
    assert "一季度增长6.2%。" in page
    assert "前后公布" not in page


def test_an_old_figure_filed_again_is_not_the_new_one(growth: Year) -> None:
    assert light_on(growth, JUNE)[0] is Light.GREEN
    take(growth, in_round(growth, JULY), None, JULY)
    assert light_on(growth, JULY) == (Light.UNKNOWN, "6月30日的统计数还没有报，暂不可判")


def test_a_number_without_a_plan_keeps_its_day(growth: Year) -> None:
    ActionPlan.objects.filter(task=growth.task("三-1")).update(until=JUNE)
    july = in_round(growth, JULY)
    file_unchanged([july.pk], by=growth.viewer_of("区住建局"), at=JULY)
    july.refresh_from_db()
    assert july.true_on == date(2024, 3, 31)


def test_the_form_begins_with_the_day_the_figure_is_true_for(growth: Year) -> None:
    viewer = growth.viewer_of("区住建局")
    june = starting_words(read_item(viewer, in_round(growth, JUNE).pk), JUNE.date())
    assert (june.true_on, dict(june.values)) == (date(2024, 3, 31), {"增速": (6.2, "%")})
    july = starting_words(read_item(viewer, in_round(growth, JULY).pk), JULY.date())
    assert (july.true_on, dict(july.values)) == (date(2024, 6, 30), {})


def test_the_workbook_says_it_too_and_a_figure_without_a_day_is_of_the_period_due(
    growth: Year, clock: Clock
) -> None:
    july = in_round(growth, JULY)
    clock(JULY)
    number = str(july.task.number)
    book = fetch(growth, july.round_id)
    put(book, number, 无变化="是")
    assert DUE in upload(growth, july.round_id, book).content.decode()
    book = fetch(growth, july.round_id)
    put(book, number, 累计值="6.4", 进展="上半年增长6.4%。")
    confirm(growth, july.round_id, upload(growth, july.round_id, book))
    july.refresh_from_db()
    assert july.true_on == date(2024, 6, 30)


@pytest.fixture
def quarterly(growth: Year) -> Year:
    """The same, in a place that asks ordinary tasks by the quarter."""
    office = growth.cast.viewer("clerk", APRIL)
    adopt_preset(Subject.CADENCE, "", "quarterly-20", since=APRIL.date(), why="减负", by=office, at=APRIL)
    return growth


def is_asked(year: Year, at: datetime, row: str = "三-1") -> bool:
    """Whether the round that opens at a moment asks about a task."""
    opened = open_rounds(year.cast.place.pk, at=at)
    return Filing.objects.filter(round=opened[-1], task=year.task(row), is_lead=True).exists()


def test_a_place_that_files_by_the_quarter_asks_a_figure_in_the_first_round_after_it_is_out(
    quarterly: Year,
) -> None:
    days = {month: datetime(2024, month, 12, 9, 0, tzinfo=BEIJING) for month in (5, 6, 7, 8)}
    asked = {month: is_asked(quarterly, at) for month, at in days.items()}
    # That of the first quarter was filed in April; that of the half year is out on 20 July.
    assert asked == {5: False, 6: False, 7: False, 8: True}
    august = Filing.objects.get(round__label="2024年8月", task=quarterly.task("三-1"), is_lead=True)
    assert august.risk_why == "一般事项，统计数公布后报"
    take(quarterly, august, replace(FIRST, true_on=date(2024, 6, 30)), days[8])
    assert not is_asked(quarterly, datetime(2024, 9, 12, 9, 0, tzinfo=BEIJING))
    assert is_asked(quarterly, datetime(2024, 11, 12, 9, 0, tzinfo=BEIJING))


def test_a_figure_that_was_not_filed_or_an_old_one_again_is_asked_for_in_the_next_round(
    quarterly: Year,
) -> None:
    august, september = (datetime(2024, month, 12, 9, 0, tzinfo=BEIJING) for month in (8, 9))
    take(quarterly, in_round(quarterly, august), None, august)
    assert is_asked(quarterly, september)


def test_the_plan_says_with_which_round_its_figures_come(growth: Year, clock: Clock) -> None:
    clock(JUNE)
    page = growth.cast.client("clerk").get(f"/tasks/{growth.task('三-1').pk}/plan/").content.decode()
    assert "统计数在季后约 20 天公布，公布后的第一期填报" in page
