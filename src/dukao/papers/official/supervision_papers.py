"""The papers of supervision: 督办单, 商请函, a meeting's agenda, 通报. Plain values in, a `Paper` out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dukao.papers.official.values import Annex, Block, Cell, Column, Paper, Row, Table, Text, say_date

_DRAFT = "（拟稿）"


@dataclass(frozen=True, slots=True)
class MatterRow:
    """A task on a paper: its number, its words, how it stands and by what rule, by when it was promised."""

    number: str
    words: str
    standing: str
    deadline: str = ""


@dataclass(frozen=True, slots=True)
class PressFacts:
    """What a 督办单 or a 商请函 says; without `number` and `dated` it is a draft and says so in its title.

    `rules` is by what the tasks' standing was judged, in plain words.
    """

    title: str
    office: str
    unit: str
    cause: str
    asked: str
    days: int
    number: str = ""
    dated: date | None = None
    due: date | None = None
    is_letter: bool = False
    rules: str = ""


def press_paper(facts: PressFacts, matters: Sequence[MatterRow]) -> Paper:
    """A numbered paper to one unit: why, the tasks in a table, what is asked and by when."""
    until = f"请于{say_date(facts.due)}前" if facts.due else f"请于签发后{facts.days}个工作日内"
    if facts.is_letter:
        closing = f"{_stopped(facts.asked)}如有意见，{until}函复。专此商请，请予支持。"
    else:
        closing = f"{_stopped(facts.asked)}{until}书面答复。"
    last = "任务中的分工" if facts.is_letter else "进度判断和依据"
    return Paper(
        title=facts.title if facts.dated else facts.title + _DRAFT,
        body=(Text(facts.cause), _matter_table(matters, last, facts.rules), Text(closing)),
        form="letter",
        mark=facts.office,
        number=facts.number,
        addressees=facts.unit,
        signature=facts.office,
        dated=facts.dated,
    )


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """A task the meeting speaks of: who leads it, why it is behind, what causes it, what help is asked."""

    number: str
    words: str
    unit: str
    standing: str
    cause: str
    help: str


@dataclass(frozen=True, slots=True)
class Decided:
    """What a meeting decided: words, who does it, by when."""

    words: str
    unit: str
    due: str


def agenda_paper(
    title: str,
    held_on: date,
    opening: str,
    parts: Sequence[tuple[str, Sequence[AgendaItem]]],
    decisions: Sequence[Decided],
    rules: str = "",
) -> Paper:
    """The agenda of a supervision meeting, the worst first; once it was held, with what it decided.

    `rules` is by what the tasks' standing was judged, in plain words: said once, under the first table.
    """
    body: list[Block] = [Text(f"时间：{say_date(held_on)}"), Text(opening)]
    number = 0
    for name, items in parts:
        number += 1
        note = rules if number == 1 else ""
        body += [Text(f"{_NUMERALS[number - 1]}、{name}（{len(items)}项）", 1), _agenda_table(items, note)]
    if decisions:
        number += 1
        body += [Text(f"{_NUMERALS[number - 1]}、会议议定事项", 1), _decision_table(decisions)]
    return Paper(title=title, body=tuple(body))


@dataclass(frozen=True, slots=True)
class CountRow:
    """How many tasks of a leader or a unit stand under each light."""

    name: str
    total: int
    green: int
    yellow: int
    red: int
    other: int


@dataclass(frozen=True, slots=True)
class BulletinFacts:
    """What a bulletin says of itself, and the paragraphs a person may have written."""

    title: str
    office: str
    addressees: str
    opening: str
    requirements: tuple[str, ...]
    number: str = ""
    dated: date | None = None
    rules: str = ""


def bulletin_paper(
    facts: BulletinFacts,
    better: Sequence[str],
    behind: Sequence[AgendaItem],
    silent: Sequence[str],
    burden: str,
    leaders: Sequence[CountRow],
    units: Sequence[CountRow],
) -> Paper:
    """通报: the whole, what improved, what is behind and why, who filed nothing, what the office asks.

    Counts by leader and by unit are its annexes.
    """
    sections: list[tuple[str, list[Block]]] = [("总体情况", [Text(facts.opening)])]
    if better:
        sections.append(("进度改善的事项", [Text(_list(better))]))
    if behind:
        sections.append(("滞后和受阻事项", [_agenda_table(behind, facts.rules)]))
    if silent:
        sections.append(("未按时报送的单位", [Text(_list(silent))]))
    asks = [*facts.requirements, burden] if burden else list(facts.requirements)
    sections.append(("下一步要求", [Text(ask) for ask in asks]))
    body: list[Block] = []
    for at, (head, blocks) in enumerate(sections):
        body += [Text(f"{_NUMERALS[at]}、{head}", 1), *blocks]
    annexes = [
        Annex(f"{facts.title.removesuffix('的通报')}（按{by}）", (_count_table(head, rows),))
        for by, head, rows in (("牵头领导", "牵头领导", leaders), ("牵头单位", "单位", units))
        if rows
    ]
    return Paper(
        title=facts.title if facts.dated else facts.title + _DRAFT,
        body=tuple(body),
        mark=f"{facts.office}文件",
        number=facts.number,
        addressees=facts.addressees,
        signature=facts.office,
        dated=facts.dated,
        annexes=tuple(annexes),
        printed_by=facts.office if facts.dated else "",
        printed_on=facts.dated,
    )


_NUMERALS = "一二三四五六七八九十"


def _matter_table(matters: Sequence[MatterRow], last: str, rules: str) -> Table:
    has_deadline = any(one.deadline for one in matters)
    columns = [Column("编号", 2.9, "center"), Column("任务", 4.6), Column(last, 5.2)]
    if has_deadline:
        columns.insert(2, Column("时限", 1.9, "center"))
    rows: list[Row] = []
    for one in matters:
        cells = [Cell(one.number), Cell(one.words), Cell(one.standing)]
        if has_deadline:
            cells.insert(2, Cell(one.deadline))
        rows.append(tuple(cells))
    return Table(tuple(columns), tuple(rows), note=_by_rules(rules))


def _by_rules(rules: str) -> str:
    return f"注：{rules}。" if rules else ""


def _agenda_table(items: Sequence[AgendaItem], rules: str = "") -> Table:
    columns = (
        Column("编号", 2.9, "center"),
        Column("任务", 3.4),
        Column("牵头单位", 2),
        Column("进度判断和依据", 3.5),
        Column("原因和需协调事项", 4.4),
    )
    rows = tuple(
        (Cell(one.number), Cell(one.words), Cell(one.unit), Cell(one.standing), Cell(_cause(one)))
        for one in items
    )
    return Table(columns, rows, note=_by_rules(rules), is_tight=True)


def _cause(one: AgendaItem) -> str:
    said = (one.cause and f"原因：{one.cause}", one.help and f"需协调：{one.help}")
    return "\n".join(part for part in said if part) or "单位没有说明"


def _decision_table(decisions: Sequence[Decided]) -> Table:
    columns = (
        Column("序号", 1.3, "center"),
        Column("议定事项", 7),
        Column("承办单位", 3),
        Column("期限", 3.4, "center"),
    )
    rows = tuple(
        (Cell(str(at)), Cell(one.words), Cell(one.unit), Cell(one.due)) for at, one in enumerate(decisions, 1)
    )
    return Table(columns, rows)


def _count_table(head: str, rows: Sequence[CountRow]) -> Table:
    columns = (
        Column(head, 4),
        *(Column(name, 1.6, "right") for name in ("牵头", "正常", "滞后", "严重滞后", "其他")),
    )
    cells = tuple(
        (
            Cell(one.name),
            *(Cell(str(number)) for number in (one.total, one.green, one.yellow, one.red, one.other)),
        )
        for one in rows
    )
    return Table(columns, cells, note="注：“其他”为受阻、暂不可判和没有时限的任务。", is_tight=True)


def _list(words: Sequence[str]) -> str:
    return f"{'；'.join(one.rstrip('。；') for one in words)}。"


def _stopped(words: str) -> str:
    return words if words.endswith(("。", "！", "；")) else f"{words}。"
