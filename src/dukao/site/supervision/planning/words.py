"""What the lead unit writes into a plan."""

from dataclasses import dataclass, field
from datetime import date

from dukao.site.supervision.models import PlanKind


@dataclass(frozen=True, slots=True)
class PlanWords:
    """A plan as the lead unit writes it; what its kind does not use stays empty.

    `points` are (day, share of the target between 0 and 1), `steps` (name, due), `members` (name, duty).
    `base` is what a stock was when the year began, None where nobody knows; a statistic with a `curve` is an
    amount of the year, one without a rate.
    """

    kind: PlanKind
    visible: str = ""
    actions: str = ""
    target: float | None = None
    unit_of_measure: str = ""
    curve: str = ""
    delay: int = 0
    deadline: date | None = None
    points: tuple[tuple[date, float], ...] = ()
    steps: tuple[tuple[str, date], ...] = ()
    members: tuple[tuple[str, str], ...] = field(default=())
    change_why: str = ""
    measure_id: int | None = None
    base: float | None = None
