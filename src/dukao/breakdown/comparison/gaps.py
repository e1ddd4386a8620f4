"""Gaps: what a row and the report have between the pieces they share."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from dukao.breakdown.comparison.alignment import Block
from dukao.breakdown.comparison.folding import count_letters
from dukao.breakdown.comparison.ground import Ground, cut_clauses

# What joins the items of a list.
LINKS = ("、", "以及", "或者", "和", "及", "与", "或", "暨", "并")
# Items of a list that only their quotation marks part.
QUOTED = re.compile(r"(?:“[^”]*”)+")
_SMALL = 2  # letters of a common piece that does not part two changes
_VERB = 5
_STOP = re.compile(r"[,;。:!?\n]")
_EDGE = re.compile(r"^[^\w%‰]+|[^\w%‰]+$")


class Gap(NamedTuple):
    """`row:row_end` and `place:place_end` between two pieces; `head` opens a clause, `tail` closes one."""

    row: int
    row_end: int
    place: int
    place_end: int
    head: bool = False
    tail: bool = False


def core(words: str) -> str:
    """Folded words without the punctuation around them."""
    return _EDGE.sub("", words)


def without_small(row: str, ground: Ground, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks without tiny ones between two exchanged words, which read better as one change."""
    kept = list(blocks)
    for index in range(len(kept) - 2, 0, -1):
        one, small, other = kept[index - 1 : index + 2]
        if count_letters(row[small.row : small.row_end]) > _SMALL:
            continue
        if not one.place_end <= small.place <= small.place_end <= other.place:
            continue
        if _is_exchange(row, ground, one, small) and _is_exchange(row, ground, small, other):
            del kept[index]
    return tuple(kept)


def _is_exchange(row: str, ground: Ground, one: Block, other: Block) -> bool:
    mine, theirs = row[one.row_end : other.row], ground.text[one.place_end : other.place]
    return bool(core(mine) and core(theirs)) and not _STOP.search(mine + theirs)


def cut_at_lists(row: str, ground: Ground, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, omissions moved to where a list is cut: 打通[断头河、]断头路, not 打通断头[河、断头]路."""
    moved = list(blocks)
    for index in range(len(moved) - 1):
        one, other = moved[index : index + 2]
        if one.row_end != other.row or other.place <= one.place_end:
            continue
        shift = _list_shift(ground.text, one, other)
        moved[index] = one._replace(length=one.length + shift)
        moved[index + 1] = Block(other.row + shift, other.place + shift, other.length - shift)
    return tuple(moved)


def _list_shift(text: str, one: Block, other: Block) -> int:
    """By how many characters the omission between two blocks moves to begin or end with a link; 0 to stay."""
    start, end = one.place_end, other.place
    for step in (-1, 1):
        shift = 0
        while True:
            dropped = text[start + shift : end + shift]
            if dropped.startswith(LINKS) or dropped.endswith(LINKS) or QUOTED.fullmatch(dropped):
                return shift
            before = min(step, 0)
            same = text[start + shift + before] == text[end + shift + before]
            if not same or not -one.length + 1 < shift < other.length - 1:
                break
            shift += step
    return 0


def find_gaps(row: str, ground: Ground, blocks: Sequence[Block]) -> Iterator[Gap]:
    """Every gap of the row, in its order; whole clauses of the report that it leaves out are none."""
    yield from _opening(row, 0, blocks[0], ground, blocks)
    for one, other in pairwise(blocks):
        yield from _between(row, one, other, ground, blocks)
    yield _closing(blocks[-1], len(row.rstrip(",;。:!?.")), ground, blocks)


def skipped_clauses(ground: Ground, blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """The whole clauses that stand between two pieces of one sentence and that the row does not take."""
    for one, other in pairwise(sorted(blocks, key=lambda block: block.place)):
        sentence = ground.sentence_around(one.place_end - 1)
        if sentence != ground.sentence_around(other.place):
            continue
        for start, end in ground.clauses_of(sentence):
            if one.place_end <= start and end <= other.place:
                yield start, end


def _between(row: str, one: Block, other: Block, ground: Ground, blocks: Sequence[Block]) -> Iterator[Gap]:
    stop = _STOP.search(row, one.row_end, other.row)
    in_order = one.place_end <= other.place
    parted = in_order and _STOP.search(ground.text, one.place_end, other.place)
    if in_order and any(one.place_end <= moved.place < other.place for moved in blocks):
        yield Gap(one.row_end, other.row, other.place, other.place)
    elif in_order and not parted:
        yield Gap(one.row_end, other.row, one.place_end, other.place)
    elif stop:
        yield _closing(one, stop.start(), ground, blocks)
        yield from _opening(row, stop.start(), other, ground, blocks)
    elif not in_order:  # words of one clause in another order
        yield Gap(one.row_end, other.row, other.place, other.place)
    else:
        if not gives_back(row, ground, one, other):
            yield _closing(one, one.row_end, ground, blocks)
        yield from _opening(row, one.row_end, other, ground, blocks)


def gives_back(row: str, ground: Ground, one: Block, other: Block) -> bool:
    """Whether `one` is the verb of an earlier clause, put before a clause taken from its beginning."""
    heads = all(block.place == ground.clause_around(block.place)[0] for block in (one, other))
    return heads and one.row_end == other.row and (one.row == 0 or row[one.row - 1] in ",;。:!?")


def shares_verb(ground: Ground, one: Block, other: Block) -> bool:
    """Whether `one` is the verb of a list of which the row takes a later item."""
    heads = one.place == ground.clause_around(one.place)[0] and one.length <= _VERB
    return heads and one.row_end == other.row and ground.text[other.place - 1 : other.place] in LINKS


def is_given_noun(ground: Ground, one: Block, noun: Block, other: Block) -> bool:
    """Whether `noun` parts words that are one in the report: 竣工[项目]2个 of 开工项目3个、竣工2个."""
    in_next_item = "、" in ground.text[noun.place_end : one.place]
    return in_next_item and noun.place_end <= one.place and one.place_end == other.place


def _closing(block: Block, row_end: int, ground: Ground, blocks: Sequence[Block]) -> Gap:
    """From a block to the end of its clause."""
    limit = ground.clause_around(block.place_end - 1)[1]
    limit = min([limit, *(other.place for other in blocks if other.place >= block.place_end)])
    row_end, limit = max(block.row_end, row_end), max(block.place_end, limit)
    return Gap(block.row_end, row_end, block.place_end, limit, tail=True)


def _opening(row: str, start: int, block: Block, ground: Ground, blocks: Sequence[Block]) -> Iterator[Gap]:
    """From the beginning of its clause to a block; whole clauses of the row before it are gaps too."""
    clauses = [(start + one, start + other) for one, other in cut_clauses(row[start : block.row])]
    head = clauses.pop()[0] if clauses and clauses[-1][1] == block.row else block.row
    for one, other in clauses:
        yield Gap(one, other, block.place, block.place, head=True)
    limit = ground.clause_around(block.place)[0]
    limit = max([limit, *(other.place_end for other in blocks if other.place_end <= block.place)])
    yield Gap(head, block.row, min(limit, block.place), block.place, head=True)
