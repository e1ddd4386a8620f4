"""Plain tables for a terminal: Chinese characters take two columns, and cells wrap."""

import re
import shutil
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from unicodedata import east_asian_width

_GAP = "  "
_PIPED_WIDTH = 120
# A column that is not the last is no wider, so that the last keeps its room.
_WIDEST = 28
# Marks that may not begin a line, marks that may not end one, and what no line ends inside: the number of a
# row (民生-5-1), other numbers with their separators, Latin words.
_CLOSING = "，。；：、！？）〕》”’】,.;:!?)%"
_OPENING = "（〔《“‘【(["
_TOGETHER = re.compile(r"[\u4e00-\u9fff]{1,3}-[0-9][0-9-]*|[0-9A-Za-z.,%+_-]+")


def display_width(text: str) -> int:
    """The columns a text takes on a terminal."""
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def wrap_text(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` columns (a closing mark may stand out by one character)."""
    lines: list[str] = []
    start = columns = 0
    for at, char in enumerate(text):
        step = 2 if char > "\x7f" and east_asian_width(char) in "WF" else 1
        if columns + step > width and at > start and char not in _CLOSING:
            cut = _cut_before(text, start, at)
            lines.append(text[start:cut].rstrip())
            start, columns = cut, display_width(text[cut:at])
        columns += step
    return [*lines, text[start:]]


def _cut_before(text: str, start: int, at: int) -> int:
    """Where to cut a line full at `at`: not inside what stays together, not behind an opening mark."""
    for run in _TOGETHER.finditer(text, max(start, at - 16), at + 8):
        if max(start, at - 16) < run.start() < at < run.end():
            at = run.start()
    return at - 1 if text[at - 1] in _OPENING and at - 1 > start else at


def format_table(head: Sequence[str], rows: Iterable[Sequence[object]], *, indent: str = "  ") -> str:
    """The rows under their head, columns aligned, ending with a line break; the last column wraps.

    Line breaks and runs of white space in a cell become one space; spaces that indent it stay. No rows give
    the empty string.
    """
    body = list(rows)
    return format_rows([head, *body], indent=indent) if body else ""


def format_rows(rows: Iterable[Sequence[object]], *, indent: str = "  ") -> str:
    """The rows alone, as `format_table` lays them out; at least one."""
    cells = [[_flatten(cell) for cell in row] for row in rows]
    columns = list(zip(*cells, strict=True))
    widths = [min(max(map(display_width, column)), _WIDEST) for column in columns[:-1]]
    left = display_width(indent) + sum(widths) + len(_GAP) * len(widths)
    widths.append(max(screen_width() - left, 20))
    lines: list[str] = []
    for row in cells:
        lines += _format_row(row, widths, indent)
    return "\n".join(lines) + "\n"


def screen_width() -> int:
    """The columns of the terminal, a fixed number where there is none."""
    return shutil.get_terminal_size((_PIPED_WIDTH, 24)).columns


def _format_row(row: Sequence[str], widths: list[int], indent: str) -> list[str]:
    """A row as lines: every cell wrapped to its column, shorter ones filled up."""
    wrapped = [wrap_text(cell, width) for cell, width in zip(row, widths, strict=True)]
    lines = []
    for parts in zip_longest(*wrapped, fillvalue=""):
        padded = map(_pad, parts, widths)
        lines.append((indent + _GAP.join(padded)).rstrip())
    return lines


def _pad(text: str, width: int) -> str:
    return text + " " * (width - display_width(text))


def _flatten(cell: object) -> str:
    if cell is None:
        return "—"
    said = str(cell)
    return " " * (len(said) - len(said.lstrip(" "))) + " ".join(said.split())
