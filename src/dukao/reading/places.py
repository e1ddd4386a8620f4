"""The place map of a document: for every character of its text the page, paragraph or cell it came from."""

from array import array
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

PlaceKind = Literal["page", "paragraph", "sheet"]
Place = dict[str, int | str]
# A table's row is one line of the text, its cells parted by tabs.
_TAB = "\t"


def _numbers() -> "array[int]":
    return array("I")


@dataclass(frozen=True, slots=True)
class Places:
    """Runs of a text, each from its start to the next one's, with where the run came from.

    `kind` says what `numbers` count: pages, paragraphs, or sheets (from 0, named by `names`). `tables` and
    `rows` are those of a run inside a table, 0 outside; of a sheet `tables` holds how many columns are empty
    before its first. The column is counted by the tabs before a character, so that a map takes a few bytes
    for a line, not for every letter.
    """

    kind: PlaceKind
    starts: "array[int]" = field(default_factory=_numbers)
    numbers: "array[int]" = field(default_factory=_numbers)
    tables: "array[int]" = field(default_factory=_numbers)
    rows: "array[int]" = field(default_factory=_numbers)
    names: tuple[str, ...] = ()

    def at(self, text: str, offset: int) -> Place:
        """The place of the character at `offset`: `{"page": 3}`, `{"paragraph": 17}`, also with "table",
        "row" and "column" inside a table, or `{"sheet": "…", "cell": "C12"}` (a sheet's name has no cell).

        Between two places, and at the end of the text, that is the place before.
        """
        run = max(bisect_right(self.starts, offset) - 1, 0)
        number, row = self.numbers[run], self.rows[run]
        if self.kind == "page":
            return {"page": number}
        column = text.count(_TAB, text.rfind("\n", 0, offset) + 1, offset) + 1
        if self.kind == "sheet":
            cell: Place = {"cell": f"{name_column(column + self.tables[run])}{row}"} if row else {}
            return {"sheet": self.names[number], **cell}
        inside: Place = {"table": self.tables[run], "row": row, "column": column} if row else {}
        return {"paragraph": number, **inside}

    def sheet_starts(self) -> list[int]:
        """The offsets at which the second and every further sheet of a workbook begins."""
        if self.kind != "sheet":
            return []
        changes = enumerate(pairwise(self.numbers), 1)
        return [self.starts[at] for at, (before, after) in changes if before != after]


def name_column(number: int) -> str:
    """The letters of a column: 1 → A, 27 → AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def describe_place(place: Mapping[str, int | str]) -> str:
    """A place in words: 第3页, 第17段, 第2个表第5行第3列, 表“Sheet1”C12."""
    if "page" in place:
        return f"第{place['page']}页"
    if "sheet" in place:
        return f"表“{place['sheet']}”{place.get('cell', '')}"
    if "table" in place:
        return f"第{place['table']}个表第{place['row']}行第{place['column']}列"
    return f"第{place['paragraph']}段"
