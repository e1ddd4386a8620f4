"""One clause with numbers: which noun, verb and comparison belong to which of them."""

import re
from itertools import pairwise

from dukao.language.quantities import DIGITS, Quantity
from dukao.language.sentences import Clause
from dukao.report.measures import indicators
from dukao.report.measures.drafts import Draft
from dukao.report.measures.indicators import Spans
from dukao.report.measures.predicates import AFTER, load_vocabulary, read_back, read_front
from dukao.report.measures.times import OF_YEAR

_SEPARATOR = re.compile(r"[、，,；;（(：:]|以及|其中|(?<=[一-龥”%家个项件条座所处套幢户名人])(?:和(?![美谐平睦])|与(?!会)|及|并)")
_REACHING = re.compile(
    r"(?:提高|增长|增加|上升|提升|下降|降低|降|缩小|减少|扩大|上涨|发展|升|压缩|缩短|增|调整|攀升|跃升|提速|扩大|减)(?:了)?(?:到|至|为)"
)
_TIMES_OF = re.compile(r"(?:是|为|相当于)[^，、是]{0,14}$")
_INNER_TIME = re.compile(r"[到至](?:19|20)\d\d年(?:底|末)?|(?:19|20)\d\d年底前?")
# What a difference is measured against is not whose it is: 高于全省平均水平2个百分点.
_MARGIN = re.compile(r"[,，]?(?:均|都|分别)?(?:高于|低于|快于|好于|优于|领先|高出|超出|超过)[^，、]*$")
_RISING = frozenset("提增上下降缩减扩发升压调攀跃")
_SINCE = re.compile(r"(?<![自由])从(?!事|业|严|重|紧)|由(?!于|此|政|市|区|县|省|各|企)")
_PLACE = re.compile(r"(?:全[市区县省国镇乡]|[我本][市区县省]|市区|市本级|全社会|每(?:个|人|户|月|年|亩|天|村|平方米|吨)+|首[批期次]|省级以上|国家级|省级|市级|省市级|区级)$")
_COMPOUND = {"开竣工": ("开工", "竣工"), "开、竣工": ("开工", "竣工")}
_THRESHOLD = re.compile(r"[\d.一二三四五六七八九十百千万亿]+\s?[万亿]*(?:美?元|吨|亩|平方米)(?:以上|以下)?")
_STRONG = re.compile(r"(?:(?<![高创更最全革维])新[增建安引培改植栽购招设开][一-龥]?|新增|净增|新建|新引进|引进|完成|建成|实现|新培育|稳定|解决|新开工|争取|发放|惠及|办理)(?=[一-龥“])(?!率|情况|时限|后)")


_LEVELS = frozenset({"国家级", "省级", "市级", "区级", "县级", "省市级", "省", "市"})
_LIGHT = ("完成", "实现", "进行", "开展", "办理")


class Sentence:
    """What a clause may take over from the clauses before it in the same sentence."""

    __slots__ = ("before", "elided", "last", "named", "series", "told")

    def __init__(self) -> None:
        self.elided = False
        self.named: list[Spans] = []
        self.told: list[Draft] = []
        self.last: list[Draft] = []
        self.before: Clause | None = None
        self.series: list[Draft] = []


def read_clause(text: str, clause: Clause, quantities: list[Quantity], sentence: Sentence) -> list[Draft]:
    """The drafts of a clause's quantities, each with its indicator and predicate."""
    if len(quantities) == 1 and (draft := _plain(text, clause, quantities[0])) is not None:
        sentence.named.append(draft.readings[0][0])
        sentence.told.append(draft)
        return [draft]
    drafts: list[Draft] = []
    start, end, listed = clause.start, quantities[0].start, False
    for number, quantity in enumerate(quantities):
        draft = _draft(text, start, end, quantity, listed)
        previous = drafts[-1] if drafts else None
        if draft.front.action is None:
            if previous is not None and listed:
                draft.alike = previous.alike or previous
                draft.action = draft.action or draft.alike.action
                draft.readings = [(spans, action or draft.action) for spans, action in draft.readings]
            elif previous is None and sentence.last and _goes_on(text, clause, quantity, sentence):
                draft.alike, draft.listed = sentence.last[-1].alike or sentence.last[-1], True
        drafts.append(draft)
        following = quantities[number + 1].start if number + 1 < len(quantities) else None
        if following is None:
            draft.right = indicators.after(text, draft.right[0], clause.end)
        else:
            start, listed = _between(text, draft, following)
            end = following
    _resolve(text, drafts, sentence)
    sentence.told += drafts
    for draft in drafts:
        sentence.named += [spans for spans, _ in draft.readings if spans not in sentence.named]
    return drafts


