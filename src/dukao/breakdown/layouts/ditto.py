"""What is said to be as above: "同上", or the sign that stands for it ("〃")."""

from collections.abc import Sequence
from dataclasses import replace

from dukao.breakdown.cells import Cell
from dukao.breakdown.layouts.rows import Entry, Row

_DITTO = frozenset(("〃", "″", '"', "”", "同上", "同前", "''", "^"))


def settle_dittos(entries: Sequence[Entry]) -> list[Entry]:
    """The entries; what a row says is as above is what the row above says there."""
    settled: list[Entry] = []
    above: Row | None = None
    for entry in entries:
        if isinstance(entry, Row):
            entry = above = _settled(entry, above) if above else entry
        settled.append(entry)
    return settled


def _settled(row: Row, above: Row) -> Row:
    stated = [
        said
        for column, cell in row.stated
        for said in (above.stated if _is_ditto(cell) else ((column, cell),))
        if said[0] == column
    ]
    cells = [row.task, row.project, row.leaders, row.deadline, row.remark, *(cell for _, cell in row.stated)]
    if not any(cell and _is_ditto(cell) for cell in cells):
        return row
    return replace(
        row,
        rules=(*row.rules, "B34"),
        stated=tuple(stated),
        task=_same(row.task, above.task) or row.task,
        project=_same(row.project, above.project),
        leaders=_same(row.leaders, above.leaders),
        deadline=_same(row.deadline, above.deadline),
        remark=_same(row.remark, above.remark),
    )


def _same(own: Cell | None, above: Cell | None) -> Cell | None:
    return above if own and _is_ditto(own) else own


def _is_ditto(cell: Cell) -> bool:
    return cell.plain.strip(" 。.") in _DITTO
