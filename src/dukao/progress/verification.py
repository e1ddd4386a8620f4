"""核验: whether what was filed has been verified; a light and its reason."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from dukao.progress.figures import say_month_day
from dukao.progress.values import Judgement, Light


class Ruling(StrEnum):
    """What the office has said of a filing."""

    WAITING = "waiting"
    RETURNED = "returned"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class Filed:
    """The latest that was filed for a task, as known on a day.

    `claims`: it gives a figure or a step done, which wants evidence stronger than the unit's own word.
    `evidence` names each piece, the strongest first, what is only the unit's own word left out.
    """

    label: str
    on: date
    ruling: Ruling
    ruled: date | None = None
    why: str = ""
    claims: bool = False
    evidence: Sequence[str] = field(default=())


class CloseOut(StrEnum):
    """How far a close-out has come."""

    APPLIED = "applied"
    RETURNED = "returned"
    VERIFIED = "verified"
    CLOSED = "closed"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class Closing:
    """The last step of a task's close-out: on which day, by whom, why."""

    step: CloseOut
    on: date
    by: str = ""
    why: str = ""


def judge_verification(filed: Filed | None, closing: Closing | None, day: date) -> Judgement:
    """Green: verified for closing, or taken by the office with evidence stronger than the unit's own word;
    yellow: sent back, or nothing but the unit's own word for a figure or a step; not judgeable while it waits
    for the office. A close-out says more than a filing.
    """
    if closing is not None:
        return _judge_closing(closing, day)
    if filed is None:
        return Judgement(Light.UNKNOWN, "还没有报送，无可核验", day=day)
    begin = f"{filed.label}的进展{say_month_day(filed.on)}报送"
    if filed.ruling is Ruling.WAITING:
        return Judgement(Light.UNKNOWN, f"{begin}，督查室还没有审核", day=day)
    on = say_month_day(filed.ruled) if filed.ruled else ""
    if filed.ruling is Ruling.RETURNED:
        return Judgement(Light.YELLOW, f"黄：{begin}，{on}退回：{filed.why}", day=day)
    if filed.evidence:
        named = "、".join(dict.fromkeys(filed.evidence))
        words = f"绿：{begin}，{on}采用，佐证{len(filed.evidence)}份（{named}）"
        return Judgement(Light.GREEN, words, day=day)
    if filed.claims:
        return Judgement(Light.YELLOW, f"黄：{begin}，{on}采用，所报数字或节点只有单位自己的说明", day=day)
    return Judgement(Light.GREEN, f"绿：{begin}，{on}采用（只有文字进展，不需佐证）", day=day)


def _judge_closing(closing: Closing, day: date) -> Judgement:
    on, by = say_month_day(closing.on), closing.by
    says = {
        CloseOut.APPLIED: (Light.UNKNOWN, f"{on}申请办结，等待核验"),
        CloseOut.RETURNED: (Light.YELLOW, f"黄：办结申请{on}退回：{closing.why}"),
        CloseOut.VERIFIED: (Light.GREEN, f"绿：{on}{by}核验，等待签发办结"),
        CloseOut.CLOSED: (Light.GREEN, f"绿：{by}核验，{on}办结"),
        CloseOut.REOPENED: (Light.YELLOW, f"黄：{on}重开：{closing.why}"),
    }
    light, words = says[closing.step]
    return Judgement(light, words, day=day)
