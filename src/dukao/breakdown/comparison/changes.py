"""Changes: words or figures that are not the same in a row and in the report, in folded offsets."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from dukao.breakdown.comparison.alignment import Block
from dukao.breakdown.comparison.figures import (
    Figure,
    due_figures,
    find_figures,
    is_worded,
    mispaired_figures,
    with_predicate,
)
from dukao.breakdown.comparison.folding import count_letters
from dukao.breakdown.comparison.gaps import LINKS, Gap, core
from dukao.breakdown.comparison.ground import Ground
from dukao.breakdown.values import DifferenceKind

_CLAUSE = 6  # letters of an addition that is a matter of its own, whatever numbers it holds
_LIMIT = re.compile("以上|以下|以内|左右")
_NUMERALS = "0123456789一二两三四五六七八九十百千万亿"
_REACH = 30  # how far from a gap a figure may begin that runs into it


class Change(NamedTuple):
    """A difference; an empty side is a point."""

    kind: DifferenceKind
    row: int
    row_end: int
    place: int
    place_end: int


def narrow_gap(row: str, ground: Ground, gap: Gap) -> Change:
    """The change in a gap without what the cutting forces: of a list, only the item that was changed."""
    row_start, row_end = _trim(row, gap.row, gap.row_end)
    start, end = _trim(ground.text, gap.place, gap.place_end)
    if gap.head and row_start < row_end and ground.text[end : gap.place_end].startswith(LINKS):
        # The list's verb was exchanged: 推动甲、乙发展 → 促进乙发展.
        return Change("wording", row_start, row_end, start, min(end, start + row_end - row_start))
    if row_start < row_end and not cuts_figure(ground, gap):
        start, end = _item(ground.text, start, end, gap.tail)
    kind: DifferenceKind = "wording"
    if row_start == row_end:
        kind = "omission"
    elif start == end:
        kind = "addition"
    elif _is_letter(row, row_start, row_end) and _is_letter(ground.text, start, end):
        if _is_second_half(row, row_start) and _is_second_half(ground.text, start):
            row_start, start = row_start - 1, start - 1  # 建[设→筑] reads 建设→建筑
        elif row[row_end : row_end + 1] == ground.text[end : end + 1] >= "一":
            row_end, end = row_end + 1, end + 1  # [深→强]化 reads 深化→强化
    return Change(kind, row_start, row_end, start, end)


def _is_letter(text: str, start: int, end: int) -> bool:
    return end - start == 1 and text[start] not in _NUMERALS


def _is_second_half(text: str, at: int) -> bool:
    """True unless a clause begins at the letter, or the one behind it is bound to it: 深化, 加强."""
    return at > 0 and "一" <= text[at - 1] <= "鿿" and text[at + 1 : at + 2] not in ("化", "强")


def _item(text: str, start: int, end: int, is_tail: bool) -> tuple[int, int]:
    """The item of `text[start:end]` next to the piece that is kept: the first of a tail, else the last."""
    words = text[start:end]
    cuts = [(words.find(link), words.rfind(link) + len(link)) for link in LINKS[:3] if link in words]
    if not cuts:
        return start, end
    if is_tail:
        return start, start + min(first for first, _ in cuts)
    return start + max(last for _, last in cuts), end


def cuts_figure(ground: Ground, gap: Gap) -> bool:
    """Whether the gap leaves a part of a figure out and keeps a part."""
    return any(
        f.start < gap.place_end and gap.place < f.end and (f.start < gap.place or gap.place_end < f.end)
        for f in _figures_near(ground.text, gap.place, gap.place_end)
    )


def shares_limit(ground: Ground, gap: Gap) -> bool:
    """Whether the gap drops a later number of a 分别 list but keeps the 以上 that holds for all of them."""
    start = ground.clause_around(gap.place)[0]
    rest = _LIMIT.match(ground.text, gap.place_end)
    return rest is not None and "分别" in ground.text[start : gap.place_end]


def with_figures(row: str, ground: Ground, blocks: Sequence[Block], change: Change) -> list[Change]:
    """The change, of number and widened where it runs into figures."""
    mine = _run_into(row, change.row, change.row_end)
    theirs = _run_into(ground.text, change.place, change.place_end)
    letters = count_letters(row[change.row : change.row_end])
    if not (mine or theirs) or (change.kind == "addition" and letters >= _CLAUSE and not theirs):
        return [change]
    mine = mine or _beside(row, change.row, change.row_end)
    theirs = theirs or _beside(ground.text, change.place, change.place_end)
    if len(mine) == 1 < len(theirs):
        theirs = _due(ground, blocks, theirs) or theirs
    if len(mine) == len(theirs) == 1:
        return _one_to_one(row, ground, blocks, change, mine[0], theirs[0])
    wide = Change(
        "number",
        min([change.row, *(f.start for f in mine)]),
        max([change.row_end, *(f.end for f in mine)]),
        min([change.place, *(f.start for f in theirs)]),
        max([change.place_end, *(f.end for f in theirs)]),
    )
    return [_mirrored(wide, blocks)]


def _one_to_one(
    row: str, ground: Ground, blocks: Sequence[Block], change: Change, mine: Figure, theirs: Figure
) -> list[Change]:
    """A figure for a figure, and whatever else was changed before and after them."""
    if is_worded(mine) != is_worded(theirs):
        mine, theirs = with_predicate(row, mine), with_predicate(ground.text, theirs)
    before = Gap(change.row, max(change.row, mine.start), change.place, max(change.place, theirs.start))
    start, place = min(change.row_end, mine.end), min(change.place_end, theirs.end)
    after = Gap(start, change.row_end, place, change.place_end)
    if ground.text.startswith(LINKS, after.place):  # the next figure of a list
        after = after._replace(place=after.place_end)
    rest = [
        narrow_gap(row, ground, gap)
        for gap in (before, after)
        if _says_something(row, ground, gap) and not _holds_other_shares(row, ground, gap)
    ]
    number = Change("number", mine.start, mine.end, theirs.start, theirs.end)
    return [*rest, _mirrored(number, blocks)]


def _says_something(row: str, ground: Ground, gap: Gap) -> bool:
    return core(row[gap.row : gap.row_end]) != core(ground.text[gap.place : gap.place_end])


def _holds_other_shares(row: str, ground: Ground, gap: Gap) -> bool:
    """Whether a gap holds only the numbers that a 分别 list gives to its other items."""
    start, end = ground.clause_around(gap.place)
    if core(row[gap.row : gap.row_end]) or "分别" not in ground.text[start:end]:
        return False
    words = ground.text[gap.place : gap.place_end]
    for figure in find_figures(words):
        words = words.replace(figure.words, "", 1)
    return not core(words)


def _due(ground: Ground, blocks: Sequence[Block], figures: Sequence[Figure]) -> list[Figure]:
    """Of several figures, the one due to the item of a 分别 list that the row takes."""
    clause = ground.clause_around(figures[0].start)
    taken = [(block.place, block.place_end) for block in blocks if clause[0] <= block.place < clause[1]]
    return [figure for figure in due_figures(ground.text, clause, taken) if figure in figures]


def mispaired(ground: Ground, blocks: Sequence[Block]) -> list[Change]:
    """Numbers taken from the wrong place of a 分别 list."""
    changes: list[Change] = []
    for start, end in sorted({ground.clause_around(block.place) for block in blocks}):
        own = [block for block in blocks if start <= block.place < end]
        taken = [(block.place, block.place_end) for block in own]
        for wrong, right in mispaired_figures(ground.text, (start, end), taken):
            held = [b for b in own if b.place <= wrong.start and wrong.end <= b.place_end]
            for block in held:
                at = wrong.start - block.place + block.row
                changes.append(Change("number", at, at + len(wrong.words), right.start, right.end))
    return changes


def join_changes(changes: Sequence[Change]) -> list[Change]:
    """The changes in the row's order, a number and what overlaps it made one."""
    joined: list[Change] = []
    for change in sorted(set(changes), key=lambda one: (one.row, one.place)):
        last = joined[-1] if joined else None
        if last and "number" in (last.kind, change.kind) and _overlap(last, change):
            joined[-1] = Change(
                "number",
                min(last.row, change.row),
                max(last.row_end, change.row_end),
                min(last.place, change.place),
                max(last.place_end, change.place_end),
            )
        else:
            joined.append(change)
    return joined


