"""What stands in a row of the ledger's workbook, and what of it may change, when and how."""

import json
import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

from dukao.papers.spreadsheet import fit_cell
from dukao.site.archive.models import Publicity
from dukao.site.ledger.models import TaskKind


class Way(StrEnum):
    """How a field may change."""

    FIXED = "fixed"  # by no workbook
    SETTING = "setting"  # by the clerk, before and after the issue
    ISSUED = "issued"  # by the clerk, after the issue only
    WORDING = "wording"  # directly in a draft, by a supplement after the issue


@dataclass(frozen=True, slots=True)
class Field:
    """One column of the workbook: its name here, its head there."""

    name: str
    head: str
    width: float
    way: Way
    is_short: bool = False
    choices: tuple[str, ...] = ()


VERSION = "version"
_PUBLICITIES = tuple(str(one.label) for one in Publicity)


def _fields(*inner: Field) -> tuple[Field, ...]:
    return (
        Field("number", "编号", 12.5, Way.FIXED, is_short=True),
        Field(VERSION, "版本", 16, Way.FIXED),
        Field("row", "分解表编号", 8, Way.FIXED, is_short=True),
        *inner,
        Field("lead", "牵头单位", 15, Way.WORDING),
        Field("responsible", "责任单位", 24, Way.WORDING),
        Field("supporting", "配合单位", 10, Way.WORDING),
        Field("remark", "备注", 12, Way.WORDING),
        Field("deadline_text", "时限", 9, Way.SETTING),
        Field("deadline", "时限日期", 11, Way.SETTING, is_short=True),
        Field("registers", "清单", 10.5, Way.SETTING),
        Field("publicity", "公开属性", 10, Way.ISSUED, is_short=True, choices=_PUBLICITIES),
        Field("publicity_reason", "不予公开理由", 9, Way.ISSUED),
        Field("measures", "数字目标", 19, Way.FIXED),
        Field("section", "报告章节", 30, Way.FIXED),
    )


FIELDS: dict[TaskKind, tuple[Field, ...]] = {
    TaskKind.KEY: _fields(
        Field("leaders", "牵头领导", 9, Way.WORDING, is_short=True),
        Field("title", "小标题", 10, Way.FIXED),
        Field("text", "重点工作", 44, Way.WORDING),
    ),
    TaskKind.LIVELIHOOD: _fields(
        Field("project", "项目", 12, Way.FIXED),
        Field("text", "内容", 44, Way.WORDING),
        Field("leaders", "牵头领导", 9, Way.WORDING, is_short=True),
    ),
}
SHEETS: dict[str, TaskKind] = {str(kind.label): kind for kind in FIELDS}


@dataclass(frozen=True, slots=True)
class Line:
    """A task as a row of the workbook: what it is, and its cells as plain text by field name."""

    task_id: int
    state_id: int
    kind: TaskKind
    is_issued: bool
    cells: dict[str, str]

    @property
    def version(self) -> str:
        """What the hidden column says: the state's id, and a fingerprint of all cells as written."""
        return f"{self.state_id}-{fingerprint(self.cells)}"


def fingerprint(cells: dict[str, str]) -> str:
    """The same for the same cells, however a spreadsheet program stored them."""
    plain = {name: plain_cell(text) for name, text in cells.items() if name != VERSION}
    return sha256(json.dumps(plain, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:12]


def plain_cell(value: Any) -> str:
    """A cell's value as text: dates as 2024-06-30, whole numbers without a point, no edges, one kind of line
    break.
    """
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = re.sub(r"_x000[dD]_|\r", "", str(value))
    return fit_cell("\n".join(line.strip() for line in text.split("\n")).strip())
