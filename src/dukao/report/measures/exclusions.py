"""Numbers that state nothing: years, ordinals, names, codes, thresholds, durations.

Each rule is a pattern tried at the number's first character; what stands before it is seen by look-behind.
The patterns are joined into one expression, and the name of the group that matched is the rule's code.
"""

import re
from functools import cache
from typing import Final

from dukao.language.quantities import ARABIC, BARE, CHINESE, MAGNITUDE, Quantity
from dukao.language.rules import Rule
from dukao.language.units import Unit

_NUMBER: Final = r"[\d.,．]++"
_NUMERAL: Final = r"[〇零一二三四五六七八九十百千万亿两]"
_NUMERALS: Final = frozenset(_NUMERAL)
_NOUN: Final = r"[一-龥“]"
_BOUND: Final = "美?元|人|户|床|层|张|亩|平方米|公里|吨|千瓦|千伏安?|兆瓦|米|蒸吨|瓦|立方米|公斤|%"
_SIZED: Final = (
    "大?项目|开发区|产业集群|集群|集团|产业链|产业园|产业|企业|楼宇|码头|大县|强镇|强村|基地|园区|品牌|市场|机组"
)  # fmt: skip

RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "N01",
        "年份",
        "四位数后跟“年”或用连接号相连的是年份，不是指标。",
        (("2023年新增口袋公园6个。", "2023年"),),
        ("新增口袋公园2023个",),
        r"(?:1[89]|20)\d\d\s?[-—－–~～至]{0,2}\s?(?:(?:1[89]|20)?\d\d)?\s?(?:年|级|版|届)",
    ),
    Rule(
        "N02",
        "日期和时段",
        "月、日、季度、年度和以年计的时长说的是时间，不是完成多少。",
        (("3月15日前新增口袋公园6个。", "15日"), ("实施5年行动计划。", "5年"),),
        ("新增口袋公园3个",),
        rf"(?:{_NUMBER}|{_NUMERAL}+)[多余几]?\s?(?:年|月(?!亮)|日|周年|周(?!边|岁)|世纪|季度|年度|旬|刻钟)",
    ),
    Rule(
        "N03",
        "序数",
        "“第”后的数是次序，不是数量。",
        (("建成第3座水厂，新增管网6公里。", "3座"),),
        ("新建水厂3座",),
        r"(?<=第)|(?<=第\s)|(?<=首)(?=[\d一])",
    ),
    Rule(
        "N04",
        "字母数字代号",
        "紧挨拉丁字母、加号、连字符或斜杠的数是代号、型号或等级。",
        (("开通S2线，新增公交车30辆。", "2"),),
        ("新增公交车30辆",),
        rf"(?<=[A-Za-zＡ-Ｚ+＋×/])|{_NUMBER}(?:[A-Za-zＡ-Ｚ+＋×](?!EM)|\s?号)|(?<=[A-Za-z]-)|(?<=[A-Za-z]\.)",
    ),
    Rule(
        "N05",
        "道路和线路编号",
        "国道、省道、县道、高速和线路前的数是编号。",
        (("改建310国道，打通断头路4条。", "310"),),
        ("改建国道310公里",),
        rf"{_NUMBER}\s?(?:国道|省道|县道|乡道|高速|号线|路公交|线(?![一-龥]*[条公]))",
    ),
    Rule(
        "N06",
        "榜单名称",
        "“500强”“百强”是榜单的名字。",
        (("引进世界500强企业3家。", "500"),),
        ("引进企业500家",),
        rf"(?:{_NUMBER}|{_NUMERAL}+)\s?强",
    ),
    Rule(
        "N07",
        "版本、期次和等级",
        "期、版、级、代、批、轮之前的数是编号。",
        (("推进3期工程，建成厂房5栋。", "3"),),
        ("建成厂房5栋",),
        rf"(?:{_NUMBER}|{_NUMERAL}+)\s?(?:期(?![间末])|版|级|代(?!表)|轮|孩|胎|维|区块|类(?!别)|号|档|环|标段)",
    ),
    Rule(
        "N08",
        "圈层名称",
        "“15分钟生活圈”里的时间是名称的一部分。",
        (("打造10分钟健身圈，新增步道8公里。", "10分钟"),),
        ("审批时间压缩至10分钟",),
        rf"(?:{_NUMBER}|{_NUMERAL}+)\s?(?:分钟|小时|公里|刻钟)[一-龥]{{0,8}}[圈带]",
    ),
    Rule(
        "N09",
        "年龄",
        "岁数加以上、以下说的是人群，不是指标。",
        (("为70岁以上老人体检2万人次。", "70岁"),),
        ("人均预期寿命达到81岁",),
        rf"(?:{_NUMBER}|{_NUMERAL}+)\s?[-—~～至到]?\d*\s?周?岁(?:及?以[上下]|的|老|儿|人|妇|婴|幼|组|到|至|[一-龥]{{1,3}}(?:儿童|老人|人群|妇女|人口|群众))",
    ),
    Rule(
        "N10",
        "比值和时刻",
        "带冒号的时刻、带书名号的文号不是数量。",
        (("8:30开工，完成管网6公里。", "8"),),
        ("完成管网8公里",),
        r"(?<=〔)|(?<=\[)\d{4}\]|\d{1,2}[:：]\d\d|(?<=\d[:：])|\d+\s?个\s?(?:1[89]|20)\d\d|\d{3,4}[-—]\d{7,8}|1[3-9]\d{9}",
    ),
    Rule(
        "N11",
        "门槛",
        "“亿元以上项目”“50床以上医院”里的数限定名词，真正的数量在后面。",
        (
            ("引进5亿元以上项目4个。", "5亿元"),
            ("20户以上自然村通硬化路60公里。", "20户"),
            ("落地亿元以上项目15个、10亿元2个。", "10亿元"),
        ),
        ("新增共富工坊20家以上", "完成投资5亿元以上，增长6%"),
        rf"(?<!总投资)(?<!总额)(?:{_NUMBER}|{_NUMERAL}+)[多余]?\s?(?:万亿|[十百千]?[万亿])?\s?(?:{_BOUND})"
        rf"(?:(?:及?以[上下])?(?=\s?\d+\s?[个家项座幢栋户])|\s?(?:及?以[上下内]|左右)的?(?={_NOUN})(?!\s?[和与及或]|(?:资金|投资(?!额|项目|[^，。；]{{0,12}}项目)|贷款|补助|债券|任务)))",
    ),
    Rule(
        "N12",
        "规模作定语",
        "“百亿元产业”“10亿元项目”里的数形容规模。",
        (("培育百亿元产业集群2个。", "百亿元"), ("产值超10亿元的企业9家。", "10亿元"),),
        ("完成投资120亿元",),
        rf"(?<!投资)(?<!总额)(?:{_NUMBER}|{_NUMERAL}+)\s?(?:万亿|[十百千]?[万亿])?\s?(?:美?元|吨|亩|平方米|千瓦|人|千伏|兆瓦)(?:级|强|楼|镇|村|的(?:仅有|有|共|达到?)?(?=\s?\d)|"
        rf"的?[一-龥]{{0,8}}(?:{_SIZED})(?=[\d各、，。；和等）]|[一-龥]{{0,3}}\s?\d))"
        rf"|{_NUMBER}\s?万?(?:吨|千瓦|兆瓦|立方米)(?:/[年日])?[一-龥（）]{{1,12}}(?:、[^，。；]{{0,60}})?(?:等[一-龥]{{0,10}})?(?:项目|工程|生产线|机组)(?!\s?\d)",
    ),
    Rule(
        "N13",
        "虚数",
        "“一批”“一个”“一系列”“三个方面”说的不是可考核的数。",
        (("实施一批项目，新建公园3个。", "一批"), ("抓好五个方面工作，新建公园3个。", "五个")),
        ("新建公园十五个", "新增公园3个"),
        rf"{_NUMERAL}{{1,2}}\s?[个项条]?\s?“|{_NUMERAL}+\s?(?:个|项|大|类)?(?:方面|领域|环节|层面|维度|阶段|体系|关键|重点工作|目标|自信|意识|维护|确立|坚持|结合|转变|统一|一号|不|必须|十天|确保)"
        rf"|一\s?(?:个|批|项|条|种|类|支|张|件|家|组|套|片|块|次|处|座|所|名|位|户|人|本|部|台|场|起|只|天|分|元|面|亩)(?!以上)",
    ),
    Rule(
        "N14",
        "时长",
        "“连续5天”“24小时”“6个月”说的是多久，除非是压缩、提前的目标。",
        (("开展60天专项行动，整治点位80处。", "60天"),),
        ("审批时限压缩至3个工作日",),
        rf"(?<![至到为短前用少缩达])(?:{_NUMBER}|{_NUMERAL}+)[多余]?\s?(?:(?:个月|个半月|个多月|小时|分钟|秒)|(?:天|个?工作日)(?=内|后|前|之|以|的|专项|攻坚|行动|连|左))|24\s?小时|365\s?天|7×24",
    ),
    Rule(
        "N19",
        "产能",
        "“年产”“日产”“日处理”后面的数和电压说的是一个项目有多大，不是要考核的数。",
        (("年产10万吨甲醇装置投产。", "10万吨"), ("建成220千伏变电站2座。", "220千伏")),
        ("年产量达到10万吨。",),
        rf"(?:(?<=年产)|(?<=日产)|(?<=年处理)|(?<=日处理)|(?<=年加工)){_NUMBER}\s?[十百千]?[万亿]?[一-龥]{{1,3}}?(?=[一-龥])|{_NUMBER}\s?千伏安?(?:及以上)?(?=[一-龥])",
    ),
    Rule(
        "N15",
        "引号里的名称",
        "引号里不长的话是名称、口号，其中的数不是指标。",
        (("推进“50条”惠企政策落地。", "50条"),),
        ("新增“小升规”企业50家。",),
    ),
    Rule(
        "N16",
        "没有单位的裸数",
        "没有单位、前后又没有比较词的数，多半是代号或名称。",
        (("推进省152项目落地。", "152"),),
        ("新增专精特新企业50以上。",),
    ),
    Rule(
        "N17",
        "小的中文数字",
        "二十以下的中文数字，不跟在“新建”“完成”等动词之后就只是行文。",
        (("三家单位协同推进。", "三家"),),
        ("新建水厂三座。",),
    ),
    Rule(
        "N18",
        "只写量级",
        "“亿元楼宇”“千万元级”只写量级，前面又没有“超”“突破”，不是数量。",
        (("兴起百万吨粮仓。", "百万吨"),),
        ("产量突破百万吨。",),
    ),
)  # fmt: skip


