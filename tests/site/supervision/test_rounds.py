"""Rounds open by themselves: by cadence and risk, round holidays and the year's end, and follow the tasks."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dukao.site.history.models import Entry
from dukao.site.ledger.models import Breakdown, Responsibility, TaskState
from dukao.site.people.access import viewer_of
from dukao.site.people.merging import merge_units
from dukao.site.people.models import User
from dukao.site.supervision.filing.actions import confirm_filings, save_filing
from dukao.site.supervision.filing.queries import needs_of
from dukao.site.supervision.filing.round_page import read_round
from dukao.site.supervision.filing.rounds import (
    Period,
    close_rounds,
    follow_changes,
    limit_of,
    open_rounds,
    periods,
)
from dukao.site.supervision.filing.ruling import accept_filing
from dukao.site.supervision.filing.words import Words, previous_of
from dukao.site.supervision.models import Filing, FilingStage, Instruction, Round, Subject
from dukao.site.supervision.practice import adopt_preset, load
from tests.site.conftest import BEIJING, Cast
from tests.site.supervision.conftest import OPENED, Year
from tests.site.supervision.test_filing import Clock, filing_of

MONTHLY = {"day": 25, "hour": 24, "opens": 10, "month_after": False}
AFTER = {"day": 5, "hour": 24, "opens": 7, "month_after": True}


def at(year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=BEIJING)


def months(cadence: dict[str, Any], first: date, today: date) -> list[Period]:
    return list(periods(cadence, first, today))


# What is asked about, and by when.


def test_a_round_is_asked_for_from_ten_days_before_its_limit() -> None:
    assert months(MONTHLY, date(2024, 3, 8), date(2024, 3, 14)) == []
    (march,) = months(MONTHLY, date(2024, 3, 8), date(2024, 3, 15))
    assert (march.label, march.end, march.is_quarter) == ("2024年3月", date(2024, 3, 25), True)


def test_nothing_is_asked_of_the_months_before_the_tasks_were_issued() -> None:
    asked = months(MONTHLY, date(2024, 3, 20), date(2024, 5, 20))
    assert [one.label for one in asked] == ["2024年4月", "2024年5月"]


def test_a_limit_on_a_holiday_moves_behind_it_and_the_figures_stay_as_of_their_day() -> None:
    cadence = MONTHLY | {"day": 1}
    october = months(cadence, date(2024, 9, 1), date(2024, 9, 25))[-1]
    assert october.end == date(2024, 10, 1)
    assert october.due == limit_of(date(2024, 10, 8), 24)  # behind the National Day


def test_a_limit_on_a_working_weekend_stays() -> None:
    cadence = MONTHLY | {"day": 29}
    september = months(cadence, date(2024, 9, 1), date(2024, 9, 25))[-1]
    assert september.due == limit_of(date(2024, 9, 29), 24)  # a Sunday worked for the National Day


def test_a_day_a_month_does_not_have_is_its_last_and_february_knows_leap_years() -> None:
    cadence = MONTHLY | {"day": 31}
    ends = [one.end for one in months(cadence, date(2024, 1, 1), date(2024, 4, 29))]
    assert ends == [date(2024, 1, 31), date(2024, 2, 29), date(2024, 3, 31), date(2024, 4, 30)]
    assert months(cadence, date(2025, 2, 1), date(2025, 2, 20))[-1].end == date(2025, 2, 28)


def test_decembers_round_reaches_over_the_years_end() -> None:
    asked = months(AFTER, date(2024, 3, 1), date(2025, 1, 2))
    december = asked[-1]
    assert (december.label, december.end) == ("2024年12月", date(2024, 12, 31))
    assert december.due == limit_of(date(2025, 1, 6), 24)  # 5 January 2025 is a Sunday
    assert december.opens == date(2024, 12, 29)


def test_where_the_coming_years_calendar_is_not_known_the_day_stands() -> None:
    (last,) = months(MONTHLY, date(2090, 12, 1), date(2090, 12, 20))
    assert last.due == limit_of(date(2090, 12, 25), 24)


def test_a_limit_without_an_hour_is_the_whole_of_its_day() -> None:
    assert at(2024, 9, 25, 23, 59) < limit_of(date(2024, 9, 25), 24) < at(2024, 9, 26)


def test_a_place_that_says_an_hour_means_it() -> None:
    due = limit_of(date(2024, 9, 28), load(Subject.CADENCE)["monthly-28"]["hour"])
    assert due == at(2024, 9, 28, 18, 0)


@pytest.mark.parametrize(("moment", "late"), [((23, 59), 0), ((24, 1), 1)])
def test_the_office_counts_a_unit_late_from_the_first_minute_after(
    year: Year, moment: tuple[int, int], late: int
) -> None:
    day = year.round.due_at.astimezone(BEIJING).replace(hour=0, minute=0, second=0, microsecond=0)
    filed = day + timedelta(hours=moment[0], minutes=moment[1])
    filing = filing_of(year)
    save_filing(filing.pk, Words("开工"), 1, by=year.viewer_of("区住建局"), at=filed)
    confirm_filings([filing.pk], by=year.viewer_of("区住建局", "unit_head"), at=filed)
    page = read_round(year.cast.viewer("clerk", filed), year.round.pk, None, filed)
    assert next(one for one in page.units if one.name == "区住建局").late == late


# Opening.


def test_it_opens_once_however_often_it_is_asked_to(year: Year) -> None:
    assert open_rounds(year.cast.place.pk, at=OPENED) == []
    with CaptureQueriesContext(connection) as queries:
        assert open_rounds(year.cast.place.pk, at=OPENED + timedelta(days=1)) == []
    # Where nothing changed hands no filing is read whole, or held against those who are saving.
    assert not [one["sql"] for one in queries if '"supervision_filing"."progress"' in one["sql"]]
    assert Entry.objects.filter(action="round-opened").count() == 1


def test_after_standing_still_over_a_limit_the_round_opens_with_three_working_days(year: Year) -> None:
    (april,) = open_rounds(year.cast.place.pk, at=at(2024, 4, 28))
    assert april.label == "2024年4月"
    assert april.due_at == limit_of(date(2024, 5, 6), 24)  # 29, 30 April; 1 to 5 May are a holiday


def test_after_standing_still_for_months_only_what_can_still_be_filed_is_asked(year: Year) -> None:
    opened = open_rounds(year.cast.place.pk, at=at(2024, 7, 16))
    assert [one.label for one in opened] == ["2024年7月"]
    assert opened[0].cadence == "quarter"  # June's, which is asked of everything, was among the skipped


def test_a_place_without_issued_tasks_has_no_rounds(cast: Cast, draft: Breakdown) -> None:
    assert open_rounds(cast.place.pk, at=OPENED) == []


def test_a_change_of_cadence_does_not_ask_twice_for_one_month(year: Year) -> None:
    clerk = year.cast.viewer("clerk", OPENED)
    adopt_preset(
        Subject.CADENCE, "", "monthly-28", since=date(2024, 3, 21), why="改为28日", by=clerk, at=OPENED
    )
    assert open_rounds(year.cast.place.pk, at=at(2024, 3, 22)) == []
    (april,) = open_rounds(year.cast.place.pk, at=at(2024, 4, 20))
    assert april.period_end == date(2024, 4, 28)


def test_a_round_closes_a_month_after_its_limit_and_not_before(year: Year) -> None:
    assert close_rounds(year.cast.place.pk, at=at(2024, 4, 25)) == 0
    assert close_rounds(year.cast.place.pk, at=at(2024, 4, 26)) == 1
    assert close_rounds(year.cast.place.pk, at=at(2024, 4, 27)) == 0


# Who is asked, and how often.


def risk_of(year: Year, row: str, round_: Round) -> tuple[str, str] | None:
    found = Filing.objects.filter(round=round_, task=year.task(row), is_lead=True).first()
    return (found.risk, found.risk_why) if found else None


def test_the_risk_comes_from_the_record_and_is_kept_with_its_reason(year: Year) -> None:
    task = year.task("三-6")
    Instruction.objects.create(
        place=year.cast.place,
        task=task,
        post=year.ledger.place.posts.get(title="副区长", tenures__person__name="白露"),
        words="抓紧",
        given_by=year.cast.users["leader"],
        given_at=OPENED,
    )
    TaskState.objects.at(None).filter(task=year.task("三-4")).update(deadline_kind="ongoing")
    (april,) = open_rounds(year.cast.place.pk, at=at(2024, 4, 16))
    assert risk_of(year, "三-6", april) == ("high", "批示未办结，按月报")
    assert risk_of(year, "三-3", april) == ("normal", "一般事项，按月报")
    assert risk_of(year, "三-4", april) is None  # 常年工作 is reported by the quarter
    livelihood = Filing.objects.filter(round=april, task__kind="livelihood", is_lead=True)
    assert {(one.risk, one.risk_why) for one in livelihood} == {("high", "民生实事，按月报")}
    (june,) = [one for one in open_rounds(year.cast.place.pk, at=at(2024, 6, 16)) if one.cadence == "quarter"]
    assert risk_of(year, "三-4", june) == ("low", "常年工作，按季报")


def test_a_light_that_was_yellow_or_red_makes_a_task_be_watched(year: Year) -> None:
    (july,) = open_rounds(year.cast.place.pk, at=at(2024, 7, 16))
    assert risk_of(year, "二-3", july) == ("high", "进度亮红灯，按月报")  # 方案出台 was due on 30 April


def test_a_plan_of_quarterly_summaries_is_standing_work(year: Year) -> None:
    plan = next(one for one in year.plans.values() if one.kind == "milestones")
    plan.steps.all().delete()
    for order, (name, month) in enumerate((("三季度小结", 9), ("全年总结", 12)), 1):
        plan.steps.create(order=order, name=name, due=date(2024, month, 28))
    opened = open_rounds(year.cast.place.pk, at=at(2024, 4, 16))
    assert risk_of(year, "二-3", opened[0]) is None


def test_where_a_party_body_leads_the_government_side_files(year: Year) -> None:
    filings = Filing.objects.filter(round=year.round, task=year.task("三-5"))
    assert [(one.unit.name, one.is_lead) for one in filings] == [("区教育局", True)]


def test_two_co_leads_each_file_for_the_task(year: Year) -> None:
    filings = Filing.objects.filter(round=year.round, task=year.task("二-3"), is_lead=True)
    assert {one.unit.name for one in filings} == {"区发改局", "区经信局"}


def test_tasks_of_last_year_that_are_still_open_are_asked_for_in_january(year: Year) -> None:
    opened = open_rounds(year.cast.place.pk, at=at(2025, 1, 16))
    january = opened[-1]
    assert (january.label, january.year) == ("2025年1月", 2025)
    assert risk_of(year, "三-3", january) == ("high", "2024年未办结，按月报")


def test_a_supporting_unit_that_never_files_is_neither_missing_nor_asked_again(
    year: Year, clock: Clock
) -> None:
    clock(OPENED)
    clerk = year.cast.viewer("clerk", OPENED)
    names = {one.name for one in read_round(clerk, year.round.pk, None, OPENED).units}
    assert "区人力社保局" not in names  # it only has parts in others' tasks
    support = year.viewer_of("区人力社保局")
    assert [one for one in needs_of(support, OPENED) if one.count] == []
    own = [one for one in needs_of(year.viewer_of("区住建局"), OPENED) if one.count]
    assert [one.words for one in own] == ["项进展待填报"]


# What changes hands.


def merge(year: Year, moment: datetime) -> User:
    """区住建局 goes into 区综合执法局, its tasks by an act; the liaison who came over."""
    gone, heir = year.unit("区住建局"), year.unit("区综合执法局")
    merge_units(heir, gone, moment.date())
    for duty in Responsibility.objects.at(None).filter(unit=gone):
        duty.until = moment
        duty.save()
        Responsibility.objects.create(
            task_id=duty.task_id, unit=heir, role=duty.role, basis="act", order=duty.order, since=moment
        )
    return User.objects.get(pk=year.cast.users["liaison"].pk)


def test_a_unit_merged_in_june_leaves_its_filings_and_its_words_to_its_successor(year: Year) -> None:
    march, head = filing_of(year), year.viewer_of("区住建局", "unit_head")
    save_filing(march.pk, Words("已有6个小区开工。"), 1, by=year.viewer_of("区住建局"), at=OPENED)
    confirm_filings([march.pk], by=head, at=OPENED)
    accept_filing(march.pk, by=year.cast.viewer("clerk", OPENED), at=OPENED)
    (june,) = [one for one in open_rounds(year.cast.place.pk, at=at(2024, 6, 16)) if one.label == "2024年6月"]
    begun = filing_of(year, round_id=june.pk)
    save_filing(begun.pk, Words("写了一半"), 1, by=year.viewer_of("区住建局"), at=at(2024, 6, 17))
    liaison = viewer_of(merge(year, at(2024, 6, 18)), at(2024, 6, 19))
    assert follow_changes(year.cast.place.pk, at=at(2024, 6, 19)) > 0
    begun.refresh_from_db()
    assert (begun.unit.name, begun.stage, begun.progress) == ("区综合执法局", "draft", "写了一半")
    save_filing(begun.pk, Words("接着写"), begun.version, by=liaison, at=at(2024, 6, 19))
    last = previous_of(begun)
    assert last is not None
    assert last.progress == "已有6个小区开工。"
    march.refresh_from_db()
    assert march.unit.name == "区住建局"  # what was said stays where it was said
    assert follow_changes(year.cast.place.pk, at=at(2024, 6, 20)) == 0


def test_even_before_the_rounds_follow_the_successor_may_write(year: Year) -> None:
    filing = filing_of(year)
    liaison = viewer_of(merge(year, at(2024, 3, 20, 10)), at(2024, 3, 21))
    save_filing(filing.pk, Words("接着写"), 1, by=liaison, at=at(2024, 3, 21))
    filing.refresh_from_db()
    assert filing.progress == "接着写"


def test_what_was_confirmed_before_the_lead_changed_is_not_asked_again(year: Year) -> None:
    filing = filing_of(year)
    save_filing(filing.pk, Words("开工"), 1, by=year.viewer_of("区住建局"), at=OPENED)
    confirm_filings([filing.pk], by=year.viewer_of("区住建局", "unit_head"), at=OPENED)
    merge(year, at(2024, 3, 21))
    follow_changes(year.cast.place.pk, at=at(2024, 3, 22))
    heir = Filing.objects.filter(round=year.round, task=filing.task_id, unit=year.unit("区综合执法局"))
    assert not heir.exists()


def test_a_lead_given_to_a_unit_that_had_a_part_makes_its_part_the_lead(year: Year) -> None:
    task, moment = year.task("三-1"), at(2024, 3, 21)
    old = Responsibility.objects.at(None).get(task=task, role="lead")
    new = Responsibility.objects.at(None).get(task=task, unit=year.unit("区财政局"))
    for duty in (old, new):
        duty.until = moment
        duty.save()
    Responsibility.objects.create(task=task, unit=new.unit, role="lead", basis="act", since=moment)
    follow_changes(year.cast.place.pk, at=moment)
    filings = {one.unit.name: one for one in Filing.objects.filter(round=year.round, task=task)}
    assert filings["区财政局"].is_lead
    assert filings["区住建局"].stage == FilingStage.MOVED
    assert not filings["区住建局"].is_lead


# How much it asks of the database.


def count_queries(do: Callable[[], object]) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        do()
    return len(captured)


def test_the_pages_ask_the_database_the_same_however_many_items_there_are(year: Year, clock: Clock) -> None:
    clock(OPENED)
    liaison, clerk = year.cast.client("liaison"), year.cast.client("clerk")
    pages = {
        "/filings/": liaison,
        f"/rounds/{year.round.pk}/": clerk,
        "/rounds/": clerk,
    }
    own = [filing_of(year, row) for row in ("三-1", "三-3")]
    head = year.viewer_of("区住建局", "unit_head")

    def confirm(filing: Filing) -> None:
        save_filing(filing.pk, Words("开工"), 1, by=year.viewer_of("区住建局"), at=OPENED)
        confirm_filings([filing.pk], by=head, at=OPENED)

    confirm(own[0])
    for page, client in pages.items():
        client.get(page)  # the first notes that the session is used
    few = {page: count_queries(lambda p=page, c=client: c.get(p)) for page, client in pages.items()}  # type: ignore[misc]
    confirm(own[1])
    taken = {one.task_id for one in Filing.objects.filter(round=year.round, unit=year.cast.lead)}
    others = Filing.objects.filter(round=year.round, is_lead=True).exclude(task_id__in=taken)
    for task_id in dict.fromkeys(others.values_list("task_id", flat=True)):
        first = others.filter(task_id=task_id)[0]
        Filing.objects.filter(pk=first.pk).update(unit=year.cast.lead)
    many = {page: count_queries(lambda p=page, c=client: c.get(p)) for page, client in pages.items()}  # type: ignore[misc]
    assert many == few
    assert few["/filings/"] <= 32
