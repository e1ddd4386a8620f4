"""Chinese and Arabic numerals → numbers, exactly."""

from typing import Final

DIGITS: Final = {
    "〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4,
    "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
}  # fmt: skip
_SMALL: Final = {"十": 10, "百": 100, "千": 1000}
_LARGE: Final = {"万": 10_000, "亿": 100_000_000}

# No amount of anything is as large: numerals doubled by mistake.
_TOO_LARGE: Final = 10**24

MAGNITUDES: Final = {
    "": 1, "十": 10, "百": 100, "千": 1000, "万": 10_000, "十万": 10**5, "百万": 10**6, "千万": 10**7,
    "亿": 10**8, "十亿": 10**9, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12,
}  # fmt: skip


def chinese_number(written: str) -> int | float | None:
    """The number a run of Chinese numerals stands for, None when it stands for none.

    Reads positional (二〇二四) and multiplicative numerals (一万二千三百), bare magnitudes (百, 千亿) and
    decimals (十三点四).

    >>> chinese_number("一百二十五"), chinese_number("两千"), chinese_number("十三点四")
    (125, 2000, 13.4)
    """
    whole, point, decimals = written.partition("点")
    if point:
        head = chinese_number(whole)
        if head is None or not decimals or any(digit not in DIGITS for digit in decimals):
            return None
        return float(f"{head}." + "".join(str(DIGITS[digit]) for digit in decimals))
    if not whole:
        return None
    if all(digit in DIGITS for digit in whole):
        return int("".join(str(DIGITS[digit]) for digit in whole)) if len(whole) != 2 else _pair(whole)
    return _multiplied(whole)


def _pair(whole: str) -> int | None:
    """Two bare digits are a guess (三五个) unless the first is zero or the pair a positional 二〇."""
    return int(f"{DIGITS[whole[0]]}{DIGITS[whole[1]]}") if "〇" in whole or "零" in whole else None


def _multiplied(whole: str) -> int | None:
    total = section = digit = 0
    for char in whole:
        if char in DIGITS:
            if digit:
                return None
            digit = DIGITS[char]
        elif char in _SMALL:
            section += (digit or 1) * _SMALL[char]
            digit = 0
        elif char in _LARGE:
            section += digit
            # 亿 multiplies all before it (三千万亿); 万 only what stands behind the last 亿 (四亿零七百万).
            if char == "亿":
                total = (total + section or 1) * _LARGE[char]
            else:
                total += (section or 1) * _LARGE[char]
            section = digit = 0
        else:
            return None
    amount = total + section + digit
    return amount if amount < _TOO_LARGE else None


def scaled(digits: str, factor: int) -> int | float:
    """An Arabic numeral times a factor; an int whenever the result is whole.

    `digits` may hold full-width digits, thousands separators, inner spaces and one decimal point.

    >>> scaled("1172.32", 10**8), scaled("1,250", 1), scaled("１ ８ ７", 1), scaled("4.4", 1)
    (117232000000, 1250, 187, 4.4)
    """
    if digits.isdigit():
        return int(digits) * factor
    plain = (
        digits.replace(",", "").replace(" ", "").replace("\u3000", "").replace("．", ".").replace("·", ".")
    )
    whole, _, decimals = plain.partition(".")
    decimals = decimals.rstrip("0０")
    if not decimals:
        return int(whole) * factor
    shifted = int(whole + decimals) * factor
    power: int = 10 ** len(decimals)
    return shifted // power if shifted % power == 0 else shifted / power
