"""Deadlines as a document writes them.

A deadline is a point ("6月底前", "到2025年"), a stretch ("年内", "上半年"), a way of going on
("年内持续推进") or a step with its month ("9月投入使用"). Months and quarters without a year belong to the
year given by the caller.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, Final, Literal

DeadlineKind = Literal["by", "within", "ongoing", "milestone"]


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time limit: `text` is what was written at `start:end`, `date` an ISO date or None where none is."""

    text: str
    date: str | None
    kind: DeadlineKind
    start: int
    end: int

    def as_json(self) -> dict[str, Any]:
        """The `DEADLINE` object of the public formats."""
        return {"text": self.text, "date": self.date, "kind": self.kind, "start": self.start, "end": self.end}


_DIGITS: Final = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_MONTH_OF: Final = {"上旬": 10, "中旬": 20}
_FEASTS: Final = {
    "元旦": (1, 1),
    "五一": (5, 1),
    "劳动节": (5, 1),
    "七一": (7, 1),
    "八一": (8, 1),
    "教师节": (9, 10),
    "十一": (10, 1),
    "国庆": (10, 1),
}

# What a deadline cannot be written without: a cheap look before the careful one.
# Every branch opens with one plain character, which the engine finds without trying the branches.
_CUE: Final = re.compile(
    "月|季度|"
    + "|".join(f"年{end}|年度{end}" for end in "底内末前中")
    + "|上半年|下半年|全年|常态化|续推进|续坚持|期推进|期坚持|到20|到 20|天内|日内|"
    + "|".join(f"{feast}前" for feast in "节汛期季耕收冬冻旦一庆秋午明阳宵”")
)

_BEFORE: Final = "(?:之前|以前|前)"
_DONE: Final = (
    r"(?:全面|全部|基本|正式|主体|建成|试)?(?:"
    "投入使用|投入运营|投入运行|投产|投用|投运|动工|开工|破土|竣工|完工|完成|建成|通车|通航|通水|通气|试运行|运行|运营|"
    "启用|开园|开馆|开业|开学|开放|交付|交房|封顶|结顶|贯通|验收|挂牌|上线|启动|落地|见效|见成效)"
)
_RESULT: Final = "(?:基本|全面|初步)?(?:取得|实现|达到|达|形成|建立|制定|出台)"
_NUMBER: Final = r"(?:\d{1,2}|十[一二]?|[一二三四五六七八九])"
_YEAR = r"(?:(?P<year>20\d\d) ?年度?|今年|本年度?|当年|(?P<next>明年|次年))"
_CLOSE_YEAR = r"(?:(?P<close_year>20\d\d) ?年度?|今年|本年度?|当年|(?P<close_next>明年|次年))"
_ON_GOING = "(?:年内|全年|长期|全程|分年度|并)?(?:持续|长期|常态化)(?:推进|坚持|实施|组织|开展)"
_FEAST_NAMES = (
    "元旦|春节|元宵|五一|劳动节|七一|八一|教师节|十一|国庆|中秋|重阳|端午|清明"
    "|主汛期|台汛期|汛期|雨季|采暖期|供暖期|春耕|秋收|入冬|上冻"
)
_DAY = r" ?(?P<day>\d{1,2}) ?[日号]|(?P<part>上旬|中旬|下旬)|(?P<close>月?[底末])"
_THEN = rf" ?(?P<month_before>{_BEFORE})|(?P<done>{_DONE})|(?={_RESULT})"
_ENDING = r"(?:(?P<ending>20\d\d) ?年|今年|本年|当年|明年)"
_HALF_YEAR = r"(?:(?P<half_year>20\d\d) ?年)?"
_HALF_NAMES = "上半年|下半年|前三季度|第?(?P<quarter>[一二三四1-4])季度"
_LONG = r"(?:\d{1,3}|[一二两三四五六七八九十半]{1,2}) ?(?:个工作日|个月|年|天|日)(?:左右)?(?:之内|以内|内)"

# Each kind of limit; the first that fits at a place decides.
_LIMITS: Final[dict[str, str]] = {
    "by_month": rf"{_YEAR}? ?(?P<month>{_NUMBER}) ?月(?:份)?(?:{_DAY})?(?:{_THEN})",
    "at_month": rf"{_CLOSE_YEAR}? ?(?P<close_month>{_NUMBER}) ?月(?:份)?月?[底末]",
    "ongoing": rf"{_ON_GOING}|常态化(?=[。；;，,、\s)）]|$)",
    "to_year": r"到 ?(?P<until>20\d\d) ?年(?:[底末])?",
    "before_year": rf"(?P<before>20\d\d) ?年{_BEFORE}",
    "year_close": rf"{_ENDING}?(?:年|(?<=年))[底末](?P<end_before>{_BEFORE})?",
    "span": _LONG,
    "year_in": r"(?:今年|本年度?|当年)?年内|(?P<during>20\d\d) ?年(?:度)?内|全年",
    "half": rf"{_HALF_YEAR}(?P<half_name>{_HALF_NAMES})[底末内]?(?P<half_before>{_BEFORE})?",
    "feast": rf"“?(?P<feast_name>{_FEAST_NAMES})”?节?{_BEFORE}",
}
# Every one begins with one of these: looking first saves trying them all at every character.
_FIRST: Final = re.compile(
    "[0-9０-９一二三四五六七八九十两半今本当明次年全常长持并分到上下前第“元春国中端清汛主台采供劳教重雨秋入]"
)


@cache
def _limit() -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{name}>{limit})" for name, limit in _LIMITS.items()))


