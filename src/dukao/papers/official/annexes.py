"""Both annexes of a breakdown as tables: key tasks by leader, livelihood projects by project."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Generic, TypeVar

from dukao.papers.official.manners import (
    STARRED,
    Manner,
    UnitCells,
    note_on,
    remark_on,
    write_units,
)
from dukao.papers.official.rows import KeyGroup, KeyRow, LivelihoodRow
from dukao.papers.official.values import Align, Annex, Block, Cell, Column, Row, Table, Text

QUARTERS = ("一季度", "二季度", "三季度", "四季度")
# With more columns than these a table lies on a landscape page.
_UPRIGHT = 6
RowT = TypeVar("RowT")
RowT_contra = TypeVar("RowT_contra", contravariant=True)
AnyRow = KeyRow | LivelihoodRow


@dataclass(frozen=True, slots=True)
class _Part(Generic[RowT_contra]):
    """A column and what stands in it.

    One that is not `always` there stands only where a row fills it; where it `merges`, what rows of one
    project say alike stands once.
    """

    head: str
    share: float
    says: Callable[[RowT_contra], str]
    align: Align = "left"
    always: bool = False
    merges: bool = False


def _quarter(at: int) -> Callable[[KeyRow], str]:
    return lambda row: row.quarters[at] if at < len(row.quarters) else ""


def _unit_parts(manner: Manner, wide: float) -> list[_Part[AnyRow]]:
    """The columns of units: one for the lead where the place has one, one for all others who answer."""

    def cells(row: AnyRow) -> UnitCells:
        return write_units(row.duties, manner)

    if manner.has_columns:
        return [
            _Part(manner.lead, 3, lambda row: cells(row).lead, always=True, merges=True),
            _Part(manner.responsible, wide, lambda row: cells(row).units),
            _Part(manner.supporting, 3, lambda row: cells(row).supporting),
        ]
    return [
        _Part(manner.responsible, wide, lambda row: cells(row).units, always=True),
        _Part(manner.supporting, 3, lambda row: cells(row).supporting),
    ]


def unit_columns(
    cells: Sequence[UnitCells], manner: Manner
) -> list[tuple[Column, Callable[[UnitCells], str]]]:
    """The columns of units of another table than an annex, each with what of the cells stands in it."""
    lead, units, supporting = (
        (Column(manner.lead, 3), lambda one: one.lead),
        (Column(manner.responsible, 4.2), lambda one: one.units),
        (Column(manner.supporting, 3), lambda one: one.supporting),
    )
    always = lead if manner.has_columns else units
    found = (lead, units, supporting)
    return [part for part in found if part is always or any(part[1](one) for one in cells)]


def _key_parts(groups: Iterable[KeyGroup], manner: Manner) -> list[_Part[KeyRow]]:
    """The columns of the key tasks: alike in every table of the annex."""
    parts: list[_Part[KeyRow]] = [
        _Part("序号", 1.7, lambda row: row.number, "center", always=True),
        _Part("项目名称", 2.5, lambda row: row.title),
        _Part("重点工作", 7, lambda row: row.words, always=True),
        *(_Part(name, 3, _quarter(at)) for at, name in enumerate(QUARTERS)),
        _Part("牵头领导", 2.7, lambda row: row.leaders, "center"),
        *_unit_parts(manner, 4 if manner.has_columns else 5),
        _Part("完成时限", 1.9, lambda row: row.deadline, "center"),
        _Part("备注", 2, lambda row: remark_on(row.duties, row.remark, manner), always=True),
    ]
    return _used(parts, [row for group in groups for row in group.rows])


def _note(rows: Iterable[AnyRow], manner: Manner) -> str:
    return note_on(write_units(row.duties, manner) for row in rows)


def key_annex(title: str, groups: Sequence[KeyGroup], manner: Manner = STARRED) -> Annex:
    """The annex of key tasks, landscape where its columns are many."""
    return Annex(title, key_blocks(groups, manner), len(_key_parts(groups, manner)) > _UPRIGHT)


def livelihood_annex(title: str, contents: Sequence[LivelihoodRow], manner: Manner = STARRED) -> Annex:
    """The annex of livelihood projects."""
    table = livelihood_table(contents, manner)
    return Annex(title, (table,), len(table.columns) > _UPRIGHT + 1)


def key_blocks(groups: Sequence[KeyGroup], manner: Manner = STARRED) -> tuple[Block, ...]:
    """Heads and tables of key tasks; what tells who leads stands under each table that needs it."""
    parts = _key_parts(groups, manner)
    blocks: list[Block] = []
    for group in groups:
        if group.title:
            blocks.append(Text(group.title, group.level))
        if group.note:
            blocks.append(Text(group.note))
        if group.rows:
            rows = tuple(tuple(Cell(part.says(row)) for part in parts) for row in group.rows)
            blocks.append(Table(_columns(parts), rows, _note(group.rows, manner)))
    return tuple(blocks)


def livelihood_table(contents: Sequence[LivelihoodRow], manner: Manner = STARRED) -> Table:
    """The livelihood projects: number and project span their contents, leader and lead those alike below.

    Where nobody is named but who leads, the column says so, whatever the place does elsewhere.
    """
    if all(duty.role != "responsible" for row in contents for duty in row.duties):
        manner = replace(manner, lead_by="column")
    parts: list[_Part[LivelihoodRow]] = [
        _Part("序号", 1.7, lambda row: row.number, "center", always=True, merges=True),
        _Part("项目名称", 2, lambda row: row.project, "center", always=True, merges=True),
        _Part("项目内容", 6, lambda row: row.words, always=True),
        _Part("牵头领导", 1.9, lambda row: row.leaders, "center", always=True, merges=True),
        *_unit_parts(manner, 3),
        _Part("完成时限", 1.9, lambda row: row.deadline, "center"),
        _Part("备注", 2, lambda row: remark_on(row.duties, row.remark, manner)),
    ]
    parts = _used(parts, contents)
    rows: list[Row] = []
    for _, same in groupby(contents, key=lambda one: (one.number, one.project)):
        rows += _merge(list(same), parts)
    return Table(_columns(parts), tuple(rows), _note(contents, manner))


def _merge(project: list[LivelihoodRow], parts: Sequence[_Part[LivelihoodRow]]) -> list[Row]:
    """The rows of one project: its number and name in one cell, leader and lead in one while alike."""
    columns: list[list[Cell | None]] = []
    for part in parts:
        words = [part.says(row) for row in project]
        spans = _spans(words) if part.merges else [1] * len(words)
        columns.append([Cell(said, span) if span else None for said, span in zip(words, spans, strict=True)])
    return list(zip(*columns, strict=True))


def _spans(values: Sequence[str]) -> list[int]:
    """For each row how many rows its cell spans; 0 where the cell above spans it. Nothing spans nothing."""
    spans: list[int] = []
    for value, same in groupby(values):
        count = len(list(same))
        spans += [count, *[0] * (count - 1)] if value else [1] * count
    return spans


def _used(parts: Sequence[_Part[RowT]], rows: Sequence[RowT]) -> list[_Part[RowT]]:
    return [part for part in parts if part.always or any(part.says(row) for row in rows)]


def _columns(parts: Sequence[_Part[RowT]]) -> tuple[Column, ...]:
    return tuple(Column(part.head, part.share, part.align) for part in parts)
