"""How a place's papers say who leads (写法): by a star, the first place, a word, or a column of its own.

What comes in is what the place does (`breakdown.profiles.Profile`) and the parts of a row; what comes out are
its cells, and the note that stands below a table so that a reader knows who leads.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args

from dukao.breakdown.profiles import Profile

LeadBy = Literal["star", "first", "word", "column"]
LEADS_BY: Final[tuple[LeadBy, ...]] = get_args(LeadBy)
STAR_NOTE = "注：标记*的为牵头单位。"
FIRST_NOTE = "注：列第一位的为牵头单位。"
# Where some rows say it by a word: several lead, or a group does.
_FIRST_OR_WORD = "注：除写明牵头的以外，列第一位的为牵头单位。"
OPEN_LEAD = "牵头单位待定"
_NO_LEAD = "共同落实，不设牵头"


@dataclass(frozen=True, slots=True)
class DutyWords:
    """A unit's part in a row: its name with its office in brackets, its role, whether it is a group.

    What the remark says (`in_remark`) stands there, and in the cells only where these would else say
    otherwise. `is_joint`: a row laid on its units together, which nobody is to lead.
    """

    name: str
    role: Literal["lead", "responsible", "supporting"]
    is_group: bool = False
    in_remark: bool = False
    is_joint: bool = False


@dataclass(frozen=True, slots=True)
class Manner:
    """How a paper says who leads, and what its columns of units are called."""

    lead_by: LeadBy = "star"
    lead: str = "牵头单位"
    responsible: str = "责任单位"
    supporting: str = "配合单位"

    @property
    def has_columns(self) -> bool:
        """Whether who leads has a column of its own."""
        return self.lead_by == "column"

    def as_json(self) -> dict[str, str]:
        """The manner as it is kept with an issued paper."""
        return {
            "lead_by": self.lead_by,
            "lead": self.lead,
            "responsible": self.responsible,
            "supporting": self.supporting,
        }


STARRED: Final = Manner()


@dataclass(frozen=True, slots=True)
class UnitCells:
    """The units of a row as a paper writes them, cell by cell; `says` is what tells who leads in `units`."""

    lead: str
    units: str
    supporting: str
    says: Literal["", "star", "first", "word"] = ""


def manner_of(profile: Profile | None) -> Manner:
    """The manner of a place; a star where its profile does not say, or not how."""
    if profile is None:
        return STARRED
    said, heads = profile.value("lead"), dict(profile.heads)
    # "牵头单位：" below an item or in brackets is a column where items are rows.
    if said == "word" and "lead" in heads and profile.value("layout") != "table":
        said = "column"
    return Manner(
        next((one for one in LEADS_BY if one == said), STARRED.lead_by),
        heads.get("lead", STARRED.lead),
        heads.get("responsible", STARRED.responsible),
        heads.get("supporting", STARRED.supporting),
    )


def write_units(duties: Sequence[DutyWords], manner: Manner = STARRED) -> UnitCells:
    """The cells of a row: leads first, 、 between units, ， before groups (各街镇): two tiers.

    Supporting units stand apart, unless words say everybody's part. Who stands alone leads without a mark.
    """
    leads, others, helping = (
        [duty for duty in duties if duty.role == role and not duty.in_remark]
        for role in ("lead", "responsible", "supporting")
    )
    if manner.lead_by == "first" and others and not leads:
        leads = [duty for duty in duties if duty.role == "lead"]
    match manner.lead_by:
        case "column":
            return UnitCells(_tiers(leads), _tiers(others), _tiers(helping))
        case "word":
            return _by_words(leads, others, helping)
        case "first" if not leads or _goes_first(leads):
            says: Literal["", "first"] = "first" if leads and others else ""
            return UnitCells("", _tiers([*leads, *others]), _tiers(helping), says)
        case "first":
            return UnitCells("", _join([f"{_tiers(leads)}牵头", _tiers(others)]), _tiers(helping), "word")
    return _by_stars(leads, others, helping)


def remark_on(duties: Sequence[DutyWords], remark: str, manner: Manner) -> str:
    """The remark of a row; where the first leads, also that nobody does: not yet, or not at all."""
    if manner.lead_by != "first" or not _lacks_lead(duties):
        return remark
    said = _NO_LEAD if any(duty.is_joint for duty in duties) else OPEN_LEAD
    if said in remark:
        return remark
    return f"{remark.rstrip('。；')}；{said}" if remark else said


def _lacks_lead(duties: Sequence[DutyWords]) -> bool:
    """Whether units answer for a row and none of them leads; groups alone need no lead."""
    return all(duty.role != "lead" for duty in duties) and any(
        duty.role == "responsible" and not duty.is_group for duty in duties
    )


def _goes_first(leads: Sequence[DutyWords]) -> bool:
    """Whether the first place says who leads: one unit does."""
    return len(leads) == 1 and not leads[0].is_group


def _by_stars(
    leads: Sequence[DutyWords], others: Sequence[DutyWords], helping: Sequence[DutyWords]
) -> UnitCells:
    is_marked = len(leads) + len(others) > 1
    marked = [
        DutyWords(f"*{one.name}" if is_marked or one.is_group else one.name, "lead", one.is_group)
        for one in leads
    ]
    units = _tiers([*marked, *others])
    return UnitCells("", units, _tiers(helping), "star" if leads and "*" in units else "")


def _by_words(
    leads: Sequence[DutyWords], others: Sequence[DutyWords], helping: Sequence[DutyWords]
) -> UnitCells:
    is_said = len(leads) + len(others) + len(helping) > 1 or any(one.is_group for one in leads)
    led = f"{_tiers(leads)}牵头" if leads and is_said else _tiers(leads)
    shared = f"{_tiers(others)}负责" if others and helping else _tiers(others)
    helped = f"{_tiers(helping)}配合" if helping else ""
    return UnitCells("", _join([led, shared, helped]), "", "word" if leads and is_said else "")


def _tiers(duties: Iterable[DutyWords]) -> str:
    """Units, then groups: 区住建局、区财政局，各街镇."""
    found = list(duties)
    tiers = ("、".join(one.name for one in found if one.is_group is is_group) for is_group in (False, True))
    return _join(tiers)


def _join(parts: Iterable[str]) -> str:
    return "，".join(part for part in parts if part)


def note_on(cells: Iterable[UnitCells]) -> str:
    """What stands below a table so that a reader knows who leads; nothing where the table itself says it."""
    said = {one.says for one in cells}
    if "star" in said:
        return STAR_NOTE
    if "first" in said:
        return _FIRST_OR_WORD if "word" in said else FIRST_NOTE
    return ""
