"""Packages (ZIP) of Office documents: opened within limits, their XML parsed without entities or a network.

What is in a package is hostile until counted: a small file may say that it holds little and hold gigabytes,
or millions of empty elements. Everything is counted on the real bytes, never on what the package says.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from dukao.reading.errors import SourceError, refuse

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MOST_ENTRIES = 5_000
MOST_EXPANDED = 800_000_000  # bytes of all entries
MOST_PART = 80_000_000  # bytes of a part that is read as a tree
# Text shrinks thirty times at most; what shrinks more, and to a size that matters, is a bomb.
MOST_RATIO = 200
_MATTERS = 20_000_000
MOST_MARKS = 5_000_000  # elements and attributes of one part
_CHUNK = 1 << 18
_LOCAL_HEADER = struct.Struct("<26xHH")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, struct.error, NotImplementedError)


class Entry(NamedTuple):
    """A part of a package: its name, and how its bytes stand there."""

    name: str
    compressed: int
    deflated: bool
    offset: int
    check: int


class Package:
    """The entries of a ZIP file by name; `has_doubles` says that a name stands there twice.

    The file is given as its bytes, or open: then it takes no memory, however large, and stays open.
    Raises SourceError where it is damaged, locked or a bomb.
    """

    def __init__(self, name: str, data: bytes | BinaryIO) -> None:
        self.name = name
        self._file = io.BytesIO(data) if isinstance(data, bytes) else data
        self.entries: dict[str, Entry] = {}
        try:
            with zipfile.ZipFile(self._file) as archive:
                found = archive.infolist()
        except (*_BROKEN, RuntimeError, UnicodeError) as error:
            raise refuse(name, "damaged", found=" Office 文档") from error
        if len(found) > MOST_ENTRIES:
            raise refuse(name, "bomb", found=f"里面有 {len(found)} 个部分，多于 {MOST_ENTRIES} 个")
        self.has_doubles = len({entry.filename for entry in found}) < len(found)
        for entry in found:
            if entry.flag_bits & 1:
                raise refuse(name, "locked")
            if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise refuse(name, "damaged", found=" Office 文档")
            deflated = entry.compress_type == zipfile.ZIP_DEFLATED
            self.entries[entry.filename] = Entry(
                entry.filename, entry.compress_size, deflated, entry.header_offset, entry.CRC
            )

    def __contains__(self, part: str) -> bool:
        return part in self.entries

    def chunks(self, part: str) -> Iterator[bytes]:
        """The real bytes of a part, a piece at a time, whatever the package says of its size."""
        entry = self.entries[part]
        try:
            sizes = _LOCAL_HEADER.unpack(self._piece(entry.offset, _LOCAL_HEADER.size))
            start, check = entry.offset + 30 + sum(sizes), 0
            for piece in self._inflate(entry, start):
                check = zlib.crc32(piece, check)
                yield piece
            if check != entry.check:
                raise refuse(self.name, "damaged", found=" Office 文档")
        except SourceError:
            raise
        except _BROKEN as error:
            raise refuse(self.name, "damaged", found=" Office 文档") from error

    def _piece(self, start: int, size: int) -> bytes:
        self._file.seek(start)
        return self._file.read(size)

    def _inflate(self, entry: Entry, start: int) -> Iterator[bytes]:
        end = start + entry.compressed
        if not entry.deflated:
            for at in range(start, end, _CHUNK):
                yield self._piece(at, min(_CHUNK, end - at))
            return
        unpack, expanded = zlib.decompressobj(-15), 0
        for at in range(start, end, _CHUNK):
            rest = self._piece(at, min(_CHUNK, end - at))
            while rest and not unpack.eof:
                piece = unpack.decompress(rest, _CHUNK)
                rest = unpack.unconsumed_tail
                expanded += len(piece)
                if expanded > _MATTERS and expanded > MOST_RATIO * max(entry.compressed, 1):
                    raise refuse(
                        self.name, "bomb", found=f"{entry.compressed:,} 字节展开后超过 {expanded:,} 字节"
                    )
                yield piece
        if not unpack.eof:
            raise refuse(self.name, "damaged", found=" Office 文档")

    def read(self, part: str) -> bytes:
        """The whole of a part that is read as a tree."""
        pieces, size = [], 0
        for piece in self.chunks(part):
            size += len(piece)
            if size > MOST_PART:
                raise refuse(self.name, "large", found=f"正文部分超过 {MOST_PART // 1_000_000} MB")
            pieces.append(piece)
        return b"".join(pieces)

    def tree(self, part: str) -> "Element":
        """The XML of a part."""
        return parse_xml(self.name, self.read(part))


def parse_xml(name: str, data: bytes) -> "Element":
    """The root of some XML in UTF-8 or UTF-16: no document type, no entities, no network, bounded size.

    Raises SourceError where it is broken, or carries a document type (which no Office document does).
    """
    from lxml import etree

    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        data = data.decode("utf-16", "replace").encode()
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise refuse(name, "hostile", found="带有外部定义（DTD）")
    if data.count(b"<") + data.count(b"=") > MOST_MARKS:
        raise refuse(name, "large", found=f"元素超过 {MOST_MARKS // 10_000} 万个")
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise refuse(name, "damaged", found=" Office 文档") from error
