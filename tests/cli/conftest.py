"""A small report and a small breakdown, made by hand: for what the commands print of them."""

import hashlib
import sys
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dukao.breakdown.values import (
    Breakdown,
    Coverage,
    Difference,
    Finding,
    Group,
    Leader,
    Notice,
    Task,
    UnitRole,
)
from dukao.reading import Diagnostic, Source
from dukao.report.values import Commitment, Measure, Report, Section

REPORT_TEXT = "政府工作报告\n一、2024年工作安排\n新增绿道10公里以上。\n守住安全底线。\n"
TABLE_TEXT = (
    "序号\t重点工作\t责任单位\n1\t新增绿道 12公里以上。\t*区住建局、区综合执法局\n2\t建好书房。\t甲局、乙局\n"
)

Door = Callable[[str, str, Callable[..., Any]], None]


def as_source(name: str, text: str) -> Source:
    diagnostics = (Diagnostic("encoding", 0, 0, "文件不是 UTF-8"),) if name == "旧.txt" else ()
    return Source(name, hashlib.sha256(text.encode()).hexdigest(), "text/plain", "utf-8", text, diagnostics)


@pytest.fixture
def door(monkeypatch: pytest.MonkeyPatch) -> Door:
    """Puts a function in the place of a room's door: `door("dukao.report.compiler", "compile_report", f)`."""

    def put(module: str, name: str, function: Callable[..., Any]) -> None:
        stand_in = types.ModuleType(module)
        setattr(stand_in, name, function)
        monkeypatch.setitem(sys.modules, module, stand_in)

    return put


@pytest.fixture
def report() -> Report:
    source = as_source("报告.md", REPORT_TEXT)
    target, promise = REPORT_TEXT.index("新增"), REPORT_TEXT.index("守住")
    number = REPORT_TEXT.index("10公里")
    head = REPORT_TEXT.index("一、")
    return Report(
        source=source,
        title="政府工作报告",
        place="临江区",
        level="county",
        year=2024,
        delivered="2024-01-26",
        speaker="某某",
        start=0,
        end=len(REPORT_TEXT),
        outline=(Section("s1", None, 1, "一、2024年工作安排", head, target - 1, len(REPORT_TEXT), "plan"),),
        passages=(),
        commitments=(
            Commitment("c1", "s1", target, promise - 2, "新增绿道10公里以上", "target", 2024, ("m1",)),
            Commitment("c2", "s1", promise, promise + 6, "守住安全底线", "action", 2024),
        ),
        measures=(
            Measure(
                *("m1", number, number + 4, "10公里", 10, None, "公里", ">=", "increment", "绿道"),
                indicator_spans=((target + 2, target + 4),),
                action="新增",
                role="target",
                year=2024,
                commitment="c1",
            ),
        ),
        diagnostics=(Diagnostic("odd", target, promise, "这一句有些怪"),),
    )


@pytest.fixture
def breakdown(report: Report) -> Breakdown:
    def unit(name: str, role: Any, basis: Any) -> UnitRole:
        at = TABLE_TEXT.index(name)
        return UnitRole(name, None, name, at, at + len(name), False, role, basis)

    def task(key: str, text: str, *units: UnitRole, **more: Any) -> Task:
        at = TABLE_TEXT.index(text)
        place = (at, at + len(text))
        return Task(f"二-{key}", "二", key, None, None, text, *place, (leader,), units, None, **more)

    leader = Leader("林某", "副区长", 0, 2)
    changed = Difference("number", "10公里", (0, 4), "12公里", (0, 4))
    return Breakdown(
        source=as_source("分解.md", TABLE_TEXT),
        notice=Notice(title="关于印发责任分解的通知", document_number="临政办〔2024〕7号"),
        lead_conventions=("star",),
        groups=(Group("二", "二、林某副区长牵头重点工作", (leader,), None, 0, 0),),
        tasks=(
            task(
                *("1", "新增绿道 12公里以上。"),
                unit("区住建局", "lead", "star"),
                unit("区综合执法局", "responsible", "star"),
                relation="edited",
                differences=(changed,),
            ),
            task(
                *("2", "建好书房。"),
                unit("甲局", "responsible", "undecided"),
                unit("乙局", "responsible", "undecided"),
                relation="absent",
            ),
        ),
        livelihood=(),
        findings=(Finding("two-numbers", "check", "两处数字不同，请核口径", ("二-1",)),),
        diagnostics=(Diagnostic("other-year", 0, 0, "分解是 2023 年的"),),
        report=report.source,
        coverage=Coverage(2, 1, ("c2",), ()),
    )


@pytest.fixture
def report_path(tmp_path: Path) -> Path:
    path = tmp_path / "报告.md"
    path.write_text(REPORT_TEXT, encoding="utf-8")
    return path


@pytest.fixture
def table_path(tmp_path: Path) -> Path:
    path = tmp_path / "分解.md"
    path.write_text(TABLE_TEXT, encoding="utf-8")
    return path
