"""Workbooks that units and the office fill in: written, read back with nothing of them trusted, and held
line by line against what stands. What a line may say is the business of the room whose workbook it is.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from dukao.papers.spreadsheet import Column, Sheet, write_spreadsheet
from dukao.reading.errors import SourceError
from dukao.reading.workbook.spreadsheet import Book
from dukao.site.ledger.workbooks.columns import plain_cell
from dukao.site.refusals import Refusal, Refused
from dukao.site.supervision.typed import Unfit
from dukao.site.zipsafety import refuse_unsafe_package

MOST_BYTES = 5 * 1024 * 1024
_MOST_COLUMNS = 100
_HEAD_WITHIN = 12  # the heads stand in one of the first rows
ChangeT = TypeVar("ChangeT")


@dataclass(frozen=True, slots=True)
class Head:
    """One column: its name here, its head there, and whether what stands below it may change."""

    name: str
    head: str
    width: float
    is_open: bool = False
    is_short: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One row as it came back: its number in the program that shows it, and its cells by name."""

    at: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell: what stands, and what the workbook says."""

    head: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Fault:
    """One row that cannot be saved, and why."""

    at: int
    name: str
    reason: str


class Sayings(NamedTuple):
    """What a room says of a workbook that is no workbook, not its own, or too large."""

    kind: Refusal
    foreign: Refusal
    wide: Refusal


@dataclass(frozen=True, slots=True)
class Form:
    """A workbook to be filled in: the name of its sheet, its title, its columns, what an empty one says, how
    it is used; `is_locked`: what may not change cannot be written in.
    """

    sheet: str
    title: str
    heads: Sequence[Head]
    nothing: str
    how: tuple[tuple[str, str], ...]
    is_locked: bool = False

    def write(self, lines: Iterable[Mapping[str, str]], source: str) -> bytes:
        """The lines as .xlsx; the column `version` is hidden, `source` stands above the table."""
        columns = tuple(
            Column(
                one.head,
                one.width,
                one.is_short,
                is_fixed=not one.is_open,
                is_hidden=one.name == "version",
                choices=one.choices,
            )
            for one in self.heads
        )
        rows = tuple(tuple(line[one.name] for one in self.heads) for line in lines)
        sheet = Sheet(
            self.sheet, self.title, self.nothing, columns, rows, is_large=True, is_locked=self.is_locked
        )
        how = Sheet("说明", f"{self.title}：说明", "", (Column("事项", 16), Column("说明", 100)), self.how)
        return write_spreadsheet([sheet, how], title=self.title, source=source)


def read_lines(
    data: bytes, name: str, sheet: str, heads: Sequence[Head], sayings: Sayings, *, most_rows: int
) -> list[Line]:
    """The rows below the heads, in whichever order these stand; Refused where it is none of ours, or not safe
    to open.
    """
    if not name.lower().endswith(".xlsx") or len(data) > MOST_BYTES:
        raise Refused(sayings.kind, name=name, status=422)
    refuse_unsafe_package(data, name)
    places: dict[str, int] | None = None
    lines = []
    for at, texts in _table(data, name, sheet, sayings, most_rows):
        cells = [plain_cell(text) for text in texts]
        if places is not None:
            said = {key: cells[place] if place < len(cells) else "" for key, place in places.items()}
            lines.append(Line(at, said))
        elif at <= _HEAD_WITHIN and all(one.head in cells for one in heads):
            places = {one.name: cells.index(one.head) for one in heads}
    if places is None:
        said_heads = "、".join(one.head for one in heads)
        raise Refused(sayings.foreign, name=name, heads=said_heads, status=422)
    return lines


def _table(
    data: bytes, name: str, title: str, sayings: Sayings, most_rows: int
) -> list[tuple[int, Sequence[str]]]:
    """The rows of the sheet with their numbers; none where there is no such sheet."""
    rows: list[tuple[int, Sequence[str]]] = []
    try:
        book = Book(name, data)
        for at, texts in (row for one in book.sheets if one.title == title for row in book.rows(one)):
            if at > most_rows or len(texts) > _MOST_COLUMNS:
                raise Refused(sayings.wide, name=name, status=422)
            rows.append((at, texts))
    except SourceError as error:
        raise Refused(sayings.kind, name=name, status=422) from error
    return rows


def hold_lines(
    lines: Iterable[Line], hold: Callable[[Line], ChangeT | None], name_of: Callable[[Line], str]
) -> tuple[tuple[ChangeT, ...], tuple[Fault, ...], int]:
    """What lines would change, which cannot be taken (`hold` raises Unfit), and how many say nothing new."""
    changes: list[ChangeT] = []
    faults: list[Fault] = []
    same = 0
    for line in lines:
        try:
            change = hold(line)
        except Unfit as unfit:
            faults.append(Fault(line.at, name_of(line), str(unfit)))
            continue
        if change is None:
            same += 1
        else:
            changes.append(change)
    return tuple(changes), tuple(faults), same
