"""The rows of a sheet: the text of every cell, made of what stands in its XML.

Rows are mostly built like the one above: the same columns in the same styles. Such a row is taken at once by
the pattern of that shape, another by the pattern of a cell, and one that is written in an unusual way is
parsed as XML.
"""

import datetime
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from dukao.reading.emphasis import BOLD, PLAIN
from dukao.reading.errors import refuse
from dukao.reading.packages import Package
from dukao.reading.places import name_column
from dukao.reading.workbook.number_formats import Show, show_moment, show_plainly
from dukao.reading.workbook.parts import MOST_COLUMNS, Part, Strings, column_of, unescape

# Nothing is given back (`++`): what does not fit at once does not fit.
_CELL = re.compile(
    r'<c r="([A-Z]++)\d++"([^<>/]*+)'
    r"(?:/>|></c>|>(?:<f[^<>/]*+/>|<f[^<>/]*+>[^<]*+</f>)?<v>([^<]*+)</v></c>"
    r'|><is><t(?: xml:space="preserve")?>([^<]*+)</t></is></c>)'
)
_ATTRIBUTE = re.compile(r'\b([ts])\s*=\s*"(\w*)"')
_ROW_NUMBER = re.compile(r"""[^<>]*?\sr\s*=\s*["'](\d{1,9})["']""")
_PLACE = re.compile(r"([A-Z]{1,3})\d{1,7}$")
# The letters of columns in order, as far as sheets usually go; beyond, none, so that they are worked out.
_USUAL = 26 * 27
_COLUMNS = [name_column(number) for number in range(1, _USUAL + 1)] + [""] * (MOST_COLUMNS + 1 - _USUAL)
_MOST_SHAPES = 16
MOST_CELLS = 8_000_000  # of one workbook, empty ones before a filled one counted

# Row (from 1) and the texts of its cells from the first column on.
SheetRow = tuple[int, list[str]]
# Letters, attributes, value, words in place of a value.
_Cell = tuple[str, str, str, str]


class _Shape(NamedTuple):
    """How rows are built: their pattern (number, then values), and what makes texts of which values.

    `are_shared` says that all cells are filled, from the first column on, and all are shared strings.
    """

    pattern: "re.Pattern[str]"
    blank: list[str]
    places: list[int]
    readers: list[Show]
    are_shared: bool


_NO_SHAPE = _Shape(re.compile(r"(?!)"), [], [], [], are_shared=False)


