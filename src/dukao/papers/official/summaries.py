"""The one-page summary for the meeting: who carries how much, what differs, what is not settled."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from math import ceil

from dukao.papers.official import measures as m
from dukao.papers.official.tables import cell_ends
from dukao.papers.official.titles import break_title, width
from dukao.papers.official.values import Block, Cell, Column, Paper, Row, Table, Text

# So many pairs of a leader and a count stand side by side.
_LEADERS = 4
# A unit leads so many items: the bands of the table of units.
_BANDS = ((10, "10项以上"), (5, "5至9项"), (1, "1至4项"))
_COLUMNS = (Column("牵头项数", 1.6, "center"), Column("单位（牵头项数，参与项数）", 10))


@dataclass(frozen=True, slots=True)
class SummaryFacts:
    """What the summary counts.

    `by_leader`: name, rows. `by_unit`: name, rows it leads, rows it has another part in. `differences` and
    `open`: sentences without a stop, the most important first.
    """

    year: int
    office: str
    rows: int
    projects: int
    contents: int
    by_leader: tuple[tuple[str, int], ...]
    by_unit: tuple[tuple[str, int, int], ...]
    differences: tuple[str, ...] = ()
    open: tuple[str, ...] = ()


def summary(facts: SummaryFacts) -> Paper:
    """The summary as a paper of one page: what it cannot name it counts."""
    title = f"{facts.year}年政府工作报告责任分解情况摘要"
    before: list[Block] = [Text(_open(facts))]
    after: list[Block] = [
        Text(f"与报告不一致：{_list(facts.differences)}"),
        Text(f"尚待确定：{_list(facts.open)}"),
    ]
    if facts.by_leader:
        before.append(_leaders(facts.by_leader))
    room = _room(title, [*before, *after])
    return Paper(title=title, body=(*before, *_units(facts.by_unit, room), *after))


def _open(facts: SummaryFacts) -> str:
    livelihood = f"；民生实事{facts.projects}个项目、{facts.contents}项内容" if facts.contents else ""
    led = f"由{len(facts.by_leader)}位领导牵头，" if facts.by_leader else ""
    return (
        f"{facts.office}根据{facts.year}年政府工作报告起草了责任分解，列重点工作{facts.rows}行{livelihood}，"
        f"{led}涉及{len(facts.by_unit)}个单位。"
    )


def _list(sentences: Sequence[str]) -> str:
    return ("；".join(sentences) or "没有") + "。"


def _leaders(pairs: Sequence[tuple[str, int]]) -> Table:
    """Leaders with their rows, set side by side, downwards first: read like a list in columns."""
    tall = ceil(len(pairs) / _LEADERS)
    said = [(name, str(count)) for name, count in pairs]
    stacks = [said[at : at + tall] for at in range(0, len(said), tall)]
    rows = [
        tuple(Cell(words) for pair in beside for words in pair)
        for beside in zip_longest(*stacks, fillvalue=("", ""))
    ]
    columns = (Column("牵头领导", 3), Column("行数", 1.6, "center")) * len(stacks)
    return Table(columns, tuple(rows), is_tight=True)


def _units(units: Sequence[tuple[str, int, int]], room: float) -> tuple[Block, ...]:
    """Units by how much they lead, as many as the page holds; last those that only take part."""
    rows: list[Row] = []
    most = 10**9
    for least, band in _BANDS:
        said = [f"{name}（{leads}，{parts}）" for name, leads, parts in units if least <= leads < most]
        most = least
        if said:
            rows.append((Cell(band), Cell("、".join(said))))
    helping = [f"{name}（{parts}）" for name, leads, parts in units if not leads]
    for words in ("、".join(helping), f"{len(helping)}个单位"):
        table = Table(
            _COLUMNS, (*rows, (Cell("只参与"), Cell(words))) if helping else tuple(rows), is_tight=True
        )
        if _height(table) <= room:
            return (table,)
    return (_shorten(tuple(rows), room),) if rows else ()


def _shorten(rows: tuple[Row, ...], room: float) -> Table:
    """The table with the smallest bands counted instead of named, until it fits."""
    for at in range(len(rows) - 1, -1, -1):
        cell = rows[at][1]
        count = cell.words.count("、") + 1 if cell else 0
        rows = (*rows[:at], (rows[at][0], Cell(f"{count}个单位")), *rows[at + 1 :])
        table = Table(_COLUMNS, rows, is_tight=True)
        if _height(table) <= room:
            break
    return table


def _room(title: str, blocks: Sequence[Block]) -> float:
    """How many points of the page are free for another table."""
    free = (m.LINES - 1) * m.LINE - m.TITLE_LINE * len(break_title(title, m.title_characters()))
    for block in blocks:
        if isinstance(block, Table):
            free -= _height(block)
        else:
            free -= m.LINE * ceil((2 + width(block.words)) * 1.03 / m.CHARACTERS)
    return free


def _height(table: Table) -> float:
    """The height of a table, its lines a little shorter than they could be."""
    shares = sum(column.share for column in table.columns)
    row = 2 * cell_ends(table) + m.BORDER
    high = m.TIGHT_CELL_LINE + row
    for cells in table.rows:
        most = 1
        for column, cell in zip(table.columns, cells, strict=True):
            room = m.TEXT[0] * m.POINTS * column.share / shares - 2 * m.CELL_SIDES
            most = max(most, ceil(1.04 * width(cell.words) * m.TIGHT_CELL / room) if cell else 1)
        high += most * m.TIGHT_CELL_LINE + row
    return high + row
