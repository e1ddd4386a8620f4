"""Findings: what cannot stand between two rows (conflicts), and what a person should look at (checks).

Two rows speak of one matter when a measure of each counts the same thing, in the same unit, under the same verb.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from dukao.breakdown.folding import fold
from dukao.breakdown.ground import cut_clauses
from dukao.breakdown.values import Breakdown, Finding, Leader, LivelihoodContent, Task, UnitRole
from dukao.breakdown.vocabulary import load_narrower, load_verbs
from dukao.report.values import Measure

Row = Task | LivelihoodContent
_MARKS = re.compile(r"[“”\"'‘’《》()\s]")
_TAIL = re.compile(r"(?:等)?(?:项目|工程|任务|数量|总数|数)?(?:等)?$")
_DEGREE = re.compile(r"^(?:力争|确保|计划|累计|全年|年内|全区|全市|全县|全省|新)")


class Matter(NamedTuple):
    """What a measure of a row counts: two rows of one matter must agree or be asked about."""

    thing: str
    verb: str
    unit: str
    kind: str


class Stated(NamedTuple):
    """A matter as one row states it."""

    row: Row
    measure: Measure
    matter: Matter


def find_findings(breakdown: Breakdown) -> tuple[Finding, ...]:
    """The conflicts and checks of a breakdown, those it already has left out."""
    known = {(finding.code, frozenset(finding.items)) for finding in breakdown.findings}
    found = [*_two_leaders(breakdown), *_two_lead_units(breakdown), *_two_numbers(breakdown)]
    fresh: dict[tuple[str, frozenset[str]], Finding] = {}
    for finding in found:
        key = (finding.code, frozenset(finding.items))
        if key not in known:
            fresh.setdefault(key, finding)
    return tuple(fresh.values())


def _two_leaders(breakdown: Breakdown) -> Iterator[Finding]:
    """One task under two leaders."""
    for same in _same_rows(breakdown.tasks):
        leaders = [_named(row.leaders) for row in same]
        if len(set(leaders)) > 1 and all(leaders):
            places = "、".join(f"{row.id}（{leader}）" for row, leader in zip(same, leaders, strict=True))
            message = f"“{_shortened(_words(same[0]))}”列在两位领导名下：{places}。一项任务只能由一位领导牵头，请明确。"
            yield Finding("two-leaders", "conflict", message, tuple(row.id for row in same))


def _two_lead_units(breakdown: Breakdown) -> Iterator[Finding]:
    """One matter, in the same number, under lead units that have none in common."""
    for same in _same_rows([*breakdown.tasks, *breakdown.livelihood]):
        for one, other in combinations(same, 2):
            if _leads_differ(one, other):
                yield _lead_conflict(one, other, _shortened(_words(one)))
    for first, second in _pairs(breakdown):
        if _same_number(first.measure, second.measure) and _leads_differ(first.row, second.row):
            yield _lead_conflict(first.row, second.row, _clause(breakdown, first))


def _lead_conflict(one: Row, other: Row, words: str) -> Finding:
    message = (
        f"“{words}”在{one.id}由{'、'.join(_leads(one))}牵头，在{other.id}由{'、'.join(_leads(other))}牵头。"
        "一件事要有一个牵头单位，请明确。"
    )
    return Finding("two-lead-units", "conflict", message, (one.id, other.id))


def _two_numbers(breakdown: Breakdown) -> Iterator[Finding]:
    """Neighbouring matters in different numbers, which may count different things."""
    for first, second in _pairs(breakdown):
        if _same_number(first.measure, second.measure):
            continue
        message = (
            f"{first.row.id}“{_clause(breakdown, first)}”与{second.row.id}“{_clause(breakdown, second)}”"
            f"数目不同（{_surface(first)}、{_surface(second)}）。两处统计范围可能不同，请确认口径。"
        )
        yield Finding("two-numbers", "check", message, (first.row.id, second.row.id))


# Matters


def _pairs(breakdown: Breakdown) -> Iterator[tuple[Stated, Stated]]:
    """The pairs of statements of one matter in different rows."""
    by_thing: defaultdict[str, list[Stated]] = defaultdict(list)
    stated = [
        Stated(row, measure, _matter(measure))
        for row in (*breakdown.tasks, *breakdown.livelihood)
        for measure in row.measures
        if measure.series is None and measure.indicator
    ]
    for one in stated:
        by_thing[one.matter.thing].append(one)
    for same in by_thing.values():
        yield from (pair for pair in combinations(same, 2) if _is_one_matter(*pair))
    for wide, narrow in load_narrower().items():
        narrower = [one for word in narrow for one in by_thing.get(word, ())]
        for first in by_thing.get(wide, ()):
            yield from ((first, second) for second in narrower if _is_one_matter(first, second))


def _matter(measure: Measure) -> Matter:
    thing = _MARKS.sub("", fold(measure.indicator).text)
    verb = measure.action or ""
    while degree := _DEGREE.match(thing):
        thing = thing[degree.end() :]
    for written in load_verbs():
        if thing.startswith(written) and len(thing) > len(written) + 1:
            thing, verb = thing[len(written) :], verb or written
            break
    verb = load_verbs().get(_DEGREE.sub("", verb), verb) if verb else ""
    unit = re.sub(r"\(.*\)|（.*）", "", measure.unit or "")
    return Matter(_TAIL.sub("", thing) or thing, verb, unit, measure.kind)


def _is_one_matter(first: Stated, second: Stated) -> bool:
    if first.row.id == second.row.id or first.measure.kind in ("growth", "decrease") and not first.matter.thing:
        return False
    same_kind = (first.matter.kind == second.matter.kind) or {first.matter.kind, second.matter.kind} <= {
        "level",
        "increment",
    }
    return first.matter.verb == second.matter.verb and first.matter.unit == second.matter.unit and same_kind


def _same_number(one: Measure, other: Measure) -> bool:
    return (one.value, one.value_max) == (other.value, other.value_max)


# Rows


def _same_rows(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """The rows that say the same word for word."""
    by_words: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_words[fold(_words(row)).text.rstrip("。.;")].append(row)
    return (same for words, same in by_words.items() if words and len(same) > 1)


def _words(row: Row) -> str:
    return row.text if isinstance(row, Task) else row.content


def _named(leaders: Sequence[Leader]) -> str:
    return "、".join(sorted(leader.name for leader in leaders))


def _leads(row: Row) -> list[str]:
    """The lead units the table itself names."""
    return [unit.name for unit in row.units if _leads_by_table(unit)]


def _leads_by_table(unit: UnitRole) -> bool:
    return unit.role == "lead" and unit.basis not in ("remark", "joint", "undecided") and not unit.group


def _leads_differ(one: Row, other: Row) -> bool:
    """Whether both rows have leads and none of them is the same unit, by whichever of its names."""
    first, second = _leads(one), _leads(other)
    return bool(first and second) and not any(_may_be_one(a, b) for a in first for b in second)


def _may_be_one(one: str, other: str) -> bool:
    """Whether a name may be the other shortened: 区人社局, 区人力社保局."""
    short, long = sorted((one, other), key=len)
    if short[:1] != long[:1] or short[-1:] != long[-1:]:
        return False
    letters = iter(long)
    return all(letter in letters for letter in short)


def _surface(stated: Stated) -> str:
    return "".join(stated.measure.surface.split())


def _clause(breakdown: Breakdown, stated: Stated) -> str:
    """The clause of the row that states the measure, without white space."""
    row = fold(breakdown.source.text, stated.row.start, stated.row.end)
    at = next((i for i, place in enumerate(row.places) if place >= stated.measure.start), 0)
    start, end = next(((s, e) for s, e in cut_clauses(row.text) if s <= at < e), (0, len(row.text)))
    low, high = row.span(start, end)
    return _shortened(breakdown.source.text[low:high])


def _shortened(words: str) -> str:
    plain = "".join(words.split()).rstrip("。")
    return plain if len(plain) <= 40 else plain[:39] + "…"