@cache
def exclusion_pattern(numeral: bool) -> re.Pattern[str]:
    """All exclusion rules as one expression, for numbers in digits or in Chinese numerals.

    A number begins as the one or as the other: what is said of both needs but one of the two trials.
    """
    either, one = f"(?:{_NUMBER}|{_NUMERAL}+)", f"{_NUMERAL}+" if numeral else _NUMBER
    rules = (f"(?P<{rule.code}>{rule.pattern.replace(either, one)})" for rule in RULES if rule.pattern)
    return re.compile("|".join(rules))


# Units of the calendar never count anything, so that no pattern need be tried.
CALENDAR: Final = frozenset({"年", "月", "日", "周年", "周", "世纪", "季度", "年度", "旬", "刻钟"})
YEAR: Final = "N01"
DATE: Final = "N02"
ORDINAL: Final = "N03"
SIZE: Final = "N12"
# 平均受教育年限达到11.3年 counts years; 20家企业产值超10亿元 says which enterprises are counted.
_LASTING: Final = re.compile(r"(?:年限|寿命|工龄)(?:提高|增加|延长|上升|达)?[达到至为由从超过]*$")
_OF_FIELD: Final = re.compile(r"[一-龥]{1,12}第\s?[\d一二三四五六七八九十]+[位名]")
# 新建水厂一座, 引进龙头企业两家: a small numeral behind what is promised closes its item.
_PROMISED: Final = re.compile(r"(?:新建|建成|引进|新增|创成|新开工|落户)[^，。；、\d]{2,12}$")
_COVERING: Final = re.compile(r"(?:覆盖|扩大到|推广到|达到)[一-龥]{0,8}$")
_EACH_OVER: Final = re.compile(r"\d\s?[家个](?:[^，。；、\d总累合共]{0,14})超过?$|\d\s?[家个]总?投资$")
_OVER: Final = frozenset("超过资")
# What an ordinal may stand behind.
_ORDINALS: Final = frozenset("第首 \t\n\u3000\xa0")
QUOTED: Final = "N15"
BARE_NUMBER: Final = "N16"
SMALL: Final = "N17"
VAGUE: Final = "N18"
_REACHED: Final = (
    "达到", "达", "为", "至", "到", "超过", "突破", "超", "近", "约", "控制在", "从", "由",
    "不低于", "不少于",
)  # fmt: skip
_COUNTED: Final = (
    "新增", "新建", "建成", "建", "改造", "完成", "引进", "打造", "创建", "创成", "开工", "竣工", "增加",
    "达到", "新开工", "培育", "建设", "举办", "设立", "组建", "落地", "招引", "新引进", "投用", "达", "共",
    "获", "有", "各", "实施", "通车", "迁建", "扩建",
)  # fmt: skip
_RISEN: Final = (*_REACHED, "上", "过", "增")
_CHANGED: Final = ("增加", "减少", "新增", "净增", "下降", "增长", "达到", "超过", "突破")
_STOPS: Final = frozenset("，。；、,;！!）)")


