"""How much speaks for each unit to lead a task or to take part in it, as plain numbers.

Three voices: the vocabulary of what offices do, past rows that are like the text, and a unit's own name in
the text. Where the three say little, the head that the text stands below is heard. The vocabulary leads; a
past row counts by the cube of its likeness, so that a row that is nearly the same decides and one that is
only of the same district says little.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from dukao.drafting.fields import Speaking, join_speaking, read_fields
from dukao.drafting.memory import Memory, Neighbour
from dukao.drafting.names import core_of

_PAST: Final = 30.0
_NAMED: Final = 1.5
# What stands against every unit: a text that says little proves little.
_DOUBT: Final = 1.0
_FROM_LEAD: Final = 2.2
_BESIDE: Final = 0.3
_BESIDE_DOUBT: Final = 2.0
_NEAR: Final = 0.3
# What is less than this says little; a head counts a part of what its words would count in the text, and by
# itself proves no more than that somebody should look.
_LITTLE: Final = 2.5
_FROM_HEAD: Final = 0.3
_MOST_FROM_HEAD: Final = 0.8


@dataclass(frozen=True)
class Evidence:
    """What a text says of units: the words of every kind of office, and the past rows it is like.

    `head_fields` are the words of the head it stands below.
    """

    text: str
    memory: Memory
    fields: dict[str, Speaking]
    neighbours: tuple[Neighbour, ...]
    head_fields: Mapping[str, Speaking] = field(default_factory=dict)

    @cached_property
    def lead_weights(self) -> dict[str, float]:
        """What speaks for each unit to lead, by its name here."""
        weights = dict(self.work_weights)
        for unit in self.named:
            _add(weights, unit, _NAMED)
        if sum(weights.values()) < _LITTLE:
            for code, speaking in self.head_fields.items():
                heard = min(_FROM_HEAD * speaking.score, _MOST_FROM_HEAD)
                _add(weights, self.memory.names.name(code), heard)
        return weights

    @cached_property
    def work_weights(self) -> dict[str, float]:
        """The same of the work alone: a town's name in a clause says where something is, not whose it is."""
        weights: dict[str, float] = {}
        for code, speaking in self.fields.items():
            _add(weights, self.memory.names.name(code), speaking.score)
        for near in self.neighbours:
            for lead in near.row.leads:
                _add(weights, lead, _PAST * near.likeness**3 / len(near.row.leads))
        return weights

    @cached_property
    def lead_shares(self) -> dict[str, float]:
        """The share of each unit in all that speaks for any, the largest first; in all less than 1."""
        total = sum(self.lead_weights.values()) + _DOUBT
        ranked = sorted(self.lead_weights.items(), key=lambda pair: (-pair[1], pair[0]))
        return {unit: weight / total for unit, weight in ranked}

    @cached_property
    def part_weights(self) -> dict[str, float]:
        """What speaks for each unit or group to take part, the most first."""
        weights: dict[str, float] = {}
        for unit, share in self.lead_shares.items():
            _add(weights, unit, _FROM_LEAD * share)
            led = self.memory.lead_counts[unit]
            for other, count in self.memory.together.get(unit, Counter()).items():
                _add(weights, other, _BESIDE * share * count / (led + _BESIDE_DOUBT))
        whole = sum(near.likeness for near in self.neighbours) or 1.0
        nearest: dict[str, float] = {}
        for near in self.neighbours:
            for unit in (*near.row.units, *near.row.groups):
                _add(weights, unit, _NEAR * near.likeness / whole)
                nearest[unit] = max(nearest.get(unit, 0.0), near.likeness**3)
        for unit, likeness in nearest.items():
            _add(weights, unit, likeness)
        return dict(sorted(weights.items(), key=lambda pair: (-pair[1], pair[0])))

    @cached_property
    def named(self) -> tuple[str, ...]:
        """The units without a kind whose own name stands in the text.

        A town called as its county stands there with its whole name: the county is named in every other line.
        """
        units, home = self.memory.unit_counts, self.memory.home
        cores = ((unit, core_of(unit)) for unit in units)
        return tuple(u for u, core in cores if core and (u if core == home else core) in self.text)

    def words_for(self, unit: str) -> Speaking | None:
        """The words that speak for a unit by its kind, where the unit is what its kind is called here."""
        return self._spoken(unit, self.fields)

    def head_words_for(self, unit: str) -> Speaking | None:
        """The same of the head that the text stands below."""
        return self._spoken(unit, self.head_fields)

    def _spoken(self, unit: str, fields: Mapping[str, Speaking]) -> Speaking | None:
        """What is said of all the kinds of work the unit does here: a county's 财政局 sees to 国资 too."""
        spoken = [said for code, said in fields.items() if self.memory.names.name(code) == unit]
        return join_speaking(spoken) if spoken else None

    def rows_led_by(self, unit: str) -> Sequence[Neighbour]:
        """The past rows like this text that the unit led, the likest first."""
        return [near for near in self.neighbours if unit in near.row.leads]

    def rows_with(self, unit: str) -> Sequence[Neighbour]:
        """The past rows like this text that the unit took part in, the likest first."""
        return [near for near in self.neighbours if unit in near.row.units or unit in near.row.groups]


def gather(text: str, memory: Memory, head: str = "") -> Evidence:
    """All that a text below a head says of units, before the memory of a place."""
    said = "".join(text.split())
    return Evidence(said, memory, read_fields(said), memory.neighbours(said), read_fields(head))


def _add(weights: dict[str, float], unit: str, weight: float) -> None:
    weights[unit] = weights.get(unit, 0.0) + weight
