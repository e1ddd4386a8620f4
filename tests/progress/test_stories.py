"""Task stories worked out by hand: plan, facts, rule, day, and the light a careful clerk would set, and why.

The table was written before the code. Each line is one story on one day.
"""

from dataclasses import replace
from datetime import date

import pytest

from dukao.progress.curves import curve_presets, first_of, points_in
from dukao.progress.deadlines import finished_on
from dukao.progress.figures import say_exact, say_value
from dukao.progress.lights import judge_progress, light_rules
from dukao.progress.values import Cumulative, Fact, Level, Light, Milestone, Milestones, Plan, Statistic

YEAR = 2024
G, Y, R, B, U = Light.GREEN, Light.YELLOW, Light.RED, Light.BLOCKED, Light.UNKNOWN


def curve(code: str, target: float, unit: str) -> Cumulative:
    preset = curve_presets()[code]
    return Cumulative(target, unit, points_in(preset, YEAR), preset.is_step)


def fact(month: int, day: int, value: float, *, recorded: date | None = None, year: int = YEAR) -> Fact:
    at = date(year, month, day)
    return Fact(at, value, recorded or at)


STARTS = curve("start-zhejiang", 100, "个")
SCHOOLS = curve("quarters-back", 9, "所")
EVEN = curve("even", 12000, "人")
GDP = Statistic(6, "%", ">=", (date(2024, 3, 31), date(2024, 6, 30), date(2024, 9, 30)), 25)
JOBLESS = Level(5, "%", "<=")
HELD = Level(10, "个", ">=")
STEPS = Milestones(
    (
        Milestone("初步设计批复", date(2024, 4, 30), date(2024, 4, 28)),
        Milestone("开工", date(2024, 6, 30), date(2024, 7, 3)),
        Milestone("主体结顶", date(2024, 10, 31)),
    )
)
QUARTERS = (date(2024, 3, 31), date(2024, 6, 30), date(2024, 9, 30), date(2024, 12, 31))
BACK = curve("quarters-back", 1, "").points
REVENUE = Statistic(4e9, "元", ">=", QUARTERS, 20, curve("even", 1, "").points, False)
FIRMS = Cumulative(300, "家", BACK, True, 280)  # 280 in January, 300 by December
FORESTS = Cumulative(65, "%", BACK, True, 64)
HAZARDS = Cumulative(40, "处", BACK, True, 120)
PATENTS = Cumulative(2000, "件", BACK, True, None)
UNTOLD = replace(HAZARDS, base=None)
DONE = Milestones((Milestone("方案出台", date(2024, 5, 31), date(2024, 5, 31)),))

