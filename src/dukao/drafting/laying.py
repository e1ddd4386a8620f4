"""The clauses of a sentence laid on units: those of one unit are one task.

The path is the cheapest: every clause speaks for units, and passing from one unit to another costs something.
Clauses of one unit are one task also where another's stand between them.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from dukao.drafting.pieces import Piece
from dukao.drafting.standing import comes_of, leans_forward, passing_cost

# What speaks for each unit in a text.
Weigh = Callable[[str], Mapping[str, float]]
# From this weight on a word of some unit's own work is among what speaks for it.
_TELLING: Final = 1.4

_SOFTEN: Final = 0.3
# What a hope says counts a part of what the same says in a deed.
_FROM_HOPE: Final = 0.5


def share_out(pieces: Sequence[Piece], weigh: Weigh) -> list[list[Piece]]:
    """The pieces of every task: those of one unit together, those that stand alone by themselves."""
    held = _hold_outcomes(pieces)
    path = iter(_find_path([one for one in held if not one[0].is_own], weigh))
    tasks: list[list[Piece]] = []
    of_unit: dict[str, list[Piece]] = {}
    for one in held:
        unit = None if one[0].is_own else next(path)
        if unit is not None and unit in of_unit:
            of_unit[unit] += one
            continue
        tasks.append(one)
        if unit is not None:
            of_unit[unit] = one
    return tasks


def _hold_outcomes(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Every piece with what comes of it, and with what leans on it."""
    held: list[list[Piece]] = []
    for piece in pieces:
        ends = piece is pieces[-1] and leans_forward(piece)
        if held and (ends or leans_forward(held[-1][-1]) or comes_of(piece, held[-1][0])):
            held[-1].append(piece)
        else:
            held.append([piece])
    return held


def _deed_of(held: Sequence[Piece]) -> Piece:
    """The deed among pieces that are held together: the first that leans on none."""
    return next((piece for piece in held if not leans_forward(piece)), held[0])


def _weigh_held(held: Sequence[Piece], weigh: Weigh) -> Mapping[str, float]:
    """What speaks for each unit in a deed, and in its hopes: for those the deed speaks for, or for all
    where it speaks for none.
    """
    deed = _deed_of(held)
    said = weigh(deed.text)
    weights = dict(said)
    hopes = [piece for piece in held if piece is not deed and piece.kind == "aspiration"]
    for unit, weight in (pair for hope in hopes for pair in weigh(hope.text).items()):
        if unit in said or not said:
            weights[unit] = weights.get(unit, 0.0) + _FROM_HOPE * weight
    return weights


def _find_path(held: Sequence[Sequence[Piece]], weigh: Weigh) -> list[str]:
    """The unit of every deed, so that what speaks for them less what passing costs is the most."""
    weights = [_weigh_held(one, weigh) for one in held]
    units = sorted({unit for one in weights for unit in one}) or [""]
    best = dict.fromkeys(units, 0.0)
    steps: list[dict[str, str]] = []
    for number, one in enumerate(weights):
        cost = passing_cost(_deed_of(held[number])) if number else 0.0
        leader = max(best, key=lambda unit: (best[unit], unit))
        step = {unit: unit if best[unit] >= best[leader] - cost else leader for unit in units}
        best = {
            unit: best[before] - (cost if before != unit else 0.0) + math.log(one.get(unit, 0.0) + _SOFTEN)
            for unit, before in step.items()
        }
        steps.append(step)
    return _trace(best, steps)


def _trace(best: Mapping[str, float], steps: Sequence[Mapping[str, str]]) -> list[str]:
    """The path that ends best, walked back."""
    if not steps:
        return []
    path = [max(best, key=lambda unit: (best[unit], unit))]
    for step in reversed(steps[1:]):
        path.append(step[path[-1]])
    return path[::-1]


def is_telling(weights: Mapping[str, float]) -> bool:
    """Whether a word of some unit's own work is among what speaks for it, by what speaks for each."""
    return max(weights.values(), default=0.0) >= _TELLING


def likeliest(weights: Mapping[str, float]) -> str:
    """The unit that most speaks for, "" where nothing does."""
    return max(weights, key=lambda unit: (weights[unit], unit)) if weights else ""
