"""Text that was broken at a fixed width, as mail and pages of PDF are: its lines are put together again."""

import re
from collections.abc import Sequence
from unicodedata import east_asian_width

from dukao.breakdown.cells import Cell, Sheet
from dukao.breakdown.duties.columns import column_of, label_pattern
from dukao.breakdown.duties.labels import are_names, read_bare_label
from dukao.breakdown.layouts.headings import read_head
from dukao.breakdown.layouts.item_lines import point_of, without_frame
from dukao.breakdown.layouts.numbering import is_spaced, numbering
from dukao.breakdown.layouts.page_lines import is_at_edge
from dukao.breakdown.layouts.tables.worded import begins_worded

_NARROWEST, _WIDEST = 36, 140  # half widths
_SLACK = 3  # half widths that a line may lack, where a wide letter or a stop did not fit
_FEWEST, _SHARE = 6, 0.25  # full lines, and their share of those that are more than half full
_LEAST_OPEN = 1 / 3  # of the full lines: only by chance does a break fall behind a stop
_SHORTEST_LABEL, _LONGEST_BREAK = 4, 4  # letters: "单位：" may be the end of one, its beginning above
_SIGN = re.compile(r"[【〖★☆※■□●○•◆◇▲]|-\s")
_CLOSED = re.compile(r"[。;:!?)】〕]$")
_COUNT = re.compile(r"(\d{1,3})(?=[\s、]|\.(?!\d))")
_TABLE = re.compile(r"[\t|│┃║]")


def width_of(lines: Sequence[Cell]) -> int | None:
    """The width at which a text was broken; None for one that was not, or that holds a table."""
    if any(_TABLE.search(line.text) or begins_worded(lines, at) for at, line in enumerate(lines)):
        return None
    widths = [_width(line) for line in lines]
    widest = max(widths, default=0)
    full = [line for line, width in zip(lines, widths, strict=True) if width >= widest - _SLACK]
    half = sum(2 * width > widest for width in widths)
    is_broken = _NARROWEST <= widest <= _WIDEST and len(full) >= max(_FEWEST, _SHARE * half)
    is_open = sum(not _CLOSED.search(line.plain) for line in full) >= _LEAST_OPEN * len(full)
    return widest if is_broken and is_open else None


def unwrapped(sheet: Sheet, lines: Sequence[Cell], width: int | None) -> list[Cell]:
    """The lines, a full one with those that go on with it."""
    if width is None:
        return [*lines]
    whole: list[list[Cell]] = []
    depth = 0  # of brackets that stand open
    numbered = None  # the last line that bears a number
    for line in lines:
        last = whole[-1][-1] if whole else None
        is_full = last is not None and _width(last) >= width - _SLACK
        if (
            last
            and is_full
            and not _counts_on(numbered, line)
            and _goes_on(sheet, whole[-1], line, depth > 0)
        ):
            whole[-1].append(line)
        else:
            whole.append([line])
            numbered = line if _COUNT.match(line.plain) else numbered
            depth = 0
        depth += line.plain.count("(") - line.plain.count(")")
    return [sheet.joined(parts) if len(parts) > 1 else parts[0] for parts in whole]


def _goes_on(sheet: Sheet, above: Sequence[Cell], line: Cell, is_open: bool) -> bool:
    """Whether a line goes on with the full one above: no blank line between, and nothing begins in it."""
    last = above[-1]
    if sheet.text.count("\n", last.end, line.start) != 1:
        return False
    is_closed = _CLOSED.search(last.plain) is not None
    numbered = numbering(line)
    if numbered and numbered[2] and (is_closed or not is_spaced(line)):
        return False
    if is_open or _SIGN.match(line.plain) or is_at_edge(sheet, line):
        return is_open
    begins_list = are_names(line) and last.plain[-1] not in "、,:" and not any(map(_has_label, above))
    return not (
        begins_list or _begins_label(last, line) or (is_closed and (read_head(line) or point_of(line)))
    )


def _has_label(line: Cell) -> bool:
    return label_pattern().search(line.plain) is not None


def _begins_label(last: Cell, line: Cell) -> bool:
    """Whether a line begins with a label, and not with the end of one: "…责任↵单位：…"."""
    label = label_pattern().match(without_frame(line).plain)
    if label is None:
        return read_bare_label(line) is not None
    ends = range(1, _LONGEST_BREAK + 1) if len(label[1]) < _SHORTEST_LABEL else ()
    return not any(column_of(last.plain[-end:] + label[1]) for end in ends)


def _counts_on(numbered: Cell | None, line: Cell) -> bool:
    """Whether a line bears the number behind that of the last one that bore one: "3 …" below "2 …"."""
    above, below = numbered and _COUNT.match(numbered.plain), _COUNT.match(line.plain)
    return bool(above and below and int(below[1]) == int(above[1]) + 1)


def _width(line: Cell) -> int:
    return sum(2 if east_asian_width(letter) in "WFA" else 1 for letter in line.text)