_UNSETTLED = re.compile(r"[和与及、要从由等（(的]|占|实现|完成|^为")


def _plain(text: str, clause: Clause, quantity: Quantity) -> Draft | None:
    """The common case in one go: verb, noun, predicate, number, and nothing else; None for all others."""
    at, op, about = _after(text, quantity.end)
    if at != clause.end or quantity.unit is None:
        return None
    start = clause.start
    if text[start] in _RISING and _REACHING.match(text, start, quantity.start):
        return None
    back = read_back(text, start, quantity.start)
    if back.spread or back.series or back.reached or text[back.end - 1] in "年底末初的期度月前份":
        return None
    front = read_front(text, start, back.end)
    s, e = front.start, back.end
    written = text[s:e]
    if front.action is None and back.verb is None or not 1 < e - s < 8 or _UNSETTLED.search(written) or written[0] in "“较比":
        return None
    if quantity.unit.name == "倍" or written in indicators.BARE_HEADS:
        return None
    draft = Draft(quantity, back, front, op or back.op or _own_comparison(quantity), about or back.about, False)
    draft.ranked = _is_rank(text, quantity)
    draft.each = "每" in text[e : quantity.start]
    draft.action = front.action or back.verb
    draft.readings = [(((s, e),), draft.action)]
    draft.own, draft.how = True, "I01"
    return draft


def _goes_on(text: str, clause: Clause, quantity: Quantity, sentence: Sentence) -> bool:
    """A clause without a verb of its own goes on counting: 其中…, or an item behind a semicolon."""
    counted = quantity.unit is not None and quantity.unit.dimension in ("count", "person")
    return counted and (sentence.elided or text.startswith("其中", clause.start))


def _draft(text: str, start: int, end: int, quantity: Quantity, listed: bool) -> Draft:
    back = read_back(text, start, end)
    stop = back.end
    year = OF_YEAR.search(text, start, stop) if stop > start and text[stop - 1] in "年底末初的期" else None
    if year is not None and text[year.start() - 1 : year.start()] in ("较", "比", "是", "与", "和", "以", "同", "为"):
        stop, year = max(start, year.start() - 1), None
    elif year is not None:
        again = read_back(text, start, year.start())
        stop = again.end
        back = back._replace(series=back.series or again.series, reached=back.reached or again.reached,
                             kind=back.kind or again.kind, verb=back.verb or again.verb)
    reaching = _REACHING.match(text, start, stop) if stop - start > 1 and text[start] in _RISING else None
    if reaching is not None:
        back = back._replace(reached=True, kind="growth", verb=reaching.group())
        start = reaching.end()
    if quantity.unit is not None and quantity.unit.name == "倍" and (base := _TIMES_OF.search(text, start, stop)) is not None:
        stop = base.start()
    front = read_front(text, start, stop)
    at, op, about = _after(text, quantity.end)
    op = op or back.op or _own_comparison(quantity)
    draft = Draft(quantity, back, front, op, about or back.about, listed)
    draft.right = (at, at)
    draft.ranked = _is_rank(text, quantity)
    draft.each = "每" in text[back.end : quantity.start]
    draft.year = int(year[1]) if year is not None else None
    draft.action = front.action or back.verb
    spans = _own_noun(text, draft, start, stop)
    if spans:
        draft.readings = [(spans, draft.action)]
        draft.own = True
        draft.how = "I01"
    return draft


_MOVED = ("前移", "上升", "提升", "晋升", "跃升", "前进", "下降", "后移", "前进了", "上升了")


def _own_comparison(quantity: Quantity) -> str:
    """多 and 余 exceed, 两位数 begins at ten."""
    return ">" if quantity.more else ">=" if quantity.form == DIGITS else "="


