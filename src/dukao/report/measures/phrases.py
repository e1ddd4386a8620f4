"""One number and the words in front of it: comparison, predicate, verb and the noun it counts."""

import re
from typing import Final

from dukao.language.quantities import DIGITS, Quantity
from dukao.report.measures import indicators
from dukao.report.measures.drafts import Draft
from dukao.report.measures.indicators import COMPARED, Spans
from dukao.report.measures.predicates import (
    AFTER,
    SPREADS,
    VOCABULARY,
    Back,
    Ends,
    Front,
    read_back,
    read_front,
)
from dukao.report.measures.times import A_YEAR, OF_YEAR
from dukao.report.predicates import has_any

_RISING: Final = frozenset("提增上下降缩减扩发升压调攀跃")
_REACHING: Final = re.compile(
    r"(?:提高|增长|增加|上升|提升|下降|降低|降|缩小|减少|扩大|上涨|发展|升|压缩|缩短|增|调整|攀升|跃升|提速|减)了?(?:到|至|为)"
)
_SINCE: Final = re.compile(r"从(?<![自由]从)(?!事|业|严|重|紧)|由(?!于|此|政|市|区|县|省|各|企)")
_SINCE_WORDS: Final = ("从", "由")
_INNER_TIME: Final = re.compile(rf"[到至]{A_YEAR}年(?:底|末)?|{A_YEAR}年底前?")
# What a difference is measured against is not whose it is: 高于全省平均水平2个百分点.
_MARGIN: Final = re.compile(
    r"[,，]?(?:均|都|分别|仅|已|远)*(?:(?P<over>高于|低于|快于|慢于|好于|优于|领先|高出|超出|超过|超)(?P<yard>[^，、]*)|比[^，、]+(?P<than>[高低快慢多少]))$"
)
_YARDSTICKS: Final = ("目标", "计划", "任务", "预算", "平均")
_TIMES_OF: Final = re.compile(r"(?:是|为|相当于)[^，、是]{0,14}$")
_PLACED: Final = re.compile(
    r"(?:排名|位居|位列|稳居|跃居|名列|跻身|上升到|上升至|提升到|提升至|前移至|升至|升到|列|居|排)[^，、]{0,14}第$"
)
_SPREADING: Final = re.compile(r"\s*(?P<each>(?:分别)|(?:均|都)(?![衡等匀值价质市有为达]))")
_SPREADING_FIRST: Final = frozenset("分均都")
_BASELINE: Final = frozenset("较比是与和以同为")
_HELPING: Final = frozenset({"帮助", "组织", "支持", "推动", "引导", "鼓励", "带动", "促进"})
# A verb inside a long stretch begins the phrase that counts: 帮助企业解决问题300个.
_INNER_VERB: Final = re.compile(
    r"(?:新(?<![高创更最全革维]新)[增建安引培改植栽购招设开][一-龥]?|净增|引进|完成|建成|实现|稳定|解决|争取|发放|惠及|办理)"
    r"(?=[一-龥“])(?!率|情况|时限|后)"
)
# Behind a noun these say what became of it: 棚户区改造开工20万套.
_COMPLETING: Final = frozenset(
    {"开工", "竣工", "建成", "完工", "签约", "投产", "投用", "交付", "安排", "到位"}
)
# What opens a clause and is no part of what is counted: 按照…的原则, 在…等领域.
_ADJUNCT: Final = re.compile(
    r"(?:按照|根据|依据)[^，]{1,30}?(?:原则|要求|部署|模式|办法)|在[^，]{1,40}?(?:等?领域|方面|基础上|过程中|[评考][比评估核价]中)"
)
_FISCAL: Final = re.compile(
    r"(?P<agent>(?:中央|全国|地方|各级|本级|[省市区县]级?)*财政)(?:连续|[二两三四五十]年|累计|将|拟|已|共|再)*"
    r"(?P<verb>安排|下拨|投入|拨付|增加|补助|筹集)(?!强度|规模|产出)"
)
_SUBJECT_VERBS: Final = ("实现", "完成")
# A noun that needs a second look: enumerations, clauses, brackets, prepositions.
_UNSETTLED: Final = re.compile("[和与及、要从由等（(的占]")
_TIME_ENDS: Final = frozenset("年底末初的期度月前份")
_NO_OBJECT: Final = frozenset(
    {"投入", "服务", "生产", "发展", "运营", "规划", "建设", "改造", "治理", "管理", "保障", "提升"}
)


