"""Text that was broken at a fixed width, as mail and pages of PDF are: its lines are put together again."""

import re
from collections.abc import Sequence
from unicodedata import east_asian_width

from dukao.breakdown.cells import Cell, Sheet
from dukao.breakdown.duties.columns import label_pattern
from dukao.breakdown.layouts.headings import read_head
from dukao.breakdown.layouts.numbering import is_spaced, numbering
from dukao.breakdown.layouts.tables.worded import begins_worded

_NARROWEST, _WIDEST = 36, 140  # half widths
_SLACK = 3  # half widths that a line may lack, where a wide letter or a stop did not fit
_FEWEST, _SHARE = 6, 0.25  # full lines, and their share of those that are more than half full
_SHORTEST_LABEL = 4  # letters: "单位：" may be the end of one
_CLOSED = re.compile(r"[。;:!?)】〕]$")
_COUNT = re.compile(r"(\d{1,3})(?=[\s.、])")
_TABLE = re.compile(r"[\t|│┃║]")


def width_of(lines: Sequence[Cell]) -> int | None:
    """The width at which a text was broken; None for one that was not, or that holds a table."""
    if any(_TABLE.search(line.text) or begins_worded(lines, at) for at, line in enumerate(lines)):
        return None
    widths = [_width(line) for line in lines]
    widest = max(widths, default=0)
    full = sum(width >= widest - _SLACK for width in widths)
    half = sum(2 * width > widest for width in widths)
    is_broken = _NARROWEST <= widest <= _WIDEST and full >= _FEWEST and full >= _SHARE * half
    return widest if is_broken else None


def unwrapped(sheet: Sheet, lines: Sequence[Cell], width: int | None) -> list[Cell]:
    """The lines, a full one with those that go on with it."""
    if width is None:
        return [*lines]
    whole: list[list[Cell]] = []
    depth = 0  # of brackets that stand open
    for line in lines:
        last = whole[-1][-1] if whole else None
        is_full = last is not None and _width(last) >= width - _SLACK
        if last and is_full and _goes_on(sheet, last, line, depth > 0) and not _counts_on(whole[-1][0], line):
            whole[-1].append(line)
        else:
            whole.append([line])
            depth = 0
        depth += line.plain.count("(") - line.plain.count(")")
    return [sheet.joined(parts) if len(parts) > 1 else parts[0] for parts in whole]


def _goes_on(sheet: Sheet, last: Cell, line: Cell, is_open: bool) -> bool:
    """Whether a line goes on with the full one above: no blank line between, and nothing begins in it."""
    if sheet.text.count("\n", last.end, line.start) != 1:
        return False
    is_closed = _CLOSED.search(last.plain) is not None
    numbered = numbering(line)
    if numbered and numbered[2] and (is_closed or not is_spaced(line)):
        return False
    label = label_pattern().match(line.plain)
    begins_label = label is not None and len(label[1]) >= _SHORTEST_LABEL
    return is_open or not (begins_label or (is_closed and read_head(line)))


def _counts_on(first: Cell, line: Cell) -> bool:
    """Whether a line bears the number behind that of the one above: "3 …" below "2 …"."""
    above, below = _COUNT.match(first.plain), _COUNT.match(line.plain)
    return above is not None and below is not None and int(below[1]) == int(above[1]) + 1


def _width(line: Cell) -> int:
    return sum(2 if east_asian_width(letter) in "WFA" else 1 for letter in line.text)
