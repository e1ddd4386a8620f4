"""A report's plan cut into tasks, as an office cuts it: by sentences, and by units where several share one.

The clauses of a sentence are laid on units by the cheapest path: every clause speaks for units, and passing
from one unit to another costs something, more at a clause that only says what comes of the one before.
Clauses of one unit are one task, also where another's stand between them.
"""

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from dukao.drafting.fields import vocabulary
from dukao.drafting.pieces import Piece, Span, split_items, split_targets, tidy, whole
from dukao.report.predicates import find_head, load_lexicon
from dukao.report.values import Commitment, Part, Report

# What speaks for each unit in a text.
Weigh = Callable[[str], Mapping[str, float]]
# What cuts a sentence of one part of the report: the pieces of every task.
Cut = Callable[[Sequence[Commitment], Part], list[list[Piece]]]
# Why a commitment is no task: it leads in to others, takes a stance, or speaks of the ballot.
Left = Literal["lead-in", "stance", "ballot"]

_SOFTEN: Final = 0.4
# What passing to another unit costs: at a deed; at a clause that only says what comes of the one before,
# a hope (打造…示范区) or how far a figure is to come (企业贷款余额达到30亿元).
# In known breakdowns, where another unit's word stands, one deed in two is another row, one hope in five.
_COST: Final = 1.5
_HOPE_COST: Final = 3.0
_FIGURE_COST: Final = 2.5
_TELLING: Final = 1.4
# So many kinds of office there are about.
_KINDS: Final = 58
_SENTENCE_END: Final = re.compile("[。；;!！?？]")
_PARAGRAPH_END: Final = re.compile(rf"{_SENTENCE_END.pattern}[^\n]{{0,3}}\n")
_TARGETS: Final = re.compile("(?:预期|主要)?目标[^。；]{0,12}[：:]\\s*$")
_TARGETS_REACH: Final = 40
_COMMA: Final = "，"
_STOP: Final = "。"
_REACHED: Final = re.compile(
    r"(?:达到?|增长|提高到?|增加到|下降|控制在|稳定在|不低于|不少于|突破|压减|压缩)[^，]{0,6}[\d一二三四五六七八九十半]"
)
_PUT_RIGHT: Final = re.compile("(?:督察|巡视|巡察|审计)[^，]{0,8}整改")
# A title striven for: 高质量创成省级“平安县”.
_TITLE: Final = re.compile("^[^，]{0,4}(?:争创|创成|获评|再夺)")
# 推动生产安全事故起数、死亡人数双下降: no work of its own.
_LESSENED: Final = re.compile("(?:下降|清零)$")
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


def cut_tasks(report: Report, weigh: Weigh, *, by_paragraph: bool = False) -> Cuts:
    """The tasks of the report's plan and of its part on the government itself, in the order of the report.

    `by_paragraph`: every paragraph is one task, as some places have it.
    """
    text = report.source.text
    if by_paragraph:
        return cut_by(report, lambda all_of_it, _: [list(map(whole, all_of_it))], _PARAGRAPH_END)
    return cut_by(report, lambda sentence, part: _cut_sentence(text, sentence, part, weigh))


def cut_by(report: Report, cut: Cut, end: re.Pattern[str] = _SENTENCE_END) -> Cuts:
    """The same, every stretch up to an `end` cut into the pieces of its tasks by `cut`."""
    text = report.source.text
    sections = {section.id: section for section in report.outline}
    parents = {section.parent for section in report.outline}
    tasks: list[CutTask] = []
    left_out: list[tuple[Commitment, Left]] = []
    for sentence in read_sentences(report, end):
        section = sections.get(sentence[0].section)
        why = _why_left_out(text, sentence, section is None or section.id in parents)
        if why:
            left_out += [(one, why) for one in sentence]
            continue
        part: Part = section.part if section else "plan"
        tasks += [_join(text, pieces) for pieces in cut(sentence, part)]
    return Cuts(tuple(tasks), tuple(left_out))


def _why_left_out(text: str, sentence: Sequence[Commitment], leads_in: bool) -> Left | None:
    """Why a sentence is no task; None where it is one. `leads_in`: it stands above the heads below it."""
    if _BALLOT in text[sentence[0].start : sentence[-1].end]:
        return "ballot"
    if any(one.kind != "aspiration" for one in sentence):
        return None
    if leads_in:
        return "lead-in"
    stances = tuple(vocabulary("cutting")["framing"])
    return "stance" if sentence[0].text.startswith(stances) else None


def read_sentences(report: Report, end: re.Pattern[str] = _SENTENCE_END) -> Iterable[list[Commitment]]:
    """The commitments of the plan by sentence, or by whatever else comes to an `end`."""
    parts = {section.id: section.part for section in report.outline}
    sentence: list[Commitment] = []
    for one in report.commitments:
        if parts.get(one.section, "plan") not in ("plan", "self", "long_term"):
            continue
        if sentence and _begins_anew(report.source.text, sentence[-1], one, end):
            yield sentence
            sentence = []
        sentence.append(one)
    if sentence:
        yield sentence


def _begins_anew(text: str, before: Commitment, one: Commitment, end: re.Pattern[str]) -> bool:
    return one.section != before.section or bool(end.search(text, before.end, one.start))


def _cut_sentence(text: str, sentence: Sequence[Commitment], part: Part, weigh: Weigh) -> list[list[Piece]]:
    """The pieces of every task of a sentence."""
    if part == "self":
        return [[whole(one) for one in sentence]]
    if _TARGETS.search(text, max(0, sentence[0].start - _TARGETS_REACH), sentence[0].start):
        return [[piece] for one in sentence for piece in split_targets(text, one)]
    pieces = [piece for one in sentence for piece in _take_apart(text, one, weigh)]
    return _share_out(list(map(_alone_if_answered_for, pieces)), weigh)


