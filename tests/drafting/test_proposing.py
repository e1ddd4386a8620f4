"""Whom a task likely falls to: by what offices do everywhere, and by what past breakdowns say."""

import pytest

from dukao.breakdown.compiler import compile_breakdown
from dukao.breakdown.values import Breakdown
from dukao.drafting.fields import load_offices, read_fields, vocabulary
from dukao.drafting.names import are_same, core_of, generic_name, kind_of, level_of
from dukao.drafting.proposing import THRESHOLDS, Proposer
from dukao.reading.files import read_file
from dukao.reading.values import Source
from dukao.report.compiler import compile_report
from dukao.sample import sample_path

PAST = """# 青岚县2024年政府工作报告责任分解

一、高遥县长牵头重点工作

序号\t重点工作\t责任单位
1\t新增跨境电商企业20家，外贸进出口增长8%。\t*县商务和投资促进局、县财政局
2\t引进亿元以上产业项目15个。\t*县商务和投资促进局、县发改局，各乡镇

二、白榆副县长牵头重点工作

序号\t重点工作\t责任单位
1\t推进云溪谷景区提升，建成游客中心。\t*云溪谷建设专班、县文旅局，云溪镇
2\t新增学位900个。\t县教育和体育局
"""


@pytest.fixture(scope="module")
def past() -> Breakdown:
    source = Source("去年.md", "0" * 64, "text/markdown", "utf-8", PAST)
    return compile_breakdown(source)


@pytest.fixture(scope="module")
def sample() -> Breakdown:
    report = compile_report(read_file(sample_path("report")))
    return compile_breakdown(read_file(sample_path("breakdown")), report)


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("新增外贸企业30家，跨境电商出口增长10%。", "县商务局"),
        ("新增养老床位200张。", "县民政局"),
        ("新改建农村公路40公里。", "县交通运输局"),
        ("建成高标准农田2万亩。", "县农业农村局"),
        ("常态化开展扫黑除恶斗争。", "县公安局"),
        ("建好青年发展型城市，办好青少年宫。", "团县委"),
        ("新增工业用地供地200亩。", "县自然资源和规划局"),
        ("改造低效工业用地150亩。", "县工信局"),
        ("创建美丽城镇2个，建成人才公寓300套。", "县住建局"),
        ("改扩建农村敬老院3所。", "县民政局"),
        ("实施农村饮水安全工程，改造老旧管线90公里。", "县水利局"),
        ("落实失业保险扩围政策。", "县人社局"),
        ("稳妥推进农村信用社改制。", "县金融办"),
        ("查处假冒伪劣日用品。", "县市场监管局"),
        ("争取国家物流枢纽布局。", "县发改局"),
        ("培育农产品加工产业集群2个。", "县农业农村局"),
        ("推进退耕还林6000亩。", "县林业局"),
        ("落实健康扶贫措施。", "县卫生健康局"),
        ("淘汰燃煤锅炉15台。", "县生态环境局"),
        ("建好两个数据中心机房。", "县大数据管理中心"),
        ("抓好农产品质量安全追溯。", "县农业农村局"),
        ("提升物业服务水平。", "县住建局"),
        ("查处违法建设25处。", "县城管局"),
        ("深化集体林权制度改革。", "县林业局"),
        ("新建职业技术学院实训楼。", "县教育局"),
        ("提高新农合补助标准。", "县医疗保障局"),
    ],
)
def test_offices_are_known_by_their_work_without_any_past(text: str, lead: str) -> None:
    proposal = Proposer([], "县").propose(text)
    assert [unit.name for unit in proposal.units if unit.role == "lead"] == [lead]
    assert f"是{lead}的本职" in proposal.units[0].reason


def test_without_past_no_leader_is_proposed_and_it_says_so() -> None:
    proposal = Proposer([], "县").propose("新增养老床位200张。")
    assert proposal.leaders == ()
    assert [(one.wanted, one.reason) for one in proposal.withheld] == [
        ("leader", "没有往年分解可以参照，未提牵头领导，请人工确定。")
    ]


def test_below_its_threshold_nothing_is_proposed_and_it_says_so() -> None:
    proposal = Proposer([], "县").propose("讲好青岚故事。")
    assert [unit for unit in proposal.units if unit.role == "lead"] == []
    assert "请人工确定" in next(one.reason for one in proposal.withheld if one.wanted == "lead")
    assert all(unit.confidence >= THRESHOLDS.responsible for unit in proposal.units)


def test_the_place_has_its_own_names(past: Breakdown) -> None:
    proposal = Proposer([past], "县").propose("新增学位500个，培育外贸企业9家。")
    assert {"县教育和体育局", "县商务和投资促进局"} >= {unit.name for unit in proposal.units[:1]}
    names = Proposer([past], "县").memory.names
    assert names.name("education") == "县教育和体育局"
    assert names.name("health") == "县卫生健康局"


