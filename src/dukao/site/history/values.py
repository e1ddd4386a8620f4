"""Who acts, and what a walk along the chain found."""

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something: log-in name, name as shown, code of the place (GB/T 2260) or nothing."""

    username: str
    name: str
    place: str = ""


# What the program does by itself: first start, scheduled work.
PROGRAM = Actor("dukao", "系统")

Thing = tuple[str, object]


class Mark(NamedTuple):
    """How far the chain has come: its last entry and the digest that closes it; 0 before the first."""

    sequence: int
    digest: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What `verify_chain` found: how many entries hold, the last digest, and the first broken one if any."""

    entries: int
    digest: str
    broken: int | None = None
    reason: str = ""

    @property
    def holds(self) -> bool:
        """Whether the whole chain is as it was written."""
        return self.broken is None
