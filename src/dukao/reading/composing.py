"""Putting the text of a document together from its paragraphs and tables, with the map of their places.

The one form every format arrives in: paragraphs parted by blank lines; a row of a table on a line of its own,
its cells parted by tabs, a line break inside a cell written as U+000B; a row that holds nothing but its first
cell (a title set across the table) as a paragraph. A merged cell stands where it begins; what it covers is
empty, and `merged` says which cell is meant; `bold` where the cells begin that are set in bold as a whole.
"""

import re
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field

from dukao.reading.emphasis import BOLD, unsign
from dukao.reading.places import PlaceKind, Places

IN_CELL_BREAK = "\v"
_BREAKS = re.compile(r"[ \t\u3000\xa0]*[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+[ \t\u3000\xa0]*")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f\ufffe\uffff\ud800-\udfff]")
# A row joined by tabs in which no cell needs a second look.
_PLAIN_ROW = re.compile(r"[^\x00-\x08\x0a-\x1f\x7f\x85\u2028\u2029\ufffe\uffff\ud800-\udfff]*")
_NO_KEYS: Mapping[int, Hashable] = {}
# So many pieces are put into one: a long workbook has millions.
_HEAP = 4096
# A document of more bold cells does not set a few of them apart.
_MOST_BOLD = 100_000


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its text, the paragraph it ends with, and the rows and columns it spans."""

    text: str
    number: int = 0
    rows: int = 1
    columns: int = 1


@dataclass(slots=True)
class Composer:
    """Takes paragraphs and rows in order; `text()`, `places()`, `merged`, `bold` are what became of them."""

    kind: PlaceKind
    merged: dict[int, tuple[int, int]] = field(default_factory=dict)
    bold: set[int] = field(default_factory=set)
    length: int = 0
    _pieces: list[str] = field(default_factory=list)
    _text: str = ""
    _in_table: bool = False
    _spans: dict[Hashable, tuple[int, int]] = field(default_factory=dict)
    _runs: Places = field(init=False)

    def __post_init__(self) -> None:
        self._runs = Places(self.kind)

    def text(self) -> str:
        """The whole text, ending with a line break where there is any. It is given once, and not kept."""
        if self.length:
            self._pieces.append("\n")
        self._heap()
        text, self._text = self._text, ""
        return text

    def places(self, names: Sequence[str] = ()) -> Places:
        """The place of every character; `names` are those of the sheets."""
        runs = self._runs
        return Places(self.kind, runs.starts, runs.numbers, runs.tables, runs.rows, tuple(names))

    def paragraph(self, text: str, number: int, *, table: int = 0, row: int = 0) -> None:
        """Add a paragraph; line breaks inside it stay. An empty one adds nothing."""
        lines = clean_text(text).replace(IN_CELL_BREAK, "\n").strip("\n")
        if lines.strip():
            self._open()
            self._place(number, table, row)
            self._add(lines)

    def flow(self, pieces: Sequence[tuple[str, int]]) -> None:
        """Add a paragraph whose pieces come from several places, each with its own."""
        cleaned = [(clean_text(text), number) for text, number in pieces]
        if any(text.strip() for text, _ in cleaned):
            self._open()
            for text, number in cleaned:
                self._place(number, 0, 0)
                self._add(text)

    def row(
        self,
        texts: Sequence[str],
        *,
        table: int,
        row: int,
        numbers: Sequence[int],
        begun: Mapping[int, Hashable] = _NO_KEYS,
        covered: Mapping[int, Hashable] = _NO_KEYS,
    ) -> None:
        """Add a row of a table; one that is empty adds nothing.

        `begun` names the merged cells that begin in it by their columns, `covered` those that reach into it.
        `numbers` are the paragraphs (pages, sheets) of its cells, or one number for all.
        """
        bare = "".join(texts)
        bold: list[int] = []
        if not bare.isprintable():
            if BOLD in bare:
                bold = [at for at, text in enumerate(texts) if BOLD in text]
                texts = [unsign(text) for text in texts]
            if "\t" in bare or not _PLAIN_ROW.fullmatch(bare):
                texts = [clean_cell(text) for text in texts]
        line = "\t".join(texts)
        # A last cell that is filled has others before it, or is the only one.
        if len(texts) < 2 or not texts[-1] or texts[-1].isspace():
            filled = line.rstrip("\t ")
            if not filled:
                return
            if not covered and "\t" not in filled:
                self.paragraph(filled, numbers[0], table=table, row=row)
                return
        gap = "\n" if self._in_table else "\n\n" if self.length else ""
        self._in_table = True
        start = self.length + len(gap)
        runs = self._runs
        runs.starts.append(start)
        runs.numbers.append(numbers[0])
        runs.tables.append(table)
        runs.rows.append(row)
        if begun or covered or len(numbers) > 1:
            self._place_cells(texts, start, (numbers, table, row), begun, covered)
        if bold and len(self.bold) < _MOST_BOLD:
            self.bold.update(start + sum(len(text) + 1 for text in texts[:at]) for at in bold)
        self.length = start + len(line)
        self._pieces.append(gap + line)
        if len(self._pieces) > _HEAP:
            self._heap()

    def _place_cells(
        self,
        texts: Sequence[str],
        start: int,
        where: tuple[Sequence[int], int, int],
        begun: Mapping[int, Hashable],
        covered: Mapping[int, Hashable],
    ) -> None:
        """Note where each cell of a row comes from, and which merged cell it begins or belongs to."""
        numbers, table, row = where
        for index, text in enumerate(texts):
            if index and len(numbers) > 1:
                self._place(numbers[index], table, row, start)
            if index in begun:
                self._spans[begun[index]] = (start, start + len(text))
            elif index in covered and covered[index] in self._spans:
                self.merged[start] = self._spans[covered[index]]
            start += len(text) + 1

    def close_table(self) -> None:
        """End a table: what follows stands apart from it, and no merged cell reaches further."""
        self._in_table = False
        self._spans.clear()

    def _open(self) -> None:
        if self.length:
            self._add("\n\n")
        self._in_table = False

    def _place(self, number: int, table: int, row: int, at: int | None = None) -> None:
        runs = self._runs
        runs.starts.append(self.length if at is None else at)
        runs.numbers.append(number)
        runs.tables.append(table)
        runs.rows.append(row)

    def _add(self, text: str) -> None:
        self._pieces.append(text)
        self.length += len(text)
        if len(self._pieces) > _HEAP:
            self._heap()

    def _heap(self) -> None:
        """Put what was added behind the text so far, which grows where it stands: nobody else holds it."""
        text, self._text = self._text, ""
        text += "".join(self._pieces)
        self._text = text
        self._pieces.clear()


def add_table(composer: Composer, rows: Sequence[Sequence[Cell]], table: int) -> None:
    """Add a table whose cells span rows and columns, as HTML, Word and ruled lines give them."""
    reaching: dict[int, tuple[int, Hashable]] = {}
    for at, row in enumerate(rows, 1):
        line = _Line()
        waiting = list(reversed(row))
        while waiting or any(column >= len(line.cells) for column in reaching):
            left, key = reaching.pop(len(line.cells), (0, None))
            if left:
                line.cover(left, key)
            elif waiting:
                line.take(waiting.pop(), at)
            else:
                line.cells.append(None)
        reaching = line.below
        numbers = _numbers(line.cells)
        texts = [cell.text if cell else "" for cell in line.cells]
        composer.row(texts, table=table, row=at, numbers=numbers, begun=line.begun, covered=line.covered)
    composer.close_table()


@dataclass(slots=True)
class _Line:
    """A row being laid: its cells by column, the merged cells that begin in it and that reach into it."""

    cells: list[Cell | None] = field(default_factory=list)
    begun: dict[int, Hashable] = field(default_factory=dict)
    covered: dict[int, Hashable] = field(default_factory=dict)
    below: dict[int, tuple[int, Hashable]] = field(default_factory=dict)

    def cover(self, left: int, key: Hashable) -> None:
        """Leave the place that a cell above reaches into, `left` rows from here."""
        column = len(self.cells)
        self.covered[column] = key
        self.cells.append(None)
        if left > 1:
            self.below[column] = (left - 1, key)

    def take(self, cell: Cell, row: int) -> None:
        """Put a cell at its place and empty ones over the columns it spans."""
        column = len(self.cells)
        for step in range(max(cell.columns, 1)):
            key = None if step else (row, column)
            if cell.rows > 1:
                self.below[column + step] = (cell.rows - 1, key)
            self.cells.append(None if step else cell)
        if cell.rows > 1:
            self.begun[column] = (row, column)


def _numbers(cells: Sequence[Cell | None]) -> list[int]:
    """The paragraph of every cell; an empty one takes that of the cell before."""
    last = next((cell.number for cell in cells if cell and cell.number), 0)
    numbers = []
    for cell in cells:
        last = cell.number if cell and cell.number else last
        numbers.append(last)
    return numbers or [0]


def clean_text(text: str) -> str:
    """The text without characters that no document shows, its line ends all alike."""
    if _UNPRINTABLE.search(text):
        text = _UNPRINTABLE.sub("", text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def clean_cell(text: str) -> str:
    """What stands in a cell, on one line and without tabs."""
    return _BREAKS.sub(IN_CELL_BREAK, clean_text(text).strip()).replace("\t", " ")
