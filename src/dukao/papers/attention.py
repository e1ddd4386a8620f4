"""What a person must look at: every matter once, with its reason in words.

A matter is one thing to decide. A row that differs in a number and has no lead is two matters; a conflict
between two rows is one.
"""

from dataclasses import dataclass
from typing import Literal

from dukao.breakdown.values import Breakdown, Finding, Task
from dukao.papers.words import Item

Reason = Literal[
    "number", "truncated", "conflict", "undecided", "unitless", "wording", "absent", "check", "alias"
]

REASONS: dict[Reason, str] = {
    "conflict": "互相冲突",
    "number": "数字不一致",
    "truncated": "文字残缺",
    "undecided": "牵头未定",
    "unitless": "未写单位",
    "wording": "文字不一致",
    "absent": "报告中未见",
    "check": "口径待核",
    "alias": "单位异名",
}

_OF_DIFFERENCE: dict[str, Reason] = {
    "number": "number",
    "truncated": "truncated",
    "wording": "wording",
    "omission": "wording",
    "addition": "wording",
}


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing to decide: why, about which items, and the finding that says so where there is one."""

    reason: Reason
    items: tuple[str, ...]
    finding: Finding | None = None

    @property
    def label(self) -> str:
        """The reason in words."""
        return REASONS[self.reason]


def list_matters(breakdown: Breakdown) -> list[Matter]:
    """Every matter of the breakdown, most pressing reasons first, then in the document's order."""
    matters = [Matter(reason_of(finding), finding.items, finding) for finding in breakdown.findings]
    rows: list[Item] = [*breakdown.tasks, *breakdown.livelihood]
    for item in rows:
        matters += [Matter(reason, (item.id,)) for reason in reasons_for(item, breakdown)]
    order = list(REASONS)
    return sorted(matters, key=lambda matter: order.index(matter.reason))


def reasons_for(item: Item, breakdown: Breakdown) -> list[Reason]:
    """Why a row itself needs a person; findings across rows are not among them."""
    reasons = [_OF_DIFFERENCE[difference.kind] for difference in item.differences]
    if "truncated" not in reasons and _is_cut_off(item, breakdown):
        reasons.append("truncated")
    if not item.units:
        reasons.append("unitless")
    elif any(unit.basis == "undecided" for unit in item.units):
        reasons.append("undecided")
    # Livelihood projects are voted apart from the report: not standing in it is no fault of theirs.
    if item.relation == "absent" and isinstance(item, Task):
        reasons.append("absent")
    return list(dict.fromkeys(reasons))


def label_items(breakdown: Breakdown) -> dict[str, str]:
    """For every row that needs a person, why, in words.

    Two names for one unit stand in many rows and are decided once: they are no reason for a row.
    """
    reasons: dict[str, dict[str, None]] = {}
    for matter in list_matters(breakdown):
        if matter.reason != "alias":
            for item in matter.items:
                reasons.setdefault(item, {})[matter.label] = None
    return {item: "、".join(labels) for item, labels in reasons.items()}


def reason_of(finding: Finding) -> Reason:
    """The reason a finding stands for."""
    if finding.kind == "conflict":
        return "conflict"
    return "alias" if "alias" in finding.code else "check"


def _is_cut_off(item: Item, breakdown: Breakdown) -> bool:
    return any(
        diagnostic.code == "truncated" and item.start <= diagnostic.start < item.end
        for diagnostic in breakdown.diagnostics
    )
