"""Whom a task likely falls to: leader, lead unit and responsible units, each with confidence and reason.

Below its threshold nothing is proposed, and the task says so. A confidence is what the weights were worth
when known breakdowns were proposed anew with whole sections hidden (`dukao bench draft`).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from dukao.breakdown.values import Breakdown
from dukao.drafting.memory import Memory
from dukao.drafting.names import kind_of, said_of
from dukao.drafting.reasons import (
    explain_joint,
    explain_lead,
    explain_leader,
    explain_part,
    say_nothing_sure,
)
from dukao.drafting.values import LikelyLeader, LikelyUnit, Thresholds, Withheld
from dukao.drafting.weighing import Evidence, gather

THRESHOLDS: Final = Thresholds(lead=0.4, responsible=0.3, leader=0.4, deadline=0.75)
# Shares and weights, and the confidence they were worth; between two points a straight line.
_LEAD_CURVE: Final = (
    (0.0, 0.0),
    (0.2, 0.25),
    (0.35, 0.42),
    (0.48, 0.52),
    (0.55, 0.78),
    (0.65, 0.86),
    (0.8, 0.88),
    (0.9, 0.92),
    (1.0, 0.95),
)
_LEADER_CURVE: Final = ((0.0, 0.0), (0.5, 0.45), (0.7, 0.65), (0.85, 0.78), (1.0, 0.8))
_PART_CURVE: Final = ((0.0, 0.0), (0.15, 0.15), (0.25, 0.35), (0.5, 0.5), (1.0, 0.7), (2.0, 0.9))
_MOST_UNITS: Final = 8
_BELOW: Final = {
    "省": "市（州）",
    "自治区": "市（州、盟）",
    "州": "县（市）",
    "市": "县（市、区）",
    "区": "街镇",
    "县": "乡镇",
    "县级市": "乡镇（街道）",
    "旗": "苏木乡镇",
}
_JOINT: Final = 0.8
# In the part on the government itself a task is one office's where it is as sure as this and has as much of
# that office's own words: 推进行政复议体制改革. Else it is everybody's: 严格落实中央八项规定精神.
_OWN_OFFICE: Final = 0.86
_OWN_WORDS: Final = 4.0
_SERVE_GOVERNMENT: Final = frozenset(
    ("government_office", "justice", "services", "data", "audit", "finance", "statistics")
)
_CANDIDATES: Final = 3
_HARDLY: Final = 0.05


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed for one task, what is not; `candidates` for lead, those below the threshold too."""

    units: tuple[LikelyUnit, ...]
    leaders: tuple[LikelyLeader, ...]
    withheld: tuple[Withheld, ...]
    candidates: tuple[LikelyUnit, ...] = ()


