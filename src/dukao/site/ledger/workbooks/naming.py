"""Whom the cells of a workbook name: units by any of their names, groups, and the leaders of posts."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from dukao.site.ledger.duties import Duty, key_of, new_duty
from dukao.site.ledger.models import Role
from dukao.site.ledger.queries.rows import LeaderName
from dukao.site.ledger.queries.workbook import label_duty
from dukao.site.people.models import Unit, UnitGroup, UnitName

_NAME = re.compile(r"(?:[（(][^）)]*[）)]|〔[^〕]*〕|[^、，,；;\n])+")
_LABEL = re.compile(r"(?P<name>[^（(〔]+)(?:[（(](?P<office>[^）)]+)[）)])?(?P<scope>〔[^〕]*〕)?$")


class Unknown(Exception):
    """A name nobody goes by; the sentence says which, and who may be meant."""


@dataclass(frozen=True, slots=True)
class Names:
    """Everybody a place's workbook can name on a day."""

    units: dict[str, Unit]
    groups: dict[str, UnitGroup]
    posts: dict[str, int]
    day: date

    def read_duties(self, cells: dict[str, str], current: Sequence[Duty]) -> list[Duty]:
        """Who is to answer for a task by its three cells of units; raises Unknown.

        A label that stands on the task already is taken as it is, with its office and what it covers.
        """
        known = {label_duty(one): one for one in current}
        wanted = [
            self._read_duty(label, role, known) for role in Role for label in split_names(cells[role.value])
        ]
        scopes = {key_of(one): one["scope"] for one in current}
        for one in wanted:
            if scopes.get(key_of(one), one["scope"]) != one["scope"]:
                raise Unknown(f"“{one['name']}”的范围（〔〕）不能在工作簿里修改，请照原样写")
        return wanted

    def _read_duty(self, label: str, role: Role, known: dict[str, Duty]) -> Duty:
        if label in known:
            stands = known[label]
            return stands if stands["role"] == role else Duty({**stands, "role": role.value, "basis": ""})
        found = _LABEL.match(label)
        name = found["name"].strip() if found else label
        party = self.units.get(name) or self.groups.get(name)
        if party is None or found is None:
            raise Unknown(f"没有叫“{name}”的单位或统称{suggest(name, [*self.units, *self.groups])}")
        if isinstance(party, Unit) and party.until and party.until <= self.day:
            raise Unknown(f"“{name}”已于 {party.until} 终止，不能再列入")
        if found["scope"]:
            raise Unknown(f"“{label}”里的范围（〔〕）不能在工作簿里新增或修改，请去掉后再导入")
        return new_duty(party, role, (found["office"] or "").strip())

    def read_posts(self, cell: str) -> list[int]:
        """The posts of the leaders a cell names; raises Unknown."""
        names = split_names(cell)
        for name in names:
            if name not in self.posts:
                raise Unknown(f"没有叫“{name}”的在任领导{suggest(name, list(self.posts))}")
        return list(dict.fromkeys(self.posts[name] for name in names))


def read_names(place_id: int, leaders: Iterable[LeaderName], day: date) -> Names:
    """Everybody the place knows, with who leads what on `day`."""
    called = UnitName.objects.filter(place_id=place_id).select_related("unit")
    groups = UnitGroup.objects.filter(place_id=place_id)
    posts: dict[str, int] = {}
    for one in leaders:
        posts.setdefault(one.name or one.title, one.post_id)
    return Names({one.name: one.unit for one in called}, {one.name: one for one in groups}, posts, day)


def split_names(cell: str) -> list[str]:
    """The names in a cell, each once, in their order; brackets stay whole."""
    return list(dict.fromkeys(name for part in _NAME.findall(cell) if (name := part.strip())))


def suggest(name: str, known: Sequence[str]) -> str:
    """Names like this one, as the end of a sentence."""
    near = get_close_matches(name, known, n=3, cutoff=0.5)
    return f"：可能是{'、'.join(f'“{one}”' for one in near)}" if near else "：请先在“单位和职务”里登记"