def states_nothing(text: str, quantity: Quantity, start: int) -> bool:
    """Whether `exclusion` names a rule; small numerals of mere prose are told without trying them all."""
    plain = text[quantity.start - 1] not in _ORDINALS and _is_small(quantity)
    return (plain and not _counted(text, quantity, start)) or exclusion(text, quantity, start) is not None


def exclusion(text: str, quantity: Quantity, start: int) -> str | None:
    """The code of the rule by which this number states nothing, or None when it may state something."""
    at, end, form, unit = quantity.start, quantity.end, quantity.form, quantity.unit
    if unit is not None and unit.name in CALENDAR:
        if unit.name == "年" and _LASTING.search(text, max(start, at - 12), at):
            return None
        return YEAR if quantity.value > 1000 else DATE
    if (
        unit is not None
        and unit.dimension == "money"
        and text[at - 1] in _OVER
        and _EACH_OVER.search(text, max(start, at - 24), at)
    ):
        return SIZE
    if (
        unit is not None
        and unit.name == "个"
        and text.find("第", end, end + 14) >= 0
        and _OF_FIELD.match(text, end)
    ):
        return ORDINAL
    if form is ARABIC and unit is not None and text[at - 1] not in _SUSPECT and _is_plain(text, end, unit):
        return QUOTED if _is_quoted(text, at, end, start) else None
    found = exclusion_pattern(text[at] in _NUMERALS).match(text, at)
    if form is BARE and unit is None:
        return (found and found.lastgroup) or _bare(text, quantity)
    if found is not None:
        code = found.lastgroup
        if code == ORDINAL and _ranks(text, quantity, start):
            return None
        if unit is not None and unit.name == "%" and _COVERING.search(text, max(start, at - 14), at):
            return None
        if (
            code == "N13"
            and text[end : end + 1] in _STOPS
            and _PROMISED.search(text, max(start, at - 16), at)
        ):
            return None
        return code
    if _is_quoted(text, at, end, start):
        return QUOTED
    if _is_small(quantity):
        return None if _counted(text, quantity, start) else SMALL
    if form is MAGNITUDE and not text.endswith(_RISEN, start, at):
        return VAGUE
    return None


