"""The papers of the site as official papers: what their pages say, as one `Paper` for .docx and PDF.

What comes in are the answers of the queries, the reader's own rows alone; nothing here asks the database.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.timezone import localdate

from dukao.papers.official.annexes import unit_columns
from dukao.papers.official.manners import DutyWords, Manner, note_on, remark_on, write_units
from dukao.papers.official.notices import NoticeFacts, breakdown_annexes, extract
from dukao.papers.official.notices import notice as make_notice
from dukao.papers.official.rows import KeyGroup, KeyRow, LivelihoodRow
from dukao.papers.official.values import Annex, Cell, Column, Paper, Table, Text, say_date
from dukao.site.archive.models import Publicity
from dukao.site.ledger.models import Breakdown, Consultation, Supplement, SupplementKind, SupplementStage
from dukao.site.ledger.queries.papers import Annexes, addressees_of, notice_title, office_of
from dukao.site.ledger.queries.supplements import ReadChange
from dukao.site.people.models import Unit

_REMARKS = {
    Publicity.PUBLIC: "此件公开发布",
    Publicity.ON_REQUEST: "此件依申请公开",
    Publicity.WITHHELD: "此件不予公开",
}

# With more columns than these the rows of a letter lie on a landscape page.
_UPRIGHT = 6


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A row of a unit's letter: its place in the table, its words, the unit's part, all parts, the remark.

    `deadline` is the time limit its words do not hold.
    """

    sign: str
    words: str
    parts: str
    duties: tuple[DutyWords, ...]
    remark: str
    deadline: str = ""


def notice_paper(breakdown: Breakdown, annexes: Annexes) -> Paper:
    """The notice as issued; who sees some rows only gets an extract that says so, never half a notice."""
    if annexes.shown == annexes.total:
        return whole_notice(breakdown, annexes)
    source = (
        f"摘自{breakdown.title}（{breakdown.document_number}）。"
        f"这里只列可以查看的{annexes.shown}项，全件共{annexes.total}项。"
    )
    title = f"{breakdown.year}年政府工作报告责任分解（摘录）"
    manner = annexes.written.manner
    return extract(title, source, key_groups(annexes), livelihood_rows(annexes), manner)


def whole_notice(breakdown: Breakdown, annexes: Annexes) -> Paper:
    """The notice with the rows given, in the words it was issued with."""
    paper = _worded_today(breakdown, annexes)
    if breakdown.wording:
        said = breakdown.wording["said"]
        body = tuple(Text(words) for words in breakdown.wording["body"])
        return replace(paper, body=body, **said)
    # Before its words were kept, a notice had this one paragraph.
    return replace(paper, body=paper.body[:1]) if breakdown.is_issued else paper


# What is kept of an issued notice word for word; its rows stand in the record of their day.
_KEPT = ("title", "mark", "number", "addressees", "signature", "remark", "copied_to", "printed_by")


def wording_of(breakdown: Breakdown, annexes: Annexes) -> dict[str, Any]:
    """What is kept of a notice when it is issued."""
    paper = _worded_today(breakdown, annexes)
    return {
        "said": {name: getattr(paper, name) for name in _KEPT},
        "body": [block.words for block in paper.body if isinstance(block, Text)],
        "manner": annexes.written.manner.as_json(),
    }


def _worded_today(breakdown: Breakdown, annexes: Annexes) -> Paper:
    said = breakdown.compilation.result.get("notice") or {}
    facts = NoticeFacts(
        year=breakdown.year,
        office=office_of(breakdown.place),
        number=breakdown.document_number,
        dated=breakdown.issued_on,
        addressees=addressees_of(breakdown),
        meeting=breakdown.meeting,
        copied_to=said.get("copied_to") or "",
        remark=_REMARKS.get(Publicity(breakdown.publicity), ""),
        title=notice_title(breakdown, annexes),
    )
    return make_notice(facts, key_groups(annexes), livelihood_rows(annexes), annexes.written.manner)


