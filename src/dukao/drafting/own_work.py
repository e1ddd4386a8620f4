"""Where a report comes to the government itself without a head that says so, as provinces often do.

各位代表！我们将…，加强政府自身建设。: what follows is laid on all units, as below a head of that name.
"""

import re
from dataclasses import dataclass
from typing import Final

from dukao.report.values import Report, Section

_ADDRESSED: Final = r"(?:各位代表|同志们)[，,！!：:]"
_OF_ITSELF: Final = "自身建设|服务型政府|人民满意的?政府|法治政府|廉洁政府"
_TURN: Final = re.compile(rf"{_ADDRESSED}(?:(?!{_ADDRESSED})[\s\S]){{0,250}}?(?:{_OF_ITSELF})")
# The government speaks of itself at the end: in the first three quarters it is a word in passing.
_LATEST: Final = 0.75
# 今年，我们要办好十件民生实事：1.…: a list is of the units of its matters, whatever head it is under.
_FIRST: Final = "(?:1[.．、]|（?[一1]）|一是|一、)"
_DEEDS: Final = re.compile(
    rf"(?:办好|办成|实施)[^，。；：\n]{{0,20}}实事[^。；\n]{{0,12}}[：:。][\s　]{{0,8}}{_FIRST}"
)


@dataclass(frozen=True, slots=True)
class OwnWork:
    """What a plan says of the government itself: below a head of that name, or from `since` on.

    From `deeds` on it lists what is to be done for the people.
    """

    since: int
    deeds: int

    def holds(self, start: int, section: Section | None) -> bool:
        """Whether what begins at `start` of a section is said of the government itself."""
        is_self = section is not None and section.part == "self"
        return (is_self or start >= self.since) and start < self.deeds


def find_own_work(report: Report) -> OwnWork:
    """Where a plan speaks of the government itself."""
    text = report.source.text
    since = _find_turn(report)
    first = min((one.start for one in report.outline if one.part == "self"), default=since)
    deeds = _DEEDS.search(text, first)
    return OwnWork(since, deeds.start() if deeds else len(text))


def _find_turn(report: Report) -> int:
    """The offset from which a plan speaks of the government itself; the end of the text where a head tells
    it, nothing does, or it is the nation's, which goes on to defence and the world.
    """
    text = report.source.text
    if not report.commitments or report.level == "nation":
        return len(text)
    if any(section.part == "self" for section in report.outline):
        return len(text)
    first, last = report.commitments[0].start, report.commitments[-1].end
    turn = _TURN.search(text, first + int(_LATEST * (last - first)), last)
    return turn.start() if turn else len(text)
