"""What a workbook shows for a number: 0.85 as 0% is 85%, 45473 as a date is 2024年6月30日.

A workbook keeps numbers only; the style of a cell says what a reader sees. Percentages, fixed decimals,
thousands, words beside the number and dates are followed; any other format shows the number itself.
"""

import datetime
import re
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

Show = Callable[[str], str]
# ECMA-376 part 1, 18.8.30, with the formats that it gives to Chinese.
_BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    **dict.fromkeys((14, 15, 30, 31), "yyyy-m-d"),
    **dict.fromkeys((17, 27, 36, 50, 52, 57), "yyyy-m"),
    **dict.fromkeys((16, 28, 29, 51, 53, 54, 58), "m-d"),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56), "h:mm"),
    22: "yyyy-m-d h:mm",
    37: "#,##0",
    38: "#,##0",
    39: "#,##0.00",
    40: "#,##0.00",
    46: "[h]:mm",
}
_PIECE = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|[_*].|\[\$(?P<money>[^\]-]*)[^\]]*\]|\[(?P<rule>[^\]]*)\]'
    r"|(?P<number>[#0?,]*[#0?](?:\.[0#?]*)?)(?P<scale>,*)|(?P<other>.)",
    re.S,
)
_PLAIN = frozenset("-+()/: %￥¥$€")
_DATED = re.compile(r"[ymdhsYMDHS]|[eE](?![+-])|aaa")
_NAMED = re.compile(r'"[^"]*"|\\.|[_*].|\[(?![hHmMsS]+\])[^\]]*\]|AM/PM|A/P|上午/下午')
_CLOCK = re.compile(r"\[?h+\]?[^a-z]*m+|m+[^a-z]*s+")
_LAST_DAY = 2_958_465  # 9999-12-31


def read_formats(styles: "Element | None", *, since_1904: bool) -> list[Show]:
    """For every cell style of a workbook, by its number, what shows a number in it."""
    if styles is None:
        return []
    codes = dict(_BUILT_IN)
    for format_ in styles.iterfind("{*}numFmts/{*}numFmt"):
        codes[_whole(format_.get("numFmtId"))] = format_.get("formatCode") or ""
    used = [_whole(style.get("numFmtId")) for style in styles.iterfind("{*}cellXfs/{*}xf")]
    shows = {number: _show(codes.get(number, ""), since_1904) for number in set(used)}
    return [shows[number] for number in used]


def read_bold(styles: "Element | None") -> frozenset[int]:
    """The cell styles of a workbook whose letters are bold, by their number."""
    if styles is None:
        return frozenset()
    fonts = [font.find("{*}b") for font in styles.iterfind("{*}fonts/{*}font")]
    bold = {at for at, b in enumerate(fonts) if b is not None and b.get("val", "1") not in ("0", "false")}
    used = enumerate(styles.iterfind("{*}cellXfs/{*}xf"))
    return frozenset(at for at, style in used if _whole(style.get("fontId")) in bold)


def _whole(said: str | None) -> int:
    return int(said) if said and said.isascii() and said.isdigit() else 0


def show_plainly(value: str) -> str:
    """A number as a person would type it: at most fifteen digits, which is what a workbook keeps."""
    if value.isdigit() and len(value) < 16:
        return value
    try:
        number = float(value)
    except ValueError:
        return value
    return f"{number:.15g}" if abs(number) < 1e15 else repr(number)


def show_moment(moment: datetime.datetime, parts: str = "ymdh") -> str:
    """A moment as far as it is asked for: year, month, day, and the clock where it is not midnight."""
    said = f"{moment.year}年" * ("y" in parts) + f"{moment.month}月" * ("m" in parts)
    said += f"{moment.day}日" * ("d" in parts)
    has_clock = "h" in parts and (not said or (moment.hour, moment.minute) != (0, 0))
    return said + " " * bool(said and has_clock) + f"{moment:%H:%M}" * has_clock


def _show(code: str, since_1904: bool) -> Show:
    """What shows a number in the format `code`."""
    first = _sections(code)[0]
    bare = _NAMED.sub("", first)
    if _DATED.search(bare) and "General" not in first:
        return _show_dates(bare.lower(), since_1904)
    return _show_numbers(_sections(code)) or show_plainly


def _sections(code: str) -> list[str]:
    """The parts of a format: for positive numbers, for negative ones, for nought, for words."""
    marked = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|;', lambda m: "\0" if m.group() == ";" else m.group(), code)
    return marked.split("\0")


def _show_dates(code: str, since_1904: bool) -> Show:
    parts = "".join(_date_parts(code))
    begins = datetime.datetime(1904, 1, 1) if since_1904 else datetime.datetime(1899, 12, 30)

    def show(value: str) -> str:
        try:
            days = float(value)
        except ValueError:
            return value
        if not 0 <= days <= _LAST_DAY - 1462 * since_1904:
            return show_plainly(value)
        seconds = round(days * 86400)
        if parts == "h" and "[" in code:
            return f"{seconds // 3600}:{seconds // 60 % 60:02}"
        return show_moment(begins + datetime.timedelta(seconds=seconds), parts)

    return show


def _date_parts(code: str) -> Iterator[str]:
    """Which parts of a moment a format shows; a weekday alone stands for the whole date."""
    dates = _CLOCK.sub("", code)
    shown = [part for part in "ymd" if part in dates or (part == "y" and "e" in dates)]
    shown = shown or ["d"] * ("aaa" in code)
    shown = shown if shown not in (["m"], ["d"], ["y", "d"]) else ["y", "m", "d"]
    yield from shown
    if "h" in code or "s" in code or not shown:
        yield "h"


def _show_numbers(sections: list[str]) -> Show | None:
    """What shows numbers in a format of decimals, thousands, percent and words; None for any other."""
    positive = _layout(sections[0])
    negative = _layout(sections[1]) if len(sections) > 1 and sections[1] else None
    if positive is None:
        return None

    def show(value: str) -> str:
        try:
            number = Decimal(value)
            layout = negative if negative and number < 0 else positive
            before, decimals, thousands, percent, behind = layout
            shown = abs(number).scaleb(2) if percent else abs(number)
            rounded = shown.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
        except InvalidOperation:
            return show_plainly(value)
        sign = "-" if number < 0 and rounded and layout is positive else ""
        return f"{sign}{before}{rounded:,f}{behind}" if thousands else f"{sign}{before}{rounded:f}{behind}"

    return show


def _layout(section: str) -> tuple[str, int, bool, bool, str] | None:
    """What stands before the number, its decimals, whether thousands are parted, percent, what stands behind.

    None where the section shows a number in another way, or none at all.
    """
    said, number = ["", ""], None
    for piece in _PIECE.finditer(section):
        kind = piece.lastgroup
        if kind == "scale":
            if number is not None or piece["scale"] or "?" in piece["number"]:
                return None
            number = piece["number"]
        elif _is_strange(piece):
            return None
        elif kind in ("quoted", "escaped", "money", "other"):
            said[number is not None] += piece[kind]
    if number is None or "#" in number.partition(".")[2]:
        return None
    decimals = number.partition(".")[2].count("0")
    return said[0].strip(), decimals, "," in number, "%" in said[0] + said[1], said[1].strip()


def _is_strange(piece: "re.Match[str]") -> bool:
    """Whether a piece of a format asks for something that is not followed here."""
    rule, other = piece["rule"], piece["other"]
    return (rule is not None and not rule.isalpha()) or (other is not None and other not in _PLAIN)
