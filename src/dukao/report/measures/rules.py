"""What reading measures knows, rule by rule, each with sentences that prove it.

A reading is the number as written and what the rule made of it: `50家 = 50家`, `>= 50家`, `increment: 50家`,
`高新技术企业: 50家`, `target 2024: 50家`; of an exclusion, the words that state nothing. A sentence of a rule
of time may begin with the part it stands in (`回顾｜`, `五年｜`, `展望｜`); else it is in the plan of 2024.
"""

from dukao.language.quantities import find_quantities
from dukao.language.rules import Rule
from dukao.report.measures.exclusions import RULES as EXCLUSIONS
from dukao.report.measures.exclusions import exclusion
from dukao.report.measures.reader import Figure, read_figures
from dukao.report.values import Part, Passage

NUMBERS: tuple[Rule, ...] = (
    Rule(
        "M01",
        "阿拉伯数字加单位",
        "数字可以是全角，可以带千分号，数与单位之间可以有空格；万、亿并入数值，单位取基本单位。",
        (
            ("新增高新技术企业50家。", "50家 = 50家"),
            ("完成投资１２３．５亿元。", "１２３．５亿元 = 12350000000元"),
            ("绿化1,250亩。", "1,250亩 = 1250亩"),
            ("改造管网 1 8 7 个小区。", "1 8 7 个 = 187个"),
            ("人均公园绿地16.2平米。", "16.2平米 = 16.2平方米"),
        ),
        ("新增高新技术企业五十家。", "各项事业取得新进展。"),
    ),
    Rule(
        "M02",
        "中文数字加单位",
        "中文数字须跟着量词才是数量；两位以上、或在“新建”“完成”等动词之后才算指标。",
        (
            ("培育龙头企业五十家。", "五十家 = 50家"),
            ("投放公交车一百二十辆。", "一百二十辆 = 120辆"),
            ("新建水厂三座。", "三座 = 3座"),
        ),
        ("推进一体化发展。", "抓好三项重点任务。"),
    ),
    Rule(
        "M03",
        "分数",
        "“百分之”写作%，“几分之几”折算成百分数。",
        (
            ("工业总产值增长百分之十三点四。", "百分之十三点四 = 13.4%"),
            ("精简审批环节四分之三。", "四分之三 = 75%"),
        ),
        ("工业总产值增长13.4%。",),
    ),
    Rule(
        "M04",
        "成数",
        "一成是10%。",
        (("线上办理率达到九成以上。", "九成 = 90%"),),
        ("创成省级示范区。",),
    ),
    Rule(
        "M05",
        "一半",
        "一半是50%。",
        (("材料精简一半以上。", "一半 = 50%"),),
        ("一年半后完工。",),
    ),
    Rule(
        "M06",
        "几位数",
        "“两位数增长”是10%及以上。",
        (("农民收入保持两位数增长。", "两位数 = 10%"),),
        ("农民收入增长10%。",),
    ),
    Rule(
        "M07",
        "只写量级的数",
        "“超千亿元”“突破百万人次”是数；“百亿元产业”只形容规模。",
        (("工业产值突破千亿元。", "千亿元 = 100000000000元"),),
        ("培育百亿元产业集群。",),
    ),
    Rule(
        "M08",
        "区间",
        "连接号或“至”连着的两个数是区间，取下限和上限。",
        (("地区生产总值增长7.5-8%。", "7.5-8% = 7.5~8%"), ("引进企业3至5家。", "3至5家 = 3~5家")),
        ("增长率由7.5%提高到8%。",),
    ),
    Rule(
        "M09",
        "没有单位的数",
        "比值、系数没有单位；列举中省去量词的数，后面跟着“以上”“以内”时也算。",
        (("城乡居民收入比缩小到1.82。", "1.82 = 1.82"), ("新增专精特新企业50以上。", "50 = 50")),
        ("推进152工程。",),
    ),
)

