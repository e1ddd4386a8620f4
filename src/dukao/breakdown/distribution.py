"""分别: which number of a list belongs to which item, so that a row that takes one item takes its number."""

import re
from collections.abc import Iterable, Sequence

from dukao.breakdown.figures import Figure, find_figures

_LINK = re.compile(r"、|以及|和|及|与")


def mispaired_figures(
    text: str, clause: tuple[int, int], taken: Sequence[tuple[int, int]]
) -> list[tuple[Figure, Figure]]:
    """(figure taken, figure due) where `taken` ranges of a 分别 clause join an item with another's number."""
    due = due_figures(text, clause, taken)
    own = [f for f in _figures(text, clause) if _takes(taken, f.start, f.start + _digits(f.words))]
    return [(own[0], due[0])] if len(due) == len(own) == 1 and own != due else []


def due_figures(text: str, clause: tuple[int, int], taken: Sequence[tuple[int, int]]) -> list[Figure]:
    """The figures due to the items of a 分别 clause that `taken` ranges hold; none where it has no pairs."""
    items, figures = _items(text, clause), _figures(text, clause)
    if len(items) != len(figures) or len(items) < 2:
        return []
    return [figure for (low, high), figure in zip(items, figures, strict=True) if _takes(taken, low, high)]


def _figures(text: str, clause: tuple[int, int]) -> list[Figure]:
    """The figures after 分别."""
    at = text.find("分别", *clause)
    return (
        [Figure(f.start + at, f.end + at, f.words) for f in find_figures(text[at : clause[1]])]
        if at >= 0
        else []
    )


def _items(text: str, clause: tuple[int, int]) -> list[tuple[int, int]]:
    """The items before 分别."""
    start, end = clause[0], text.find("分别", *clause)
    if end < 0:
        return []
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
