"""What a plan begins with: its kind, target, curve and steps as a task's words and numbers suggest.

Pure functions of plain values; the words to look for are presets (`plan-numbers.toml`, `plan-kinds.toml`,
`milestone-templates.toml`). A program proposes, the unit decides; where no number can be the year's, none is.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from dukao.presets.loading import load_entries
from dukao.progress.figures import is_rate
from dukao.progress.periods import month_end
from dukao.site.supervision.models import PlanKind

_CLAUSE = re.compile(r"[，。；、,;]")
_NO_NUMBER = "任务里没有数字：按节点推进，一步一步看"
_BY_STEPS = "任务里已经写了几个时间节点：按节点推进"
_NO_TARGET = (
    "任务里的数是标准、规模或原来的数，不像全年要达到的数：先按节点推进；要按数字判的，请另选类型填写目标"
)
_ON_THE_WAY = "写的是到年中的开工率，没有写全年要达到多少：先按节点推进；要按数字判的，请另选类型填写目标"
_RAISED = r"\s*(?:提高|提升|增加|增长|上升|扩大|下降|降低|降至|降到|减少|压减|压缩|缩短|缩小)"
_LESS = re.compile(r"降(?![水雨])|压减|压缩|减少|减至|减到|[缩削消]减|[清归]零|以内|以下|不超过|控制在")
_ON_TOP = r"\s*的?基础上"
_ALL = ("全部开工", "全面开工", "应开尽开")
_MIDYEAR = ("季度", "上半年", "3月", "6月", "9月", "年中")


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
    indicator: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A kind of plan with why, and what that kind needs; `base` is what its number was, `base_why` whence."""

    kind: PlanKind
    why: str
    number: Number | None = None
    target: float | None = None
    unit: str = ""
    curve: str = ""
    delay: int = 0
    base: float | None = None
    base_why: str = ""


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
    """The kind that the first of a task's numbers suggests which can be the year's target.

    By the first rule it fits; milestones without any. What follows it (a rate of completion, who profits) is
    no other target.
    """
    if not numbers:
        return Proposal(PlanKind.MILESTONES, _BY_STEPS if has_steps else _NO_NUMBER)
    possible = _targets(text, numbers)
    if not possible:
        return Proposal(PlanKind.MILESTONES, _BY_STEPS if has_steps else _NO_TARGET)
    rules = load_entries("plan-kinds")
    bases = {one.measure_id: _base_of(text, one, numbers) for one in possible}
    for rule in rules.values():
        if _fits(rule, possible[0], text, is_livelihood, bases):
            fitting = [one for one in possible if _fits(rule, one, text, is_livelihood, bases)]
            return _begin_at(_choose(rule, possible, fitting, text), bases)
    return _begin_at(_with(rules["count"], possible[0]), bases)


def _begin_at(proposal: Proposal, bases: Mapping[int, Number | None]) -> Proposal:
    """A proposal with what its number was before, where the sentence says so."""
    before = bases.get(proposal.number.measure_id) if proposal.number else None
    if before is None:
        return proposal
    return replace(proposal, base=before.value, base_why=f"任务里写的原来的数（{before.surface}）")


def _base_of(text: str, number: Number, numbers: Sequence[Number]) -> Number | None:
    """The number that another was before: 由280家增加到300家; None where the sentence does not say."""
    for clause in _CLAUSE.split(text):
        at = _find(clause, number)
        if at is None:
            continue
        for one in numbers:
            found = _find(clause, one)
            if found and found.end() <= at.start() and one.unit == number.unit and _is_before(clause, found):
                return one
        return None
    return None


def _is_before(clause: str, found: re.Match[str]) -> bool:
    """Whether a number in a clause is what something was before it was raised or lowered."""
    before, after = clause[: found.start()], clause[found.end() :]
    if before.endswith(("由", "从")):
        return re.match(_RAISED, after) is not None
    return before.endswith("在") and re.match(_ON_TOP, after) is not None


def _choose(
    rule: dict[str, Any], possible: Sequence[Number], fitting: Sequence[Number], text: str
) -> Proposal:
    """The number of those that fit a rule: the first, the last of a rate's steps, the growth of an amount."""
    if rule.get("pick") == "largest":
        return _choose_rate(rule, max(fitting, key=lambda one: one.value), text)
    first = fitting[0]
    growth = next((one for one in possible if _is_growth_of(one, first)), None)
    if growth and rule["kind"] == PlanKind.STATISTIC:
        return replace(_with(rule, growth), curve="")
    return _with(rule, first)


def _choose_rate(rule: dict[str, Any], number: Number, text: str) -> Proposal:
    """The rate a year ends with: 100% where all are to begin; one of mid-year says nothing of the end."""
    if any(word in text for word in _ALL):
        return replace(_with(rule, number), target=100.0)
    if any(word in _around(text, number)[0] for word in _MIDYEAR) and number.value < 100:
        return Proposal(PlanKind.MILESTONES, _ON_THE_WAY)
    return _with(rule, number)


def _is_growth_of(one: Number, other: Number) -> bool:
    """Whether a number is the growth of what another is the amount of: of it each quarter says enough."""
    stem = one.name.removesuffix("增长")
    return one.kind == "growth" and other.kind in ("level", "per") and len(stem) > 1 and stem in other.name


