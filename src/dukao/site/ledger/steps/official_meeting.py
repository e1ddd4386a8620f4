"""送审稿 and its one-page summary as official papers, from what the meeting is told."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate

from dukao.papers.official.summaries import SummaryFacts, summary
from dukao.papers.official.values import Block, Cell, Column, Paper, Table, Text, say_date
from dukao.site.ledger.models import Breakdown, Consultation, Opinion
from dukao.site.ledger.queries.papers import Annexes, MeetingFacts, office_of
from dukao.site.ledger.steps.official import annexes_for_meeting


@dataclass(frozen=True, slots=True)
class Round:
    """A round of asking: how many units answered, agreed, wished otherwise, and which said nothing."""

    consultation: Consultation
    answers: int
    agreed: int
    wishing: int
    silent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MeetingPaper:
    """Everything 送审稿 is made of."""

    breakdown: Breakdown
    annexes: Annexes
    facts: MeetingFacts
    rounds: tuple[Round, ...]
    tasks: int
    today: date


@dataclass(frozen=True, slots=True)
class Parts:
    """The first table of what the meeting is told: its caption, its heads, its counts."""

    caption: str
    head: str
    unit: str
    counts: tuple[tuple[str, int], ...]


def count_parts(annexes: Annexes, facts: MeetingFacts) -> Parts:
    """Who leads how much; where no leader is named, how much each part of the table holds."""
    if annexes.has_leaders:
        return Parts("各位领导牵头的重点工作（项）", "牵头领导", "项数", tuple(facts.by_leader))
    counts = (*facts.by_part, ("合计", annexes.rows))
    if facts.by_leader:
        return Parts("各位领导牵头的重点工作（行）", "牵头", "行数", counts)
    return Parts("各部分的重点工作（行）", "部分", "行数", counts)


def meeting_paper(said: MeetingPaper) -> Paper:
    """送审稿: what the meeting is told, and the whole table."""
    year, office = said.breakdown.year, office_of(said.breakdown.place)
    return Paper(
        title=f"关于{year}年政府工作报告责任分解（送审稿）的说明",
        body=(*_situation(said, office), *_differences(said.facts), *_opinions(said)),
        signature=office,
        dated=said.today,
        is_sealed=False,
        annexes=annexes_for_meeting(year, said.annexes),
    )


def meeting_summary(said: MeetingPaper) -> Paper:
    """The same on one page."""
    facts = said.facts
    kinds = Counter(str(one.get_kind_display()) for one in facts.settled)
    opened = [f"待核对{facts.open_questions}项"] if facts.open_questions else []
    opened += [f"单位意见待处理{facts.unruled}条"] if facts.unruled else []
    return summary(
        SummaryFacts(
            year=said.breakdown.year,
            office=office_of(said.breakdown.place),
            rows=said.annexes.rows,
            projects=len(said.annexes.projects),
            contents=said.annexes.contents,
            by_leader=tuple(facts.by_leader),
            by_unit=tuple(facts.by_unit),
            differences=tuple(f"{kind}{count}处" for kind, count in kinds.most_common()),
            open=tuple(opened),
        )
    )


def _situation(said: MeetingPaper, office: str) -> list[Block]:
    year, annexes, facts = said.breakdown.year, said.annexes, said.facts
    asked = "并征求了有关单位意见，" if said.rounds else ""
    twice = ""
    if annexes.rows != said.tasks:
        twice = "（一项由两位领导牵头的列两行，各位领导名下之和因此大于总数）"
    counts = f"重点工作列{annexes.rows}行、共{said.tasks}项{twice}"
    kinds = ""
    if annexes.projects:
        counts += f"；民生实事{len(annexes.projects)}个项目、{annexes.contents}项内容"
        kinds = "重点工作和民生实事内容，"
    blocks: list[Block] = [
        Text(f"根据{year}年政府工作报告，{office}起草了责任分解，{asked}现提请审议。"),
        Text("一、总的情况", 1),
        Text(f"{counts}。"),
    ]
    left = [f"{facts.open_questions}项待核对"] if facts.open_questions else []
    left += [f"{facts.unruled}条单位意见待处理"] if facts.unruled else []
    if left:
        blocks.append(Text(f"尚有{'、'.join(left)}，印发前办完。"))
    parts = count_parts(annexes, facts)
    part_rows = tuple((Cell(name), Cell(str(count))) for name, count in parts.counts)
    units = tuple((Cell(n), Cell(str(leads)), Cell(str(parts))) for n, leads, parts in facts.by_unit)
    heads = (Column(parts.head, 8), Column(parts.unit, 2, "center"))
    unit_heads = (Column("单位", 8), Column("牵头", 2, "center"), Column("参与", 2, "center"))
    blocks.append(Table(heads, part_rows, caption=f"表1　{parts.caption}"))
    blocks.append(Table(unit_heads, units, caption=f"表2　各单位承担的事项（{kinds}项）"))
    return blocks


def _differences(facts: MeetingFacts) -> list[Block]:
    head = Text("二、与报告不一致之处及处理", 1)
    reworded = [Text(facts.reworded)] if facts.reworded else []
    if not facts.settled:
        return [head, *(reworded or [Text("没有需要说明的不一致。")])]
    rows = []
    for one in facts.settled:
        said = str((one.answer or {}).get("said") or "已核对")
        why = f"。理由：{one.why}" if one.why else ""
        rows.append((Cell(str(one.get_kind_display())), Cell(one.message), Cell(said + why)))
    columns = (Column("事由", 2, "center"), Column("情况", 6), Column("处理", 5))
    return [head, Table(columns, tuple(rows)), *reworded]


def _opinions(said: MeetingPaper) -> list[Block]:
    facts = said.facts
    blocks: list[Block] = [Text("三、征求意见情况", 1), *(Text(_round(one)) for one in said.rounds)]
    if not said.rounds:
        blocks.append(Text("没有征求单位意见。"))
    for caption, found in (("表3　采纳的意见", facts.taken), ("表4　未采纳的意见", facts.not_taken)):
        if found:
            blocks.append(_opinion_table(f"{caption}（{len(found)}条）", found))
    return blocks


def _round(one: Round) -> str:
    asked = one.consultation
    since, until = say_date(localdate(asked.opened_at)), say_date(asked.until)
    silent = f"{'未答复' if asked.closed_at else '尚未答复'}{len(one.silent)}个"
    named = f"（{'、'.join(one.silent)}）" if one.silent else ""
    counts = f"无意见{one.agreed}个，提出意见{one.wishing}个，{silent}{named}"
    return f"{since}至{until}征求{one.answers}个单位意见：{counts}。"


def _opinion_table(caption: str, opinions: Sequence[Opinion]) -> Table:
    rows = []
    for one in opinions:
        written = f"，写作“{one.undo['text_after']}”" if one.is_taken_in_part and one.undo else ""
        ruled = f"{one.ruling_said}{written}{f'：{one.ruling_why}' if one.ruling_why else ''}"
        sign = Cell(getattr(one, "sign", ""))
        who = f"{one.reply.unit}（书面）" if one.is_on_paper else str(one.reply.unit)
        rows.append((sign, Cell(who), Cell(f"{one.wish_said}。理由：{one.reason}"), Cell(ruled)))
    columns = (
        Column("序号", 1.7, "center"),
        Column("单位", 2.6),
        Column("意见和理由", 6),
        Column("处理及理由", 4),
    )
    return Table(columns, tuple(rows), caption=caption)