def _take_apart(text: str, commitment: Commitment, weigh: Weigh) -> list[Piece]:
    """The items of a commitment, each to stand alone, where every one is a figure that does anyway, or they
    all speak for different units; else the commitment whole.
    """
    items = split_items(text, commitment)
    if len(items) < 2:
        return items
    likeliest = {_likeliest(weighed) for item in items if _is_telling(weighed := weigh(_matter(item)))}
    if all(map(_is_own_figure, items)) or len(likeliest) == len(items):
        return [replace(item, is_own=True) for item in items]
    return [whole(commitment)]


def _matter(piece: Piece) -> str:
    return piece.matter or piece.text


def _is_telling(weights: Mapping[str, float]) -> bool:
    """Whether a word of some unit's own work is among what speaks for it."""
    return max(weights.values(), default=0.0) >= _TELLING


def _likeliest(weights: Mapping[str, float]) -> str:
    return max(weights, key=lambda unit: (weights[unit], unit)) if weights else ""


def _alone_if_answered_for(piece: Piece) -> Piece:
    """What every county answers for by itself: a bare figure, or putting right what inspectors found."""
    is_own = _is_own_figure(piece) or bool(_PUT_RIGHT.search(piece.text))
    return replace(piece, is_own=True) if is_own else piece


def _is_own_figure(piece: Piece) -> bool:
    figures = tuple(vocabulary("cutting")["own_figures"])
    is_figure = piece.kind == "target" or bool(_LESSENED.search(piece.text))
    return is_figure and piece.text.startswith(figures) and "，" not in piece.text


def _share_out(pieces: Sequence[Piece], weigh: Weigh) -> list[list[Piece]]:
    """The pieces laid on units: those of one unit together, those that stand alone by themselves."""
    held = _hold_outcomes(pieces)
    path = iter(_find_path([one[0] for one in held if not one[0].is_own], weigh))
    tasks: list[list[Piece]] = []
    of_unit: dict[str, list[Piece]] = {}
    for one in held:
        unit = None if one[0].is_own else next(path)
        if unit is not None and unit in of_unit:
            of_unit[unit] += one
            continue
        tasks.append(one)
        if unit is not None:
            of_unit[unit] = one
    return tasks


def _hold_outcomes(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Every piece by itself; one that stands alone with what comes of it."""
    held: list[list[Piece]] = []
    for piece in pieces:
        if held and held[-1][0].is_own and _is_outcome(piece):
            held[-1].append(piece)
        else:
            held.append([piece])
    return held


def _is_outcome(piece: Piece) -> bool:
    """Whether a piece hopes for something, or moves others to it: 推动更多农户增收."""
    said = piece.commitment.text
    moves = find_head(said, 0, len(said), load_lexicon())[0].kind == "cleft"
    return piece.kind == "aspiration" or (piece.kind == "action" and moves)


def _find_path(pieces: Sequence[Piece], weigh: Weigh) -> list[str]:
    """The unit of every piece, so that what speaks for them less what passing costs is the most."""
    weights = [weigh(piece.text) for piece in pieces]
    units = sorted({unit for one in weights for unit in one}) or [""]
    best = dict.fromkeys(units, 0.0)
    steps: list[dict[str, str]] = []
    for number, one in enumerate(weights):
        cost = _passing_cost(pieces[number], pieces[:number])
        leader = max(best, key=lambda unit: (best[unit], unit))
        step = {unit: unit if best[unit] >= best[leader] - cost else leader for unit in units}
        total = math.log(sum(one.values()) + _SOFTEN * _KINDS)
        best = {
            unit: best[before]
            - (cost if before != unit else 0.0)
            + math.log(one.get(unit, 0.0) + _SOFTEN)
            - total
            for unit, before in step.items()
        }
        steps.append(step)
    return _trace(best, steps)


def _passing_cost(piece: Piece, before: Sequence[Piece]) -> float:
    """What it costs to say that another unit's work begins at a piece; nothing at the first."""
    if not before:
        return 0.0
    if piece.kind == "aspiration" or _LESSENED.search(piece.text):
        return _HOPE_COST
    if _TITLE.search(piece.text) or (_is_measure(piece) and not all(map(_is_measure, before))):
        return _FIGURE_COST
    return _COST


def _is_measure(piece: Piece) -> bool:
    """Whether a piece says how far something is to come, and names no deed: figures side by side are no
    outcome of one another.
    """
    if piece.kind != "target":
        return False
    said = piece.commitment.text
    has_deed = find_head(said, 0, len(said), load_lexicon())[0].kind in ("verb", "result")
    return not has_deed or bool(_REACHED.search(said))


def _trace(best: Mapping[str, float], steps: Sequence[Mapping[str, str]]) -> list[str]:
    """The path that ends best, walked back."""
    if not steps:
        return []
    path = [max(best, key=lambda unit: (best[unit], unit))]
    for step in reversed(steps[1:]):
        path.append(step[path[-1]])
    return path[::-1]


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
    return CutTask(tuple(pieces), f"{said}{_STOP}", tuple(spans))


def _are_neighbours(text: str, before: Span, after: Span) -> bool:
    """Whether nothing but a comma or a full stop stands between two spans."""
    between = text[before[1] : after[0]]
    return after[0] >= before[1] and not between.strip("，,。；; \n　*")
