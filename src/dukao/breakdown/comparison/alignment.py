"""Alignment: which words of the report each word of a row goes back to.

A row is tried whole, then in the longest runs of its clauses that stand in the report as they are, then
clause by clause as a chain of common pieces. What is left between the pieces is for `differences` to judge.
"""

import re
from collections import defaultdict
from itertools import pairwise
from typing import NamedTuple

from dukao.breakdown.comparison.folding import count_letters
from dukao.breakdown.comparison.ground import Ground, cut_clauses

STOPS = ",;。:!?."
_SURE = 5  # letters a run of clauses needs to say by itself where the row belongs
_LEAST_SHARE = 0.5  # of the letters must be found, or a row is absent
_LEAST_PIECE = 4  # letters of the longest piece, unless a clear share is found
_CLEAR_SHARE = 0.7
_LEAST_SCATTERED = 6  # letters of a clause in another order
_ALMOST = 0.85
_NUMBER = re.compile(r"\d[\d.]*")
_PIECE = 2
_FAR_PIECE = 4


class Block(NamedTuple):
    """`length` folded characters that stand in the row at `row` and in the ground at `place`."""

    row: int
    place: int
    length: int

    @property
    def row_end(self) -> int:
        """Where the block ends in the row."""
        return self.row + self.length

    @property
    def place_end(self) -> int:
        """Where the block ends in the ground."""
        return self.place + self.length


def align_row(row: str, ground: Ground, hint: int = 0) -> tuple[Block, ...]:
    """The blocks of a folded row in the order of the row; empty where the ground does not hold it.

    `hint` is where the row before it ended: among equal places the nearest to it is taken.
    """
    whole = row.rstrip(STOPS)
    if not whole or not ground.sentences:
        return ()
    spots = ground.find(whole)
    if spots:
        return (Block(0, _nearest(spots, [hint], len(whole), ground), len(whole)),)
    clauses = cut_clauses(whole)
    blocks = _place_runs(whole, clauses, ground, hint)
    for start, end in clauses:
        if not any(block.row < end and start < block.row_end for block in blocks):
            blocks += _place_clause(whole, start, end, ground, [block.place for block in blocks] or [hint])
    blocks.sort()
    return tuple(blocks) if blocks and _holds(whole, blocks) else ()


def _holds(row: str, blocks: list[Block]) -> bool:
    """Whether the blocks are enough of the row to call it the report's."""
    return _is_enough(row, blocks) or any(one.place > other.place for one, other in pairwise(blocks))


def _nearest(spots: list[int], anchors: list[int], length: int, ground: Ground) -> int:
    """The spot in the sentence of an anchor, else one that is a clause of its own, else the next one."""
    sentences = {ground.sentence_around(anchor) for anchor in anchors}

    def far(spot: int) -> tuple[bool, bool, int]:
        start, end = ground.clause_around(spot)
        return (
            ground.sentence_around(spot) not in sentences,
            spot != start or spot + length < end,
            min(abs(spot - anchor) for anchor in anchors),
        )

    return min(spots, key=far)


def _place_runs(row: str, clauses: list[tuple[int, int]], ground: Ground, hint: int) -> list[Block]:
    """The longest runs of whole clauses that the ground holds as they are; ambiguous ones beside the sure."""
    sure: list[Block] = []
    doubtful: list[tuple[int, int, list[int]]] = []
    index = 0
    while index < len(clauses):
        start = clauses[index][0]
        until = len(clauses) if index else len(clauses) - 1  # the whole row was tried before
        for last in range(until, index, -1):
            end = clauses[last - 1][1]
            spots = ground.find(row[start:end])
            if spots:
                break
        else:
            index += 1
            continue
        if len(spots) == 1 and count_letters(row[start:end]) >= _SURE:
            sure.append(Block(start, spots[0], end - start))
        else:
            doubtful.append((start, end, spots))
        index = last
    anchors = [block.place for block in sure]
    for start, end, spots in doubtful:
        spot = _nearest(spots, anchors or [hint], end - start, ground)
        if count_letters(row[start:end]) >= _SURE or anchors:
            sure.append(Block(start, spot, end - start))
    return sure