def _is_rank(text: str, quantity: Quantity) -> bool:
    at = quantity.start
    if text[at - 1 : at] in ("前", "第"):
        return True
    return quantity.unit is not None and quantity.unit.name in ("位", "名") and text.endswith(_MOVED, 0, at)


def _after(text: str, at: int) -> tuple[int, str | None, bool]:
    while text[at : at + 1] in (" ", "\n", "及", "（") and text[at : at + 1]:
        if text[at] == "（" and not text.startswith("（含）", at):
            break
        at += 3 if text[at] == "（" else 1
    word = text[at : at + 2]
    if word in AFTER:
        return at + 2, AFTER[word], False
    if word in ("左右", "上下"):
        return at + 2, None, True
    return at, None, False


def _own_noun(text: str, draft: Draft, start: int, stop: int) -> Spans:
    """The spans of the noun in front of the number, empty when only verbs stand there."""
    front = draft.front
    s, e = front.start, stop
    s, e = indicators.before(text, s, e)
    if s >= e:
        return ()
    if e - s < 8 and text[s] != "为" and draft.front.action != "帮助" and not _UNSETTLED.search(text, s, e):
        return ((s, e),)
    inner = _INNER_TIME.search(text, s, e) if "年" in text[s:e] else None
    if inner is not None and inner.end() < e:
        later = read_front(text, inner.end(), e)
        draft.front, draft.action, s = later, later.action or draft.back.verb, later.start
    margin = _MARGIN.search(text, s, e) if draft.quantity.unit is not None and draft.quantity.unit.name == "个百分点" else None
    if margin is not None:
        e = margin.start()
        if e - s < 2:
            return ()
    if draft.front.action is not None and (of := text.find("的", s + 1, e - 2)) > 0:
        s = of + 1
        draft.action = None
        if _ends_in_verb(text[s:e]):
            draft.action, e = text[e - 2 : e], e - 2
    if text[s] == "为" and draft.back.verb is not None:
        s, e = s + 1, text.find(draft.back.verb, e) + len(draft.back.verb)
    if "、" in text[s:e]:
        comma = text.rfind("、", s, e)
        later = read_front(text, comma + 1, e)
        if later.action is not None and later.start < e and draft.back.spread is None:
            draft.front, draft.action, s = later, later.action, later.start
    modal = text.find("要", s, e) if e - s > 3 else -1
    if modal > s and (later := read_front(text, modal + 1, e)).action is not None and later.start < e:
        draft.front, draft.action, s = later, later.action, later.start
    since = None
    for since in _SINCE.finditer(text, s, e):
        pass
    if since is not None and e - since.end() <= 14:
        draft.series = "from"
        s, e, extra = s, since.start(), (since.end(), e)
        s, e = indicators.before(text, s, e)
        rest = text[extra[0] : extra[1]].strip()
        if e > s:
            return ((s, e), extra) if rest in ("农村", "城镇", "城市", "乡村") else ((s, e),)
        return (extra,) if rest and not re.search(r"[年时初末期高低]$", rest) else ()
    strong = None
    if e - s > 7 or draft.front.action in ("帮助", "组织", "支持", "推动", "引导", "鼓励", "带动", "促进"):
        for strong in _STRONG.finditer(text, s + 1, e):
            pass
    if strong is not None and strong.group() in ("实现", "完成") and strong.end() + 1 < e:
        return ((s, strong.start()), (strong.end(), e))
    if strong is not None and strong.end() + 2 <= e and (strong.start() - s >= 5 or draft.front.action):
        later = read_front(text, strong.start(), e)
        if later.start < e:
            draft.front, draft.action, s = later, later.action, later.start
    return ((s, e),)


def _between(text: str, draft: Draft, following: int) -> tuple[int, bool]:
    """Where the stretch of the next number begins, and whether the two are items of one list."""
    at = draft.right[0]
    first = _SEPARATOR.search(text, at, following)
    if first is not None and not text[at : first.start()].strip():
        draft.right = (at, at)
        return first.end(), True
    if not text[at:following].strip():
        draft.right = (at, at)
        return following, True
    if draft.own and first is None:
        draft.right = (at, at)
        return at, False
    last = first
    for last in _SEPARATOR.finditer(text, at, following):
        pass
    if first is not None and last is not None:
        draft.right = indicators.after(text, at, first.start() if last.end() < following else last.start())
        return last.end(), True
    draft.right = indicators.after(text, at, following)
    return max(draft.right[1], at), False


