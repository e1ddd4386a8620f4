"""How far the sheets of a package reach, asked before a reader lays them out.

A reader of spreadsheets holds the rectangle between the first and the last cell in memory. Two cells in the
far corners make a file of a few hundred bytes that asks for hundreds of gigabytes; so the places of cells are
looked up in the XML itself. Whatever is not plainly a place counts as too far.
"""

import re
import zipfile
from io import BytesIO
from typing import NamedTuple

_NAME = rb"<(?:[\w.-]+:)?(?P<tag>c|row)(?=[\s/>])"
_ATTRIBUTES = rb"(?P<rest>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>"
_PLACED = re.compile(_NAME + _ATTRIBUTES)
_PLACE = re.compile(rb"(?:^|\s)r\s*=\s*[\"']([^\"']*)[\"']")
_CELL = re.compile(rb"([A-Z]{1,3})([0-9]{1,7})$")
_ENCODING = re.compile(rb"encoding\s*=\s*[\"']([^\"']*)[\"']")
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<", b"\x00\x00")  # UTF-16 and UTF-32
_FAR = 10**7
_LARGEST = 64 * 2**20  # bytes of XML, unpacked


class Extent(NamedTuple):
    """The last row and column anything stands in."""

    row: int
    column: int


def extent_of(data: bytes) -> Extent:
    """The furthest row and column of any sheet of an .xlsx already known to be sound."""
    rows, columns = [0], [0]
    with zipfile.ZipFile(BytesIO(data)) as package:
        if sum(entry.file_size for entry in package.infolist()) > _LARGEST:
            return Extent(_FAR, _FAR)
        for entry in package.infolist():
            found = _extent_in(package.read(entry))  # a sheet may bear any name
            rows.append(found.row)
            columns.append(found.column)
    return Extent(max(rows), max(columns))


def _extent_in(xml: bytes) -> Extent:
    if not _is_plain(xml):
        return Extent(_FAR, _FAR)
    row = column = in_row = 0
    for found in _PLACED.finditer(xml):
        is_row = found["tag"] == b"row"
        if found["rest"].rstrip().endswith(b"/"):  # nothing in it: takes no room
            in_row += not is_row
            continue
        at = _place_in(found["rest"], is_row=is_row)
        in_row = 0 if is_row else in_row + 1
        row, column = max(row, at.row), max(column, at.column, in_row)
    return Extent(row, column)


def _place_in(attributes: bytes, *, is_row: bool) -> Extent:
    said = _PLACE.search(attributes)
    if not said:
        return Extent(0, 0)
    if is_row:
        return Extent(int(said[1]), 0) if said[1].isdigit() and len(said[1]) <= 7 else Extent(_FAR, 0)
    cell = _CELL.match(said[1])
    return Extent(int(cell[2]), _column(cell[1])) if cell else Extent(_FAR, _FAR)


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
