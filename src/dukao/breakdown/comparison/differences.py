"""Differences: what stands between the pieces of a row and of the report, and whether cutting forces it.

Whole clauses left out, one item taken from a list, a verb given back to its item, 分别 resolved: such is the
office's work of cutting, and no difference. A word or a number changed, left out or put in is one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from dukao.breakdown.comparison.alignment import STOPS, Block
from dukao.breakdown.comparison.changes import (
    Change,
    cuts_figure,
    join_changes,
    mispaired,
    narrow_gap,
    shares_limit,
    with_figures,
)
from dukao.breakdown.comparison.figures import same_amount
from dukao.breakdown.comparison.folding import BREAK, Folded, count_letters, fold
from dukao.breakdown.comparison.gaps import (
    LINKS,
    QUOTED,
    Gap,
    core,
    cut_at_lists,
    find_gaps,
    gives_back,
    is_given_noun,
    shares_verb,
    skipped_clauses,
    without_small,
)
from dukao.breakdown.comparison.ground import Ground, cut_clauses
from dukao.breakdown.values import Difference, Relation
from dukao.breakdown.vocabulary import load_wholes

# Words of a list that a single item needs no more, and words that join a clause to the one before it.
_FREED = frozenset(("共", "分别", "同时", "各", "均", "等", "都"))
_JOINERS = frozenset(("今年", "其中", "同时", "将", "并", "并且", "我们", "我们将", "此外", "要", "还", "也"))
_SUMMING = re.compile(r"等[^\d,、]{0,10}")
_ITEM = 3  # letters of a list item that is a matter of its own
_NEXT_TO_NOTHING = 0.2

_RULE_OF_KIND = {"number": "D10", "wording": "D11", "omission": "D12", "addition": "D13", "truncated": "D03"}
_RULE_OF_RELATION = {"verbatim": "D01", "split": "D04", "merged": "D09"}


@dataclass(frozen=True, slots=True)
class Held:
    """A row held against the report: the spans it goes back to, its relation and what differs.

    `fired` are the rules that took part, each with what it read; `left_out` the source spans of the list
    items that the row leaves to others, `skipped` those of whole clauses between its pieces.
    """

    spans: tuple[tuple[int, int], ...]
    relation: Relation
    differences: tuple[Difference, ...]
    fired: tuple[tuple[str, str], ...]
    left_out: tuple[tuple[int, int], ...] = ()
    skipped: tuple[tuple[int, int], ...] = ()

    @property
    def rules(self) -> tuple[str, ...]:
        """The codes of the rules that took part."""
        return tuple(sorted({code for code, _ in self.fired}))


@dataclass(slots=True)
class _Judgement:
    """What is found out about one row while its gaps are gone through."""

    changes: list[Change] = field(default_factory=list)
    freed: list[Change] = field(default_factory=list)
    restored: list[tuple[int, int]] = field(default_factory=list)
    moved: bool = False
    fired: list[tuple[str, str]] = field(default_factory=list)
    left_out: list[tuple[int, int]] = field(default_factory=list)

    def has(self, *codes: str) -> bool:
        """Whether one of these rules took part."""
        return any(code in codes for code, _ in self.fired)


ABSENT = Held((), "absent", (), (("D14", ""),))


def judge_row(
    row: Folded, ground: Ground, blocks: Sequence[Block], texts: tuple[str, str], stops_usual: bool
) -> Held:
    """The spans, relation and differences of a row whose pieces are known.

    `texts` are the source texts of the breakdown and of the report; `stops_usual` says that the rows of this
    table end with a stop, so that one without has been cut off.
    """
    if not blocks:
        return ABSENT
    blocks = cut_at_lists(row.text, ground, without_small(row.text, ground, blocks))
    found = _Judgement()
    for gap in find_gaps(row.text, ground, blocks):
        _judge_gap(row.text, ground, blocks, gap, found)
    _settle(row.text, ground, blocks, found)
    if stops_usual and row.text[-1] not in STOPS:
        _find_cut_off(row.text, ground, blocks, found)
    changes = _without_same_amounts(row.text, ground, join_changes(found.changes), found)
    if _is_another_matter(row.text, changes):
        return ABSENT
    ranges = [(block.place, block.place_end) for block in blocks] + found.restored
    ranges += [(change.place, change.place_end) for change in changes if change.kind != "truncated"]
    spans = _join_ranges(ground, ranges)
    relation = _relation(ground, blocks, found, changes, spans)
    places = tuple(ground.folded.span(start, end) for start, end in spans)
    differences = tuple(_as_difference(change, row, ground.folded, texts) for change in changes)
    pieces = "|".join(texts[1][start:end] for start, end in places)
    fired = [(code, reading or pieces) for code, reading in found.fired]
    fired += [(_RULE_OF_KIND[one.kind], f"{one.report}→{one.breakdown}") for one in differences]
    fired += [(_RULE_OF_RELATION[relation], pieces)] if relation in _RULE_OF_RELATION else []
    left_out = tuple(ground.folded.span(start, end) for start, end in found.left_out if start < spans[-1][0])
    skipped = tuple(ground.folded.span(start, end) for start, end in skipped_clauses(ground, blocks))
    return Held(places, relation, differences, tuple(fired), left_out, skipped)


def _is_another_matter(row: str, changes: Sequence[Change]) -> bool:
    """Whether a row of one clause has neither the number nor the noun it counts: 小巷12条, 小河5条."""
    if len(cut_clauses(row)) > 1:
        return False
    nouns = {change.row_end for change in changes if change.kind == "wording"}
    return any(change.kind == "number" and change.row in nouns for change in changes)


def add_omissions(held: Held, taken: bytearray, told: bytearray, text: str) -> Held:
    """`held` with the list items and clauses it leaves out and no row takes up as omissions.

    `taken` has a 1 for every character of the report's `text` that the spans of some row hold, `told` also
    for those of the commitments that are said to be uncovered.
    """
    lost = [pair for pair in held.left_out if is_free(pair, taken)]
    lost += [pair for pair in held.skipped if is_free(pair, told) and _is_matter(text, pair)]
    if not lost:
        return held
    omissions = [Difference("omission", text[start:end], (start, end), "", None) for start, end in lost]
    return replace(
        held,
        relation="edited",
        differences=held.differences + tuple(omissions),
        fired=(
            *(pair for pair in held.fired if pair[0] not in _RULE_OF_RELATION.values()),
            *(("D12", f"{one.report}→") for one in omissions),
        ),
    )


def _is_matter(text: str, span: tuple[int, int]) -> bool:
    return count_letters(fold(text, *span).text) >= _ITEM


def is_free(span: tuple[int, int], taken: bytearray) -> bool:
    """Whether rows take next to nothing of a span of the report."""
    return sum(taken[slice(*span)]) <= _NEXT_TO_NOTHING * (span[1] - span[0])


def _judge_gap(row: str, ground: Ground, blocks: Sequence[Block], gap: Gap, found: _Judgement) -> None:
    """Put down what a gap is: nothing, forced by the cutting, or a change."""
    own, other = core(row[gap.row : gap.row_end]), core(ground.text[gap.place : gap.place_end])
    if own in LINKS or own in _FREED:
        own, gap = "", gap._replace(row=gap.row_end)
    if gap.head and other in _JOINERS:
        other, gap = "", gap._replace(place=gap.place_end)
    if not own and (not other or _is_forced(ground, gap, other, found)):
        return
    if own and not other and gap.head and _gives_verb_back(ground, gap, own, found):
        return
    change = narrow_gap(row, ground, gap)
    mine, theirs = row[change.row : change.row_end], ground.text[change.place : change.place_end]
    if mine in load_wholes().get(theirs, ()):
        found.fired.append(("D08", theirs))
        found.restored.append((change.place, change.place_end))
    elif not mine and (theirs in _FREED or _SUMMING.fullmatch(theirs)):
        found.freed.append(change)
    else:
        if gap.head and ground.text[gap.place : gap.place_end].endswith(LINKS):
            found.fired.append(("D05", other))
        found.changes += with_figures(row, ground, blocks, change)


def _is_forced(ground: Ground, gap: Gap, other: str, found: _Judgement) -> bool:
    """Whether the report's words go because the row takes one item of a list, or not the whole."""
    theirs = ground.text[gap.place : gap.place_end]
    listed = theirs.startswith(LINKS) or theirs.endswith(LINKS) or bool(QUOTED.fullmatch(theirs))
    listed = listed or (theirs.startswith("“") and ground.text[gap.place - 1 : gap.place] == "”")
    if not listed or (cuts_figure(ground, gap) and not shares_limit(ground, gap)):
        return False
    found.fired.append(("D07", "") if "分别" in theirs or shares_limit(ground, gap) else ("D05", other))
    at = ground.text.index(other, gap.place)
    if count_letters(other) >= _ITEM:
        closed = other.count("“") > other.count("”") and ground.text.startswith("”", at + len(other))
        found.left_out.append((at, at + len(other) + closed))
    return True