STORIES: list[tuple[str, Plan | None, list[Fact], str, date, Light, str]] = [
    ("before any point", STARTS, [], "yinchuan", date(2024, 3, 30), U, "首个节点在3月31日"),
    ("on the first point", STARTS, [fact(3, 31, 30)], "yinchuan", date(2024, 3, 31), G, "达到序时进度"),
    ("nothing reported", STARTS, [], "yinchuan", date(2024, 4, 1), U, "3月31日应达30%，还没有报过数"),
    ("nine points short", STARTS, [fact(6, 30, 51)], "yinchuan", date(2024, 7, 1), G, "差9个百分点"),
    ("ten points short", STARTS, [fact(6, 30, 50)], "yinchuan", date(2024, 7, 1), Y, "差10个百分点"),
    ("thirty points short", STARTS, [fact(9, 30, 55)], "yinchuan", date(2024, 9, 30), Y, "差30个百分点"),
    ("more than thirty", STARTS, [fact(9, 30, 54)], "yinchuan", date(2024, 9, 30), R, "差31个百分点"),
    ("a held figure put right", HELD, [fact(9, 30, 12, recorded=date(2024, 10, 9)), fact(9, 30, 8)], "wuhan",
     date(2024, 10, 10), G, "实际12个"),
    ("at the red ratio", HELD, [fact(9, 30, 6)], "wuhan", date(2024, 9, 30), Y, "目标不低于10个"),
    ("below the red ratio", HELD, [fact(9, 30, 5.9)], "wuhan", date(2024, 9, 30), R, "低4.1个"),
    ("holds until the next", STARTS, [fact(9, 30, 85)], "yinchuan", date(2024, 10, 30), G, "9月30日应达85%"),
    ("all due in October", STARTS, [fact(9, 30, 85)], "yinchuan", date(2024, 10, 31), Y, "10月31日应达100%"),
    ("eight tenths by ratio", STARTS, [fact(6, 30, 48)], "wuhan", date(2024, 6, 30), G, "为应达数的80%"),
    ("below eight tenths", STARTS, [fact(6, 30, 47)], "wuhan", date(2024, 6, 30), Y, "为应达数的78.3%"),
    ("six tenths by ratio", STARTS, [fact(6, 30, 36)], "wuhan", date(2024, 6, 30), Y, "为应达数的60%"),
    ("below six tenths", STARTS, [fact(6, 30, 35)], "wuhan", date(2024, 6, 30), R, "为应达数的58.3%"),
    ("any gap in Sanya", STARTS, [fact(6, 30, 59)], "sanya", date(2024, 6, 30), Y, "为应达数的98.3%"),
    ("half in Sanya", STARTS, [fact(6, 30, 30)], "sanya", date(2024, 6, 30), Y, "为应达数的50%"),
    ("below half in Sanya", STARTS, [fact(6, 30, 29)], "sanya", date(2024, 6, 30), R, "为应达数的48.3%"),
    ("schools in autumn", SCHOOLS, [fact(9, 25, 7)], "yinchuan", date(2024, 9, 30), G, "（7所）"),
    ("schools behind", SCHOOLS, [fact(9, 25, 5)], "yinchuan", date(2024, 9, 30), Y, "实际55.6%（5所）"),
    ("an even curve in mid-month", EVEN, [fact(7, 15, 6460)], "yinchuan", date(2024, 7, 15), G, "实际53.8%"),
    ("a late fact does not count", SCHOOLS, [fact(9, 25, 9, recorded=date(2024, 10, 8))], "yinchuan",
     date(2024, 9, 30), U, "还没有报过数"),
    ("a later fact does not count", SCHOOLS, [fact(6, 30, 4), fact(12, 1, 9)], "yinchuan",
     date(2024, 7, 1), G, "6月30日"),
    ("figures are not out", GDP, [], "yinchuan", date(2024, 4, 20), U, "统计数约4月25日公布"),
    ("figures are out, not filed", GDP, [], "yinchuan", date(2024, 4, 25), U, "3月31日的统计数还没有报"),
    ("growth as promised", GDP, [fact(3, 31, 6.2)], "yinchuan", date(2024, 5, 1), G, "实际6.2%"),
    ("a hair too low", GDP, [fact(3, 31, 5.98)], "yinchuan", date(2024, 5, 1), Y,
     "实际5.98%，低0.02个百分点"),
    ("growth too low", GDP, [fact(3, 31, 5.1)], "yinchuan", date(2024, 5, 1), Y, "低0.9个百分点"),
    ("under the ceiling", JOBLESS, [fact(6, 30, 4.8)], "yinchuan", date(2024, 7, 1), G, "不超过5%"),
    ("over the ceiling", JOBLESS, [fact(6, 30, 5.2)], "yinchuan", date(2024, 7, 1), Y, "超0.2个百分点"),
    ("next step is far", STEPS, [], "haikou-node", date(2024, 9, 1), G, "下一节点“主体结顶”10月31日到期"),
    ("on the due day", STEPS, [], "haikou-node", date(2024, 10, 31), G, "主体结顶"),
    ("a day late", STEPS, [], "haikou-node", date(2024, 11, 1), Y, "已逾期1天"),
    ("thirty days late", STEPS, [], "haikou-node", date(2024, 11, 30), Y, "已逾期30天"),
    ("thirty-one days late", STEPS, [], "haikou-node", date(2024, 12, 1), R, "已逾期31天"),
    ("not yet done in July", STEPS, [], "haikou-node", date(2024, 7, 2), Y, "“开工”应于6月30日完成"),
    ("three days left", STEPS, [], "xian-days", date(2024, 10, 28), Y, "还剩3天"),
    ("four days left", STEPS, [], "xian-days", date(2024, 10, 27), G, "主体结顶"),
    # A year's amount: a quarter of 40亿元 is 10亿元, and 9.9亿元 of it is no shortfall of 30亿元.
    ("a quarter of a year's amount", REVENUE, [fact(3, 31, 9.9e8)], "yinchuan", date(2024, 4, 20), G,
     "一季度应达25%（10亿元），实际24.8%（9.9亿元）"),
    ("a year's amount behind at mid-year", REVENUE, [fact(3, 31, 1e9), fact(6, 30, 1.6e9)], "yinchuan",
     date(2024, 7, 20), Y, "上半年应达50%（20亿元），实际40%（16亿元），差10个百分点"),
    ("a year's amount by ratio", REVENUE, [fact(6, 30, 1.19e9)], "wuhan", date(2024, 7, 20), R,
     "为应达数的59.5%"),
    ("a year's amount is the whole of it in January", REVENUE, [fact(12, 31, 3.5e9)], "yinchuan",
     date(2025, 1, 20), Y, "全年应达100%（40亿元），实际87.5%（35亿元），差12.5个百分点"),
    ("a year's amount not out yet", REVENUE, [fact(3, 31, 1e9)], "yinchuan", date(2024, 7, 20), U,
     "6月30日的统计数还没有报"),
    # A stock: of the 20 that are to be added 8 are due at mid-year, 288 in all.
    ("a stock stood high before", FIRMS, [fact(6, 20, 284)], "yinchuan", date(2024, 6, 30), Y,
     "以年初280家起算，6月30日应达288家（增量的40%），6月20日实际284家（20%），差20个百分点"),
    ("a stock by ratio", FIRMS, [fact(6, 20, 283)], "sanya", date(2024, 6, 30), R, "为应达数的37.5%"),
    ("a stock as it is to be", FIRMS, [fact(3, 20, 282)], "sanya", date(2024, 4, 1), G, "达到序时进度"),
    ("a stock that fell below what it was", FIRMS, [fact(9, 20, 278)], "yinchuan", date(2024, 9, 30), R,
     "（-10%），差80个百分点"),
    ("a stock at its aim early", FIRMS, [fact(2, 20, 300)], "yinchuan", date(2024, 2, 28), G,
     "达到目标300家"),
    ("a rate built up over years", FORESTS, [fact(6, 30, 64.4)], "yinchuan", date(2024, 7, 1), G,
     "应达64.4%（增量的40%）"),
    ("a stock that is to fall", HAZARDS, [fact(6, 20, 88)], "yinchuan", date(2024, 6, 30), G,
     "应达88处（减量的40%）"),
    ("a stock that fell enough", HAZARDS, [fact(6, 20, 40)], "yinchuan", date(2024, 6, 30), G,
     "达到目标40处"),
    ("a stock nobody knows the start of", PATENTS, [fact(6, 30, 1900)], "yinchuan", date(2024, 7, 31), U,
     "以6月30日首次报的1,900件起算，还没有报过以后的数"),
    # From 30 June 40% are behind it; 9月底 asks for half of what is left: 1,950.
    ("its first figure is its start", PATENTS, [fact(6, 30, 1900), fact(9, 20, 1940)], "yinchuan",
     date(2024, 9, 30), Y, "应达1,950件（增量的50%），9月20日实际1,940件（40%），差10个百分点"),
    ("a stock that may have to fall", UNTOLD, [fact(3, 31, 120)], "yinchuan", date(2024, 4, 1), U,
     "看不出是已经达到，还是要往下减：请变更方案，补填年初数"),
    ("a stock that is to fall from nobody knows where", replace(UNTOLD, aim="<="),
     [fact(3, 31, 120), fact(6, 30, 38)], "yinchuan", date(2024, 7, 1), U, "看不出减了多少"),
    ("a stock that is to come to nothing", replace(UNTOLD, target=0.0), [fact(3, 31, 12)], "yinchuan",
     date(2024, 4, 1), U, "看不出减了多少"),
    ("a stock that is to grow and is there", replace(UNTOLD, aim=">="), [fact(3, 31, 120)], "yinchuan",
     date(2024, 4, 1), G, "目标不低于40处，3月31日实际120处"),
    ("a stock at its target at first", UNTOLD, [fact(3, 31, 40)], "yinchuan", date(2024, 4, 1), G,
     "目标不低于40处"),
    ("a stock that was low at first and rose", replace(UNTOLD, aim="<="), [fact(3, 31, 30), fact(6, 30, 44)],
     "yinchuan", date(2024, 7, 1), Y, "目标不超过40处，6月30日实际44处，超4处"),
    ("a first figure put right", PATENTS,
     [fact(6, 30, 190, recorded=date(2024, 7, 1)), fact(6, 30, 1900, recorded=date(2024, 8, 1)),
      fact(9, 20, 1940)], "yinchuan", date(2024, 9, 30), Y, "应达1,950件（增量的50%）"),
    ("a stock nobody filed of", PATENTS, [], "yinchuan", date(2024, 7, 1), U, "还没有报过数"),
    ("a stock first filed after its day", PATENTS, [fact(12, 31, 1900), fact(1, 20, 1950, year=2025)],
     "yinchuan", date(2025, 1, 31), R, "差50个百分点"),
    ("all done", DONE, [], "haikou-node", date(2024, 6, 1), G, "全部1个节点已完成"),
    ("no plan", None, [], "yinchuan", date(2024, 6, 1), U, "还没有推进方案"),
]  # fmt: skip


