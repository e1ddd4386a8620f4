"""How well a plan is cut into tasks, by a breakdown that is known, and how well it could be.

Beside the draft stand whole sentences as tasks, and two ceilings: the cut of somebody who knew who leads each
clause and item, and of somebody who knew which row each is. They know what no report says; what they still
lack are rows made of other parts of a clause, of words the office changed, and of sentences that seem to lead
in only.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from dukao.bench.drafts import rest_of_sections, section_of
from dukao.breakdown.values import Breakdown
from dukao.drafting.cutting import Cut, cut_by
from dukao.drafting.drafter import draft_breakdown
from dukao.drafting.memory import lead_units
from dukao.drafting.pieces import Piece, Span, split_items, whole
from dukao.report.values import Commitment, Part, Report

_ALIKE: Final = 0.85
_NOT_WORDS: Final = re.compile(r"[\s*#。，、；]")
# A row shares a clause when it has at least so many of its characters.
_SHARED: Final = 4


@dataclass(frozen=True, slots=True)
class CutFigures:
    """Tasks cut, rows known, and how many go together, one to one."""

    name: str
    cut: int
    known: int
    alike: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.alike / (self.cut + self.known) if self.cut + self.known else 0.0


def measure_cutting(report: Report, breakdown: Breakdown) -> tuple[CutFigures, ...]:
    """Tasks cut against the rows: whole sentences; the draft without past, and with all rows but its own
    section's; the two ceilings.
    """
    known = [task.text for task in breakdown.tasks]
    leads = {task.id: lead_units(task.units) for task in breakdown.tasks}
    learned: list[str] = []
    for key, rest in rest_of_sections(report, breakdown):
        tasks = draft_breakdown(report, [rest]).tasks
        learned += [task.text for task in tasks if section_of(report, task.source_spans) == key]

    def by_row(piece: Piece) -> list[str]:
        return _rows_of(piece, breakdown)

    def by_lead(piece: Piece) -> list[str]:
        return sorted({lead for row in by_row(piece) for lead in leads[row]})

    ways = {
        "整句一条": _texts(report, lambda sentence, _: [[whole(one) for one in sentence]]),
        "不用往年分解": [task.text for task in draft_breakdown(report).tasks],
        "用其余各部分的分解": learned,
        "上限：分句由谁牵头全知道": _texts(report, _cut_knowing(report.source.text, by_lead)),
        "上限：分句归哪一条全知道": _texts(report, _cut_knowing(report.source.text, by_row)),
    }
    return tuple(
        CutFigures(name, len(texts), len(known), count_alike(texts, known)) for name, texts in ways.items()
    )


def count_alike(cut: Sequence[str], known: Sequence[str]) -> int:
    """How many texts go together one to one, two of them having a bigram Dice of 0.85 or more."""
    mine, theirs = ([_bigrams(text) for text in texts] for texts in (cut, known))
    pairs = [(_dice(a, b), -i, -j) for i, a in enumerate(mine) for j, b in enumerate(theirs)]
    taken: set[int] = set()
    given: set[int] = set()
    for score, i, j in sorted(pairs, reverse=True):
        if score < _ALIKE:
            break
        if i not in taken and j not in given:
            taken.add(i)
            given.add(j)
    return len(taken)


def _texts(report: Report, cut: Cut) -> list[str]:
    return [task.text for task in cut_by(report, cut).tasks]


def _cut_knowing(text: str, key: Callable[[Piece], Sequence[str]]) -> Cut:
    """Clauses of a sentence with the same key are one task; one without a key goes with the one before it."""

    def cut(sentence: Sequence[Commitment], _: Part) -> list[list[Piece]]:
        tasks: dict[str, list[Piece]] = {}
        last = ""
        for piece in (piece for one in sentence for piece in _pieces_of(text, one, key)):
            last = str(key(piece) or last)
            tasks.setdefault(f"{last}{piece.spans}" if piece.is_own else last, []).append(piece)
        return list(tasks.values())

    return cut


def _pieces_of(text: str, one: Commitment, key: Callable[[Piece], Sequence[str]]) -> list[Piece]:
    """The items of a clause where every one has a key of its own; else the clause whole."""
    items = [replace(item, is_own=True) for item in split_items(text, one)]
    keys = {str(key(item)) for item in items if key(item)}
    return items if len(items) == len(keys) > 1 else [whole(one)]


def _rows_of(piece: Piece, breakdown: Breakdown) -> list[str]:
    """The rows that a clause went into; of an item, the one that has the most of it."""
    shared = {task.id: _overlap(task.source_spans, piece.spans) for task in breakdown.tasks}
    if piece.is_own:
        row = max(shared, key=lambda row: shared[row], default="")
        return [row] if shared.get(row) else []
    least = min(_SHARED, sum(end - start for start, end in piece.spans) // 3)
    return [row for row, count in shared.items() if count > least]


def _overlap(one: Sequence[Span], other: Sequence[Span]) -> int:
    return sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in other)


def _bigrams(text: str) -> Counter[str]:
    bare = _NOT_WORDS.sub("", text)
    return Counter(bare[at : at + 2] for at in range(len(bare) - 1))


def _dice(one: Counter[str], other: Counter[str]) -> float:
    both = one.total() + other.total()
    return 2 * (one & other).total() / both if both else 0.0
