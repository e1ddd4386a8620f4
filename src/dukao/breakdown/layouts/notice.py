"""The covering notice (印发通知) and its elements."""

import re
from dataclasses import replace

from dukao.breakdown.cells import Cell, Sheet
from dukao.breakdown.lettering import closed_up
from dukao.breakdown.values import Notice

_NUMBER = re.compile(
    r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{1,12}(?:字|发)?\s*[〔\[【(]\s*(?:19|20)\d{2}\s*[〕\]】)]"
    r"\s*第?\s*\d(?: ?\d){0,3}\s*号"
)
_TITLE_END = re.compile(r"(?:的?通知|的?意见|方案|办法|的?函|公布|分解)$")
_TITLE_MARK = re.compile(r"关于|印发|分解|分工")
_DATE = re.compile(r"((?:19|20)\d{2})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日$")
_DATE_IN_LETTERS = re.compile(
    r"([一二][〇○零O0一二三四五六七八九]{3})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日$"
)
_DATE_OF_PAGE = re.compile(r"成文日期\s*:\s*((?:19|20)\d{2})[-年./](\d{1,2})[-月./](\d{1,2})")
_COPIED = re.compile(r"抄\s*送\s*:\s*([^。]{2,300}?)(?:。|\n\s*(?:\n|-{3,})|$)")
_MEETING = re.compile(
    r"(?:已|业)经?\s*([^,。;《》]{2,40}?(?:会议|全会|办公会|专题会|党组会))\s*(?:研究|讨论|审议|审定|通过|同意|原则)"
)
_PUBLIC = re.compile(r"(此件(?:主动|依申请|不予|不)?公开(?:发布)?|此件不公开|此件依申请公开|此件删减后公开)")
_PUBLIC_OF_PAGE = re.compile(r"公开(?:方式|属性|形式)\s*:\s*(主动公开|依申请公开|不予公开)")
_BODY = re.compile(r"[。;]|\d{4}-\d")
_SIGNED = re.compile(r"[\u4e00-\u9fff\s]{4,40}$")
_ORGAN = re.compile(r"[\u4e00-\u9fff]{2,30}(?:政府|办公室|办公厅|委员会|委|局|厅)")
_NUMBERED = re.compile(r"^[\u4e00-\u9fff]{1,12}[〔\[【(]\d{4}[〕\]】)]\d{1,4}号")
# "标题：关于…的通知", as the head of a web page says it
_LABEL = re.compile(r"^(?:信息|文件)?(?:标题|名称)[:：]")
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_LONGEST_TITLE = 90
_CLAUSE = re.compile(r"^\s*(?:根据|为|按照)|现将|如下")
_MARKS = "#* \t\u3000"
_LETTERS = {letter: str(digit) for digit, letter in enumerate("〇一二三四五六七八九")} | {
    "○": "0",
    "零": "0",
    "O": "0",
}


def find_notice(sheet: Sheet, first: int, last: int) -> Notice:
    """The elements of the notice before the first row, or behind the last where the tables stand first."""
    before = _read_notice(sheet, 0, first)
    if before.title or before.document_number:
        return before if before.dated else _signed_behind(sheet, last, before)
    behind = _read_notice(sheet, last, len(sheet.text))
    return behind if behind.title else before


def _signed_behind(sheet: Sheet, last: int, notice: Notice) -> Notice:
    """A notice that is signed and dated behind the rows it lays out."""
    lines = [sheet.cell(*span) for span in _spans(sheet.text, last, len(sheet.text))]
    signed_at, dated = _date(lines)
    issuer = _issuer(lines, signed_at, None)
    return replace(notice, dated=dated, issuer=notice.issuer or issuer) if issuer else notice


def _read_notice(sheet: Sheet, start: int, end: int) -> Notice:
    """The elements of the notice in `start:end`; what is missing is None.

    Names and titles come without the white space and line breaks they are set with.
    """
    lines = [sheet.cell(*span) for span in _spans(sheet.text, start, end)]
    title_at, title = _title(lines)
    signed_at, dated = _date(lines)
    number = _NUMBER.search(sheet.plain, start, end)
    meeting = _MEETING.search(sheet.plain, start, end)
    public = _PUBLIC.search(sheet.plain) or _PUBLIC_OF_PAGE.search(sheet.plain, start, end)
    copied = _COPIED.search(sheet.plain)
    return Notice(
        issuer=_issuer(lines, signed_at, title),
        document_number=_slice(sheet, number, 0),
        title=title,
        addressees=_addressees(lines, title_at),
        copied_to=_slice(sheet, copied, 1),
        dated=dated or _page_date(sheet, start, end),
        meeting=_slice(sheet, meeting, 1),
        publicity=_slice(sheet, public, 1),
    )