def _gives_verb_back(ground: Ground, gap: Gap, own: str, found: _Judgement) -> bool:
    """A verb given back to its item: 断头路5条 → 打通断头路5条; it stands at the head of the list."""
    clause = ground.clause_around(gap.place_end)[0]
    own_head = [clause] if clause < gap.place_end else []
    for head in [*own_head, *ground.heads_before(clause)]:
        if ground.text.startswith(own, head):
            found.fired.append(("D06", own))
            found.restored.append((head, head + len(own)))
            return True
    return False


def _settle(row: str, ground: Ground, blocks: Sequence[Block], found: _Judgement) -> None:
    """Decide what single gaps could not: freed words, words that changed places, 分别, verbs given back."""
    if found.has("D05", "D07"):
        freed = {ground.text[change.place : change.place_end] for change in found.freed}
        found.fired += [("D07", "")] if "分别" in freed else []
    else:
        found.changes += found.freed
    threes = zip(blocks, blocks[1:], blocks[2:], strict=False)
    given = [noun for one, noun, other in threes if is_given_noun(ground, one, noun, other)]
    given += [one for one, other in pairwise(blocks) if gives_back(row, ground, one, other)]
    given += [one for one, other in pairwise(blocks) if shares_verb(ground, one, other)]
    found.fired += [("D06", row[block.row : block.row_end]) for block in given]
    for change in [change for change in found.changes if change.kind == "addition"]:
        words = row[change.row : change.row_end]
        for other in found.changes:
            if other.kind == "omission" and ground.text[other.place : other.place_end] == words:
                found.changes = [one for one in found.changes if one not in (change, other)]
                found.restored.append((other.place, other.place_end))
                found.moved = True
                break
    found.changes += mispaired(ground, blocks)


