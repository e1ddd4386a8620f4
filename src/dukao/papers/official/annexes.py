"""Both annexes of a breakdown as tables: key tasks by leader, livelihood projects by project."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Generic, TypeVar

from dukao.papers.official.rows import KeyGroup, KeyRow, LivelihoodRow
from dukao.papers.official.values import Align, Annex, Block, Cell, Column, Row, Table, Text

STAR_NOTE = "注：标记*的为牵头单位。"
QUARTERS = ("一季度", "二季度", "三季度", "四季度")
# With more columns than these a table lies on a landscape page.
_UPRIGHT = 6
RowT = TypeVar("RowT")


@dataclass(frozen=True, slots=True)
class _Part(Generic[RowT]):
    """A column and what stands in it; one that is not `always` there stands only where a row fills it."""

    head: str
    share: float
    says: Callable[[RowT], str]
    align: Align = "left"
    always: bool = False


def _quarter(at: int) -> Callable[[KeyRow], str]:
    return lambda row: row.quarters[at] if at < len(row.quarters) else ""


_KEY: tuple[_Part[KeyRow], ...] = (
    _Part("序号", 1.3, lambda row: row.number, "center", always=True),
    _Part("项目名称", 2.5, lambda row: row.title),
    _Part("重点工作", 7, lambda row: row.words, always=True),
    *(_Part(name, 3, _quarter(at)) for at, name in enumerate(QUARTERS)),
    _Part("牵头领导", 2.7, lambda row: row.leaders, "center"),
    _Part("责任单位", 5, lambda row: row.cells.units, always=True),
    _Part("配合单位", 3, lambda row: row.cells.supporting),
    _Part("完成时限", 1.9, lambda row: row.deadline, "center"),
    _Part("备注", 2, lambda row: row.remark, always=True),
)


def key_annex(title: str, groups: Sequence[KeyGroup]) -> Annex:
    """The annex of key tasks, landscape where its columns are many."""
    return Annex(title, key_blocks(groups), len(_key_parts(groups)) > _UPRIGHT)


def livelihood_annex(title: str, contents: Sequence[LivelihoodRow]) -> Annex:
    """The annex of livelihood projects."""
    table = livelihood_table(contents)
    return Annex(title, (table,), len(table.columns) > _UPRIGHT + 1)


def key_blocks(groups: Sequence[KeyGroup]) -> tuple[Block, ...]:
    """Heads and tables of key tasks; the note on stars stands under each table that has one."""
    parts = _key_parts(groups)
    blocks: list[Block] = []
    for group in groups:
        if group.title:
            blocks.append(Text(group.title, group.level))
        if group.note:
            blocks.append(Text(group.note))
        if group.rows:
            rows = tuple(tuple(Cell(part.says(row)) for part in parts) for row in group.rows)
            has_star = any("*" in row.cells.units for row in group.rows)
            blocks.append(Table(_columns(parts), rows, STAR_NOTE if has_star else ""))
    return tuple(blocks)


def livelihood_table(contents: Sequence[LivelihoodRow]) -> Table:
    """The livelihood projects: number and project span their contents, leader and unit those alike below."""
    units = "牵头单位" if all(row.cells.all_lead for row in contents) else "责任单位"
    has_star = units == "责任单位" and any("*" in row.cells.units for row in contents)
    parts: list[_Part[LivelihoodRow]] = [
        _Part("序号", 1.3, lambda row: row.number, "center", always=True),
        _Part("项目名称", 2, lambda row: row.project, "center", always=True),
        _Part("项目内容", 6, lambda row: row.words, always=True),
        _Part("牵头领导", 1.9, lambda row: row.leaders, "center", always=True),
        _Part(units, 3, lambda row: row.cells.units.replace("*", "" if not has_star else "*"), always=True),
        _Part("配合单位", 2.5, lambda row: row.cells.supporting),
        _Part("完成时限", 1.9, lambda row: row.deadline, "center"),
        _Part("备注", 2, lambda row: row.remark),
    ]
    parts = _used(parts, contents)
    rows: list[Row] = []
    for _, same in groupby(contents, key=lambda one: (one.number, one.project)):
        rows += _merge(list(same), parts)
    return Table(_columns(parts), tuple(rows), STAR_NOTE if has_star else "")


def _merge(project: list[LivelihoodRow], parts: Sequence[_Part[LivelihoodRow]]) -> list[Row]:
    """The rows of one project: its number and name in one cell, leader and unit in one while alike."""
    columns: list[list[Cell | None]] = []
    for at, part in enumerate(parts):
        words = [part.says(row) for row in project]
        merges = at < 2 or part.head in ("牵头领导", "牵头单位")
        spans = _spans(words) if merges else [1] * len(words)
        columns.append([Cell(said, span) if span else None for said, span in zip(words, spans, strict=True)])
    return list(zip(*columns, strict=True))


def _spans(values: Sequence[str]) -> list[int]:
    """For each row how many rows its cell spans; 0 where the cell above spans it. Nothing spans nothing."""
    spans: list[int] = []
    for value, same in groupby(values):
        count = len(list(same))
        spans += [count, *[0] * (count - 1)] if value else [1] * count
    return spans


def _key_parts(groups: Iterable[KeyGroup]) -> list[_Part[KeyRow]]:
    """The columns of the key tasks: alike in every table of the annex."""
    return _used(_KEY, [row for group in groups for row in group.rows])


def _used(parts: Sequence[_Part[RowT]], rows: Sequence[RowT]) -> list[_Part[RowT]]:
    return [part for part in parts if part.always or any(part.says(row) for row in rows)]


def _columns(parts: Sequence[_Part[RowT]]) -> tuple[Column, ...]:
    return tuple(Column(part.head, part.share, part.align) for part in parts)
