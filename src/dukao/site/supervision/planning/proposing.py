"""What a plan begins with: its kind, target, curve and steps as a task's words and numbers suggest.

Pure functions of plain values; the words to look for are presets (`plan-kinds.toml`,
`milestone-templates.toml`). A program proposes, the unit decides.
"""

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from dukao.presets.loading import load_entries
from dukao.site.supervision.models import PlanKind

_CLAUSE = re.compile(r"[，。；、,;]")
_NO_NUMBER = "任务里没有数字：按节点推进，一步一步看"
_BY_STEPS = "任务里已经写了几个时间节点：按节点推进"


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a task, as the ledger keeps it."""

    measure_id: int
    name: str
    surface: str
    value: float
    unit: str
    op: str
    kind: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A kind of plan with why, and what that kind needs."""

    kind: PlanKind
    why: str
    number: Number | None = None
    target: float | None = None
    unit: str = ""
    curve: str = ""
    delay: int = 0


@dataclass(frozen=True, slots=True)
class Template:
    """Steps that work of a sort usually goes by, and their months where it takes the whole year.

    `by_calendar`: the months stand, whenever the work begins (a summary of each quarter).
    """

    code: str
    name: str
    source: str
    words: tuple[str, ...]
    steps: tuple[tuple[str, int], ...]
    by_calendar: bool = False


def propose_kind(
    text: str, numbers: Sequence[Number], *, is_livelihood: bool = False, has_steps: bool = False
) -> Proposal:
    """The kind a task's numbers suggest, by the first rule that one of them fits; milestones without any."""
    if not numbers:
        return Proposal(PlanKind.MILESTONES, _BY_STEPS if has_steps else _NO_NUMBER)
    for rule in load_entries("plan-kinds").values():
        fitting = [one for one in numbers if _fits(rule, one, text, is_livelihood)]
        if fitting:
            largest = rule.get("pick") == "largest"
            number = max(fitting, key=lambda one: one.value) if largest else fitting[0]
            return _with(rule, number)
    return _with(load_entries("plan-kinds")["count"], numbers[0])


def for_kind(kind: PlanKind, proposed: Proposal, numbers: Sequence[Number]) -> Proposal:
    """Where a person chose another kind than was proposed: the same number, and what that kind needs."""
    if kind == proposed.kind:
        return proposed
    number = proposed.number or (numbers[0] if numbers else None)
    rule = next(rule for rule in _rules_of(kind)) if kind != PlanKind.MILESTONES else {}
    if number is None or kind == PlanKind.MILESTONES:
        return Proposal(kind, "", None, None, "", rule.get("curve", ""), rule.get("delay", 0))
    return Proposal(kind, "", number, number.value, number.unit, rule.get("curve", ""), rule.get("delay", 0))


def _rules_of(kind: PlanKind) -> list[dict[str, Any]]:
    """The rules that propose a kind, the most general last in the file first."""
    return [rule for rule in reversed(load_entries("plan-kinds").values()) if rule["kind"] == kind]


def _fits(rule: dict[str, Any], number: Number, text: str, is_livelihood: bool) -> bool:
    clause = _clause_of(text, number)
    return (
        ("words" not in rule or any(word in clause for word in rule["words"]))
        and ("measures" not in rule or number.kind in rule["measures"])
        and ("units" not in rule or number.unit.endswith(tuple(rule["units"])))
        and ("ops" not in rule or number.op in rule["ops"])
        and ("kinds" not in rule or ("livelihood" if is_livelihood else "key") in rule["kinds"])
    )


def _clause_of(text: str, number: Number) -> str:
    """The clause a number stands in, with its indicator; the whole text where it is not found."""
    found = [clause for clause in _CLAUSE.split(text) if number.surface and number.surface in clause]
    return number.name + (found[0] if found else text)


def _with(rule: dict[str, Any], number: Number) -> Proposal:
    return Proposal(
        PlanKind(rule["kind"]),
        rule["why"],
        number,
        number.value,
        number.unit,
        rule.get("curve", ""),
        rule.get("delay", 0),
    )


def propose_template(text: str) -> Template:
    """The template most of whose words a task's text has; standing work where it has none."""
    found = templates()
    counts = {code: sum(word in text for word in one.words) for code, one in found.items()}
    best = max(counts, key=lambda code: counts[code])
    return found[best] if counts[best] else found["standing"]


@cache
def templates() -> dict[str, Template]:
    """The templates of steps by their code."""
    return {
        code: Template(
            code,
            entry["name"],
            entry["source"],
            tuple(entry["words"]),
            tuple((name, month) for name, month in entry["steps"]),
            bool(entry.get("by_calendar")),
        )
        for code, entry in load_entries("milestone-templates").items()
    }


def date_steps(
    template: Template, year: int, today: date, deadline: date | None
) -> tuple[tuple[str, date], ...]:
    """The steps of a template with real dates: ends of months from now on, the last one by the deadline.

    Work that begins in the course of the year, or must be done before its end, is drawn together in
    proportion; nothing is proposed for a month that is over. Steps by the calendar keep their months, and
    those that are over are left out.
    """
    if template.by_calendar:
        return _date_by_calendar(template, year, today, deadline)
    begun = min((today.year - year) * 12 + today.month - 1, 11) if today.year >= year else 0
    last = (deadline.year - year) * 12 + deadline.month if deadline else 12
    found = []
    for name, month in template.steps:
        at = max(begun + 1, begun + round(month / 12 * (last - begun)))
        due = _month_end(year, at)
        found.append((name, min(due, deadline) if deadline else due))
    return tuple(found)


def _date_by_calendar(
    template: Template, year: int, today: date, deadline: date | None
) -> tuple[tuple[str, date], ...]:
    dated = [(name, _month_end(year, month)) for name, month in template.steps]
    name, last = dated[-1]
    last = deadline or max(last, _month_end(today.year, today.month))
    return (*((one, due) for one, due in dated[:-1] if today <= due < last), (name, last))


def _month_end(year: int, month: int) -> date:
    """The last day of a month counted from January of `year`: 13 is January of the next."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, monthrange(year, month)[1])
