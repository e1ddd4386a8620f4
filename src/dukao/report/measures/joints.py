"""Soft line breaks taken out of a passage, and the way back to the source.

A page break in mid-sentence (工⏎⏎程投资) must not keep a word from being read; the text itself is never
altered, so a joined copy is read and every offset is carried back.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable

Spans = tuple[tuple[int, int], ...]

_BREAK = re.compile(r"[ \t\r\u3000]*\n[\s\u3000]*")


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
        if stop > at:
            starts.append(length)
            sources.append(at)
            lines.append(text[at:stop])
            length += stop - at
        at = found.end()
    if at < end:
        starts.append(length)
        sources.append(at)
        lines.append(text[at:end])
    return "".join(lines), Joints(text, starts, sources)