def _without_same_amounts(
    row: str, ground: Ground, changes: Sequence[Change], found: _Judgement
) -> list[Change]:
    """The changes without numbers that are the same in other numerals: 1万人, 10000人."""
    kept: list[Change] = []
    for change in changes:
        mine, theirs = row[change.row : change.row_end], ground.text[change.place : change.place_end]
        if change.kind == "number" and same_amount(mine, theirs):
            found.fired.append(("D02", f"{theirs}→{mine}"))
            found.restored.append((change.place, change.place_end))
        else:
            kept.append(change)
    return kept


def _find_cut_off(row: str, ground: Ground, blocks: Sequence[Block], found: _Judgement) -> None:
    """Turn what is missing after a row without its stop into `truncated`, with the whole last words."""
    last = blocks[-1]
    _, end = ground.clause_around(last.place_end - 1)
    rest = ground.text[last.place_end : end].split("、")[0]
    if last.row_end < len(row) or not core(rest):
        return
    start = max(last.row, *(row.rfind(stop, last.row, last.row_end) + 1 for stop in "、,;。"))
    found.changes = [change for change in found.changes if change.place_end <= last.place_end]
    place = last.place + start - last.row
    found.changes.append(Change("truncated", start, len(row), place, last.place_end + len(rest)))


def _relation(
    ground: Ground,
    blocks: Sequence[Block],
    found: _Judgement,
    changes: Sequence[Change],
    spans: Sequence[tuple[int, int]],
) -> Relation:
    if any(change.kind != "truncated" for change in changes):
        return "edited"
    if _is_reordered(ground, blocks) or found.moved:
        return "merged"
    if len(spans) > 1 and len({ground.sentence_around(block.place) for block in blocks}) > 1:
        return "merged"
    return "verbatim" if len(spans) == 1 and not found.has("D06", "D08") else "split"


def _is_reordered(ground: Ground, blocks: Sequence[Block]) -> bool:
    """Whether the row has the report's words in another order, nouns given back to their items aside."""
    threes = zip(blocks, blocks[1:], blocks[2:], strict=False)
    given = {noun for one, noun, other in threes if is_given_noun(ground, one, noun, other)}
    return any(one.place_end > other.place for one, other in pairwise(b for b in blocks if b not in given))


def _join_ranges(ground: Ground, ranges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The ranges in order, those with nothing but punctuation between them made one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(pair for pair in ranges if pair[0] < pair[1]):
        between = ground.text[joined[-1][1] : start] if joined else BREAK
        if core(between) or BREAK in between:
            joined.append((start, end))
        else:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
    return joined


def _as_difference(change: Change, row: Folded, ground: Folded, texts: tuple[str, str]) -> Difference:
    mine = row.span(change.row, change.row_end) if change.row < change.row_end else None
    theirs = ground.span(change.place, change.place_end) if change.place < change.place_end else None
    return Difference(
        kind=change.kind,
        report=texts[1][slice(*theirs)] if theirs else "",
        report_span=theirs,
        breakdown=texts[0][slice(*mine)] if mine else "",
        breakdown_span=mine,
    )
