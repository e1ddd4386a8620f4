"""The numbers of Word's lists, which stand in no text: counted and written as Word does."""

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dukao.reading.word.names import W, attribute, child, children, find_value, whole_number

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_DIGITS = "〇一二三四五六七八九"
_LEGAL = dict(zip("〇一二三四五六七八九十百千万", "零壹贰叁肆伍陆柒捌玖拾佰仟万", strict=True))
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"))
_ROMAN_SMALL = ((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_REFERENCE = re.compile(r"%([1-9])")
_BULLET = "•"
_DEEPEST = 9
_LONGEST_CHAIN = 12  # styles based on styles


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: its first number, how it is written, and the text around it ("%1、")."""

    start: int = 1
    style: str = "decimal"
    text: str = ""
    legal: bool = False
    gap: str = "tab"


@dataclass(slots=True)
class Numbering:
    """The lists of a document, and how far each has counted."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    lists: dict[str, tuple[str, dict[int, int]]] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    _counts: dict[str, list[int]] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)

    def number(self, paragraph: "Element | None") -> str:
        """Count one on for a paragraph's properties (`w:pPr`), and give what Word shows before its text."""
        found = self._list_of(paragraph)
        if found is None or found[0] not in self.lists:
            return ""
        number, depth = found
        abstract, restarts = self.lists[number]
        levels = self.levels.get(abstract, {})
        counts = self._counts.setdefault(abstract, [0] * _DEEPEST)
        if number not in self._begun:
            self._begun.add(number)
            for at, start in restarts.items():
                counts[at:] = [start - 1] + [0] * (_DEEPEST - at - 1)
        for above in range(depth):
            counts[above] = counts[above] or levels.get(above, Level()).start
        level = levels.get(depth, Level(text=f"%{depth + 1}."))
        counts[depth] = max(counts[depth] + 1, level.start if counts[depth] == 0 else 0)
        counts[depth + 1 :] = [0] * (_DEEPEST - depth - 1)
        return self._written(level, levels, counts)

    def _list_of(self, properties: "Element | None") -> tuple[str, int] | None:
        """The list and the level of a paragraph: its own, else those of its style."""
        if properties is None:
            return None
        style = self.styles.get(find_value(properties, "pStyle") or "")
        own = child(properties, "numPr")
        if own is None:
            return style
        number = find_value(own, "numId") or (style[0] if style else None)
        depth = whole_number(find_value(own, "ilvl"), style[1] if style else 0)
        return (number, depth) if number and number != "0" and 0 <= depth < _DEEPEST else None

    def _written(self, level: Level, levels: dict[int, Level], counts: list[int]) -> str:
        if level.style == "bullet":
            return f"{_BULLET} "
        if level.style == "none" and "%" not in level.text:
            return level.text

        def number(found: re.Match[str]) -> str:
            at = int(found.group(1)) - 1
            style = "decimal" if level.legal else levels.get(at, Level()).style
            return write_number(counts[at], style)

        written = _REFERENCE.sub(number, level.text)
        return written if level.gap == "nothing" or not written or written[-1] in "、）)】" else f"{written} "


def write_number(value: int, style: str) -> str:
    """A number as a list style writes it: 3 → 三, ③, iii, c."""
    if style in ("bullet", "none") or value < 0:
        return ""
    if style.startswith("decimalEnclosedCircle") or style == "circleNumber":
        return chr(0x245F + value) if 1 <= value <= 20 else str(value)
    if style == "decimalEnclosedParen":
        return chr(0x2473 + value) if 1 <= value <= 20 else f"({value})"
    if style == "decimalZero":
        return f"{value:02d}"
    if style.startswith("decimalFullWidth"):
        return "".join(chr(ord(digit) + 0xFEE0) for digit in str(value))
    if style.lower().endswith("letter"):
        letters = chr(97 + (value - 1) % 26) * ((value - 1) // 26 + 1) if value else ""
        return letters.upper() if style.startswith("upper") else letters
    if style.lower().endswith("roman"):
        return _roman(value).upper() if style.startswith("upper") else _roman(value)
    return _chinese_style(value, style)


def _chinese_style(value: int, style: str) -> str:
    if style in ("ideographTraditional", "ideographZodiac"):
        row = _STEMS if style == "ideographTraditional" else _BRANCHES
        return row[value - 1] if 1 <= value <= len(row) else str(value)
    if style.startswith("ideographDigital"):
        return "".join(_DIGITS[int(digit)] for digit in str(value))
    if style.startswith("ideographLegal") or style == "chineseLegalSimplified":
        return "".join(_LEGAL[char] for char in count_in_chinese(value))
    is_chinese = any(word in style for word in ("chinese", "japanese", "taiwanese", "ideograph"))
    return count_in_chinese(value) if is_chinese else str(value)


def count_in_chinese(value: int) -> str:
    """A number below 10000 in Chinese: 12 → 十二, 105 → 一百〇五."""
    if not 0 < value < 10_000:
        return str(value) if value else _DIGITS[0]
    written, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // unit % 10
        if digit:
            written += (_DIGITS[0] if gap else "") + _DIGITS[digit] + name
        gap = bool(written) and not digit
    return written.removeprefix("一") if 10 <= value < 20 else written


def _roman(value: int) -> str:
    written = ""
    if value > 3999:
        return str(value)
    for unit, letters in (*_ROMAN, *_ROMAN_SMALL):
        written += letters * (value // unit)
        value %= unit
    return written


def read_numbering(numbering: "Element | None", styles: "Element | None") -> Numbering:
    """The lists that `numbering.xml` and `styles.xml` describe; none where there are none."""
    found = Numbering()
    for abstract in children(numbering, "abstractNum"):
        levels = {}
        for level in children(abstract, "lvl"):
            levels[whole_number(attribute(level, "ilvl"), 0)] = _level(level)
        found.levels[attribute(abstract, "abstractNumId") or ""] = levels
    for number in children(numbering, "num"):
        restarts = {}
        for override in children(number, "lvlOverride"):
            depth = whole_number(attribute(override, "ilvl"), 0)
            start = find_value(override, "startOverride")
            if start is not None and 0 <= depth < _DEEPEST:
                restarts[depth] = whole_number(start, 1)
        key = attribute(number, "numId") or ""
        found.lists[key] = (find_value(number, "abstractNumId") or "", restarts)
    found.styles = _style_lists(styles)
    return found


def _level(level: "Element") -> Level:
    return Level(
        whole_number(find_value(level, "start"), 1),
        find_value(level, "numFmt") or "decimal",
        find_value(level, "lvlText") or "",
        child(level, "isLgl") is not None,
        find_value(level, "suff") or "tab",
    )


def _style_lists(styles: "Element | None") -> dict[str, tuple[str, int]]:
    """The list and level of every paragraph style that has one, its own or of the style it is based on."""
    by_id = {attribute(style, "styleId"): style for style in children(styles, "style")}
    found: dict[str, tuple[str, int]] = {}
    for key in by_id:
        number, depth, at = None, None, key
        for _ in range(_LONGEST_CHAIN):
            style = by_id.get(at)
            if style is None:
                break
            own = style.find(f"{W}pPr/{W}numPr")
            if own is not None:
                number = number or find_value(own, "numId")
                depth = depth or find_value(own, "ilvl")
            at = find_value(style, "basedOn")
        if key and number and number != "0":
            found[key] = (number, min(max(whole_number(depth, 0), 0), _DEEPEST - 1))
    return found
