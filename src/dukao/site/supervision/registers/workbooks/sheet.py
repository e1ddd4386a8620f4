"""What stands in a row of a list's workbook; written, and read back with nothing of it trusted."""

from collections.abc import Sequence
from dataclasses import dataclass

from dukao.papers.spreadsheet import Column, Sheet, write_spreadsheet
from dukao.reading.errors import SourceError
from dukao.reading.workbook.spreadsheet import Book
from dukao.site.ledger.workbooks.columns import plain_cell
from dukao.site.refusals import Refused
from dukao.site.supervision.registers.access import Kept
from dukao.site.supervision.registers.errors import Refusal
from dukao.site.supervision.registers.items import Row
from dukao.site.supervision.registers.parties import say_parties
from dukao.site.zipsafety import refuse_unsafe_package

SHEET = "清单"
MOST_BYTES = 5 * 1024 * 1024
_MOST_ROWS = 5_000
_MOST_COLUMNS = 100
_HEAD_WITHIN = 12
_NOTHING = "还没有登记事项：请从下一行起填。"
WORDS = ("text", "lead", "others", "leader", "deadline", "remark")


@dataclass(frozen=True, slots=True)
class Head:
    """One column: its name here, its head there, and whether it may change."""

    name: str
    head: str
    width: float
    is_open: bool = True
    is_short: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One row as it came back: its number in the program that shows it, and its cells by name."""

    at: int
    cells: dict[str, str]


def heads_of(kept: Kept) -> tuple[Head, ...]:
    """The columns of a list: what an item says as a task, then its own; only these where it takes others'."""
    is_own = kept.terms.is_own
    return (
        Head("version", "版本", 12, is_open=False),
        Head("number", "编号", 14, is_open=False, is_short=True),
        Head("stage", "步骤", 10, is_open=False, is_short=True),
        Head("text", "事项", 40, is_open=is_own),
        Head("lead", "牵头单位", 16, is_open=is_own),
        Head("others", "配合单位", 18, is_open=is_own),
        Head("leader", "责任领导", 10, is_open=is_own, is_short=True),
        Head("deadline", "完成时限", 11, is_open=is_own, is_short=True),
        Head("remark", "备注", 18, is_open=is_own),
        *(
            Head(f"f_{one.code}", one.head, 14, is_short=one.kind in ("date", "choice"), choices=one.choices)
            for one in kept.terms.fields
        ),
        Head("light", "进度", 10, is_open=False, is_short=True),
    )


def lay_line(row: Row) -> dict[str, str]:
    """An item as a row."""
    cells = {
        "version": f"{row.task_id}-{row.version}",
        "number": row.number,
        "stage": row.stage,
        "text": row.state.text,
        "lead": say_parties(one.name for one in row.leads),
        "others": say_parties(one.name for one in row.others),
        "leader": row.leader,
        "deadline": row.state.deadline.isoformat() if row.state.deadline else "",
        "remark": row.state.remark,
        "light": row.lights.light.word if row.lights else "",
    }
    cells |= {f"f_{one.field.code}": one.words for one in row.cells}
    return {name: plain_cell(cell) for name, cell in cells.items()}


def write_register_workbook(kept: Kept, year: int, rows: Sequence[Row], day: str) -> bytes:
    """A list of a year as .xlsx; empty rows at its end are new items."""
    heads = heads_of(kept)
    columns = tuple(
        Column(
            one.head,
            one.width,
            one.is_short,
            is_fixed=not one.is_open,
            is_hidden=one.name == "version",
            choices=one.choices,
        )
        for one in heads
    )
    lines = tuple(tuple(line[one.name] for one in heads) for line in map(lay_line, rows))
    title = f"{year}年{kept.name}清单"
    sheet = Sheet(SHEET, title, _NOTHING, columns, lines, is_large=True)
    how = Sheet("说明", f"{title}：说明", "", (Column("事项", 16), Column("说明", 100)), _how(kept))
    return write_spreadsheet(
        [sheet, how], title=title, source=f"数据截至 {day}。灰色的栏不能改，用法见“说明”表。"
    )


def read_lines(kept: Kept, data: bytes, name: str) -> tuple[Line, ...]:
    """The rows of a list's workbook; Refused where it is none, or not safe to open."""
    if not name.lower().endswith(".xlsx") or len(data) > MOST_BYTES:
        raise Refused(Refusal.WORKBOOK_KIND, name=name, status=422)
    refuse_unsafe_package(data, name)
    heads = heads_of(kept)
    places: dict[str, int] | None = None
    lines = []
    for at, texts in _table(data, name):
        cells = [plain_cell(text) for text in texts]
        if places is None:
            places = _places(heads, cells) if at <= _HEAD_WITHIN else None
            continue
        cells = ["" if cell == _NOTHING else cell for cell in cells]
        found = {key: cells[place] if place < len(cells) else "" for key, place in places.items()}
        if any(found[one.name] for one in heads if one.is_open or one.name == "version"):
            lines.append(Line(at, found))
    if places is None:
        said = "、".join(one.head for one in heads)
        raise Refused(Refusal.WORKBOOK_FOREIGN, name=name, heads=said, status=422)
    return tuple(lines)


def _table(data: bytes, name: str) -> list[tuple[int, Sequence[str]]]:
    rows: list[tuple[int, Sequence[str]]] = []
    try:
        book = Book(name, data)
        for sheet in book.sheets:
            if sheet.title != SHEET:
                continue
            for at, texts in book.rows(sheet):
                if at > _MOST_ROWS or len(texts) > _MOST_COLUMNS:
                    raise Refused(Refusal.WORKBOOK_WIDE, name=name, status=422)
                rows.append((at, texts))
    except SourceError as error:
        raise Refused(Refusal.WORKBOOK_KIND, name=name, status=422) from error
    return rows


def _places(heads: Sequence[Head], cells: Sequence[str]) -> dict[str, int] | None:
    if any(one.head not in cells for one in heads):
        return None
    return {one.name: cells.index(one.head) for one in heads}


def _how(kept: Kept) -> tuple[tuple[str, str], ...]:
    new = (
        ("新增事项", "在最后一行下面接着填，编号和版本空着；导入后是草稿，立项以后才有编号。")
        if kept.terms.is_own
        else ("新增事项", "这份清单的事项来自责任分解，不能在这里增加。")
    )
    return (
        ("怎样改", "一行一项。直接改白色的栏；日期写成 2024-09-25，数字不带单位，几个单位用顿号隔开。"),
        new,
        ("灰色的栏", "不能改；隐藏的“版本”用来认行，改了的行不予导入。删掉的行留着不动。"),
        ("怎样导回", "存为 .xlsx，在清单页“导入 Excel”。先逐项列出改动，确认后才保存。"),
    )
