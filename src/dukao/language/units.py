"""Units and classifiers: what they are called, what they count, and their one form."""

import re
import tomllib
from collections.abc import Collection
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple


class Unit(NamedTuple):
    """A unit as the vocabulary has it: the form a measure carries, and the class it belongs to.

    `dimension` is one of count, person, money, area, length, weight, volume, energy, data, ratio, time, rank
    and per.
    """

    name: str
    dimension: str


@cache
def _vocabulary() -> dict[str, Any]:
    return tomllib.loads(files("dukao.language").joinpath("data/units.toml").read_text(encoding="utf-8"))


@cache
def load_units() -> dict[str, Unit]:
    """Every written unit of `data/units.toml`, the longest first."""
    table = _vocabulary()
    one_form = {written: name for name, forms in table["same"].items() for written in forms}
    units = {
        written: Unit(one_form.get(str(written), str(written)), dimension)
        for dimension, names in table.items()
        if isinstance(names, list)
        for written in names
    }
    return dict(sorted(units.items(), key=lambda item: (-len(item[0]), item[0])))


@cache
def people() -> re.Pattern[str]:
    """Nouns of people that a magnitude may stand before without a classifier, with what sort they are."""
    people = _vocabulary()["people"]
    return re.compile(rf"\s?(?:{'|'.join(people['sorts'])}){{0,4}}(?:{'|'.join(people['nouns'])})")


def units_pattern(without: Collection[str] = ()) -> str:
    """A regular expression for any unit, the longest first, none where the next character makes it a word.

    One look at the first character spares most places the trial of every unit.
    """
    not_before = _vocabulary()["not_before"]
    units = [unit for unit in load_units() if unit not in without]
    first = "".join(sorted({unit[0] for unit in units}))
    anyone = "|".join(
        re.escape(unit) + (f"(?![{not_before[unit]}])" if unit in not_before else "") for unit in units
    )
    return f"(?=[{first}])(?:{anyone})"