COMPARISONS: tuple[Rule, ...] = (
    Rule(
        "O01",
        "不低于",
        "以上、不低于、不少于、至少都含本数（《民法典》第一千二百五十九条）。",
        (("新增学位800个以上。", ">= 800个"), ("研发投入强度不低于3%。", ">= 3%")),
        ("新增学位800个。",),
    ),
    Rule(
        "O02",
        "超过",
        "超、突破、多、余不含本数。",
        (("进出口总额突破30亿元。", "> 30亿元"), ("服务企业600多家。", "> 600多家")),
        ("进出口总额达到30亿元。",),
    ),
    Rule(
        "O03",
        "不超过",
        "以内、以下、不超过、控制在…以内都含本数。",
        (("城镇登记失业率控制在3%以内。", "<= 3%"), ("审批时间不超过5个工作日。", "<= 5个工作日")),
        ("城镇登记失业率为3%。",),
    ),
    Rule(
        "O04",
        "低于",
        "低于、少于不含本数。",
        (("不良贷款率低于1%。", "< 1%"),),
        ("不良贷款率不低于1%。",),
    ),
    Rule(
        "O05",
        "约数",
        "约、近、接近、左右说的是大概。",
        (("财政收入增长6%左右。", "约 6%"), ("工业产值接近900亿元。", "约 900亿元")),
        ("完成签约900户。", "财政收入增长6%。"),
    ),
)

KINDS: tuple[Rule, ...] = (
    Rule(
        "K01",
        "总量",
        "达到、持有、建成、完成的数和一笔一笔的钱。",
        (("建成厂房20栋。", "level: 20栋"),),
        ("新增厂房20栋。", "厂房租金增长20%。"),
    ),
    Rule(
        "K02",
        "增幅",
        "增长、提高后面的百分数。",
        (("固定资产投资增长9%。", "growth: 9%"),),
        ("覆盖率提高到90%。", "固定资产投资90亿元。"),
    ),
    Rule(
        "K03",
        "减量",
        "下降、压减、减负。",
        (("一般性支出压减8%。", "decrease: 8%"), ("为企业减负5亿元。", "decrease: 5亿元")),
        ("一般性支出5亿元。",),
    ),
    Rule(
        "K04",
        "增量",
        "新增、净增、新建，或“增加”后面的数。",
        (("净增市场主体1200户。", "increment: 1200户"),),
        ("市场主体达到1200户。",),
    ),
    Rule(
        "K05",
        "比率",
        "比重、率、倍数，以及降至、提高到的百分数。",
        (("森林覆盖率提高到41%。", "ratio: 41%"), ("产值是上年的1.6倍。", "ratio: 1.6倍")),
        ("产值增长41%。",),
    ),
    Rule(
        "K06",
        "人均和单位量",
        "按人、按户、按月、按亩计的数。",
        (("农村居民人均可支配收入达到3.2万元。", "per: 3.2万元"),),
        ("农村居民人均可支配收入增长8%。",),
    ),
    Rule(
        "K07",
        "名次",
        "前几名、上升几个位次。",
        (("综合排名上升5个位次。", "rank: 5个位次"), ("综合实力排名全省前10名。", "rank: 10名")),
        ("引进人才10名。",),
    ),
)

