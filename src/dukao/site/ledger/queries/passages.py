"""The words of the report a task goes back to, in their paragraph, as paper with the promise underlined."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from dukao.papers.marks import Mark, Token, set_marks, trim_marks

_STOPS = "。！？!?；;"
_FARTHEST = 700  # characters: a paragraph longer than this is cut at its lines
_SHORTEST = 20  # characters: a shorter line without a stop is a head
_HEAD = re.compile(r"#{1,6}[ \t]|[（(]?[一二三四五六七八九十]+[、）)]")


class Passage(NamedTuple):
    """One paragraph of the report with the task's words marked, and where its document shows them."""

    tokens: tuple[Token, ...]
    start: int
    end: int

    @property
    def span(self) -> str:
        """The first marked words as the document page wants them: 120-168."""
        return f"{self.start}-{self.end}"


def find_passages(
    text: str, spans: Sequence[Sequence[int]], differences: Iterable[dict[str, Any]] = ()
) -> tuple[Passage, ...]:
    """The paragraphs of `text` that hold the spans, each once, in the order of the text."""
    marks = [Mark(start, end, "span", "promised") for start, end in spans]
    for one in differences:
        if one.get("report_span"):
            start, end = one["report_span"]
            marks.append(Mark(start, end, "difference", "differs"))
    found: list[tuple[int, int, int, int]] = []
    for start, end in sorted((start, end) for start, end in spans if 0 <= start < end <= len(text)):
        if found and start < found[-1][1]:
            continue
        found.append((*_paragraph(text, start, end), start, end))
    return tuple(
        Passage(tuple(set_marks(text, low, high, trim_marks(text, marks, low, high))), start, end)
        for low, high, start, end in found
    )


def _paragraph(text: str, start: int, end: int) -> tuple[int, int]:
    """The paragraph around a span: a line break where no sentence ends is soft (a page's edge)."""
    low, high = _line_start(text, start), _line_end(text, end)
    while start - low < _FARTHEST:
        above = len(text[:low].rstrip())
        if not _runs_on(text[_line_start(text, above) : above], text[low:start]):
            break
        low = _line_start(text, above)
    while high - end < _FARTHEST:
        below = high + len(text[high:]) - len(text[high:].lstrip())
        if not _runs_on(text[_line_start(text, high) : high], text[below : _line_end(text, below)]):
            break
        high = _line_end(text, below)
    while low < high and text[low].isspace():
        low += 1
    return low, high


def _runs_on(line: str, following: str) -> bool:
    """Whether a line goes on in the one that follows: prose that ends without a stop."""
    line, following = line.strip(), following.strip()
    if len(line) < _SHORTEST or not following or line[-1] in _STOPS:
        return False
    return not _HEAD.match(line) and not _HEAD.match(following)


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _line_end(text: str, at: int) -> int:
    found = text.find("\n", at)
    return len(text) if found < 0 else found
