"""Web pages saved from a government site → one text: what the page says, without what the site says.

The page is parsed as a browser would, but nothing is run and nothing fetched. Menus, breadcrumbs, footers and
tools are told by their tags, by the words their classes are made of, by being mostly links, and by what they
say; never is a part left out that holds a good share of the page's own words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from dukao.reading.composing import Cell, Composer, add_table
from dukao.reading.emphasis import BOLD, PLAIN, settle, settle_cell
from dukao.reading.errors import refuse
from dukao.reading.packages import MOST_MARKS
from dukao.reading.readings import Reading
from dukao.reading.values import Diagnostic
from dukao.reading.webpage.furniture import (
    BLOCKS,
    SILENT,
    Weights,
    is_furniture,
    is_hidden,
    is_notice,
    tag_of,
    weigh,
)

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_KIND = "网页文件"
_MOST_ROWS, _MOST_COLUMNS = 2_000, 60
_LONGEST_HEAD = 60
# LibreOffice breaks the lines of a page only where there was a space; others break Chinese anywhere.
_SPACED = re.compile(r"<meta name=\"generator\" content=\"LibreOffice", re.I)
_SPACES = re.compile(r"[ \t\r\n\f]+")
# Signs of bold letters between two lines count as the letters they stand at.
_CHINESE = rf"[\u2e80-\u9fff\u3000-\u303f\uff00-\uffef{BOLD}{PLAIN}]"
_BOLD_STYLE = re.compile(r"font-weight:\s*(?:bold|[6-9]00)", re.I)
_WRAPPED = re.compile(rf"(?<={_CHINESE})[ \t]*[\r\n][ \t\r\n]*(?={_CHINESE})")
_NUMBERED = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,3}[、.．)）]|[①-⑳•●■◆]")
_INDENT = re.compile(r"\n(?:\n|(?=\u3000|\xa0{2}))")
_EDGES = " \t\r\n\u3000\xa0\u200b\ufeff"
_LONG_CELL = 800
_FEWEST_LETTERS, _SHOWN_LETTERS = 20, 16
# Of a table of data that has small tables in its cells.
_FEWEST_COLUMNS, _FEWEST_ROWS = 3, 2


def read_webpage(name: str, text: str) -> Reading:
    """The words of a page with the paragraph, or table, row and column, of every character.

    Raises SourceError where it is beyond the limits or says nothing.
    """
    from lxml import etree

    if text.count("<") + text.count("=") > MOST_MARKS:
        raise refuse(name, "large", found=f"元素超过 {MOST_MARKS // 10_000} 万个")
    if _SPACED.search(text, 0, 4096):
        text = _SPACES.sub(" ", text)
    parser = etree.HTMLParser(
        encoding="utf-8",
        no_network=True,
        recover=True,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise refuse(name, "damaged", found=_KIND) from error
    if root is None:
        raise refuse(name, "wordless", found=_KIND)
    page = _Page(Composer("paragraph"), weigh(root))
    try:
        page.read(root)
    except RecursionError as error:
        raise refuse(name, "damaged", found=_KIND) from error
    words = page.composer.text()
    if not words.strip():
        raise refuse(name, "wordless", found=_KIND)
    said = tuple(_say_hidden(page.hidden))
    return Reading(words, page.composer.places(), page.composer.merged, said, bold=page.composer.bold)


def _say_hidden(tables: "list[Element]") -> Iterator[Diagnostic]:
    """One word on the tables that a page holds and does not show: those of another tab, as a rule."""
    if tables:
        shown = " ".join("".join(tables[0].itertext()).split())[:_SHOWN_LETTERS]
        message = f"网页里有 {len(tables)} 处不显示的表没有读入（“{shown}”）；要读的请在网页上点开以后另存。"
        yield Diagnostic("hidden-text", 0, 0, message)


class _Spanned(NamedTuple):
    """A cell of a table and what it spans."""

    element: "Element"
    rows: int
    columns: int


@dataclass(slots=True)
class _Page:
    """A page being read: the paragraph that is open, and how far paragraphs and tables have counted."""

    composer: Composer
    weights: Weights
    paragraphs: int = 0
    tables: int = 0
    hidden: "list[Element]" = field(default_factory=list)
    _open: list[str] = field(default_factory=list)

    def read(self, root: "Element") -> None:
        """Take the whole page."""
        self._walk(root)
        self._flush()

    def _walk(self, element: "Element") -> None:
        tag = tag_of(element)
        if tag in SILENT or is_furniture(element, self.weights):
            if is_hidden(element) and self.weights[element].own >= _FEWEST_LETTERS:
                self.hidden += [
                    table for table in element.iter("table") if len([*_rows(table)]) >= _FEWEST_ROWS
                ][:1]
            return
        if tag == "table" and self._table(element):
            return
        is_block = tag in BLOCKS
        if is_block:
            self._flush()
        if tag == "br":
            self._open.append("\v")
        if tag == "li":
            self._open.append(_item_number(element))
        is_bold = _is_bold(element)
        self._words(f"{BOLD}{element.text or ''}" if is_bold else element.text)
        for inner in element:
            self._walk(inner)
            self._words(inner.tail)
        self._words(PLAIN if is_bold else None)
        if is_block:
            self._flush(int(tag[1]) if tag in _HEADS else 0)

    def _words(self, text: str | None) -> None:
        if text:
            self._open.append(text)

    def _flush(self, level: int = 0) -> None:
        """Close the open paragraph; a blank line or an indent behind a line break begins another."""
        if not self._open:
            return
        text = _settle("".join(self._open))
        self._open.clear()
        for paragraph in _INDENT.split(text):
            said = settle(paragraph).strip(_EDGES)
            if not said or is_notice(said):
                continue
            self.paragraphs += 1
            is_head = level and len(said) <= _LONGEST_HEAD and said[-1] not in "。；;" and "\n" not in said
            self.composer.paragraph(f"{'#' * level} {said}" if is_head else said, self.paragraphs)

    def _table(self, table: "Element") -> bool:
        """Take a table of data; False for one that only lays out the page."""
        rows = [[*_cells(row)] for row in _rows(table)][:_MOST_ROWS]
        if max(map(len, rows), default=0) < 2 or not (_are_heads(rows) or len(rows) >= _FEWEST_ROWS):
            return False
        if _lays_out(table, rows):
            return False
        self._flush()
        self.tables += 1
        laid = [[self._cell(cell) for cell in row[:_MOST_COLUMNS]] for row in rows]
        add_table(self.composer, laid, self.tables)
        return True

    def _cell(self, spanned: _Spanned) -> Cell:
        text = _cell_text(spanned.element)
        self.paragraphs += bool(text)
        return Cell(text, self.paragraphs, spanned.rows, spanned.columns)


_HEADS = frozenset({"h1", "h2", "h3", "h4"})


def _item_number(item: "Element") -> str:
    """The number of an item of a numbered list, where it does not say one itself."""
    above = item.getparent()
    if above is None or tag_of(above) != "ol":
        return ""
    text = "".join(item.itertext()).strip(_EDGES)
    if not text or _NUMBERED.match(text):
        return ""
    before = sum(1 for one in item.itersiblings("li", preceding=True))
    return f"{_number(above.get('start'), 1, 9999) + before}. "


def _rows(table: "Element") -> Iterator["Element"]:
    """The rows of a table, not those of tables inside it; a foot comes last."""
    parts = sorted(table, key=lambda part: tag_of(part) == "tfoot")
    for part in parts:
        if tag_of(part) == "tr":
            yield part
        elif tag_of(part) in ("thead", "tbody", "tfoot"):
            yield from (row for row in part if tag_of(row) == "tr")


def _cells(row: "Element") -> Iterator[_Spanned]:
    for cell in row:
        if tag_of(cell) in ("td", "th"):
            rows = _number(cell.get("rowspan"), 1, _MOST_ROWS)
            yield _Spanned(cell, rows, _number(cell.get("colspan"), 1, _MOST_COLUMNS))


def _number(written: str | None, least: int, most: int) -> int:
    digits = (written or "").strip()
    value = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 9 else least
    return min(max(value, least), most)


def _are_heads(rows: list[list[_Spanned]]) -> bool:
    """Whether all of a table is one row of heads, whose rows stand in a table below it."""
    return (
        len(rows) == 1 and len(rows[0]) >= _FEWEST_COLUMNS and all(tag_of(c.element) == "th" for c in rows[0])
    )


def _lays_out(table: "Element", rows: list[list[_Spanned]]) -> bool:
    """True for a table with tables inside that are no small part of its rows, or with a cell that holds a
    whole article.
    """
    longest = max((len("".join(cell.element.itertext())) for row in rows for cell in row), default=0)
    if next(table.iterdescendants("table"), None) is not None:
        return longest > _LONG_CELL // 2 or sum(len(row) >= _FEWEST_COLUMNS for row in rows) < _FEWEST_ROWS
    blocks = (sum(1 for _ in cell.element.iter("p", "div")) for row in rows for cell in row)
    return longest > _LONG_CELL and max(blocks, default=0) > 3


def _cell_text(element: "Element") -> str:
    """The words of a cell; blocks and line breaks in it stand on lines of their own, the rows of a table too,
    their cells parted by a blank.
    """
    pieces: list[str] = []
    _collect(element, pieces)
    lines = (line.strip(_EDGES) for line in settle_cell(_settle("".join(pieces))).split("\n"))
    return "\n".join(line for line in lines if line)


def _collect(element: "Element", pieces: list[str]) -> None:
    tag = tag_of(element)
    if tag in SILENT:
        return
    if (
        tag in ("td", "th")
        and pieces
        and next(element.itersiblings("td", "th", preceding=True), None) is not None
    ):
        pieces.append(" ")
    is_break = tag == "br" or (tag in BLOCKS and tag not in ("td", "th"))
    pieces += ["\v"] if is_break else []
    is_bold = _is_bold(element)
    pieces += [BOLD] if is_bold else []
    pieces += [element.text] if element.text else []
    for inner in element:
        _collect(inner, pieces)
        pieces += [inner.tail] if inner.tail else []
    pieces += [PLAIN] if is_bold else []
    pieces += ["\v"] if is_break else []


def _is_bold(element: "Element") -> bool:
    return tag_of(element) in ("b", "strong") or bool(_BOLD_STYLE.search(element.get("style") or ""))


def _settle(text: str) -> str:
    """Text as a browser sets it: white space is one space, none where a Chinese line was merely wrapped."""
    return re.sub(r" ?\v ?", "\n", _SPACES.sub(" ", _WRAPPED.sub("", text)))
