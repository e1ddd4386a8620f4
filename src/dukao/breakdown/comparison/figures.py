"""Figures in a folded text: numbers with all that belongs to them, and targets said in words.

A difference inside a figure is shown with the whole figure: nobody can judge “家” dropped from “50家以上”. A
row that takes one item of a 分别 list takes the figure due to it.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from dukao.language.numerals import chinese_number, scaled
from dukao.language.units import load_units, units_pattern

_BEFORE = r"(?:不低于|不少于|不超过|不高于|超过|超|突破|控制在|约|近)?"
_ARABIC = r"\d[\d.]*(?:[-至到~]\d[\d.]*)?[十百千]?[万亿]*"
_DATE = r"\d{1,2}月(?:\d{1,2}日|底|末|初|上旬|中旬|下旬)?(?:之前|以前|前)?"
_HAN = r"[一二两三四五六七八九十百千万亿]+"
_LINK = re.compile(r"、|以及|和|及|与")
_PREDICATE = re.compile(r"(?:增长|下降|提高|达到|达|降低|增加)到?$")
_AFTER = r"(?:多|余)?(?:以上|以下|以内|之内|左右|上下)?"
# A target without a number: 与经济增长同步, 保持零增长, 双下降.
_WORDED = (
    r"(?:与|同|和)[^,、。;与和]{2,10}?(?:基本|大体|总体|保持)*(?:同步|持平|一致)"
    r"|(?:基本|大体|总体)?(?:实现|保持)?(?:全覆盖|清零|双下降|零增长|零发生|翻番|翻一番)"
)


class Figure(NamedTuple):
    """A figure at `start:end` of a folded text."""

    start: int
    end: int
    words: str


def find_figures(text: str) -> list[Figure]:
    """The figures of a folded text, in order."""
    return [Figure(found.start(), found.end(), found.group()) for found in _pattern().finditer(text)]


def is_worded(figure: Figure) -> bool:
    """Whether a figure is a target said in words."""
    return re.fullmatch(_WORDED, figure.words) is not None


def with_predicate(text: str, figure: Figure) -> Figure:
    """A figure with the verb that says it: 增长6%, which is what 与物价同步 was changed to."""
    found = _PREDICATE.search(text, max(0, figure.start - 4), figure.start)
    start = found.start() if found else figure.start
    return Figure(start, figure.end, text[start : figure.end])


def same_amount(one: str, other: str) -> bool:
    """Whether two figures say the same in different numerals: 1万人 and 10000人, 五十家 and 50家."""
    first, second = _amount(one), _amount(other)
    return first is not None and first == second


@cache
def _pattern() -> re.Pattern[str]:
    unit = units_pattern()
    return re.compile(f"{_WORDED}|{_DATE}|{_BEFORE}(?:{_ARABIC}(?:{unit})?|{_HAN}(?:{unit})){_AFTER}")


@cache
def _one_figure() -> re.Pattern[str]:
    return re.compile(
        rf"({_BEFORE})(?:(\d+(?:\.\d+)?)\.?([十百千]?[万亿]*)|({_HAN}?))({units_pattern()})?({_AFTER})"
    )


def _amount(words: str) -> tuple[int | float, str, str, str] | None:
    found = _one_figure().fullmatch(words)
    if found is None:
        return None
    before, digits, magnitude, han, unit, after = found.groups()
    if digits:
        factor = chinese_number(magnitude) if magnitude else 1
        value = scaled(digits, int(factor or 1))
    else:
        number = chinese_number(han)
        if number is None:
            return None
        value = number
    known = load_units().get(unit or "")
    return value, known.name if known else "", before or "", after


# 分别: which number of a list belongs to which item.


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