def read_plain(text: str, end: int, quantity: Quantity, ends: Ends) -> Draft | None:
    """The common case in one go: verb, noun, predicate, number, end of the clause. None for all others.

    `ends` are those of the stretch in front of the number.
    """
    start, front, back = ends.start, ends.front, ends.back
    unit = quantity.unit
    at = quantity.end
    op, about = None, False
    if at != end:
        at, op, about = read_after(text, at)
        if past_aside(text, at) != end:
            return None
    if (
        unit is None
        or unit.name == "倍"
        or (text[start] in _RISING and _REACHING.match(text, start, quantity.start))
    ):
        return None
    s, e = front.start, back.end
    if back.spread or back.series or back.reached or text[e - 1] in _TIME_ENDS:
        return None
    action = front.action or back.verb
    if action is None or not 1 < e - s < 9 or _is_unsettled(text[s:e]) or text[s] in "“较比为":
        return None
    if text[s:e] in indicators.BARE_HEADS:
        return None
    draft = Draft(
        quantity, back, front, op or back.op or own_comparison(quantity), about or back.about, False
    )
    draft.marks(text, e)
    draft.action = action
    draft.readings = [(((s, e),), action)]
    draft.own, draft.how = True, "I01"
    return draft


def read_phrase(text: str, quantity: Quantity, ends: Ends, listed: bool) -> Draft:
    """The draft of a number whose stretch has these `ends`; its indicator may still be missing."""
    start, end, back = ends.start, quantity.start, ends.back
    spreading = None
    if text[start] in _SPREADING_FIRST or text[start].isspace():
        spreading = _SPREADING.match(text, start, end)
    if spreading is not None:
        start = spreading.end()
        back = read_back(text, start, end)
    stop, year = _past_year(text, start, back)
    if spreading is not None:
        back.spread = back.spread or SPREADS[spreading["each"]]
    if stop - start > 4 and (text.find("比", stop - 14, stop) >= 0 or text.find("较", stop - 14, stop) >= 0):
        stop = _past_baseline(text, start, stop, back)
    if stop - start > 1 and text[start] in _RISING:
        reaching = _REACHING.match(text, start, stop)
        if reaching is not None:
            back.reached, back.kind, back.verb = True, "growth", reaching.group()
            start = reaching.end()
    link = _past_link(text, start, stop, quantity)
    if link < stop:
        again = read_back(text, start, link)
        back.series = back.series or again.series
        stop = again.end
    stop, margin = _past_margin(text, start, stop, quantity)
    known = start == ends.start and stop == back.end
    front = ends.front if known else read_front(text, start, stop)
    at, op, about = read_after(text, quantity.end)
    op = op or back.op or (">=" if text.find("至少", start, stop) >= 0 else own_comparison(quantity))
    draft = Draft(quantity, back, front, op, about or back.about, listed)
    at = past_aside(text, at)
    draft.right = (at, at)
    draft.marks(text, back.end)
    draft.year = year
    draft.action = margin or front.action or back.verb
    draft.apart = margin is not None
    spans = _own_noun(text, draft, stop)
    if spans:
        draft.readings = [(spans, draft.action)]
        draft.own, draft.how = True, "I01"
    return draft


def _past_year(text: str, start: int, back: Back) -> tuple[int, int | None]:
    """从2015年的…: the year of the figure, and the predicate in front of it; a baseline is no year of it."""
    stop = back.end
    found = OF_YEAR.search(text, start, stop) if stop > start and text[stop - 1] in "年底末初的期" else None
    if found is None:
        return stop, None
    if text[found.start() - 1] in _BASELINE:
        again = read_back(text, start, max(start, found.start() - 1))
        back.spread = back.spread or again.spread
        return again.end, None
    again = read_back(text, start, found.start())
    back.series = back.series or again.series
    back.reached = back.reached or again.reached
    back.kind = back.kind or again.kind
    back.verb = back.verb or again.verb
    return again.end, int(found[1])


def _past_baseline(text: str, start: int, stop: int, back: Back) -> int:
    """分别比2015年下降: what stands in front of the baseline belongs to the predicate too."""
    compared = COMPARED.search(text, start, stop)
    if compared is None or compared.start() == start:
        return stop
    again = read_back(text, start, compared.start())
    back.spread = back.spread or again.spread
    back.series = back.series or again.series
    return again.end


