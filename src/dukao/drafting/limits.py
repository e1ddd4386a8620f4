"""Until when a task likely is to be done: as the past had it for the task that comes every year."""

import re
from typing import Final

from dukao.drafting.memory import Memory
from dukao.drafting.reasons import explain_limit
from dukao.drafting.values import LikelyDeadline
from dukao.language.dates import Deadline, read_bare_date, read_deadlines

_YEAR: Final = re.compile(r"(?:19|20)\d\d(?=年|[-./])")
# However a year is written: 2024年, 24年, 二〇二四年.
_ANY_YEAR: Final = re.compile("[\\d〇○零一二三四五六七八九]{2,4}(?=年)")


def likely_deadline(text: str, memory: Memory, year: int | None, least: float) -> LikelyDeadline | None:
    """The same day of `year` as the last past year had beside its words for a row nearly the same.

    None where no row is like enough, where two that are set different limits, or where the limit was no day
    of its own year: a date that was fixed for good does not come again; nor does one whose year is written
    in a way that is not moved (二〇二四年底). A past that says no year is older than any that does.
    """
    near = [one for one in memory.neighbours("".join(text.split())) if one.likeness >= least]
    if year is None or not near:
        return None
    last = max(one.row.year or 0 for one in near)
    rows = [one for one in near if (one.row.year or 0) == last]
    limits = {one.row.limit.text if one.row.limit else "" for one in rows}
    old = rows[0].row.limit
    if last >= year or len(limits) != 1 or old is None:
        return None
    moved = _move(old, rows[0].row.year, year)
    return LikelyDeadline(moved, round(rows[0].likeness, 2), explain_limit(rows[0].row)) if moved else None


def _move(old: Deadline, before: int | None, year: int) -> Deadline | None:
    """A limit of one year as another has it: 10月底前 stays, 2024年10月底前 is written for its year."""
    words = "".join(old.text.split())
    if any(int(found) != before for found in _YEAR.findall(words)):
        return None
    said = _YEAR.sub(str(year), words)
    if any(found != str(year) for found in _ANY_YEAR.findall(said)):
        return None
    if old.date is None and old.kind == "ongoing":
        return Deadline(said, None, old.kind, 0, 0)
    if old.date is not None and old.date[:4] != str(before):
        return None
    day = _read_day(said, year) or (f"{year}{old.date[4:]}" if old.date else None)
    if old.date and day and "日" in words and day[5:] != old.date[5:]:
        return None  # 2月29日前: not every year has that day
    return Deadline(said, day, old.kind, 0, 0) if day else None


def _read_day(words: str, year: int) -> str | None:
    found = read_deadlines(words, 0, len(words), year)
    return found[0].date if len(found) == 1 else read_bare_date(words, year)