def _targets(text: str, numbers: Sequence[Number]) -> list[Number]:
    """The numbers that can be what a task is to reach in the year, in their order."""
    asides = [(one, _aside(text, one)) for one in numbers]
    sure = [one for one, aside in asides if aside is None]
    return sure or [one for one, aside in asides if aside and aside.get("last")]


def _aside(text: str, number: Number) -> dict[str, Any] | None:
    """Why a number is not what the year is to reach, by the first rule that says so; None where it may be."""
    for clause in _CLAUSE.split(text):
        found = _find(clause, number)
        if found:
            if _is_before(clause, found):
                return {"why": "原来的数"}
            break
    lead = number.name + _around(text, number)[0]
    for rule in load_entries("plan-numbers").values():
        if _is_aside(rule, number, lead):
            return rule
    return None


def _is_aside(rule: dict[str, Any], number: Number, lead: str) -> bool:
    name = number.name
    is_named = name in rule.get("is", ()) or name.startswith(tuple(rule.get("names", ())))
    return (
        ("words" not in rule or any(word in lead for word in rule["words"]))
        and ("names" not in rule or is_named)
        and ("measures" not in rule or number.kind in rule["measures"])
        and ("units" not in rule or number.unit.endswith(tuple(rule["units"])))
        and not any(word in lead for word in rule.get("unless", ()))
    )


def for_kind(kind: PlanKind, proposed: Proposal) -> Proposal:
    """Where a person chose another kind than was proposed: the same number, and what that kind needs."""
    if kind == proposed.kind:
        return proposed
    number = proposed.number
    if number is None or kind == PlanKind.MILESTONES:
        rule = next(iter(_rules_of(kind)), {})
        return Proposal(kind, "", None, None, "", rule.get("curve", ""), rule.get("delay", 0))
    rules = _rules_of(kind)
    rule = rules[0]
    if kind == PlanKind.STATISTIC:  # by the sort of its number; what is no rate is an amount of the year
        rule = next((one for one in reversed(rules) if _is_of_sort(one, number)), rules[-1])
    chosen = replace(_with(rule, number), why="")
    if kind == PlanKind.STATISTIC and is_rate(number.unit):
        chosen = replace(chosen, curve="")
    return replace(chosen, base=proposed.base, base_why=proposed.base_why)


def _rules_of(kind: PlanKind) -> list[dict[str, Any]]:
    """The rules that propose a kind, the most general last in the file first."""
    return [rule for rule in reversed(load_entries("plan-kinds").values()) if rule["kind"] == kind]


def _is_of_sort(rule: dict[str, Any], number: Number) -> bool:
    """Whether a rule is for numbers of a kind and unit, whatever stands around them."""
    return ("measures" not in rule or number.kind in rule["measures"]) and (
        "units" not in rule or number.unit.endswith(tuple(rule["units"]))
    )


def _fits(
    rule: dict[str, Any],
    number: Number,
    text: str,
    is_livelihood: bool,
    bases: Mapping[int, Number | None],
) -> bool:
    clause = _clause_of(text, number)
    return (
        _is_of_sort(rule, number)
        and ("words" not in rule or any(word in clause for word in rule["words"]))
        and not any(word in clause for word in rule.get("unless", ()))
        and not number.name.startswith(tuple(rule.get("unless_names", ())))
        and ("from" not in rule or bases[number.measure_id] is not None)
        and ("ops" not in rule or number.op in rule["ops"])
        and ("kinds" not in rule or ("livelihood" if is_livelihood else "key") in rule["kinds"])
    )


def _clause_of(text: str, number: Number) -> str:
    """The clause a number stands in, with its indicator; the whole text where it is not found."""
    before, after = _around(text, number)
    return number.name + before + number.surface + after if before or after else number.name + text


def _around(text: str, number: Number) -> tuple[str, str]:
    """What stands in a number's clause before and after it; empty where it is not found."""
    for clause in _CLAUSE.split(text):
        found = _find(clause, number)
        if found:
            return clause[: found.start()], clause[found.end() :]
    return "", ""


def _find(clause: str, number: Number) -> re.Match[str] | None:
    """Where a number stands in a clause by itself, spaces between its signs or not."""
    signs = "".join(number.surface.split())
    return re.search(r"(?<![\d.])" + r"\s*".join(map(re.escape, signs)), clause) if signs else None


def says_less(text: str, number: Number | None, target: float) -> bool:
    """Whether the clause of a number, or of a target, says that it is to become less: 减少到40处, 40处以内.

    Of a text in which neither stands all counts, unless it is known which number is meant.
    """
    around = _around(text, number) if number else ("", "")
    if number and any(around):
        return _LESS.search(number.surface.join(around)) is not None
    figure = re.compile(rf"(?<![\d.]){re.escape(f'{target:g}')}(?![\d.])")
    clauses = [clause for clause in _CLAUSE.split(text) if figure.search(clause)]
    return any(_LESS.search(clause) for clause in clauses or ([] if number else [text]))


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
        due = month_end(year, at)
        found.append((name, min(due, deadline) if deadline else due))
    return tuple(found)


def _date_by_calendar(
    template: Template, year: int, today: date, deadline: date | None
) -> tuple[tuple[str, date], ...]:
    dated = [(name, month_end(year, month)) for name, month in template.steps]
    name, last = dated[-1]
    last = deadline or max(last, month_end(today.year, today.month))
    return (*((one, due) for one, due in dated[:-1] if today <= due < last), (name, last))
