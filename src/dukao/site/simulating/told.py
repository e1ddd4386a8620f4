"""What somebody tells of single tasks of a simulated year, where chance is not to say it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a task's course instead of drawn; what is not told is drawn.

    `pace` is its pace against the curve, `wobble` how far over its target a figure stands, `slip` how many
    days its steps are late, `blocked` the days nothing can be done, with `why` and what `help` is asked;
    `unit` says which number of the task is planned.
    """

    pace: float | None = None
    wobble: float | None = None
    slip: int | None = None
    blocked: tuple[date, date] | None = None
    why: str = ""
    help: str = ""
    unit: str = ""