# Behind a number and its unit these leave nothing to doubt, unless something suspect stands in front.
_CLOSERS: Final = frozenset("，。；、,;！!")
_SUSPECT: Final = frozenset(
    "第首+-/〔[（(.．·×＋－—-–~～至到:：0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
)


def _is_plain(text: str, end: int, unit: Unit) -> bool:
    """Arabic digits with a unit, where nothing behind them can make them a name or a threshold."""
    after = text[end : end + 1]
    if after in _CLOSERS:
        return unit.dimension != "time"
    if after == "以":
        return text[end + 2 : end + 3] in _CLOSERS
    return unit.dimension == "count" and not after.isdigit()


def _is_quoted(text: str, at: int, end: int, start: int) -> bool:
    """Inside a short quotation: a name or a slogan."""
    opened = text.rfind("“", max(start, at - 24), at)
    if opened >= 0 and text.find("”", opened, at) < 0 and 0 <= text.find("”", end, end + 24) <= opened + 26:
        return True
    opened = text.rfind('"', max(start, at - 14), at)
    if opened < 0 or text.find('"', end, end + 14) < 0:
        return False
    # Straight marks open and close alike: an odd number since the last full stop leaves one open.
    return text.count('"', max(start, text.rfind("。", start, at)), at) % 2 == 1


