"""The three judgements of a task on a day, and how many stand under each light."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dukao.progress.values import Judgement, Light

# In which order counts are said: the best first, what is not counted last.
SAID = (
    Light.GREEN,
    Light.YELLOW,
    Light.RED,
    Light.BLOCKED,
    Light.UNDATED,
    Light.UNKNOWN,
)


@dataclass(frozen=True, slots=True)
class Lights:
    """报送, 进度, 核验 of one task; a row and a count speak of `progress`.

    `limit` is the day the task is to be done by; `silent` for how many rounds in a row nothing was filed.
    """

    task_id: int
    progress: Judgement
    filing: Judgement
    verified: Judgement
    limit: date | None = None
    is_closed: bool = False
    silent: int = 0

    @property
    def light(self) -> Light:
        """What a row shows."""
        return self.progress.light

    @property
    def counts(self) -> bool:
        """Whether the task is in the totals: not led by a partner, not taken out by an act."""
        return self.light is not Light.NONE

    @property
    def three(self) -> tuple[tuple[str, Judgement], ...]:
        """The judgements by their names, as a task's page sets them."""
        return (("报送", self.filing), ("进度", self.progress), ("核验", self.verified))


@dataclass(frozen=True, slots=True)
class Count:
    """How many tasks stand under one light."""

    light: Light
    tasks: int


@dataclass(frozen=True, slots=True)
class Counts:
    """Tasks under each light of progress; `all` leaves out what is not counted, which `out` is."""

    all: int
    by_light: tuple[Count, ...]
    out: int
    closed: int
    late: int

    def of(self, light: Light) -> int:
        """How many stand under a light."""
        return next((one.tasks for one in self.by_light if one.light is light), 0)


def count_lights(lights: Iterable[Lights]) -> Counts:
    """Count tasks by their light; a light nobody stands under is left out, green never."""
    every = list(lights)
    found = Counter(one.light for one in every)
    by_light = tuple(Count(light, found[light]) for light in SAID if found[light] or light is Light.GREEN)
    counted = [one for one in every if one.counts]
    return Counts(
        len(counted),
        by_light,
        found[Light.NONE],
        sum(one.is_closed for one in counted),
        sum(one.progress.is_late for one in counted),
    )
