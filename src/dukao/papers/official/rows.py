"""The rows of a breakdown as papers print them: plain words, of which annexes and extracts are made."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class DutyWords:
    """A unit's part in a row: its name with its office in brackets, its role, whether it is a group."""

    name: str
    role: Literal["lead", "responsible", "supporting"]
    is_group: bool = False


@dataclass(frozen=True, slots=True)
class UnitCells:
    """The units of a row as the notice writes them: all but the supporting ones, and these."""

    units: str
    supporting: str = ""
    all_lead: bool = False


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A row of the first annex; `leaders` where they are the row's own, not those of its head.

    `quarters` are the steps of the four quarters, where a place plans in them.
    """

    number: str
    words: str
    cells: UnitCells
    remark: str = ""
    title: str = ""
    leaders: str = ""
    deadline: str = ""
    quarters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KeyGroup:
    """A head of the first annex: 二、某某副区长牵头重点工作; one without rows stands with its note."""

    title: str
    rows: tuple[KeyRow, ...]
    note: str = ""
    level: Literal[1, 2] = 1


@dataclass(frozen=True, slots=True)
class LivelihoodRow:
    """A content of a livelihood project."""

    number: str
    project: str
    words: str
    leaders: str
    cells: UnitCells
    remark: str = ""
    deadline: str = ""


def write_units(duties: Sequence[DutyWords]) -> UnitCells:
    """The units of a row: leads first, with a star where others answer beside them.

    、 stands between units, ， before groups (各街镇): two tiers. Supporting units stand apart.
    """
    answering = [duty for duty in duties if duty.role != "supporting"]
    leads = [duty for duty in answering if duty.role == "lead"]
    is_marked = len(answering) > 1
    plain = [f"*{duty.name}" if is_marked else duty.name for duty in leads if not duty.is_group]
    plain += [duty.name for duty in answering if duty.role != "lead" and not duty.is_group]
    groups = [f"*{one.name}" if one.role == "lead" else one.name for one in answering if one.is_group]
    supporting = "、".join(duty.name for duty in duties if duty.role == "supporting")
    tiers = ["、".join(plain), "、".join(groups)]
    return UnitCells("，".join(tier for tier in tiers if tier), supporting, leads == answering)
