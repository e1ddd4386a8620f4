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
from dukao.site.supervision.planning.actions import approve_plan, send_plan
from dukao.site.supervision.planning.prefilling import words_of
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
NINE, SIXTEEN = {"收入": (9e8, "元")}, {"收入": (1.6e9, "元")}
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


def waiting(year: Year) -> Filing:
    """The old figure of the first quarter filed again in July, confirmed, and waiting for the office."""
    july = in_round(year, JULY)
    file_unchanged([july.pk], by=year.viewer_of("区住建局"), at=JULY)
    confirm_filings([july.pk], by=year.viewer_of("区住建局", "unit_head"), at=JULY)
    return july


def test_who_rules_on_a_filing_reads_what_the_unit_was_told(growth: Year, clock: Clock) -> None:
    july = waiting(growth)
    clock(JULY)
    client = growth.cast.client("clerk")
    said = "上半年数应于7月20日前后公布，这里填的是一季度数（数据截至3月31日）。"
    page = client.get(f"/rounds/{july.round_id}/").content.decode()
    assert page.count(said) == 1
    assert said in client.get(f"/filings/{july.pk}/return/").content.decode()


def test_who_rules_on_the_figure_that_is_due_reads_nothing_of_it(growth: Year, clock: Clock) -> None:
    july = in_round(growth, JULY)
    new = replace(FIRST, true_on=date(2024, 6, 30))
    save_filing(july.pk, new, 1, by=growth.viewer_of("区住建局"), at=JULY)
    confirm_filings([july.pk], by=growth.viewer_of("区住建局", "unit_head"), at=JULY)
    clock(JULY)
    page = growth.cast.client("clerk").get(f"/rounds/{july.round_id}/").content.decode()
    assert "截至 2024年6月30日" in page.replace("<span>", "")
    assert "前后公布" not in page


@pytest.fixture
def amount(growth: Year) -> Year:
    """The figure is what a year brings in: 40亿元, of which 9亿元 came in the first quarter."""
    ActionPlan.objects.filter(task=growth.task("三-1")).update(
        target=4e9, unit_of_measure="元", curve="even", deadline=date(2024, 12, 31)
    )
    take(growth, in_round(growth, JUNE), Words("收入9亿元。", true_on=date(2024, 3, 31), values=NINE), JUNE)
    return growth


def test_a_quarter_of_a_years_amount_is_held_against_a_quarter_of_it(amount: Year) -> None:
    said = "绿：一季度应达25%（10亿元），实际22.5%（9亿元），差2.5个百分点（银川2025）"
    assert light_on(amount, JUNE) == (Light.GREEN, said)
    words = Words("收入16亿元。", true_on=date(2024, 6, 30), values=SIXTEEN)
    take(amount, in_round(amount, JULY), words, JULY)
    said = "黄：上半年应达50%（20亿元），实际40%（16亿元），差10个百分点（银川2025）"
    assert light_on(amount, JULY) == (Light.YELLOW, said)
    assert light_on(amount, JUNE)[0] is Light.GREEN


def test_the_liaison_reads_that_an_amount_is_what_the_year_brought_so_far(amount: Year, clock: Clock) -> None:
    in_round(amount, JULY)
    clock(JULY)
    page = amount.cast.client("liaison").get("/filings/").content.decode()
    assert "累计 完成数" in page


def test_a_plan_that_is_changed_to_go_by_a_curve_leaves_the_months_before_as_they_were(amount: Year) -> None:
    task = amount.task("三-1")
    ActionPlan.objects.filter(task=task).update(curve="")
    before = light_on(amount, JUNE)
    assert before[0] is Light.RED  # held against the whole of the year
    by = amount.viewer_of("区住建局", at=JULY)
    (old,) = ActionPlan.objects.filter(task=task)
    words = replace(words_of(old), curve="even", change_why="是全年的总量")
    plan = send_plan(task.pk, words, by=by, at=JULY)
    approve_plan(plan.pk, by=amount.cast.viewer("head", JULY), at=JULY)
    assert light_on(amount, JUNE) == before
    take(amount, in_round(amount, JULY), Words("收入", true_on=date(2024, 6, 30), values=SIXTEEN), JULY)
    assert light_on(amount, JULY)[0] is Light.YELLOW


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
