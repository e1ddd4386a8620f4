"""The papers of closing: 办结销号单, 任务调整审批单. Plain values in, a `Paper` out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dukao.papers.official.values import Block, Cell, Column, Paper, Table, Text

_DRAFT = "（办理中）"
_NUMERALS = "一二三四五六七八九十"
Fact = tuple[str, str]


@dataclass(frozen=True, slots=True)
class CheckedItem:
    """An item of the checklist: what it asks, what the unit answered, whether it was checked."""

    item: str
    answer: str
    checked: str


@dataclass(frozen=True, slots=True)
class ProofRow:
    """A piece of evidence: its kind, what it says, where it comes from."""

    kind: str
    title: str
    source: str


@dataclass(frozen=True, slots=True)
class CloseoutFacts:
    """What a 办结销号单 says, in lines of (name, words); lines without words are left out.

    Without `dated` it is not signed yet and says so in its title.
    """

    title: str
    office: str
    promised: Sequence[Fact]
    reached: Sequence[Fact]
    steps: Sequence[Fact]
    number: str = ""
    dated: date | None = None


def closeout_paper(facts: CloseoutFacts, items: Sequence[CheckedItem], proofs: Sequence[ProofRow]) -> Paper:
    """A close-out on paper: what was promised and reached, item by item, on what it rests, who said so."""
    parts: list[tuple[str, Block]] = [
        ("任务和承诺", _facts_table(facts.promised)),
        ("完成情况", _facts_table(facts.reached)),
        ("销号清单", _item_table(items)),
        ("佐证", _proof_table(proofs)),
        ("办理过程", _facts_table(facts.steps)),
    ]
    return _form(facts.title, parts, facts.office, facts.number, facts.dated)


@dataclass(frozen=True, slots=True)
class StandingFacts:
    """What a 任务调整审批单 says, in lines of (name, words); without `dated` it waits to be signed."""

    title: str
    office: str
    task: Sequence[Fact]
    act: Sequence[Fact]
    effect: str
    steps: Sequence[Fact]
    dated: date | None = None


def standing_paper(facts: StandingFacts) -> Paper:
    """An act by which a task leaves the totals or comes back to them, with what it rests on."""
    parts: list[tuple[str, Block]] = [
        ("任务", _facts_table(facts.task)),
        ("调整事项和依据", _facts_table(facts.act)),
        ("对统计的影响", Text(facts.effect)),
        ("办理过程", _facts_table(facts.steps)),
    ]
    return _form(facts.title, parts, facts.office, "", facts.dated)


def _form(
    title: str, parts: Sequence[tuple[str, Block]], office: str, number: str, dated: date | None
) -> Paper:
    body: list[Block] = [Text(f"编号：{number}")] if number else []
    for at, (head, block) in enumerate(parts):
        body += [Text(f"{_NUMERALS[at]}、{head}", 1), block]
    return Paper(
        title=title if dated else title + _DRAFT,
        body=tuple(body),
        signature=office if dated else "",
        dated=dated,
    )


def _facts_table(facts: Sequence[Fact]) -> Table:
    columns = (Column("项目", 3, "center"), Column("内容", 12))
    return Table(columns, tuple((Cell(name), Cell(words)) for name, words in facts if words))


def _item_table(items: Sequence[CheckedItem]) -> Table:
    columns = (
        Column("序号", 1.4, "center"),
        Column("事项", 6.2),
        Column("单位申报", 4.8),
        Column("核验", 2.6, "center"),
    )
    rows = tuple(
        (Cell(str(at)), Cell(one.item), Cell(one.answer), Cell(one.checked))
        for at, one in enumerate(items, 1)
    )
    return Table(columns, rows)


def _proof_table(proofs: Sequence[ProofRow]) -> Table:
    columns = (
        Column("序号", 1.4, "center"),
        Column("类别", 2.8, "center"),
        Column("说明", 7.2),
        Column("来源", 3.6),
    )
    rows = tuple(
        (Cell(str(at)), Cell(one.kind), Cell(one.title), Cell(one.source)) for at, one in enumerate(proofs, 1)
    )
    return Table(columns, rows)
