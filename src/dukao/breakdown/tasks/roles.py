"""Who leads: what a row's units, its remark and the document's convention say together."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dukao.breakdown.duties.units import Listed, read_units
from dukao.breakdown.layouts.rows import Row
from dukao.breakdown.values import Basis, Role, UnitRole

_OF_COLUMN: dict[str, Role] = {"lead": "lead", "responsible": "responsible", "supporting": "supporting"}
_STRENGTH: dict[Role, int] = {"lead": 2, "responsible": 1, "supporting": 0}
# What a remark says of who leads: nobody, or nobody yet.
_ALL_TOGETHER = re.compile("不(?:再|另)?(?:设|分|明确|确定)牵头")
_NOT_YET = re.compile("牵头(?:单位|部门)?(?:待定|未定|待明确|待确定|另行(?:明确|确定))")


@dataclass(frozen=True, slots=True)
class _Entry:
    unit: Listed
    column: str
    role: Role | None
    basis: Basis | None


def decide_roles(row: Row, remarked: tuple[UnitRole, ...], *, first_leads: bool) -> tuple[UnitRole, ...]:
    """The units of a row with role and basis, in the order they are written, those of the remark last.

    A mark, a word or a column decides by itself. Units that bear none are responsible where the row names
    its leads, and together where the row is laid on groups only (`joint`). A unit that stands alone leads.
    Where the document says that the first leads, it does, unless the row's remark says that nobody does, or
    nobody yet. A lead named in the remark for the whole work leaves the others responsible. What is left is
    `undecided`: nothing is guessed. A unit of the columns that the remark names as well stands once, in the
    stronger of its roles; one the remark gives is a word's.
    """
    entries = [
        _entry(replace(unit, starred=True) if cell.start in row.bold else unit, column, row)
        for column, cell in row.stated
        for unit in read_units(cell)
    ]
    open_ones = [entry for entry in entries if entry.role is None]
    helping = [entry for entry in open_ones if _is_said_to_help(entry.unit, remarked)]
    if len(helping) < len(open_ones):
        open_ones = [entry for entry in open_ones if entry not in helping]
    else:
        helping = []
    if open_ones:
        settled = [entry for entry in entries if entry.role == "lead"]
        said = row.remark.plain if row.remark else ""
        role, basis = _led_by_none(said) or _of_open(open_ones, settled, remarked, first_leads)
        entries = _settle(entries, helping, role, basis)
    return _each_once([_unit_role(entry) for entry in entries], remarked)


def _is_said_to_help(unit: Listed, remarked: Sequence[UnitRole]) -> bool:
    """Whether the remark says that a unit helps with the whole work."""
    return any(one.role == "supporting" and one.scope is None and _is_same(unit, one) for one in remarked)


def _is_same(unit: Listed | UnitRole, other: UnitRole) -> bool:
    """Whether a column and a remark name one unit; the remark may leave out the office in brackets."""
    return unit.name == other.name and other.office in (None, unit.office)


def _each_once(stated: list[UnitRole], remarked: Sequence[UnitRole]) -> tuple[UnitRole, ...]:
    """The units of the columns, in the stronger part where two name one, and those of the remark that none
    names.
    """
    strongest: dict[tuple[str, str | None], int] = {}
    for at, one in enumerate(stated):
        above = strongest.get((one.name, one.office))
        if above is None or _STRENGTH[one.role] > _STRENGTH[stated[above].role]:
            strongest[one.name, one.office] = at
    stated = [stated[at] for at in sorted(strongest.values())]
    others = []
    for said in remarked:
        same = next((at for at, unit in enumerate(stated) if _is_same(unit, said)), None)
        if same is None:
            others.append(said)
        elif stated[same].basis == "undecided" or _STRENGTH[said.role] > _STRENGTH[stated[same].role]:
            stated[same] = replace(stated[same], role=said.role, basis="word", scope=said.scope)
    return (*stated, *others)


def _entry(unit: Listed, column: str, row: Row) -> _Entry:
    """What the unit's own mark, word or column says; nothing for a bare unit under 责任单位."""
    if unit.starred:
        return _Entry(unit, column, "lead", "star")
    if unit.role in ("lead", "supporting"):
        return _Entry(unit, column, unit.role, "word")
    if column in ("lead", "supporting"):
        return _Entry(unit, column, _OF_COLUMN[column], "column" if row.layout != "paragraph" else "word")
    return _Entry(unit, column, None, None)


def _led_by_none(remark: str) -> tuple[Role, Basis] | None:
    """The part of units that a remark leaves without a lead: "共同落实，不设牵头", "牵头单位待定"."""
    if _ALL_TOGETHER.search(remark):
        return "responsible", "joint"
    return ("responsible", "undecided") if _NOT_YET.search(remark) else None


def _of_open(
    open_ones: list[_Entry], leads: list[_Entry], remarked: tuple[UnitRole, ...], first_leads: bool
) -> tuple[Role, Basis]:
    if leads:
        return "responsible", leads[0].basis or "undecided"
    if all(entry.unit.group for entry in open_ones):
        return "responsible", "joint"
    if len(open_ones) == 1:
        return "lead", "sole"
    if first_leads:
        return "responsible", "first"
    if any(unit.role == "lead" and unit.scope is None for unit in remarked):
        return "responsible", "remark"
    return "responsible", "undecided"


def _settle(entries: list[_Entry], helping: list[_Entry], role: Role, basis: Basis) -> list[_Entry]:
    settled: list[_Entry] = []
    led = basis != "first"
    for entry in entries:
        if entry.role is not None:
            settled.append(entry)
            continue
        if entry in helping:
            settled.append(replace(entry, role="supporting", basis="word"))
            continue
        settled.append(_Entry(entry.unit, entry.column, role if led else "lead", basis))
        led = True
    return settled


def _unit_role(entry: _Entry) -> UnitRole:
    unit = entry.unit
    return UnitRole(
        unit.name,
        unit.office,
        unit.written,
        unit.start,
        unit.end,
        unit.group,
        entry.role or "responsible",
        entry.basis or "undecided",
    )
