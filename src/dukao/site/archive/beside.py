"""What a file says beside its text: heads and feet of pages, notes, properties, cells of hidden sheets.

Readers leave them out, for they are no part of what a document promises; a mark of secrecy stands just there.
"""

import re
from codecs import getincrementaldecoder
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from dukao.reading.decoding import NotTextError, decode
from dukao.reading.errors import SourceError
from dukao.reading.packages import Package

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_EDGE = re.compile(
    r"(?:word/(?:header|footer|comments|footnotes|endnotes)\d*|docProps/\w+|xl/comments\d*"
    r"|xl/(?:threadedComments|drawings)/\w+)\.xml"
)
_CELLS = re.compile(r"xl/(?:sharedStrings|worksheets/\w+)\.xml")
# What begins here, begins a line: a paragraph, a comment; of properties each.
_BEGINS = frozenset(("p", "comment", "text", "threadedComment"))
_PRINTED = re.compile(r"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)\b[^<>]{0,200}>([^<]{1,400})<")
_CODES = re.compile(r'&(?:"[^"]{0,60}"|K[0-9A-Fa-f]{6}|\d{1,4}|[A-Za-z])')  # place, font, the page's number
_SECRET = re.compile(r"[^<>\n]{0,20}密[^<>\n]{0,20}")
_CARRIED = 1_000  # characters of a part that are looked at again with the next piece of it
_TAG = re.compile(r"<[^<>]*>")
_EDGES = 3  # lines at the head and at the foot of a page


class Beside(NamedTuple):
    """`edges`: where a mark may stand by itself on a line; `inside`: other words, of cells and web pages."""

    edges: str = ""
    inside: str = ""


def read_beside(data: bytes, name: str) -> Beside:
    """What stands beside the text of a package, a PDF or a web page; nothing of what cannot be read.

    The file was read before, so that it is safe to open and within measure.
    """
    if data.startswith(b"PK"):
        return _of_package(name, data)
    if data.startswith(b"%PDF-"):
        return _of_pdf(data)
    if re.search(rb"<(?:!doctype|html|head|meta|body)\b", data[:4096], re.I):
        return Beside(inside=_of_page(data))
    return Beside()


def _of_package(name: str, data: bytes) -> Beside:
    edges, inside = list[str](), list[str]()
    try:
        package = Package(name, data)
    except SourceError:
        return Beside()
    for part in package.entries:
        # A part that cannot be read hides no mark of another.
        with suppress(SourceError):
            if _EDGE.fullmatch(part):
                edges.append(_lines(package, part))
            elif _CELLS.fullmatch(part):
                for piece in _pieces(package, part):
                    edges += (_CODES.sub("\n", unescape(unescape(one))) for one in _PRINTED.findall(piece))
                    inside += _SECRET.findall(piece)
    return Beside("\n".join(edges), "\n".join(inside))


def _lines(package: Package, part: str) -> str:
    """The words of a small part, a line for each paragraph, note or property."""
    said = list[str]()
    for element in package.tree(part).iter():
        tag = element.tag.rpartition("}")[2]
        if tag in _BEGINS or part.startswith("docProps/"):
            said.append("\n")
        if tag != "instrText":
            said.append(" " if tag == "tab" else element.text or "")
    return "".join(said)


def _pieces(package: Package, part: str) -> Iterator[str]:
    """A part that may be large, a piece at a time, each with the end of the one before."""
    carried, decoder = "", getincrementaldecoder("utf-8")("ignore")
    for chunk in package.chunks(part):
        piece = carried + decoder.decode(chunk)
        yield piece
        carried = piece[-_CARRIED:]


def _of_page(data: bytes) -> str:
    try:
        return _TAG.sub("", decode(data)[0])
    except (UnicodeDecodeError, NotTextError):
        return ""


def _of_pdf(data: bytes) -> Beside:
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(data) as document:
            properties = document.get_metadata_dict(skip_empty=True).values()
            pages = list(_pages(document))
    except pypdfium2.PdfiumError:
        return Beside()
    inside = (line for lines in pages for line in lines)
    return Beside("\n".join((*properties, *_edges(pages))), "\n".join(inside))


def _edges(pages: list[list[str]]) -> Iterable[str]:
    """The first and the last line of every page, and what stands near there on more than one.

    A narrow column breaks 商业秘密保护 in three: by itself a line near the edge says nothing.
    """
    near = [{*lines[:_EDGES], *lines[-_EDGES:]} for lines in pages]
    often = Counter(line for lines in near for line in lines)
    yield from (line for line, count in often.items() if count > 1)
    yield from (line for lines in pages if lines for line in (lines[0], lines[-1]))


def _pages(document: "PdfDocument") -> Iterator[list[str]]:
    for page in document:
        words = page.get_textpage().get_text_range()
        yield [line for line in words.splitlines() if line.strip()]
        page.close()