INDICATORS: tuple[Rule, ...] = (
    Rule(
        "I01",
        "指标在数前",
        "数前面的名词是指标，动词、状语和比较词除外。",
        (("力争新增口袋公园12个。", "口袋公园: 12个"),),
        ("新增12个口袋公园。",),
    ),
    Rule(
        "I02",
        "指标在数后",
        "数前面只有动词时，量词后面的名词是指标；并列项共用末尾的事项。",
        (("改造12个老旧小区。", "老旧小区: 12个"), ("完成5条道路和3座桥梁改造。", "道路改造: 5条")),
        ("老旧小区改造12个。",),
    ),
    Rule(
        "I03",
        "指标承前",
        "没有名词的数承接前面的指标。",
        (("开工安置房10幢、竣工6幢。", "安置房: 6幢"), ("财政收入30亿元，增长5%。", "财政收入: 5%")),
        ("财政收入增长5%。",),
    ),
    Rule(
        "I04",
        "分别",
        "“分别”把几个数依次分给几个指标。",
        (("出口、进口分别增长6%和4%。", "进口: 4%"),),
        ("出口增长6%。",),
    ),
    Rule(
        "I05",
        "城乡并提",
        "“城乡居民…”后面两个数，前城后乡。",
        (("城乡居民人均可支配收入6万元、3万元。", "乡居民人均可支配收入: 3万元"),),
        ("农村居民人均可支配收入3万元。",),
    ),
    Rule(
        "I06",
        "一数多指",
        "“均”“各”和并列的完整指标，一个数说几件事。",
        (("参保率和入学率均达到99%。", "入学率: 99%"), ("事故起数和死亡人数下降10%。", "死亡人数: 10%")),
        ("教育和卫生投入增长10%。",),
    ),
    Rule(
        "I07",
        "动词自带对象",
        "造林、减负、认购这类动词本身就是指标。",
        (("植树造林3000亩。", "植树造林: 3000亩"),),
        ("新增造林面积3000亩。",),
    ),
)

TIMES: tuple[Rule, ...] = (
    Rule(
        "Y01",
        "计划部分是当年目标",
        "今年计划、政府自身建设部分的数是报告当年的目标。",
        (("新增学位800个。", "target 2024: 800个"),),
        ("回顾｜新增学位800个。",),
    ),
    Rule(
        "Y02",
        "回顾部分是上年结果",
        "上年回顾里的数是上一年的结果。",
        (("回顾｜新增学位800个。", "result 2023: 800个"),),
        ("新增学位800个。",),
    ),
    Rule(
        "Y03",
        "五年的数",
        "五年回顾、五年展望的数落在期末；累计的数另记起止年。",
        (
            ("五年｜累计新增学位800个。", "result 2023: 800个"),
            ("展望｜地区生产总值突破千亿元。", "target 2028: 千亿元"),
        ),
        ("新增学位800个。",),
    ),
    Rule(
        "Y04",
        "句中写明的年份",
        "“到某年”“某年底”管到句末；“比某年”“是某年的”是基数，不算。",
        (("到2027年学位达到6000个。", "target 2027: 6000个"), ("去年新增学位700个。", "result 2023: 700个")),
        ("学位比2020年增长8%。",),
    ),
    Rule(
        "Y05",
        "从…到…的起点",
        "“从”“由”后面的数是起点年的实数。",
        (("覆盖率由70%提高到75%。", "result 2023: 70%"),),
        ("覆盖率提高到75%。",),
    ),
)

RULES: tuple[Rule, ...] = (*NUMBERS, *COMPARISONS, *KINDS, *INDICATORS, *TIMES, *EXCLUSIONS)

_PARTS: dict[str, Part] = {"回顾": "review", "五年": "five_year_review", "展望": "long_term"}


def fired_measures(sentence: str, year: int = 2024) -> dict[str, list[str]]:
    """The rules that take part in reading a sentence, each with its readings."""
    mark, bar, rest = sentence.partition("｜")
    part: Part = _PARTS[mark] if bar else "plan"
    text = rest if bar else sentence
    fired: dict[str, list[str]] = {}
    for figure in read_figures(text, [Passage(0, len(text), -1, part)], year):
        for code in figure.rules:
            fired.setdefault(code, []).append(_reading(code, figure))
    for quantity in find_quantities(text, 0, len(text), dates=True):
        excluded = exclusion(text, quantity, 0)
        if excluded is not None:
            fired.setdefault(excluded, []).append(text[quantity.start : quantity.end])
    return fired


def _reading(code: str, figure: Figure) -> str:
    top = f"~{figure.value_max}" if figure.value_max is not None else ""
    return {
        "M": f"{figure.surface} = {figure.value}{top}{figure.unit or ''}",
        "O": f"{'约' if code == 'O05' else figure.op} {figure.surface}",
        "K": f"{figure.kind}: {figure.surface}",
        "I": f"{figure.indicator}: {figure.surface}",
        "Y": f"{figure.role} {figure.year}: {figure.surface}",
    }[code[0]]
