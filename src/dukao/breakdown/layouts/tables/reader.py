"""Tables whose rows are lines, however these are cut into cells."""

import re

from dukao.breakdown.cells import Cell, Sheet
from dukao.breakdown.duties.behind import part_remark
from dukao.breakdown.duties.columns import (
    WHO,
    Column,
    column_of,
    columns_of,
    label_pattern,
    lower_columns,
    widened,
    without_starts,
)
from dukao.breakdown.duties.labels import read_labels
from dukao.breakdown.duties.leaders import leaders_of_head, without_persons
from dukao.breakdown.duties.notes import without_note
from dukao.breakdown.duties.persons import asks_for_persons
from dukao.breakdown.duties.units import is_unit
from dukao.breakdown.layouts.headings import is_head_text, part_leaders, read_head
from dukao.breakdown.layouts.numbering import read_number
from dukao.breakdown.layouts.rows import Charge, Entry, Head, Prose, Row
from dukao.breakdown.layouts.set_heads import frame_of
from dukao.breakdown.layouts.tables.aims import is_measure, matter_of, measure_of, measured
from dukao.breakdown.layouts.tables.allotments import (
    Allotment,
    asks,
    find_allotment,
    gives_work,
    is_place,
    is_told,
    share_of,
    title_asks,
)
from dukao.breakdown.layouts.tables.contents import (
    SUB_LEVEL,
    part_deadlines,
    part_head,
    part_labelled,
    part_number,
)
from dukao.breakdown.layouts.tables.keyed import KeyedTable
from dukao.breakdown.layouts.tables.matrix import read_legend, role_of
from dukao.breakdown.layouts.tables.parts import part_row
from dukao.breakdown.layouts.tables.run_in_heads import part_title
from dukao.breakdown.lettering import closed_up

# "合计 17 项" counts rows and is none.
_TOTAL = re.compile(r"(?:以上)?[合总小共]\s*计\s*:?\s*(?:\d+\s*[项件个条])?$")
# "填表人：某某　审核人：某某" stands under a form and is no row of it.
_FOOT = re.compile(
    r"(?:填表|填报|制表|审核|审批|复核|经办|联系|填写)\s*(?:人|单位|部门|电话|日期|时间|方式)\s*:"
)
# A row has one of each.
_ONCE: tuple[Column, ...] = ("task", "aim", "deadline", "remark")
_BETWEEN = re.compile("[、,;\\s]+")
_NOTE = re.compile(r"(?:注|备注|说明)\s*[:1-9]")


