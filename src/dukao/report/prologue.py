"""How a sentence of the plan speaks: as plan, as lead-in prose, as requirement, or of projects the deputies
are still to vote on.

What a paragraph says before it comes to the things to be done — where the year stands, what all the work must
keep to — is framing, however many verbs it has.
"""

import re
from bisect import bisect_left
from typing import Final

# A sentence of the plan; prose that leads in to sub-sections; requirement or situation; a matter of the
# ballot, and what is promised about it.
PLAN: Final = 0
LEAD: Final = 1
FRAME: Final = 2
BALLOT: Final = 3
AFTER_BALLOT: Final = 4

_ADDRESS: Final = r"(?:各位代表|同志们)?[，,！!：:\s*]*"
_YEAR: Final = r"(?:今年|[12]\d{3}年)"
# 今年是…之年: where the year stands.
_SITUATION: Final = rf"{_YEAR}[，,]?(?:既|也)?是[^。：]{{3,60}}?(?:年|时期|阶段)(?=[，,。；])"
# 做好今年的工作，…: what all the work must keep to.
_PURPOSE: Final = (
    r"(?:要|为|为了)?(?:确保|圆满|全面|切实|顺利|如期)?(?:做好|实现|完成|抓好)(?:好)?[^。，,：]{0,8}?"
    rf"(?:{_YEAR}|全年|上述|以上|这些|目标)[^。，,：]{{0,22}}[，,]"
)
# 从外部环境看，…: what speaks for and against.
_VIEW: Final = "从[^。，,]{2,8}看[，,]"
_OPENING: Final = re.compile(f"{_ADDRESS}(?:(?P<purpose>{_PURPOSE})|{_SITUATION}|{_VIEW})")
_PRINCIPLES: Final = re.compile("把握|坚持|注意|注重|遵循|处理好|原则|取向|几点")
# The year's general requirement by any of its names.
_NAMES: Final = (
    r"(?:(?:总体|总的|总)(?:要求|思路|考虑)|(?:基本|工作)思路|总基调|指导思想)(?:(?:和|与|及)[^，：。]{2,6})?"
)
_REQUIREMENT_INSIDE: Final = re.compile(f"{_NAMES}(?:是|为)")
_REQUIREMENT: Final = re.compile(f"{_NAMES}(?:是|为)?[：:]?$")
# The first characters a sentence of the two kinds above can have.
_FIRST: Final = frozenset("今12从做实完抓要为确圆全切顺如各同")
_YEARS: Final = frozenset("今12")
_COLONS: Final = frozenset("：:")
_SEMICOLONS: Final = frozenset("；;")
_BALLOT_WORDS: Final = ("票决", "候选项目", "会确定后")
_LONGEST_FRAME: Final = 700
_LONGEST_BALLOT: Final = 200
# Prose that leads in to sub-sections is short; where it runs on, it is a section of its own.
_LONGEST_LEAD: Final = 300

# A sentence as its clauses; no sentence is empty.
Sentence = list[tuple[int, int]]


def find_ballots(text: str, start: int = 0) -> list[int]:
    """Where the text speaks of projects that are put to the vote; the institution itself (票决制) aside."""
    found = []
    for word in _BALLOT_WORDS:
        at = text.find(word, start)
        while at >= 0:
            if text[at + 2 : at + 3] != "制":
                found.append(at)
            at = text.find(word, at + 2)
    return sorted(found)


def read_levels(text: str, sentences: list[Sentence], leads: bool, ballots: list[int]) -> list[int]:
    """How each sentence of a passage speaks. `leads`: the passage stands above sub-sections."""
    if not sentences:
        return []
    first, last = sentences[0][0][0], sentences[-1][-1][1]
    base = LEAD if leads and last - first <= _LONGEST_LEAD else PLAN
    levels: list[int] = []
    level, until, required = base, 0, False
    for sentence in sentences:
        start, end = sentence[0][0], sentence[-1][1]
        if text[start] in _FIRST and _opens_frame(text, start, end, start == first):
            level, until = FRAME, start + _LONGEST_FRAME
        elif start > until:
            level = base
        levels.append(FRAME if required else level)
        stop = text[end : end + 1]
        if stop in _COLONS:
            required = _REQUIREMENT.search(text, sentence[-1][0], end) is not None
            if required or not _PRINCIPLES.search(text, sentence[-1][0], end):
                level = base
        elif stop not in _SEMICOLONS:
            required = False
    if ballots:
        _mark_ballot(sentences, levels, ballots[bisect_left(ballots, first) : bisect_left(ballots, last)])
    return levels


def _opens_frame(text: str, start: int, end: int, first: bool) -> bool:
    """Whether a sentence begins a stretch of framing; a situation does so only where it is `first` of all."""
    if text[start] in _YEARS and not first:
        return False
    found = _OPENING.match(text, start, end + 1)
    return found is not None and (first or found["purpose"] is not None)


def _mark_ballot(sentences: list[Sentence], levels: list[int], inside: list[int]) -> None:
    """Mark the sentences of a passage that put projects to the vote, and those that follow from it.

    `inside` is where the passage speaks of them.
    """
    if not inside:
        return
    for k, sentence in enumerate(sentences):
        start, end = sentence[0][0], sentence[-1][1]
        after = bisect_left(inside, start)
        if after < len(inside) and inside[after] < end:
            levels[k] = AFTER_BALLOT if after else BALLOT
        elif after and start < inside[after - 1] + _LONGEST_BALLOT:
            levels[k] = AFTER_BALLOT


def states_requirement(said: str) -> bool:
    """Whether a clause goes over to the requirement without a colon: 今年工作的总要求是坚持…."""
    return _REQUIREMENT_INSIDE.search(said) is not None