def _resolve(text: str, drafts: list[Draft], sentence: Sentence) -> None:
    spread = next((draft.back.spread for draft in drafts if draft.back.spread), None)
    for number, draft in enumerate(drafts):
        _take_right(text, draft)
        if not draft.readings:
            _borrow(text, drafts, number, sentence)
    _share_tail(text, drafts)
    _series(drafts, sentence)
    _distribute(text, drafts, spread, sentence)
    _complete(text, drafts, sentence)


def _take_right(text: str, draft: Draft) -> None:
    start, end = draft.right
    if end - start < 2 or (draft.series or draft.back.reached):
        return
    spans: Spans = ((start, end),)
    if not draft.own:
        draft.readings, draft.how = [(spans, draft.action)], "I02"
        draft.own = True
        return
    (own, _action), *_ = draft.readings
    unit = draft.quantity.unit
    if unit is None or unit.dimension not in ("count", "person") or draft.back.verb or draft.series:
        return
    first = text[own[0][0] : own[-1][1]]
    at = draft.quantity.start
    if text[at - 2 : at].rstrip()[-1:] in "等为对向给和与及、" or _ends_in_verb(first):
        draft.readings, draft.how = [(spans, draft.action)], "I02"
    elif first.startswith("每") or (_PLACE.search(first) and len(first) <= 6):
        draft.readings, draft.how = [(spans, draft.action)], "I02"
    else:
        draft.readings, draft.how = [((*own, *spans), draft.action)], "I02"


def _ends_in_verb(written: str) -> bool:
    """The stretch closes on a verb, whose object comes after the number (集中开工10栋大楼)."""
    heads = load_vocabulary().heads
    return len(written) > 3 and heads.get(written[-2:]) in ("act", "increment") and written[-2:] not in ("投入", "服务", "生产", "发展", "运营", "规划")


def _borrow(text: str, drafts: list[Draft], number: int, sentence: Sentence) -> None:
    """An indicator for a number that has no noun of its own."""
    draft = drafts[number]
    following = drafts[number + 1] if number + 1 < len(drafts) else None
    unit = draft.quantity.unit
    if following is not None and unit is not None and unit.dimension == "count" and following.right[1] - following.right[0] >= 2 and draft.back.spread is None:
        draft.readings, draft.how = [((following.right,), draft.action)], "I02"
    elif _names_itself(text, draft, drafts, sentence):
        return
    elif number > 0:
        earlier = drafts[number - 1]
        draft.alike = draft.alike or earlier
        draft.readings, draft.how = [(spans, draft.action or earlier.front.action) for spans, _ in earlier.readings], "I03"
    elif sentence.last:
        earlier = _like(draft, sentence)
        draft.readings = [(spans, draft.action) for spans, _ in earlier.readings[-1:]]
        draft.how = "I03"
    elif sentence.before is not None:
        start, end, _ = sentence.before
        back = read_back(text, start, end)
        front = read_front(text, start, back.end)
        s, e = indicators.before(text, front.start, back.end)
        if e > s:
            draft.readings, draft.how = [(((s, e),), draft.action)], "I03"


def _like(draft: Draft, sentence: Sentence) -> Draft:
    """The draft to take a noun from: the last that counts in the same dimension, else the last."""
    unit = draft.quantity.unit
    if unit is not None and unit.dimension != "ratio":
        for earlier in reversed(sentence.told):
            if earlier.quantity.unit is not None and earlier.quantity.unit.dimension == unit.dimension:
                return earlier
    return sentence.last[-1]


