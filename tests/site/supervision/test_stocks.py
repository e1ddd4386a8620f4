"""What stands already when the year begins, and what a year brings in: from the form to light and picture."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from dukao.progress.values import Light
from dukao.site.ledger.models import Breakdown, Task, TaskMeasure, TaskState
from dukao.site.people.tokens import issue_token
from dukao.site.refusals import Refused
from dukao.site.supervision.closing.reaching import reached_of
from dukao.site.supervision.filing.items import Item
from dukao.site.supervision.models import ActionPlan, FilingValue, PlanKind, PlanStage
from dukao.site.supervision.planning.actions import PlanLacks, save_plan, send_plan, what_is_missing
from dukao.site.supervision.planning.proposing import Number, says_less
from dukao.site.supervision.planning.telling import lines_of, rows_of
from dukao.site.supervision.planning.words import PlanWords
from dukao.site.supervision.seeing.judging import judge
from dukao.site.supervision.seeing.queries import see_task
from tests.site.conftest import Cast
from tests.site.ledger.pages import html, plain, read
from tests.site.supervision.conftest import PLANNED, Year, task_of
from tests.site.supervision.facts import accept, moment, reword
from tests.site.supervision.test_planning import address, fields

Clock = Callable[[datetime], None]
FIRMS = PlanWords(
    PlanKind.STOCK,
    visible="达到300家",
    target=300.0,
    base=280.0,
    unit_of_measure="家",
    curve="quarters-back",
    deadline=date(2024, 12, 31),
)
REVENUE = PlanWords(
    PlanKind.STATISTIC,
    visible="达到40亿元",
    target=4e9,
    unit_of_measure="元",
    curve="even",
    delay=20,
    deadline=date(2024, 12, 31),
)


@pytest.fixture
def own(cast: Cast, assigned: Breakdown, clock: Clock) -> Task:
    """A task of the cast's unit without a plan; its words are each test's own."""
    clock(PLANNED)
    return task_of(assigned, "三-1")


def put(year: Year, words: PlanWords) -> Task:
    """Let the plan in force of 三-1 be another."""
    task = year.task("三-1")
    said = {name: getattr(words, name) for name in ("kind", "target", "base", "curve", "delay", "deadline")}
    ActionPlan.objects.filter(task=task).update(**said, unit_of_measure=words.unit_of_measure)
    return task


# What the form asks.


def test_the_form_of_a_stock_asks_one_thing_more_and_proposes_it(
    cast: Cast, assigned: Breakdown, own: Task
) -> None:
    reword(own, "高新技术企业由280家增加到300家。")
    page = html(cast, "liaison", address(assigned))
    assert "按<b>存量指标</b>判" in page
    said = fields(page)
    assert (said["target"], said["base"], said["curve"]) == ("300", "280", "quarters-back")
    assert "任务里写的原来的数（280家），请核对。" in plain(page)
    assert "前缓后快10%282家40%288家70%294家70%294家70%294家100%300家" in plain(page)
    sent = {**said, "visible": "达到300家", "submit": "1"}
    assert cast.client("liaison").post(address(assigned), sent).status_code == 302
    assert ActionPlan.objects.get().base == 280
    told = read(cast, "clerk", address(assigned))
    assert "年底达到300家" in told
    assert "年初数280家" in told
    assert "2024年6月30日40%（288家）" in told


def test_a_stock_nobody_knows_the_start_of_may_be_sent_without_it(
    cast: Cast, assigned: Breakdown, own: Task
) -> None:
    reword(own, "高新技术企业达到300家。")
    page = html(cast, "liaison", address(assigned))
    assert fields(page)["base"] == ""
    assert "要是指今年新做的，请换成累计数量" in page
    sent = {**fields(page), "visible": "达到300家", "submit": "1"}
    assert cast.client("liaison").post(address(assigned), sent).status_code == 302
    assert "没有填，以今年第一次报的数起算" in read(cast, "clerk", address(assigned))


def test_what_was_taken_at_the_end_of_last_year_is_proposed(year: Year, clock: Clock) -> None:
    clock(PLANNED)
    last, now = year.task("三-2"), year.task("三-3")
    Task.objects.filter(pk=last.pk).update(year=2023)
    ActionPlan.objects.filter(task=last).update(kind=PlanKind.STOCK)
    for on, value in ((date(2023, 9, 30), 270), (date(2023, 12, 31), 280)):
        filing = accept(year, "三-2", "区水利局", on, value=(value, "家"))
        FilingValue.objects.filter(filing=filing).update(indicator="高新技术企业")
    reword(now, "高新技术企业达到300家。")
    page = html(year.cast, "liaison", f"/tasks/{now.pk}/plan/")
    assert fields(page)["base"] == "280"
    assert f"去年{last.number}截至12月31日的数，请核对。" in plain(page)
    # What last year counted from nothing (新增20家) is no stock that this year begins with.
    ActionPlan.objects.filter(task=last).update(kind=PlanKind.CUMULATIVE)
    assert fields(html(year.cast, "liaison", f"/tasks/{now.pk}/plan/"))["base"] == ""
    ActionPlan.objects.filter(task=last).update(kind=PlanKind.LEVEL)
    assert fields(html(year.cast, "liaison", f"/tasks/{now.pk}/plan/"))["base"] == "280"
    # Of two tasks that told a figure of that name nobody knows which is meant.
    Task.objects.filter(pk=year.task("二-3").pk).update(year=2023)
    ActionPlan.objects.filter(task=year.task("二-3")).update(kind=PlanKind.LEVEL)
    other = accept(year, "二-3", "区经信局", date(2023, 11, 30), value=(290, "家"))
    FilingValue.objects.filter(filing=other).update(indicator="高新技术企业")
    assert fields(html(year.cast, "liaison", f"/tasks/{now.pk}/plan/"))["base"] == ""


def test_the_form_of_an_amount_proposes_a_curve_and_that_of_a_rate_none(
    cast: Cast, assigned: Breakdown, own: Task
) -> None:
    reword(own, "一般公共预算收入达到40亿元。")
    page = html(cast, "liaison", address(assigned))
    assert "按<b>统计指标</b>判" in page
    assert fields(page)["curve"] == "even"
    assert "不拿一个季度的数和全年比" in page
    assert "自己逐点填写" not in page
    reword(own, "地区生产总值增长6%。")
    page = html(cast, "liaison", address(assigned))
    assert (fields(page)["curve"], fields(page)["target"]) == ("", "6")
    assert "每期都按目标判" in page


def test_a_plan_of_an_amount_says_how_it_is_judged(cast: Cast, assigned: Breakdown, own: Task) -> None:
    send_plan(own.pk, REVENUE, by=cast.viewer("liaison", PLANNED), at=PLANNED)
    told = read(cast, "clerk", address(assigned))
    assert "是全年的总量，每季按序时进度判" in told
    assert "2024年6月30日50%（20亿元）" in told


def test_a_stock_that_has_nowhere_to_go_is_not_sent(cast: Cast, own: Task) -> None:
    by = cast.viewer("liaison", PLANNED)
    with pytest.raises(PlanLacks) as refused:
        send_plan(own.pk, replace(FIRMS, base=300.0), by=by, at=PLANNED)
    assert "年初数和目标值一样" in refused.value.details[0]


@pytest.mark.parametrize(
    ("text", "words", "is_owed"),
    [
        ("存量隐患减少到40处。", {}, True),
        ("整治隐患，压降存量，企业达到300家。", {}, True),
        ("整治隐患。", {"visible": "只剩40处以内"}, True),
        ("存量隐患全部清零。", {"target": 0.0}, True),
        ("高新技术企业达到40家，企业成本下降。", {"visible": "达到40家"}, False),
        ("降水监测站达到40家。", {"visible": "达到40家"}, False),
    ],
)
def test_a_stock_that_is_to_fall_is_not_sent_without_its_start(
    cast: Cast, own: Task, text: str, words: dict[str, Any], is_owed: bool
) -> None:
    reword(own, text)
    TaskState.objects.at(None).filter(task=own).update(title="")
    by = cast.viewer("liaison", PLANNED)
    said = replace(FIRMS, **({"base": None, "target": 40.0, "visible": "见效"} | words))
    if not is_owed:
        assert send_plan(own.pk, said, by=by, at=PLANNED).stage == PlanStage.SUBMITTED
        return
    with pytest.raises(PlanLacks) as refused:
        send_plan(own.pk, said, by=by, at=PLANNED)
    assert refused.value.details == ("年初数还没有填：要减少、清零的从年初数起算，不填看不出减了多少",)


def test_how_its_number_compares_says_whether_a_stock_is_to_fall(cast: Cast, own: Task) -> None:
    reword(own, "存量隐患压减到40处。")
    measure = TaskMeasure.objects.at(None).get(task=own)
    by = cast.viewer("liaison", PLANNED)
    words = replace(FIRMS, base=None, target=40.0, measure_id=measure.pk)
    plan = save_plan(own.pk, words, by=by, at=PLANNED)
    for op, count in (("<=", 1), (">=", 0), ("=", 1)):
        TaskMeasure.objects.filter(pk=measure.pk).update(op=op)
        plan.refresh_from_db()
        assert len(what_is_missing(plan, rows_of(plan))) == count, op


def test_the_form_says_for_which_stock_the_start_must_be_filled_in(
    cast: Cast, assigned: Breakdown, own: Task
) -> None:
    reword(own, "高新技术企业达到300家。")
    assert "要减少、清零的必须填" in html(cast, "liaison", address(assigned))


@pytest.mark.parametrize(
    ("text", "is_known", "says"),
    [
        ("存量隐患减少到40处，新建企业40家。", True, True),
        ("新建企业达到40处，隐患减少。", True, False),
        ("企业成本降低。", True, False),
        ("隐患明显减少。", False, True),
        ("只剩40处以内。", True, True),
        ("减少到140处，企业达到40处。", False, False),
    ],
)
def test_only_the_words_beside_a_number_say_that_it_is_to_fall(text: str, is_known: bool, says: bool) -> None:
    number = Number(1, "隐患", "40处", 40.0, "处", "=", "level") if is_known else None
    assert says_less(text, number, 40.0) is says


@pytest.mark.parametrize("unit", ["%", "‰", "个百分点", "倍"])
def test_a_rate_with_a_curve_is_not_sent(cast: Cast, own: Task, unit: str) -> None:
    by = cast.viewer("liaison", PLANNED)
    words = replace(REVENUE, target=7.0, unit_of_measure=unit)
    with pytest.raises(PlanLacks) as refused:
        send_plan(own.pk, words, by=by, at=PLANNED)
    (line,) = refused.value.details
    assert f"用“{unit}”计量的是比率" in line
    assert "每期都按目标判" in line
    plan = send_plan(own.pk, replace(words, curve=""), by=by, at=PLANNED)
    assert plan.stage == PlanStage.SUBMITTED


def test_what_is_to_stay_under_its_target_is_told_as_it_is_judged(year: Year) -> None:
    task = put(year, REVENUE)
    measure = TaskMeasure.objects.at(None).filter(task=task).first()
    assert measure is not None
    ActionPlan.objects.filter(task=task).update(measure=measure)
    plan = ActionPlan.objects.get(task=task)
    told = {line.label: line.values for line in lines_of(plan)}
    assert "每季按序时进度判" in told["目标"][1]
    assert told["序时进度"]
    assert Item.counts_up.fget(SimpleNamespace(plan=plan))  # type: ignore[attr-defined]
    TaskMeasure.objects.filter(pk=measure.pk).update(op="<=")
    plan = ActionPlan.objects.get(task=task)
    told = {line.label: line.values for line in lines_of(plan)}
    assert told["目标"][0] == "全年不超过 40亿元"
    assert "每季公布的数都按目标判" in told["目标"][1]
    assert told["序时进度"] == ()
    assert not Item.counts_up.fget(SimpleNamespace(plan=plan))  # type: ignore[attr-defined]


def test_the_curves_of_what_is_to_come_to_nothing_say_their_amounts(
    cast: Cast, assigned: Breakdown, own: Task
) -> None:
    save_plan(own.pk, replace(FIRMS, target=0.0, base=120.0), by=cast.viewer("liaison", PLANNED), at=PLANNED)
    page = plain(html(cast, "liaison", address(assigned)))
    assert "前缓后快10%108家40%72家70%36家70%36家70%36家100%0家" in page


def test_the_start_of_a_stock_does_not_move_after_its_day(year: Year) -> None:
    task = put(year, replace(FIRMS, deadline=date(2024, 4, 30)))
    by, at = year.viewer_of("区住建局", at=moment(5, 6)), moment(5, 6)
    moved = replace(FIRMS, deadline=date(2024, 4, 30), base=290.0, change_why="口径调整")
    with pytest.raises(Refused) as refused:
        save_plan(task.pk, moved, by=by, at=at)
    assert refused.value.code == "change-late"


# Light, picture and close-out.


def test_a_stock_is_lit_and_drawn_from_where_it_stood(year: Year) -> None:
    task = put(year, FIRMS)
    accept(year, "三-1", "区住建局", date(2024, 6, 20), value=(286, "家"))
    judged = judge([task.pk], date(2024, 6, 30))[task.pk].progress
    assert judged.light is Light.YELLOW
    drawing = see_task(task, date(2024, 6, 30), moment(6, 30)).drawing
    assert drawing is not None
    curve = drawing.curve
    assert [one.value for one in curve.expected] == [282, 288, 294, 300]
    assert curve.source == (
        "应达数按推进方案，以年初280家起算，序时进度用“前缓后快”"
        "（建设类、创建类数量指标的常见安排：上半年打基础，三季度起集中完成）"
    )
    begin = float(drawing.due.split("H")[0].split()[1])
    assert drawing.bottom - begin < 30 < begin - drawing.target.y, "the way of the year fills the picture"


def test_a_stock_without_a_start_is_drawn_from_its_first_figure(year: Year) -> None:
    task = put(year, replace(FIRMS, base=None))
    assert see_task(task, date(2024, 6, 1), moment(6, 1)).drawing is not None
    accept(year, "三-1", "区住建局", date(2024, 6, 30), value=(280, "家"))
    drawing = see_task(task, date(2024, 9, 30), moment(9, 30)).drawing
    assert drawing is not None
    assert [one.value for one in drawing.curve.expected] == [280, 290, 300]
    assert "以6月30日首次报的280家起算" in drawing.curve.source


def test_an_amount_is_drawn_beside_what_is_due_by_each_quarter(year: Year) -> None:
    task = put(year, REVENUE)
    accept(year, "三-1", "区住建局", date(2024, 3, 31), value=(9e8, "元"))
    drawing = see_task(task, date(2024, 5, 1), moment(5, 1)).drawing
    assert drawing is not None
    assert [one.value for one in drawing.curve.expected] == [1e9, 2e9, 3e9, 4e9]
    (first, *_) = drawing.curve.rows
    assert (first.due, first.reached) == ("10亿元", "9亿元")
    assert "序时进度用“按月均衡”" in drawing.curve.source


def test_an_amount_that_came_in_may_be_closed_before_the_year_is_over_and_a_rate_may_not(year: Year) -> None:
    task = put(year, REVENUE)
    accept(year, "三-1", "区住建局", date(2024, 9, 30), value=(4.1e9, "元"))
    assert reached_of([task.pk])[task.pk].missing == ()
    ActionPlan.objects.filter(task=task).update(curve="")
    assert "才知道是否做到" in reached_of([task.pk])[task.pk].missing[0]


def test_a_stock_that_is_to_fall_is_reached_when_it_fell(year: Year) -> None:
    task = put(year, replace(FIRMS, base=120.0, target=40.0))
    accept(year, "三-1", "区住建局", date(2024, 9, 30), value=(50, "家"))
    assert reached_of([task.pk])[task.pk].missing == ("目标40家以内，最近采用的数值是50家",)
    accept(year, "三-1", "区住建局", date(2024, 10, 31), value=(38, "家"))
    assert reached_of([task.pk])[task.pk].missing == ()


def test_a_stock_whose_first_figure_lies_above_its_target_asks_for_its_start(year: Year) -> None:
    task = put(year, replace(FIRMS, base=None, target=40.0))
    accept(year, "三-1", "区住建局", date(2024, 3, 31), value=(120, "家"))
    judged = judge([task.pk], date(2024, 4, 1))[task.pk].progress
    assert judged.light is Light.UNKNOWN
    assert judged.reason == (
        "方案没有填年初数，3月31日首次报的120家高于目标40家，看不出是已经达到，还是要往下减："
        "请变更方案，补填年初数，暂不可判"
    )
    assert "请先变更方案，补填年初数" in reached_of([task.pk])[task.pk].missing[0]
    drawing = see_task(task, date(2024, 4, 1), moment(4, 1)).drawing
    assert drawing is not None
    assert drawing.curve.expected == ()
    assert drawing.curve.source == "目标按推进方案；没有填年初数，画不出应达数"
    # The change that fills it in lets it be judged.
    ActionPlan.objects.filter(task=task).update(base=130.0)
    assert judge([task.pk], date(2024, 4, 1))[task.pk].progress.light is Light.GREEN
    assert reached_of([task.pk])[task.pk].missing == ("目标40家以内，最近采用的数值是120家",)


def test_a_stock_to_grow_that_is_there_at_its_first_figure_stays_green(year: Year) -> None:
    task = put(year, replace(FIRMS, base=None, target=40.0))
    measure = TaskMeasure.objects.at(None).filter(task=task).first()
    assert measure is not None
    TaskMeasure.objects.filter(pk=measure.pk).update(op=">=")
    ActionPlan.objects.filter(task=task).update(measure=measure)
    accept(year, "三-1", "区住建局", date(2024, 3, 31), value=(42, "家"))
    assert judge([task.pk], date(2024, 4, 1))[task.pk].progress.light is Light.GREEN
    assert reached_of([task.pk])[task.pk].missing == ()
    drawing = see_task(task, date(2024, 4, 1), moment(4, 1)).drawing
    assert drawing is not None
    assert drawing.curve.target_words == "目标不低于40家"


def test_large_money_is_said_in_yi_where_it_was_filed_and_asked_for(year: Year, clock: Clock) -> None:
    put(year, REVENUE)
    accept(year, "三-1", "区住建局", date(2024, 2, 29), value=(2534700000, "元"))
    clock(moment(3, 20))
    page = plain(html(year.cast, "liaison", "/filings/"))
    assert "25.347亿元" in page
    assert "目标40亿元" in page
    assert "000000" not in page


def test_programs_are_given_the_start_of_a_stock(year: Year) -> None:
    task = put(year, FIRMS)
    _, secret = issue_token("测试", by=year.cast.viewer("clerk", PLANNED), at=PLANNED)
    answer = Client().get("/api/v1/plans?year=2024", headers={"Authorization": f"Bearer {secret}"}).json()
    bases = {one["task_id"]: (one["kind"], one["base"]) for one in answer["items"]}
    assert bases.pop(task.pk) == ("stock", 280)
    assert {base for _, base in bases.values()} == {None}
    said = Client().get("/api/v1/openapi.json").json()["components"]["schemas"]["Plan"]["properties"]
    kinds = {code for code in PlanKind.values if f"{code} " in said["kind"]["description"]}
    assert kinds == set(PlanKind.values)
    assert "全年的总量" in said["curve"]["description"]


# What is asked before there is a plan.


def figures_asked(year: Year, clock: Clock, text: str) -> list[str]:
    """What the form of the round asks of 三-1 without a plan, by the words before its field."""
    task = year.task("三-1")
    ActionPlan.objects.filter(task=task).update(until=PLANNED)
    reword(task, text)
    clock(moment(3, 20))
    page = html(year.cast, "liaison", "/filings/")
    item = page[page.index(text) :]
    item = item[: item.index("</li>")]
    return [label.strip() for label in re.findall(r'<label for="[^"]*-value">([^<]*)', item)]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("培训家政服务员200人，每人补助5000元。", ["家政服务员（人）"]),
        ("总投资5.6亿元，建设标准化厂房20万平方米。", ["标准化厂房（平方米）"]),
        ("高新技术企业由280家增加到300家。", ["高新技术企业（家）"]),
        ("对返乡创业人员每人补助5000元，每户不超过2万元。", []),
        ("对入库的技改项目给予贴息，最高300万元。", []),
    ],
)
def test_without_a_plan_only_what_can_be_the_years_figure_is_asked(
    year: Year, clock: Clock, text: str, asked: list[str]
) -> None:
    assert figures_asked(year, clock, text) == asked