def extract_paper(breakdown: Breakdown, annexes: Annexes, whose: str) -> Paper:
    """The rows of one leader or unit as the breakdown was issued."""
    source = (
        f"摘自{breakdown.title}（{breakdown.document_number}），列入{whose}的共{annexes.shown}项。"
        f"全件共{annexes.total}项。"
    )
    title = f"{breakdown.year}年政府工作报告责任分解（{whose}）"
    manner = annexes.written.manner
    return extract(title, source, key_groups(annexes), livelihood_rows(annexes), manner)


def draft_paper(breakdown: Breakdown, annexes: Annexes) -> Paper:
    """The notice a draft may become: its number and date are not known yet."""
    facts = NoticeFacts(
        year=breakdown.year,
        office=office_of(breakdown.place),
        number="×政办〔××××〕×号",
        dated=None,
        addressees=addressees_of(breakdown),
        suffix="（初稿）",
    )
    return make_notice(facts, key_groups(annexes), livelihood_rows(annexes), annexes.written.manner)


def _how_to_answer(unit: Unit, *, by_paper: bool) -> str:
    """By which way a unit answers its letter; `by_paper`: nobody can log in for it."""
    late = "" if unit.is_partner else "逾期未答复的，按“未答复”记录。"
    if by_paper:
        return f"请将书面意见加盖公章{'函复' if unit.is_partner else '报'}我办。{late}"
    return f"请由单位联络员或负责人登录“督考”，在“征求意见”中答复。{late}"


def letter_paper(
    consultation: Consultation,
    unit: Unit,
    rows: Sequence[LetterRow],
    manner: Manner,
    *,
    by_paper: bool = False,
) -> Paper:
    """征求意见函, 商请函 to a partner, with the unit's own rows."""
    breakdown, partner = consultation.breakdown, unit.is_partner
    year, office = breakdown.year, office_of(breakdown.place)
    listed = "贵部门" if partner else "你单位"
    asks = "商请研究提出意见，并" if partner else "请认真研究，"
    opening = f"{year}年政府工作报告责任分解（征求意见稿）中列入{listed}的共{len(rows)}项（见附件）。"
    verb, offers = ("商请", "提出") if partner else ("征求", "")
    table = _letter_table(rows, manner)
    return Paper(
        title=f"关于{verb}对{year}年政府工作报告责任分解{offers}意见的函",
        body=(
            Text(f"{opening}{asks}于{say_date(consultation.due)}前答复："),
            Text("一、没有意见的，请答复“全部无意见”。"),
            Text("二、有意见的，请逐项写明建议改成的文字、数字，改由或者增列的单位，并说明理由。"),
            Text(f"三、{_how_to_answer(unit, by_paper=by_paper)}"),
        ),
        form="letter",
        mark=office,
        addressees=str(unit),
        signature=office,
        dated=localdate(consultation.opened_at),
        annexes=(Annex(f"列入{unit}的事项（征求意见稿）", (table,), len(table.columns) > _UPRIGHT),),
    )


def _letter_table(rows: Sequence[LetterRow], manner: Manner) -> Table:
    written = [write_units(row.duties, manner) for row in rows]
    units = unit_columns(written, manner)
    remarks = [remark_on(row.duties, row.remark, manner) for row in rows]
    limits = [Column("完成时限", 2.6, "center")] if any(row.deadline for row in rows) else []
    noted = [Column("备注", 2)] if any(remarks) else []
    columns = (
        Column("序号", 1.7, "center"),
        Column("内容", 6),
        Column("角色", 1.4, "center"),
        *(column for column, _ in units),
        *limits,
        *noted,
    )
    cells = tuple(
        (
            Cell(row.sign),
            Cell(row.words),
            Cell(row.parts),
            *(Cell(says(one)) for _, says in units),
            *(Cell(row.deadline) for _ in limits),
            *(Cell(remark) for _ in noted),
        )
        for row, one, remark in zip(rows, written, remarks, strict=True)
    )
    return Table(columns, cells, note_on(written))