@dataclass(slots=True)
class RowReader:
    """Reads the rows of the sheets of one workbook: its strings, and what shows numbers in each style.

    The texts of cells in the styles of `bold` stand between the signs of `emphasis`.
    """

    package: Package
    strings: Strings
    formats: list[Show]
    bold: frozenset[int] = frozenset()
    _readers: dict[str, Show] = field(default_factory=dict)
    _shapes: dict[tuple[tuple[str, str, bool], ...], _Shape] = field(default_factory=dict)
    _above: tuple[tuple[str, str, bool], ...] = ()
    _cells: int = 0

    def rows(self, name: str) -> Iterator[SheetRow]:
        """The rows of the sheet in a part that have filled cells, each as far as its last one."""
        part = Part(self.package, name, "row")
        number, shape, strings, cells = 0, _NO_SHAPE, self.strings, self._cells
        for elements in part.elements():
            for element in elements:
                found = shape.pattern.match(element)
                if found is None:
                    shape, found = self._find_shape(element, shape)
                if found is None:
                    number, texts = self._read(part, element, number)
                elif shape.are_shared:
                    said, *values = found.groups()
                    number = int(said)
                    texts = [strings[int(value)] for value in values]
                else:
                    said, *values = found.groups()
                    number, texts = int(said), shape.blank.copy()
                    for at, read, value in zip(shape.places, shape.readers, values, strict=True):
                        texts[at] = read(value)
                cells += len(texts)
                if cells > MOST_CELLS:
                    said = f"单元格超过 {MOST_CELLS // 10_000} 万个，空着的也算"
                    raise refuse(self.package.name, "large", found=said)
                if texts:
                    yield number, texts
        self._cells = cells

    def _find_shape(self, element: str, last: _Shape) -> "tuple[_Shape, re.Match[str] | None]":
        """The shape of a row among those that are known."""
        for shape in self._shapes.values():
            if found := shape.pattern.match(element):
                return shape, found
        return last, None

    def _read(self, part: Part, element: str, number: int) -> SheetRow:
        """A row of no known shape."""
        said = _ROW_NUMBER.match(element)
        number = int(said[1]) if said else number + 1
        if "<v" not in element and "<is" not in element and not part.is_odd:
            return number, []
        cells = _CELL.findall(element)
        if part.is_odd or len(cells) != element.count("<c"):
            return number, _trim(self._parse(part, element))
        texts = _trim(self._texts(cells))
        if len(self._shapes) < _MOST_SHAPES and texts and "<f" not in element and "<is" not in element:
            self._learn(cells, len(texts))
        return number, texts

    def _learn(self, cells: list[_Cell], width: int) -> None:
        """Keep the shape of a row when the last row that was no known one had the same."""
        key = tuple((letters, attributes, bool(value)) for letters, attributes, value, _ in cells)
        above, self._above = self._above, key
        if key != above:
            return
        pattern = r' r="(\d++)"[^<>]*+>'
        for letters, attributes, has_value in key:
            pattern += rf'<c r="{letters}\d++"{re.escape(attributes)}'
            pattern += r"><v>([^<]++)</v></c>" if has_value else "(?:/>|></c>)"
        filled = [(column_of(letters), attributes) for letters, attributes, has_value in key if has_value]
        places = [at for at, _ in filled]
        if places != [at for at in places if at < width]:
            return
        readers = [self._readers[attributes] for _, attributes in filled]
        are_shared = places == [*range(width)] and all(read == self._shared for read in readers)
        self._shapes[key] = _Shape(re.compile(pattern + r"</row>"), [""] * width, places, readers, are_shared)

    def _texts(self, cells: list[_Cell]) -> list[str]:
        texts: list[str] = []
        here = 0
        for letters, attributes, value, inline in cells:
            if letters != _COLUMNS[here]:
                here = _reach(texts, column_of(letters))
            here += 1
            if value:
                if attributes not in self._readers:
                    self._readers[attributes] = self._reader(dict(_ATTRIBUTE.findall(attributes)))
                texts.append(self._readers[attributes](value))
            else:
                texts.append(unescape(inline) if inline else "")
        return texts

    def _parse(self, part: Part, element: str) -> list[str]:
        """The texts of a row that has to be parsed as XML."""
        texts: list[str] = []
        attributes: dict[str, str] = {}
        is_reading = False
        for name, own, text in part.parse(element):
            if name == "c":
                attributes = own
                place = _PLACE.match(own.get("r", ""))
                _reach(texts, column_of(place[1]) if place else len(texts))
                texts.append("")
            elif name == "v" and text and texts:
                texts[-1] = self._reader(attributes)(html.escape(text, quote=False))
            elif name == "rPh":
                is_reading = True
            elif name == "t" and texts:
                texts[-1] += "" if is_reading else unescape(html.escape(text, quote=False))
                is_reading = False
        return texts

    def _reader(self, attributes: dict[str, str]) -> Show:
        """What makes the text of a cell of its value, by what the cell says of itself."""
        kind, style = attributes.get("t", "n"), attributes.get("s", "0")
        at = int(style) if style.isascii() and style.isdigit() else 0
        if kind == "n":
            show = self.formats[at] if at < len(self.formats) else show_plainly
        else:
            show = {"s": self._shared, "b": _say_whether, "d": _say_date}.get(kind, unescape)
        return _in_bold(show) if at in self.bold else show

    def _shared(self, value: str) -> str:
        return self.strings[int(value)]


def _reach(texts: list[str], column: int) -> int:
    """Fill a row with empty cells up to a column; a cell before the last ones takes their place."""
    column = min(column, MOST_COLUMNS - 1)
    if column > len(texts):
        texts += [""] * (column - len(texts))
    else:
        del texts[column:]
    return column


def _trim(texts: list[str]) -> list[str]:
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _in_bold(show: Show) -> Show:
    """What puts what another shows between the signs of bold letters."""

    def show_in_bold(value: str) -> str:
        said = show(value)
        return f"{BOLD}{said}{PLAIN}" if said else ""

    return show_in_bold


def _say_whether(value: str) -> str:
    return "是" if value.strip() in ("1", "true") else "否"


def _say_date(value: str) -> str:
    try:
        return show_moment(datetime.datetime.fromisoformat(value))
    except ValueError:
        return value
