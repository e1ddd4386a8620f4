"""Word documents (.docx) → one text: paragraphs with their list numbers, tables, text boxes, notes.

The document is read as it would print with every tracked change accepted: what was inserted stands, what was
deleted or is hidden does not. Macros, links, pictures and comments are never looked at.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from dukao.reading.composing import Cell, Composer, add_table
from dukao.reading.emphasis import settle, settle_cell
from dukao.reading.errors import SourceError, refuse
from dukao.reading.packages import Package, parse_xml
from dukao.reading.places import Places
from dukao.reading.readings import Reading
from dukao.reading.values import Diagnostic
from dukao.reading.word.names import NAMESPACE, STRICT, attribute, child, children, find_value, is_on, short
from dukao.reading.word.numbering import Numbering, read_numbering
from dukao.reading.word.runs import Inline, Seen
from dukao.reading.word.tables import Slot, lay_table

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_FEW_COLUMNS = 2
_MAIN = "word/document.xml"
_KIND = "Word 文档"
_LONGEST_HEAD = 60
_WRAPPERS = frozenset({"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"})
_GONE = frozenset({"del", "moveFrom"})


def read_word(name: str, data: bytes | BinaryIO) -> Reading:
    """The text of a `.docx` with the paragraph, or table, row and column, of every character.

    Raises SourceError where the file is damaged, hostile or without text.
    """
    package = Package(name, data)
    main = _main_part(package)
    if main not in package:
        raise refuse(name, "damaged", found=f" {_KIND}")
    folder = main.rpartition("/")[0]
    styles = _part(package, f"{folder}/styles.xml")
    document = _Document(
        Composer("paragraph"),
        read_numbering(_part(package, f"{folder}/numbering.xml"), styles),
        _heading_levels(styles),
        _bold_styles(styles),
    )
    root = _tree(package, main)
    body = child(root, "body")
    if body is not None:
        document.blocks(body)
    for kind in ("footnote", "endnote"):
        document.notes(_part(package, f"{folder}/{kind}s.xml"), kind)
    text = document.composer.text()
    if not text.strip():
        raise refuse(name, "wordless", found=f" {_KIND}")
    places: Places = document.composer.places()
    return Reading(
        text, places, document.composer.merged, tuple(_say(document.seen)), bold=document.composer.bold
    )


def _main_part(package: Package) -> str:
    """The part that holds the document: the usual one, else what the package's relations name."""
    if _MAIN in package or "_rels/.rels" not in package:
        return _MAIN
    for relation in package.tree("_rels/.rels"):
        if str(relation.get("Type", "")).endswith("/officeDocument"):
            return str(relation.get("Target", "")).lstrip("/")
    return _MAIN


def _tree(package: Package, part: str) -> "Element":
    data = package.read(part)
    return parse_xml(package.name, data.replace(STRICT, NAMESPACE.encode()) if STRICT in data else data)


def _part(package: Package, part: str) -> "Element | None":
    """A part that may be missing; one that cannot be read is as good as missing, unless it is hostile."""
    try:
        return _tree(package, part) if part in package else None
    except SourceError as error:
        if error.code == "damaged":
            return None
        raise


def _heading_levels(styles: "Element | None") -> dict[str, int]:
    """The level of every paragraph style that is a heading."""
    levels = {}
    for style in children(styles, "style"):
        name = (find_value(style, "name") or "").lower().replace("标题", "heading")
        number = name.removeprefix("heading").strip()
        if name.startswith("heading") and number.isascii() and number.isdigit() and 1 <= int(number) <= 6:
            levels[attribute(style, "styleId") or ""] = int(number)
        elif name in ("title", "heading"):
            levels[attribute(style, "styleId") or ""] = 1
    return levels


def _bold_styles(styles: "Element | None") -> frozenset[str]:
    """The styles of letters that are bold."""
    found = (style for style in children(styles, "style") if attribute(style, "type") == "character")
    return frozenset(attribute(style, "styleId") or "" for style in found if is_on(child(style, "rPr"), "b"))


def _say(seen: Seen) -> list[Diagnostic]:
    said = []
    if seen.changes:
        said.append(f"有 {seen.changes} 处修订，已按全部接受修订后的文字读入；请确认修订是否都作数。")
    if seen.hidden:
        said.append(f"有 {seen.hidden} 处隐藏文字，没有读入；要读的请在原文件里取消隐藏。")
    codes = ["tracked-changes"] * bool(seen.changes) + ["hidden-text"] * bool(seen.hidden)
    return [Diagnostic(code, 0, 0, message) for code, message in zip(codes, said, strict=True)]


class _Words(NamedTuple):
    """What a paragraph says: the number of its list, its own text, the text boxes anchored in it."""

    number: str
    text: str
    boxes: "list[Element]"


