"""Plain tables for a terminal: Chinese characters take two columns, and the last cell wraps."""

import shutil
from collections.abc import Iterable, Sequence
from unicodedata import east_asian_width

_GAP = "  "
_PIPED_WIDTH = 120
# Marks that may not begin a line.
_CLOSING = "，。；：、！？）》”’】,.;:!?)%"


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
            lines.append(text[start:at])
            start, columns = at, 0
        columns += step
    return [*lines, text[start:]]


def format_table(head: Sequence[str], rows: Iterable[Sequence[object]], *, indent: str = "  ") -> str:
    """The rows under their head, columns aligned, ending with a line break; the last column wraps.

    Line breaks and runs of white space in a cell become one space. No rows give the empty string.
    """
    body = list(rows)
    return format_rows([head, *body], indent=indent) if body else ""


def format_rows(rows: Iterable[Sequence[object]], *, indent: str = "  ") -> str:
    """The rows alone, as `format_table` lays them out; at least one."""
    cells = [[_flatten(cell) for cell in row] for row in rows]
    columns = list(zip(*cells, strict=True))
    widths = [max(map(display_width, column)) for column in columns[:-1]]
    left = display_width(indent) + sum(widths) + len(_GAP) * len(widths)
    room = max(screen_width() - left, 20)
    lines: list[str] = []
    for row in cells:
        lines += _format_row(row, widths, room, indent)
    return "\n".join(lines) + "\n"


def screen_width() -> int:
    """The columns of the terminal, a fixed number where there is none."""
    return shutil.get_terminal_size((_PIPED_WIDTH, 24)).columns


def _format_row(row: Sequence[str], widths: list[int], room: int, indent: str) -> list[str]:
    padded = [cell + " " * (width - display_width(cell)) for cell, width in zip(row, widths, strict=False)]
    first = indent + _GAP.join([*padded, ""])
    others = " " * display_width(first)
    wrapped = wrap_text(row[-1], room)
    return [((others if at else first) + line).rstrip() for at, line in enumerate(wrapped)]


def _flatten(cell: object) -> str:
    if cell is None:
        return "—"
    return " ".join(str(cell).split())
