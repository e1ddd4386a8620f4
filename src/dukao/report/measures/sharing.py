"""What the numbers of a clause share: a noun, a verb, a comparison, a list of indicators."""

import re
from itertools import pairwise
from typing import Final

from dukao.report.measures import indicators
from dukao.report.measures.dealing import distribute, relation
from dukao.report.measures.drafts import Draft, Sentence
from dukao.report.measures.indicators import Spans
from dukao.report.measures.phrases import ends_in_verb
from dukao.report.measures.predicates import VOCABULARY, read_back, read_front

_PLACE: Final = re.compile(
    r"(?:全[市区县省国镇乡]|[我本][市区县省]|市区|市本级|全社会|首[批期次]|省级以上|国家级|省级|市级|省市级|区级)$"
)
_THRESHOLD: Final = re.compile(
    r"[\d.一二三四五六七八九十百千万亿]+\s?[万亿]*(?:美?元|吨|亩|平方米)(?:以上|以下)?"
)
_LEVELS: Final = frozenset({"国家级", "省级", "市级", "区级", "县级", "省市级", "省", "市"})
_OWNED: Final = ("增加值", "税金", "利润总额", "总产值", "主营业务收入", "销售收入", "利润", "利税")
# A noun that is half of a pair, or one property of several, and whose owner stands before the other.
_COUNTERPARTS: Final[dict[str, tuple[str, ...]]] = {
    "支出": ("收入",),
    "贷款余额": ("存款余额",),
    "存款余额": ("贷款余额",),
    **dict.fromkeys(("主营业务收入", "利润", "利润总额", "利税", "税金", "税收总额"), _OWNED),
}
_VILLAGES: Final = frozenset("村乡镇县校")
_LIGHT: Final = ("完成", "实现", "进行", "开展", "办理")


def share_out(text: str, drafts: list[Draft], sentence: Sentence) -> None:
    spread = next((draft.back.spread for draft in drafts if draft.back.spread), None)
    for number, draft in enumerate(drafts):
        if draft.right[1] - draft.right[0] > 1 or text[draft.right[0] : draft.right[1]] in _VILLAGES:
            _take_right(text, draft)
        if not draft.readings:
            _borrow(text, drafts, number, sentence)
    if len(drafts) > 1:
        _share_tail(text, drafts)
    if sentence.series or any(draft.back.series or draft.series for draft in drafts):
        _series(drafts, sentence)
    distribute(text, drafts, spread, sentence)
    _complete(text, drafts, sentence)


def _take_right(text: str, draft: Draft) -> None:
    start, end = draft.right
    if start == end or (draft.series or draft.back.reached):
        return
    spans: Spans = ((start, end),)
    if not draft.own:
        draft.readings, draft.how = [(spans, draft.action)], "I02"
        draft.own = True
        return
    (own, _action), *_ = draft.readings
    unit = draft.quantity.unit
    if unit is None or draft.back.verb or draft.series:
        return
    first = text[own[0][0] : own[-1][1]]
    if unit.dimension == "money" and ends_in_verb(first):
        draft.readings, draft.how = [(spans, first[-2:])], "I02"
    if unit.dimension not in ("count", "person"):
        return
    at = draft.quantity.start
    if (
        text[at - 2 : at].rstrip()[-1:] in "等为对向给和与及、"
        or ends_in_verb(first)
        or first.startswith("每")
        or (_PLACE.search(first) and len(first) <= 6)
    ):
        draft.readings, draft.how = [(spans, draft.action)], "I02"
    else:
        draft.readings, draft.how = [((*own, *spans), draft.action)], "I02"


def _borrow(text: str, drafts: list[Draft], number: int, sentence: Sentence) -> None:
    """An indicator for a number that has no noun of its own."""
    draft = drafts[number]
    following = drafts[number + 1] if number + 1 < len(drafts) else None
    unit = draft.quantity.unit
    if (
        following is not None
        and unit is not None
        and unit.dimension == "count"
        and following.right[1] - following.right[0] >= 2
        and draft.back.spread is None
    ):
        draft.readings, draft.how = [((following.right,), draft.action)], "I02"
    elif _names_itself(text, draft, drafts, sentence):
        return
    elif number > 0:
        earlier = drafts[number - 1]
        draft.alike = draft.alike or earlier
        draft.readings, draft.how = (
            [(spans, draft.action or earlier.front.action) for spans, _ in earlier.readings],
            "I03",
        )
    elif sentence.last:
        earlier = _like(draft, sentence)
        draft.readings = [(spans, draft.action) for spans, _ in earlier.readings[-1:]]
        draft.how = "I03"
    elif sentence.before is not None:
        start, end = sentence.before
        back = read_back(text, start, end)
        front = read_front(text, start, back.end)
        s, e = indicators.before(text, front.start, back.end)
        if e > s:
            draft.readings, draft.how = [(((s, e),), draft.action)], "I03"


