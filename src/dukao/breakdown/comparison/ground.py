"""The ground a row may go back to: the plan of the report, folded, with its clauses and sentences.

Knowing which section is the plan decides more than any similarity: a row is looked for in the year's plan and
the part on the government itself, then among long-term goals and unnamed parts, never in a review.
"""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator

from dukao.breakdown.comparison.folding import Folded, fold_runs
from dukao.report.values import Part, Report

PLAN: frozenset[Part] = frozenset(("plan", "self"))
BESIDES: frozenset[Part] = frozenset(("long_term", "other"))

_ASIDE = r"“[^”\n]{0,80}”|《[^》\n]{0,80}》|\([^()\n]{0,120}\)"
_CLAUSE_STOP = re.compile(rf"{_ASIDE}|([,;。:!?\n])")
_SENTENCE_STOP = re.compile(rf"{_ASIDE}|([。!?\n])")


class Ground:
    """Some parts of a report, ready to be searched. Offsets are into `folded.text`."""

    def __init__(self, folded: Folded) -> None:
        self.folded = folded
        self.text = folded.text
        clauses = list(_cuts(self.text, _CLAUSE_STOP))
        self.clause_starts = [start for start, _ in clauses]
        self.clause_ends = [end for _, end in clauses]
        self.sentences = list(_cuts(self.text, _SENTENCE_STOP))
        self._sentence_starts = [start for start, _ in self.sentences]
        self._held: dict[int, dict[str, list[int]]] = {}

    def find(self, words: str) -> list[int]:
        """Every place where `words` stands."""
        spots: list[int] = []
        at = self.text.find(words)
        while at >= 0:
            spots.append(at)
            at = self.text.find(words, at + 1)
        return spots

    def clause_around(self, at: int) -> tuple[int, int]:
        """The clause that holds `at` (the one before it, when `at` is its stop)."""
        index = max(0, bisect_right(self.clause_starts, at) - 1)
        return self.clause_starts[index], self.clause_ends[index]

    def sentence_around(self, at: int) -> int:
        """The index of the sentence that holds `at`."""
        return max(0, bisect_right(self._sentence_starts, at) - 1)

    def clauses_of(self, sentence: int) -> Iterator[tuple[int, int]]:
        """The clauses of a sentence."""
        start, end = self.sentences[sentence]
        index = max(0, bisect_right(self.clause_starts, start) - 1)
        while index < len(self.clause_starts) and self.clause_starts[index] < end:
            yield self.clause_starts[index], self.clause_ends[index]
            index += 1

    def heads_before(self, at: int) -> Iterator[int]:
        """The starts of the clauses before `at` in its sentence, nearest first."""
        first = self.sentences[self.sentence_around(at)][0]
        index = bisect_right(self.clause_starts, at) - 1
        while index >= 0 and self.clause_starts[index] >= first:
            if self.clause_starts[index] < at:
                yield self.clause_starts[index]
            index -= 1

    def likely_sentences(self, words: str, size: int = 3, limit: int = 3) -> list[int]:
        """The sentences that share the most and rarest pieces of `size` letters with `words`, best first."""
        votes: Counter[int] = Counter()
        held = self._grams(size)
        for gram in _grams_of(words, size):
            holders = held.get(gram, ())
            for sentence in holders:
                votes[sentence] += 1000 // (4 + len(holders))
        best = sorted(votes.items(), key=lambda vote: (-vote[1], vote[0]))
        return [sentence for sentence, _ in best[:limit]]

    def _grams(self, size: int) -> dict[str, list[int]]:
        if size not in self._held:
            held: defaultdict[str, list[int]] = defaultdict(list)
            for index, (start, end) in enumerate(self.sentences):
                for gram in _grams_of(self.text[start:end], size):
                    held[gram].append(index)
            self._held[size] = held
        return self._held[size]


def lay_ground(report: Report, parts: frozenset[Part]) -> Ground:
    """The ground that the passages and heads of these parts of the report make."""
    runs = [(passage.start, passage.end) for passage in report.passages if passage.part in parts]
    runs += [(section.start, section.end) for section in report.outline if section.part in parts]
    kept: list[tuple[int, int]] = []
    for start, end in sorted(runs):
        start = max(start, kept[-1][1]) if kept else start
        if start < end:
            kept.append((start, end))
    return Ground(fold_runs(report.source.text, kept))


def cut_clauses(words: str) -> list[tuple[int, int]]:
    """The clauses of a folded row, without their stops."""
    return list(_cuts(words, _CLAUSE_STOP))


def _grams_of(words: str, size: int) -> set[str]:
    return {words[at : at + size] for at in range(len(words) - size + 1)}


def _cuts(text: str, stop: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    at = 0
    for found in stop.finditer(text):
        if found.group(1) is None:
            continue
        if at < found.start():
            yield at, found.start()
        at = found.end()
    if at < len(text):
        yield at, len(text)
