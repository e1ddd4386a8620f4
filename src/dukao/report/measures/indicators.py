"""Whose number it is: the noun before it, the noun after it, or one shared with its neighbours."""

import re
from typing import Final

from dukao.report.measures.predicates import VOCABULARY, read_front

Spans = tuple[tuple[int, int], ...]

# Where the noun after a number ends: a verb that says what happened to it.
_FINITE: Final = re.compile(
    r"入驻|入选|入围|完工|开工|落地|落户|投用|投产|投入使用|投入运营|获评|获批|荣获|获得|列入|纳入|进入|跻身|通过|建成|实现|达到|达(?!标|产|人)|上市|挂牌|通车|竣工|"
    r"在(?!建|线|职|岗)|被|均|全部|全面|已|成功|完成|参加|参与|受益|提前|得到|取得|签约(?!额)|加入|享受|脱贫|摘帽|创成|成为|出列|加快|有序|顺利|正式|"
    r"启动|推进|整治到位|安装|发放|提供|开展|进行|相继|陆续|年内|按期|按时|如期|进一步|继续|接入|接受|享受|前来|再现|了|要(?!素|求|点|闻)|呈现|初步|位居|位列|居全|占全|将|基本(?!公共|农田|养老|医疗|药物|保险|单元)|增长|下降|提升至|以上(?![一-龥])|左右|，|；|。|增加|实施|覆盖率|重返|开花|惠及|推动|有效|使用|共(?<!公共)|总投资|坐诊|就业(?!人|岗)|和(?=$)|有(?=$)|受益|予以|作为(?=[一-龥])|改为|快速|尚未|环境(?:得到|明显|持续|进一步|显著|大幅)*改善|普及|申报|为(?:重点|抓手|依托|主线|载体|突破口|支撑|牵引|契机)"
)
_TAIL_NOUN: Final = re.compile(
    r"(?:综合整治|整治|改造提升|改造|建设|治理|维修|大修|提升|解危|保护|修缮|清淤|硬化|绿化|拆除|搬迁|安装|签约)(?:工作|工程|任务|项目)?$"
)
_WORK: Final = re.compile(r"(?:的?工作|任务|的(?:[一-龥]{2})?(?:作用|效应)|等)$")
_WORK_ENDS: Final = frozenset("作务用应等")
HEAD: Final = re.compile(
    r"(?:保险参保人数|保险参保率|增加值|总产值|产值|固定资产投资|投资|收入|支出|总额|产量|销量|面积|人数|件数|起数|户数|数量|案件数?|发案数|率|比例|比重|标准|贷款余额|存款余额|余额|贷款|存款|浓度|规模|投入|"
    r"周转量|吞吐量|用电量|零售额|交易额|营业收入|利润|税收|覆盖面|指数|能耗|排放|寿命|费|(?:排放|产|销|用水|用电|发电|吞吐|周转|业务|储|存|总|流|客运|货运|接待|供应|交易|成交)?(?:数|(?<!需氧)量|额))$"
)
BARE_HEADS: Final = frozenset(
    {
        "投资",
        "资金",
        "产值",
        "税收",
        "利润",
        "收入",
        "面积",
        "完成投资",
        "投资额",
        "贷款",
        "余额",
        "总产值",
        "总投资",
        "年度投资",
        "年投资",
        "计划总投资",
        "补偿金额",
        "交易额",
    }
)
_SPLIT: Final = re.compile(r"[、，,]|(?<=[一-龥”])(?:以及|和(?![美谐平睦])|与(?!会)|及)(?=[一-龥“])")
_LISTED: Final = re.compile(r"[、，,]")
_KINDS_OF: Final = frozenset(
    {
        "城镇",
        "城市",
        "农村",
        "乡村",
        "城乡",
        "国内",
        "国外",
        "市区",
        "县域",
        "男性",
        "女性",
        "城",
        "乡",
        "男",
        "女",
        "一",
        "二",
        "三",
        "第一",
        "第二",
    }
)


# A baseline behind the indicator: 较前两年平均数, 比上年.
COMPARED: Final = re.compile(r"(?:较|(?<![占同环对相])比)(?=[上前去同全近年\d“])[^、，]{1,12}$")


