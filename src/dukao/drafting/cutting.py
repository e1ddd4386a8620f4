"""A report's plan cut into tasks, as an office cuts it: by sentences, and by units where several share one.

Here the plan is read by sentences, what is no task is left out, and a task is joined of its pieces. `laying`
shares the clauses of a sentence out among units; `standing` says which stand alone, which come of others.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from dukao.drafting.fields import vocabulary
from dukao.drafting.laying import Weigh, share_out
from dukao.drafting.own_work import find_own_work
from dukao.drafting.pieces import Piece, Span, split_items, split_listed, split_targets, tidy, whole
from dukao.drafting.standing import is_alone, is_own_figure
from dukao.report.predicates import find_head, load_lexicon
from dukao.report.values import Commitment, Part, Report

# What cuts a sentence of one part of the report: the pieces of every task.
Cut = Callable[[Sequence[Commitment], Part], list[list[Piece]]]
# Whether past breakdowns gave each of several matters to a unit of its own.
GaveApart = Callable[[Sequence[str]], bool]
# Why a commitment is no task: it leads in, takes a stance, says how things are, or speaks of the ballot.
Left = Literal["lead-in", "stance", "situation", "ballot"]

_TELLING: Final = 1.4
_SENTENCE_END: Final = re.compile("[。；;!！?？]")
_PARAGRAPH_END: Final = re.compile(rf"{_SENTENCE_END.pattern}[^\n]{{0,3}}\n")
_TARGETS: Final = re.compile("目标[^。；\\n]{0,12}[：:]")
_LONGEST_HEAD: Final = 12
_LONGEST_LONG_HEAD: Final = 26
_LOOK_BACK: Final = 600
_BARE: Final = re.compile("[\u4e00-\u9fff、“”]+")
_GOES_ON: Final = "以及"
_COMMA: Final = "，"
_STOP: Final = "。"
# 从国际看，世界经济复苏乏力: how things are, as long as nothing is demanded of anybody.
_VIEWED: Final = (
    "从[^，。]{2,12}看|经过[^，。]{0,8}[年断]|随着|加之|只要|实践证明|(?:还|也)要看到"
    "|[^，。；！\n]{2,12}(?:寄托着|关乎|事关)"
)
_DEMANDED: Final = "[^。]*(?:[^主重紧需]要|必须)"
_SITUATION: Final = re.compile(f"[\\s　]*(?:特别是)?(?:{_VIEWED})(?!{_DEMANDED})")
# 从外部看，…。作为…的中转站，区位优势不可替代: the whole paragraph looks at how things are, until it demands.
_VIEW: Final = re.compile("[\\s　]*从[^，。]{2,12}看，")
_DEMAND: Final = re.compile("(?:[^主重紧需]要|必须|为此|因此)")
# 中央经济工作会议指出必须…: what others said is demanded of nobody here.
_TOLD: Final = re.compile(
    "[\\s　]*(?:特别是，?)?(?!认真|贯彻|落实|按照|根据|围绕|对照)"
    "(?:党的[^，。；\n]{1,6}大|[^，。；\n]{0,16}(?:会议|全会))[^，。；\n]{0,6}(?:指出|强调|提出|要求)(?!的)"
    "(?![^。；\n]*我们要)"
)
_STRETCH: Final = re.compile("[^。；！\n]+")
# 做好全年工作，我们要…: the year's work as a whole is no deed of its own.
_YEARS_WORK: Final = re.compile("做好(?:今年|全年|明年|新一年|\\d{4}年)的?(?:各项|政府)?工作")
_ASKS: Final = re.compile("要(?![素求害件事闻点领略塞道])")
_COUNTED: Final = ("increment", "level")  # kinds of measures: 随着人口增加，新建幼儿园5所 is a task
# 民生实事 that the deputies vote on are broken down by themselves.
_BALLOT: Final = "票决"


@dataclass(frozen=True, slots=True)
class CutTask:
    """A task as cut: its pieces in the order of the report."""

    pieces: tuple[Piece, ...]
    text: str
    spans: tuple[Span, ...]

    @property
    def is_contiguous(self) -> bool:
        """Whether its words stand together in the report as they are."""
        return len(self.spans) == 1


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
    return cut_by(report, lambda sentence, part: _cut_sentence(text, sentence, part, weigh, gave_apart))


def cut_by(report: Report, cut: Cut, end: re.Pattern[str] = _SENTENCE_END) -> Cuts:
    """The same, every stretch up to an `end` cut into the pieces of its tasks by `cut`."""
    text = report.source.text
    sections = {section.id: section for section in report.outline}
    parents = {section.parent for section in report.outline}
    done = {one.commitment for one in report.measures if one.action and one.kind in _COUNTED}
    tasks: list[CutTask] = []
    left_out: list[tuple[Commitment, Left]] = []
    own_work = find_own_work(report)
    for sentence in read_sentences(report, end):
        section = sections.get(sentence[0].section)
        leads_in = section is None or section.id in parents
        is_done = not done.isdisjoint(one.id for one in sentence)
        why = _why_left_out(text, sentence, leads_in=leads_in, is_done=is_done)
        if why:
            left_out += [(one, why) for one in sentence]
            continue
        part: Part = "self" if sentence[0].start >= own_work else section.part if section else "plan"
        tasks += [_join(text, pieces) for pieces in cut(sentence, part)]
    return Cuts(tuple(tasks), tuple(left_out))


def _why_left_out(text: str, sentence: Sequence[Commitment], *, leads_in: bool, is_done: bool) -> Left | None:
    """Why a sentence is no task; None where it is one.

    `leads_in`: it stands above the heads below it; `is_done`: it counts what is to be built, held or added.
    """
    if _BALLOT in text[sentence[0].start : sentence[-1].end]:
        return "ballot"
    if not is_done and _tells_how_things_are(text, sentence):
        return "situation"
    is_years_work = _YEARS_WORK.match(sentence[0].text)
    if any(one.kind != "aspiration" for one in (sentence[1:] if is_years_work else sentence)):
        return None
    if leads_in:
        return "lead-in"
    stances = tuple(vocabulary("cutting")["framing"])
    return "stance" if is_years_work or sentence[0].text.startswith(stances) else None


def _tells_how_things_are(text: str, sentence: Sequence[Commitment]) -> bool:
    """Whether a sentence, no more than one, speaks of the situation and demands nothing."""
    start = sentence[0].start
    if _SENTENCE_END.search(text, start, sentence[-1].start):
        return False
    begins = _begin_before(text, start, "。；！\n")
    if _SITUATION.match(text, begins) or _TOLD.match(text, begins):
        return True
    paragraph = _begin_before(text, start, "\n")
    if not _VIEW.match(text, paragraph):
        return False
    stretches = _STRETCH.findall(text, paragraph, sentence[-1].end)
    return not any(_DEMAND.search(one) for one in stretches if not _TOLD.match(one))


def _begin_before(text: str, at: int, stops: str) -> int:
    """Where what stands around a place begins: behind the last of the stops, or as far back as is looked."""
    since = max(0, at - _LOOK_BACK)
    return max(since, 1 + max(text.rfind(stop, since, at) for stop in stops))


def read_sentences(report: Report, end: re.Pattern[str] = _SENTENCE_END) -> Iterable[list[Commitment]]:
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
    if "\n" in text[sentence[-1].end : one.start] or _tells_how_things_are(text, sentence):
        return False
    stop = _SENTENCE_END.search(text, one.start)
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
    head = _TARGETS.search(text, _begin_before(text, start, "\n"), start)
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
    likeliest = {_likeliest(weighed) for item in items if _is_telling(weighed := weigh(_matter(item)))}
    if len(items) > 1 and (all(map(is_own_figure, items)) or len(likeliest) == len(items)):
        return [replace(item, is_own=True) for item in items]
    piece = whole(commitment)
    return [replace(piece, is_own=is_alone(piece))]


def _matter(piece: Piece) -> str:
    return piece.matter or piece.text


def _is_telling(weights: Mapping[str, float]) -> bool:
    """Whether a word of some unit's own work is among what speaks for it."""
    return max(weights.values(), default=0.0) >= _TELLING