def test_a_row_nearly_the_same_decides_also_against_the_vocabulary(past: Breakdown) -> None:
    proposal = Proposer([past], "县").propose("推进云溪谷景区提升，建成游客中心二期。")
    lead = proposal.units[0]
    assert (lead.name, lead.role) == ("云溪谷建设专班", "lead")
    assert lead.reason.startswith("2024年任务二-1（推进云溪谷景区提升，建成游客…）曾由云溪谷建设专班牵头")
    assert {"县文旅局", "云溪镇"} <= {unit.name for unit in proposal.units}


def test_the_leader_is_the_one_whose_unit_it_was(past: Breakdown) -> None:
    (leader,) = Proposer([past], "县").propose("新增学位500个，改造学校食堂6个。").leaders
    assert (leader.name, leader.title) == ("白榆", "副县长")
    assert leader.reason == "县教育和体育局往年牵头的1项里，1项由白榆牵头负责"


def test_the_governments_own_work_is_laid_on_everybody(sample: Breakdown) -> None:
    proposal = Proposer([sample], "区").propose("力戒形式主义。", is_own_work=True)
    assert [(unit.name, unit.role, unit.group) for unit in proposal.units] == [
        ("区政府直属各单位", "responsible", True),
        ("各街镇", "responsible", True),
    ]
    bare = Proposer([], "县").propose("力戒形式主义。", is_own_work=True)
    assert [unit.name for unit in bare.units] == ["县政府直属各单位", "各乡镇"]


@pytest.mark.parametrize(
    ("level", "below"), [("省", "各市（州）"), ("市", "各县（市、区）"), ("区", "各街镇")]
)
def test_the_governments_own_work_reaches_the_level_below(level: str, below: str) -> None:
    proposal = Proposer([], level).propose("严格落实中央八项规定精神。", is_own_work=True)
    assert [unit.name for unit in proposal.units] == [f"{level}政府直属各单位", below]


@pytest.mark.parametrize(
    ("text", "leads"),
    [
        ("推进行政复议体制改革，提高行政应诉水平。", ["县司法局"]),
        ("政务服务事项全部“一窗受理、集成服务”。", ["县政务服务中心"]),
        ("唱响主旋律，弘扬核心价值观，做到清正廉洁。", []),
        ("严格落实中央八项规定精神，驰而不息纠治四风。", []),
    ],
)
def test_in_the_governments_own_work_what_is_clearly_one_offices_is_its(text: str, leads: list[str]) -> None:
    units = Proposer([], "县").propose(text, is_own_work=True).units
    assert [unit.name for unit in units if unit.role == "lead"] == leads
    assert bool(leads) != any(unit.group for unit in units)


def test_a_place_that_lays_its_own_work_on_everybody_is_followed() -> None:
    rows = "1\t严格执行中央八项规定。\t县政府直属各单位，各乡镇\n"
    table = f"# 青岚县2024年政府工作报告责任分解\n\n序号\t重点工作\t责任单位\n{rows}"
    past = compile_breakdown(Source("去年.md", "0" * 64, "text/markdown", "utf-8", table))
    proposal = Proposer([past], "县").propose("推进行政复议体制改革。", is_own_work=True)
    assert [unit.name for unit in proposal.units] == ["县政府直属各单位", "各乡镇"]


def test_every_confidence_has_a_reason(sample: Breakdown) -> None:
    proposer = Proposer([sample], "区")
    for task in sample.tasks:
        proposal = proposer.propose(task.text)
        said = [(unit.confidence, unit.reason) for unit in proposal.units]
        said += [(leader.confidence, leader.reason) for leader in proposal.leaders]
        for confidence, reason in said:
            assert 0 < confidence <= 1
            assert reason


def test_a_word_inside_a_longer_one_of_another_office_says_nothing() -> None:
    assert "agriculture" not in read_fields("新改建农村公路。")
    assert "education" not in read_fields("巩固主题教育成果。")
    assert "education" in read_fields("巩固主题教育成果，办好义务教育。")
    assert "health" not in read_fields("促进民营经济健康发展。")
    assert "environment" not in read_fields("优化金融生态环境。")
    assert "party_staffing" not in read_fields("编制村庄规划。")


@pytest.mark.parametrize(
    ("said", "office"),
    [
        ("新建变电站2座，改造输变电线路30公里。", "development"),
        ("推进大规模设备更新。", "development"),
        ("推进农业面源污染防治。", "agriculture"),
        ("治理农村生活污水20处。", "environment"),
        ("推进事业单位分类改革。", "party_staffing"),
        ("落实所得税减免政策。", "tax"),
        ("扩大企业退休人员年金覆盖面。", "personnel"),
        ("疏通城区拥堵路口，整治交通秩序。", "traffic_police"),
        ("简化注册资本登记，推行多证合一。", "market"),
        ("培育首发经济，建设一刻钟便民生活圈。", "commerce"),
        ("推广门诊统筹和跨省结算。", "medical_insurance"),
        ("开展封山育林，提高森林覆盖率。", "forestry"),
        ("修缮古镇街巷，办好马拉松。", "culture"),
        ("人口自然增长率控制在5‰以内。", "health"),
        ("推进规改股和企业直接融资。", "financial_office"),
        ("开放城市书房20家。", "culture"),
        ("落实行政执法三项制度。", "justice"),
        ("建设乡村教师周转房60套。", "education"),
        ("修订重污染天气应急预案。", "environment"),
        ("开通惠企政策直通车，助企业纾困。", "industry"),
        ("压减国有企业层级。", "state_assets"),
        ("升级路口交通信号灯60处。", "traffic_police"),
    ],
)
def test_words_speak_for_the_office_whose_work_they_are(said: str, office: str) -> None:
    speaking = read_fields(said)
    assert max(speaking, key=lambda code: speaking[code].score) == office