def _names_itself(text: str, draft: Draft, drafts: list[Draft], sentence: Sentence) -> bool:
    """A verb that is its own indicator: 降本减负20亿元, 完成认购30套, 报会上市3家."""
    at = draft.quantity.start
    action = draft.action
    if not action or (draft.quantity.unit and draft.quantity.unit.dimension == "ratio"):
        return False
    stem = action[2:] if action.startswith(_LIGHT) and len(action) > 3 else action
    start = text.rfind(stem, max(0, at - 16), at)
    if start < 0:
        return False
    span = (start, start + len(stem))
    alone = drafts[0] is draft and not sentence.last and draft.back.verb is None
    if action.endswith(load_vocabulary().objects) or alone:
        draft.readings, draft.how = [((span,), action)], "I07"
        return True
    sibling = draft.alike is not None and draft.alike.how == "I07"
    if (stem is not action or sibling) and sentence.last and sentence.last[-1].readings:
        spans = sentence.last[-1].readings[-1][0]
        s, e = spans[-1]
        e -= 2 if text.endswith(("项目", "工程"), s, e) and e - s > 3 else 0
        draft.readings, draft.how = [((*spans[:-1], (s, e), span), action)], "I07"
        return True
    return False


def _share_tail(text: str, drafts: list[Draft]) -> None:
    for draft, later in pairwise(drafts):
        if draft.how == "I01" and text[slice(*draft.readings[0][0][0])] in _LEVELS and later.right[1] - later.right[0] > 1:
            draft.readings = [((*draft.readings[0][0], later.right), draft.action)]
    if len(drafts) < 2 or drafts[-1].how != "I02":
        return
    start, end = drafts[-1].right
    tail = indicators.shared_tail(text, start, end)
    if tail is None:
        return
    for draft in drafts[:-1]:
        (spans, action), *_ = draft.readings or [((), None)]
        if draft.how == "I02" and spans and spans[-1] != (start, end) and indicators.shared_tail(text, *spans[-1]) is None:
            draft.readings = [((*spans, tail), action)]


def _series(drafts: list[Draft], sentence: Sentence) -> None:
    """从…到…: the first group of numbers is where it came from, the second where it went."""
    group: list[Draft] | None = None
    for draft in drafts:
        if draft.back.series:
            draft.series = "from"
        if draft.series == "from":
            group = [draft]
            sentence.series = group
        elif draft.back.reached and sentence.series and draft.series is None:
            draft.series = "to"
            group = None
        elif group is not None and draft.listed:
            draft.series = "from"
            group.append(draft)
        elif draft.listed and draft.alike is not None and draft.alike.series == "to":
            draft.series = "to"
    goals = [draft for draft in drafts if draft.series == "to"]
    if group and len(group) > 1 and len(group[0].readings[:1]) == 1 and len(group[0].readings[0][0]) == 2:
        for draft in group[1:]:
            if draft.own:
                draft.readings = [((group[0].readings[0][0][0], *draft.readings[0][0]), draft.action)]
    if len(goals) == 1 and len(sentence.series) > 1 and goals[0].own:
        goals[0].readings = [((sentence.series[0].readings[0][0][0], *goals[0].readings[0][0]), goals[0].action)]
    if goals and len(goals) == len(sentence.series):
        for goal, origin in zip(goals, sentence.series, strict=True):
            if goal.how in ("I03", "") or goal.readings == []:
                goal.readings, goal.how = [(spans, goal.action) for spans, _ in origin.readings], "I03"
    if goals:
        sentence.series = []


def _distribute(text: str, drafts: list[Draft], spread: str | None, sentence: Sentence) -> None:
    """分别, 均, 各 and 城乡: several indicators for several numbers, or several for one."""
    head = next((n for n, draft in enumerate(drafts) if draft.back.spread), None)
    if head is None:
        _pair_of_town_and_country(text, drafts)
        _in_step(drafts, sentence)
        _joined(text, drafts)
        return
    draft = drafts[head]
    if spread == "分别" and (head + 1 < len(drafts) or not draft.own):
        group = drafts[head:]
        _respectively(text, group, sentence)
        return
    if not draft.readings:
        return
    spans, action = draft.readings[0]
    subjects = indicators.split_subjects(text, spans[0][0], spans[-1][1], 0) if draft.own else None
    if subjects:
        draft.readings = [_own_verb(text, subject, action) for subject in subjects]
        draft.how = "I06"
    elif action in _COMPOUND:
        draft.readings = [(spans, verb) for verb in _COMPOUND[action]]
        draft.how = "I06"


def _own_verb(text: str, spans: Spans, action: str | None) -> tuple[Spans, str | None]:
    (start, end), *rest = spans
    front = read_front(text, start, end)
    if front.action is None or front.start >= end:
        return spans, action
    return ((front.start, end), *rest), front.action