def test_a_curve_is_drawn_to_a_day_in_the_year_and_no_further() -> None:
    preset = curve_presets()["quarters-back"]
    whole, early = points_in(preset, YEAR), points_in(preset, YEAR, date(2024, 6, 30))
    assert points_in(preset, YEAR, date(2025, 3, 31)) == whole
    assert early[-1].day == date(2024, 6, 30)
    assert [point.share for point in early] == [point.share for point in whole]


@pytest.mark.parametrize(("story", "plan", "facts", "rule", "day", "light", "says"), STORIES)
def test_the_light_of_a_story(
    story: str, plan: Plan | None, facts: list[Fact], rule: str, day: date, light: Light, says: str
) -> None:
    judged = judge_progress(plan, facts, light_rules()[rule], day)
    assert (judged.light, says in judged.reason) == (light, True), judged.reason


def test_what_is_blocked_stays_blocked_with_its_reason() -> None:
    judged = judge_progress(
        STARTS, [fact(9, 30, 10)], light_rules()["yinchuan"], date(2024, 9, 30), blocked="用地未批"
    )
    assert judged.light == B
    assert judged.reason == "受阻：用地未批"


def test_the_same_date_gives_the_same_answer_after_later_facts() -> None:
    rule, day = light_rules()["yinchuan"], date(2024, 9, 30)
    before = judge_progress(SCHOOLS, [fact(9, 25, 5)], rule, day)
    after = judge_progress(SCHOOLS, [fact(9, 25, 5), fact(12, 1, 9)], rule, day)
    assert before == after


