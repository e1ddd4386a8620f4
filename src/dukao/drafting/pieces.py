"""The smallest pieces a plan is cut into: its commitments, and the items of one commitment apart.

Items are taken apart only where each is whole by itself: 甲、乙分别增长7%、10%; 打通断头河5条、断头路5条, the
verb given back; 甲、乙与经济增长同步; 城乡 as 城镇 and 农村. No word is changed but this last one: every
other piece is made of spans of the report.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from dukao.report.predicates import find_head, load_lexicon
from dukao.report.values import Commitment, CommitmentKind

Span = tuple[int, int]

_UNIT: Final = r"(?:[%％]|‰|个百分点|[个家条座所处项万亿千百亩公里套张平方米人名辆件倍]+)"
_BOUND: Final = "(?:以上|以下|以内|左右|多)?"
_NUMBER: Final = rf"\d[\d.,—\-]*\s*{_UNIT}{_BOUND}"
# 甲、乙分别增长7%以上、10%以上; 甲和乙年均分别增长8%; 甲、乙均增长8%
_EACH: Final = re.compile(
    rf"(?P<names>[^，；。]+?)(?P<yearly>(?:年均)?)要?(?:分别|(?<![年月日人户亩])均)(?P<verb>[\u4e00-\u9fff]{{1,5}}?)\s*"
    rf"(?P<values>{_NUMBER}(?:[、和]\s*{_NUMBER})*)$"
)
# What can be counted by itself; 城镇养老保险 in 城镇养老保险和农村养老保险参保人数 cannot.
_COUNTABLE: Final = re.compile("(?:[率额量值数]|收入|支出|投资|外资|贸易|标准|面积|能耗)$")
# 甲、乙与经济增长同步
_ALIKE: Final = re.compile(
    r"(?P<names>[^，；。]+?)(?P<said>(?:与|和)[^，；。、与]{2,12}(?:基本)?同步(?:增长)?)$"
)
_AT_LEAST: Final = re.compile("以[上下内]$")
_COUNTED: Final = re.compile(rf"[^、]*?{_NUMBER}$")
_QUOTED: Final = re.compile(r"[^、]*[\u4e00-\u9fff]{2}“[^”]+”$")
_MARKS: Final = re.compile(r"\*|[\[〔]\d{1,3}[\]〕]")
_BOTH: Final = re.compile("(?:城乡|城镇[、和]农村)(?=居民)")
_SIDE_BY_SIDE: Final = re.compile("(?<!城镇)、|、(?!农村居民)")
_AND: Final = re.compile("(?<!城镇)[、和]|[、和](?!农村居民)")
_TOWN_AND_VILLAGE: Final = ("城镇", "农村")


@dataclass(frozen=True, slots=True)
class Piece:
    """What a row is made of: a commitment or an item of it.

    `spans` are its words in the report; `text` what it says. `is_own` says that it always stands alone.
    `matter` is what an item speaks of, a verb it shares with others left out.
    """

    commitment: Commitment
    spans: tuple[Span, ...]
    text: str
    is_own: bool = False
    matter: str = ""

    @property
    def kind(self) -> CommitmentKind:
        """The kind of its commitment."""
        return self.commitment.kind


def whole(commitment: Commitment) -> Piece:
    """A commitment as one piece."""
    return Piece(commitment, ((commitment.start, commitment.end),), tidy(commitment.text))


def split_targets(text: str, commitment: Commitment) -> list[Piece]:
    """A target of a list of targets: every indicator a piece of its own."""
    return _split_each(text, commitment) or _split_alike(text, commitment) or [whole(commitment)]


def split_items(text: str, commitment: Commitment) -> list[Piece]:
    """The items of a commitment that may fall to several units; the commitment whole where it has none."""
    return _split_each(text, commitment) or _split_counted(text, commitment) or [whole(commitment)]


def split_listed(text: str, commitment: Commitment) -> list[Piece]:
    """The items of 强化甲、乙和丙, the verb given back to those behind the first; whole where there are none.

    Whether each can be done without the others the words do not say: who asks knows it from elsewhere.
    """
    parts = _parts(text, commitment.start, commitment.end, _AND)
    return _with_verb(text, commitment, parts) if len(parts) > 1 else [whole(commitment)]


def tidy(text: str) -> str:
    """Words of the report on one line, without Markdown marks and numbers of notes."""
    return "".join(line.strip() for line in _MARKS.sub("", text).splitlines()).strip()


def _split_each(text: str, commitment: Commitment) -> list[Piece]:
    """Every target of 甲、乙分别增长7%、10%.

    A value alone holds for all; 城乡居民 are the townspeople and the villagers, 城镇和农村居民 too.
    """
    found = _EACH.search(text, commitment.start, commitment.end)
    if not found:
        return []
    names, values = (_parts(text, *found.span(group), _AND) for group in ("names", "values"))
    if not all(_COUNTABLE.search(text[slice(*name)]) for name in names):
        return []
    are_both = len(names) == 1 and _BOTH.search(text, *names[0])
    names *= len(_TOWN_AND_VILLAGE) if are_both else 1
    values *= len(names) if len(values) == 1 else 1
    if len(names) != len(values) or len(names) == 1:
        return []
    yearly, verb, bound = found.span("yearly"), found.span("verb"), _shared_bound(text, values)
    pieces = [
        _piece(text, commitment, (name, yearly, verb, value, *(bound if value != values[-1] else ())))
        for name, value in zip(names, values, strict=True)
    ]
    return list(map(_of_residents, pieces, _TOWN_AND_VILLAGE)) if are_both else pieces


def _shared_bound(text: str, values: Sequence[Span]) -> tuple[Span, ...]:
    """The 以上 behind the last of several values that holds for all; none where others have one."""
    ends = [_AT_LEAST.search(text, *value) for value in values]
    if ends[-1] is None or any(ends[:-1]):
        return ()
    return (ends[-1].span(),)


def _split_alike(text: str, commitment: Commitment) -> list[Piece]:
    """Every target of 甲、乙与经济增长同步; 城乡居民 are the townspeople and the villagers."""
    found = _ALIKE.search(text, commitment.start, commitment.end)
    if not found:
        return []
    pieces = []
    for name in _parts(text, *found.span("names"), _SIDE_BY_SIDE):
        piece = _piece(text, commitment, (name, found.span("said")))
        are_both = _BOTH.search(piece.text)
        pieces += [_of_residents(piece, word) for word in _TOWN_AND_VILLAGE] if are_both else [piece]
    return pieces


def _of_residents(piece: Piece, which: str) -> Piece:
    """The same of the townspeople or of the villagers alone."""
    return replace(piece, text=_BOTH.sub(which, piece.text))


def _split_counted(text: str, commitment: Commitment) -> list[Piece]:
    """The items of 打通断头河5条、断头路5条, the verb given back to those behind the first."""
    parts = _parts(text, commitment.start, commitment.end, _SIDE_BY_SIDE)
    said = [text[start:end] for start, end in parts]
    if len(parts) < 2 or not any(all(form.fullmatch(one) for one in said) for form in (_COUNTED, _QUOTED)):
        return []
    return _with_verb(text, commitment, parts)


def _with_verb(text: str, commitment: Commitment, parts: Sequence[Span]) -> list[Piece]:
    """Items as pieces, the verb of the first given to those that have none."""
    lexicon = load_lexicon()
    _, verb_end, _ = find_head(text, *parts[0], lexicon)
    verb = (parts[0][0], verb_end)
    first = _piece(text, commitment, (parts[0],))
    pieces = [replace(first, matter=tidy(text[verb_end : parts[0][1]]))]
    for part in parts[1:]:
        has_verb = find_head(text, *part, lexicon)[0][1] in ("verb", "result")
        piece = _piece(text, commitment, (part,) if has_verb else (verb, part))
        pieces.append(replace(piece, matter=tidy(text[slice(*part)])))
    return pieces


def _parts(text: str, start: int, end: int, between: re.Pattern[str]) -> list[Span]:
    """The parts of a span between separators that stand outside quotations and brackets."""
    parts, at, depth = [], start, 0
    for place in range(start, end):
        depth += (text[place] in "“（(《") - (text[place] in "”）)》")
        if depth <= 0 and between.match(text, place):
            parts.append((at, place))
            at = place + 1
    return [*parts, (at, end)]


def _piece(text: str, commitment: Commitment, spans: Sequence[Span]) -> Piece:
    held = tuple(span for span in spans if span[0] < span[1])
    return Piece(commitment, held, "".join(tidy(text[start:end]) for start, end in held))
