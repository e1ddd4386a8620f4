"""A draft as it stands while it is reviewed, as a workbook: its rows, and what is open of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from dukao.papers.spreadsheet import Column, Sheet, write_spreadsheet
from dukao.site.ledger.models import TaskKind
from dukao.site.ledger.workbooks.columns import FIELDS, Line

_BOTH = ("leaders", "lead", "responsible", "supporting", "deadline_text", "measures", "remark")
_SHOWN = {
    TaskKind.KEY: ("row", "section", "text", *_BOTH),
    TaskKind.LIVELIHOOD: ("row", "project", "text", *_BOTH),
}
_HEADS = {"row": "编号", "section": "章节", "deadline_text": "完成时限"}
_OPEN = Column("还要人定的", 44)
_LEFT_OUT = (Column("报告原文", 60), Column("没有列为任务的原因", 40))


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A row of a draft, and what a person still has to decide about it."""

    line: Line
    open: str


@dataclass(frozen=True, slots=True)
class DraftState:
    """A draft at one moment; `left_out` are sentences of the report that are no task, each with why."""

    title: str
    said: str
    rows: Sequence[DraftRow]
    left_out: Sequence[tuple[str, str]]


def write_draft_workbook(draft: DraftState) -> bytes:
    """The draft as .xlsx: its key tasks, its livelihood projects where it has some, what was left out."""
    kinds = [kind for kind in _SHOWN if kind == TaskKind.KEY or _of(draft, kind)]
    sheets = [_lay(draft, kind) for kind in kinds]
    if draft.left_out:
        title = "报告中没有列为任务的话"
        sheets.append(Sheet("未列为任务", title, "", _LEFT_OUT, tuple(draft.left_out)))
    return write_spreadsheet(sheets, title=draft.title, source=draft.said)


def _of(draft: DraftState, kind: TaskKind) -> list[DraftRow]:
    return [row for row in draft.rows if row.line.kind == kind]


def _lay(draft: DraftState, kind: TaskKind) -> Sheet:
    known = {field.name: field for field in FIELDS[kind]}
    fields = [known[name] for name in _SHOWN[kind]]
    columns = [Column(_HEADS.get(one.name, one.head), one.width, one.is_short) for one in fields]
    rows = tuple((*(row.line.cells[one.name] for one in fields), row.open) for row in _of(draft, kind))
    return Sheet(str(kind.label), draft.title, "草稿里没有任务。", (*columns, _OPEN), rows, is_large=True)
