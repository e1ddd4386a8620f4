"""Who carries how much: every unit as written, with the rows it leads, shares or supports.

Names are counted apart as long as nobody has said that two of them are one unit.
"""

from dataclasses import dataclass, field

from dukao.breakdown.values import Breakdown, Finding
from dukao.papers.attention import reason_of
from dukao.papers.words import Item


@dataclass(slots=True)
class UnitTally:
    """One unit's rows by role, in the document's order, and what must be known of its name."""

    name: str
    is_group: bool
    offices: dict[str, None] = field(default_factory=dict)
    rows: dict[str, list[str]] = field(default_factory=dict)
    aliases: list[str] = field(default_factory=list)

    def count(self, role: str) -> int:
        """How many rows it has in this role."""
        return len(self.rows.get(role, ()))


def tally_units(breakdown: Breakdown) -> list[UnitTally]:
    """Every unit of the breakdown, those that lead most first, groups (各街镇) last."""
    tallies: dict[str, UnitTally] = {}
    items: list[Item] = [*breakdown.tasks, *breakdown.livelihood]
    for item in items:
        for unit in item.units:
            tally = tallies.setdefault(unit.name, UnitTally(unit.name, unit.group))
            if unit.office:
                tally.offices[unit.office] = None
            rows = tally.rows.setdefault(unit.role, [])
            if item.id not in rows:
                rows.append(item.id)
    for finding in breakdown.findings:
        if reason_of(finding) == "alias":
            _tell_aliases(finding, tallies)
    return sorted(tallies.values(), key=_rank)


def _tell_aliases(finding: Finding, tallies: dict[str, UnitTally]) -> None:
    """Give the finding's message to the units it names; a name inside a longer one is not named by it."""
    message = finding.message
    for name in sorted(tallies, key=len, reverse=True):
        if name in message:
            tallies[name].aliases.append(finding.message)
            message = message.replace(name, "\0")


def _rank(tally: UnitTally) -> tuple[bool, int, int, int]:
    counts = [tally.count(role) for role in ("lead", "responsible", "supporting")]
    return (tally.is_group, -counts[0], -counts[1], -counts[2])
