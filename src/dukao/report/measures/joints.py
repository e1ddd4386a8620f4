"""Soft line breaks taken out of a passage, and the way back to the source.

A page break in mid-sentence (工⏎⏎程投资) must not keep a word from being read; the text itself is never
altered, so a joined copy is read and every offset is carried back.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import Final

Spans = tuple[tuple[int, int], ...]

_BREAK: Final = re.compile(r"\n[\s\u3000]*")
_SPREAD: Final = re.compile(r"\d \d")
_BLANK: Final = frozenset(" \t\r\u3000")


class Joints:
    """Where lines were joined: `starts[i]` in the joined text is `sources[i]` in `source`."""

    __slots__ = ("source", "sources", "starts")

    def __init__(self, source: str, starts: list[int], sources: list[int]) -> None:
        self.source = source
        self.starts = starts
        self.sources = sources

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The source span of a span of the joined text, breaks inside it included."""
        first = bisect_right(self.starts, start) - 1
        last = bisect_right(self.starts, end - 1) - 1
        return start - self.starts[first] + self.sources[first], end - self.starts[last] + self.sources[last]

    def pieces(self, spans: Iterable[tuple[int, int]]) -> Spans:
        """The source spans of spans of the joined text, cut where a break stood."""
        found: list[tuple[int, int]] = []
        for start, end in spans:
            while start < end:
                line = bisect_right(self.starts, start) - 1
                stop = min(end, self.starts[line + 1] if line + 1 < len(self.starts) else end)
                offset = self.sources[line] - self.starts[line]
                found.append((start + offset, stop + offset))
                start = stop
        return tuple(found)


def join_lines(text: str, start: int, end: int) -> tuple[str, Joints | None]:
    """`text[start:end]` without line breaks, and the joints; the text itself and None where there is none."""
    if text.find("\n", start, end) < 0:
        return text, None
    lines: list[str] = []
    starts: list[int] = []
    sources: list[int] = []
    at, length = start, 0
    for found in _BREAK.finditer(text, start, end):
        stop = found.start()
        while stop > at and text[stop - 1] in _BLANK:
            stop -= 1
        after = found.end()
        if stop > at and after < end and _spreads(text, stop, after):
            stop, after = (stop, after - 1) if text[after - 1] == " " else (stop + 1, after)
        if stop > at:
            starts.append(length)
            sources.append(at)
            lines.append(text[at:stop])
            length += stop - at
        at = after
    if at < end:
        starts.append(length)
        sources.append(at)
        lines.append(text[at:end])
    return "".join(lines), Joints(text, starts, sources)


def _spreads(text: str, stop: int, after: int) -> bool:
    """Whether a break with a blank beside it stands inside digits spread with blanks: 1 2⏎ 8家."""
    if not (text[stop - 1].isdigit() and text[after].isdigit() and " " in (text[stop], text[after - 1])):
        return False
    left, right = text[max(0, stop - 3) : stop], text[after : after + 3]
    single = not left[-2:-1].isdigit() and not right[1:2].isdigit()
    return single and (_SPREAD.fullmatch(left) is not None or _SPREAD.fullmatch(right) is not None)