def _past_link(text: str, start: int, stop: int, quantity: Quantity) -> int:
    """稳居全省第3位, 是上年的2倍, 为计划的106%: the link is no part of the indicator."""
    unit = quantity.unit
    if stop <= start or unit is None:
        return stop
    if text[stop - 1] == "第":
        place = _PLACED.search(text, start, stop)
        if place is not None:
            return place.start()
        return start if stop - start < 9 else stop
    if unit.name == "倍" or (unit.name == "%" and text[start] in "为是相"):
        base = _TIMES_OF.search(text, start, stop)
        return base.start() if base is not None else stop
    return stop


def _past_margin(text: str, start: int, stop: int, quantity: Quantity) -> tuple[int, str | None]:
    """高于全省平均水平2个百分点, 超省定目标28天: where the yardstick begins, and the comparing word."""
    unit = quantity.unit
    if unit is None or stop <= start:
        return stop, None
    if unit.name != "个百分点" and not has_any(text[start : quantity.start], _YARDSTICKS):
        return stop, None
    margin = _MARGIN.search(text, start, quantity.start)
    if margin is None or (unit.name != "个百分点" and not has_any(margin.group(), _YARDSTICKS)):
        return stop, None
    return min(stop, margin.start()), margin["over"] or margin["than"]


def own_comparison(quantity: Quantity) -> str:
    """多 and 余 exceed, 两位数 begins at ten."""
    return ">" if quantity.more else ">=" if quantity.form == DIGITS else "="


def read_after(text: str, at: int) -> tuple[int, str | None, bool]:
    """The words behind a number: where they end, the comparison, and whether it is about so much."""
    char = text[at : at + 1]
    while char in _SKIPPED:
        at += 1
        char = text[at : at + 1]
    if char == "（" and text.startswith("（含）", at):
        at += 3
    word = text[at : at + 2]
    if word in AFTER:
        return at + 2, AFTER[word], False
    if word in ("左右", "上下"):
        return at + 2, None, True
    return at, None, False


_SKIPPED: Final = frozenset({" ", "\n", "及"})
_ASIDE: Final = re.compile(r"\s*[（(][^（）()\n]{0,80}[）)]")


def past_aside(text: str, at: int) -> int:
    """Behind a bracket that follows a number: 2650亿元（不含…）."""
    if text[at : at + 1] not in ("（", "("):
        return at
    aside = _ASIDE.match(text, at)
    return aside.end() if aside is not None else at


def _own_noun(text: str, draft: Draft, stop: int) -> Spans:
    """The spans of the noun in front of the number, empty when only verbs stand there."""
    s, e = indicators.before(text, draft.front.start, stop)
    if s >= e:
        return ()
    if (
        e - s < 9
        and text[s] != "为"
        and text[e - 2 : e] not in _COMPLETING
        and text.find("财政", s, e) < 0
        and draft.front.action not in _HELPING
        and not _is_unsettled(text[s:e])
        and text[s:e].find("年") < 0
    ):
        unit = draft.quantity.unit
        if unit is None or unit.name != "个百分点":
            return ((s, e),)
    s, e = _past_adjunct(text, draft, s, e)
    if draft.action is None and e - s > 4 and text[e - 2 : e] in _COMPLETING:
        draft.action, e = text[e - 2 : e], read_back(text, s, e - 2).end
    money = draft.quantity.unit is not None and draft.quantity.unit.dimension == "money"
    fiscal = _FISCAL.match(text, s, e) if money and text.find("财政", s, e) >= 0 else None
    if fiscal is not None:
        draft.action = fiscal["verb"]
        agent, object_of = fiscal.span("agent"), (fiscal.end("verb"), e)
        return (agent, object_of) if e - object_of[0] > 1 else (agent,)
    s, e = _from_inner_time(text, draft, s, e)
    if e - s < 2:
        return ((s, e),) if e > s and draft.quantity.unit is None else ()
    s, e = _within_attribute(text, draft, s, e)
    s = _from_last_item(text, draft, s, e)
    since = [*_SINCE.finditer(text, s, e)] if has_any(text[s:e], _SINCE_WORDS) else []
    if since and e - since[-1].end() <= 14:
        return _since(text, draft, s, e, since[-1])
    return _from_inner_verb(text, draft, s, e)


def _is_unsettled(noun: str) -> bool:
    """Whether a noun needs a second look."""
    return _UNSETTLED.search(noun) is not None or has_any(noun, _SUBJECT_VERBS)


