"""The edges of the year, each lived through the site's own actions: what a light says on the day itself.

Every day is asked for by name, so that what was recorded later can be seen to change nothing.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from dukao.progress.values import Light
from dukao.site.ledger.duties import duties_of, new_duty
from dukao.site.ledger.models import Role, SupplementKind
from dukao.site.ledger.queries.rows import leaders_on
from dukao.site.ledger.steps.changes import Change
from dukao.site.ledger.steps.supplementing import Paper, draft_supplement, sign_supplement
from dukao.site.people.models import Post
from dukao.site.people.posts import seat
from dukao.site.people.units import end_unit
from dukao.site.refusals import Refused
from dukao.site.supervision.filing.actions import confirm_filings, save_filing
from dukao.site.supervision.filing.rounds import follow_changes, open_rounds
from dukao.site.supervision.filing.ruling import accept_filing
from dukao.site.supervision.filing.words import Words
from dukao.site.supervision.models import ActionPlan, Filing, PlanKind, Round, Subject
from dukao.site.supervision.planning.actions import approve_plan, save_plan, send_plan
from dukao.site.supervision.planning.words import PlanWords
from dukao.site.supervision.practice import adopt_preset
from dukao.site.supervision.pressing.months import years_pressed
from dukao.site.supervision.seeing.queries import lights_of
from dukao.site.supervision.seeing.values import Lights
from tests.site.conftest import BEIJING
from tests.site.supervision.conftest import PLANS, Year, plan_task

MARCH_LIMIT = datetime(2024, 3, 25, 23, 59, tzinfo=BEIJING)


def at(month: int, day: int, hour: int = 9, *, year: int = 2024) -> datetime:
    """A moment of Beijing."""
    return datetime(year, month, day, hour, tzinfo=BEIJING)


def light_of(year: Year, row: str, day: date) -> Lights:
    """The three judgements of a row at the end of a day."""
    task = year.task(row).pk
    return lights_of([task], day)[task]


def file(
    year: Year, row: str, unit: str, words: Words, moment: datetime, round_: Round | None = None
) -> Filing:
    """Save and confirm what a unit says of a row for a round, the one open now by itself."""
    found = round_ or open_round(year, moment)
    filing = Filing.objects.get(round=found, task=year.task(row), unit=year.unit(unit))
    save_filing(filing.pk, words, filing.version, by=year.viewer_of(unit, at=moment), at=moment)
    confirm_filings([filing.pk], by=year.viewer_of(unit, "unit_head", moment), at=moment)
    return filing


def report(year: Year, row: str, unit: str, words: Words, moment: datetime) -> Filing:
    """File, and have the office take it at the same moment."""
    filing = file(year, row, unit, words, moment)
    return accept_filing(filing.pk, by=year.cast.viewer("clerk", moment), at=moment)


def open_round(year: Year, moment: datetime) -> Round:
    """The last round that has begun by a moment."""
    open_rounds(year.cast.place.pk, at=moment)
    found: Round | None = Round.objects.filter(place=year.cast.place, opened_at__lte=moment).first()
    assert found is not None
    return found


def count(value: float, day: date) -> Words:
    """So many 小区 by a day."""
    return Words("按方案推进。", true_on=day, values={"改造老旧小区": (value, "个")})


# A task's own day.


def test_finished_on_the_due_day_is_on_time(year: Year) -> None:
    report(year, "三-1", "区住建局", count(18, date(2024, 12, 31)), at(12, 31, 20))
    found = light_of(year, "三-1", date(2024, 12, 31)).progress
    assert (found.light, found.is_late) == (Light.GREEN, False)
    assert found.reason == "绿：12月31日应达100%，12月31日实际100%（18个），达到序时进度（银川2025）"


def test_finished_the_day_after_is_done_and_late_for_good(year: Year) -> None:
    report(year, "三-1", "区住建局", count(18, date(2025, 1, 1)), at(1, 1, 20, year=2025))
    for day in (date(2025, 1, 1), date(2025, 2, 28)):
        found = light_of(year, "三-1", day).progress
        assert (found.light, found.is_late) == (Light.GREEN, True)
        assert found.reason == "绿：1月1日达到目标，逾期1天（时限2024年12月31日），未办结"


def test_what_has_no_deadline_is_never_on_time_even_where_it_is_reached(year: Year) -> None:
    words = PlanWords(
        PlanKind.CUMULATIVE, visible="建成12公里", target=12.0, unit_of_measure="公里", curve="quarters-back"
    )
    plan_task(year.cast, year.ledger, "三-3", "区住建局", words)
    said = Words("全部建成。", true_on=date(2024, 9, 20), values={"滨海绿道": (12.0, "公里")})
    report(year, "三-3", "区住建局", said, at(9, 20))
    found = light_of(year, "三-3", date(2024, 9, 30))
    assert (found.light, found.limit) == (Light.UNDATED, None)
    assert found.progress.reason.startswith("未定时限，不算按时：")


def test_the_year_ends_with_open_items_that_stay_overdue_and_pressed_in_january(year: Year) -> None:
    report(year, "三-1", "区住建局", count(17, date(2024, 12, 20)), at(12, 20))
    assert light_of(year, "三-1", date(2024, 12, 30)).light is Light.GREEN
    found = light_of(year, "三-1", date(2025, 1, 15)).progress
    assert found.light is Light.YELLOW
    assert found.reason == (
        "黄：时限2024年12月31日，尚未完成，已逾期15天（按节点：逾期即黄，逾期30天以上红）"
    )
    assert light_of(year, "三-1", date(2025, 1, 31)).light is Light.RED
    assert years_pressed(year.cast.place.pk, date(2025, 1, 15)) == [2024]


def test_what_is_filed_in_a_round_of_the_next_year_counts_for_the_task_of_this_one(year: Year) -> None:
    report(year, "三-1", "区住建局", count(17, date(2024, 12, 20)), at(12, 20))
    report(year, "三-1", "区住建局", count(18, date(2025, 1, 18)), at(1, 20, year=2025))
    found = light_of(year, "三-1", date(2025, 1, 20))
    assert (found.light, found.progress.is_late) == (Light.GREEN, True)
    assert found.progress.reason == "绿：1月18日达到目标，逾期18天（时限2024年12月31日），未办结"
    assert light_of(year, "三-1", date(2025, 1, 19)).light is Light.YELLOW
    assert "2025年1月的进展1月20日报送" in found.verified.reason


def test_a_leap_day_is_a_day_of_its_year_and_of_no_other(year: Year) -> None:
    client = year.cast.client("clerk")
    assert client.get("/ledger/2024/?as_of=2024-02-29").status_code == 200
    assert client.get("/ledger/2024/?as_of=2023-02-29").status_code == 400
    row, unit, words = PLANS[PlanKind.MILESTONES]
    change = PlanWords(
        PlanKind.MILESTONES,
        visible=words.visible,
        steps=(*words.steps, ("评估总结", date(2028, 2, 29))),
        deadline=date(2028, 2, 29),
        change_why="评估在首航满四年时做",
    )
    plan_task(year.cast, year.ledger, row, unit, change, at(4, 1))
    moment = at(11, 30)
    steps = {"方案出台": date(2024, 4, 20), "航线开通": date(2024, 11, 30)}
    report(year, row, unit, Words("首航。", steps=steps), moment)
    on_time, late = (light_of(year, row, day).progress for day in (date(2028, 2, 29), date(2028, 3, 1)))
    assert on_time.light is Light.GREEN
    assert late.reason == "黄：“评估总结”应于2月29日完成，已逾期1天（按节点：逾期即黄，逾期30天以上红）"


# The limit of a round.


@pytest.mark.parametrize(
    ("late", "light", "reason"),
    [
        (timedelta(), Light.GREEN, "绿：2024年3月应于3月25日23:59前报送，3月25日已报（每月25日）"),
        (
            timedelta(minutes=1),
            Light.YELLOW,
            "黄：2024年3月应于3月25日23:59前报送，3月26日才报，迟报1天（每月25日）",
        ),
    ],
)
def test_filed_at_2359_on_the_last_day_is_in_time_and_a_minute_later_is_not(
    year: Year, late: timedelta, light: Light, reason: str
) -> None:
    file(year, "三-1", "区住建局", count(2, date(2024, 3, 25)), MARCH_LIMIT + late, year.round)
    found = light_of(year, "三-1", date(2024, 3, 26)).filing
    assert (found.light, found.reason) == (light, reason)


def test_a_limit_on_a_holiday_moves_behind_it(year: Year) -> None:
    adopt_preset(
        Subject.CADENCE,
        "",
        "monthly-5-after",
        since=date(2024, 9, 1),
        why="月底统计后再报",
        by=year.cast.viewer("clerk", at(8, 30)),
        at=at(8, 30),
    )
    round_ = open_round(year, at(9, 29))
    assert (round_.label, round_.due_at.astimezone(BEIJING).date()) == ("2024年9月", date(2024, 10, 8))
    file(year, "三-1", "区住建局", count(12, date(2024, 9, 30)), at(10, 8, 20), round_)
    found = light_of(year, "三-1", date(2024, 10, 9)).filing
    assert (found.light, "10月8日已报" in found.reason) == (Light.GREEN, True)


def test_of_two_co_leads_the_one_that_did_not_file_is_named(year: Year) -> None:
    file(year, "二-3", "区经信局", Words("方案征求意见。"), at(3, 25), year.round)
    found = light_of(year, "二-3", date(2024, 3, 26))
    assert (found.filing.light, found.silent) == (Light.RED, 0)
    assert found.filing.reason == (
        "红：2024年3月应于3月25日23:59前报送，区发改局没有报，已逾期1天（每月25日）"
    )


def test_a_supporting_unit_that_never_files_is_shown_and_costs_the_lead_nothing(
    year: Year, clock: Callable[[datetime], None]
) -> None:
    file(year, "三-1", "区住建局", count(2, date(2024, 3, 25)), at(3, 25), year.round)
    part = Filing.objects.get(round=year.round, task=year.task("三-1"), unit=year.unit("区财政局"))
    assert (part.is_lead, part.stage) == (False, "empty")
    found = light_of(year, "三-1", date(2024, 4, 30))
    assert (found.filing.light, "区财政局" in found.filing.reason) == (Light.GREEN, False)
    clock(at(3, 26))
    page = year.cast.client("liaison").get("/filings/").content.decode()
    assert "还没有填的其他单位" in page
    assert "区财政局" in page


# What changes in the middle of the year.


def test_a_plan_is_not_changed_after_its_day_and_its_first_promise_stands(year: Year) -> None:
    row, unit, words = PLANS[PlanKind.MILESTONES]
    moved = PlanWords(
        PlanKind.MILESTONES,
        visible=words.visible,
        steps=(("方案出台", date(2024, 6, 30)), ("航线开通", date(2024, 11, 30))),
        deadline=words.deadline,
        change_why="等待空域批复",
    )
    with pytest.raises(Refused) as refused:
        save_plan(year.task(row).pk, moved, by=year.viewer_of(unit, at=at(5, 1)), at=at(5, 1))
    assert refused.value.code == "change-late"
    found = light_of(year, row, date(2024, 5, 1)).progress
    assert found.reason == "黄：“方案出台”应于4月30日完成，已逾期1天（按节点：逾期即黄，逾期30天以上红）"


def test_a_plan_changed_in_time_leaves_the_days_before_to_the_first_promise(year: Year) -> None:
    row, unit, words = PLANS[PlanKind.MILESTONES]
    moment, by = at(4, 30), year.viewer_of(unit, at=at(4, 30))
    moved = PlanWords(
        PlanKind.MILESTONES,
        visible=words.visible,
        steps=(("方案出台", date(2024, 6, 30)), ("航线开通", date(2024, 11, 30))),
        deadline=words.deadline,
        change_why="等待空域批复",
    )
    plan = send_plan(year.task(row).pk, moved, by=by, at=moment)
    approve_plan(plan.pk, by=year.cast.viewer("head", at(5, 3)), at=at(5, 3))
    assert "4月30日完成，已逾期2天" in light_of(year, row, date(2024, 5, 2)).progress.reason
    assert "下一节点“方案出台”6月30日到期" in light_of(year, row, date(2024, 5, 3)).progress.reason
    first, second = ActionPlan.objects.filter(task=year.task(row)).order_by("number")
    assert [step.due for step in first.steps.all()] == [due for _, due in words.steps]
    assert second.number == 2


def test_a_unit_merged_in_june_hands_on_its_task_with_what_it_reached(year: Year) -> None:
    report(year, "三-1", "区住建局", count(9, date(2024, 6, 16)), at(6, 16))
    before = light_of(year, "三-1", date(2024, 6, 16))
    clerk, head, task = year.cast.viewer("clerk"), year.cast.viewer("head"), year.task("三-1")
    heir = year.unit("区综合执法局")
    others = [one for one in duties_of([task.pk])[task.pk] if one["role"] != "lead"]
    change = Change(task.pk, duties=[new_duty(heir, Role.LEAD), *others])
    act = draft_supplement(
        year.ledger.pk,
        [change],
        Paper(
            SupplementKind.NOTICE,
            "望政办〔2024〕18号",
            date(2024, 6, 18),
            "区机构改革，职责划转。",
        ),
        by=clerk,
        at=at(6, 18),
    )
    sign_supplement(act.pk, by=head, at=at(6, 18))
    end_unit(year.unit("区住建局").pk, date(2024, 6, 18), why="并入区综合执法局", by=clerk, at=at(6, 18))
    follow_changes(year.cast.place.pk, at=at(6, 19))
    report(year, "三-1", "区综合执法局", count(12, date(2024, 9, 20)), at(9, 20))
    assert light_of(year, "三-1", date(2024, 6, 16)) == before
    june = light_of(year, "三-1", date(2024, 6, 30)).progress
    assert (june.light, "6月16日实际50%（9个）" in june.reason) == (Light.GREEN, True)
    assert "实际66.7%（12个）" in light_of(year, "三-1", date(2024, 9, 30)).progress.reason


def test_a_leader_replaced_in_july_leaves_june_to_the_one_before(year: Year) -> None:
    report(year, "三-1", "区住建局", count(9, date(2024, 6, 16)), at(6, 16))
    post = Post.objects.get(tenures__person__name="白露")
    before = light_of(year, "三-1", date(2024, 6, 30))
    seat(post.pk, "方舟", date(2024, 7, 1), why="职务调整", by=year.cast.viewer("clerk"), at=at(7, 1))
    june, july = (leaders_on(year.cast.place.pk, None, moment) for moment in (at(6, 30), at(7, 2)))
    assert (june[post.pk].name, july[post.pk].name) == ("白露", "方舟")
    assert light_of(year, "三-1", date(2024, 6, 30)) == before
    assert not year.cast.viewer("leader", at(7, 2)).post_ids


def test_a_rule_adopted_in_august_leaves_the_months_before_to_the_old_one(year: Year) -> None:
    report(year, "三-1", "区住建局", count(5, date(2024, 6, 30)), at(6, 30))
    july = light_of(year, "三-1", date(2024, 7, 31)).progress
    assert july.reason == "黄：6月30日应达40%，6月30日实际27.8%（5个），差12.2个百分点（银川2025）"
    adopt_preset(
        Subject.LIGHTS,
        "",
        "wuhan",
        since=date(2024, 8, 15),
        why="与市里一致",
        by=year.cast.viewer("clerk", at(8, 5)),
        at=at(8, 5),
    )
    assert light_of(year, "三-1", date(2024, 7, 31)).progress == july
    assert light_of(year, "三-1", date(2024, 8, 14)).progress.rule == "银川2025"
    august = light_of(year, "三-1", date(2024, 8, 15)).progress
    assert august.reason == "黄：6月30日应达40%，6月30日实际27.8%（5个），为应达数的69.4%（武汉重大项目）"
