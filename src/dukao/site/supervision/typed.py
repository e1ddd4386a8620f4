"""What people type into cells and fields: a day or a number, or a sentence that says why it is none."""

import re
from datetime import date, timedelta

_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$")
_SERIAL = re.compile(r"\d{5}$")  # a day as spreadsheet programs count


class Unfit(Exception):
    """What was typed cannot be taken; the sentence says why and what to write."""


def read_day(label: str, text: str) -> date:
    """A day as people write it. Raises Unfit."""
    found = _DAY.match(text)
    try:
        if found:
            return date(*map(int, found.groups()))
    except ValueError:
        pass
    raise Unfit(f"“{label}”写的“{text[:20]}”不是日期：请写成 2024-09-25 这样")


def read_cell_day(label: str, text: str) -> date:
    """A day as people write it, or as a spreadsheet program counts it. Raises Unfit."""
    if _SERIAL.match(text):
        return date(1899, 12, 30) + timedelta(days=int(text))
    return read_day(label, text)


def read_number(label: str, text: str, *, least: float, most: float) -> float:
    """A number without its unit. Raises Unfit."""
    try:
        value = float(text.replace(",", "").replace("，", ""))
    except ValueError:
        raise Unfit(f"“{label}”写的是“{text[:20]}”：只填数字，不带单位") from None
    if not least <= value <= most:
        raise Unfit(f"“{label}”写的是“{text[:20]}”，不像一个数量：请核对")
    return value
