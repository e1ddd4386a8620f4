"""The page of rules: what the place works by, another rule tried on the year's facts, its adoption."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dukao.presets.loading import load_entries
from dukao.progress.values import Light
from dukao.site.history.models import Entry
from dukao.site.supervision.models import Adoption, Subject
from dukao.site.supervision.practice import practice_of
from dukao.site.supervision.rules.trying import try_rule
from dukao.site.supervision.rules.words import say_rule
from dukao.site.supervision.seeing.queries import lights_of
from tests.site.supervision.conftest import Year
from tests.site.supervision.facts import accept, moment

Clock = Callable[[datetime], None]
JULY = date(2024, 7, 10)
WORDS = {
    "yinchuan": "低于序时进度10至30个百分点亮黄灯，30个百分点以上亮红灯",
    "wuhan": "不足应达数的80%亮黄灯，不足应达数的60%亮红灯",
    "sanya": "低于应达数亮黄灯，不足应达数的50%亮红灯",
    "haikou-node": "逾期30天以内亮黄灯，超过30天亮红灯",
    "xian-days": "到期前3天内亮黄灯，逾期即亮红灯",
    "monthly-28": "重点盯办的按月，一般任务按月，常年工作按月报；"
    "当月28日18时截止，提前10天开始，逢节假日顺延",
    "monthly-5-after": "重点盯办的按月，一般任务按月，常年工作按季报；次月5日截止，提前7天开始，逢节假日顺延",
    "two-yellow": "督办函（1个月黄灯） → 红色督办单（连续2个月黄灯，或上一级逾期未复） → "
    "约谈通知书（1个月红灯，或上一级逾期未复）",
    "common": "交办后3个工作日内可提异议，交办后10个工作日内报推进方案，到期前7、3天提醒，"
    "退回的3个工作日内补充，"
    "办结申请7个工作日内核验签发，办结公示5个工作日，办结90天后回头看",
}


@pytest.fixture
def july(year: Year, clock: Clock) -> Year:
    """六月底 5 of 18 were done: 12.2 points short of what was due, 69.4% of it."""
    accept(year, "三-1", "区住建局", date(2024, 6, 30), value=(5, "个"))
    clock(moment(7, 10))
    return year


def test_a_kind_of_number_stands_alone_only_with_a_rule_of_its_own(july: Year) -> None:
    client = july.cast.client("clerk")
    page = client.get("/rules/").content.decode()
    assert "5 类数字没有另定亮灯规则" in page
    said = {"since": "2024-07-10", "why": "民生数字从严"}
    assert client.post("/rules/lights/adopt/sanya/?scope=cumulative", said).status_code == 302
    page = client.get("/rules/").content.decode()
    assert "4 类数字没有另定亮灯规则" in page
    assert page.count(WORDS["sanya"]) == 2  # in force, and in the history
    found = lights_of([july.task("三-1").pk], JULY)[july.task("三-1").pk].progress
    assert found.reason == "黄：6月30日应达40%，6月30日实际27.8%（5个），为应达数的69.4%（三亚2022）"


@pytest.mark.parametrize("code", WORDS)
def test_a_rule_is_said_in_words(code: str) -> None:
    (subject,) = [one for one in Subject if code in load_entries(one.value)]
    assert say_rule(subject, load_entries(subject.value)[code]) == WORDS[code]


def test_everybody_who_sees_lights_sees_by_which_rules(july: Year) -> None:
    for role in ("clerk", "liaison", "leader"):
        page = july.cast.client(role).get("/rules/").content.decode()
        assert "没有一条是本地采用的" in page
        assert WORDS["yinchuan"] in page
        assert "宁夏银川" in page
        assert "推进方案10个工作日、办结核验签发7个工作日没有通行规定，是督考的建议" in page
        assert ("试别的规则" in page) == (role == "clerk")


def test_another_rule_is_tried_on_the_facts_of_a_day_and_changes_nothing(july: Year) -> None:
    before = lights_of([july.task("三-1").pk], JULY)
    entries = Entry.objects.count()
    page = july.cast.client("clerk").get("/rules/lights/try/?preset=sanya&day=2024-07-10").content.decode()
    assert "没有一项变灯" in page
    accept(july, "三-1", "区住建局", date(2024, 7, 1), value=(4, "个"))
    page = july.cast.client("head").get("/rules/lights/try/?preset=wuhan&day=2024-07-10").content.decode()
    assert "滞后变严重滞后 <b>1 项</b>" in page
    assert "差17.8个百分点（银川2025）" in page
    assert "为应达数的55.6%（武汉重大项目）" in page
    assert (Entry.objects.count(), Adoption.objects.count()) == (entries, 0)
    assert before[july.task("三-1").pk].light is Light.YELLOW


def test_a_day_ahead_or_an_unknown_rule_is_not_tried(july: Year) -> None:
    client = july.cast.client("clerk")
    for asked in ("preset=wuhan&day=2024-07-11", "preset=haikou-node&day=2024-07-10", "preset=wuhan&day=x"):
        assert client.get(f"/rules/lights/try/?{asked}").status_code == 422
    assert client.get("/rules/nothing/try/").status_code == 404
    assert client.get("/rules/lights/try/?scope=nothing").status_code == 404


def test_a_cadence_is_shown_beside_the_one_in_force(july: Year) -> None:
    page = july.cast.client("clerk").get("/rules/cadences/try/?preset=monthly-28&day=2024-07-10")
    assert WORDS["monthly-28"] in page.content.decode()
    assert "它不改变任务的进度灯" in page.content.decode()


def test_the_clerk_adopts_a_rule_from_a_day_on_and_says_why(july: Year) -> None:
    client = july.cast.client("clerk")
    address = "/rules/lights/adopt/wuhan/"
    page = client.get(address).content.decode()
    assert "从“银川2025”改用“武汉重大项目”吗？" in page
    assert "已经亮过的灯、发过的督办单不变" in page
    assert client.post(address, {"since": "2024-07-15", "why": ""}).status_code == 422
    assert client.post(address, {"since": "2024-07-01", "why": "与市里一致"}).status_code == 422
    assert client.post(address, {"since": "2024-07-15", "why": "与市里一致"}).status_code == 302
    place = july.cast.place.pk
    codes = [practice_of(place, day).light_code("cumulative") for day in (JULY, date(2024, 7, 15))]
    assert codes == ["yinchuan", "wuhan"]
    assert Entry.objects.filter(action="preset-adopted").count() == 1
    page = client.get("/rules/").content.decode()
    assert "2024年7月15日起用“武汉重大项目”" in page
    assert "与市里一致" in page


def test_nobody_but_the_clerk_adopts(july: Year) -> None:
    for role in ("head", "liaison", "leader"):
        said = {"since": "2024-07-15", "why": "与市里一致"}
        assert july.cast.client(role).post("/rules/lights/adopt/wuhan/", said).status_code == 403
    assert not Adoption.objects.exists()


def test_a_trial_asks_the_database_once_for_both_rules(july: Year) -> None:
    clerk = july.cast.viewer("clerk")
    with CaptureQueriesContext(connection) as captured:
        trial = try_rule(clerk, 2024, JULY, "", "wuhan", moment(7, 10))
    assert trial.before.all == trial.after.all > 1
    assert len(captured) <= 24