# "二〇二五年", as solemn papers date themselves.
_DIGITS = {letter: str(digit) for digit, letter in enumerate("〇一二三四五六七八九")} | {"○": "0", "零": "0"}


def year_of(*titles: str | None) -> int | None:
    """The year that titles speak of: "2024年政府工作报告重点工作责任分解" → 2024. The first that names one
    decides.
    """
    for title in titles:
        found = re.search(r"((?:19|20)\d{2}|二[〇○零][〇○零一二三四五六七八九]{2})\s*年", title or "")
        if found:
            return int("".join(_DIGITS.get(letter, letter) for letter in found.group(1)))
    return None


def _spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    return [found.span() for found in _LINE.finditer(text, start, end)]


def _slice(sheet: Sheet, found: re.Match[str] | None, group: int) -> str | None:
    return closed_up(sheet.text[found.start(group) : found.end(group)]) if found else None


def _title(lines: list[Cell]) -> tuple[int, str | None]:
    """The title, which may be set over up to three lines, and the line it ends on."""
    for more in range(3):
        for at in range(len(lines) - more):
            parts = lines[at : at + more + 1]
            whole = closed_up("".join(part.text.strip(_MARKS) for part in parts))
            if len(whole) > _LONGEST_TITLE or any(_BODY.search(part.plain) for part in parts):
                continue
            if _TITLE_MARK.search(whole) and _TITLE_END.search(whole):
                begun = _begun(lines[max(0, at - 3) : at], _LABEL.sub("", whole))
                return at + more, _NUMBERED.sub("", begun)
    return -1, None


def _begun(above: list[Cell], title: str) -> str:
    """The title with the lines above it that begin it: one that says 关于 only there."""
    whole = title
    for line in reversed(above):
        if whole.startswith("关于") and _ORGAN.fullmatch(closed_up(line.plain)):
            # The line of its own that names who issues the notice.
            return closed_up(line.text.strip(_MARKS)) + whole
        if "关于" in whole or _BODY.search(line.plain) or len(whole) > _LONGEST_TITLE:
            break
        whole = closed_up(line.text.strip(_MARKS)) + whole
    return whole if "关于" in whole else title


def _date(lines: list[Cell]) -> tuple[int, str | None]:
    """The date of the notice: the first line that is a date, or ends with one under the issuer's name."""
    for at, line in enumerate(lines):
        found = _DATE.match(line.plain) or (_DATE.search(line.plain) if len(line.plain) < 40 else None)
        if found:
            year, month, day = (int(part) for part in found.groups())
            return at, _iso(year, month, day)
        found = _DATE_IN_LETTERS.search(closed_up(line.plain))
        if found:
            year = int("".join(_LETTERS.get(letter, letter) for letter in found.group(1)))
            return at, _iso(year, _small(found.group(2)), _small(found.group(3)))
    return -1, None


def _small(letters: str) -> int:
    tens, ten, ones = letters.rpartition("十")
    value = int(_LETTERS[ones]) if ones else 0
    return value + (10 * (int(_LETTERS[tens]) if tens else 1) if ten else 0)


def _iso(year: int, month: int, day: int) -> str | None:
    return f"{year:04d}-{month:02d}-{day:02d}" if 1 <= month <= 12 and 1 <= day <= 31 else None


def _page_date(sheet: Sheet, start: int, end: int) -> str | None:
    found = _DATE_OF_PAGE.search(sheet.plain, start, end)
    return _iso(*(int(part) for part in found.groups())) if found else None


def _issuer(lines: list[Cell], signed_at: int, title: str | None) -> str | None:
    """Who signs above the date; else whoever the title names before "关于"."""
    if signed_at > 0:
        above = lines[signed_at - 1]
        if _SIGNED.match(above.plain) and re.search(
            r"(?:政府|办公室|办公厅|委员会|委|局|厅|部|小组)$", above.plain
        ):
            return closed_up(above.text)
    before = (title or "").partition("关于")
    return before[0] if before[1] and before[0] else None


def _addressees(lines: list[Cell], title_at: int) -> str | None:
    """The line under the title that ends with a colon."""
    for line in lines[title_at + 1 : title_at + 10]:
        if (
            line.plain.endswith(":")
            and re.search(r"各|政府|部门|单位|委|局", line.plain)
            and "。" not in line.plain
            and not _CLAUSE.search(line.plain)
        ):
            return closed_up(line.text)[:-1]
    return None
