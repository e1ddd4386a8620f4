"""The commitments of a report: its plan cut into clauses somebody can be made answerable for.

A clause is cut at every stop, then joined again where grammar says that it does not stand alone (`leaning`);
its head word (`predicates`) then says whether it is a thing to be done or framing (`framing`), and so does
what the paragraph speaks of (`prologue`). The vocabulary is `data/commitments.toml`; what each rule holds
stands in `commitment_rules`.
"""

import re
from bisect import bisect_left
from collections.abc import Container, Sequence
from itertools import pairwise
from typing import Final

from dukao.language.sentences import Clauses
from dukao.report.framing import Promise, judge_clause
from dukao.report.leaning import LEADING, leans_forward
from dukao.report.predicates import Lexicon, find_head, load_lexicon
from dukao.report.prologue import FRAME, PLAN, Sentence, find_ballots, read_levels
from dukao.report.values import CommitmentKind, Part, Passage


class Cut:
    """A commitment as cut: a span, what kind it is, the section it stands in, and the rules that made it."""

    __slots__ = ("end", "kind", "rules", "section", "start")

    def __init__(
        self, start: int, end: int, kind: CommitmentKind, section: int, rules: tuple[str, ...]
    ) -> None:
        self.start: Final[int] = start
        self.end: Final[int] = end
        self.kind: Final[CommitmentKind] = kind
        self.section: Final[int] = section
        self.rules: Final[tuple[str, ...]] = rules


# A main clause with its lead-ins and tails: start, end, what it promises, rules.
_Part = tuple[int, int, Promise, tuple[str, ...]]

_NUMERAL: Final = "[一二三四五六七八九十]"
# 第二产业, 第一时间 and 第二水厂 number nothing.
_NUMBERED: Final = "[水电]厂|处理厂|热源厂|小学|中学|高中|学校|幼儿园|医院"
_NO_ORDINAL: Final = rf"(?!产业|时间|书记|[名位批次届季轮]|[\u4e00-\u9fff]{{0,6}}?(?:{_NUMBERED}))"
_NUMBERING: Final = re.compile(
    r"(?:[\s*●·•—\-]+|" + _NUMERAL + r"{1,3}(?:是要?|要|、(?!" + _NUMERAL + "))"
    r"|第" + _NUMERAL + r"{1,3}" + _NO_ORDINAL + r"[，、]?|\d{1,2}(?:[.．](?!\d)|、)"
    r"|[（(](?:\d{1,2}|" + _NUMERAL + r"{1,3})[)）]|[①-⑳⑴-⒇])+"
)
_NUMBERING_STARTS: Final = frozenset("一二三四五六七八九十第(（0123456789*●·•—-①②③④⑤⑥⑦⑧⑨⑩⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽")
_NEW_ITEM: Final = re.compile(r"\n\s*(?=\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[)）]|[①-⑳]|" + _NUMERAL + "是)")
_COMMAS: Final = frozenset("，,")
_TRAILING: Final = frozenset(" \n\r\t　*")
_LONGEST_CONNECTIVE: Final = 5
# From here on the speaker calls upon the deputies, and promises nothing.
_CALL: Final = "让我们"
_COPULAS: Final = frozenset("是为")
_PLAIN: Final = ("C01",)
# Rules by which a clause leans on the one after it, which they make a main clause.
_LEADING_RULES: Final = frozenset(["C02", "C03", "C04"])


def cut_commitments(
    text: str,
    passages: Sequence[Passage],
    measure_starts: Sequence[int],
    parents: Container[int] = (),
    clauses: Clauses | None = None,
) -> list[Cut]:
    """The commitments of the passages that promise (parts "plan" and "self"), in order.

    A report that plans no year of its own promises in its goals for the years to come (part "long_term").
    `measure_starts` are the sorted starts of the measures in the text: a clause that holds one is a `target`.
    `parents` are the indices of the sections that have sections below them: their own prose leads in to
    those, and is framing unless it names a thing to be carried out. `clauses` are those of the text, where
    somebody else reads them too.
    """
    promising = promising_parts(passages)
    told = [passage for passage in passages if passage.part in promising]
    if not told:
        return []
    lexicon, ballots = load_lexicon(), find_ballots(text, told[0].start)
    clauses, starts = clauses or Clauses(text), list(measure_starts)
    cuts: list[Cut] = []
    for start, end, section, _ in told:
        for parts in _read_parts(clauses, start, end, section in parents, ballots, lexicon):
            for begun, ended, kind, why in _settle(parts, starts):
                if kind != "none":
                    cuts.append(Cut(begun, ended, kind or "action", section, why))
    return cuts


def promising_parts(passages: Sequence[Passage]) -> tuple[Part, ...]:
    """The parts a report promises in: the year's plan and self-government, else its goals."""
    planned = any(passage.part == "plan" for passage in passages)
    return ("plan", "self") if planned else ("long_term", "self")


def read_parts(text: str, measure_starts: Sequence[int]) -> list[_Part]:
    """Every part of a text that is all plan, those that promise nothing ("none") among them."""
    sentences = _read_parts(Clauses(text), 0, len(text), False, find_ballots(text), load_lexicon())
    return [part for parts in sentences for part in _settle(parts, list(measure_starts))]