class TableReader:
    """Reads the lines of tables one after another; the last row of heads holds until the next."""

    def __init__(self, default: list[Column | None] | None, sheet: Sheet) -> None:
        self.sheet = sheet
        self.columns: list[Column | None] | None = default
        self.heads: list[Cell] = []
        self.after_heads = False
        self.is_new = False
        self.keyed = KeyedTable()
        self.unusable: list[Cell] | None = None
        self.legend: dict[str, Column] | None = None
        self.allotment: Allotment | None = None
        self.unread: dict[int, Cell] = {}
        self.persons: list[tuple[int, int]] = []

    def begin_sheet(self) -> None:
        """Say that another sheet of a workbook begins: heads hold on only for rows that go on counting."""
        self.is_new = True

    def read(self, cells: list[Cell]) -> list[Entry]:
        """What one line of a table is: nothing for heads and empty lines, a head, prose or a row."""
        columns = None if self._says_task(cells) else columns_of(cells)
        has_tasks = self.columns is not None and "task" in self.columns
        if columns is None and not has_tasks and (keyed := self.keyed.read(cells)):
            return [keyed]
        if columns is None and self.after_heads and not self._says_task(cells):
            columns = lower_columns(cells)
        if allotted := self._allotted(cells, columns):
            return allotted
        if columns is not None:
            self._take_heads(cells, columns)
            return []
        self.after_heads = False
        full = [cell for cell in cells if cell]
        if self._is_foreign(full):
            self.columns, self.heads = None, []
        if not full or self.columns is None or "task" not in self.columns or _is_no_row(full[0]):
            return [Prose(cell) for cell in full]
        if len({closed_up(cell.text) for cell in full}) == 1 and (alone := self._alone(cells, full[0])):
            return alone
        if head := self._numbered_head(cells, full):
            return [head]
        if wide := widened(self.heads, self.columns, cells):
            self.heads, self.columns = wide
        heads, cells = part_title(cells, self._column(cells.index(full[0])))
        row = self._row(cells)
        shares = self._shares(cells, row)
        whole = part_row(row) if row and (row.stated or not shares) else []
        return [*heads, *whole, *shares]

    def _says_task(self, cells: list[Cell]) -> bool:
        """Whether a line right below heads says in the column of tasks what no head says: then its units are
        no heads of columns.
        """
        if not self.after_heads or self.columns is None or "task" not in self.columns:
            return False
        at = self._index("task")
        is_whole = len(cells) == len(self.columns) and not {"unit", "milestone"} & {*self.columns}
        return is_whole and bool(cells[at]) and column_of(cells[at].plain) is None

    def _allotted(self, cells: list[Cell], columns: list[Column | None] | None) -> list[Entry]:
        """What a line of a table is whose rows are places and whose columns are figures."""
        full = [cell for cell in cells if cell]
        is_open = not self.heads or self.columns is None or "task" not in self.columns or columns is not None
        begins = is_open or (bool(full) and column_of(full[0].plain) == "number")
        if begins and (begun := find_allotment(self.sheet, cells)):
            self.allotment = begun
            return [] if columns else [Prose(cell) for cell in full]
        if self.allotment is None or len(full) < 2:
            return []
        if rows := self.allotment.rows(cells):
            return [*rows]
        if self.allotment.has_rows and columns is None:
            return [Prose(cell) for cell in full]
        if not self.allotment.add_heads(cells):
            self.allotment = None
            return []
        return [] if columns else [Prose(cell) for cell in full]

    def _shares(self, cells: list[Cell], row: Row | None) -> list[Row]:
        """What each place is given of the figure of a row, where places have columns of their own."""
        places = [at for at in range(len(cells)) if self._column(at) == "unit" and is_place(self.heads[at])]
        given = [at for at in places if gives_work(cells[at])]
        if row is None or not row.task or not given or not self._lays_on_places(row):
            return []
        measure = measure_of(self.heads, cells)
        number, level = (None, SUB_LEVEL + 1) if row.stated else (row.number, row.level)
        return [share_of((row.task, cells[at], *measure), self.heads[at], number, level) for at in given]

    def _lays_on_places(self, row: Row) -> bool:
        """Whether the figures of a row are asked: its title says so, or its head, or a unit leads it."""
        asked = title_asks(self.sheet, self.heads[0].start)
        if asked is None:
            asked = bool(row.stated) or asks(self.heads[self._index("task")].plain)
        return asked and not is_told(row.task.plain)

    def _is_foreign(self, full: list[Cell]) -> bool:
        """True for a line with which a table begins that lists something else than tasks.

        "编号" names a column wherever it stands; on a new sheet all begins anew with what is no numbered row.
        """
        if len(full) < 2:
            return False
        is_new, self.is_new = self.is_new, False
        return column_of(full[0].plain) == "number" or (is_new and not read_number(full[0]))

    def _take_heads(self, cells: list[Cell], columns: list[Column | None]) -> None:
        """A second row of heads under the first names the columns that the first spans."""
        if self.after_heads and self.columns is not None and len(columns) >= len(self.columns):
            more = len(columns) - len(self.columns)
            self.columns = [*self.columns, *[None] * more]
            self.heads = [*self.heads, *(cell.part(0, 0) for cell in cells[len(cells) - more :])]
            columns = [below or above for above, below in zip(self.columns, columns, strict=True)]
            cells = [below or above for above, below in zip(self.heads, cells, strict=True)]
            columns = without_starts(columns, cells)
        self.columns, self.heads, self.after_heads = columns, cells, True
        self.is_new = False
        if "task" not in columns:
            self.unusable = self.unusable or [cell for cell in cells if cell]

    def _alone(self, cells: list[Cell], only: Cell) -> list[Entry]:
        """A line with one text: a head across the table, a note under it, or the rest of merged cells
        (nothing).
        """
        if _NOTE.match(only.plain):
            return [Prose(only)]
        if led := part_leaders(only):
            return [led[0], Charge(led[1])]
        head = read_head(only)
        if framed := frame_of(only):
            return [Head(2, "", framed, only.start, only.end)]
        column = self._column(cells.index(only))
        if not head and len(cells) > 1 and leaders_of_head(only):
            return [Head(1, "", only, only.start, only.end)]
        if head and (head.level or column != "task"):
            return [head]
        if column == "number" and not read_number(only):
            return [Head(2, "", only, only.start, only.end)]
        return []

    def _numbered_head(self, cells: list[Cell], full: list[Cell]) -> Head | None:
        """The head that a line is which holds only 一 or （一） and a few words: |一|产业发展| | |."""
        if len(full) != 2 or self._column(cells.index(full[0])) != "number":
            return None
        numbered, title = read_number(full[0]), full[1]
        in_place = self._column(cells.index(title)) in ("task", "project")
        if numbered is None or numbered[0] > 2 or not in_place or not is_head_text(title):
            return None
        level, number = numbered
        return Head(level, number.plain, title, full[0].start, title.end)

    def _column(self, index: int) -> Column | None:
        columns = self.columns or []
        return columns[index] if index < len(columns) else None

    def _row(self, cells: list[Cell]) -> Row | None:
        by_column: dict[Column, list[tuple[int, Cell]]] = {}
        cells, merged = self._with_merged(cells)
        self.columns, self.heads = part_head(self.columns or [], self.heads, cells)
        for index, cell in enumerate(cells):
            column = self._column(index)
            if column == "unit":
                column, cell = role_of(cell, self._legend()), self.heads[index]
            if column is None and cell and self._column(index) is None:
                column = self._spanned(index, cell) or _labelled(cell)
                if column is None:
                    self._keep_unread(index)
            if column == "leader" and cell and index < len(self.heads):
                self.keep_persons(self.heads[index], cell)
            if column is not None:
                by_column.setdefault(column, []).append((index, cell))
        first = {
            column: next((cell for _, cell in found if cell), None) for column, found in by_column.items()
        }
        for column in _ONCE:
            for index, _ in [one for one in by_column.get(column, ()) if one[1]][1:]:
                self._keep_unread(index)
        stated, labelled = part_labelled(
            [
                (column, cell)
                for column in WHO
                for index, whole in by_column.get(column, ())
                for cell in self._units(index, whole)
                if cell
            ]
        )
        deadline = first.get("deadline") or labelled.deadline
        if deadline is None:
            stated, deadline = part_deadlines(stated)
        project, task, aim = matter_of(first, self._head("aim"))
        aims = [(self._index("aim"), self.sheet.joined(measured(self.heads, cells, aim)))] if aim else []
        detail = next(((self.heads[i], cell) for i, cell in by_column.get("detail", ()) if cell), None)
        level, number, task = part_number(first.get("number"), task, "number" in by_column)
        if task is None and detail is None and not stated and first.get("leader") is None:
            return None
        remark = first.get("remark") or labelled.remark
        if task is not None and remark is None:
            task, remark = part_remark(task)
        return Row(
            layout="table",
            number=number,
            task=task or cells[0].part(0, 0),
            level=level,
            category=first.get("category"),
            project=project,
            detail=detail,
            leaders=first.get("leader") or labelled.leaders,
            more_leaders=tuple(cell for _, cell in by_column.get("leader", ()) if cell)[1:],
            stated=tuple(stated),
            deadline=deadline,
            steps=self._steps([*aims, *by_column.get("milestone", ())]),
            remark=remark,
            continued="number" in by_column and number is None,
            livelihood=any("实事" in closed_up(head.plain) for head in self.heads),
            columns=frozenset(column for column in self.columns or () if column),
            before=self._before(),
            merged=merged,
            rules=self._rules(first),
            bold=self._bold(task, stated),
        )

    def keep_persons(self, head: Cell, cell: Cell) -> None:
        """Remember where a cell stands whose head asks for persons who answer within a unit."""
        if asks_for_persons(head.plain):
            self.persons.append((cell.start, cell.end))

    def _keep_unread(self, index: int) -> None:
        """Remember the head of a column that is filled and says nothing that a row has a place for."""
        head = self.heads[index] if index < len(self.heads) else None
        if head and not is_measure(head):
            self.unread.setdefault(head.start, head)

    def _before(self) -> frozenset[Column]:
        """The columns that stand before that of the tasks, and so may speak for several rows."""
        columns = self.columns or []
        return frozenset(column for column in columns[: columns.index("task")] if column)

    def _bold(self, task: Cell | None, stated: list[tuple[Column, Cell]]) -> frozenset[int]:
        """Where the bold cells of units begin; none of a row that is bold altogether."""
        if not self.sheet.bold or (task and task.start in self.sheet.bold):
            return frozenset()
        return frozenset(cell.start for _, cell in stated if cell.start in self.sheet.bold)

    def _units(self, index: int, cell: Cell) -> list[Cell]:
        """The cell of units as one; without the persons under a head that asks for them as well."""
        head = self.heads[index].plain if index < len(self.heads) else ""
        return without_persons(cell) if "人" in head else [without_note(cell)]

    def _legend(self) -> dict[str, Column]:
        if self.legend is None:
            self.legend = read_legend(self.sheet)
        return self.legend

    def _spanned(self, index: int, cell: Cell) -> Column | None:
        """The column of units whose head spans this one as well, where the cell names units."""
        index = min(index, len(self.heads))
        while index > 0 and (index >= len(self.heads) or not self.heads[index]):
            index -= 1
        column = self._column(index)
        parts = [part for part in _BETWEEN.split(cell.plain) if part]
        return column if column in WHO and all(map(is_unit, parts)) else None

    def _with_merged(self, cells: list[Cell]) -> tuple[list[Cell], frozenset[Column]]:
        """The cells with what merged ones above them say, and the columns in which they do.

        An empty number means that the row goes on with the one above, an empty task that its units do: these
        two stay as they are.
        """
        whole, merged = list(cells), set[Column]()
        if not self.sheet.merged or not any(cells[i] for i in range(len(cells)) if self._column(i) == "task"):
            return cells, frozenset()
        for index, cell in enumerate(cells):
            column = self._column(index)
            above = self.sheet.covering(cell) if column not in (None, "number", "task") else None
            if above and column:
                whole[index] = above
                merged.add(column)
        return whole, frozenset(merged)

    def _rules(self, first: dict[Column, Cell | None]) -> tuple[str, ...]:
        has_aim, is_matrix = first.get("aim") is not None, "unit" in (self.columns or ())
        fired = {"B01": bool(self.heads), "B02": has_aim, "B22": is_matrix}
        return tuple(code for code, took_part in fired.items() if took_part)

    def _head(self, column: Column) -> str:
        """What the head of a column says; nothing where none is known."""
        return self.heads[self._index(column)].plain if self.heads and column in (self.columns or ()) else ""

    def _index(self, column: Column) -> int:
        return (self.columns or []).index(column)

    def _steps(self, cells: list[tuple[int, Cell]]) -> tuple[tuple[Cell, Cell], ...]:
        return tuple((self.heads[i], cell) for i, cell in cells if cell and i < len(self.heads))


def _labelled(cell: Cell) -> Column | None:
    """The column of units for a cell under any head that begins with the label of one: "牵头单位：…"."""
    said = read_labels(cell) if label_pattern().match(cell.plain) else None
    return "responsible" if said and said.stated else None


def _is_no_row(first: Cell) -> bool:
    """True for the first cell of a line that counts the rows, or says who filled in the table."""
    return bool(_TOTAL.match(first.plain.strip("* ")) or _FOOT.match(first.plain))
