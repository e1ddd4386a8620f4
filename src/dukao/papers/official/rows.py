"""The rows of a breakdown as papers print them: plain words, of which annexes and extracts are made."""

from dataclasses import dataclass
from typing import Literal

from dukao.papers.official.manners import DutyWords


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A row of the first annex; `leaders` where they are the row's own, not those of its head.

    `quarters` are the steps of the four quarters, where a place plans in them.
    """

    number: str
    words: str
    duties: tuple[DutyWords, ...]
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
    duties: tuple[DutyWords, ...]
    remark: str = ""
    deadline: str = ""