def read_deadlines(text: str, start: int, end: int, year: int | None) -> list[Deadline]:
    """The deadlines of `text[start:end]`, in order; `year` is the one that months without a year belong to.

    A year alone ("2025年") is none, nor is a date that something happened on ("3月5日召开").
    """
    if not _CUE.search(text, start, end):
        return []
    found: list[Deadline] = []
    limit, at = _limit(), start
    for first in _FIRST.finditer(text, start, end):
        if first.start() >= at and (match := limit.match(text, first.start(), end)) is not None:
            found.append(_as_deadline(match, year))
            at = match.end()
    return found


def _as_deadline(match: re.Match[str], year: int | None) -> Deadline:
    # The group of the limit closes behind those inside it.
    day, kind = _READERS[match.lastgroup or ""](match, year)
    end = match.end()
    if kind == "by" and match.group("done"):
        end = match.start("done")
    return Deadline(match.string[match.start() : end], day, kind, match.start(), end)


_GOES_ON: Final = re.compile(
    r"持续|长期|常态|全年|年内|按进度|按时序|适时|季度|近期|中长期|月(?:份|\d{1,2}日)?起(?:执行|实施|施行|开展)?$"
)


def goes_on(text: str) -> bool:
    """Whether a text says when without a day: "长期坚持", "按进度推进", "1月起执行"."""
    return _GOES_ON.search(text) is not None


_BARE: Final = re.compile(
    r"(?:(20\d\d) ?[年./-] ?)?(?:1月? ?[-—–~至] ?(?=\d{1,2} ?月))?"
    r"(\d{1,2}) ?(?:月份?|[./-](?=\d))(?: ?(\d{1,2}) ?[日号]?| ?([上中下]旬))?"
)


def read_bare_date(text: str, year: int | None) -> str | None:
    """The ISO date that a text is which says nothing else: "2024年12月", "6月30日", "2024.6.30"; a month, or
    a third of one, or several ("1—9月"), ends on its last day. None for any other text.
    """
    found = _BARE.fullmatch(text.strip())
    if found is None:
        return None
    written, month, day, part = found.groups()
    return _iso(int(written) if written else year, int(month), int(day or _MONTH_OF.get(part, 31)))


_Reading = tuple[str | None, DeadlineKind]


def _by_month(match: re.Match[str], year: int | None) -> _Reading:
    whole = _year(match, "year", "next", year)
    month = _count(match.group("month"))
    before = match.group("month_before") is not None
    bare = not (match.group("day") or match.group("part") or match.group("close"))
    kind: DeadlineKind = "by" if before or match.group("close") else "milestone"
    if match.group("day"):
        return _iso(whole, month, int(match.group("day"))), kind
    if before and bare:
        # 6月前 ends where June begins; 6月底前 where it ends.
        return _iso(whole, month - 1, 31) if month > 1 else _iso(whole and whole - 1, 12, 31), kind
    return _iso(whole, month, _MONTH_OF.get(match.group("part") or "", 31)), kind


def _at_month(match: re.Match[str], year: int | None) -> _Reading:
    whole = _year(match, "close_year", "close_next", year)
    return _iso(whole, _count(match.group("close_month")), 31), "milestone"


def _ongoing(match: re.Match[str], year: int | None) -> _Reading:
    return (_iso(year, 12, 31) if match.group().startswith(("年内", "全年")) else None), "ongoing"


def _to_year(match: re.Match[str], year: int | None) -> _Reading:
    return f"{match.group('until')}-12-31", "by"


def _before_year(match: re.Match[str], year: int | None) -> _Reading:
    return f"{int(match.group('before')) - 1}-12-31", "by"


def _year_close(match: re.Match[str], year: int | None) -> _Reading:
    written = match.group("ending")
    whole = int(written) if written else year
    if whole is not None and match.group().startswith("明年"):
        whole += 1
    following = match.string[match.end() : match.end() + 8]
    by = match.group("end_before") or re.match(f"{_DONE}|{_RESULT}", following)
    return _iso(whole, 12, 31), "by" if by else "milestone"


def _year_in(match: re.Match[str], year: int | None) -> _Reading:
    written = match.group("during")
    return _iso(int(written) if written else year, 12, 31), "within"


def _half(match: re.Match[str], year: int | None) -> _Reading:
    whole = int(match.group("half_year")) if match.group("half_year") else year
    quarter = match.group("quarter")
    month = {"上半年": 6, "下半年": 12, "前三季度": 9}.get(match.group("half_name")) or _count(
        quarter or "1"
    ) * 3
    return _iso(whole, month, 31), "by" if match.group("half_before") else "within"


def _span(match: re.Match[str], year: int | None) -> _Reading:
    return None, "within"


def _feast(match: re.Match[str], year: int | None) -> _Reading:
    day = _FEASTS.get(match.group("feast_name"))
    if day is None or year is None:
        return None, "by"
    return (date(year, *day) - timedelta(days=1)).isoformat(), "by"


_READERS: Final = {
    "by_month": _by_month,
    "at_month": _at_month,
    "ongoing": _ongoing,
    "to_year": _to_year,
    "before_year": _before_year,
    "year_close": _year_close,
    "span": _span,
    "year_in": _year_in,
    "half": _half,
    "feast": _feast,
}


def _year(match: re.Match[str], written: str, following: str, year: int | None) -> int | None:
    if match.group(written):
        return int(match.group(written))
    return year + 1 if year is not None and match.group(following) else year


def _iso(year: int | None, month: int, day: int) -> str | None:
    if year is None or not 1 <= month <= 12:
        return None
    return f"{year:04d}-{month:02d}-{min(day, monthrange(year, month)[1]):02d}"


def _count(written: str) -> int:
    if written.isdigit():
        return int(written)
    return sum(_DIGITS[letter] for letter in written)
