"""What stands where on a rendered paper, in millimetres."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pdfplumber

MM = 25.4 / 72
# Marks whose square is half empty, which may stand out of the text by that half.
_HALF_EMPTY = "，。、；：！？》）”’"


@dataclass(frozen=True)
class Line:
    """A line of words: its baseline from the top, where it begins and ends, the size of its characters."""

    base: float
    left: float
    right: float
    size: float
    words: str
    ascent: float

    @property
    def count(self) -> int:
        """How many characters it has."""
        return len(self.words)


@dataclass(frozen=True)
class Page:
    """A page: its lines of words, and every rule as (left, right, top, bottom)."""

    wide: float
    tall: float
    lines: list[Line]
    rules: list[tuple[float, float, float, float]]
    fonts: dict[str, str]

    def line(self, words: str) -> Line:
        """The line that begins with these words."""
        return next(line for line in self.lines if line.words.startswith(words))

    def body(self, size: float = 16) -> list[Line]:
        """The lines of this size."""
        return [line for line in self.lines if abs(line.size - size) < 0.1]

    @property
    def number(self) -> Line:
        """The page number."""
        return next(line for line in self.lines if line.words.startswith("—") and line.base > 262)


def read_pages(path: Path) -> list[Page]:
    """Every page of a PDF."""
    with pdfplumber.open(path) as pdf:
        return [_read_page(page) for page in pdf.pages]


def _read_page(page: Any) -> Page:
    height = float(page.height)
    rows: dict[int, list[Any]] = {}
    fonts = {}
    for char in page.chars:
        fonts[char["text"]] = char["fontname"]
        if char["text"].strip():
            rows.setdefault(round((height - char["matrix"][5]) / 2), []).append(char)
    rules = [
        (one["x0"] * MM, one["x1"] * MM, one["top"] * MM, one["bottom"] * MM)
        for one in [*page.lines, *page.rects]
    ]
    lines = [_line(sorted(chars, key=lambda one: one["x0"]), height) for _, chars in sorted(rows.items())]
    return Page(float(page.width) * MM, height * MM, lines, rules, fonts)


def _line(chars: list[Any], height: float) -> Line:
    last = chars[-1]
    right = last["x1"] - (last["size"] / 2 if last["text"] in _HALF_EMPTY else 0)
    base = (height - chars[0]["matrix"][5]) * MM
    size = float(chars[0]["size"])
    words = "".join(one["text"] for one in chars)
    return Line(base, chars[0]["x0"] * MM, right * MM, size, words, base - 0.88 * size * MM)
