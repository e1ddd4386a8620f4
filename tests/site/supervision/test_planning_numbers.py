"""Which number of a task a plan is proposed for: what the year is to reach, or none; sentences of counties.

Each is read as a row of a breakdown is; the target is what a careful clerk reads in it.
"""

from itertools import count

import pytest

from dukao.papers.figures import name_measure
from dukao.report.compiler import read_plan_measures
from dukao.site.supervision.models import PlanKind
from dukao.site.supervision.planning.proposing import Number, Proposal, for_kind, propose_kind

C, S, L, M, K, T = (
    PlanKind.CUMULATIVE,
    PlanKind.STATISTIC,
    PlanKind.LEVEL,
    PlanKind.MILESTONES,
    PlanKind.CEILING,
    PlanKind.STOCK,
)
CASES = (
    # Standards, grants and prices are no targets.
    ("培训家政服务员200人，每人补助5000元。", C, 200, "人"),
    ("改造农村危房120户，户均补助2.5万元。", C, 120, "户"),
    ("每新认定一家瞪羚企业奖励10万元，全年认定瞪羚企业6家。", C, 6, "家"),
    ("建成农村公路80公里，每公里投资60万元。", C, 80, "公里"),
    ("残疾人家庭无障碍改造90户，每户补助不超过3500元。", C, 90, "户"),
    ("发放创业担保贷款2000万元，单笔最高20万元。", C, 2e7, "元"),
    ("新建村卫生室12个，每个不少于60平方米。", C, 12, "个"),
    ("对返乡创业人员每人补助5000元。", M, None, ""),
    # What a project costs is not what the year is to see.
    ("总投资5.6亿元，建设标准化厂房20万平方米。", C, 2e5, "平方米"),
    ("投资3200万元，新建幼儿园2所，新增学位540个。", C, 2, "所"),
    ("安排资金1500万元，支持30家企业实施技术改造。", C, 30, "家"),
    ("总投资12亿元的装备产业园开工建设，年度投资3亿元以上。", C, 3e8, "元"),
    ("实施重点项目68个，完成年度投资120亿元。", C, 1.2e10, "元"),
    ("滚动推进重大项目，安排重点项目46个、年度投资80亿元，其中新开工12个。", C, 8e9, "元"),
    ("对入库的技改项目给予贴息，最高300万元。", M, None, ""),
    ("总投资9亿元的冷链物流园开工建设。", M, None, ""),
    # A rate that goes with a count is a condition of it.
    ("城区新增停车位1500个，完成率不低于95%。", C, 1500, "个"),
    ("引进亿元以上项目20个，项目落地率达到60%。", C, 20, "个"),
    ("造林2万亩，成活率达到90%以上。", C, 20000, "亩"),
    ("城镇新增就业3000人，登记失业率控制在4%以内。", C, 3000, "人"),
    ("医保参保率稳定在95%以上，新建社区医院5家。", L, 95, "%"),
    # Rates of beginning: the last one, all of it, or none where only mid-year is told.
    ("新开工项目50个，一季度开工率30%、二季度60%、三季度100%。", C, 50, "个"),
    ("项目开工率一季度30%、二季度60%、年底100%。", C, 100, "%"),
    ("新建项目开工率一季度达到30%、二季度达到60%，10月底前全部开工。", C, 100, "%"),
    ("省市重点项目一季度开工率达到30%。", M, None, ""),
    ("建设保障性租赁住房600套，一季度开工30%，二季度开工60%。", C, 600, "套"),
    # Of an amount and its growth the growth: a quarter's amount is not held against a year's.
    ("规上工业增加值同比增长5%以上，达到120亿元。", S, 5, "%"),
    ("地区生产总值突破500亿元，增长6.5%左右。", S, 6.5, "%"),
    ("完成固定资产投资85亿元，同比增长10%以上。", S, 10, "%"),
    ("城镇居民人均可支配收入达到4.2万元，增长6%。", S, 6, "%"),
    # What it was before, who profits, what is to become small.
    ("农村自来水普及率由88%提高到92%。", T, 92, "%"),
    ("惠及群众2万人，改造农贸市场5个。", C, 5, "个"),
    ("企业开办时间压缩至1个工作日。", K, 1, "个工作日"),
    ("PM2.5平均浓度降至35微克/立方米。", K, 35, "微克/立方米"),
    # What a year brings in is published as what it is so far; what stands already begins where it stood.
    ("一般公共预算收入达到40亿元。", S, 4e9, "元"),
    ("引进外资2亿美元。", S, 2e8, "美元"),
    ("一般公共预算收入保持在40亿元以上。", S, 4e9, "元"),
    ("全社会研发经费占GDP比重达到3%。", S, 3, "%"),
    ("粮食产量稳定在20万吨以上。", C, 200000, "吨"),
    ("高新技术企业达到300家。", T, 300, "家"),
    ("高新技术企业由280家增加到300家。", T, 300, "家"),
    ("高新技术企业总数在280家的基础上增加到300家。", T, 300, "家"),
    ("新增高新技术企业50家，总数达到300家。", C, 50, "家"),
    ("培育高新技术企业达到50家。", C, 50, "家"),
    ("新开工项目达到50个。", C, 50, "个"),
    ("公交站点总数达到1200个。", T, 1200, "个"),
    ("累计建成5G基站2000个。", T, 2000, "个"),
    ("全年累计新增就业10000人。", C, 10000, "人"),
    ("盘活存量建设用地800亩。", C, 800, "亩"),
    ("森林覆盖率达到65%。", T, 65, "%"),
    ("空气质量优良天数比率达到95%。", S, 95, "%"),
    ("每千人口医疗床位数达到4.5张。", T, 4.5, "张"),
    ("存量隐患由120处压减到40处。", T, 40, "处"),
    ("存量隐患由120处压减到40处以内。", T, 40, "处"),
    ("全年安全事故由120起下降到40起以内。", K, 40, "起"),
    ("每年新增高新技术企业由10家增加到20家。", C, 20, "家"),
    # One number inside another's digits is still itself.
    ("引进企业13家，其中上市公司3家。", C, 13, "家"),
)


