"""Whom a task likely falls to: leader, lead unit and responsible units, each with confidence and reason.

Below its threshold nothing is proposed, and the task says so. A confidence is what the weights were worth when
known breakdowns were proposed anew with whole sections hidden (`dukao bench draft`).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from dukao.breakdown.values import Breakdown
from dukao.drafting.memory import Memory
from dukao.drafting.reasons import (
    explain_joint,
    explain_lead,
    explain_leader,
    explain_part,
    say_nothing_sure,
)
from dukao.drafting.values import LikelyLeader, LikelyUnit, Thresholds, Withheld
from dukao.drafting.weighing import Evidence, gather

THRESHOLDS: Final = Thresholds(lead=0.4, responsible=0.3, leader=0.3)
# Shares and weights, and the confidence they were worth; between two points a straight line.
_LEAD_CURVE: Final = ((0.0, 0.0), (0.2, 0.4), (0.4, 0.7), (0.7, 0.9), (1.0, 0.97))
_PART_CURVE: Final = ((0.0, 0.0), (0.2, 0.3), (0.5, 0.5), (1.0, 0.75), (2.0, 0.95))
_MOST_UNITS: Final = 8
_JOINT_LEVELS: Final = ("{}政府直属各单位", "各{}")
_TOWNS: Final = {"区": "街镇", "市": "县（市、区）", "县": "乡镇", "旗": "苏木乡镇"}
_JOINT: Final = 0.8


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed for one task, and what is not."""

    units: tuple[LikelyUnit, ...]
    leaders: tuple[LikelyLeader, ...]
    withheld: tuple[Withheld, ...]


class Proposer:
    """Proposes for texts of one place, from its past breakdowns (any number, none too)."""

    def __init__(self, past: Sequence[Breakdown], level: str) -> None:
        self.memory = Memory(past, level)

    def rank_leads(self, text: str) -> list[str]:
        """The units that may lead a task, the likeliest first, whatever the threshold."""
        return list(gather(text, self.memory).lead_shares)

    def propose(self, text: str, *, is_own_work: bool = False) -> Proposal:
        """Leader and units of a task. `is_own_work`: it stands in the part on the government itself."""
        if is_own_work:
            return self._propose_joint()
        evidence = gather(text, self.memory)
        lead, sure = _likeliest(evidence)
        withheld: list[Withheld] = []
        units: list[LikelyUnit] = []
        if lead and sure >= THRESHOLDS.lead:
            units.append(LikelyUnit(lead, "lead", sure, explain_lead(lead, evidence)))
        else:
            withheld.append(say_nothing_sure("lead", lead, sure, THRESHOLDS.lead))
        units += self._others(evidence, lead if units else None)
        leader, doubt = self._leader(evidence)
        return Proposal(tuple(units), leader, (*withheld, *doubt))

    def _others(self, evidence: Evidence, lead: str | None) -> list[LikelyUnit]:
        """The responsible units, the surest first."""
        groups = {name for row in self.memory.rows for name in row.groups}
        found = []
        for unit, weight in evidence.part_weights.items():
            sure = _read_curve(_PART_CURVE, weight)
            if unit == lead or sure < THRESHOLDS.responsible:
                continue
            reason = explain_part(unit, lead, evidence)
            found.append(LikelyUnit(unit, "responsible", sure, reason, unit in groups))
        return found[:_MOST_UNITS]

    def _leader(self, evidence: Evidence) -> tuple[tuple[LikelyLeader, ...], tuple[Withheld, ...]]:
        """The leader whose units these have been, weighed by how likely each of them leads."""
        shares = {unit: share for unit, share in evidence.lead_shares.items() if self._leaders_of(unit)}
        whole = sum(shares.values())
        best = _read_curve(_LEAD_CURVE, max(evidence.lead_shares.values(), default=0.0))
        counts: dict[tuple[str, str | None], float] = {}
        for unit, share in shares.items():
            had = self._leaders_of(unit)
            for leader, count in had.items():
                counts[leader] = counts.get(leader, 0.0) + share / whole * count / had.total()
        if not counts:
            return (), (say_nothing_sure("leader", None, 0.0, THRESHOLDS.leader),)
        leader = min(counts, key=lambda one: (-counts[one], one[0]))
        sure = round(counts[leader] * best, 2)
        if sure < THRESHOLDS.leader:
            return (), (say_nothing_sure("leader", leader[0], sure, THRESHOLDS.leader),)
        reason = explain_leader(leader, evidence)
        return (LikelyLeader(leader[0], leader[1], sure, reason),), ()

    def _leaders_of(self, unit: str) -> Counter[tuple[str, str | None]]:
        return self.memory.leader_counts.get(unit, Counter())

    def _propose_joint(self) -> Proposal:
        """The government's own work is laid on all its units together, as past breakdowns did it."""
        joint = [row for row in self.memory.rows if row.is_joint]
        level = self.memory.names.level
        names = joint[-1].groups if joint else tuple(
            form.format(level if "政府" in form else _TOWNS.get(level, "乡镇（街道）")) for form in _JOINT_LEVELS
        )
        sure = 0.95 if joint else _JOINT
        reason = explain_joint(joint)
        units = tuple(LikelyUnit(name, "responsible", sure, reason, True) for name in names)
        return Proposal(units, (), ())


def _likeliest(evidence: Evidence) -> tuple[str | None, float]:
    lead = next(iter(evidence.lead_shares), None)
    return lead, _read_curve(_LEAD_CURVE, evidence.lead_shares[lead]) if lead else 0.0


def _read_curve(curve: tuple[tuple[float, float], ...], at: float) -> float:
    """The confidence a weight is worth, to two places."""
    for (low, sure), (high, surer) in pairwise(curve):
        if at <= high:
            return round(sure + (surer - sure) * (at - low) / (high - low), 2)
    return curve[-1][1]
