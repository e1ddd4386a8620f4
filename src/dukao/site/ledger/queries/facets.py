"""Facets: what the rows have in common, each value with its count under everything else that is chosen."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from dukao.site.ledger.models import Register, TaskKind
from dukao.site.ledger.queries.grouping import Lit
from dukao.site.ledger.queries.rows import LeaderName, Party, Row
from dukao.site.ledger.queries.selection import FACETS, FLAGS, Selection

NOBODY = "0"  # the value of a facet of people for tasks where nobody is named


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet: chosen or not, and what one click leads to."""

    value: str
    label: str
    count: int
    is_on: bool
    toggled: Selection

    @property
    def query(self) -> str:
        """The address with this value on that was off, or off that was on."""
        return self.toggled.query


class Facet(NamedTuple):
    """One facet with its values, those with most rows first."""

    name: str
    label: str
    choices: tuple[Choice, ...]


def _units(parties: Iterable[Party]) -> tuple[str, ...]:
    return tuple(str(party.unit_id) for party in parties if party.unit_id)


def _yes(said: object) -> tuple[str, ...]:
    return ("1",) if said else ()


VALUES: dict[str, Callable[[Row], tuple[str, ...]]] = {
    "kind": lambda row: (row.kind,),
    "lead": lambda row: _units(row.leads) or (NOBODY,),
    "part": lambda row: _units(row.responsible + row.supporting),
    "group": lambda row: tuple(str(party.group_id) for party in row.parties if party.group_id),
    "leader": lambda row: tuple({str(seat.post_id) for seat in row.seats}),
    "register": lambda row: tuple(tag.register for tag in row.tags),
    "number": lambda row: _yes(row.has_number),
    "remark": lambda row: _yes(row.remark),
    "differs": lambda row: _yes(row.differs),
    "no_deadline": lambda row: _yes(not row.deadline_text and not row.deadline),
    "shared": lambda row: _yes(row.is_shared),
    "draft": lambda row: _yes(row.is_draft),
}


def choose_rows(
    rows: Iterable[Row],
    selection: Selection,
    leaders: Mapping[int, LeaderName],
    lights: Mapping[int, Lit] | None = None,
) -> tuple[list[Row], tuple[Facet, ...]]:
    """The rows a selection leaves, and every facet with its counts; that of lights where there are any.

    Within a facet one chosen value is enough, between facets every one must hold; a facet counts the rows
    that all the others leave.
    """
    found: dict[str, list[str]] = {name: [] for name in FACETS}
    shown = []
    wanted = {name: frozenset(values) for name, values in selection.chosen.items()}
    rows, lit = list(rows), lights or {}
    if lights is None:
        wanted.pop("light", None)
    for row in rows:
        has = {name: values(row) for name, values in VALUES.items()}
        has["light"] = (lit[row.task_id].value,) if row.task_id in lit else ()
        missed = [name for name, values in wanted.items() if values.isdisjoint(has[name])]
        if not missed:
            shown.append(row)
            for name, values in has.items():
                found[name] += values
        elif len(missed) == 1:
            found[missed[0]] += has[missed[0]]
    labels = _name_values(rows, leaders) | {"light": {one.value: one.word for one in lit.values()}}
    return shown, tuple(_say_facet(name, Counter(found[name]), labels[name], selection) for name in FACETS)


def flags_of(facets: Iterable[Facet]) -> list[Choice]:
    """The facets that are plain yes or no, as one list of choices."""
    return [
        replace(choice, label=facet.label)
        for facet in facets
        if facet.name in FLAGS
        for choice in facet.choices
    ]


def _say_facet(name: str, counts: Counter[str], labels: dict[str, str], selection: Selection) -> Facet:
    chosen = selection.chosen.get(name, ())
    values = [value for value, _ in counts.most_common()]
    values += [value for value in chosen if value not in counts]
    choices = (
        Choice(value, labels[value], counts[value], value in chosen, selection.toggled(name, value))
        for value in values
        if value in labels
    )
    return Facet(name, FACETS[name], tuple(sorted(choices, key=lambda choice: not choice.is_on)))


def _name_values(rows: Iterable[Row], leaders: Mapping[int, LeaderName]) -> dict[str, dict[str, str]]:
    """What every value is called."""
    units = {str(party.unit_id): party.name for row in rows for party in row.parties if party.unit_id}
    groups = {str(party.group_id): party.name for row in rows for party in row.parties if party.group_id}
    labels: defaultdict[str, dict[str, str]] = defaultdict(lambda: {"1": "是"})
    labels |= {
        "kind": dict(TaskKind.choices),
        "lead": {NOBODY: "没有单位牵头", **units},
        "part": units,
        "group": groups,
        "leader": {NOBODY: "不列领导", **{str(key): one.name or one.title for key, one in leaders.items()}},
        "register": dict(Register.choices),
    }
    return labels
