"""批示督办通知, and the same for what a meeting decided. Plain values in, a `Paper` out."""

from dataclasses import dataclass
from datetime import date

from dukao.papers.official.values import Cell, Column, Paper, Table, Text, say_date

_TAKEN_BACK = "（已收回）"
_DRAFT = "（拟稿）"


@dataclass(frozen=True, slots=True)
class InstructionFacts:
    """What a notice of an instruction says; `by` is the leader's post and name, or the meeting.

    `task` are number and words of the task it belongs to, empty where the ledger has none yet; `deadline` is
    the task's own, `due` the instruction's; `said_on` is the day it was said, `dated` the paper's, which is a
    draft without it.
    """

    title: str
    office: str
    units: tuple[str, ...]
    number: str
    by: str
    is_decision: bool
    said_on: date
    dated: date | None
    words: str
    task: tuple[str, str] = ("", "")
    deadline: str = ""
    due: date | None = None
    contact: str = ""
    is_withdrawn: bool = False


def instruction_paper(facts: InstructionFacts) -> Paper:
    """A numbered notice to those who are to do it: the words, what they are of, what is asked and by when."""
    what = "议定事项" if facts.is_decision else "批示"
    said = "议定下列事项" if facts.is_decision else "作出批示"
    if facts.due:
        until, late = say_date(facts.due), "不能按期办结的，请提前说明原因和预计办结的日期。"
        asked = f"请于{until}前办结，并将落实情况书面报督查室；{late}"
    else:
        asked = "请抓紧办理，并将落实情况及时书面报督查室。"
    return Paper(
        title=facts.title + (_TAKEN_BACK if facts.is_withdrawn else "" if facts.dated else _DRAFT),
        body=(
            Text(f"{say_date(facts.said_on)}，{facts.by}{said}，请认真办理。"),
            _table(facts, what),
            Text(asked),
        ),
        form="letter",
        mark=facts.office,
        number=facts.number if facts.dated else "",
        addressees="、".join(facts.units) or "有关单位",
        signature=facts.office,
        dated=facts.dated,
        remark=facts.contact and f"联系人：{facts.contact}",
    )


def _table(facts: InstructionFacts, what: str) -> Table:
    number, words = facts.task
    lines = (
        (f"{what}内容", facts.words),
        ("承办任务", f"{number}　{words}".strip("　")),
        ("任务时限", facts.deadline),
        ("承办单位", "、".join(facts.units)),
        ("办理期限", say_date(facts.due) if facts.due else "没有限定日期"),
    )
    columns = (Column("项目", 3, "center"), Column("内容", 12))
    return Table(columns, tuple((Cell(name), Cell(said)) for name, said in lines if said))
