"""Several numbers for several nouns: 分别, 均, 各, 城乡, and lists that run in step."""

import re
from typing import Final

from dukao.report.measures import indicators
from dukao.report.measures.drafts import Draft, Sentence
from dukao.report.measures.indicators import Spans
from dukao.report.measures.predicates import read_back, read_front

_COMPOUND: Final = {"开竣工": ("开工", "竣工"), "开、竣工": ("开工", "竣工")}
_AIM: Final = re.compile(r"(?:省定|市定|年度|全年|年初|预期|既定|下达)*(?:目标任务|目标|任务|计划)数?")
_PROPERTIES: Final = frozenset({"增速", "增幅", "总量", "规模", "贡献率"})
_RATES: Final = re.compile(r"率、[一-龥]{1,8}率$")


def distribute(text: str, drafts: list[Draft], spread: str | None, sentence: Sentence) -> None:
    """分别, 均, 各 and 城乡: several indicators for several numbers, or several for one."""
    head = next((n for n, draft in enumerate(drafts) if draft.back.spread), None)
    if head is None:
        _pair_of_town_and_country(text, drafts)
        _in_step(drafts, sentence)
        _list_against_list(text, drafts)
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
    if group[0].op in (">=", "<=") and all(draft.op == "=" and not draft.back.verb for draft in group[1:]):
        for draft in group[1:]:
            draft.op = group[0].op
    origins = [draft for draft in group if draft.series == "from"]
    count = len(origins) or len(group)
    subjects = _subjects(text, group[0], count, sentence)
    last = group[-1]
    for number, draft in enumerate(group):
        if (
            draft.op == "="
            and last.op in (">=", "<=")
            and draft is not last
            and not draft.back.verb
            and number > 0
        ) or (
            draft.op == "="
            and draft is group[0]
            and last.op in (">=", "<=")
            and all(d.op == "=" for d in group[:-1])
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
        share = relation(text, spans)
        if share is not None and len(sentence.named) >= count:
            return [(*named, *share) for named in sentence.named[-count:]]
        return _split(text, spans, count)
    earlier = sentence.named
    if len(earlier) >= count and sentence.last:
        return earlier[-count:]
    if sentence.before is not None:
        start, end = sentence.before
        front = read_front(text, start, end)
        return indicators.split_subjects(text, *indicators.before(text, front.start, end), count)
    return None


def _split(text: str, spans: Spans, count: int) -> list[Spans] | None:
    """One subject for each number; what stands behind a light verb (A、B分别完成投资) is shared."""
    if len(spans) == 2:
        subjects = indicators.split_subjects(text, spans[0][0], read_back(text, *spans[0]).end, count)
        return [(*subject, spans[1]) for subject in subjects] if subjects else None
    return indicators.split_subjects(text, spans[0][0], spans[-1][1], count)


def relation(text: str, spans: Spans) -> Spans | None:
    """The spans of what is said in relation to a whole (占全市, 完成目标任务), with its verb; else None."""
    start, end = spans[0]
    if text[start] in "占相" and text.startswith(("占", "相当于"), start):
        return spans
    if text[max(0, start - 2) : start] == "完成" and _AIM.fullmatch(text, start, end):
        return ((start - 2, end),)
    return ((start, end),) if text[start:end] in _PROPERTIES else None


def _pair_of_town_and_country(text: str, drafts: list[Draft]) -> None:
    if len(drafts) != 2 or not drafts[0].own or drafts[1].own or drafts[0].series:
        return
    spans = drafts[0].readings[0][0]
    subjects = (
        indicators.split_subjects(text, spans[0][0], spans[-1][1], 2)
        if text.startswith("城乡", spans[0][0])
        else None
    )
    if subjects:
        for draft, subject in zip(drafts, subjects, strict=True):
            draft.readings, draft.how = [(subject, draft.action)], "I05"


def _in_step(drafts: list[Draft], sentence: Sentence) -> None:
    """As many numbers as the clause before had, none with a noun of its own: one for each, in order."""
    if len(drafts) < 2 or any(draft.own for draft in drafts):
        return
    earlier = [draft.readings[0][0] for draft in sentence.last if len(draft.readings) == 1]
    alike = all(
        draft.quantity.unit is before.quantity.unit
        or (draft.quantity.unit is not None and draft.quantity.unit.dimension in ("ratio", "rank"))
        for draft, before in zip(drafts, sentence.last, strict=False)
    )
    if alike and len(earlier) == len(drafts) == len(sentence.last):
        for draft, spans in zip(drafts, earlier, strict=True):
            draft.readings, draft.how = [(spans, draft.action)], "I04"


def _list_against_list(text: str, drafts: list[Draft]) -> None:
    """As many indicators in one enumeration as numbers in the next, without 分别."""
    if len(drafts) < 2:
        return
    first, *others = drafts
    unit = first.quantity.unit
    if first.how != "I01" or len(first.readings) != 1 or first.series or not first.back.end:
        return
    if any(
        draft.how != "I03" or draft.quantity.unit is not unit or draft.back.verb or draft.front.action
        for draft in others
    ):
        return
    subjects = _split(text, first.readings[0][0], len(drafts))
    if subjects:
        for draft, subject in zip(drafts, subjects, strict=True):
            draft.readings, draft.how = [(subject, draft.action)], "I04"


def _joined(text: str, drafts: list[Draft]) -> None:
    for draft in drafts:
        if draft.how == "I01" and len(draft.readings) == 1:
            spans, action = draft.readings[0]
            if not draft.back.verb and not _RATES.search(text, spans[0][0], spans[0][1]):
                continue
            subjects = indicators.full_subjects(text, *spans[0]) if len(spans) == 1 else None
            if subjects:
                draft.readings, draft.how = [(subject, action) for subject in subjects], "I06"
