"""The commitments of a report: its plan cut into clauses somebody can be made answerable for.

A clause is cut at every stop, then joined again where grammar says that it does not stand alone (`leaning`);
its head word (`predicates`) then says whether it is a thing to be done or framing (`framing`). The vocabulary
is `data/commitments.toml`; what each rule holds stands in `commitment_rules`.
"""

import re
from bisect import bisect_left
from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple, cast

from dukao.language.sentences import Clause, split_clauses
from dukao.report.framing import judge_clause
from dukao.report.leaning import leans_back, leans_forward
from dukao.report.predicates import Lexicon, find_predicate, load_lexicon
from dukao.report.values import CommitmentKind, Passage


class Cut(NamedTuple):
    """A commitment as cut: a span, what kind it is, the section it stands in, and the rules that made it."""

    start: int
    end: int
    kind: CommitmentKind
    section: int
    rules: tuple[str, ...]


class Part(NamedTuple):
    """A main clause with its lead-ins and tails.

    `kind` is that of a commitment, "none" where nothing is promised, "" where the rest of the sentence must
    decide.
    """

    start: int
    end: int
    kind: str
    rules: tuple[str, ...]


_SENTENCE_ENDS = frozenset("。！!？?；;：:")
_NUMERAL = "[一二三四五六七八九十]"
_NUMBERING = re.compile(
    r"(?:[\s*●·•—\-]+|"
    + _NUMERAL
    + r"{1,3}(?:是要?|要|、(?!"
    + _NUMERAL
    + "))|第"
    + _NUMERAL
    + r"{1,3}[，、]?"
    r"|\d{1,2}(?:[.．](?!\d)|、)|[（(](?:\d{1,2}|" + _NUMERAL + r"{1,3})[)）]|[①-⑳⑴-⒇])+"
)
_NUMBERING_STARTS = frozenset("一二三四五六七八九十第(（0123456789*●·•—-①②③④⑤⑥⑦⑧⑨⑩⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽")
_NEW_ITEM = re.compile(r"\n\s*(?=\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[)）]|[①-⑳]|" + _NUMERAL + "是)")
# From here on the speaker calls upon the deputies, and promises nothing.
_CALL = "让我们"


def cut_commitments(
    text: str, passages: Sequence[Passage], measure_starts: Sequence[int], parents: Container[int] = ()
) -> list[Cut]:
    """The commitments of the passages that promise (parts "plan" and "self"), in order.

    `measure_starts` are the sorted starts of the measures in the text: a clause that holds one is a `target`.
    `parents` are the indices of the sections that have sections below them: their own prose leads in to
    those, and is framing unless it names a thing to be carried out.
    """
    lexicon = load_lexicon()
    cuts: list[Cut] = []
    for passage in passages:
        if passage.part not in ("plan", "self"):
            continue
        leads, requires = passage.section in parents, False
        for sentence in _read_sentences(text, passage.start, passage.end):
            parts = _join_clauses(text, sentence, measure_starts, leads or requires, lexicon)
            requires = _states_requirement(text, sentence, requires, lexicon)
            cuts.extend(_settle(parts, passage.section))
    return cuts


def _states_requirement(text: str, sentence: list[Clause], already: bool, lexicon: Lexicon) -> bool:
    """Whether the sentence after this one is the year's general requirement (总体要求是：…)."""
    last = sentence[-1]
    if already and last.stop in "；;":
        return True
    said = text[sentence[0].start : last.end]
    return last.stop in ("：", ":") and any(word in said for word in lexicon.lists["requirements"])


def _settle(parts: list[Part], section: int) -> Iterator[Cut]:
    """The parts that promise; one without a verb of its own does where one before it in the sentence did."""
    promised, states = False, any(part.rules[-1] == "C10" for part in parts)
    for start, end, kind, rules in parts:
        led = rules[0] in ("C02", "C03")
        if rules[-1] == "C15" and (states or (kind == "" and not promised and not led)):
            continue
        if kind != "none":
            promised = True
            yield Cut(start, end, cast(CommitmentKind, kind or "action"), section, rules)