def _frames_table(row: list[Slot]) -> bool:
    """Whether a cell of a row holds a table of more columns than the row: then the row only frames it."""
    inner = (block for slot in row for block in slot.element if short(block) == "tbl")
    widths = (max(map(len, lay_table(table, Seen())), default=0) for table in inner)
    return any(width > max(len(row), _FEW_COLUMNS) for width in widths)


@dataclass(slots=True)
class _Document:
    """A document being read: what was composed so far, and how far its lists and notes have counted."""

    composer: Composer
    numbering: Numbering
    headings: dict[str, int]
    bold: frozenset[str]
    seen: Seen = field(default_factory=Seen)
    paragraphs: int = 0
    tables: int = 0
    noted: dict[str, tuple[int, int]] = field(default_factory=dict)
    carried: str = ""

    def blocks(self, parent: "Element") -> None:
        """Take the paragraphs and tables of a body, a cell that only frames, or a text box."""
        for block in parent:
            name = short(block)
            if name == "p":
                self._paragraph(block)
            elif name == "tbl":
                self._table(block)
            elif name in _WRAPPERS:
                self.blocks(block)
            elif name in _GONE:
                self.seen.changes += 1
            elif name == "AlternateContent" and len(block):
                self.blocks(block[0])

    def _paragraph(self, element: "Element") -> None:
        words = self._words(element)
        if words.text.strip():
            self.paragraphs += 1
            text = settle(words.number + words.text)
            self.composer.paragraph(self._mark(element, text), self.paragraphs)
        for box in words.boxes:
            self.blocks(box)

    def _words(self, element: "Element") -> _Words:
        """The words of a paragraph; those of one whose end was deleted go to the next."""
        properties = child(element, "pPr")
        inline = Inline(self.seen, self.bold)
        inline.take(element)
        own = inline.text()
        for kind, key in inline.notes:
            self.noted.setdefault(f"{kind} {key}", (len(self.noted) + 1, self.paragraphs + 1))
        marks = child(properties, "rPr")
        deleted = marks is not None and any(child(marks, name) is not None for name in _GONE)
        text, self.carried = self.carried + own, ""
        if deleted:
            self.carried = text
            return _Words("", "", inline.boxes)
        return _Words(self.numbering.number(properties), text, inline.boxes)

    def _mark(self, element: "Element", text: str) -> str:
        """A heading with the marks that Markdown gives it, other paragraphs as they are."""
        style = find_value(child(element, "pPr"), "pStyle")
        level = self.headings.get(style or "", 0)
        if not level or len(text) > _LONGEST_HEAD or text.rstrip()[-1] in "。；;" or "\n" in text.strip():
            return text
        return f"{'#' * level} {text.strip()}"

    def _table(self, element: "Element") -> None:
        rows = lay_table(element, self.seen)
        if len(rows) == 1 and len(rows[0]) == 1:
            # A frame around paragraphs, not a table.
            self.blocks(rows[0][0].element)
            return
        self.tables += 1
        laid: list[list[Cell]] = []
        for row in rows:
            if _frames_table(row):
                add_table(self.composer, laid, self.tables)
                laid = []
                for slot in row:
                    self.blocks(slot.element)
                self.tables += 1
                continue
            cells = []
            for slot in row:
                text = self._cell(slot.element, settle_cell)
                cells.append(Cell(text, self.paragraphs, slot.rows, slot.columns))
            laid.append(cells)
        add_table(self.composer, laid, self.tables)

    def _cell(self, element: "Element", settled: Callable[[str], str] = settle) -> str:
        """The text of a cell, its paragraphs on lines of their own; a table inside it cell after cell."""
        lines: list[str] = []
        for block in element:
            name = short(block)
            if name == "p":
                words = self._words(block)
                # A cell that holds only a list's number, as a column of numbers does.
                text = words.number + words.text if words.text.strip() else words.number.strip()
                self.paragraphs += 1 if text else 0
                lines += [text, *map(self._cell, words.boxes)]
            elif name == "tbl":
                rows = lay_table(block, self.seen)
                lines += [" ".join(filter(None, (self._cell(s.element) for s in row))) for row in rows]
            elif name in _WRAPPERS:
                lines.append(self._cell(block))
        return settled("\n".join(line for line in lines if line.strip()))

    def notes(self, root: "Element | None", kind: str) -> None:
        """The foot or end notes that the text refers to, behind it, each at the place it is referred from."""
        bodies = {attribute(note, "id"): note for note in children(root, kind)}
        for key, (number, paragraph) in self.noted.items():
            if key.startswith(kind) and (note := bodies.get(key.partition(" ")[2])) is not None:
                text = self._cell(note).strip()
                if text:
                    self.composer.paragraph(f"注{number}：{text}", paragraph)
