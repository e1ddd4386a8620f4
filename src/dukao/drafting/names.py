"""What offices are called: a unit's kind by its name, and the place's own name for a kind of office."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Final

from dukao.breakdown.duties.units import unit_type
from dukao.drafting.fields import load_offices

_LEVELS: Final = {"nation": "", "province": "省", "city": "市", "county": "县", "township": "镇"}
_PLACE_ENDS: Final = "省市县区旗盟州镇乡"
_REGION: Final = "自治区"
_CITIES: Final = ("市", "州")
# A city that stands where a county does: 市教育局, and towns below it.
_COUNTY_CITY: Final = "县级市"
_PROVINCES: Final = ("省", _REGION)
# Kinds of which a place has several that are not one another: only the name says which.
_SEVERAL: Final = frozenset(("development_zone", "state_investment", "traffic_police"))
_YOUTH: Final = "团委"
_LEVEL: Final = re.compile(r"^(?:自治区|[省市县区旗盟州镇乡]|各)(?=[^政委])")
_SHORTEST_CORE: Final = 2


@lru_cache(maxsize=4096)
def kind_of(unit: str) -> str | None:
    """The code of the kind of office a unit is, by the longest of the names that stands in its own."""
    return next((code for name, code in _names() if name in unit), None)


def are_same(unit: str, other: str) -> bool:
    """Whether two names mean one office: the same name, or two names of one kind a place has once."""
    kind = kind_of(unit)
    return unit == other or (kind is not None and kind == kind_of(other) and kind not in _SEVERAL)


@lru_cache(maxsize=4096)
def core_of(unit: str) -> str | None:
    """What tells a unit from others of its type: 望江 of 望江街道; None for a known kind of office."""
    if kind_of(unit):
        return None
    name = _LEVEL.sub("", unit)
    core = name.removesuffix(unit_type(name))
    return core if len(core) >= _SHORTEST_CORE and core != name else None


def generic_name(code: str, level: str) -> str:
    """What an office is called where nobody says: 区商务局, 省教育厅, 市委组织部, 团区委."""
    office = load_offices()[code]
    if office.in_county and level not in (*_CITIES, *_PROVINCES):
        return generic_name(office.in_county, level)
    name = office.name
    if level == "区" and office.in_district:
        name = office.in_district
    elif level in _CITIES and office.in_city:
        name = office.in_city
    elif level in _PROVINCES and office.in_province:
        name = office.in_province
    said = said_of(level)
    if name.startswith("团") and name.endswith("委"):
        return f"团{said}委" if said else _YOUTH
    return f"{said}{name}"


def level_of(place: str | None, level: str | None) -> str:
    """The level of a place: 区 of 临江区, 县级市 of a 市 as high as a county; "" where nothing tells it."""
    if place and place.endswith(_REGION):
        return _REGION
    if place and place.endswith("市") and level == "county":
        return _COUNTY_CITY
    if place and place[-1] in _PLACE_ENDS:
        return place[-1]
    return _LEVELS.get(level or "", "")


def said_of(level: str) -> str:
    """What the offices of a level bear before their names: 区 in 区教育局."""
    return "市" if level == _COUNTY_CITY else level


class PlaceNames:
    """The place's own name of every kind of office, from breakdowns of the past; else the generic one.

    Of several names of one kind the one written oftenest as lead is taken, then the one written oftenest.
    """

    def __init__(self, leads: Iterable[str], units: Iterable[str], level: str) -> None:
        self.level = level
        self._own = _choose_names(Counter(units), Counter(leads))

    def name(self, code: str) -> str:
        """The name of a kind of office here."""
        return self._own.get(code) or generic_name(code, self.level)

    def one_name(self, unit: str) -> str:
        """The name that stands for this unit wherever it is written in several ways."""
        code = kind_of(unit)
        return self._own.get(code, unit) if code and code not in _SEVERAL else unit

    def is_known(self, code: str) -> bool:
        """Whether the place's own name of a kind is known."""
        return code in self._own


def _choose_names(units: Counter[str], leads: Counter[str]) -> Mapping[str, str]:
    kinds: dict[str, list[str]] = {}
    for unit in units:
        if code := kind_of(unit):
            kinds.setdefault(code, []).append(unit)
    return {
        code: min(names, key=lambda name: (-leads[name], -units[name], name)) for code, names in kinds.items()
    }


@cache
def _names() -> tuple[tuple[str, str], ...]:
    """Every name with its kind, the longest first."""
    pairs = [(name, code) for code, office in load_offices().items() for name in office.names]
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair)))