def _past_adjunct(text: str, draft: Draft, s: int, e: int) -> tuple[int, int]:
    adjunct = _ADJUNCT.match(text, s, e) if text[s] in "按根依在" else None
    if adjunct is None:
        return s, e
    later = read_front(text, adjunct.end(), e)
    draft.front, draft.action = later, later.action or draft.action
    return min(later.start, e), e


def _from_inner_time(text: str, draft: Draft, s: int, e: int) -> tuple[int, int]:
    """我们明确了到2025年研发强度达到3%: what matters begins behind the year."""
    inner = _INNER_TIME.search(text, s, e) if text.find("年", s, e) >= 0 else None
    if inner is not None and inner.end() < e:
        later = read_front(text, inner.end(), e)
        draft.front, draft.action = later, later.action or draft.back.verb
        return later.start, e
    return s, e


def _within_attribute(text: str, draft: Draft, s: int, e: int) -> tuple[int, int]:
    """列入清单的低效用地腾退: the verb in front of 的 is no predicate; 为企业减负: nor is 为."""
    if draft.front.action is not None and (of := text.find("的", s + 1, e - 2)) > 0:
        s, draft.action = of + 1, None
        if ends_in_verb(text[s:e]):
            draft.action, e = text[e - 2 : e], e - 2
    verb = draft.back.verb
    if text[s] == "为" and verb is not None and (at := text.find(verb, e, draft.quantity.start)) >= 0:
        return s + 1, at + len(verb)
    return s, e


def _from_last_item(text: str, draft: Draft, s: int, e: int) -> int:
    """The last item of an enumeration, or what is behind 要, where it has a verb of its own."""
    for mark in ("、", "要"):
        at = text.rfind(mark, s + 1, e) if mark == "、" else text.find(mark, s + 1, e)
        if at < 0 or (mark == "、" and draft.back.spread is not None):
            continue
        later = read_front(text, at + 1, e)
        if later.action is not None and later.start < e:
            draft.front, draft.action, s = later, later.action, later.start
    return s


def _since(text: str, draft: Draft, s: int, e: int, since: re.Match[str]) -> Spans:
    """从…: the indicator stands in front, what stands behind is its kind or its time."""
    draft.series = "from"
    extra = (since.end(), e)
    s, e = indicators.before(text, s, since.start())
    rest = text[extra[0] : extra[1]].strip()
    if e > s:
        return ((s, e), extra) if rest in ("农村", "城镇", "城市", "乡村") else ((s, e),)
    return (extra,) if rest and rest[-1] not in "年时初末期高低" else ()


def _from_inner_verb(text: str, draft: Draft, s: int, e: int) -> Spans:
    if (text[s] in "对经使让向" or text.startswith(("为市场", "为企业", "为群众"), s)) and (
        later := _last_verb(text, s + 1, e)
    ) is not None:
        draft.front, draft.action = later, later.action
        return ((later.start, e),)
    searched = e - s > 7 or draft.front.action in _HELPING
    verb = _INNER_VERB.search(text, s + 1, e) if searched else None
    if verb is None:
        return ((s, e),)
    while later_verb := _INNER_VERB.search(text, verb.end(), e):
        verb = later_verb
    if verb.group() in _SUBJECT_VERBS and verb.end() + 1 < e:
        return ((s, verb.start()), (verb.end(), e))
    if verb.end() + 2 <= e and (verb.start() - s >= 5 or draft.front.action):
        later = read_front(text, verb.start(), e)
        if later.start < e:
            draft.front, draft.action, s = later, later.action, later.start
    return ((s, e),)


def _last_verb(text: str, s: int, e: int) -> Front | None:
    """The last verb in a stretch that opens with a preposition (对企业开展走访…), if a noun follows it."""
    heads = VOCABULARY.heads
    for at in range(e - 4, s, -1):
        word = text[at : at + 2]
        if heads.get(word) in ("act", "increment", "decrease") and word not in _NO_OBJECT:
            later = read_front(text, at, e)
            if later.action is not None and e - later.start > 1:
                return later
    return None


def ends_in_verb(written: str) -> bool:
    """The stretch closes on a verb, whose object comes after the number (集中开工10栋大楼)."""
    last = written[-2:]
    return len(written) > 3 and last not in _NO_OBJECT and VOCABULARY.heads.get(last) in ("act", "increment")
