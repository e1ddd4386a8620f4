"""Numbers with their units, as they stand in a text: the lexer under every measure.

A quantity is found by its shape alone; whether it states anything is for the report room to say. One regular
expression built from named parts does the finding.
"""

import re
from functools import cache
from typing import Final

from dukao.language.numerals import MAGNITUDES, chinese_number, scaled
from dukao.language.units import PERCENT, PERSONS, Unit, load_units, people, units_pattern


class Quantity:
    """A number in the text, scaled to its base unit.

    `start:end` covers number, 多/余 and unit; `number_end` is where the number itself stops. `unit` is None
    for a bare number, `more` is true when 多, 余 or 几 stands inside, `form` is one of the codes below and
    says how it is written.
    """

    __slots__ = ("end", "form", "more", "number_end", "start", "unit", "value", "value_max")

    def __init__(
        self, start: int, end: int, number_end: int, value: int | float, value_max: int | float | None,
        unit: Unit | None, more: bool, form: str,
    ) -> None:  # fmt: skip
        self.start: Final[int] = start
        self.end: Final[int] = end
        self.number_end: Final[int] = number_end
        self.value: Final[int | float] = value
        self.value_max: Final[int | float | None] = value_max
        self.unit: Final[Unit | None] = unit
        self.more: Final[bool] = more
        self.form: Final[str] = form

    def negative(self) -> "Quantity":
        """The number with the sign in front of it: 增长-2.5%."""
        start, value = self.start - 1, -self.value
        return Quantity(
            start, self.end, self.number_end, value, self.value_max, self.unit, self.more, self.form
        )

    def until(self, other: "Quantity") -> "Quantity":
        """The range from this number to another: 百分之八至百分之九."""
        value, last = self.value, other.value
        return Quantity(self.start, other.end, other.number_end, value, last, other.unit, other.more, RANGE)


ARABIC: Final = "M01"
CHINESE: Final = "M02"
FRACTION: Final = "M03"
TENTHS: Final = "M04"
HALF: Final = "M05"
DIGITS: Final = "M06"
MAGNITUDE: Final = "M07"
RANGE: Final = "M08"
BARE: Final = "M09"

_NUMERAL: Final = "〇零一二三四五六七八九十百千万亿两"
_DECIMALS: Final = r"\d+(?:,\d{3})*(?:[.．·]\d+)?"
_MAGNITUDE: Final = r"万亿|[十百千][万亿]|[百千](?![\d瓦米克伏安])|[万亿]"
_RANGE: Final = r"(?:[万亿%％‰]?[-—–－~～〜]{1,2}|(?<=\d)(?:至|到)(?=\d))"
_MORE: Final = "[多余几]"
# More characters than any amount has: a code, or digits pasted in.
_LONGEST: Final = 48
# 两位数 grows by ten and more; no percentage has as many digits.
_MOST_DIGITS: Final = 12
_SIGNS: Final = frozenset("-－−")
_BEFORE_A_SIGN: Final = frozenset("长幅速率为到达至降")
# The groups a number in Chinese numerals may end with.
_CHINESE_GROUPS: Final = frozenset(
    ("cnum", "above", "cmore", "cmag", "cunit", "cover", "tenths", "digits", "half")
)
_NO_CLASSIFIER: Final = (
    "年",
    "月",
    "日",
    "次",
    "度",
    "旬",
    "周",
    "点",
    "兆",
    "年度",
    "季度",
    "世纪",
    "根",
    "段",
)


def _maybe(part: str) -> str:
    """A part that may be missing: said so it costs the engine half of what `(?:…)?` does."""
    return f"(?:{part}|)"


@cache
def quantity_pattern() -> re.Pattern[str]:
    """The compiled expression; one character decides whether the rest is Arabic or Chinese."""
    number = r"(?P<num>(?: \d)+(?![\d.．%％])|\d*(?:,\d{3})*(?:[.．·]\d+|))"
    low = _maybe(rf"(?P<big>[亿万])(?P<low>\d{{1,4}}){_maybe('(?P<low_mag>千万|百万|[千万百])')}")
    top = _maybe(rf"{_RANGE}(?P<num2>{_DECIMALS})")
    more = _maybe(f"(?P<more>{_MORE})") + _maybe("(?P<more_mag>(?<=[多余])[万亿])")
    magnitude = _maybe(f"(?P<mag>{_MAGNITUDE})") + more
    unit = _maybe(f"(?P<unit>{units_pattern()}){_maybe('(?P<over>多(?![一-龥]))')}")
    arabic = rf"{number}{low}{top}\s?{magnitude}\s?{unit}"
    above = rf"(?P<above>[{_NUMERAL}]+(?:点[{_NUMERAL}]+)?|{_DECIMALS})"
    chinese = (
        rf"[{_NUMERAL}]*(?:点[{_NUMERAL}]+)?(?P<cnum>)(?:分之{above}"
        rf"|{_maybe(f'(?P<cmore>{_MORE})')}{_maybe('(?P<cmag>[万亿])')}\s?"
        rf"(?:(?P<cunit>{units_pattern(_NO_CLASSIFIER)}){_maybe('(?P<cover>多(?![一-龥]))')}"
        r"|(?P<tenths>成)(?![为立功员果效就本品绩长都不])"
        r"|(?P<digits>位数)|(?<=一)(?P<half>半)(?![年月天小径价路个])))"
    )
    date = r"(?P<date>(?:(?<=[12])[089]\d\d|\d?)\s?[年月]|\d?日)"
    # Digits by name, half and full width: their class would be asked of every character of the text.
    return re.compile(rf"[0-9０-９{_NUMERAL}](?:(?<=\d)(?:{date}|{arabic})|(?<=[{_NUMERAL}])(?:{chinese}))")