class Proposer:
    """Proposes for texts of one place, from its past breakdowns (any number, none too)."""

    def __init__(self, past: Sequence[Breakdown], level: str, place: str | None = None) -> None:
        self.memory = Memory(past, level, place)
        self._weighed: dict[str, Mapping[str, float]] = {}
        self._joint_rows = [row for row in self.memory.rows if row.is_joint]

    def rank_leads(self, text: str) -> list[tuple[str, float]]:
        """The units that may lead a task with their confidence, the likeliest first."""
        shares = gather(text, self.memory).lead_shares
        return [(unit, _read_curve(_LEAD_CURVE, share)) for unit, share in shares.items()]

    def rank_leaders(self, text: str) -> list[tuple[str, float]]:
        """The leaders who may answer for a task with their confidence, the likeliest first."""
        return [(name, sure) for (name, _), sure in self._weigh_leaders(gather(text, self.memory))]

    def weigh(self, text: str) -> Mapping[str, float]:
        """What speaks for each unit in the work a text says."""
        if text not in self._weighed:
            self._weighed[text] = gather(text, self.memory).work_weights
        return self._weighed[text]

    def propose(self, text: str, *, head: str = "", is_own_work: bool = False) -> Proposal:
        """Leader and units of a task. `head`: what it stands below in the report; `is_own_work`: it stands in
        the part on the government itself.
        """
        evidence = gather(text, self.memory, head)
        lead, sure = _likeliest(evidence)
        if is_own_work and not self._is_one_offices(lead, sure, evidence):
            return self._propose_joint()
        withheld: list[Withheld] = []
        units: list[LikelyUnit] = []
        if lead and sure >= THRESHOLDS.lead:
            units.append(LikelyUnit(lead, "lead", sure, explain_lead(lead, evidence)))
        else:
            withheld.append(say_nothing_sure("lead", lead, sure, THRESHOLDS.lead))
        units += self._others(evidence, lead if units else None)
        leader, doubt = self._leader(evidence)
        return Proposal(tuple(units), leader, (*withheld, *doubt), _list_candidates(evidence))

    def _is_one_offices(self, lead: str | None, sure: float, evidence: Evidence) -> bool:
        """Whether work of the government itself is one office's, where it is not known to be laid on all."""
        if lead is None or self._joint_rows or kind_of(lead) not in _SERVE_GOVERNMENT:
            return False
        return sure >= _OWN_OFFICE and evidence.work_weights.get(lead, 0.0) >= _OWN_WORDS

    def _others(self, evidence: Evidence, lead: str | None) -> list[LikelyUnit]:
        """The units that take part, the surest first, in the part such units have in the place."""
        groups = {name for row in self.memory.rows for name in row.groups}
        found = []
        for unit, weight in evidence.part_weights.items():
            sure = _read_curve(_PART_CURVE, weight)
            if unit == lead or sure < THRESHOLDS.responsible:
                continue
            reason = explain_part(unit, lead, evidence)
            found.append(LikelyUnit(unit, self.memory.beside, sure, reason, unit in groups))
        return found[:_MOST_UNITS]

    def _leader(self, evidence: Evidence) -> tuple[tuple[LikelyLeader, ...], tuple[Withheld, ...]]:
        """The likeliest leader, or that nobody is likely enough."""
        ranked = self._weigh_leaders(evidence)
        if not ranked:
            return (), (say_nothing_sure("leader", None, 0.0, THRESHOLDS.leader),)
        leader, sure = ranked[0]
        if sure < THRESHOLDS.leader:
            return (), (say_nothing_sure("leader", leader[0], sure, THRESHOLDS.leader),)
        return (LikelyLeader(leader[0], leader[1], sure, explain_leader(leader, evidence)),), ()

    def _weigh_leaders(self, evidence: Evidence) -> list[tuple[tuple[str, str | None], float]]:
        """The leaders whose units these have been, weighed by how likely each of the units leads."""
        shares = {unit: share for unit, share in evidence.lead_shares.items() if self._leaders_of(unit)}
        whole = sum(shares.values())
        weights: dict[tuple[str, str | None], float] = {}
        for unit, share in shares.items():
            had = self._leaders_of(unit)
            for leader, count in had.items():
                weights[leader] = weights.get(leader, 0.0) + share / whole * count / had.total()
        ranked = sorted(weights.items(), key=lambda pair: (-pair[1], pair[0][0]))
        return [(leader, _read_curve(_LEADER_CURVE, weight)) for leader, weight in ranked]

    def _leaders_of(self, unit: str) -> Counter[tuple[str, str | None]]:
        return self.memory.leader_counts.get(unit, Counter())

    def _propose_joint(self) -> Proposal:
        """The government's own work is laid on all its units together, as past breakdowns did it."""
        joint = self._joint_rows
        level = self.memory.names.level
        everybody = (f"{said_of(level)}政府直属各单位", f"各{_BELOW.get(level, '乡镇（街道）')}")
        names = joint[-1].groups if joint else everybody
        sure = 0.95 if joint else _JOINT
        reason = explain_joint(joint)
        units = tuple(LikelyUnit(name, "responsible", sure, reason, True) for name in names)
        return Proposal(units, (), ())


def _list_candidates(evidence: Evidence) -> tuple[LikelyUnit, ...]:
    """The units that most likely lead, the likeliest first; none for whom hardly anything speaks."""
    likeliest = [
        (unit, _read_curve(_LEAD_CURVE, share))
        for unit, share in list(evidence.lead_shares.items())[:_CANDIDATES]
    ]
    return tuple(
        LikelyUnit(unit, "lead", sure, explain_lead(unit, evidence))
        for unit, sure in likeliest
        if sure >= _HARDLY
    )


def _likeliest(evidence: Evidence) -> tuple[str | None, float]:
    lead = next(iter(evidence.lead_shares), None)
    return lead, _read_curve(_LEAD_CURVE, evidence.lead_shares[lead]) if lead else 0.0


def _read_curve(curve: tuple[tuple[float, float], ...], at: float) -> float:
    """The confidence a weight is worth, to two places."""
    for (low, sure), (high, surer) in pairwise(curve):
        if at <= high:
            return round(sure + (surer - sure) * (at - low) / (high - low), 2)
    return curve[-1][1]
