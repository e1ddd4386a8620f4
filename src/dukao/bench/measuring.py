"""Times of one text in one process: a bare scan, the whole compile, and what they are to one another.

Seconds differ from machine to machine and from minute to minute; what scan and compile are to one another
does not, much. They are seconds of the processor: waiting for a busy machine makes no work slower. Both are
timed in turns, both warm, and the middle one of all turns counts.
"""

import hashlib
import itertools
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from random import Random
from statistics import median

from dukao.reading.values import Source

# What any reading of figures has to do at the least: find a number with a unit.
BARE_SCAN = re.compile(r"\d[\d,.]*\s*(?:万|亿|千|百)*(?:[元家个亩%‰]|平方米|公里)")
RATIO_LIMIT = 30
# Turns are taken until they add up to so many seconds, and at least so many times; one that takes longer
# than all of them together is not repeated.
_LONG_ENOUGH = 0.5
_OFTEN_ENOUGH = 5
_TOO_LONG = 5.0
# Frames deep: so many different depths, this far apart, up to this one.
_DEPTHS, _STRIDE, _DEEPEST = 15, 13, 101
# A line of as many characters is a paragraph of prose, not a head.
_PARAGRAPH = 80
_SENTENCE = re.compile(r"[^。\n]*(?:。|\n|$)\n*")


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


def is_compiled() -> bool:
    """Whether the compiler of reports runs as machine code, not as plain Python."""
    from dukao.report import compiler

    return not str(compiler.__file__).endswith(".py")


def time_in_turns(
    *works: Callable[[], object], clock: Callable[[], float] = time.process_time
) -> list[float]:
    """The seconds each of `works` takes, the middle one of many turns; the first turn does not count."""
    turns: list[list[float]] = []
    spent = 0.0
    for work in works:
        work()
    while len(turns) < _OFTEN_ENOUGH or spent < _LONG_ENOUGH:
        turns.append([_seconds(work, clock) for work in works])
        spent += sum(turns[-1])
        if spent > _TOO_LONG:
            break
    return [median(seconds) for seconds in zip(*turns, strict=True)]


def time_at_depths(
    *works: Callable[[], object],
    clock: Callable[[], float] = time.process_time,
    before: Callable[[], object] = int,
) -> list[float]:
    """As `time_in_turns`, each turn at another depth of the stack.

    CPython keeps the frames of a thread in pieces of 16 kB. Work that calls deep, as a template does, may
    begin where its calls go over the end of a piece, which is then taken and given back thousands of times:
    the same page takes two or three times as long. What is typical shows only over many depths. `clock` gives
    the seconds that count; `before` is done before each work and does not count.
    """
    depths = itertools.count(0, _STRIDE)

    def below(work: Callable[[], object], depth: int) -> object:
        return below(work, depth - 1) if depth else work()

    turns: list[list[float]] = []
    spent = 0.0
    for work in works:
        work()
    while len(turns) < _DEPTHS or spent < _LONG_ENOUGH:
        depth = next(depths) % _DEEPEST
        turns.append([_seconds(partial(below, work, depth), clock, before) for work in works])
        spent += sum(turns[-1])
    return [median(seconds) for seconds in zip(*turns, strict=True)]


def _seconds(
    work: Callable[[], object],
    clock: Callable[[], float] = time.process_time,
    before: Callable[[], object] = int,
) -> float:
    before()
    begun = clock()
    work()
    return clock() - begun


def measure_speed(name: str, text: str) -> Speed:
    """Bare scan and whole compile (outline, commitments, measures) of one text."""
    from dukao.report.compiler import compile_report

    source = as_source(name, text)
    scan, whole = time_in_turns(lambda: scan_barely(text), lambda: compile_report(source))
    return Speed(name, len(text), len(text.encode()), scan, whole)


def scan_barely(text: str) -> int:
    """How many numbers with units the bare scan finds."""
    return sum(1 for _ in BARE_SCAN.finditer(text))


def measure_growth(text: str, sizes: list[int]) -> Iterator[Speed]:
    """The speed at each size in bytes, of one report made that long: is the cost flat?"""
    for wanted in sizes:
        yield measure_speed(name_size(wanted), grow_text(text, wanted))


def grow_text(text: str, size: int) -> str:
    """One report of about `size` bytes, of the same mixture of prose at every size.

    Longer, its paragraphs stand several times in their places, all as often as one another; shorter,
    sentences are left out anywhere. The whole is not repeated: that would be a page of many reports, of which
    one is read.
    """
    data = len(text.encode())
    return _thin_out(text, data - size) if data > size else _repeat(text, size - data)


def _repeat(text: str, more: int) -> str:
    """The text with so many bytes of its own paragraphs added."""
    lines = text.splitlines(keepends=True)
    sizes = {number: len(line.encode()) for number, line in enumerate(lines) if len(line) > _PARAGRAPH}
    times, more = divmod(more, sum(sizes.values()) or more + 1)
    copies = dict.fromkeys(sizes, 1 + times)
    for number in _anyhow(list(sizes)):
        if sizes[number] <= more:
            copies[number] += 1
            more -= sizes[number]
    return "".join(line * copies.get(number, 1) for number, line in enumerate(lines))


def _thin_out(text: str, less: int) -> str:
    """The text without so many bytes of its sentences; lines stay lines, and the first sentence stays."""
    sentences = _SENTENCE.findall(text)
    for number in _anyhow(range(1, len(sentences))):
        sentence = sentences[number]
        if len(sentence.encode()) <= less:
            sentences[number] = "\n" * sentence.count("\n")
            less -= len(sentence.encode())
    return "".join(sentences)


def _anyhow(numbers: Sequence[int]) -> list[int]:
    """The numbers in an order that follows no pattern of the text, and is always the same."""
    return Random(0).sample(numbers, len(numbers))


def name_size(size: int) -> str:
    """A size in bytes as people write it."""
    return f"{size // 1_000_000} MB" if size >= 1_000_000 else f"{size // 1000} kB"
