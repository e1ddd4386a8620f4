"""Where a report comes to the government itself without a head that says so, as provinces often do.

各位代表！我们将…，加强政府自身建设。: what follows is laid on all units, as below a head of that name.
"""

import re
from typing import Final

from dukao.report.values import Report

_ADDRESSED: Final = r"(?:各位代表|同志们)[，,！!：:]"
_OF_ITSELF: Final = "自身建设|服务型政府|人民满意的?政府|法治政府|廉洁政府"
_TURN: Final = re.compile(rf"{_ADDRESSED}(?:(?!{_ADDRESSED})[\s\S]){{0,250}}?(?:{_OF_ITSELF})")
# The government speaks of itself at the end: in the first three quarters it is a word in passing.
_LATEST: Final = 0.75


def find_own_work(report: Report) -> int:
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