def _place_clause(row: str, start: int, end: int, ground: Ground, anchors: list[int]) -> list[Block]:
    """The best chain of a clause the ground does not hold as it is, near the anchors if it is there."""
    words = row[start:end]
    near = dict.fromkeys(ground.sentence_around(anchor) for anchor in anchors)
    likely = dict.fromkeys(ground.likely_sentences(words))
    best: list[Block] = []
    best_score = 0.0
    for sentence in near | likely:
        low, high = ground.sentences[sentence]
        score, chain = _chain(words, ground, low, high)
        score += 2.0 if sentence in near else 0.0
        if chain and score > best_score and _is_enough(words, chain):
            best, best_score = chain, score
    best = _with_own_verb(words, ground, best)
    best = best + _moved(words, ground, best) if best else _scatter(words, ground)
    return [Block(block.row + start, block.place, block.length) for block in sorted(best)]


def _is_enough(words: str, chain: list[Block]) -> bool:
    """Whether half of the words are found, one piece of them being long enough to mean something."""
    found = [count_letters(words[block.row : block.row_end]) for block in chain]
    share = sum(found) / max(1, count_letters(words))
    return share >= _LEAST_SHARE and (max(found) >= _LEAST_PIECE or share >= _CLEAR_SHARE)


def _moved(words: str, ground: Ground, chain: list[Block]) -> list[Block]:
    """Whole items that the chain leaves, where the same clause has them elsewhere: 甲、乙 → 乙、甲."""
    low, high = ground.clause_around(chain[0].place)[0], ground.clause_around(chain[-1].place)[1]
    edges = [0, *(edge for block in chain for edge in (block.row, block.row_end)), len(words)]
    found: list[Block] = []
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        item = words[start:end].strip("、,")
        place = ground.text.find(item, low, high) if len(item) >= _PIECE else -1
        block = Block(words.find(item, start), place, len(item))
        if place < 0 or not all(_apart(block, other) for other in chain):
            continue
        if len(item) >= _FAR_PIECE:
            found.append(block)
    return found


def _with_own_verb(words: str, ground: Ground, chain: list[Block]) -> list[Block]:
    """The chain and the verb of an item given its noun: 开工项目3个、竣工2个 → 竣工项目2个.

    Where another number stands behind the verb, an empty piece says that the two numbers belong together.
    """
    if not chain or not chain[0].row:
        return chain
    noun = chain[0]
    high = ground.clause_around(chain[-1].place)[1]
    for shared in range(min(_PIECE, noun.length - _PIECE) + 1):  # 竣工 shares 工 with 开工
        verb = words[: noun.row + shared]
        place = ground.text.find(verb, noun.place_end, high)
        if len(verb) < _PIECE or place < 0 or "、" not in ground.text[noun.place_end : place]:
            continue
        trimmed = Block(noun.row + shared, noun.place + shared, noun.length - shared)
        rest = [other for other in chain[1:] if other.place >= place + len(verb)]
        numbers = [_NUMBER.match(words, noun.row_end), _NUMBER.match(ground.text, place + len(verb))]
        if place + len(verb) in [other.place for other in rest]:
            return [Block(0, place, len(verb)), trimmed, *rest]
        if all(numbers):
            return [Block(0, place, len(verb)), trimmed, Block(noun.row_end, place + len(verb), 0), *rest]
    return chain


def _scatter(words: str, ground: Ground) -> list[Block]:
    """The pieces of a clause that says the report's words in another order: 新增城镇就业 of 城镇新增就业."""
    bare = count_letters(_NUMBER.sub("", words))
    for sentence in ground.likely_sentences(words, size=2):
        for start, end in ground.clauses_of(sentence):
            pieces = _apart_pieces(words, ground.text, start, end)
            found = sum(count_letters(words[piece.row : piece.row_end]) for piece in pieces)
            if found >= max(_LEAST_SCATTERED, _ALMOST * bare) and _reach(pieces) <= len(words) + 2:
                return sorted(pieces)
    return []


def _apart_pieces(words: str, text: str, start: int, end: int) -> list[Block]:
    """Common pieces without numbers that do not overlap, the longest first."""
    kept: list[Block] = []
    for piece in sorted(_pieces(words, text, start, end), key=lambda piece: -piece.length):
        number = _NUMBER.search(words, piece.row, piece.row_end)
        piece = piece._replace(length=number.start() - piece.row) if number else piece
        if piece.length >= _PIECE and all(_apart(piece, other) for other in kept):
            kept.append(piece)
    return kept


