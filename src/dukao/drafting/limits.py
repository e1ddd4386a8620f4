"""Until when a task likely is to be done: as the past had it for the task that comes every year."""

import re
from typing import Final

from dukao.drafting.memory import Memory
from dukao.drafting.reasons import explain_limit
from dukao.drafting.values import LikelyDeadline
from dukao.language.dates import Deadline, read_deadlines

_YEAR: Final = re.compile(r"(?:19|20)\d\d(?=年|[-./])")


def likely_deadline(text: str, memory: Memory, year: int | None, least: float) -> LikelyDeadline | None:
    """The same day of `year` as the last past year had beside its words for a row nearly the same.

    None where no row is like enough, where two that are set different limits, or where the limit was no day
    of its own year: a date that was fixed for good does not come again. A past that says no year is older
    than any that does.
    """
    near = [one for one in memory.neighbours("".join(text.split())) if one.likeness >= least]
    if year is None or not near:
        return None
    last = max(one.row.year or 0 for one in near)
    rows = [one for one in near if (one.row.year or 0) == last]
    limits = {one.row.limit for one in rows}
    if last >= year or len(limits) != 1 or not rows[0].row.limit:
        return None
    moved = _move(rows[0].row.limit, last, year)
    return LikelyDeadline(moved, round(rows[0].likeness, 2), explain_limit(rows[0])) if moved else None


def _move(words: str, before: int, year: int) -> Deadline | None:
    """A limit of one year as the next has it: 10月底前 stays, 2024年10月底前 is written for its year."""
    if any(int(found) != before for found in _YEAR.findall(words)):
        return None
    said = _YEAR.sub(str(year), words)
    found = read_deadlines(said, 0, len(said), year)
    if len(found) != 1:
        return None
    one = found[0]
    lost_day = one.date is None and any(old.date for old in read_deadlines(words, 0, len(words), before))
    return None if lost_day else Deadline(said, one.date, one.kind, 0, 0)