def supplement_paper(supplement: Supplement, changes: Sequence[ReadChange], *, is_partial: bool) -> Paper:
    """补充通知, or the notice of a change on another basis; an unsigned one says so in its title."""
    breakdown = supplement.breakdown
    office = office_of(breakdown.place)
    is_notice = supplement.kind == SupplementKind.NOTICE
    kind = "补充通知" if is_notice else "通知"
    decided = ""
    if supplement.congress_decision:
        when = f"，{say_date(supplement.congress_decided_on)}" if supplement.congress_decided_on else ""
        decided = f"涉及民生实事项目的调整，已经人大常委会决定（{supplement.congress_decision}{when}）。"
    why = supplement.why if supplement.why.endswith(("。", "！", "；")) else f"{supplement.why}。"
    some = "中可以查看的" if is_partial else "中的"
    opening = (
        f"{why}{decided}现对{office}《{breakdown.title}》（{breakdown.document_number}）"
        f"{some}{len(changes)}项作如下调整，其余不变："
    )
    number = supplement.document_number
    return Paper(
        title=f"{office}关于调整{breakdown.year}年政府工作报告责任分解部分事项的{kind}{_stage(supplement)}",
        body=(Text(opening), _change_table(changes)),
        mark=f"{office}文件",
        number=number if is_notice else f"依据：{number}",
        addressees=addressees_of(breakdown).rstrip("："),
        signature=office,
        dated=supplement.dated,
        printed_by=office,
        printed_on=supplement.dated,
    )


def _stage(supplement: Supplement) -> str:
    match supplement.stage:
        case SupplementStage.SIGNED:
            return ""
        case SupplementStage.DRAFT:
            return "（送签稿）"
    return f"（{supplement.get_stage_display()}）"


def _change_table(changes: Iterable[ReadChange]) -> Table:
    columns = (
        Column("编号", 2.4, "center"),
        Column("调整", 1.8, "center"),
        Column("原为", 5),
        Column("改为", 5),
    )
    rows = [
        (
            Cell(change.number, len(change.lines)) if at == 0 else None,
            Cell(line.label),
            Cell(line.before),
            Cell(line.after),
        )
        for change in changes
        for at, line in enumerate(change.lines)
    ]
    return Table(columns, tuple(rows))


def key_groups(annexes: Annexes) -> list[KeyGroup]:
    """The first annex as papers print it."""
    return [
        KeyGroup(
            head.title,
            tuple(
                KeyRow(
                    row.number,
                    _words(row.title, row.text),
                    row.duties,
                    row.remark,
                    leaders=row.own_leaders,
                    deadline=row.deadline,
                )
                for row in head.rows
            ),
            head.note,
        )
        for head in annexes.heads
    ]


def livelihood_rows(annexes: Annexes) -> list[LivelihoodRow]:
    """The second annex as papers print it; a project that has a number keeps it in its column."""
    return [
        LivelihoodRow(
            *_number_and_name(project.title, number),
            _words(row.title, row.text),
            row.leaders,
            row.duties,
            row.remark,
            row.deadline,
        )
        for number, project in enumerate(annexes.projects, 1)
        for row in project.rows
    ]


def _number_and_name(title: str, at: int) -> tuple[str, str]:
    number, _, name = title.partition(" ")
    return (number, name) if number.isdecimal() and name else (str(at), title)


def annexes_for_meeting(year: int, annexes: Annexes) -> tuple[Annex, ...]:
    """Both annexes of a draft, their titles ending in （送审稿）."""
    manner = annexes.written.manner
    return breakdown_annexes(year, key_groups(annexes), livelihood_rows(annexes), "（送审稿）", manner)


def _words(title: str, text: str) -> str:
    return f"{title} {text}" if title else text
