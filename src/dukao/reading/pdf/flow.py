"""The lines and tables of PDF pages as the paragraphs and tables they were before they were paged."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from dukao.reading.composing import Cell, Composer, add_table
from dukao.reading.emphasis import BOLD, join_signs, settle, unsign
from dukao.reading.pdf.letters import Line, has_room, joint, seam
from dukao.reading.pdf.pages import Sheet, Table
from dukao.reading.pdf.rules import Grid

_PAGE_NUMBER = re.compile(
    r"[-—–―·•.~\s]*(?:第\s*)?\d{1,4}\s*页?(?:\s*[/共,，（(]\s*共?\s*\d{1,4}\s*页?[）)]?)?[-—–―·•.~\s]*"
)
_DIGITS = re.compile(r"\d+|[一二三四五六七八九十]+(?=\s*页)")
_MARGIN = 0.14  # of the page: where running heads and page numbers stand
_OFTEN, _TWO = 0.4, 2
_ENDED = re.compile(r"[。；;！!？?：:]$")
_BEGINS = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[）)]|第[一二三四五六七八九十]{1,3}[章节部]"
    r"|\d{1,3}[.．、](?!\d)|[①-⑳●■◆△▲★]|(?:责任|牵头|配合|主办|协办)(?:单位|部门|领导)[:：]|(?:完成|办结)时[限间][:：]"
    r"|附件|附：|抄送)"
)
# "抄送：", "责任单位：": the lines under the first may hang behind it.
_LABEL = re.compile(r"[\u4e00-\u9fff]{1,6}[:：]")
_MANY_LINES = 8  # of a page that shows how wide its text is set


def drop_running_heads(sheets: list[Sheet]) -> None:
    """Take page numbers, and heads and feet that come again page after page, out of the pages.

    Of two pages both have them, at one place.
    """
    edges = [_edge_lines(sheet) for sheet in sheets]
    seen = Counter(key for lines in edges for key in {_shape(line) for line in lines})
    least = max(3, _OFTEN * len(sheets))
    placed = Counter(key for lines in edges for key in {_placed(line) for line in lines})
    for sheet, lines in zip(sheets, edges, strict=True):
        gone = {
            id(line)
            for line in lines
            if seen[_shape(line)] >= least
            or (placed[_placed(line)] == len(sheets) == _TWO and not _BEGINS.match(line.text))
            or _PAGE_NUMBER.fullmatch(line.text)
        }
        sheet.parts = [part for part in sheet.parts if id(part) not in gone]


def _edge_lines(sheet: Sheet) -> list[Line]:
    """The lines in the margins of a page, at most two above and two below."""
    lines = [part for part in sheet.parts if isinstance(part, Line)]
    high = [line for line in lines if line.foot > sheet.height * (1 - _MARGIN)]
    low = [line for line in lines if line.foot < sheet.height * _MARGIN]
    return [*high[:2], *low[-2:]]


def _shape(line: Line) -> str:
    return _DIGITS.sub("#", "".join(line.text.split()))


def _placed(line: Line) -> tuple[str, int, int]:
    return _shape(line), round(line.foot), round(line.left)


@dataclass(slots=True)
class _Row:
    """A row of a table that may go on over the page: the cells that begin in it, by their columns, and the
    last line of each with what it leaves over.
    """

    cells: dict[int, Cell]
    width: int
    ends: dict[int, tuple[Line, float]] = field(default_factory=dict)

    def texts(self) -> list[str]:
        """Its texts by column, empty where no cell begins."""
        return [unsign(self.cells[at].text) if at in self.cells else "" for at in range(self.width)]


@dataclass(slots=True)
class Flow:
    """Goes through the pages; what is open goes on over the page, until something says that it ends."""

    composer: Composer
    tables: int = 0
    _paragraph: list[tuple[str, int]] = field(default_factory=list)  # between signs what is bold
    _above: Line | None = None
    _edge: float = 0.0
    _hang: float = 0.0
    _begun: float = 0.0
    _is_shown: bool = False  # whether the page shows how wide its text is set
    _columns: dict[tuple[int, int], tuple[float, float]] = field(default_factory=dict)
    _place: tuple[int, bool] = (0, False)  # the page, and whether a column of it
    _rows: list[_Row] = field(default_factory=list)
    _grid: Grid | None = None

    def take(self, sheet: Sheet) -> None:
        """Take the next page, or column of it."""
        place = sheet.number, sheet.side > 0
        if place[0] == self._place[0] and place[1] != self._place[1]:
            self._close_paragraph()
        self._place = place
        kind = round(sheet.height), sheet.side
        lines = [part for part in sheet.parts if isinstance(part, Line)]
        left, right, step = _column(lines)
        if len(lines) >= _MANY_LINES:
            self._columns[kind] = left, right
        elif usual := self._columns.get(kind):
            # A page of few lines is set like the last full one, or indented by a letter or two.
            letter = lines[0].size if lines else 0.0
            left, right = min(left, usual[0]), max(right, usual[1] - 2 * letter)
        self._is_shown = len(lines) >= _MANY_LINES or kind in self._columns
        first = True
        for part in sheet.parts[self._is_again(sheet.parts) :]:
            if isinstance(part, Line):
                self._close_table()
                self._line(part, sheet.number, left, right, step, first=first)
            else:
                self._close_paragraph()
                self._table(part, sheet.number, first=first)
            first = False

    def _is_again(self, parts: Sequence[Line | Table]) -> bool:
        """Whether a page begins with words of the last cell above, hidden over the table that goes on."""
        if len(parts) < 2 or not isinstance(line := parts[0], Line) or not isinstance(parts[1], Table):
            return False
        edges = parts[1].grid.columns
        column = bisect_right(edges, line.left) - 1
        if not self._grid or not _alike(self._grid, parts[1].grid) or not 0 <= column < len(edges) - 1:
            return False
        above = _reaching(self._rows, column) if line.right <= edges[column + 1] else None
        return above is not None and unsign(above.cells[column].text) == line.text

    def close(self) -> None:
        """Close what is open at the end."""
        self._close_paragraph()
        self._close_table()

    def _line(self, line: Line, page: int, left: float, right: float, step: float, *, first: bool) -> None:
        indent, sides = line.left - left, (left, right)
        hangs = abs(line.left - self._hang) < 0.6 * line.size
        left = line.left if hangs else left
        is_item = hangs and _BEGINS.match(line.text) is not None
        above = self._above
        hung = self._begun - indent > line.size  # the paragraph's first line is indented, this one not
        titled = self._is_shown and not first and above is not None and _is_titled(above, line, sides)
        if above and (
            is_item or _parts(above, line, left, self._edge, step, first=first, hung=hung, titled=titled)
        ):
            self._close_paragraph()
        if not self._paragraph:
            self._begun = indent
            label = _LABEL.match(line.text)
            self._hang = line.left + label.end() * line.size if label else 0.0
        gap = joint(self._above, line.text) if self._above else ""
        self._paragraph.append((gap + line.signed(), page))
        self._above, self._edge = line, right

    def _close_paragraph(self) -> None:
        if self._paragraph:
            self.composer.flow(_settled(self._paragraph))
        self._paragraph, self._above = [], None

    def _table(self, table: Table, page: int, *, first: bool) -> None:
        rows = _rows(table, page)
        goes_on = first and self._grid is not None and _alike(self._grid, table.grid)
        if not goes_on:
            self._close_table()
        else:
            rows = rows[_count_heads(self._rows, rows) :]
        if goes_on and rows and self._rows:
            _reach_up(self._rows, rows)
        if goes_on and rows and self._rows and not rows[0].texts()[0]:
            if _is_rest(self._rows, rows[0]):
                _join(self._rows, rows.pop(0))
            else:
                _reach_down(self._rows, rows[0], least=1)
        elif goes_on and rows and self._rows:
            # A row that is whole: only what reached over rows on the page before reaches into it.
            _reach_down(self._rows, rows[0], least=2)
        self._rows += rows
        self._grid = table.grid

    def _close_table(self) -> None:
        if self._rows:
            self.tables += 1
            laid = [[*row.cells.values()] for row in self._rows]
            add_table(self.composer, laid, self.tables)
        self._rows, self._grid = [], None


def _settled(pieces: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """The pieces of a paragraph with its bold names marked as `emphasis` does; each keeps its page."""
    whole = "".join(text for text, _ in pieces)
    if BOLD not in whole:
        return pieces
    marked = settle(join_signs(whole))
    settled: list[tuple[str, int]] = []
    at = 0
    for text, page in pieces:
        start = at
        for letter in unsign(text):
            at = marked.index(letter, at) + 1
        settled.append((marked[start:at], page))
    settled[-1] = (settled[-1][0] + marked[at:], settled[-1][1])
    return settled


def _column(lines: list[Line]) -> tuple[float, float, float]:
    """Left and right edge of the text of a page, and the step from line to line."""
    if not lines:
        return 0.0, 0.0, 0.0
    steps = [above.foot - below.foot for above, below in pairwise(lines)]
    lefts = Counter(round(line.left / 2) for line in lines)
    most = max(lefts.values())
    left = min(at for at, count in lefts.items() if count == most or count >= 3) * 2.0
    close = sorted(step for step, line in zip(steps, lines, strict=False) if step > 0.5 * line.size)
    return left, max(line.right for line in lines), close[len(close) // 5] if close else 0.0


def _is_titled(above: Line, line: Line, sides: tuple[float, float]) -> bool:
    """Whether a line set in the middle of the page stands below one that fills the page: both are a title."""
    left, right = sides
    is_full = above.right - above.left > right - left - 1.2 * line.size
    return is_full and abs(line.left - left - (right - line.right)) < line.size


def _parts(
    above: Line, line: Line, left: float, edge: float, step: float, *, first: bool, hung: bool, titled: bool
) -> bool:
    """True when a new paragraph begins with `line`; `edge` is the right edge of the text above it.

    Where the first line of the paragraph is indented and this one is not (`hung`), its items are run in; the
    rest of a title (`titled`) stands in the middle.
    """
    if abs(above.size - line.size) > 0.15 * max(above.size, line.size):
        return True
    # Over a page what did not end goes on, however short its line, unless an item begins.
    goes_on = first and not _ENDED.search(above.text) and not _BEGINS.match(line.text)
    is_full = not has_room(above, edge - above.right, line.text) or goes_on
    # No paragraph ends with a comma, however short its line was broken off.
    is_full = is_full or above.text.endswith(("，", "、"))
    is_indented = line.left > left + 1.2 * line.size
    if not is_full or (is_indented and above.left < line.left + line.size and not titled):
        return True
    is_apart = not first and step > 0 and above.foot - line.foot > 1.4 * step
    begins = _BEGINS.match(line.text) and _ENDED.search(above.text) and not hung
    return is_apart or bool(begins)


def _rows(table: Table, page: int) -> list[_Row]:
    width = len(table.grid.columns) - 1
    rows = [_Row({}, width) for _ in table.grid.rows[1:]]
    for box, text in zip(table.grid.boxes, table.texts, strict=True):
        rows[box.row].cells[box.column] = Cell(text, page, box.rows, box.columns)
    for box, end in zip(table.grid.boxes, table.ends, strict=False):
        if end:
            rows[box.row].ends[box.column] = end
    return rows


def _alike(above: Grid, below: Grid) -> bool:
    """Whether two tables have the same columns, so that one may be the rest of the other."""
    if len(above.columns) != len(below.columns):
        return False
    if not below.is_ruled:
        return below.goes_on
    return all(abs(a - b) < 6.0 for a, b in zip(above.columns, below.columns, strict=True))


def _count_heads(above: list[_Row], below: list[_Row]) -> int:
    """How many rows of heads come again at the head of a page: those with which the table begins, up to one
    with a number.
    """
    count = 0
    for one, other in zip(above, below, strict=False):
        texts = one.texts()
        if texts != other.texts() or any(text.isdecimal() for text in texts):
            break
        count += 1
    return count


def _is_rest(rows: list[_Row], below: _Row) -> bool:
    """True when a row at the head of a page is the rest of the last one of the page before.

    It has no number; and a sentence is cut in two, or the column whose cells are sentences has nothing new.
    """
    before, after = rows[-1].texts(), below.texts()
    if len(before) != len(after) or not any(before[1:]):
        return False
    pairs = zip(before[1:], after[1:], strict=True)
    if any(one and not _ENDED.search(one) and _ENDED.search(rest) for one, rest in pairs):
        return True
    at = max(range(1, len(before)), key=lambda column: _count_sentences(rows, column), default=0)
    has_sentences = _count_sentences(rows, at)[0] > 0
    return not after[at] or (has_sentences and not _ENDED.search(before[at]))


def _count_sentences(rows: list[_Row], column: int) -> tuple[int, int]:
    """How many cells of a column end as sentences do, and how much it says."""
    texts = [texts[column] for row in rows if column < len(texts := row.texts())]
    return sum(1 for text in texts if _ENDED.search(text)), sum(map(len, texts))


def _join(rows: list[_Row], rest: _Row) -> None:
    """Put the rest of the last row, from the next page, to what it is the rest of."""
    for column, cell in rest.cells.items():
        above = _reaching(rows, column)
        if above is not None:
            _stretch(above, column, cell.text, cell.rows - 1)
            above.ends.update({column: rest.ends[column]} if column in rest.ends else {})


def _reach_down(rows: list[_Row], below: _Row, least: int) -> None:
    """Let merged cells that a page break cut go on: the empty ones at the head of the page are their rest.

    Only those go on that span so many rows at least, on the page before or here.
    """
    for column, cell in [*below.cells.items()]:
        above = None if cell.text else _reaching(rows, column)
        if above is not None and max(above.cells[column].rows, cell.rows) >= least:
            _stretch(above, column, "", cell.rows)
            del below.cells[column]


def _reach_up(rows: list[_Row], below: list[_Row]) -> None:
    """Let merged cells whose words stand on the next page begin where they do: at the foot of this one.

    A column has such where others of its cells span rows.
    """
    for column, cell in [*below[0].cells.items()]:
        above = _reaching(rows, column) if cell.text else None
        if above is None or above.cells[column].text:
            continue
        if any(row.cells[column].rows > 1 for row in (*rows, *below) if column in row.cells):
            _stretch(above, column, cell.text, cell.rows)
            del below[0].cells[column]


def _stretch(row: _Row, column: int, text: str, more: int) -> None:
    cell, end = row.cells[column], row.ends.get(column)
    gap = seam(*end, unsign(text)) if text and end else ""
    row.cells[column] = Cell(cell.text + gap + text, cell.number, cell.rows + more, cell.columns)


def _reaching(rows: list[_Row], column: int) -> _Row | None:
    """The row in which the cell begins that holds a column of the last row."""
    for up, row in enumerate(reversed(rows), 1):
        if column in row.cells:
            return row if row.cells[column].rows >= up else None
    return None