def find_quantities(text: str, start: int, end: int, *, dates: bool = False) -> list[Quantity]:
    """Every number of `text[start:end]` with its unit, in order; never two on the same characters.

    Years, months and days are passed over unless `dates` asks for them: no numbers are more common.
    """
    units = load_units()
    quantities: list[Quantity] = []
    for found in quantity_pattern().finditer(text, start, end):
        kind = found.lastgroup
        if kind == "date" and not dates:
            continue
        at, stop = found.span()
        if stop - at > _LONGEST:
            continue
        if kind == "date":
            quantities.append(_date(found, units))
        elif kind in _CHINESE_GROUPS:
            written = _chinese(found, units)
            if written is not None:
                quantities.append(written)
        else:
            amount = _arabic(text, at, stop, found, units)
            signed = text[at - 1] in _SIGNS and at - 2 >= start and text[at - 2] in _BEFORE_A_SIGN
            quantities.append(amount.negative() if signed else amount)
    return quantities


def _date(found: re.Match[str], units: dict[str, Unit]) -> Quantity:
    at, end = found.span()
    return Quantity(
        at, end, end - 1, int(found.string[at : end - 1]), None, units[found.string[end - 1]], False, ARABIC
    )


def _arabic(text: str, at: int, end: int, found: re.Match[str], units: dict[str, Unit]) -> Quantity:
    num_end = found.end("num")
    if found.lastgroup == "unit" and found.start("unit") == num_end:
        return Quantity(
            at, end, num_end, scaled(text[at:num_end], 1), None, units[text[num_end:end]], False, ARABIC
        )
    second, magnitude, more, again, unit, over, big = found.group(
        "num2", "mag", "more", "more_mag", "unit", "over", "big"
    )
    if big:
        return _compound(found, units[unit] if unit else None)
    factor = (MAGNITUDES[magnitude] if magnitude else 1) * (MAGNITUDES[again] if again else 1)
    value_max = None
    form = ARABIC if unit else BARE
    if second:
        form, value_max, number_end = RANGE, scaled(second, factor), found.end("num2")
    else:
        number_end = num_end
    value = scaled(text[at:num_end], factor)
    if magnitude:
        number_end = found.end("mag")
    if not unit:
        end = found.end("more_mag") if again else found.end("more") if more else number_end
        if (magnitude or again) and people().match(text, end):
            return Quantity(at, end, number_end, value, value_max, PERSONS, bool(more), ARABIC)
    return Quantity(
        at, end, number_end, value, value_max, units[unit] if unit else None, bool(more or over), form
    )


def _compound(found: re.Match[str], unit: Unit | None) -> Quantity:
    """Two magnitudes one after the other: 1万6千多户, 2亿3千万亩."""
    at, end = found.span()
    more = found.group("more") or found.group("over")
    low = scaled(found.group("low"), MAGNITUDES[found.group("low_mag") or ""])
    again = found.group("more_mag") or found.group("mag")
    value = scaled(found.string[at : found.end("num")], MAGNITUDES[found.group("big")])
    value += low * (MAGNITUDES[again] if again else 1)
    number_end = max(found.end("low"), found.end("low_mag"), found.end("mag"))
    return Quantity(at, end, number_end, value, None, unit, bool(more), ARABIC if unit else BARE)


def _chinese(found: re.Match[str], units: dict[str, Unit]) -> Quantity | None:
    at, end = found.span()
    number_end = found.start("cnum")
    written = found.string[at:number_end]
    above, more, magnitude, unit, tenths, digits = found.group(
        "above", "cmore", "cmag", "cunit", "tenths", "digits"
    )
    if above:
        return _fraction(at, end, written, above)
    if found.group("half"):
        return Quantity(at, end, end, 50, None, PERCENT, False, HALF)
    value = chinese_number(written)
    if value is None:
        return None
    if digits:
        if not 1 <= value <= _MOST_DIGITS:
            return None
        return Quantity(at, end, end, 10 ** (int(value) - 1), None, PERCENT, False, DIGITS)
    if tenths:
        return Quantity(at, end, end, value * 10, None, PERCENT, bool(more), TENTHS) if value <= 10 else None
    if magnitude:
        value, number_end = chinese_number(written + magnitude) or value, found.end("cmag")
    form = MAGNITUDE if written[0] in "百千万亿" else CHINESE
    if units[unit].dimension == "money" and value < 10:
        return None
    return Quantity(at, end, number_end, value, None, units[unit], bool(more or found.group("cover")), form)


def _fraction(at: int, end: int, below: str, above: str) -> Quantity | None:
    upper = scaled(above, 1) if above[0].isdigit() else chinese_number(above)
    lower = chinese_number(below)
    if upper is None or not lower:
        return None
    value = upper if lower == 100 else upper * 100 / lower
    return Quantity(
        at, end, end, int(value) if value == int(value) else value, None, PERCENT, False, FRACTION
    )
