"""The words of a Word paragraph: runs, breaks, symbols, and what tracked changes leave of them."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dukao.reading.emphasis import BOLD, PLAIN
from dukao.reading.word.names import W, attribute, child, find_value, is_on, short

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

# A tab inside a paragraph only holds things apart: the tab of the text is kept for tables.
_SIGNS = {"tab": "  ", "ptab": "  ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
_TEXTS = frozenset({f"{W}t", "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"})
_GONE = frozenset({"del", "moveFrom"})
_NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_SKIPPED = frozenset(
    {"pPr", "rPr", "instrText", "delText", "delInstrText", "rt", "fldData", "tblPr", "sdtPr"}
)


@dataclass(slots=True)
class Seen:
    """What was met on the way and has to be said: tracked changes, hidden words."""

    changes: int = 0
    hidden: int = 0


@dataclass(slots=True)
class Inline:
    """Collects the words of one paragraph; `boxes` are its text boxes, `notes` the notes it refers to.

    `bold` are the bold styles of letters; what is set in bold stands between the signs of `emphasis`.
    """

    seen: Seen
    bold: frozenset[str] = frozenset()
    boxes: "list[Element]" = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    _pieces: list[str] = field(default_factory=list)

    def text(self) -> str:
        """What was collected."""
        return "".join(self._pieces)

    def take(self, parent: "Element") -> None:
        """Collect what stands inside an element, in order."""
        for element in parent:
            self._take(element, short(element))

    def _take(self, element: "Element", name: str) -> None:
        if element.tag in _TEXTS:
            self._pieces.append(element.text or "")
        elif name in _SIGNS:
            self._pieces.append(_SIGNS[name])
        elif name == "txbxContent":
            self.boxes.append(element)
        elif name in _GONE:
            self.seen.changes += 1
        elif name == "AlternateContent":
            # The same thing said for newer and for older programs.
            self._take_first(element)
        elif name == "sym":
            self._pieces.append(_symbol(attribute(element, "char")))
        elif name in _NOTES:
            self.notes.append((_NOTES[name], attribute(element, "id") or ""))
        elif name == "r" and is_on(child(element, "rPr"), "vanish"):
            self.seen.hidden += 1
        elif name == "r" and self._is_bold(child(element, "rPr")):
            self._take_bold(element)
        elif name not in _SKIPPED:
            self.seen.changes += name in ("ins", "moveTo")
            self.take(element)

    def _take_bold(self, element: "Element") -> None:
        before = len(self._pieces)
        self.take(element)
        if any(piece.strip() for piece in self._pieces[before:]):
            self._pieces.insert(before, BOLD)
            self._pieces.append(PLAIN)

    def _is_bold(self, properties: "Element | None") -> bool:
        if find_value(properties, "u") not in (None, "none"):
            return True  # underlined names among others say the same
        if child(properties, "b") is not None:
            return is_on(properties, "b")
        return find_value(properties, "rStyle") in self.bold

    def _take_first(self, element: "Element") -> None:
        choices = [one for one in element if short(one) in ("Choice", "Fallback")]
        if choices:
            self.take(choices[0])


def _symbol(code: str | None) -> str:
    """A character by its code; those of symbol fonts, which only the font gives a shape, are left out."""
    try:
        value = int(code or "", 16)
    except ValueError:
        return ""
    return "" if not 0x20 <= value < 0xE000 or 0xD800 <= value <= 0xDFFF else chr(value)
