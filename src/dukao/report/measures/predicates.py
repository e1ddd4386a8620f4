"""What stands between an indicator and its number, and in front of the indicator.

The vocabulary is `data/predicates.toml`. A stretch of text is read from both ends by looking its first or
last characters up, the longest word first: from the right the comparison and the predicate (增长, 达到,
不低于), from the left the verb and its adverbs (力争, 新增, 高标准建成).
"""

import re
import tomllib
from collections.abc import Collection
from importlib.resources import files
from typing import Final, Literal

from dukao.report.measures.times import A_YEAR

WordClass = Literal["increment", "decrease", "growth", "act", "adverb", "state", "noun"]

COMPARISONS: Final = {
    "超过": ">", "超": ">", "突破": ">", "高于": ">", "多于": ">", "超出": ">", "首次突破": ">",
    "不低于": ">=", "不少于": ">=", "至少": ">=", "不小于": ">=",
    "不高于": "<=", "不超过": "<=", "最多": "<=", "至多": "<=", "不大于": "<=", "不多于": "<=",
    "低于": "<", "少于": "<", "小于": "<",
}  # fmt: skip
AFTER: Final = {"以上": ">=", "以内": "<=", "以下": "<=", "之内": "<="}
ABOUT: Final = frozenset({"约", "约为", "约达", "近", "接近", "将近", "大约", "左右", "上下"})
# 目标 and 计划 close a predicate (投资计划增长8%) unless they are what is measured against (占年度计划的90%).
AIMS: Final = frozenset({"目标", "计划"})
PLANNED: Final = frozenset(
    {"年度", "年初", "全年", "省定", "市定", "预期", "调控", "任务", "既定", "预定", "工作"}
)
SINCE: Final = frozenset({"从", "由"})
UNTIL: Final = frozenset({"到", "至"})
# After these only the noun follows, even one that looks like a verb (新增孵化空间).
ADDING: Final = frozenset({"新增", "净增", "增加", "新添", "净增加"})
TOGETHER: Final = frozenset({"分别", "分别为", "分别达", "分别达到", "分别比上年", "分别较上年"})
EACH: Final = frozenset({"均", "均为", "均达", "均达到", "都达到", "都"})
APIECE: Final = frozenset({"各", "各达"})
SPREADS: Final = {
    **dict.fromkeys(TOGETHER, "分别"),
    **dict.fromkeys(EACH, "均"),
    **dict.fromkeys(APIECE, "各"),
}


def _lengths(words: Collection[str], edge: slice) -> dict[str, tuple[int, ...]]:
    """By the two characters at an `edge` of words, or by the only one, the lengths worth looking up."""
    found: dict[str, set[int]] = {}
    for word in words:
        found.setdefault(word[edge], set()).add(len(word))
        single = word[edge][0 if edge.start is None else -1]
        if single in words:
            found[word[edge]].add(1)
    return {key: tuple(sorted(lengths, reverse=True)) for key, lengths in found.items()}


class Vocabulary:
    """Words by class: `heads` may open a stretch (a "noun" stops the stripping), `tails` may close it.

    `head_lengths` and `tail_lengths` give, by a word's first or last two characters (or its only one), the
    lengths worth looking up.
    `whole` are words that end like a tail and are none (签约); `objects` are verbs that carry their object
    and so name their own figure (造林, 减负).
    """

    __slots__ = ("head_lengths", "heads", "objects", "tail_lengths", "tails", "whole")

    def __init__(
        self,
        heads: dict[str, WordClass],
        tails: dict[str, WordClass],
        whole: frozenset[str],
        objects: tuple[str, ...],
    ) -> None:
        self.heads: Final = heads
        self.tails: Final = tails
        self.head_lengths: Final = _lengths(heads, slice(None, 2))
        self.tail_lengths: Final = _lengths(tails, slice(-2, None))
        self.whole: Final = whole
        self.objects: Final = objects


def _load_vocabulary() -> Vocabulary:
    """The predicate words; 新 before any verb of doing makes it a verb of increment."""
    text = files("dukao.report").joinpath("data/predicates.toml").read_text(encoding="utf-8")
    table: dict[str, list[str]] = tomllib.loads(text)
    heads: dict[str, WordClass] = {}
    tails: dict[str, WordClass] = {}
    for word in table["act"]:
        heads[word] = "act"
        heads[f"新{word}"] = "increment"
        heads[f"重点{word}"] = "act"
    kinds: tuple[WordClass, ...] = ("adverb", "growth", "decrease", "increment")
    for kind in kinds:
        heads.update({word: kind for word in table[kind] if len(word) > 1 or kind == "adverb"})
        if kind != "adverb":
            tails.update(dict.fromkeys(table[kind], kind))
    for word in (*table["state"], *COMPARISONS):
        tails[word] = "state"
    heads.update(dict.fromkeys(COMPARISONS, "state"))
    heads.update(dict.fromkeys(table["noun"], "noun"))
    return Vocabulary(heads, tails, frozenset(table["whole"]), tuple(table["object"]))


# Read at once: nothing here is read without it.
VOCABULARY: Final = _load_vocabulary()


class Front:
    """The words in front of an indicator: where it begins, its verb and its kind."""

    __slots__ = ("action", "kind", "start")

    def __init__(self, start: int, action: str | None, kind: WordClass | None) -> None:
        self.start: Final[int] = start
        self.action: Final[str | None] = action
        self.kind: Final[WordClass | None] = kind


