"""A workbook (.xlsx, .xlsm) as its sheets and their rows of texts: the one way workbooks are read.

Rows are read out of the package as they are asked for, and very many shared strings wait in a file, so that a
workbook takes as much memory as one piece of a sheet, however large it is and however far its cells reach:
what grows with it is the text that is made of it. Pictures are not even looked at. Formulas
give what they last came to; macros and links are never looked at.
"""

import posixpath
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from dukao.reading.errors import SourceError, refuse
from dukao.reading.packages import MOST_EXPANDED, Package
from dukao.reading.workbook.number_formats import read_bold, read_formats
from dukao.reading.workbook.parts import Survey, read_strings, survey_sheet
from dukao.reading.workbook.rows import RowReader, SheetRow

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MOST_LETTERS = 64_000_000  # of the text of a workbook, and of its shared strings
_KIND = "Excel 工作簿"
_MAIN = "xl/workbook.xml"


class SheetEntry(NamedTuple):
    """A sheet of cells: its title, the part it stands in, whether it is hidden."""

    title: str
    part: str
    is_hidden: bool


class Book:
    """A workbook that is read piece by piece.

    Raises SourceError where it is damaged, locked, hostile or beyond the limits: at once, or when the rows
    that are so are asked for. `marks_bold` keeps what `emphasis` keeps of bold letters.
    """

    def __init__(self, name: str, data: bytes | BinaryIO, *, marks_bold: bool = False) -> None:
        self._marks_bold = marks_bold
        self._package = Package(name, data)
        self._main = self._find_main()
        if self._main not in self._package:
            raise refuse(name, "damaged", found=f" {_KIND}")
        self._related = self._relations()
        root = self._package.tree(self._main)
        self.sheets = tuple(self._list_sheets(root))
        properties = root.find("{*}workbookPr")
        self._since_1904 = properties is not None and properties.get("date1904") in ("1", "true", "on")
        self._expanded = 0
        self._reader: RowReader | None = None

    def survey(self, sheet: SheetEntry) -> Survey:
        """Where a sheet begins and which cells are merged down; refuses what expands past the limit."""
        found = survey_sheet(self._package, sheet.part, MOST_EXPANDED)
        self._expanded += found.size
        if self._expanded > MOST_EXPANDED:
            said = f"展开后超过 {MOST_EXPANDED // 1_000_000} MB"
            raise refuse(self._package.name, "large", found=said)
        return found

    def rows(self, sheet: SheetEntry) -> Iterator[SheetRow]:
        """The rows of a sheet that hold cells: number from 1, and the texts from column A on."""
        try:
            self._reader = self._reader or self._make_reader()
            yield from self._reader.rows(sheet.part)
        except (ValueError, LookupError, ArithmeticError) as error:
            # A string that is not there, letters that are none: what a damaged file says.
            raise refuse(self._package.name, "damaged", found=f" {_KIND}") from error

    def close(self) -> None:
        """Give up the shared strings, which nothing else does while their readers know one another."""
        if self._reader:
            self._reader.strings = []

    def _make_reader(self) -> RowReader:
        strings, styles = self._part_of("sharedStrings"), self._styles()
        return RowReader(
            self._package,
            read_strings(self._package, strings, MOST_LETTERS, marks_bold=self._marks_bold)
            if strings
            else [],
            read_formats(styles, since_1904=self._since_1904),
            read_bold(styles) if self._marks_bold else frozenset(),
        )

    def _styles(self) -> "Element | None":
        """The styles; what cannot be read is as good as missing, unless it is hostile."""
        part = self._part_of("styles")
        try:
            return self._package.tree(part) if part else None
        except SourceError as error:
            if error.code == "damaged":
                return None
            raise

    def _find_main(self) -> str:
        if "_rels/.rels" in self._package:
            for relation in self._package.tree("_rels/.rels"):
                if str(relation.get("Type", "")).endswith("/officeDocument"):
                    return str(relation.get("Target", "")).lstrip("/")
        return _MAIN

    def _relations(self) -> dict[str, tuple[str, str]]:
        """What the workbook refers to: by id the kind and the part."""
        folder, _, name = self._main.rpartition("/")
        part = f"{folder}/_rels/{name}.rels"
        found = {}
        by_lower = {entry.lower(): entry for entry in self._package.entries}
        for relation in self._package.tree(part) if part in self._package else ():
            target = posixpath.normpath(posixpath.join("/", folder, str(relation.get("Target", ""))))
            kind = str(relation.get("Type", "")).rpartition("/")[2]
            found[str(relation.get("Id"))] = (kind, by_lower.get(target.lstrip("/").lower(), ""))
        return found

    def _part_of(self, kind: str) -> str:
        return next((part for own, part in self._related.values() if own == kind), "")

    def _list_sheets(self, root: "Element") -> Iterator[SheetEntry]:
        for sheet in root.iterfind("{*}sheets/{*}sheet"):
            key = next((value for name, value in sheet.attrib.items() if str(name).endswith("}id")), "")
            kind, part = self._related.get(str(key), ("", ""))
            if kind == "worksheet":
                if not part:
                    raise refuse(self._package.name, "damaged", found=f" {_KIND}")
                hidden = sheet.get("state", "visible") != "visible"
                yield SheetEntry(str(sheet.get("name", "")), part, hidden)
