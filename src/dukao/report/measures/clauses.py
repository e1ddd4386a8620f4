"""One clause with numbers: which stretch of it belongs to which of them."""

import re
from typing import Final

from dukao.language.quantities import Quantity
from dukao.report.measures import indicators
from dukao.report.measures.drafts import Draft, Sentence
from dukao.report.measures.phrases import read_phrase, read_plain
from dukao.report.measures.predicates import Ends, read_ends
from dukao.report.measures.sharing import share_out

_SEPARATOR: Final = re.compile(
    r"[、，,；;（(：:]|以及|其中|(?<=[一-龥”%％‰家个项件条座所处套幢户名人])(?:和(?![美谐平睦])|与(?!会)|及|并)"
)


def read_clause(
    text: str, start: int, end: int, quantities: list[Quantity], sentence: Sentence
) -> list[Draft]:
    """The drafts of the quantities of the clause `text[start:end]`, each with its indicator and predicate."""
    ends = read_ends(text, start, quantities[0].start)
    if len(quantities) == 1 and (draft := read_plain(text, end, quantities[0], ends)) is not None:
        sentence.named.append(draft.readings[0][0])
        sentence.told.append(draft)
        return [draft]
    drafts = _read_phrases(text, end, quantities, ends, sentence)
    share_out(text, drafts, sentence)
    sentence.told += drafts
    for draft in drafts:
        sentence.named += [spans for spans, _ in draft.readings if spans not in sentence.named]
    return drafts


def _read_phrases(
    text: str, end: int, quantities: list[Quantity], ends: Ends, sentence: Sentence
) -> list[Draft]:
    """The drafts of the quantities of a clause; `ends` are those of the stretch in front of the first."""
    drafts: list[Draft] = []
    start, listed, last = ends.start, False, len(quantities) - 1
    for number, quantity in enumerate(quantities):
        draft = read_phrase(text, quantity, ends, listed)
        if draft.front.action is None:
            if listed:
                _inherit(draft, drafts[-1])
            elif number == 0 and sentence.last and _goes_on(text, start, quantity, sentence):
                draft.alike, draft.listed = sentence.last[-1].alike or sentence.last[-1], True
            elif number == last == 0 and _counts_on(text, draft, end, sentence):
                _inherit(draft, sentence.last[-1])
                draft.listed = True
        drafts.append(draft)
        if number == last:
            draft.right = indicators.after(text, draft.right[0], end)
        else:
            opens, listed = _between(text, draft, quantities[number + 1].start)
            ends = read_ends(text, opens, quantities[number + 1].start)
    return drafts


def _inherit(draft: Draft, previous: Draft) -> None:
    """An item of a list without a verb takes the verb of the items before it."""
    draft.alike = previous.alike or previous
    if draft.action is None and draft.alike.action is not None:
        draft.action = draft.alike.action
        draft.readings = [(spans, draft.action) for spans, _ in draft.readings]


def _goes_on(text: str, start: int, quantity: Quantity, sentence: Sentence) -> bool:
    """A clause without a verb of its own goes on counting: 其中…, or an item behind a semicolon."""
    counted = quantity.unit is not None and quantity.unit.dimension in ("count", "person")
    return counted and (sentence.elided or text.startswith("其中", start))


def _counts_on(text: str, draft: Draft, end: int, sentence: Sentence) -> bool:
    """新建社区食堂15个，老年活动中心6个: a noun and its number, behind a clause that had the verb."""
    if not (sentence.last and draft.own and draft.right[0] >= end):
        return False
    earlier, unit = sentence.last[-1], draft.quantity.unit
    before = earlier.quantity.unit
    plain = draft.back.verb is None and draft.back.end == draft.quantity.start and draft.action is None
    return (
        plain
        and unit is not None
        and before is not None
        and unit.dimension == before.dimension == "count"
        and earlier.front.kind == "increment"
        and not text.startswith(("其中", "累计", "总", "全"), draft.readings[0][0][0][0])
    )


def _between(text: str, draft: Draft, following: int) -> tuple[int, bool]:
    """Where the stretch of the next number begins, and whether the two are items of one list."""
    at = draft.right[0]
    first = _SEPARATOR.search(text, at, following)
    if first is not None and not text[at : first.start()].strip():
        return first.end(), True
    if not text[at:following].strip():
        return following, True
    if first is None:
        if draft.own:
            return at, False
        draft.right = indicators.after(text, at, following)
        return max(draft.right[1], at), False
    *_, last = _SEPARATOR.finditer(text, at, following)
    draft.right = indicators.after(text, at, first.start() if last.end() < following else last.start())
    return last.end(), True