def _likeliest(weights: Mapping[str, float]) -> str:
    return max(weights, key=lambda unit: (weights[unit], unit)) if weights else ""


def _join(text: str, pieces: list[Piece]) -> CutTask:
    """A task of pieces: what stands together in the report is taken as it stands there."""
    spans: list[Span] = []
    said = ""
    for piece in pieces:
        if spans and len(piece.spans) == 1 and _are_neighbours(text, spans[-1], piece.spans[0]):
            said += tidy(text[spans[-1][1] : piece.spans[0][0]])
            spans[-1] = (spans[-1][0], piece.spans[0][1])
        else:
            if spans:
                said += _STOP if _SENTENCE_END.search(text, spans[-1][1], piece.spans[0][0]) else _COMMA
            spans += piece.spans
        said += piece.text
    asks = _ASKS.match(said)
    if asks and len(pieces[0].spans) == 1:  # 要强化…: a task says what is to be done
        said, spans[0] = said[asks.end() :], (spans[0][0] + asks.end(), spans[0][1])
    return CutTask(tuple(pieces), f"{said}{_STOP}", tuple(spans))


def _are_neighbours(text: str, before: Span, after: Span) -> bool:
    """Whether nothing but a comma or a full stop stands between two spans."""
    between = text[before[1] : after[0]]
    return after[0] >= before[1] and not between.strip("，,。；; \n　*")