_CLOSED: Final = re.compile(r"[（(][^（）()]{1,8}[）)](?=[一-龥])")
_QUARTER: Final = re.compile(
    r"(?:(?:连续)?[一二两三四五十]年(?:内|间|来)?|[一二三四]季度|[上下]半年|\d{1,2}月份?(?:底前?|末)?|年底前?|全年)$"
)
_KINDS: Final = ("领域", "方面", "行业", "地区", "区域")
_GENERIC: Final = frozenset(
    {"项目", "工程", "活动", "企业", "工作", "平台", "品牌", "方面", "领域", "地区", "单位", "产品"}
)


_WITH_AND: Final = ("及时", "及格", "和美", "和谐", "和平", "和睦", "与会")
_TIME_ENDS: Final = frozenset("度年月底前末份内间来")


def _past_examples(text: str, start: int, end: int) -> int:
    """Behind 等: what was enumerated in front of it are examples, not the indicator."""
    at = text.rfind("等", start + 1, end - 2)
    if at < 0 or text[at + 1 : end].strip() in _GENERIC or text.startswith(_KINDS, at + 1):
        return start
    if text[at - 1] in "高中初平同对优均" or text[at + 1] in "级次教院奖于效额待":
        return start
    return at + 1


def before(text: str, start: int, end: int) -> tuple[int, int]:
    """The noun phrase in `text[start:end]` in front of a number, without enumerated examples and brackets."""
    written = text[start:end]
    if "（" in written or "(" in written:
        bracket = max(text.rfind("（", start, end), text.rfind("(", start, end))
        if text.find("）", bracket, end) < 0 and text.find(")", bracket, end) < 0:
            start = bracket + 1
        elif written[0] in "（(" and (closed := _CLOSED.match(text, start, end)) is not None:
            start = closed.end()
    if "等" in written:
        start = _past_examples(text, start, end)
    if written[-1:] in _TIME_ENDS and (quarter := _QUARTER.search(text, start + 1, end)) is not None:
        end = quarter.start()
    if ("比" in written or "较" in written) and (compared := COMPARED.search(text, start, end)) is not None:
        end = compared.start()
    if text[start : start + 1] == "“" and (named := text.rfind("”", start, end)) >= 0:
        start = named + 1 if "”“" in text[start:named] and end - named > 2 else start
    while (
        start < end and text[start] in "的了、，和与及 \n\u3000*：:" and not text.startswith(_WITH_AND, start)
    ):
        start += 1
    while start < end and text[end - 1] in "的、， \n\u3000*：:":
        end -= 1
    return start, end


_RISE: Final = re.compile(r"(?:提高|增加|上升|提升|下降|降低|减少|扩大|增长|缩短|压缩|压减|升|降)[到至为]")
_NO_NOUN: Final = ("大关", "台阶", "基础上", "关口")
_RELATIVE: Final = re.compile(r"具有|拥有|在|以|为|有|获|超|达|由|可|能|符合|包括|实施|建设|总投资|的")


def after(text: str, start: int, end: int) -> tuple[int, int]:
    """The noun phrase at the head of `text[start:end]`, behind a number; empty when there is none."""
    while start < end and text[start] in " \n\u3000的*":
        start += 1
    if (
        start >= end
        or _RISE.match(text, start, end)
        or text[start] in "、，,；;。）)（(和及与以并"
        or text.startswith(_NO_NOUN, start)
    ):
        return start, start
    of = text.find("的", start + 1, min(end - 2, start + 24))
    if (
        of > start
        and _RELATIVE.search(text, start, of)
        and text.count("“", start, of) == text.count("”", start, of)
    ):
        start = of + 1
    first = start
    if of <= start and (inner := read_front(text, start, end)).action is not None and inner.start < end - 1:
        start = inner.start
    quote = text.find("”", start, end) if text[start] == "“" else -1
    cut = _FINITE.search(text, max(start, quote + 1), end)
    if cut is not None:
        end = cut.start()
        if end - start < 2 and end - first > 2:
            start = first
        if cut.group() == "了":
            end -= 2 if ends_in_verb_of_doing(text, start, end) else text[end - 1] == "通"
    work = _WORK.search(text, start, end) if text[end - 1] in _WORK_ENDS else None
    if work is not None and work.start() - start >= 2:
        end = work.start()
    while end > start and text[end - 1] in "、 \n\u3000*（(近约超达共":
        if text[end - 2 : end] == "公共":
            break
        end -= 1
    return start, end


