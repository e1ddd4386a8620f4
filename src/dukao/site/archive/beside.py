"""What a file says beside its text: heads and feet of pages, notes, properties, cells of any sheet.

Readers leave them out, for they are no part of what a document promises; a mark of secrecy stands just there.
"""

import re
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from dukao.reading.errors import SourceError
from dukao.reading.packages import Package

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_EDGE = re.compile(
    r"(?:word/(?:header|footer|comments|footnotes|endnotes)\d*|docProps/\w+|xl/comments\d*"
    r"|xl/(?:threadedComments|drawings)/\w+)\.xml"
)
_INSIDE = re.compile(r"word/document\.xml|xl/sharedStrings\.xml")
_SHEET = re.compile(r"xl/worksheets/\w+\.xml")
_PRINTED = re.compile(r"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)[^>]*>(.*?)<", re.S)
_CODES = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|\d+|[A-Za-z])')  # the place, the font, the page's number
_TYPED = re.compile(r"<(?:\w+:)?is>.*?</(?:\w+:)?is>", re.S)
_FIELD = re.compile(r"<w:instrText\b.*?</w:instrText>", re.S)
# What ends here, ends a line: paragraphs, cells, strings, comments, properties.
_ENDS = re.compile(
    r"</(?:dc|cp|vt):\w+>|</(?:\w+:)?(?:p|tc|si|is|comment|\w*[Cc]omments?|[A-Z]\w+)>|<w:br\b[^>]*>"
)
_TAB = re.compile(r"<w:tab\b[^>]*>")
_TAG = re.compile(r"<[^<>]*>")
_LINES = 3  # of a page, from its head and from its foot


class Beside(NamedTuple):
    """`edges`: where a mark may stand by itself on a line; `inside`: other words, of text and cells."""

    edges: str = ""
    inside: str = ""


def read_beside(data: bytes, name: str) -> Beside:
    """What stands beside the text of a package, a PDF or a web page; nothing of what cannot be read.

    Packages were found safe to open before (`zipsafety`).
    """
    if data.startswith(b"PK"):
        try:
            return _of_package(Package(name, data))
        except SourceError:
            return Beside()
    if data.startswith(b"%PDF-"):
        return _of_pdf(data)
    if b"<" in data[:1024] and re.search(rb"<(?:!doctype|html|head|meta|body)\b", data[:4096], re.I):
        return Beside(inside=_words(data.decode("utf-8", "ignore")))
    return Beside()


def _of_package(package: Package) -> Beside:
    edges, inside = [], []
    for part in package.entries:
        if _EDGE.fullmatch(part):
            edges.append(_words(_xml(package, part)))
        elif _INSIDE.fullmatch(part):
            inside.append(_words(_xml(package, part)))
        elif _SHEET.fullmatch(part):
            xml = _xml(package, part)
            edges += (_CODES.sub("\n", unescape(unescape(one))) for one in _PRINTED.findall(xml))
            inside += map(_words, _TYPED.findall(xml))
    return Beside("\n".join(edges), "\n".join(inside))


def _xml(package: Package, part: str) -> str:
    data = b"".join(package.chunks(part))
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    return data.decode("utf-16" if wide else "utf-8", "replace")


def _words(xml: str) -> str:
    """The words of some markup, a line for each paragraph, cell or property."""
    lines = _TAB.sub(" ", _ENDS.sub("\n", _FIELD.sub("", xml)))
    return unescape(_TAG.sub("", lines))


def _of_pdf(data: bytes) -> Beside:
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(BytesIO(data)) as document:
            pages = list(_pages(document))
    except pypdfium2.PdfiumError:
        return Beside()
    edges = (line for lines in pages for line in (*lines[:_LINES], *lines[-_LINES:]))
    return Beside("\n".join(edges), "\n".join(line for lines in pages for line in lines))


def _pages(document: "PdfDocument") -> Iterator[list[str]]:
    for page in document:
        words = page.get_textpage().get_text_range()
        yield [line for line in words.splitlines() if line.strip()]
        page.close()