class Back:
    """The words between an indicator and its number, read from the right.

    What stands in front of a baseline or a link is read later, and added.
    """

    __slots__ = ("about", "end", "kind", "op", "reached", "series", "spread", "verb")

    def __init__(
        self, end: int, op: str | None, about: bool, verb: str | None, kind: WordClass | None,
        reached: bool, series: bool, spread: str | None,
    ) -> None:  # fmt: skip
        self.end: Final[int] = end
        self.op: Final[str | None] = op
        self.about: Final[bool] = about
        self.verb = verb
        self.kind: WordClass | None = kind
        self.reached = reached
        self.series = series
        self.spread = spread


class Ends:
    """Both ends of a stretch that begins at `start`."""

    __slots__ = ("back", "front", "start")

    def __init__(self, start: int, front: Front, back: Back) -> None:
        self.start: Final[int] = start
        self.front: Final[Front] = front
        self.back: Final[Back] = back


# A time at the head of a clause: 到2025年底, 6月底前, 上半年.
TIME: Final = re.compile(
    rf"\d{{1,2}}[.．、](?!\d)|[一二三四五六七八九十]是|[去上]年[末底]|年末|(?:到|截至|截止到?|至|在|自|从)?(?:{A_YEAR}年?[-—－至到]?(?:{A_YEAR})?年(?:底前?|末|初|前|以来|来|间|度)?"
    r"|\d{1,2}月\d{1,2}日(?:前|起)?|\d{1,2}月(?:底前|底|份|末|初|前)?|[上下]半年|连续[\d一二三四五六七八九十多]+[年月季天]|近?[一二两三四五十\d]+年(?:内|间|来)|第?[一二三四]季度(?:末|前)?|年底前|年内|[“”十一二三四五六]+五[“”](?:期间|时期|末)?)"
)


_TIME_FIRST: Final = frozenset("0123456789１２第到截至在自从上下去连一二三四五六七八九十年“")
_JOINING: Final = frozenset("和与及")
_VERBS: Final = frozenset({"act", "increment", "decrease"})
_BLANK: Final = frozenset(" \n\u3000\t*★☆※")
_NO_WORD: Final[tuple[int, ...]] = ()


def read_ends(text: str, start: int, end: int) -> Ends:
    """`text[start:end]` stripped from the right, and what is left from the left."""
    back = read_back(text, start, end)
    return Ends(start, read_front(text, start, back.end), back)


def read_front(text: str, start: int, end: int) -> Front:
    """Strip times, adverbs and verbs from the left of `text[start:end]`; stops at the first noun."""
    heads, lengths = VOCABULARY.heads, VOCABULARY.head_lengths
    action_start = action_end = last = -1
    kind: WordClass | None = None
    while start < end:
        char, found = text[start], None
        for length in lengths.get(text[start : start + 2]) or lengths.get(char, _NO_WORD):
            word = text[start : start + length]
            found = heads.get(word)
            if found is not None and start + length <= end:
                break
        else:
            joins = char in _JOINING and last >= 0 and _goes_on(text, start + 1, end)
            if joins or char in _BLANK or char in "、，":
                start += 1
                continue
            time = TIME.match(text, start, end) if char in _TIME_FIRST else None
            if time is None:
                break
            start = time.end()
            continue
        if found == "noun" or text[start + length : start + length + 1] in ("率", "量", "额"):
            break
        if found != "adverb" and found != "state":
            if action_start < 0:
                action_start = start
            kind = found if kind != "increment" else kind
            last, action_end = start, start + length
            if word in ADDING:
                start += length
                break
        start += length
    if last > action_start >= 0 and text[start : start + 1] in ("和", "与", "及"):
        start = action_end = last
    action = text[action_start:action_end] if action_start >= 0 else None
    return Front(start, action, kind)


def _goes_on(text: str, start: int, end: int) -> bool:
    """Another verb of the same predicate begins here (取消和下放…)."""
    lengths = VOCABULARY.head_lengths
    for length in lengths.get(text[start : start + 2]) or lengths.get(text[start : start + 1], _NO_WORD):
        if start + length <= end and VOCABULARY.heads.get(text[start : start + length]) in _VERBS:
            return True
    return False


def read_back(text: str, start: int, end: int) -> Back:
    """Strip comparison and predicate from the right of `text[start:end]`."""
    tails, lengths = VOCABULARY.tails, VOCABULARY.tail_lengths
    op = verb = spread = None
    kind: WordClass | None = None
    about = reached = series = False
    while end > start:
        char = text[end - 1]
        for length in lengths.get(text[max(0, end - 2) : end]) or lengths.get(char, _NO_WORD):
            word = text[end - length : end]
            found = tails.get(word)
            if found is not None and end - length >= start:
                break
        else:
            if char in _BLANK:
                end -= 1
                continue
            break
        if length == 1 and text[end - 2 : end] in VOCABULARY.whole and text[end - 3 : end] != "比重要":
            break
        if word in AIMS and text[max(start, end - 4) : end - 2] in PLANNED:
            break
        if found != "state":
            if verb is not None:
                break
            verb, kind = word, found
        elif word in COMPARISONS:
            op = op or COMPARISONS[word]
        elif word in ABOUT:
            about = True
        elif word in SINCE:
            series = True
        elif word in SPREADS:
            spread = SPREADS[word] if spread is None or word in TOGETHER else spread
        elif word in UNTIL or (length > 2 and char == "到"):
            reached = reached or verb is None
        end -= length
    return Back(end, op, about, verb, kind, reached, series, spread)
