"""The workbook that leaves: two sheets of tasks, the units, and what the reader has to know."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from dukao.papers.spreadsheet import Cell, Column, Sheet, write_spreadsheet
from dukao.site.ledger.models import TaskKind
from dukao.site.ledger.workbooks.columns import FIELDS, VERSION, Field, Line, Way

_WAYS = {
    Way.SETTING: "可以直接改，导入并确认后生效",
    Way.WORDING: "印发前可以直接改；印发后导入时并成一份补充通知，由负责人签发后生效",
    Way.ISSUED: "印发后可以直接改，导入并确认后生效",
    Way.FIXED: "不能改；改了的行不予导入",
}
_HOW = (
    ("怎样导回", "改好后存为 .xlsx，在台账页的“导入 Excel”上传。先列出每一处改动，确认之后才生效。"),
    (
        "请勿改动",
        "编号、分解表编号和隐藏的“版本”栏用来认行，栏名和表名也请保留。可以排序、筛选、隐藏栏，可以删去不改的行："
        "删去的行在台账里不受影响。",
    ),
    ("新增和撤回", "工作簿里不能新增或撤回任务：印发前在核对页办理，印发后走补充通知。"),
    (
        "时限",
        "“时限”照文件写，如“6月底前”；“时限日期”写成 2024-06-30。只改文字而能读出日期的，日期随之更新。",
    ),
    ("单位和领导", "几个名称用顿号隔开；括号里是内设机构，〔〕里是所负责的范围。名称须是“单位”表里有的。"),
    ("清单", "用顿号隔开；带（建议）的由程序提出，去掉（建议）二字即为列入，删去即为不列入。"),
    ("所有单元格", "都是文字，没有公式；以 = + - @ 开头的也只是文字。"),
)
_TO_READ = ("用途", "供查阅。要改动台账，请与督查室联系：在这里改动不会回到台账。")


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit as the workbook lists it, with how many of the rows it leads and has another part in."""

    name: str
    kind: str
    other_names: str
    leads: int
    others: int


@dataclass(frozen=True, slots=True)
class Cover:
    """What the workbook says of itself: each a head and a sentence."""

    place: str
    year: int
    as_of: str
    source: str
    selection: str
    may_return: bool

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """The heads with their sentences."""
        return (
            ("地方", self.place),
            ("年度", f"{self.year}年"),
            ("截至", self.as_of),
            ("来源", self.source),
            ("范围", self.selection),
        )


def write_ledger_workbook(lines: Sequence[Line], units: Sequence[UnitLine], cover: Cover) -> bytes:
    """The lines as .xlsx: 重点工作, 民生实事, 单位, 说明."""
    sheets = [_lay_tasks(kind, [line for line in lines if line.kind == kind], cover) for kind in FIELDS]
    how = "灰色的栏不能改，用法见“说明”表。" if cover.may_return else ""
    source = f"{cover.source}；截至 {cover.as_of}。{how}"
    title = f"{cover.place}{cover.year}年台账"
    return write_spreadsheet(
        [*sheets, _lay_units(units, cover), _lay_cover(cover)], title=title, source=source
    )


def _lay_tasks(kind: TaskKind, lines: Sequence[Line], cover: Cover) -> Sheet:
    fields = FIELDS[kind]
    titled = any(line.cells.get("title") for line in lines)
    columns = tuple(
        replace(_column(one), is_hidden=one.name == VERSION or (one.name == "title" and not titled))
        for one in fields
    )
    rows = tuple(tuple(_cell(line, one) for one in fields) for line in lines)
    title = f"{cover.place}{cover.year}年{kind.label}台账"
    return Sheet(str(kind.label), title, f"所选范围内没有{kind.label}。", columns, rows, is_large=True)


def _column(one: Field) -> Column:
    is_fixed = one.way == Way.FIXED
    return Column(one.head, one.width, one.is_short, is_fixed=is_fixed, choices=one.choices)


def _cell(line: Line, one: Field) -> Cell:
    if one.name == VERSION:
        return line.version
    text = line.cells[one.name]
    return date.fromisoformat(text) if one.name == "deadline" and text else text


def _lay_units(units: Sequence[UnitLine], cover: Cover) -> Sheet:
    columns = (
        Column("单位", 26),
        Column("类别", 14, True),
        Column("其他名称", 40),
        Column("牵头", 8, True),
        Column("责任、配合", 11, True),
    )
    rows = tuple((one.name, one.kind, one.other_names, one.leads, one.others) for one in units)
    return Sheet("单位", f"{cover.place}单位和统称", "还没有登记单位。", columns, rows)


def _lay_cover(cover: Cover) -> Sheet:
    ways: dict[Way, dict[str, None]] = {way: {} for way in _WAYS}
    for fields in FIELDS.values():
        for one in fields:
            if one.name != VERSION:
                ways[one.way][one.head] = None
    how = (*(("、".join(heads), _WAYS[way]) for way, heads in ways.items()), *_HOW)
    rows = (*cover.facts, *(how if cover.may_return else (_TO_READ,)))
    columns = (Column("事项", 30), Column("说明", 90))
    return Sheet("说明", f"{cover.place}{cover.year}年台账：说明", "", columns, rows)
