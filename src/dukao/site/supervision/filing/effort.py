"""What filing costs a liaison, in seconds: the one model pages, the burden page and its test count by.

An assumption, said openly: what it takes to read an item, for one click, one short field, one field of words;
to mend what was sent back, to answer a notice, to make a plan. A place that measures may correct it here.
"""

from dataclasses import dataclass

READ = 8
CLICK = 3
SHORT = 10
WORDS = 45
MEND = 3 * 60
ANSWER = 30 * 60
PLAN = 15 * 60


@dataclass(frozen=True, slots=True)
class Effort:
    """What an item asks: fields to fill and seconds to spend, as expected."""

    fields: int
    seconds: float


def effort_of(*, has_figure: bool, steps: int, has_previous: bool) -> Effort:
    """What one item asks.

    Without words from before everything is written anew. Where they are there, every second item is taken to
    have changed: a figure or a milestone, and a sentence.
    """
    short = (2 if has_figure else 0) + (1 if steps else 0)
    if not has_previous:
        return Effort(short + 2, READ + short * SHORT + 2 * WORDS + CLICK)
    unchanged = READ + CLICK
    changed = READ + short * SHORT + WORDS + 2 * CLICK
    return Effort(short + 2, (unchanged + changed) / 2)


def minutes(seconds: float) -> int:
    """Seconds as whole minutes, at least one where there is anything to do."""
    return max(1, round(seconds / 60)) if seconds else 0
