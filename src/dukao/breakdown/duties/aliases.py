"""Two names that look like one unit: proposed to a person, never merged."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import combinations

from dukao.breakdown.duties.units import unit_type
from dukao.breakdown.lettering import plain
from dukao.breakdown.values import Finding, LivelihoodContent, Task
from dukao.breakdown.vocabulary import vocabulary

_LONGEST_PLACE = 4


def propose_aliases(items: Sequence[Task | LivelihoodContent]) -> list[Finding]:
    """A `check` for every two names that follow the grammar of abbreviation and never stand in one row
    together.
    """
    rows = [_names(item) for item in items]
    counts = Counter(name for names in rows for name in names)
    found: list[Finding] = []
    for short, long in _pairs(counts):
        if any(short in names and long in names for names in rows):
            continue
        ids = tuple(
            item.id for item, names in zip(items, rows, strict=True) if short in names or long in names
        )
        found.append(Finding("unit-alias", "check", _message(short, long), ids))
    return found


def _message(short: str, long: str) -> str:
    return f"“{short}”与“{long}”像是同一单位的两种写法：请核对，确为同一单位的再统一名称（此处未合并）。"


def _names(item: Task | LivelihoodContent) -> set[str]:
    """The names in one row: of units, and of the offices in brackets behind them."""
    names = {unit.name for unit in item.units if not unit.group}
    return names | {unit.office for unit in item.units if unit.office}


def _pairs(names: Iterable[str]) -> list[tuple[str, str]]:
    """The pairs to propose, the shorter name first. Names are compared only with those of the same type."""
    by_type: dict[str, list[str]] = {}
    for name in names:
        by_type.setdefault(_type(name)[0], []).append(name)
    pairs = [
        (short, long)
        for alike in by_type.values()
        for short, long in combinations(sorted(alike, key=lambda name: (len(name), name)), 2)
        if are_alike(short, long)
    ]
    return sorted(pairs)


def are_alike(short: str, long: str) -> bool:
    """True when the longer name can be the whole form of the shorter.

    Either the shorter leaves out the level ("网信办", "区网信办") or a place before it, or its stem keeps
    letters of the longer stem in their order and both begin alike ("人社", "人力社保"). Names of different
    levels, types or branches ("一大队", "二大队") are not alike.
    """
    if short == long or len(short) > len(long):
        return False
    if long.endswith(short):
        rest = long[: len(long) - len(short)]
        return rest in _levels() or (
            short[0] in _levels() and len(rest) <= _LONGEST_PLACE and not unit_type(rest)
        )
    kind, stem = _type(short)
    long_kind, long_stem = _type(long)
    level, core = _split_level(stem)
    long_level, long_core = _split_level(long_stem)
    if kind != long_kind or level != long_level or len(core) < 2 or len(core) >= len(long_core):
        return False
    return (
        core[0] == long_core[0]
        and _keeps_order(core, long_core)
        and _inner_types(core) == _inner_types(long_core)
    )


@cache
def _levels() -> frozenset[str]:
    return frozenset(vocabulary("units")["levels"])


@cache
def _type(name: str) -> tuple[str, str]:
    """The type of a unit in its short form, and what stands before it."""
    written = plain(name)
    for long, short in sorted(vocabulary("units")["alike"], key=lambda pair: -len(pair[0])):
        if written.endswith(long):
            return short, written[: -len(long)]
    kind = unit_type(written)
    if len(kind) > 1 and kind[-1] in "局委办":
        kind = kind[-1]
    return kind, written[: len(written) - len(kind)]


def _split_level(stem: str) -> tuple[str, str]:
    """The level a stem begins with, the organ it belongs to included ("区委", "区政府"), and the rest."""
    for level in sorted(_levels(), key=len, reverse=True):
        if stem.startswith(level):
            rest = stem[len(level) :]
            for organ in ("政府", "委"):
                if rest.startswith(organ) and len(rest) > len(organ):
                    return level + organ, rest[len(organ) :]
            return level, rest
    return "", stem


def _keeps_order(short: str, long: str) -> bool:
    letters = iter(long)
    return all(letter in letters for letter in short)


def _inner_types(stem: str) -> Counter[str]:
    return Counter(letter for letter in stem if letter in "局厅部委院队")