def _respectively(text: str, group: list[Draft], sentence: Sentence) -> None:
    origins = [draft for draft in group if draft.series == "from"]
    count = len(origins) or len(group)
    subjects = _subjects(text, group[0], count, sentence)
    last = group[-1]
    for number, draft in enumerate(group):
        if draft.op == "=" and last.op in (">=", "<=") and draft is not last and not draft.back.verb and number > 0 or (
            draft.op == "=" and draft is group[0] and last.op in (">=", "<=") and all(d.op == "=" for d in group[:-1])
        ):
            draft.op = last.op
        if number > 0 and draft.alike is None:
            draft.alike = group[0]
        if subjects and (number == 0 or not draft.own or draft.how == "I03"):
            draft.readings = [(subjects[number % count], draft.action)]
            draft.how = "I04"


def _subjects(text: str, first: Draft, count: int, sentence: Sentence) -> list[Spans] | None:
    if first.own and first.readings:
        spans = first.readings[0][0]
        return indicators.split_subjects(text, spans[0][0], spans[-1][1], count)
    earlier = sentence.named
    if len(earlier) >= count and sentence.last:
        return earlier[-count:]
    if sentence.before is not None:
        start, end, _ = sentence.before
        front = read_front(text, start, end)
        return indicators.split_subjects(text, *indicators.before(text, front.start, end), count)
    return None


def _pair_of_town_and_country(text: str, drafts: list[Draft]) -> None:
    if len(drafts) != 2 or not drafts[0].own or drafts[1].own:
        return
    spans = drafts[0].readings[0][0]
    subjects = indicators.split_subjects(text, spans[0][0], spans[-1][1], 2) if text.startswith("城乡", spans[0][0]) else None
    if subjects:
        for draft, subject in zip(drafts, subjects, strict=True):
            draft.readings, draft.how = [(subject, draft.action)], "I05"


def _in_step(drafts: list[Draft], sentence: Sentence) -> None:
    """As many numbers as the clause before had, none with a noun of its own: one for each, in order."""
    if len(drafts) < 2 or any(draft.own for draft in drafts):
        return
    earlier = [draft.readings[0][0] for draft in sentence.last if len(draft.readings) == 1]
    if len(earlier) == len(drafts) == len(sentence.last):
        for draft, spans in zip(drafts, earlier, strict=True):
            draft.readings, draft.how = [(spans, draft.action)], "I04"


def _joined(text: str, drafts: list[Draft]) -> None:
    for draft in drafts:
        if draft.how == "I01" and draft.back.verb and len(draft.readings) == 1:
            spans, action = draft.readings[0]
            subjects = indicators.full_subjects(text, *spans[0]) if len(spans) == 1 else None
            if subjects:
                draft.readings, draft.how = [(subject, action) for subject in subjects], "I06"


def _complete(text: str, drafts: list[Draft], sentence: Sentence) -> None:
    """Join bare heads (投资) and shares (占…) to the subject in front of them."""
    for number, draft in enumerate(drafts):
        if draft.how != "I01" or len(draft.readings) != 1:
            continue
        spans, action = draft.readings[0]
        earlier = drafts[number - 1] if number else (sentence.last[-1] if sentence.last else None)
        if earlier is None or not earlier.readings or earlier.quantity.unit is None:
            continue
        written = text[spans[0][0] : spans[-1][1]]
        share = written.startswith(("占", "相当于"))
        bare = written in indicators.BARE_HEADS and earlier.quantity.unit.dimension == "count"
        step = _THRESHOLD.fullmatch(written) is not None
        if step:
            earlier = next((d for d in reversed(drafts[:number]) if d.readings), None) or _like(draft, sentence)
            s, e = earlier.readings[-1][0][-1]
            above = text.find("以上", s, e)
            step_end = draft.quantity.start
            while text[step_end - 1].isspace():
                step_end -= 1
            draft.readings = [(((spans[0][0], step_end), (above + 2 if above >= 0 else s, e)), action or earlier.action)]
        if share or bare:
            draft.readings, draft.how = [((*earlier.readings[-1][0], *spans), action)], "I03"
