"""Tables whose rows are lines: tab-separated, Markdown pipes, drawn boxes."""

import re
from dataclasses import replace

from dukao.breakdown.cells import Cell, Sheet
from dukao.breakdown.columns import WHO, Column, columns_of, lower_columns
from dukao.breakdown.headings import read_head
from dukao.breakdown.lettering import closed_up
from dukao.breakdown.rows import Entry, Head, Prose, Row

_DRAWN = re.compile(
    r"^[\s+\-=─━═┄┅┈┉│┃║┌┍┎┏┐┑┒┓└┕┖┗┘┙┚┛├┝┞┟┠┡┢┣┤┥┦┧┨┩┪┫┬┯┰┱┲┳┴┷┸┹┺┻┼┽┾┿╀╁╂╃╄╅╆╇╈╉╊╋╔╗╚╝╠╣╦╩╬|:]+$"
)
_UPRIGHT = re.compile("[│┃║]")
_TAB = re.compile("\t")
_BAR = re.compile(r"(?<!\\)\|")
_NUMBER = re.compile(r"[(]?(\d{1,4}(?:[.\-]\d{1,3}){0,2}|[一二三四五六七八九十]{1,3}|[①-⑳△▲])[)]?\s*[.、]?$")
_NOTE = re.compile(r"(?:注|备注|说明)\s*[:1-9]")


def is_rule_line(plain: str) -> bool:
    """True for a line that only draws: a border of a box or the "|---|" of Markdown."""
    return len(plain.strip()) > 2 and bool(_DRAWN.match(plain)) and bool(re.search("[-─━═]", plain))


def split_line(sheet: Sheet, start: int, end: int) -> list[Cell] | None:
    """The cells of one line of a table, or None when the line is none."""
    plain = sheet.plain
    if "\t" in sheet.text[start:end]:
        return _cut(sheet, start, end, _TAB)
    if _UPRIGHT.search(plain, start, end):
        cells = _cut(sheet, start, end, _UPRIGHT)
    elif len(_BAR.findall(plain, start, end)) >= 2 and plain[start:end].strip()[:1] == "|":
        cells = _cut(sheet, start, end, _BAR)
    else:
        return None
    inner = cells[1:] if not cells[0] else cells
    return inner[:-1] if len(inner) > 1 and not inner[-1] else inner


def _cut(sheet: Sheet, start: int, end: int, mark: re.Pattern[str]) -> list[Cell]:
    cells: list[Cell] = []
    at = start
    for found in mark.finditer(sheet.plain, start, end):
        cells.append(sheet.cell(at, found.start()))
        at = found.end()
    return [*cells, sheet.cell(at, end)]


class TableReader:
    """Reads the lines of tables one after another; the last row of heads holds until the next."""

    def __init__(self, default: list[Column | None] | None = None) -> None:
        self.columns: list[Column | None] | None = default
        self.heads: list[Cell] = []
        self.after_heads = False
        self.unusable: list[Cell] | None = None

    def read(self, cells: list[Cell]) -> list[Entry]:
        """What one line of a table is: nothing for heads and empty lines, a head, prose or a row."""
        columns = columns_of(cells)
        if columns is None and self.after_heads:
            columns = lower_columns(cells)
        if columns is not None:
            self._take_heads(cells, columns)
            return []
        self.after_heads = False
        full = [cell for cell in cells if cell]
        if not full or self.columns is None:
            return [Prose(cell) for cell in full]
        if len({closed_up(cell.text) for cell in full}) == 1 and (alone := self._alone(cells, full[0])):
            return [alone]
        row = self._row(cells)
        return [row] if row else []

    def _take_heads(self, cells: list[Cell], columns: list[Column | None]) -> None:
        """A second row of heads under the first names the columns that the first spans."""
        if self.after_heads and self.columns is not None and len(columns) == len(self.columns):
            columns = [below or above for above, below in zip(self.columns, columns, strict=True)]
            cells = [below or above for above, below in zip(self.heads, cells, strict=True)]
        self.columns, self.heads, self.after_heads = columns, cells, True
        if "task" not in columns:
            self.unusable = self.unusable or [cell for cell in cells if cell]

    def _alone(self, cells: list[Cell], only: Cell) -> Entry | None:
        """A line with one text: a head across the table, a note under it, or the rest of merged cells
        (None).
        """
        if _NOTE.match(only.plain):
            return Prose(only)
        head = read_head(only)
        column = self._column(cells.index(only))
        if head and (head.level or column != "task"):
            return head
        if column == "number" and not _NUMBER.match(only.plain):
            return Head(2, "", only, only.start, only.end)
        return None

    def _column(self, index: int) -> Column | None:
        columns = self.columns or []
        return columns[index] if index < len(columns) else None

    def _row(self, cells: list[Cell]) -> Row | None:
        by_column: dict[Column, list[tuple[int, Cell]]] = {}
        for index, cell in enumerate(cells):
            column = self._column(index)
            if column is not None:
                by_column.setdefault(column, []).append((index, cell))

        def first(column: Column) -> Cell | None:
            return next((cell for _, cell in by_column.get(column, ()) if cell), None)

        number = first("number")
        number = number_of(number) if number else None
        task = first("task") or first("project")
        stated = tuple((column, cell) for column in WHO for _, cell in by_column.get(column, ()) if cell)
        if task is None and not stated:
            return None
        steps = tuple(
            (self.heads[i], cell)
            for i, cell in by_column.get("milestone", ())
            if cell and i < len(self.heads)
        )
        return Row(
            layout="table",
            number=number,
            task=task or cells[0].part(0, 0),
            project=first("project") if first("task") else None,
            leaders=first("leader"),
            stated=stated,
            deadline=first("deadline"),
            steps=steps,
            remark=first("remark"),
            continued="number" in by_column and number is None,
            livelihood=any("实事" in closed_up(head.plain) for head in self.heads),
            columns=frozenset(column for column in self.columns or () if column),
            rules=("B01",) if self.heads else (),
        )


def number_of(cell: Cell) -> Cell | None:
    """The number a number cell holds, without its full stop or brackets."""
    found = _NUMBER.match(cell.plain)
    return cell.part(*found.span(1)) if found else None


def join_drawn(sheet: Sheet, lines: list[list[Cell]]) -> list[list[Cell]]:
    """The rows of one compartment of a drawn table: a line that begins with no number goes on with the row
    above.
    """
    rows: list[list[list[Cell]]] = []
    for cells in lines:
        if not rows or _NUMBER.match(cells[0].plain) or len(cells) != len(rows[-1]):
            rows.append([[cell] for cell in cells])
        else:
            for column, cell in zip(rows[-1], cells, strict=True):
                column.append(cell)
    return [[sheet.joined(column) for column in row] for row in rows]


def with_units(row: Row, below: Row) -> Row:
    """The row with the units that stand alone on the line below it."""
    return replace(row, stated=(*row.stated, *below.stated), remark=row.remark or below.remark)
