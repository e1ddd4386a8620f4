"""Letters of a PDF page that do not stand upright: a page on its side is turned, a watermark left out."""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from dukao.reading.pdf.rules import Rule

_QUARTER = math.pi / 2
_ASLANT = 0.08  # of a turn of 90°, in radians: what is turned further is set aslant


@dataclass(frozen=True, slots=True)
class Turn:
    """How most letters of a page of some size stand, in quarters clockwise, and which stand aslant."""

    quarters: int = 0
    aslant: frozenset[int] = frozenset()
    width: float = 0.0
    height: float = 0.0

    def lay(self, left: float, foot: float, right: float, head: float) -> tuple[float, float, float, float]:
        """A box as it lies once the page is turned so that its lines run from left to right."""
        if self.quarters == 1:
            return self.height - head, left, self.height - foot, right
        if self.quarters == 2:
            return self.width - right, self.height - head, self.width - left, self.height - foot
        if self.quarters == 3:
            return foot, self.width - right, head, self.width - left
        return left, foot, right, head


def find_turn(angles: Mapping[int, float], count: int, size: tuple[float, float]) -> Turn:
    """How a page of so many letters is turned, by the angles of those that are not upright."""
    quarters = {at: round(angle / _QUARTER) % 4 for at, angle in angles.items() if not _is_aslant(angle)}
    aslant = frozenset(at for at in angles if at not in quarters)
    turned, many = max(Counter(quarters.values()).items(), key=lambda item: item[1], default=(0, 0))
    is_turned = many > (count - len(aslant)) / 2
    return Turn(turned if is_turned else 0, aslant if len(aslant) < count / 2 else frozenset(), *size)


def _is_aslant(angle: float) -> bool:
    return abs(angle - round(angle / _QUARTER) * _QUARTER) > _ASLANT


def turn_rules(turn: Turn, across: list[Rule], down: list[Rule]) -> tuple[list[Rule], list[Rule]]:
    """The horizontal and the vertical lines of a page once it is turned."""
    if not turn.quarters:
        return across, down
    lying = [turn.lay(rule.start, rule.at, rule.end, rule.at) for rule in across]
    standing = [turn.lay(rule.at, rule.start, rule.at, rule.end) for rule in down]
    if turn.quarters % 2:
        lying, standing = standing, lying
    levels = [Rule(foot, left, right) for left, foot, right, _ in lying]
    return levels, [Rule(left, foot, head) for left, foot, _, head in standing]