def ends_in_verb_of_doing(text: str, start: int, end: int) -> bool:
    """The stretch closes on a verb of doing (农村人口解决)."""
    return end - start > 3 and VOCABULARY.heads.get(text[end - 2 : end]) == "act"


def shared_tail(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The activity a list of number-noun pairs shares (片区…综合整治), at the end of its last noun."""
    found = _TAIL_NOUN.search(text, start, end)
    return (found.start(), end) if found is not None and found.start() > start else None


def split_subjects(text: str, start: int, end: int, count: int) -> list[Spans] | None:
    """`count` indicators out of one enumeration, None if it has not so many; 0 asks for two or more."""
    if text.startswith("城乡", start) and count in (0, 2) and not _SPLIT.search(text, start, end):
        return [((start, start + 1), (start + 2, end)), ((start + 1, start + 2), (start + 2, end))]
    for separator in (_LISTED, _SPLIT):
        parts = _parts(text, start, end, separator)
        if len(parts) == count or (count == 0 and separator is _SPLIT and len(parts) > 1):
            return _with_heads(text, parts)
    return None


def _parts(text: str, start: int, end: int, separator: re.Pattern[str]) -> list[tuple[int, int]]:
    parts = []
    at = start
    for found in separator.finditer(text, start, end):
        if text.count("“", at, found.start()) != text.count("”", at, found.start()):
            continue
        parts.append((at, found.start()))
        at = found.end()
    parts.append((at, end))
    return [(s, e) for s, e in parts if e > s]


def _with_heads(text: str, parts: list[tuple[int, int]]) -> list[Spans]:
    start, end = parts[-1]
    head = HEAD.search(text, start, end)
    spans: list[Spans] = []
    for s, e in parts[:-1]:
        written = text[s:e].strip()
        if (
            written[-1] in _ONE_OF_TWO
            and text[start] in _ONE_OF_TWO
            and (e - s == 1 or written[-1] in "存贷")
        ):
            spans.append(((s, e), (start + 1, end)))
        elif _LEVEL.fullmatch(written) and (level := _LEVEL.match(text, start, end)) is not None:
            spans.append(((s, e), (level.end(), end)))
        elif written in _KINDS_OF and text[start : start + e - s] in _KINDS_OF:
            spans.append(((s, e), (start + e - s, end)))
        elif head is not None and not HEAD.search(text, s, e):
            spans.append(((s, e), (head.start(), end)))
        else:
            spans.append(((s, e),))
    spans.append(((start, end),))
    modifier = _MODIFIER.match(text, parts[0][0], parts[0][1])
    if modifier is not None:
        spans[1:] = [
            subject if _MODIFIER.match(text, *subject[0]) else (modifier.span(), *subject)
            for subject in spans[1:]
        ]
    return spans


# The first letter of a pair is all that tells the members apart: 存、贷款余额, 省、市重点企业.
_LEVEL: Final = re.compile(r"(?:国家|省|市|区|县|世界)级")
_ONE_OF_TWO: Final = frozenset("存贷省市区县")
# What the first member of an enumeration says for all of them.
_MODIFIER: Final = re.compile(
    r"万元(?:GDP|地区生产总值|生产总值)|单位(?:GDP|国内生产总值|地区生产总值|生产总值)|金融机构(?:本外币)?(?:各项)?|城乡居民(?=基本)"
)


def full_subjects(text: str, start: int, end: int) -> list[Spans] | None:
    """Indicators joined by 和 that each name a quantity of their own (事故起数和死亡人数)."""
    parts = _parts(text, start, end, _SPLIT)
    if len(parts) < 2:
        return None
    if text[end - 3 : end] == "排放量":
        return _with_heads(text, parts)
    return [((s, e),) for s, e in parts] if all(HEAD.search(text, s, e) for s, e in parts) else None