def test_names_and_levels() -> None:
    assert kind_of("市自然资源和规划局临江分局") == "resources"
    assert are_same("区人社局", "区人力社保局")
    assert not are_same("望江街道", "石埠街道")
    assert core_of("望江街道") == "望江"
    assert core_of("区教育局") is None
    assert [level_of("临江区", None), level_of(None, "county"), level_of("江北省", None)] == [
        "区",
        "县",
        "省",
    ]
    assert generic_name("security", "区") == "区公安分局"
    assert generic_name("security", "县") == "县公安局"
    assert generic_name("youth", "市") == "团市委"
    assert generic_name("education", "省") == "省教育厅"
    assert generic_name("development", "自治区") == "自治区发展改革委"
    assert level_of("云岭自治区", "province") == "自治区"
    assert generic_name("military", "市") == "市军分区"
    assert generic_name("military", "省") == "省军区"


def test_a_city_as_high_as_a_county_has_a_countys_offices() -> None:
    level = level_of("云溪市", "county")
    assert generic_name("security", level) == "市公安局"
    assert generic_name("youth", level) == "团市委"
    proposer = Proposer([], level)
    assert proposer.propose("压减国有企业层级。").units[0].name == "市财政局"
    own = proposer.propose("力戒形式主义。", is_own_work=True)
    assert [unit.name for unit in own.units] == ["市政府直属各单位", "各乡镇（街道）"]
    assert level_of("云溪市", "city") == "市"


def test_state_assets_are_the_finance_offices_where_a_county_has_no_office_for_them() -> None:
    said = "压减国有企业层级，规范政府采购。"
    assert Proposer([], "市").propose("压减国有企业层级。").units[0].name == "市国资委"
    (lead, *_) = Proposer([], "县").propose(said).units
    assert (lead.name, lead.role) == ("县财政局", "lead")
    assert "国有企业" in lead.reason
    assert "政府采购" in lead.reason


def test_a_text_that_says_little_hears_its_head() -> None:
    proposer = Proposer([], "县")
    assert not proposer.propose("完成扩容工程二期。").units
    below = proposer.propose("完成扩容工程二期。", head="提升义务教育质量")
    lead = next(unit for unit in below.units if unit.role == "lead")
    assert lead.name == "县教育局"
    assert lead.confidence < 0.6
    assert "标题" in lead.reason
    enough = proposer.propose("新增养老床位200张，建成日间照料中心5个。", head="提升义务教育质量")
    assert [unit.name for unit in enough.units if unit.role == "lead"] == ["县民政局"]


def test_an_office_is_known_by_the_names_it_has_at_every_level() -> None:
    assert kind_of("省住房城乡建设厅") == kind_of("县住建局") == "housing"
    assert kind_of("市经济和信息化委") == kind_of("县工信局") == "industry"
    assert kind_of("县审批服务局") == "services"
    assert kind_of("县卫计委") == "health"


def test_every_general_name_is_known_again() -> None:
    for code, office in load_offices().items():
        assert kind_of(generic_name(code, "县")) == (office.in_county or code)
        assert kind_of(generic_name(code, "省")) is not None, office


def test_the_vocabulary_is_well_kept() -> None:
    offices = vocabulary("departments")
    assert len(load_offices()) == len(offices) >= 50
    for code, entry in offices.items():
        assert entry["names"], code
        assert set(entry) <= {
            "names",
            "core",
            "field",
            "in_district",
            "in_city",
            "in_province",
            "in_county",
        }, code
        for key in ("names", "core"):
            assert len(entry[key]) == len(set(entry[key])), (code, key)


def test_a_town_that_bears_the_name_of_its_county_is_named_only_in_full() -> None:
    rows = "1\t新建公厕12座。\t*县住建局、青岚镇\n"
    table = f"# 青岚县2024年政府工作报告责任分解\n\n序号\t重点工作\t责任单位\n{rows}"
    past = compile_breakdown(Source("去年.md", "0" * 64, "text/markdown", "utf-8", table))
    proposer = Proposer([past], "县", "青岚县")
    assert not any(one.reason.startswith("文中提到") for one in proposer.propose("讲好青岚故事。").candidates)
    (town, *_) = proposer.propose("青岚镇建成文化礼堂。").candidates
    assert town.name == "青岚镇"
    other = Proposer([past], "县", "望江县")
    assert other.propose("讲好青岚故事。").candidates[0].name == "青岚镇"


def test_how_sure_is_said_in_per_cent() -> None:
    (held,) = [one for one in Proposer([], "县").propose("讲好青岚故事。").withheld if one.wanted == "lead"]
    assert "0." not in held.reason
