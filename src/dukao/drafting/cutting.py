"""A report's plan cut into tasks, as an office cuts it: by sentences, and by units where several share one.

Here the plan is read by sentences, what is no task is left out, and a task is joined of its pieces. `laying`
shares the clauses of a sentence out among units; `standing` says which stand alone, which come of others.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from dukao.drafting.joining import CutTask, join, rejoin
from dukao.drafting.laying import Weigh, is_telling, likeliest, share_out
from dukao.drafting.leaving import SENTENCE_END, Left, begin_before, tells_how_things_are, why_left_out
from dukao.drafting.own_work import find_own_work
from dukao.drafting.pieces import Piece, split_items, split_listed, split_targets, tidy, whole
from dukao.drafting.standing import is_alone, is_own_figure
from dukao.report.predicates import find_head, load_lexicon
from dukao.report.values import Commitment, Part, Report, Section

# What cuts a sentence of one part of the report: the pieces of every task.
Cut = Callable[[Sequence[Commitment], Part], list[list[Piece]]]
# Whether past breakdowns gave each of several matters to a unit of its own.
GaveApart = Callable[[Sequence[str]], bool]

_PARAGRAPH_END: Final = re.compile(rf"{SENTENCE_END.pattern}[^\n]{{0,3}}\n")
_TARGETS: Final = re.compile("目标[^。；\\n]{0,12}[：:]")
_LONGEST_HEAD: Final = 12
_LONGEST_LONG_HEAD: Final = 26
_BARE: Final = re.compile("[\u4e00-\u9fff、“”]+")
_GOES_ON: Final = "以及"
# Kinds of measures: 随着人口增加，新建幼儿园5所 is a task.
_COUNTED: Final = ("increment", "level")
_NUMBERED: Final = re.compile(r"\s*[（(]?[一二三四五六七八九十\d]+[）)、.．]")


@dataclass(frozen=True, slots=True)
class Cuts:
    """All tasks of a plan, and the commitments left out with the reason for each."""

    tasks: tuple[CutTask, ...]
    left_out: tuple[tuple[Commitment, Left], ...]


def cut_tasks(
    report: Report, weigh: Weigh, gave_apart: GaveApart = lambda _: False, *, by_paragraph: bool = False
) -> Cuts:
    """The tasks of the report's plan and of its part on the government itself, in the order of the report.

    `gave_apart`: what past breakdowns say of items that stand side by side.
    `by_paragraph`: every paragraph is one task, as some places have it.
    """
    text = report.source.text
    if by_paragraph:
        return cut_by(report, lambda all_of_it, _: [list(map(whole, all_of_it))], _PARAGRAPH_END)
    cuts = cut_by(report, lambda sentence, part: _cut_sentence(text, sentence, part, weigh, gave_apart))
    return replace(cuts, tasks=rejoin(text, cuts.tasks, weigh))


def cut_by(report: Report, cut: Cut, end: re.Pattern[str] = SENTENCE_END) -> Cuts:
    """The same, every stretch up to an `end` cut into the pieces of its tasks by `cut`."""
    text = report.source.text
    sections = {section.id: section for section in report.outline}
    parents = {section.parent for section in report.outline}
    done = {one.commitment for one in report.measures if one.action and one.kind in _COUNTED}
    tasks: list[CutTask] = []
    left_out: list[tuple[Commitment, Left]] = []
    own_work = find_own_work(report)
    sentences = list(read_sentences(report, end))
    for number, sentence in enumerate(sentences):
        section = sections.get(sentence[0].section)
        leads_in = section is None or section.id in parents
        is_done = not done.isdisjoint(one.id for one in sentence)
        is_own = own_work.holds(sentence[0].start, section)
        part: Part = "self" if is_own else section.part if section and section.part != "self" else "plan"
        why = why_left_out(
            text,
            sentence,
            leads_in=leads_in,
            is_done=is_done,
            is_opening=_opens_numbered(text, sentences, number, section),
            is_own_work=is_own,
        )
        if why:
            left_out += [(one, why) for one in sentence]
            continue
        tasks += [join(text, pieces) for pieces in cut(sentence, part)]
    return Cuts(tuple(tasks), tuple(left_out))


def _opens_numbered(
    text: str, sentences: Sequence[Sequence[Commitment]], number: int, section: Section | None
) -> bool:
    """Whether a sentence is the first below a numbered head, and a head run into the text comes next."""
    if section is None or not _NUMBERED.match(section.title) or number + 1 == len(sentences):
        return False
    after = sentences[number + 1]
    is_first = not number or sentences[number - 1][0].section != section.id
    if not is_first or after[0].section != section.id or len(after) == 1:
        return False
    has_stop = SENTENCE_END.search(text, after[0].end, after[1].start)
    return bool(has_stop) and _is_run_in_head(text, after[:1], after[1])


def read_sentences(report: Report, end: re.Pattern[str] = SENTENCE_END) -> Iterable[list[Commitment]]:
    """The commitments of the plan by sentence, or by whatever else comes to an `end`."""
    parts = {section.id: section.part for section in report.outline}
    sentence: list[Commitment] = []
    for one in report.commitments:
        if parts.get(one.section, "plan") not in ("plan", "self", "long_term"):
            continue
        if sentence and _begins_anew(report.source.text, sentence, one, end):
            yield sentence
            sentence = []
        sentence.append(one)
    if sentence:
        yield sentence


def _begins_anew(text: str, sentence: Sequence[Commitment], one: Commitment, end: re.Pattern[str]) -> bool:
    before = sentence[-1]
    if one.section != before.section:
        return True
    goes_on = one.text.startswith(_GOES_ON) or _is_run_in_head(text, sentence, one)
    return bool(end.search(text, before.end, one.start)) and not goes_on


def _is_run_in_head(text: str, sentence: Sequence[Commitment], one: Commitment) -> bool:
    """Whether a sentence is the head of the longer one that begins with `one`: 强化企业服务。推动…，…。

    A long one is where the other begins with what it goes by: 加强“四好”公路建设。按照…标准，….
    """
    said = tidy(text[sentence[0].start : sentence[-1].end])
    if len(said) > _LONGEST_LONG_HEAD or not _BARE.fullmatch(said):
        return False
    if "\n" in text[sentence[-1].end : one.start] or tells_how_things_are(text, sentence):
        return False
    stop = SENTENCE_END.search(text, one.start)
    if stop is None or stop.start() - one.start < 2 * len(said):
        return False
    is_short = len(said) <= _LONGEST_HEAD and "“" not in said
    return is_short or _begins_with_its_ground(one)


def _begins_with_its_ground(one: Commitment) -> bool:
    """Whether a sentence begins with what it goes by: 按照…标准, 坚持…原则."""
    return find_head(one.text, 0, len(one.text), load_lexicon())[0].kind in ("opener", "stance")


def _cut_sentence(
    text: str, sentence: Sequence[Commitment], part: Part, weigh: Weigh, gave_apart: GaveApart
) -> list[list[Piece]]:
    """The pieces of every task of a sentence."""
    if part == "self":
        return [[whole(one) for one in sentence]]
    if _lists_targets(text, sentence):
        return [[piece] for one in sentence for piece in split_targets(text, one)]
    pieces = [piece for one in sentence for piece in _take_apart(text, one, weigh, gave_apart)]
    return share_out(pieces, weigh)


def _lists_targets(text: str, sentence: Sequence[Commitment]) -> bool:
    """Whether a sentence follows 主要预期目标是：, or goes on in its paragraph with targets alone."""
    start = sentence[0].start
    head = _TARGETS.search(text, begin_before(text, start, "\n"), start)
    if head is None:
        return False
    return not text[head.end() : start].strip() or all(one.kind == "target" for one in sentence)


def _take_apart(text: str, commitment: Commitment, weigh: Weigh, gave_apart: GaveApart) -> list[Piece]:
    """The items of a commitment, each to stand alone, where every one is a figure that does anyway, or they
    all speak for different units, or the past gave them to different ones; else the commitment whole.
    """
    listed = split_listed(text, commitment)
    if gave_apart([item.matter for item in listed]):
        return [replace(item, is_own=True) for item in listed]
    items = split_items(text, commitment)
    spoken_for = {likeliest(weighed) for item in items if is_telling(weighed := weigh(_matter(item)))}
    if len(items) > 1 and (all(map(is_own_figure, items)) or len(spoken_for) == len(items)):
        return [replace(item, is_own=True) for item in items]
    piece = whole(commitment)
    return [replace(piece, is_own=is_alone(piece))]


def _matter(piece: Piece) -> str:
    return piece.matter or piece.text
