"""Which board a page shows: every state of it is an address."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from dukao.progress.values import Light

TABS = {"leader": "按领导", "unit": "按单位", "section": "按章节", "register": "按清单"}
JUDGED = {"progress": "进度", "filing": "报送", "verified": "核验"}
LISTS = {
    "worse": "变差的",
    "better": "变好的",
    "silent": "连续两期以上没有报送的",
    "undated": "分解和推进方案都没有定时限的",
}
BEHIND = "behind"  # yellow and red together
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class BoardChoice:
    """A state of a year's board; with a group, a light, a reason or a list chosen it shows those tasks."""

    year: int
    by: str = "leader"
    group: str = ""
    of: str = "progress"
    light: str = ""
    why: str = ""
    among: str = ""
    day: str = ""
    since: str = ""

    @property
    def is_narrowed(self) -> bool:
        """Whether tasks are listed instead of the groups."""
        return bool(self.group or self.light or self.why or self.among)

    @property
    def address(self) -> str:
        """Where this state is."""
        query = urlencode(list(self.pairs()))
        return reverse("supervision:board", args=[self.year]) + (f"?{query}" if query else "")

    @property
    def whole(self) -> "BoardChoice":
        """The board this list belongs to."""
        return replace(self, group="", of="progress", light="", why="", among="")

    def to(self, **changes: Any) -> str:
        """The address of this state with some parts changed."""
        return replace(self, **changes).address

    def pairs(self) -> Iterator[tuple[str, str]]:
        """The address as names and values, nothing said that holds by itself."""
        plain = {"by": "leader", "of": "progress"}
        for name in ("by", "group", "of", "light", "why", "among", "day", "since"):
            value = getattr(self, name)
            if value != plain.get(name, ""):
                yield name, value


def read_choice(year: int, query: QueryDict, *, day: str, since: str) -> BoardChoice:
    """The state an address asks for; what it asks for that does not exist is left out."""
    lights = {"", BEHIND, *(light.value for light in Light)}
    return BoardChoice(
        year,
        _known(query.get("by"), TABS, "leader"),
        query.get("group", "")[:_LONGEST],
        _known(query.get("of"), JUDGED, "progress"),
        _known(query.get("light"), lights, ""),
        query.get("why", "")[:_LONGEST],
        _known(query.get("among"), LISTS, ""),
        day,
        since,
    )


def _known(said: str | None, among: Any, otherwise: str) -> str:
    return said if said in among and said is not None else otherwise
