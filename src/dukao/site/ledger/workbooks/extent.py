"""How far the sheets of a package reach, asked before a reader lays them out.

A reader of spreadsheets holds the rectangle between the first and the last cell in memory. Two cells in the
far corners make a file of a few hundred bytes that asks for hundreds of gigabytes; so the places of cells are
looked up in the XML itself. Whatever is not plainly a place counts as too far.
"""

import re
import zipfile
from io import BytesIO

_NAME = rb"<(?:[\w.-]+:)?(?P<tag>c|row)(?=[\s/>])"
_ATTRIBUTES = rb"(?P<rest>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>"
_PLACED = re.compile(_NAME + _ATTRIBUTES)
_PLACE = re.compile(rb"(?:^|\s)r\s*=\s*[\"']([^\"']*)[\"']")
_CELL = re.compile(rb"([A-Z]{1,3})([0-9]{1,7})$")
_ROW = re.compile(rb"[0-9]{1,7}$")
_ENCODING = re.compile(rb"encoding\s*=\s*[\"']([^\"']*)[\"']")
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<", b"\x00\x00")  # UTF-16 and UTF-32
_LARGEST = 64 * 2**20  # bytes of XML, unpacked


def reaches_beyond(data: bytes, rows: int, columns: int) -> bool:
    """Whether anything in an .xlsx already known to be sound stands beyond so many rows or columns."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        if sum(entry.file_size for entry in package.infolist()) > _LARGEST:
            return True
        # A sheet may bear any name.
        return any(_goes_beyond(package.read(entry), rows, columns) for entry in package.infolist())


def _goes_beyond(xml: bytes, rows: int, columns: int) -> bool:
    if not _is_plain(xml):
        return True
    row = cells = 0
    for found in _PLACED.finditer(xml):
        is_row = found["tag"] == b"row"
        row, cells = (row + 1, 0) if is_row else (row, cells + 1)
        is_empty = found["rest"].rstrip().endswith(b"/")  # takes no room of its own
        if row > rows or cells > columns:
            return True
        if not is_empty and _stands_beyond(found["rest"], rows, columns, is_row=is_row):
            return True
    return False


def _stands_beyond(attributes: bytes, rows: int, columns: int, *, is_row: bool) -> bool:
    """Whether a row or cell says that it stands further, or says it in a way not understood here."""
    said = _PLACE.search(attributes)
    if not said:
        return False
    if is_row:
        return not _ROW.match(said[1]) or int(said[1]) > rows
    cell = _CELL.match(said[1])
    return not cell or int(cell[2]) > rows or _column(cell[1]) > columns


def _column(letters: bytes) -> int:
    """A → 1, Z → 26, AA → 27."""
    at = 0
    for letter in letters:
        at = at * 26 + letter - 64
    return at


def _is_plain(xml: bytes) -> bool:
    """Whether these bytes can be searched as they are: UTF-8, said or unsaid, or no XML at all."""
    if xml.startswith(_WIDE):
        return False
    said = _ENCODING.search(xml[:200])
    return said is None or said[1].lower() in (b"utf-8", b"us-ascii")
