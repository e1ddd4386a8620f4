"""Times of one text in one process: a bare scan, the whole compile, and what they are to one another.

Seconds differ from machine to machine; the ratio to a bare scan of the same text does not, much.
"""

import hashlib
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dukao.reading.values import Source

# What any reading of figures has to do at the least: find a number with a unit.
BARE_SCAN = re.compile(r"\d[\d,.]*\s*(?:万|亿|千|百)*(?:[元家个亩%‰]|平方米|公里)")
RATIO_LIMIT = 30
# A time below this is repeated until it adds up to it; the best one counts.
_LONG_ENOUGH = 0.25
# A line of as many characters is a paragraph of prose, not a head.
_PARAGRAPH = 80


@dataclass(frozen=True, slots=True)
class Speed:
    """How long a text took: seconds of the bare scan and of the whole compile."""

    name: str
    chars: int
    size: int
    scan: float
    whole: float

    @property
    def ratio(self) -> float:
        """How many bare scans the whole compile takes."""
        return self.whole / self.scan

    @property
    def per_char(self) -> float:
        """Seconds of the compile for one character."""
        return self.whole / self.chars


def as_source(name: str, text: str) -> Source:
    """A text as a document, without a file."""
    data = text.encode()
    return Source(name, hashlib.sha256(data).hexdigest(), "text/plain", "utf-8", text)


def best_time(work: Callable[[], object], long_enough: float = _LONG_ENOUGH) -> float:
    """The least seconds `work` took, done again and again for a while."""
    best, spent = float("inf"), 0.0
    while spent < long_enough or best == float("inf"):
        before = time.perf_counter()
        work()
        took = time.perf_counter() - before
        best, spent = min(best, took), spent + took
    return best


def measure_speed(name: str, text: str) -> Speed:
    """Bare scan and whole compile (outline, commitments, measures) of one text."""
    from dukao.report.compiler import compile_report

    source = as_source(name, text)
    scan = best_time(lambda: sum(1 for _ in BARE_SCAN.finditer(text)))
    whole = best_time(lambda: compile_report(source))
    return Speed(name, len(text), len(text.encode()), scan, whole)


def measure_growth(text: str, sizes: list[int]) -> Iterator[Speed]:
    """The speed at each size in bytes, of one report made that long: is the cost flat?"""
    for wanted in sizes:
        yield measure_speed(name_size(wanted), grow_text(text, wanted))


def grow_text(text: str, size: int) -> str:
    """One report of about `size` bytes: its middle paragraphs repeated, or left out.

    The whole is not repeated: that would be a page of many reports, of which one is read.
    """
    data = text.encode()
    if len(data) >= size:
        return (data[: size // 2] + b"\n" + data[-size // 2 :]).decode(errors="ignore")
    lines = text.splitlines(keepends=True)
    middle = len(lines) // 2
    paragraphs = "".join(line for line in lines[:middle] if len(line) > _PARAGRAPH) or text
    times = (size - len(data)) // len(paragraphs.encode())
    return "".join([*lines[:middle], paragraphs * times, *lines[middle:]])


def name_size(size: int) -> str:
    """A size in bytes as people write it."""
    return f"{size // 1_000_000} MB" if size >= 1_000_000 else f"{size // 1000} kB"