def _like(draft: Draft, sentence: Sentence) -> Draft:
    """The draft to take a noun from: the last that counts in the same dimension, else the last."""
    unit = draft.quantity.unit
    if unit is not None and unit.dimension != "ratio" and draft.back.verb is None:
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
    if action.endswith(VOCABULARY.objects) or alone:
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
        if (
            later.right[1] - later.right[0] > 1
            and draft.how in ("I01", "I02")
            and draft.readings[0][0]
            and text[slice(*draft.readings[0][0][0])] in _LEVELS
        ):
            draft.readings = [((*draft.readings[0][0][:1], _past_level(text, later.right)), draft.action)]
    if len(drafts) < 2 or drafts[-1].how != "I02":
        return
    start, end = drafts[-1].right
    tail = indicators.shared_tail(text, start, end)
    if tail is None:
        return
    for draft in drafts[:-1]:
        (spans, action), *_ = draft.readings or [((), None)]
        if (
            draft.how == "I02"
            and spans
            and spans[-1] != (start, end)
            and indicators.shared_tail(text, *spans[-1]) is None
            and not ends_in_verb(text[slice(*spans[-1])])
        ):
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
        elif (
            draft.listed
            and draft.alike is not None
            and draft.alike.series == "to"
            and draft.back.verb is None
            and draft.quantity.unit is draft.alike.quantity.unit
        ):
            draft.series = "to"
    goals = [draft for draft in drafts if draft.series == "to"]
    if group and len(group) > 1 and len(group[0].readings[:1]) == 1 and len(group[0].readings[0][0]) == 2:
        for draft in group[1:]:
            if draft.own:
                draft.readings = [((group[0].readings[0][0][0], *draft.readings[0][0]), draft.action)]
    if len(goals) == 1 and len(sentence.series) > 1 and goals[0].own:
        goals[0].readings = [
            ((sentence.series[0].readings[0][0][0], *goals[0].readings[0][0]), goals[0].action)
        ]
    if goals and len(goals) == len(sentence.series):
        for goal, origin in zip(goals, sentence.series, strict=True):
            if goal.how in ("I03", "") or goal.readings == []:
                goal.readings, goal.how = [(spans, goal.action) for spans, _ in origin.readings], "I03"
                goal.each = origin.each
    if goals:
        sentence.series = []


def _belonging(text: str, written: str, earlier: Draft) -> tuple[int, int] | None:
    """Whose 支出 or 利润 it is, where the noun before says so: 一般预算收入…、支出…, 工业增加值…；利润…."""
    s, e = earlier.readings[-1][0][0]
    counterparts = _COUNTERPARTS.get(written, ())
    end = earlier.readings[-1][0][-1][1]
    for word in counterparts:
        if text.endswith(word, s, end):
            until = min(e, end - len(word)) if len(earlier.readings[-1][0]) == 1 else e
            return (s, until) if until - s > 1 else None
    return None


def _past_level(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """A noun without the 省级 or 市级 in front of it."""
    start, end = span
    level = next((level for level in _LEVELS if text.startswith(level, start) and len(level) > 1), "")
    return start + len(level), end


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
        share = relation(text, spans)
        if share is not None and share != spans:
            spans, action = share, None
        belonging = _belonging(text, written, earlier)
        if belonging is not None:
            draft.readings = [((belonging, *spans), action)]
            continue
        if written in _LEVELS:
            draft.readings = [((*spans, _past_level(text, earlier.readings[-1][0][-1])), action)]
            continue
        bare = written in indicators.BARE_HEADS and earlier.quantity.unit.dimension == "count"
        step = _THRESHOLD.fullmatch(written) is not None
        if step:
            earlier = next((d for d in reversed(drafts[:number]) if d.readings), None) or _like(
                draft, sentence
            )
            if not earlier.readings:
                continue
            s, e = earlier.readings[-1][0][-1]
            above = text.find("以上", s, e)
            step_end = draft.quantity.start
            while text[step_end - 1].isspace():
                step_end -= 1
            draft.readings = [
                (((spans[0][0], step_end), (above + 2 if above >= 0 else s, e)), action or earlier.action)
            ]
        if share is not None or bare:
            draft.readings, draft.how = [((*earlier.readings[-1][0], *spans), action)], "I03"
