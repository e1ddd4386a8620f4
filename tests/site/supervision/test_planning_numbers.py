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
