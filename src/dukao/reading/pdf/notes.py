"""Notes at the foot of a PDF page: lines below the text that begin with a small raised number."""

import re
from collections.abc import Collection
from dataclasses import replace
from itertools import pairwise

from dukao.reading.composing import Composer
from dukao.reading.pdf.letters import Line, joint
from dukao.reading.pdf.pages import Sheet, Table

_NUMBER = re.compile(r"[\[〔]?(\d{1,2}|[①-⑩])[\]〕]?[ \t]*(?=\S)")
_MOST_LINES = 60  # of the notes of a page
_SMALLER = 0.93  # of the letters above


class Notes:
    """Takes the notes out of page after page, and puts them behind the text as those of Word stand."""

    def __init__(self) -> None:
        self._found: list[tuple[str, list[Line], int]] = []

    def take(self, sheet: Sheet) -> None:
        """Take the notes out of a page: all from the first on, which a rule parts from the text or which is
        set smaller.
        """
        lines = [part for part in sheet.parts if isinstance(part, Line)]
        known = {mark for line in lines for mark in line.refers}
        at = _begin(sheet, known)
        for part in sheet.parts[at:]:
            if isinstance(part, Line):
                mark, text = _mark_of(part, known)
                if mark:
                    self._found.append((mark, [replace(part, text=text)], sheet.number))
                else:
                    self._found[-1][1].append(part)
        sheet.parts = sheet.parts[:at]

    def close(self, composer: Composer) -> None:
        """Add the notes to the text."""
        for mark, lines, page in self._found:
            gaps = ["", *(joint(above, line.text) for above, line in pairwise(lines))]
            text = "".join(gap + line.text for gap, line in zip(gaps, lines, strict=True))
            composer.paragraph(f"注{mark}：{text}", page)


def _begin(sheet: Sheet, known: Collection[str]) -> int:
    """Where the notes of a page begin among its parts; behind the last where there are none."""
    parts = sheet.parts
    at = len(parts)
    while at > len(parts) - _MOST_LINES and at and isinstance(parts[at - 1], Line):
        at -= 1
    for first in range(max(at, 1), len(parts)):
        line = parts[first]
        if isinstance(line, Line) and _mark_of(line, known)[0] and _is_apart(sheet, parts[first - 1], line):
            return first
    return len(parts)


def _mark_of(line: Line, known: Collection[str]) -> tuple[str, str]:
    """The number a note begins with, raised or one that the page refers to, and the words behind it."""
    if line.mark:
        return line.mark, line.text
    found = _NUMBER.match(line.text)
    if found and found[1] in known:
        return found[1], line.text[found.end() :]
    return "", line.text


def _is_apart(sheet: Sheet, above: Line | Table, line: Line) -> bool:
    """Whether a line is set smaller than what stands above, below a rule or below a table."""
    if isinstance(above, Table):
        return True
    is_ruled = any(line.foot < rule.at < above.foot + above.size / 2 for rule in sheet.across)
    return is_ruled or line.size < _SMALLER * above.size
