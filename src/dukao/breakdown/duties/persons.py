"""Persons who answer within a unit (责任人), told from the leaders of a government: a name without a post in
it, beside the unit's own, under a head or a label that asks for persons.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from dukao.breakdown.lettering import closed_up
from dukao.breakdown.values import Leader

_HEAD = re.compile(r"(?:项目|主要|直接|具体|第一|单位|部门)?(?:责任|负责)人(?:及.*|\(.*)?")
_LABEL = re.compile(r"(?:责任|负责)人(?:及[^:\n\t]{1,6})?[ \t]*[: \t][^:\n\t]{0,30}$")
_WIDEST = 48  # letters before a name among which its label stands
# What the posts of those are called who lead a government, and no bureau.
_LEADING = re.compile("[省市州盟县区旗镇乡]长|书记|常委|常务委员|专员|主席|人大|政协|秘书长|领导")
_OF_VILLAGE = re.compile("村|支书|支部")


def asks_for_persons(head: str) -> bool:
    """Whether the head of a column asks for those who answer within a unit: 责任人, 项目负责人."""
    return _HEAD.fullmatch(closed_up(head)) is not None


@dataclass(slots=True)
class Persons:
    """Who of those named as leaders are such persons; `spans` are the cells under heads that ask for them, in
    order, `met` those that were found.
    """

    plain: str
    spans: Sequence[tuple[int, int]]
    met: dict[int, str] = field(default_factory=dict)

    def leaders_among(self, named: Iterable[Leader]) -> tuple[Leader, ...]:
        """The leaders among some who stand beside a unit."""
        leaders: list[Leader] = []
        for one in named:
            if self._is_person(one):
                self.met[one.start] = one.name
            else:
                leaders.append(one)
        return tuple(leaders)

    def _is_person(self, leader: Leader) -> bool:
        title = leader.title or ""
        if _LEADING.search(title) and not _OF_VILLAGE.search(title):
            return False
        at = bisect_right(self.spans, (leader.start, len(self.plain))) - 1
        is_in_cell = at >= 0 and leader.start < self.spans[at][1]
        before = max(leader.start - _WIDEST, 0)
        return is_in_cell or _LABEL.search(self.plain, before, leader.start) is not None