_RANKING: Final = (
    "列", "居", "排", "排名", "位居", "位列", "名列", "跃居", "升至", "进至", "跃升至", "位次", "稳居",
    "上升到", "上升至", "提升到", "提升至", "跃至", "升到", "前移至", "前移到",
)  # fmt: skip


_PLACED: Final = re.compile(
    r"(?:排名|位居|位列|跃居|名列|稳居|跻身|[居列排])[一-龥\d]{1,10}$|[居列]全[国省市区县]第[^，。；]{1,4}[位名]、[一-龥]{2,6}$"
)


def _ranks(text: str, quantity: Quantity, start: int) -> bool:
    """第3位 after 排名 or 位居 is a rank, not an ordinal."""
    unit = quantity.unit
    if unit is None or unit.name not in ("位", "名") or text[quantity.start - 1] != "第":
        return False
    head = text[max(start, quantity.start - 16) : quantity.start - 1]
    return head.endswith(_RANKING) or _PLACED.search(head) is not None


def _bare(text: str, quantity: Quantity) -> str | None:
    """A number without a unit counts only with a comparison after it or a predicate of reaching before it."""
    at, end = quantity.start, quantity.end
    before, after = text[at - 1 : at], text[end : end + 1]
    if (before and (before in "第-+/.〔[（(第—·" or (before.isascii() and before.isalnum()))) or (
        after and (after in "年月日版期级强+-/．.%：" or (after.isascii() and after.isalnum()))
    ):
        return BARE_NUMBER
    if 1900 <= quantity.value <= 2100 and end - at == 4:
        return BARE_NUMBER
    after = text[end : end + 2]
    if after in ("以上", "以内", "以下", "左右") and not "一" <= text[end + 2 : end + 3] <= "龥":
        return None
    head = text[max(0, at - 4) : at].rstrip()
    if quantity.value >= 10_000 and text[quantity.number_end - 1] in "万亿" and head.endswith(_CHANGED):
        return None
    if head.endswith(_REACHED) and (not after or after[0] in _STOPS or after[:1] in "到提下降上升缩增扩减"):
        return None
    return BARE_NUMBER


def _is_small(quantity: Quantity) -> bool:
    """A number of things or people below twenty, in Chinese numerals."""
    unit = quantity.unit
    return (
        quantity.form is CHINESE
        and unit is not None
        and unit.dimension in ("count", "person")
        and quantity.value < 20
    )


def _counted(text: str, quantity: Quantity, start: int) -> bool:
    """A small number in Chinese numerals counts after a verb of doing, or at the end of its item."""
    at = quantity.start
    if text[quantity.end : quantity.end + 1] in _STOPS and _PROMISED.search(text, max(start, at - 16), at):
        return True
    head = text[max(start, at - 4) : at]
    if quantity.value < 3 and not head.endswith(("新增", "新建", "建成", "新开工", "新引进")):
        return False
    if head.endswith(_COUNTED):
        return True
    return (
        text[quantity.end : quantity.end + 1] in _STOPS and quantity.value >= 3 and "一" <= head[-1:] <= "龥"
    )
