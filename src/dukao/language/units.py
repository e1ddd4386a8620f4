"""Units and classifiers: what they are called, what they count, and their one form."""

import re
import tomllib
from collections.abc import Collection
from functools import cache
from importlib.resources import files
from typing import Any, Final


class Unit:
    """A unit as the vocabulary has it: the form a measure carries, and the class it belongs to.

    `dimension` is one of count, person, money, area, length, weight, volume, energy, data, ratio, time, rank
    and per. A unit stands once (`load_units`): two that are one are the same object.
    """

    __slots__ = ("dimension", "name")

    def __init__(self, name: str, dimension: str) -> None:
        self.name: Final[str] = name
        self.dimension: Final[str] = dimension


PERCENT: Final = Unit("%", "ratio")
PERSONS: Final = Unit("人", "person")


@cache
def _vocabulary() -> dict[str, Any]:
    return tomllib.loads(files("dukao.language").joinpath("data/units.toml").read_text(encoding="utf-8"))


@cache
def load_units() -> dict[str, Unit]:
    """Every written unit of `data/units.toml`, the longest first."""
    table = _vocabulary()
    one_form = {written: name for name, forms in table["same"].items() for written in forms}
    known = {(unit.name, unit.dimension): unit for unit in (PERCENT, PERSONS)}
    units: dict[str, Unit] = {}
    for dimension, names in table.items():
        for written in names if isinstance(names, list) else ():
            name = str(one_form.get(written, written))
            units[written] = known.setdefault((name, dimension), Unit(name, dimension))
    return dict(sorted(units.items(), key=lambda item: (-len(item[0]), item[0])))


@cache
def people() -> re.Pattern[str]:
    """Nouns of people that a magnitude may stand before without a classifier, with what sort they are."""
    people = _vocabulary()["people"]
    return re.compile(rf"\s?(?:{'|'.join(people['sorts'])}){{0,4}}(?:{'|'.join(people['nouns'])})")


def units_pattern(without: Collection[str] = ()) -> str:
    """A regular expression for any unit, the longest first, none where the next character makes it a word.

    Units that begin alike stand together: one look at the first character spares the trial of all others.
    """
    not_before = _vocabulary()["not_before"]
    rests: dict[str, list[str]] = {}
    for unit in load_units():
        if unit not in without:
            end = f"(?![{not_before[unit]}])" if unit in not_before else ""
            rests.setdefault(unit[0], []).append(re.escape(unit[1:]) + end)
    anyone = "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in rests.items())
    return f"(?=[{''.join(rests)}])(?:{anyone})"
