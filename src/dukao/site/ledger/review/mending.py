"""A row mended by the report: every difference replaced by the report's reading, the rest as it was."""

import re

from dukao.breakdown.values import Difference, LivelihoodContent
from dukao.breakdown.values import Task as ReadTask
from dukao.site.ledger.naming import clean

_CONTEXT = range(10, 1, -1)  # characters before or after a word left out by which its place is found
_COUNTED = re.compile(r"(?<=\d)[^\d\s以左余多万亿%％.]{1,2}(?=以上|以下|左右|$)")


def mend(text: str, item: ReadTask | LivelihoodContent, source: str, report: str) -> str:
    """`text` (a row on one line) as the report has it; nothing where a place cannot be found for sure.

    `source` is the breakdown's own text, `report` the report's.
    """
    edits = []
    for difference in item.differences:
        place = _place_of(text, item.start, difference, source, report)
        if place is None:
            return ""
        edits.append((*place, clean(difference.report)))
    if not edits:
        return ""
    for start, end, words in sorted(edits, reverse=True):
        text = text[:start] + words + text[end:]
    text = text.replace("“”", "")
    truncated = any(one.kind == "truncated" for one in item.differences)
    return text + "。" if truncated and text[-1] not in "。；！" else text


def report_words(item: ReadTask | LivelihoodContent, report: str) -> str:
    """What the report says where a row goes back to, words the row left out at its end included."""
    return " …… ".join(clean(report[start:end]) for start, end in whole_spans(item))


def whole_spans(item: ReadTask | LivelihoodContent) -> list[tuple[int, int]]:
    """Where a row goes back to, as far as the report's words go that it left out at its end."""
    said = []
    for start, end in item.source_spans:
        ends = [
            one.report_span[1]
            for one in item.differences
            if one.report_span and start <= one.report_span[0] <= end < one.report_span[1]
        ]
        said.append((start, max([end, *ends])))
    return said


def unit_was_dropped(report: str, breakdown: str) -> bool:
    """Whether two readings differ only in the counted unit: 20家以上, 20以上."""
    return report != breakdown and bool(breakdown) and _COUNTED.sub("", report) == breakdown


def _place_of(
    text: str, start: int, difference: Difference, source: str, report: str
) -> tuple[int, int] | None:
    """Where in `text` a difference stands; an empty place where the report's words were left out."""
    words = clean(difference.breakdown)
    if not words:
        at = _gap(text, difference, report)
        return None if at is None else (at, at)
    if difference.breakdown_span:
        at = len(clean(source[start : difference.breakdown_span[0]]))
        if text.startswith(words, at):
            return at, at + len(words)
    if text.count(words) == 1:
        at = text.index(words)
        return at, at + len(words)
    return None


def _gap(text: str, difference: Difference, report: str) -> int | None:
    """Where the words left out would stand, by what is around them in the report."""
    if not difference.report_span:
        return None
    start, end = difference.report_span
    for length in _CONTEXT:
        before = list(_spaced(clean(report[max(0, start - 3 * length) : start])[-length:]).finditer(text))
        after = list(_spaced(clean(report[end : end + 3 * length])[:length]).finditer(text))
        if len(before) == 1:
            return before[0].end()
        if len(after) == 1:
            return len(text[: after[0].start()].rstrip())
    return None


def _spaced(words: str) -> re.Pattern[str]:
    """These words, with or without spaces between their letters; nothing matches nothing."""
    letters = [re.escape(letter) for letter in words if not letter.isspace()]
    return re.compile(r"\s*".join(letters) if letters else r"(?!)")