def _read_sentences(text: str, start: int, end: int) -> Iterator[list[Clause]]:
    """The clauses of a passage by sentence; semicolons, colons and a new item of a list end one too."""
    sentence: list[Clause] = []
    for clause in split_clauses(text, start, end):
        if "\n" in text[clause.start : clause.end]:
            for item in _split_items(text, clause):
                sentence.append(item)
                if item.stop == "\n":
                    yield sentence
                    sentence = []
        else:
            sentence.append(clause)
        if clause.stop in _SENTENCE_ENDS:
            yield sentence
            sentence = []
    if sentence:
        yield sentence


def _split_items(text: str, clause: Clause) -> Iterator[Clause]:
    """A clause cut where a numbered item begins on a new line; other line breaks are soft."""
    at = clause.start
    for found in _NEW_ITEM.finditer(text, clause.start, clause.end):
        yield Clause(at, found.start(), "\n")
        at = found.end()
    yield Clause(at, clause.end, clause.stop)


def _open_clause(text: str, clause: Clause, lexicon: Lexicon) -> int:
    """Where the words of a clause begin, numbering left out; its end where it is a mere connective."""
    start, end = clause.start, clause.end
    if text[start] in _NUMBERING_STARTS:
        found = _NUMBERING.match(text, start, end)
        start = found.end() if found else start
    return end if end - start <= 5 and text[start:end] in lexicon.lists["connectives"] else start


def _close_clause(text: str, start: int, end: int) -> int:
    """Where the words of a clause end, white space and Markdown marks left out."""
    while end > start and text[end - 1] in " \n\r\t　*":
        end -= 1
    return end


def _holds_measure(start: int, end: int, measure_starts: Sequence[int]) -> bool:
    """Whether one of the sorted starts lies in `[start, end)`."""
    at = bisect_left(measure_starts, start)
    return at < len(measure_starts) and measure_starts[at] < end


def _join_clauses(
    text: str, sentence: list[Clause], measure_starts: Sequence[int], leads: bool, lexicon: Lexicon
) -> list[Part]:
    """The parts of a sentence: every main clause with its lead-ins and tails, and what kind it is."""
    parts: list[Part] = []
    pending, joined = -1, ""
    for k, clause in enumerate(sentence):
        start = _open_clause(text, clause, lexicon)
        end = _close_clause(text, start, clause.end)
        if start >= end:
            continue
        head = find_predicate(text, start, end, lexicon)
        if head.word == _CALL:
            break
        measured = _holds_measure(start, end, measure_starts)
        if parts and pending < 0 and leans_back(text, head):
            parts[-1] = _extend(parts[-1], end, measured)
            continue
        after = sentence[k + 1].start if k + 1 < len(sentence) else -1
        rule = leans_forward(text, start, end, after, head, lexicon) if after >= 0 else ""
        if rule == "C03" and (measured or text.startswith(head.word, after)):
            rule = ""  # two attitudes side by side, or one with a figure of its own, stand alone
        if rule:
            pending, joined = start if pending < 0 else pending, rule
            continue
        follows = bool(parts) or pending >= 0
        kind, reason = judge_clause(text[start:end], head, clause.stop, lexicon, follows=follows, leads=leads)
        if pending >= 0:
            start, measured = pending, _holds_measure(pending, end, measure_starts)
        parts.append(_make_part(start, end, kind, (joined, reason) if pending >= 0 else (reason,), measured))
        pending = -1
    return parts


def _make_part(start: int, end: int, kind: str, rules: tuple[str, ...], measured: bool) -> Part:
    """A part that is a target where a measure lies in it and anything is promised."""
    if measured and kind != "none":
        return Part(start, end, "target", (*rules, "C06"))
    return Part(start, end, kind, rules)


def _extend(part: Part, end: int, measured: bool) -> Part:
    """A part with a tail joined to it."""
    return _make_part(part.start, end, part.kind, (*part.rules, "C05"), measured)