def numbers_in(text: str) -> list[Number]:
    return [
        Number(at, name_measure(one), one.surface, one.value, one.unit or "", one.op, one.kind)
        for at, one in enumerate(read_plan_measures(text, 0, len(text), 2024, count(1)))
    ]


def propose(text: str) -> Proposal:
    return propose_kind(text, numbers_in(text))


@pytest.mark.parametrize(("text", "kind", "target", "unit"), CASES, ids=[case[0] for case in CASES])
def test_the_target_is_what_the_year_is_to_reach(
    text: str, kind: PlanKind, target: float | None, unit: str
) -> None:
    said = propose(text)
    assert (said.kind, said.target, said.unit) == (kind, target, unit)
    assert said.why


def test_where_none_was_proposed_none_is_filled_in_for_another_kind() -> None:
    said = propose("对返乡创业人员每人补助5000元。")
    assert "不像全年要达到的数" in said.why
    other = for_kind(PlanKind.CUMULATIVE, said)
    assert (other.kind, other.target, other.number) == (PlanKind.CUMULATIVE, None, None)


@pytest.mark.parametrize(
    ("text", "base", "curve"),
    [
        ("高新技术企业由280家增加到300家。", 280, "quarters-back"),
        ("高新技术企业总数在280家的基础上增加到300家。", 280, "quarters-back"),
        ("农村自来水普及率由88%提高到92%。", 88, "quarters-back"),
        ("存量隐患由120处压减到40处。", 120, "quarters-back"),
        ("高新技术企业达到300家。", None, "quarters-back"),
        ("一般公共预算收入达到40亿元。", None, "even"),
        ("完成固定资产投资85亿元。", None, "invest-sanya"),
        ("一般公共预算收入达到40亿元，增长6%。", None, ""),
        ("地区生产总值增长6%。", None, ""),
        ("全社会研发经费占GDP比重达到3%。", None, ""),
    ],
)
def test_a_stock_begins_where_the_sentence_says_and_only_an_amount_has_a_curve(
    text: str, base: float | None, curve: str
) -> None:
    said = propose(text)
    assert (said.base, said.curve) == (base, curve)
    assert bool(said.base_why) == (base is not None)


@pytest.mark.parametrize(
    ("text", "curve"),
    [("旅游收入达到50亿元。", "even"), ("森林覆盖率达到65%。", ""), ("改造农村危房120户。", "even")],
)
def test_as_a_statistic_an_amount_goes_by_a_curve_and_a_rate_by_its_target(text: str, curve: str) -> None:
    assert for_kind(PlanKind.STATISTIC, propose(text)).curve == curve


def test_what_a_sentence_says_it_was_is_kept_where_another_kind_is_chosen() -> None:
    said = propose("高新技术企业由280家增加到300家。")
    assert for_kind(PlanKind.STOCK, for_kind(PlanKind.CUMULATIVE, said)).base == 280


def test_a_number_is_found_in_its_clause_whatever_spaces_stand_in_it() -> None:
    assets = Number(1, "国企资产总额", "800亿元", 8e10, "元", ">", "level")
    said = propose_kind("国企资产总额突破 800 亿元，资产负债率控制在 62%以内。", [assets])
    assert (said.kind, said.target) == (PlanKind.STOCK, 8e10)
