"""When a figure is true: its role, its year, and the span of a cumulative one."""

import re
from typing import Final, Literal

from dukao.report.values import Part

Role = Literal["target", "result"]


class Clock:
    """What a passage takes for granted of its figures.

    Role and year, the years a cumulative figure covers, the year before them, and the rule that says so.
    """

    __slots__ = ("before", "role", "rule", "span", "year")

    def __init__(self, role: Role, year: int | None, span: str | None, before: int | None, rule: str) -> None:
        self.role: Final[Role] = role
        self.year: Final[int | None] = year
        self.span: Final[str | None] = span
        self.before: Final[int | None] = before
        self.rule: Final[str] = rule


_PLANS: Final = {
    "八": 1991,
    "九": 1996,
    "十": 2001,
    "十一": 2006,
    "十二": 2011,
    "十三": 2016,
    "十四": 2021,
    "十五": 2026,
    "十六": 2031,
    "七": 1986,
    "六": 1981,
}
# The digits of a year, half or full width.
A_YEAR: Final = r"(?:[1１][9９]|[2２][0０])\d\d"
_FIVE_YEAR_PLAN: Final = re.compile(r"[“\"]?(十[一二三四五六]?|[六七八九])五[”\"](?!期?间?以来)")
_UNTIL_YEAR: Final = re.compile(rf"到\s?({A_YEAR})年")

# A year that rules the figures after it: at the head of a clause, or after 到/至/在.
YEAR: Final = re.compile(
    r"(?<![年\d])(?:(?P<to>到|截至|截止到?|至|力争|预计|计划)|(?P<base>比|较|与|和|同|从|由|自|于|以)|(?P<clause>(?:^|(?<=[，,；;。：:！\s（(“])|在)))"
    rf"(?P<year>{A_YEAR})年(?!度?(?:行动|计划|规划|政府|工作要点|重点|以来|来|的?政府工作))"
)
LAST_YEAR: Final = re.compile(r"(?:^|(?<=[，,；;。：:]))在?(?:去年|上年|上一年)(?!同期|度|比)")
# A run of years at the head of a clause: 2019—2023年, 从2019年至2023年.
PERIOD: Final = re.compile(
    rf"(?:从|自|在)?(?P<first>{A_YEAR})年?[-—－–~至到]{{1,2}}(?P<last>{A_YEAR})年(?![^，。；]{{0,4}}(?:计划|规划|行动))"
)
OF_YEAR: Final = re.compile(rf"({A_YEAR})年(?:的|底的?|末的?|初的?|同期的?)?$")


def passage_clock(text: str, start: int, end: int, part: Part, year: int | None) -> Clock:
    """The clock of a passage of `part` in the report of `year`."""
    if part in ("plan", "self"):
        return Clock("target", year, None, year - 1 if year else None, "Y01")
    if part in ("five_year_review", "long_term"):
        return _five_years(text, start, end, part, year)
    if part == "review":
        last = year - 1 if year else None
        return Clock("result", last, None, last - 1 if last else None, "Y02")
    return Clock("result", year - 1 if year else None, None, year - 2 if year else None, "Y02")


def _five_years(text: str, start: int, end: int, part: Part, year: int | None) -> Clock:
    role: Role = "result" if part == "five_year_review" else "target"
    first = last = None
    for plan in _FIVE_YEAR_PLAN.finditer(text, start, end):
        opened = _PLANS[plan[1]]
        if year is None or (year - 2 <= opened + 4 <= year if role == "result" else opened + 4 >= year):
            first, last = opened, opened + 4
            break
    if first is None and year:
        first, last = (year - 5, year - 1) if role == "result" else (year, year + 4)
        if role == "target" and (until := _UNTIL_YEAR.search(text, start, end)):
            last = int(until[1])
            first = last - 4
    if first is None or last is None:
        return Clock(role, None, None, None, "Y03")
    return Clock(role, last, f"{first}-{last}", first - 1, "Y03")


def find_years(text: str, start: int, end: int) -> list[int]:
    """Where a year written out (2023年) or 去年, 上年 may change the clock, in order."""
    found = []
    at = text.find("年", start, end)
    while at >= 0:
        if text[at - 1] in "去上明" or (text[at - 4 : at].isdigit() and at - 4 >= start):
            found.append(at)
        at = text.find("年", at + 1, end)
    return found