def _reach(pieces: list[Block]) -> int:
    return max(piece.place_end for piece in pieces) - min(piece.place for piece in pieces)


def _apart(one: Block, other: Block) -> bool:
    rows = one.row_end <= other.row or other.row_end <= one.row
    return rows and (one.place_end <= other.place or other.place_end <= one.place)


def _pieces(words: str, text: str, low: int, high: int) -> list[Block]:
    """The longest common pieces of `words` and `text[low:high]`, of two characters or more."""
    spots: defaultdict[str, list[int]] = defaultdict(list)
    for at in range(low, high - 1):
        spots[text[at : at + _PIECE]].append(at)
    found = []
    for row in range(len(words) - 1):
        for place in spots.get(words[row : row + _PIECE], ()):
            if row and place > low and words[row - 1] == text[place - 1]:
                continue
            length = _PIECE
            while (
                row + length < len(words)
                and place + length < high
                and words[row + length] == text[place + length]
            ):
                length += 1
            found.append(Block(row, place, length))
    return found


def _chain(words: str, ground: Ground, low: int, high: int) -> tuple[float, list[Block]]:
    """The best chain of common pieces, in the order of both, and its score."""
    pieces = sorted(_pieces(words, ground.text, low, high))
    scores: list[float] = []
    trimmed: list[Block] = []
    before: list[int] = []
    for index, piece in enumerate(pieces):
        score, kept, link = _first_score(words, piece, ground), piece, -1
        for other in range(index):
            shorter = _after(trimmed[other], piece)
            if shorter is None:
                continue
            cost = _step_cost(words, trimmed[other], shorter, ground)
            gained = scores[other] + count_letters(words[shorter.row : shorter.row_end]) - cost
            if gained > score:
                score, kept, link = gained, shorter, other
        scores.append(score)
        trimmed.append(kept)
        before.append(link)
    if not pieces:
        return 0.0, []
    at = max(range(len(pieces)), key=lambda index: scores[index] + _last_bonus(words, trimmed[index], ground))
    total, chain = scores[at], []
    while at >= 0:
        chain.append(trimmed[at])
        at = before[at]
    return total, chain[::-1]


def _first_score(words: str, piece: Block, ground: Ground) -> float:
    at_heads = piece.row == 0 and piece.place == ground.clause_around(piece.place)[0]
    return count_letters(words[piece.row : piece.row_end]) + (0.5 if at_heads else 0.0)


def _last_bonus(words: str, piece: Block, ground: Ground) -> float:
    at_ends = piece.row_end == len(words) and piece.place_end == ground.clause_around(piece.place)[1]
    return 0.5 if at_ends else 0.0


def _after(one: Block, other: Block) -> Block | None:
    """What is left of `other` after `one` in both texts; None when that is no piece any more."""
    cut = max(0, one.row_end - other.row, one.place_end - other.place)
    if other.length - cut < _PIECE or other.row + cut < one.row_end:
        return None
    return Block(other.row + cut, other.place + cut, other.length - cut) if cut else other


def _step_cost(words: str, one: Block, other: Block, ground: Ground) -> float:
    """What passing from one piece to the next costs: little over a list, more over a clause."""
    skipped = other.place - one.place_end
    cost = 0.3 * (other.row - one.row_end) + 0.01 * skipped
    if not skipped:
        return cost
    if ground.clause_around(one.place) == ground.clause_around(other.place):
        return cost + 0.5
    if _given_back(one, other, ground) or min(one.length, other.length) >= _FAR_PIECE:
        return cost + 1.2
    return cost + 10.0


def _given_back(one: Block, other: Block, ground: Ground) -> bool:
    """Whether `one` is the verb of an earlier clause, put before a clause taken from its beginning."""
    if one.row or one.row_end != other.row:
        return False
    start, end = ground.clause_around(other.place)
    has_it = ground.text.find(ground.text[one.place : one.place_end], start, end) >= 0
    return other.place == start and one.place == ground.clause_around(one.place)[0] and not has_it