def test_a_deadline_before_the_end_of_a_curve_draws_it_together() -> None:
    points = points_in(curve_presets()["quarters-back"], YEAR, date(2024, 6, 30))
    assert points[-1].day == date(2024, 6, 30)
    assert points[-1].share == 1.0
    assert [point.day for point in points] == sorted(point.day for point in points)


def test_a_stock_is_done_on_the_day_it_came_to_its_aim() -> None:
    facts = [fact(6, 20, 100), fact(9, 20, 40), fact(11, 20, 38)]
    assert finished_on(HAZARDS, facts, date(2024, 12, 1)) == date(2024, 9, 20)
    assert finished_on(HAZARDS, facts, date(2024, 9, 19)) is None
    assert finished_on(PATENTS, [fact(6, 30, 2000)], date(2024, 7, 1)) == date(2024, 6, 30)


def test_a_stock_without_a_start_is_not_done_at_a_first_figure_above_its_target() -> None:
    facts = [fact(3, 31, 120), fact(9, 20, 40)]
    assert finished_on(UNTOLD, facts, date(2024, 12, 1)) is None
    assert finished_on(replace(UNTOLD, aim=">="), facts[:1], date(2024, 4, 1)) == date(2024, 3, 31)


def test_the_start_is_each_leads_last_word_for_the_first_day_and_the_lower_of_two() -> None:
    told = [
        Fact(date(2024, 3, 31), 28, date(2024, 4, 1), "甲"),
        Fact(date(2024, 3, 31), 280, date(2024, 5, 1), "甲"),
        Fact(date(2024, 3, 31), 275, date(2024, 4, 1), "乙"),
        Fact(date(2024, 4, 30), 10, date(2024, 5, 1), "乙"),
    ]
    first = first_of(told)
    assert first is not None
    assert first.value == 275
    corrected = first_of(reversed(told[:2]))
    assert corrected is not None
    assert corrected.value == 280
    assert first_of(()) is None


def test_a_first_figure_that_is_told_later_changes_no_day_before() -> None:
    rule, day = light_rules()["yinchuan"], date(2024, 9, 30)
    told = [fact(6, 30, 1900), fact(9, 20, 1940)]
    before = judge_progress(PATENTS, told, rule, day)
    later = fact(3, 31, 1700, recorded=date(2024, 10, 8))
    assert judge_progress(PATENTS, [*told, later], rule, day) == before
    assert judge_progress(PATENTS, [*told, later], rule, date(2024, 10, 8)) != before


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (2.5e9, "元", "25亿元"),
        (2534712345, "元", "25.3471亿元"),
        (2e7, "元", "2000万元"),
        (63.88, "%", "63.88%"),
        (99999, "人", "99999人"),
        (2e5, "平方米", "20万平方米"),
        (18.0, "个", "18个"),
    ],
)
def test_a_filed_figure_is_said_short_and_exact(value: float, unit: str, said: str) -> None:
    assert say_exact(value, unit) == said


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (99999, "人", "99,999人"),
        (100000, "人", "10万人"),
        (-150000, "人", "-15万人"),
        (99999999, "元", "10,000万元"),
        (100000000, "元", "1亿元"),
    ],
)
def test_a_large_figure_is_said_in_ten_thousands_and_money_in_hundred_millions(
    value: float, unit: str, said: str
) -> None:
    assert say_value(value, unit) == said
