"""PDF files with a text layer → one text: paragraphs joined again across lines and pages, tables ruled or
set in columns.

Letters and lines come from pypdfium2 with their places; what they make is worked out here. Nothing in the
file is run or fetched. A file of pictures has no text to read: it is recognised and refused.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from dukao.reading.composing import Composer
from dukao.reading.emphasis import settle_cell
from dukao.reading.errors import refuse
from dukao.reading.pdf.columns import Finder
from dukao.reading.pdf.flow import Flow, drop_running_heads
from dukao.reading.pdf.halves import Halves
from dukao.reading.pdf.letters import Line, join_wrapped, read_letters, set_lines
from dukao.reading.pdf.notes import Notes
from dukao.reading.pdf.pages import Sheet, Table, take_in
from dukao.reading.pdf.rules import Grid, find_grids, read_rules
from dukao.reading.pdf.turning import turn_rules
from dukao.reading.pdf.watermarks import without_watermarks
from dukao.reading.readings import Reading
from dukao.reading.values import Diagnostic

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

    from dukao.reading.pdf.letters import Letter

_KIND = " PDF 文件"
MOST_PAGES = 3_000
MOST_LETTERS = 20_000_000
_FEW_LETTERS = 8  # a page with no more of them says nothing
_GARBLED = 0.2
_CORE, _FEW_STRUCK = 0.3, 3  # of a letter's height above its foot and below its head; letters
_EDGES = 2.0  # heights of a letter: as much, or less, do the edges of a cell leave white
_ODD = re.compile("[\ufffd\ue000-\uf8ff]")


def read_pdf(name: str, data: bytes) -> Reading:
    """The text of a PDF with the page of every character; page numbers and running heads are no part of it.

    Raises SourceError where the file is damaged, locked, too large, scanned, or its letters have no meaning.
    """
    document = _open(name, data)
    try:
        sheets = [*_read_pages(name, document)]
    except (OSError, ValueError, RuntimeError, OverflowError) as error:
        raise refuse(name, "damaged", found=_KIND) from error
    finally:
        document.close()
    _check(name, sheets)
    drop_running_heads(sheets)
    flow, finder, halves, notes = Flow(Composer("page")), Finder(), Halves(), Notes()
    unsure: list[int] = []
    for sheet in sheets:
        notes.take(sheet)
        take_in(sheet)
        before = finder.unsure
        for part in halves.part(sheet):
            _find_columns(part, finder)
            flow.take(part)
        unsure += [sheet.number] if finder.unsure > before else []
    flow.close()
    notes.close(flow.composer)
    text = flow.composer.text()
    if not text.strip():
        raise refuse(name, "scanned", pages=len(sheets))
    composer = flow.composer
    said = (*_say_pictures(sheets), *_say_unsure(unsure), *_say_struck(sheets))
    return Reading(text, composer.places(), composer.merged, said, bold=composer.bold)


def _open(name: str, data: bytes) -> "PdfDocument":
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
        pages = len(document)
    except pypdfium2.PdfiumError as error:
        code = "locked" if "password" in str(error).lower() else "damaged"
        raise refuse(name, code, found=_KIND) from error
    if pages > MOST_PAGES:
        raise refuse(name, "large", found=f"{pages:,} 页")
    if pages == 0:
        raise refuse(name, "damaged", found=_KIND)
    return document


def _read_pages(name: str, document: "PdfDocument") -> Iterator[Sheet]:
    import pypdfium2

    total = 0
    for number in range(1, len(document) + 1):
        try:
            page = document[number - 1]
        except pypdfium2.PdfiumError as error:
            raise refuse(name, "damaged", found=_KIND) from error
        try:
            sheet = _read_page(name, page, number)
        finally:
            page.close()
        total += sheet.letters
        if total > MOST_LETTERS:
            raise refuse(name, "large", found=f"超过 {MOST_LETTERS // 10_000:,} 万字")
        yield sheet


def _read_page(name: str, page: "PdfPage", number: int) -> Sheet:
    letters, turn = read_letters(name, page)
    letters = without_watermarks(letters)
    across, down = turn_rules(turn, *read_rules(page))
    grids = find_grids(across, down) if across and down else []
    inside, outside = _sort_letters(grids, letters) if grids else ([], letters)
    parts: list[Line | Table] = [*set_lines(outside)]
    parts += [_fill(grid, own) for grid, own in zip(grids, inside, strict=True) if own]
    parts.sort(key=lambda part: -(part.grid.rows[0] if isinstance(part, Table) else part.foot))
    words = "".join([letter[0] for letter in letters])
    said, odd = len(words) - words.count(" "), len(_ODD.findall(words))
    height = turn.width if turn.quarters % 2 else page.get_height()
    struck = any(_strikes(grid, own) for grid, own in zip(grids, inside, strict=True))
    return Sheet(number, height, parts, said, odd, across, struck=struck)


def _find_columns(sheet: Sheet, finder: Finder) -> None:
    """Put the lines of tables that no lines rule together, between those that are ruled."""
    parts: list[Line | Table] = []
    for is_table, own in groupby(sheet.parts, lambda part: isinstance(part, Table)):
        if is_table:
            parts += own
        else:
            parts += finder.find([line for line in own if isinstance(line, Line)], sheet.across)
    sheet.parts = parts


def _sort_letters(grids: list[Grid], letters: "list[Letter]") -> "tuple[list[list[Letter]], list[Letter]]":
    """The letters inside each table, and those outside."""
    inside: list[list[Letter]] = [[] for _ in grids]
    outside: list[Letter] = []
    for letter in letters:
        x, y = (letter[1] + letter[2]) / 2, (letter[3] + letter[4]) / 2
        home = outside
        for grid, own in zip(grids, inside, strict=True):
            if grid.holds(x, y):
                home = own
                break
        home.append(letter)
    return inside, outside


def _fill(grid: Grid, letters: "list[Letter]") -> Table:
    """The table of a grid and the letters in it."""
    places = {}
    for index, box in enumerate(grid.boxes):
        for row in range(box.row, box.row + box.rows):
            for column in range(box.column, box.column + box.columns):
                places[row, column] = index
    cells: list[list[Letter]] = [[] for _ in grid.boxes]
    up = [-edge for edge in grid.rows]
    for letter in letters:
        column = _slot(grid.columns, (letter[1] + letter[2]) / 2)
        row = _slot(up, -(letter[3] + letter[4]) / 2)
        cells[places[row, column]].append(letter)
    lines = [set_lines(cell) for cell in cells]
    widths = _widths(grid, lines)
    texts: list[str] = []
    ends: list[tuple[Line, float] | None] = []
    for own, box in zip(lines, grid.boxes, strict=True):
        width = widths[box.column, box.columns]
        texts.append(settle_cell(join_wrapped(own, width)))
        ends.append((own[-1], width - (own[-1].right - own[-1].left)) if own else None)
    return Table(grid, texts, ends)


def _strikes(grid: Grid, letters: "list[Letter]") -> bool:
    """Whether lines between the rows of a grid run through its letters: words that do not fit their cell."""
    closed = {(box.row, box.column + at) for box in grid.boxes for at in range(box.columns)}
    up = [-edge for edge in grid.rows]
    struck = 0
    for char, left, right, foot, head, _ in letters:
        core = _CORE * (head - foot)
        row = bisect_right(up, -(head - core))
        is_over = 0 < row < len(up) - 1 and -up[row] > foot + core
        struck += is_over and char != " " and (row, _slot(grid.columns, (left + right) / 2)) in closed
    return struck >= _FEW_STRUCK


def _slot(edges: list[float], value: float) -> int:
    """Between which two of the rising edges a value lies."""
    return min(max(bisect_right(edges, value) - 1, 0), len(edges) - 2)


def _widths(grid: Grid, lines: list[list[Line]]) -> dict[tuple[int, int], float]:
    """How wide the lines of each column grow: as wide as its widest, which is full where cells wrap, or as
    the column is without its edges.
    """
    widths: dict[tuple[int, int], float] = {}
    for box, own in zip(grid.boxes, lines, strict=True):
        key = (box.column, box.columns)
        size = max((line.size for line in own), default=0.0)
        room = grid.columns[box.column + box.columns] - grid.columns[box.column] - _EDGES * size
        widest = max((line.right - line.left for line in own), default=0.0)
        widths[key] = max(widths.get(key, 0.0), widest, room if own else 0.0)
    return widths


def _check(name: str, sheets: list[Sheet]) -> None:
    """Refuse a file of pictures, and one whose letters stand for nothing."""
    letters, odd = sum(sheet.letters for sheet in sheets), sum(sheet.odd for sheet in sheets)
    if letters <= _FEW_LETTERS * len(sheets):
        raise refuse(name, "scanned", pages=len(sheets))
    if odd > _GARBLED * letters:
        raise refuse(name, "garbled")


def _say_pictures(sheets: list[Sheet]) -> Iterator[Diagnostic]:
    """Pages without words among others that have them."""
    empty = [sheet.number for sheet in sheets if not sheet.letters]
    if empty:
        message = (
            f"{_name_pages(empty)}没有文字（可能是图片或空白），没有读入；"
            f"请对照原文件核对这 {len(empty)} 页。"
        )
        yield Diagnostic("page-without-text", 0, 0, message)


def _say_unsure(pages: list[int]) -> Iterator[Diagnostic]:
    """Pages with a table whose rows, or cells over several rows, no lines and no white keep apart."""
    if pages:
        message = (
            f"{_name_pages(pages)}有没画框线的表，行与行、合并的格子分不清；"
            f"请对照原文件逐行核对这 {len(pages)} 页，有 Word 或 Excel 原件的改用原件。"
        )
        yield Diagnostic("unruled-table", 0, 0, message)


def _say_struck(sheets: list[Sheet]) -> Iterator[Diagnostic]:
    """Pages with tables whose words stand on the lines between two rows."""
    struck = [sheet.number for sheet in sheets if sheet.struck]
    if struck:
        message = (
            f"{_name_pages(struck)}表里有字压在行间的框线上（格子装不下），可能读进了上一行或下一行；"
            f"请对照原文件核对这 {len(struck)} 页，有 Word 或 Excel 原件的改用原件。"
        )
        yield Diagnostic("struck-cells", 0, 0, message)


def _name_pages(pages: list[int]) -> str:
    """The pages as they are said to people, the first ten of them."""
    return f"第 {'、'.join(map(str, pages[:10]))} {'等' if len(pages) > 10 else ''}页"
