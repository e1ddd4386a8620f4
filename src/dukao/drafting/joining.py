"""Pieces joined into the text of a task, and neighbouring tasks that turn out to be one.

A task is written from its pieces. Where a semicolon alone parts two tasks (推进甲；完善乙) and both speak for
one unit, the office writes one row, as long as a row so long can still be read.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from dukao.drafting.laying import Weigh, is_telling, likeliest
from dukao.drafting.pieces import Piece, Span, tidy

_SENTENCE_END: Final = re.compile("[。；;!！?？]")
_COMMA: Final = "，"
_STOP: Final = "。"
_ASKS: Final = re.compile("要(?![素求害件事闻点领略塞道])")
_LINKS: Final = ("；", ";")
_LONGEST_ROW: Final = 90
_NUMBERED: Final = re.compile("[一二三四五六七八九十]+是|[（(]?\\d")


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


def join(text: str, pieces: list[Piece]) -> CutTask:
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


def rejoin(text: str, tasks: Iterable[CutTask], weigh: Weigh) -> tuple[CutTask, ...]:
    """The tasks, those made one that a semicolon parts and that speak for the same unit."""
    joined: list[CutTask] = []
    for task in tasks:
        if joined and _are_one(text, joined[-1], task, weigh):
            before = joined.pop()
            task = _link(before, task)
        joined.append(task)
    return tuple(joined)


def _are_one(text: str, before: CutTask, task: CutTask, weigh: Weigh) -> bool:
    """Whether two neighbours are the halves of one row."""
    if not _are_linked(text, before, task) or len(before.text) + len(task.text) > _LONGEST_ROW:
        return False
    first, second = weigh(before.text), weigh(task.text)
    return is_telling(first) and is_telling(second) and likeliest(first) == likeliest(second)


def _are_linked(text: str, before: CutTask, task: CutTask) -> bool:
    """Whether nothing but a semicolon stands between two tasks, and neither is numbered or stands alone."""
    if not (before.is_contiguous and task.is_contiguous) or _NUMBERED.match(before.text):
        return False
    if any(piece.is_own for piece in (*before.pieces, *task.pieces)):
        return False
    return text[before.spans[-1][1] : task.spans[0][0]].strip() in _LINKS


def _link(before: CutTask, task: CutTask) -> CutTask:
    """Two halves as one row, the semicolon between them."""
    spans = ((before.spans[0][0], task.spans[-1][1]),)
    said = f"{before.text.removesuffix(_STOP)}{_LINKS[0]}{task.text}"
    return CutTask((*before.pieces, *task.pieces), said, spans)
