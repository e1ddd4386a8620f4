"""The ladder of a place: which rung a run of lights has come to. No database, no clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from dukao.site.supervision.models import Subject
from dukao.site.supervision.practice import Practice

LETTER = "letter"
LETTER_NAME, LETTER_MARK = "商请函", "商"
# Working days a partner is asked to answer within: a courtesy, nothing follows from it.
LETTER_DAYS = 10
ACCOUNTABILITY = (
    "已到阶梯最高一级仍未赶上进度。是否按规定问责，请办公室负责人研究并报牵头领导决定，需要的移送纪检监察机关；"
    "本系统不拟问责文书。"
)


@dataclass(frozen=True, slots=True)
class Rung:
    """A rung of a ladder (presets/ladders.toml): when it is reached, and what is asked on it."""

    code: str
    name: str
    mark: str
    when: Literal["yellow", "red"]
    months: int
    unanswered: bool
    days: int
    asked: str


@dataclass(frozen=True, slots=True)
class Run:
    """An unbroken run of month-ends with a task behind, up to the last one.

    `behind` counts month-ends yellow or red, `red` those red without a break up to the last; `since` is the
    first month as 2024-06: the run's name, its episode.
    """

    since: str
    behind: int
    red: int


def rungs_of(practice: Practice) -> tuple[Rung, ...]:
    """The ladder a place works by on a day, from the lowest rung up."""
    preset: dict[str, Any] = practice.preset(Subject.LADDER)
    return tuple(Rung(**rung) for rung in preset["rungs"])


def next_rung(
    rungs: Sequence[Rung], run: Run, *, reached: str | None = None, is_unanswered: bool = False
) -> Rung | None:
    """The rung a task has newly come to; None where it stays on the one it has `reached` in this run.

    The highest rung whose months are full counts, so that a red light goes past blue; and the one above a
    paper that was not answered in time. Nobody is sent back down.
    """
    codes = [rung.code for rung in rungs]
    at = codes.index(reached) if reached in codes else -1
    full = (
        place
        for place, rung in enumerate(rungs)
        if (run.red if rung.when == "red" else run.behind) >= rung.months
    )
    highest = max(full, default=-1)
    if is_unanswered and at + 1 < len(rungs) and rungs[at + 1].unanswered:
        highest = max(highest, at + 1)
    return rungs[highest] if highest > at else None


def above(rungs: Sequence[Rung], code: str) -> Rung | None:
    """The rung above another; None above the highest, or where the ladder does not know it."""
    codes = [rung.code for rung in rungs]
    at = codes.index(code) + 1 if code in codes else len(codes)
    return rungs[at] if at < len(rungs) else None


def mark_of(rungs: Sequence[Rung], code: str) -> str:
    """The one character that says the rung in a number: 蓝, 商."""
    if code == LETTER:
        return LETTER_MARK
    return next((rung.mark for rung in rungs if rung.code == code), code[:1])
