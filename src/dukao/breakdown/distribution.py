"""分别: which number of a list belongs to which item, so that a row that takes one item takes its number."""

import re
from collections.abc import Iterable, Sequence

from dukao.breakdown.figures import Figure, find_figures

_LINK = re.compile(r"、|以及|和|及|与")


def mispaired_figures(
    text: str, clause: tuple[int, int], taken: Sequence[tuple[int, int]]
) -> list[tuple[Figure, Figure]]:
    """(figure taken, figure due) where `taken` ranges of a 分别 clause join an item with another's number."""
    start, end = clause
    at = text.find("分别", start, end)
    if at < 0:
        return []
    items = _items(text, start, at)
    figures = [Figure(f.start + at, f.end + at, f.words) for f in find_figures(text[at:end])]
    if len(items) != len(figures) or len(items) < 2:
        return []
    own_items = {i for i, (low, high) in enumerate(items) if _takes(taken, low, high)}
    own_figures = {i for i, f in enumerate(figures) if _takes(taken, f.start, f.start + _digits(f.words))}
    if len(own_items) != 1 or len(own_figures) != 1 or own_items == own_figures:
        return []
    return [(figures[own_figures.pop()], figures[own_items.pop()])]


def _items(text: str, start: int, end: int) -> list[tuple[int, int]]:
    items, low = [], start
    for found in _LINK.finditer(text, start, end):
        items.append((low, found.start()))
        low = found.end()
    return [*items, (low, end)]


def _takes(taken: Iterable[tuple[int, int]], low: int, high: int) -> bool:
    """Whether most of `low:high` is taken."""
    return 2 * sum(max(0, min(high, end) - max(low, start)) for start, end in taken) > high - low


def _digits(words: str) -> int:
    found = re.search(r"[\d.]*\d", words)
    return found.end() if found else len(words)
