"""What the cells of a row ask for, field by field: a value, or a sentence that says why not."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dukao.language.dates import goes_on, read_bare_date, read_deadlines
from dukao.site.archive.models import Publicity
from dukao.site.ledger.models import DeadlineKind, Register
from dukao.site.ledger.queries.workbook import PROPOSED
from dukao.site.ledger.workbooks.naming import split_names

_SERIAL = re.compile(r"\d{5}$")  # a day as spreadsheet programs count: days since 1899-12-30
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$")
_REGISTERS = {str(one.label): one for one in Register}
_PUBLICITIES = {str(one.label): one for one in Publicity}
_YEARS_AHEAD = 10


class Unfit(Exception):
    """A cell that cannot be taken; the sentence says why and what to write."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit: in words, as a day, and what it means."""

    text: str
    day: date | None
    kind: str


def read_day(cell: str, year: int) -> date | None:
    """The day a cell says, None for an empty one; raises Unfit."""
    if not cell:
        return None
    try:
        if _SERIAL.match(cell):
            day = date(1899, 12, 30) + timedelta(days=int(cell))
        else:
            found = _DAY.match(cell)
            if not found:
                raise ValueError(cell)
            day = date(*map(int, found.groups()))
    except ValueError:
        raise Unfit(f"“时限日期”写的“{cell[:20]}”不是日期：请写成 {year}-06-30 这样") from None
    if not year <= day.year <= year + _YEARS_AHEAD:
        raise Unfit(f"“时限日期”是 {day}，不在{year}年至{year + _YEARS_AHEAD}年之间：请核对年份")
    return day


def read_limit(text: str, cell: str, year: int, had: Limit) -> Limit:
    """The time limit two cells ask for together; raises Unfit where they contradict one another.

    New words without a new day bring the day they speak of; a day without words is its own words.
    """
    day = read_day(cell, year)
    if had.day and text == had.text == had.day.isoformat():
        text = ""
    said, kind = _day_in_words(text, year)
    if text != had.text and day == had.day and said:
        day = said
    if said and day and said != day:
        raise Unfit(f"“时限”写的“{text}”是 {said}，“时限日期”却是 {day}：请把两栏改成一致")
    if not text and not day:
        raise Unfit("已定的时限不能清空：没有确切日期的，请在“时限”里写明，如“按上级规定时间”")
    text = text or str(day)
    if (text, day) == (had.text, had.day):
        return had
    goes = day is None and goes_on(text)
    return Limit(text, day, kind or (DeadlineKind.ONGOING.value if goes else DeadlineKind.BY.value))


def _day_in_words(text: str, year: int) -> tuple[date | None, str]:
    """The last day the words of a time limit speak of, and what it means."""
    bare = read_bare_date(text, year)
    if bare:
        return date.fromisoformat(bare), DeadlineKind.BY.value
    dated = [one for one in read_deadlines(text, 0, len(text), year) if one.date]
    return (date.fromisoformat(str(dated[-1].date)), dated[-1].kind) if dated else (None, "")


def read_registers(cell: str, proposed: Sequence[str]) -> dict[str, bool]:
    """The registers a cell names, each with whether it stays a proposal; raises Unfit.

    `proposed` are the registers that are proposals now.
    """
    wanted: dict[str, bool] = {}
    for label in split_names(cell):
        name = label.replace("(", "（").replace(")", "）")
        stays = name.endswith(PROPOSED)
        register = _REGISTERS.get(name.removesuffix(PROPOSED).strip())
        if register is None:
            raise Unfit(f"“清单”里没有“{label}”：只能写{'、'.join(_REGISTERS)}")
        if stays and register not in proposed:
            raise Unfit(f"“{label}”：建议由程序提出，要列入清单请写“{register.label}”")
        wanted[register.value] = stays
    return wanted


def read_publicity(cell: str, reason: str) -> Publicity:
    """The publicity a cell names with its reason; raises Unfit."""
    publicity = _PUBLICITIES.get(cell)
    if publicity is None:
        raise Unfit(f"“公开属性”里没有“{cell}”：只能选{'、'.join(_PUBLICITIES)}")
    if publicity == Publicity.WITHHELD and not reason:
        raise Unfit("定为不予公开的，须填写“不予公开理由”")
    if publicity != Publicity.WITHHELD and reason:
        raise Unfit("只有不予公开的才填写“不予公开理由”：请清空这一栏，或改定不予公开")
    return publicity
