"""The document as heads and rows, whatever its layout: the one place that knows all of them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from dukao.breakdown.cells import Cell, Sheet
from dukao.breakdown.duties.columns import Column, column_of, columns_of, label_pattern
from dukao.breakdown.duties.labels import Duty
from dukao.breakdown.layouts.bare_heads import find_bare_heads, find_sheet_heads
from dukao.breakdown.layouts.headings import (
    charge_of_head,
    column_of_tasks,
    is_annex_mark,
    is_head_text,
    part_duty,
    part_leaders,
    read_head,
    read_unit_head,
    units_of_head,
)
from dukao.breakdown.layouts.item_lines import brackets_stand_behind, has_units, units_stand_below
from dukao.breakdown.layouts.labelled import unnumber_labels
from dukao.breakdown.layouts.named_heads import find_named_heads
from dukao.breakdown.layouts.numbering import numbering, read_number
from dukao.breakdown.layouts.page_lines import page_lines
from dukao.breakdown.layouts.paragraphs import ParagraphReader
from dukao.breakdown.layouts.rows import Entry, Head, Prose, Row
from dukao.breakdown.layouts.run_in import part_run_in
from dukao.breakdown.layouts.set_heads import find_set_heads
from dukao.breakdown.layouts.tables.beside import unfolded
from dukao.breakdown.layouts.tables.boxes import read_box
from dukao.breakdown.layouts.tables.cards import card_of
from dukao.breakdown.layouts.tables.contents import with_units
from dukao.breakdown.layouts.tables.flattened import heads_at, read_flattened
from dukao.breakdown.layouts.tables.lines import is_rule_line, join_drawn, split_line, without_bars
from dukao.breakdown.layouts.tables.loose import LooseTable
from dukao.breakdown.layouts.tables.markup import find_markup
from dukao.breakdown.layouts.tables.reader import TableReader
from dukao.breakdown.layouts.tables.spaced import begins_spaced, read_spaced
from dukao.breakdown.layouts.tables.worded import begins_worded, read_worded
from dukao.breakdown.layouts.wrapping import unwrapped, width_of

_LONGEST_BREAK = 4  # lines
_BEGINS_TITLE = re.compile(r"^(?=.{4,30}$).*(?:政府|报告|年|时期)")
_ENDS_SOMETHING = re.compile(r"(?:[。;:,、)\]表日号]|政府|办公室|办公厅|委员会|局|通知|分解|方案|清单|文件)$")


class LayoutReader:
    """Reads a document line by line into entries; `table` keeps the heads of the last table.

    `begins` are the offsets at which the sheets of a workbook begin, in order.
    """

    def __init__(
        self, sheet: Sheet, default: list[Column | None] | None = None, begins: Sequence[int] = ()
    ) -> None:
        self.sheet = sheet
        self.table = TableReader(default, sheet)
        self.paragraphs = ParagraphReader(sheet)
        self.entries: list[Entry] = []
        self.drawn: list[list[Cell]] = []
        self.begins = [*reversed(begins)]
        lines = [*lines_of(sheet, 0, len(sheet.text))]
        self.width = width_of(lines)
        lines = unwrapped(sheet, lines, self.width)
        self.of_page = page_lines(sheet, lines)
        self.bare_heads = find_bare_heads(sheet, lines)
        self.named_heads = find_named_heads(lines) | find_set_heads(lines)
        self.paragraphs.has_units_below = units_stand_below(lines)
        self.paragraphs.has_brackets = brackets_stand_behind(lines)
        self.sheet_heads = find_sheet_heads(lines, begins)
        self.waiting: tuple[Head, Duty] | None = None  # the name of the sheet, until its table begins
        self.unit_levels = _unit_levels(lines)
        self.unit_level = 0
        self.loose = LooseTable()
        self.head_units: Cell | None = None

    def read(self) -> list[Entry]:
        """Every head, row and line of prose, in order."""
        at = 0
        for table in find_markup(self.sheet):
            self._read_lines(at, table.start)
            for cells in table.rows:
                self._take_cells(list(cells), drawn=False)
            at = table.end
        self._read_lines(at, len(self.sheet.text))
        return self.entries

    def _read_lines(self, start: int, end: int) -> None:
        lines = unwrapped(self.sheet, [*lines_of(self.sheet, start, end)], self.width)
        lines = unfolded(unnumber_labels(part_run_in(lines)))
        run: list[Cell] = []
        for line in without_bars(self.sheet, lines):
            if line.start not in self.of_page:
                run.append(line)
                continue
            self._read_run(run)
            self.entries.append(Prose(line))
            run = []
        self._read_run(run)

    def _read_run(self, lines: list[Cell]) -> None:
        at = 0
        while at < len(lines):
            at += self._read_at(lines, at)
        self._close()

    def _read_at(self, lines: list[Cell], at: int) -> int:
        """Read the line at `at`; how many lines were taken."""
        line = lines[at]
        box, taken = read_box(self.sheet, lines, at)
        if box:
            self._close()
            for row in box:
                self._take_row(row)
            return taken
        cells = split_line(self.sheet, line.start, line.end)
        if cells is None and not is_rule_line(line.plain):
            cells = self.loose.split(line)
        if is_rule_line(line.plain):
            self._close_drawn()
            return 1
        if cells is not None and not self._has_tasks() and (card := card_of(self.sheet, lines, at, cells)):
            for cell in card:
                self.paragraphs.read(cell)
            return 1
        if cells is not None and self._is_said_in_a_line(cells):
            cells = None
        if cells is not None:
            cells, taken = self._whole_row(lines, at, cells)
            self._take_cells(cells, drawn=line.plain[:1] in "│┃║")
            return taken
        self._close_drawn()
        if heads_at(lines, at):
            self._close()
            entries, taken = read_flattened(self.sheet, lines[at:])
            self._keep_persons(heads_at(lines, at), entries)
            self.entries += entries
            return taken
        if begins_spaced(line):
            rows, taken = read_spaced(self.sheet, lines[at:])
            for row in rows:
                self._take_cells(row, drawn=False)
            return taken
        if begins_worded(lines, at):
            self._close()
            entries, taken = read_worded(self.sheet, lines[at:])
            self.entries += entries
            return taken
        if named := self.sheet_heads.get(line.start):
            self._close()
            self.waiting = named
            return 1
        if bare := self.bare_heads.get(line.start):
            return self._take_charged(*bare)
        head = self.named_heads.get(line.start) or self._head(lines, at)
        if head is not None and (charged := part_duty(head)):
            taken = self._take_charged(*charged)
            self._charge(charged[0])
            return taken
        if head is not None:
            self._close()
            self.waiting = None if head.level else self.waiting
            self.entries.append(self._whole_title(head) if head.level == 0 else head)
            self.paragraphs.is_headed |= bool(head.number)
            self._charge(head)
            return 1
        if led := part_leaders(line):
            taken = self._take_charged(*led)
            self._charge(led[0])
            return taken
        if title := self._annexed(lines, at):
            self._close()
            self.entries += [Prose(line), title]
            return 2
        line, taken = self._whole_bracket(lines, at)
        self.paragraphs.read(line)
        return taken

    def _annexed(self, lines: list[Cell], at: int) -> Head | None:
        """The title of a table that stands between the mark of its annex and its heads, whatever it says."""
        if not is_annex_mark(lines[at]) or at + 2 >= len(lines):
            return None
        title, below = lines[at + 1], lines[at + 2]
        cells = split_line(self.sheet, below.start, below.end)
        if cells is None or columns_of(cells) is None or numbering(title) or not is_head_text(title):
            return None
        has_title = split_line(self.sheet, title.start, title.end) is None
        return Head(0, "", title, title.start, title.end) if has_title else None

    def _keep_persons(self, heads: list[Cell], entries: list[Entry]) -> None:
        """Say whose cells in a flattened table hold persons who answer within a unit."""
        asking = [head for head in heads if column_of(head.plain) == "leader"]
        for entry in entries if len(asking) == 1 else ():
            if isinstance(entry, Row) and entry.leaders:
                self.table.keep_persons(asking[0], entry.leaders)

    def _has_tasks(self) -> bool:
        """Whether the heads of a table say in which column its tasks stand."""
        return bool(self.table.heads) and "task" in (self.table.columns or ())

    def _is_said_in_a_line(self, cells: list[Cell]) -> bool:
        """Whether tabs only part what a paragraph says: labels, or an item and the brackets behind it."""
        if self._has_tasks():
            return False
        first, *others = [cell for cell in cells if cell] or [cells[0]]
        numbered = numbering(first)
        begins = label_pattern().match(first.plain) or (numbered is not None and numbered[2])
        return bool(others and begins) and all(
            label_pattern().match(cell.plain) or (numbered and cell.plain[:1] + cell.plain[-1:] == "()")
            for cell in others
        )

    def _take_charged(self, head: Head, duty: Duty) -> int:
        """A head with who does what stands below it; how many lines were taken."""
        self._close()
        self.waiting = None
        self.entries.append(head)
        self.paragraphs.charge(duty)
        return 1

    def _charge(self, head: Head) -> None:
        """Say who does what stands below a head: the unit it names; or, under such a one, the unit above in
        the part that it says ("配合任务").
        """
        if head.level and (duty := charge_of_head(head)):
            self.paragraphs.charge(duty)
        elif head.level in self.unit_levels:
            self.head_units = units_of_head(head, groups=True)
            self.unit_level = head.level
            if self.head_units:
                self.paragraphs.charge(Duty(stated=(("responsible", self.head_units),)))
        elif head.level <= self.unit_level:
            self.head_units = None
        elif self.head_units and (column := column_of_tasks(head)):
            self.paragraphs.charge(Duty(stated=((column, self.head_units),)))

    def _head(self, lines: list[Cell], at: int) -> Head | None:
        """The head a line is; none where the names of its units stand right below it, as below others."""
        if is_annex_mark(lines[at]) or (self.paragraphs.has_units_below and has_units(lines, at)):
            return None
        return read_head(lines[at]) or self._unit_head(lines, at)

    def _unit_head(self, lines: list[Cell], at: int) -> Head | None:
        """A unit's name as the head of its list, in a document that lists tasks unit by unit."""
        below = lines[at + 1] if at + 1 < len(lines) else None
        return read_unit_head(lines[at], below) if 1 in self.unit_levels else None

    def _whole_row(self, lines: list[Cell], at: int, cells: list[Cell]) -> tuple[list[Cell], int]:
        """A row of tabs whose cell is broken over lines, as one, and how many lines it takes.

        The lines after a break begin with words, not with a number or an empty cell, and together they have
        just the cells that the row lacks.
        """
        columns = self.table.columns
        wanted = len(columns) if columns and columns[0] == "number" and "\t" in lines[at].text else 0
        if not wanted or not read_number(cells[0]):
            return cells, 1
        whole, taken = cells, 1
        while 1 < len(whole) < wanted and taken < _LONGEST_BREAK and at + taken < len(lines):
            line = lines[at + taken]
            more = split_line(self.sheet, line.start, line.end) or [line]
            if not (whole[-1] and more[0]) or read_number(more[0]) or numbering(line) or read_head(line):
                break
            joint = self.sheet.cell(whole[-1].start, more[0].end)
            whole, taken = [*whole[:-1], joint, *more[1:]], taken + 1
        return (whole, taken) if len(whole) == wanted else (cells, 1)

    def _whole_bracket(self, lines: list[Cell], at: int) -> tuple[Cell, int]:
        """A line with the lines that close the bracket it leaves open, and how many these are."""
        line, taken = lines[at], 1
        while line.plain.count("(") > line.plain.count(")") and at + taken < len(lines):
            more = lines[at + taken]
            if taken == _LONGEST_BREAK or numbering(more) or read_head(more):
                return lines[at], 1
            line, taken = self.sheet.cell(line.start, more.end), taken + 1
        return (line, taken) if line.plain.count("(") == line.plain.count(")") else (lines[at], 1)

    def _whole_title(self, head: Head) -> Head:
        """A title set over two lines, as one: the line right above it is its beginning when it does not end
        anything.
        """
        last = self.entries[-1] if self.entries else None
        above = last.title if isinstance(last, Head) and last.level == 0 else None
        above = last.cell if isinstance(last, Prose) else above
        if above is None or self.sheet.text[above.end : head.title.start].strip(" \t\r\n\u3000#*"):
            return head
        if not _BEGINS_TITLE.search(above.plain) or _ENDS_SOMETHING.search(above.plain):
            return head
        self.entries.pop()
        return Head(0, "", self.sheet.joined([above, head.title]), above.start, head.end)

    def _take_cells(self, cells: list[Cell], *, drawn: bool) -> None:
        """Take a line of cells; the cells of a drawn box may run over several lines."""
        self.entries += self.paragraphs.flush()
        if len(cells) > 1 and drawn:
            self.drawn.append(cells)
        else:
            self._take_row(cells)

    def _take_row(self, cells: list[Cell]) -> None:
        if self.waiting:
            self._take_charged(*self.waiting)
            self.entries += self.paragraphs.flush()
        while self.begins and self.begins[-1] <= cells[0].start:
            self.begins.pop()
            self.table.begin_sheet()
        for entry in self.table.read(cells):
            last = self.entries[-1] if self.entries else None
            has_task = isinstance(entry, Row) and (entry.task or entry.detail)
            if isinstance(entry, Row) and not has_task and isinstance(last, Row):
                self.entries[-1] = with_units(last, entry)
            elif not isinstance(entry, Row) or has_task:
                self.entries.append(entry)

    def _close_drawn(self) -> None:
        if self.drawn:
            for cells in join_drawn(self.sheet, self.drawn):
                self._take_row(cells)
            self.drawn = []

    def _close(self) -> None:
        self._close_drawn()
        self.entries += self.paragraphs.flush()


def _unit_levels(lines: Sequence[Cell]) -> frozenset[int]:
    """The levels at which the document's heads are the names of units: a list of tasks for each unit."""
    read = [read_head(line) or read_unit_head(line, below) for line, below in zip_longest(lines, lines[1:])]
    led = [parted[0] for line in lines if (parted := part_leaders(line))]
    heads = [head for head in (*read, *led) if head and head.level]
    counted = Counter(head.level for head in heads)
    units = Counter(head.level for head in heads if units_of_head(head))
    return frozenset(level for level, count in units.items() if count > 1 and 2 * count > counted[level])


def lines_of(sheet: Sheet, start: int, last: int) -> Iterator[Cell]:
    """The lines of `start:last` that are not blank; tabs at their edges stay, they are empty cells."""
    text = sheet.text
    while start <= last:
        end = text.find("\n", start, last)
        end = last if end < 0 else end
        shown = sheet.plain[start:end]
        if shown.strip():
            left = start + len(shown) - len(shown.lstrip(" \r"))
            right = end - (len(shown) - len(shown.rstrip(" \r")))
            yield Cell(text[left:right], sheet.plain[left:right], ((left, right),))
        start = end + 1
