"""Who answers for an item, as people write it: 区住建局、区城管局; read by any name the units go by."""

import re
from collections.abc import Iterable

from dukao.site.ledger.duties import Duty, new_duty
from dukao.site.ledger.models import Role
from dukao.site.people.models import Unit, UnitGroup, UnitName
from dukao.site.supervision.typed import Unfit

_PARTING = re.compile(r"[、，,；;\n]+")


class Names:
    """The units and groups of a place by every name they go by: two queries."""

    def __init__(self, place_id: int) -> None:
        known = UnitName.objects.filter(place_id=place_id, unit__until__isnull=True).select_related("unit")
        self._of: dict[str, Unit | UnitGroup] = {
            one.name: one for one in UnitGroup.objects.filter(place_id=place_id)
        }
        self._of |= {one.name: one.unit for one in known}

    def read(self, said: str, role: Role, head: str) -> list[Duty]:
        """The parts that written names give; raises Unfit for a name nobody goes by."""
        found: dict[tuple[str, int], Duty] = {}
        for name in filter(None, (one.strip() for one in _PARTING.split(said))):
            party = self._of.get(name)
            if party is None:
                raise Unfit(f"“{head}”里的“{name[:20]}”不在单位名录里：请照名录写全称或简称，几个用顿号隔开")
            found.setdefault((type(party).__name__, party.pk), new_duty(party, role))
        return list(found.values())

    @property
    def all(self) -> list[str]:
        """The names to pick from, each unit's own."""
        return sorted({str(one.name) for one in self._of.values()})


def read_duties(names: Names, lead: str, others: str) -> tuple[list[Duty], list[str]]:
    """The duties two written columns give, who leads not named again, and what is wrong with them."""
    wrong: list[str] = []
    parts: list[list[Duty]] = []
    for said, role, head in ((lead, Role.LEAD, "牵头单位"), (others, Role.SUPPORTING, "配合单位")):
        try:
            parts.append(names.read(said, role, head))
        except Unfit as unfit:
            wrong.append(str(unfit))
            parts.append([])
    leading = {(one["unit"], one["group"]) for one in parts[0]}
    rest = [one for one in parts[1] if (one["unit"], one["group"]) not in leading]
    return [*parts[0], *rest], wrong


def say_parties(names: Iterable[str]) -> str:
    """区住建局、区城管局."""
    return "、".join(names)