def _overlap(one: Change, other: Change) -> bool:
    places = one.place < other.place_end and other.place < one.place_end
    return places or (one.row < other.row_end and other.row < one.row_end)


def _figures_near(text: str, start: int, end: int) -> list[Figure]:
    low = max(0, start - _REACH)
    return [Figure(f.start + low, f.end + low, f.words) for f in find_figures(text[low : end + _REACH])]


def _run_into(text: str, start: int, end: int) -> list[Figure]:
    """The figures a range runs into, or a point lies within."""
    return [f for f in _figures_near(text, start, end) if f.start < max(end, start) and start < f.end]


def _beside(text: str, start: int, end: int) -> list[Figure]:
    """The figures that begin or end where a range does."""
    return [f for f in _figures_near(text, start, end) if f.start <= end and start <= f.end]


def _mirrored(change: Change, blocks: Sequence[Block]) -> Change:
    """The change with the common words inside it on both sides."""
    row, row_end, place, place_end = change[1:]
    for block in blocks:
        shift = block.place - block.row
        if block.place < place_end and place < block.place_end:
            row = min(row, max(place, block.place) - shift)
            row_end = max(row_end, min(place_end, block.place_end) - shift)
        if block.row < row_end and row < block.row_end:
            place = min(place, max(row, block.row) + shift)
            place_end = max(place_end, min(row_end, block.row_end) + shift)
    return Change(change.kind, row, row_end, place, place_end)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    words = core(text[start:end])
    if not words:
        return start, start
    at = text.index(words, start, end)
    return at, at + len(words)
