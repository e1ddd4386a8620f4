"""What of a plan is no task: what leads in, takes a stance, says how things are, or speaks of the ballot.

Whatever is left out is listed with the reason, so that a person can take it up again.
"""

import re
from collections.abc import Sequence
from typing import Final, Literal

from dukao.drafting.fields import vocabulary
from dukao.report.values import Commitment

# Why a commitment is no task.
Left = Literal["lead-in", "stance", "situation", "ballot"]

SENTENCE_END: Final = re.compile("[。；;!！?？]")
_LOOK_BACK: Final = 600
# 从国际看，世界经济复苏乏力: how things are, as long as nothing is demanded of anybody.
_VIEWED: Final = (
    "从[^，。]{2,12}看|总体(?:上|来)?看|综合(?:来看|判断)|经过[^，。]{0,8}[年断]|随着|加之|只要|实践证明|(?:还|也)要看到"
    "|[^，。；！\n]{2,12}(?:寄托着|关乎|事关)"
    "|[^，。；！\n]{2,24}是[^，。；！\n]{2,30}(?:定位|使命|所在|重中之重|头等大事|应有之义|当务之急|期盼)[。！]"
)
_DEMANDED: Final = "[^。]*(?:[^主重紧需]要|必须)"
_SITUATION: Final = re.compile(f"[\\s　]*(?:特别是)?(?:{_VIEWED})(?!{_DEMANDED})")
# 从外部看，…。作为…的中转站，区位优势不可替代: the whole paragraph looks at how things are, until it demands.
_VIEW: Final = re.compile("[\\s　]*从[^，。]{2,12}看，")
_DEMAND: Final = re.compile("(?:[^主重紧需]要|必须|为此|因此)")
# 中央经济工作会议指出必须…: what others said is demanded of nobody here.
_TOLD: Final = re.compile(
    "[\\s　]*(?:特别是，?)?(?!认真|贯彻|落实|按照|根据|围绕|对照)"
    "(?:党的[^，。；\n]{1,6}大|[^，。；\n]{0,16}(?:会议|全会))[^，。；\n]{0,6}(?:指出|强调|提出|要求)(?!的)"
    "(?![^。；\n]*我们要)"
)
_STRETCH: Final = re.compile("[^。；！\n]+")
# 民生实事 that the deputies vote on are broken down by themselves.
_BALLOT: Final = "票决"
# Before the items of a list: 全力办好十件实事。一是….
_FIRST_ITEM: Final = re.compile(r"[\s　]*[。：:；;][\s　]*(?:一是|一要|（1）|\(1\)|1[.．、])")
# Of the year's work as a whole: 做好今年的政府工作，必须….
_ALL_WORK: Final = re.compile(
    r"做好(?:今年|全年|明年|新一年|\d{4}年|今后[一二三四五几]年)的?(?:政府|各项)?工作"
)
# 今年要从八个方面发力, 突出六大重点: the list comes below.
_COUNTED_OUT: Final = re.compile(
    r"(?:从|做好|抓好|抓住|突出)[^，。；]{0,6}?[一二三四五六七八九十\d]+(?:个|大|项)?(?:方面|重点)"
    r"(?:工作|发力|入手|着手)?(?=[，。；：])"
)
# What is said to the deputies: 我们必须把握机遇，….
_SPOKEN: Final = re.compile("(?:[^，。；]{2,12}，)?我们(?:必须|一定|要|将)")
# 确保9月底前通水: done by a day, and so no lead-in wherever it stands.
_BY_A_DAY: Final = re.compile(r"(?:\d{1,2}月(?:底|末|[上中下]旬|\d{1,2}日)?|年底|季度末?)(?:之|以)?前")
# What a mere lead-in does not have: a number, or something called by its name.
_CONCRETE: Final = re.compile('[\\d“”"《]')


def why_left_out(
    text: str,
    sentence: Sequence[Commitment],
    *,
    leads_in: bool,
    is_done: bool,
    is_opening: bool = False,
    is_own_work: bool = False,
) -> Left | None:
    """Why a sentence is no task; None where it is one.

    `leads_in`: it stands above the heads below it; `is_done`: it counts what is to be built, held or added;
    `is_opening`: it opens a numbered section, before the first head run into its text; `is_own_work`: it is
    said of the government itself.
    """
    said = text[sentence[0].start : sentence[-1].end]
    if _BALLOT in said:
        return "ballot"
    if not is_done and tells_how_things_are(text, sentence):
        return "situation"
    if _is_one(text, sentence):
        is_bare = not _CONCRETE.search(said)
        if _introduces(text, sentence) or (is_opening and is_bare):
            return "lead-in"
        if not is_own_work and is_bare and _SPOKEN.match(said):
            return "stance"
    if any(one.kind != "aspiration" for one in sentence):
        return None
    if leads_in and not _BY_A_DAY.search(said):
        return "lead-in"
    stances = tuple(vocabulary("cutting")["framing"])
    return "stance" if sentence[0].text.startswith(stances) else None


def _is_one(text: str, sentence: Sequence[Commitment]) -> bool:
    """Whether it is one sentence, a head run into it or none, and no paragraph."""
    return len(SENTENCE_END.findall(text, sentence[0].start, sentence[-1].start)) <= 1


def _introduces(text: str, sentence: Sequence[Commitment]) -> bool:
    """Whether a sentence only says that a list follows, or speaks of the year's work as a whole."""
    said = text[sentence[0].start : sentence[-1].end]
    is_work = bool(_ALL_WORK.search(said)) and all(one.kind != "target" for one in sentence)
    is_work = is_work or bool(_COUNTED_OUT.search(text, sentence[0].start, sentence[-1].end + 1))
    return is_work or bool(_FIRST_ITEM.match(text, sentence[-1].end))


def tells_how_things_are(text: str, sentence: Sequence[Commitment]) -> bool:
    """Whether a sentence, no more than one, speaks of the situation and demands nothing."""
    start = sentence[0].start
    if SENTENCE_END.search(text, start, sentence[-1].start):
        return False
    begins = begin_before(text, start, "。；！\n")
    if _SITUATION.match(text, begins) or _TOLD.match(text, begins):
        return True
    paragraph = begin_before(text, start, "\n")
    if not _VIEW.match(text, paragraph):
        return False
    stretches = _STRETCH.findall(text, paragraph, sentence[-1].end)
    return not any(_DEMAND.search(one) for one in stretches if not _TOLD.match(one))


def begin_before(text: str, at: int, stops: str) -> int:
    """Where what stands around a place begins: behind the last of the stops, or as far back as is looked."""
    since = max(0, at - _LOOK_BACK)
    return max(since, 1 + max(text.rfind(stop, since, at) for stop in stops))
