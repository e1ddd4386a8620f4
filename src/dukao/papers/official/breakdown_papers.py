"""The papers of a breakdown, from plain rows: the notice with both annexes, extracts, the summary for a meeting."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Literal

from dukao.papers.official.values import Annex, Block, Cell, Column, Paper, Row, Table, Text

STAR_NOTE = "注：标记*的为牵头单位。"
_KEY_COLUMNS = (
    Column("序号", 1.3, "center"),
    Column("重点工作", 7),
    Column("责任单位", 5),
    Column("备注", 2),
)
_LIVELIHOOD_COLUMNS = (
    Column("序号", 1.3, "center"),
    Column("项目名称", 2, "center"),
    Column("项目内容", 6),
    Column("牵头领导", 1.8, "center"),
    Column("牵头单位", 3),
)


@dataclass(frozen=True, slots=True)
class DutyWords:
    """A unit's part in a row: its name with its office in brackets, whether it leads, whether it is a group."""

    name: str
    role: Literal["lead", "responsible", "supporting"]
    is_group: bool = False


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A row of the first annex; `units` as `write_units` gives them."""

    number: str
    words: str
    units: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class KeyGroup:
    """A head of the first annex: 二、某某副区长牵头重点工作; one without rows stands with its note."""

    title: str
    rows: tuple[KeyRow, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class LivelihoodRow:
    """A content of a livelihood project."""

    number: str
    project: str
    words: str
    leaders: str
    units: str


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """What the notice says of itself: who issues it, to whom, by which meeting, under which number and date."""

    year: int
    office: str
    number: str
    dated: date | None
    addressees: str
    approved: str = ""
    body: tuple[str, ...] = ()
    copied_to: str = ""
    remark: str = ""
    printed_on: date | None = None


def notice(facts: NoticeFacts, groups: Sequence[KeyGroup], livelihood: Sequence[LivelihoodRow]) -> Paper:
    """关于印发…责任分解的通知, its annexes the key tasks by leader and the livelihood projects."""
    annexes = [Annex(f"{facts.year}年政府工作报告重点工作责任分解", key_blocks(groups))]
    if livelihood:
        annexes.append(Annex(f"{facts.year}年度民生实事项目任务责任分解", (livelihood_table(livelihood),)))
    named = "和".join(f"《{annex.title}》" for annex in annexes)
    approved = f"已经{facts.approved}审议通过，" if facts.approved else ""
    opening = f"{named}{approved}现印发给你们，请认真贯彻执行。"
    about = "重点工作责任分解和民生实事项目责任分解" if livelihood else "重点工作责任分解"
    return Paper(
        title=f"{facts.office}关于印发{facts.year}年政府工作报告{about}的通知",
        body=tuple(Text(words) for words in (opening, *facts.body)),
        mark=f"{facts.office}文件",
        number=facts.number,
        addressees=facts.addressees,
        signature=facts.office,
        dated=facts.dated,
        remark=facts.remark,
        annexes=tuple(annexes),
        copied_to=facts.copied_to,
        printed_by=facts.office,
        printed_on=facts.printed_on or facts.dated,
    )


def extract(
    title: str, groups: Sequence[KeyGroup], livelihood: Sequence[LivelihoodRow], source: str
) -> Paper:
    """One leader's or one unit's own rows; `source` says which paper they are taken from."""
    blocks: list[Block] = [Text(source), *key_blocks(groups)]
    if livelihood:
        blocks += [Text("民生实事项目", 1), livelihood_table(livelihood)]
    return Paper(title=title, body=tuple(blocks))


def key_blocks(groups: Iterable[KeyGroup]) -> tuple[Block, ...]:
    """Heads and tables of key tasks; the note on stars stands under each table that has one."""
    blocks: list[Block] = []
    for group in groups:
        blocks.append(Text(group.title, 1))
        if group.note:
            blocks.append(Text(group.note))
        if group.rows:
            has_star = any("*" in row.units for row in group.rows)
            rows = tuple((Cell(r.number), Cell(r.words), Cell(r.units), Cell(r.remark)) for r in group.rows)
            blocks.append(Table(_KEY_COLUMNS, rows, STAR_NOTE if has_star else ""))
    return tuple(blocks)


def livelihood_table(contents: Sequence[LivelihoodRow]) -> Table:
    """The livelihood projects: number and project span their contents, leader and unit those that follow alike."""
    rows: list[Row] = []
    for _, same in groupby(contents, key=lambda one: (one.number, one.project)):
        project = list(same)
        leaders, units = _spans([r.leaders for r in project]), _spans([r.units for r in project])
        for at, row in enumerate(project):
            first = (
                (Cell(row.number, len(project)), Cell(row.project, len(project))) if at == 0 else (None, None)
            )
            rows.append(
                (
                    *first,
                    Cell(row.words),
                    Cell(row.leaders, leaders[at]) if leaders[at] else None,
                    Cell(row.units, units[at]) if units[at] else None,
                )
            )
    return Table(_LIVELIHOOD_COLUMNS, tuple(rows))


def write_units(duties: Sequence[DutyWords]) -> str:
    """The units of a row as the notice writes them: leads first with a star where there are several units.

    、 stands between units, ， before groups (各街镇): two tiers.
    """
    plain = [duty for duty in duties if not duty.is_group]
    groups = [duty.name for duty in duties if duty.is_group]
    is_marked = len(duties) > 1
    names = [f"*{duty.name}" if duty.role == "lead" and is_marked else duty.name for duty in plain]
    tiers = ["、".join(names), "、".join(groups)]
    return "，".join(tier for tier in tiers if tier)


def _spans(values: Sequence[str]) -> list[int]:
    """For each row how many rows its cell spans; 0 where the cell above spans it."""
    spans: list[int] = []
    for _, same in groupby(values):
        count = len(list(same))
        spans += [count, *[0] * (count - 1)]
    return spans
