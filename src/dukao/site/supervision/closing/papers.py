"""The papers of closing as `Paper` values: what their pages show, and what .docx and PDF are made of."""

from datetime import date, datetime

from django.utils.timezone import localdate

from dukao.papers.official.closing_papers import (
    CheckedItem,
    CloseoutFacts,
    ProofRow,
    StandingFacts,
    closeout_paper,
    standing_paper,
)
from dukao.papers.official.values import Paper, say_date
from dukao.site.ledger.models import TaskState
from dukao.site.ledger.queries.papers import office_of
from dukao.site.people.models import Unit, User
from dukao.site.supervision.access import leading_units
from dukao.site.supervision.closing.detail import Detail
from dukao.site.supervision.models import Completion, Standing, StandingKind

# What a paper calls a thing of each list.
_LISTS = {"key": "重点工作任务", "livelihood": "民生实事项目", "register": "清单事项"}


def closeout_number(completion: Completion) -> str:
    """The number a signed close-out bears: 临政办督结〔2024〕3号; nothing before."""
    if completion.number is None:
        return ""
    return f"{completion.task.place.letters}督结〔{completion.year}〕{completion.number}号"


def paper_of_closeout(found: Detail) -> Paper:
    """A close-out as it stands; signed it bears its number and day."""
    one, said = found.completion, found.said
    promised = (
        ("任务编号", str(one.task.number)),
        ("任务内容", said.text),
        ("牵头单位", one.unit.name),
        ("目标", found.reached.target_words if found.reached.target is not None else ""),
        ("年底看得见的成果", found.reached.visible),
        ("完成时限", say_date(found.row.limit.due) if found.row.limit.due else "没有时限"),
    )
    reached = (
        ("完成日期", f"{say_date(one.done_on)}，{found.row.timeliness}"),
        (
            "达到",
            f"{found.value}（截至{say_date(one.true_on)}）" if found.value and one.true_on else found.value,
        ),
        ("完成情况", one.summary),
        ("未达目标的说明", one.shortfall),
    )
    steps = (
        ("申请", _signed(one.applied_by, one.applied_at)),
        ("现场核查", _visit(one)),
        ("核验", f"{one.findings}（{_signed(one.verified_by, one.verified_at)}）" if one.verified_at else ""),
        ("签发", _signed(one.signed_by, one.signed_at)),
        ("公示", _shown(found)),
        ("回头看", "；".join(_look(look.looked_on, look.holds, look.findings) for look in found.looks)),
        (
            "重开",
            f"{_signed(one.returned_by, one.reopened_at)}：{one.returned_why}" if one.reopened_at else "",
        ),
    )
    facts = CloseoutFacts(
        title=f"{_LISTS[one.task.kind]}办结销号单",
        office=office_of(one.task.place),
        promised=promised,
        reached=reached,
        steps=steps,
        number=closeout_number(one),
        dated=localdate(one.signed_at) if one.signed_at else None,
    )
    checked = "已核对" if one.verified_at else ""
    items = [
        CheckedItem(item["item"], "做到" if item["is_met"] else f"未做到：{item['words']}", checked)
        for item in one.checklist
    ]
    proofs = [ProofRow(proof.kind, proof.title, proof.source) for proof in (*found.proofs, *found.pictures)]
    return closeout_paper(facts, items, proofs)


def paper_of_standing(one: Standing) -> Paper:
    """An act by which a task leaves the totals, or comes back."""
    said = TaskState.objects.at(None).get(task=one.task)
    units = Unit.objects.filter(pk__in=leading_units([one.task_id]).get(one.task_id, ()))
    out = one.kind != StandingKind.RESUMED
    effect = (
        "签发之日起不计入任务总数，不判进度，不要求报送，不督办；台账和各类统计注明本单所列情形、文号和日期。"
        if out
        else "签发之日起重新计入任务总数，按推进方案和完成时限判进度。"
    )
    facts = StandingFacts(
        title=f"{_LISTS[one.task.kind]}调整审批单",
        office=office_of(one.task.place),
        task=(
            ("任务编号", str(one.task.number)),
            ("任务内容", said.text),
            ("牵头单位", "、".join(units.values_list("name", flat=True))),
        ),
        act=(
            ("情形", str(one.get_kind_display())),
            ("进入任务", "、".join(str(task.number) for task in one.into.all())),
            ("依据文号", one.act),
            ("批准日期", say_date(one.dated)),
            ("人大常委会决定", one.congress_decision),
            ("事由", one.why),
        ),
        effect=effect,
        steps=(
            ("拟稿", _signed(one.drafted_by, one.drafted_at)),
            ("签发", _signed(one.signed_by, one.since)),
            ("恢复", say_date(localdate(one.until)) if one.until and out else ""),
        ),
        dated=localdate(one.since) if one.since else None,
    )
    return standing_paper(facts)


def _signed(by: User | None, at: datetime | None) -> str:
    return f"{by.name}，{say_date(localdate(at))}" if by and at else ""


def _visit(one: Completion) -> str:
    if one.visited_on is None:
        return ""
    facts = (say_date(one.visited_on), one.visited_place, one.visitors, one.visit_findings)
    return "，".join(words for words in facts if words)


def _shown(found: Detail) -> str:
    until = found.completion.shown_until
    if until is None:
        return ""
    said = [
        f"{one.who}反映“{one.words}”，{f'核实：{one.ruling}' if one.ruling else '尚待核实'}"
        for one in found.objections
    ]
    if said:
        return f"公示至{say_date(until)}，{'；'.join(said)}"
    is_over = found.row.state not in ("shown", "disputed")
    return f"公示至{say_date(until)}，{'没有收到意见' if is_over else '正在公示'}"


def _look(day: date, holds: bool, findings: str) -> str:
    return f"{say_date(day)}{'成果仍在' if holds else '出现反弹'}：{findings}"
