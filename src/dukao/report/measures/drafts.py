"""A measure in the making: what a clause says of one number, and what kind of measure that makes it."""

import re
from typing import Final, Literal

from dukao.language.quantities import DIGITS, Quantity
from dukao.report.measures.indicators import Spans
from dukao.report.measures.predicates import Back, Front
from dukao.report.values import MeasureKind

_PER: Final = re.compile(
    "千人|万人(?![大以])|人均|户均|村均|亩均|每人|每户|每亩|每月|每平方|每千|每万|每百|每吨|每公斤|单位面积|生均|月均|日均|台均|人月"
)
_GROWTH_NOUNS: Final = ("增速", "增长率", "增幅", "增长", "增长速度", "涨幅", "上涨幅度", "增长幅度")
_DECREASE_NOUNS: Final = ("降幅", "减幅", "降低率", "下降率")


_MOVED: Final = ("前移", "上升", "提升", "晋升", "跃升", "前进", "下降", "后移", "前进了", "上升了")


class Draft:
    """One number of a clause while its neighbours are still being read.

    `readings` are the indicators so far, each with its verb; `alike` is the item of the list whose verb and
    predicate it shares, `right` the noun behind the number, `how` the rule that found the indicator.
    """

    alike: "Draft | None" = None
    own = False
    right = (0, 0)
    how = ""
    ranked = False
    each = False
    # A distance from a yardstick (高于全省2个百分点), which is no growth of its own.
    apart = False
    series: Literal["from", "to"] | None = None
    year: int | None = None

    def __init__(
        self, quantity: Quantity, back: Back, front: Front, op: str, about: bool, listed: bool
    ) -> None:
        self.quantity = quantity
        self.back = back
        self.front = front
        self.op = op
        self.about = about
        self.listed = listed
        self.action = front.action
        self.readings: list[tuple[Spans, str | None]] = []

    def marks(self, text: str, end: int) -> None:
        """Note a rank (前10名, 第3位, 上升5位) and an amount for each (每人每月) in front of the number."""
        at = self.quantity.start
        unit = self.quantity.unit
        if unit is not None and unit.name in ("位", "名"):
            self.ranked = text[at - 1 : at] in ("前", "第") or text.endswith(_MOVED, 0, at)
        if end < at and (text.find("每", end, at) >= 0 or text.find("人均", end, at) >= 0):
            self.each = True


class Sentence:
    """What a clause may take over from the clauses before it in the same sentence."""

    __slots__ = ("before", "elided", "last", "named", "series", "told")

    def __init__(self) -> None:
        self.elided = False
        self.named: list[Spans] = []
        self.told: list[Draft] = []
        self.last: list[Draft] = []
        self.before: tuple[int, int] | None = None
        self.series: list[Draft] = []

    def following(self) -> "Sentence":
        """The sentence after this one; one that told of no number is taken again."""
        if self.told:
            return Sentence()
        self.elided, self.before = False, None
        return self


def kind_of(draft: Draft, indicator: str) -> tuple[MeasureKind, str]:
    """The kind of a measure and the code of the rule that says so."""
    quantity, back, front = draft.quantity, draft.back, draft.front
    unit = quantity.unit
    counted = front.kind or (draft.alike.front.kind if draft.alike else None)
    dimension = unit.dimension if unit else ("count" if counted or quantity.value >= 1000 else "ratio")
    if dimension == "rank" or draft.ranked:
        return "rank", "K07"
    verb = back.kind
    if verb is None and not back.reached and draft.alike is not None and draft.alike.back.kind is not None:
        verb = draft.alike.back.kind
    reached = back.reached or (draft.alike is not None and back.verb is None and draft.alike.back.reached)
    if dimension == "ratio":
        if quantity.form == DIGITS:
            return "growth", "K02"
        if reached or draft.apart or (unit and unit.name == "倍"):
            return "ratio", "K05"
        if (
            verb == "decrease"
            or (verb is None and front.kind == "decrease")
            or indicator.endswith(_DECREASE_NOUNS)
        ):
            return "decrease", "K03"
        if verb is not None or front.kind == "growth":
            return "growth", "K02"
        if indicator.endswith(_GROWTH_NOUNS) and "人口" not in indicator:
            return "growth", "K02"
        return ("growth", "K02") if unit and unit.name == "番" else ("ratio", "K05")
    if verb == "decrease" and not reached:
        return "decrease", "K03"
    if verb is not None and not reached:
        return "increment", "K04"
    if dimension == "per" and unit is not None and unit.name.startswith(("微克", "毫克", "公里")):
        return "level", "K01"
    if dimension == "per" or draft.each or _PER.search(indicator):
        return "per", "K06"
    kind = front.kind
    if kind is None and draft.alike is not None and draft.listed:
        kind = draft.alike.front.kind
    if kind == "decrease" and not reached:
        return "decrease", "K03"
    if (kind in ("increment", "growth") and not reached) or (
        dimension != "time" and ("新增" in indicator or "净增" in indicator)
    ):
        return "increment", "K04"
    return "level", "K01"