def _read_parts(
    clauses: Clauses, start: int, end: int, leads: bool, ballots: list[int], lexicon: Lexicon
) -> list[list[_Part]]:
    """The parts of a passage, sentence by sentence."""
    text = clauses.text
    sentences = _read_sentences(clauses, start, end)
    levels = read_levels(text, sentences, leads, ballots)
    return [_join_clauses(text, sentence, levels[k], lexicon) for k, sentence in enumerate(sentences)]


def _read_sentences(clauses: Clauses, start: int, end: int) -> list[Sentence]:
    """The clauses of a passage by sentence; semicolons, colons and a new item of a list end one too."""
    text = clauses.text
    sentences: list[Sentence] = []
    sentence: Sentence = []
    soft = text.find("\n", start, end) >= 0
    spans = clauses.within(start, end)
    for k in range(0, len(spans), 2):
        clause = spans[k], spans[k + 1]
        if soft and (items := _split_items(text, clause[0], clause[1])):
            for item in items[:-1]:
                sentences.append([*sentence, item])
                sentence = []
            clause = items[-1]
        sentence.append(clause)
        at = clause[1]
        if at >= end or text[at] not in _COMMAS:
            sentences.append(sentence)
            sentence = []
    if sentence:
        sentences.append(sentence)
    return sentences


def _split_items(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A clause cut where numbered items begin on a new line, [] where none does: other breaks are soft."""
    if text.find("\n", start, end) < 0:
        return []
    edges = [start, *(found.end() for found in _NEW_ITEM.finditer(text, start, end)), end]
    return list(pairwise(edges)) if len(edges) > 2 else []


def _open_clause(text: str, start: int, end: int, lexicon: Lexicon) -> int:
    """Where the words of a clause begin, numbering left out; its end where it is a mere connective."""
    found = _NUMBERING.match(text, start, end)
    start = found.end() if found else start
    if end - start <= _LONGEST_CONNECTIVE:
        said = text[start:end]
        if said in lexicon.lists["connectives"] or (said[-1:] == "年" and said[:-1].isdecimal()):
            return end
    return start


def _join_clauses(text: str, sentence: Sentence, level: int, lexicon: Lexicon) -> list[_Part]:
    """The parts of a sentence: every main clause with its lead-ins and tails, and what kind it is."""
    parts: list[_Part] = []
    pending, joined, last = -1, "", len(sentence) - 1
    for k, (start, end) in enumerate(sentence):
        stop = text[end : end + 1]
        if text[start] in _NUMBERING_STARTS or end - start <= _LONGEST_CONNECTIVE:
            start = _open_clause(text, start, end, lexicon)
        while end > start and text[end - 1] in _TRAILING:
            end -= 1
        if start >= end:
            continue
        said, head = text[start:end], find_head(text, start, end, lexicon)
        word, kind, _ = head[0]
        if kind == "frame" and word == _CALL:
            break
        if kind == "tail" and parts and pending < 0:
            begun, _, promise, why = parts[-1]
            parts[-1] = begun, end, promise, (*why, "C05")
            continue
        if k < last and kind in LEADING:
            after = sentence[k + 1][0]
            rule = leans_forward(said, head, text[after : after + 4], lexicon)
            if rule:
                pending, joined = start if pending < 0 else pending, rule
                continue
        follows = bool(parts) or pending >= 0
        promise, reason = judge_clause(said, head, stop, lexicon, follows, level)
        if reason == "C12" and level == PLAN:
            level = FRAME
        why = _PLAIN if reason == "C01" else (reason,)
        parts.append((start, end, promise, why) if pending < 0 else (pending, end, promise, (joined, *why)))
        pending = -1
    return _announce(parts) if parts and parts[-1][3][-1] == "C13" and said[-1] in _COPULAS else parts


def _announce(parts: list[_Part]) -> list[_Part]:
    """The parts of a sentence that ends in 主要目标是：, as what leads in to the list behind the colon."""
    return [(start, end, "none", (*why, "C13")) for start, end, _, why in parts]


def _settle(parts: list[_Part], measure_starts: list[int]) -> list[_Part]:
    """The parts of a sentence, those with a measure made targets, and nothing left to decide.

    A part without a known verb promises where a measure lies in it, an adverb or lead-in calls for it, or a
    part before it did, but not on the way to a statement.
    """
    promised, count = False, len(measure_starts)
    at = bisect_left(measure_starts, parts[0][0]) if parts else count
    for k, (start, end, kind, why) in enumerate(parts):
        reason = why[-1]
        if kind == "none" and reason != "C13":
            continue
        while at < count and measure_starts[at] < start:
            at += 1
        if at < count and measure_starts[at] < end and (reason != "C16" or kind != "none"):
            parts[k] = start, end, "target", (*why, "C06")
        elif reason == "C15":
            told = any(later[-1] == "C10" for _, _, _, later in parts[k + 1 :])
            called = kind == "action" or promised or why[0] in _LEADING_RULES
            kind = "action" if called and not told else "none"
            parts[k] = start, end, kind, why
        elif kind == "":
            kind = "aspiration" if promised or why[0] in _LEADING_RULES else "none"
            parts[k] = start, end, kind, why
        promised = promised or kind != "none"
    return parts
