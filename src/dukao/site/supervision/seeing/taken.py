"""What the office had taken of filings by a moment: figures, steps done, what blocks.

Progress rests on these. What was taken is final: its round was open by then, and it changes hands no more. It
comes in the order it was taken, so that the later corrects the earlier.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Q

from dukao.site.supervision.models import Filing, FilingStage, FilingStep, FilingValue
from dukao.site.supervision.seeing.extent import Extent

Units = Mapping[int, tuple[str, str]]  # name and kind of each unit, by its key


class Figure(NamedTuple):
    """A figure of a filing, true on a day; `taken` where somebody wants to know."""

    filing: int
    unit_id: int
    true_on: date
    indicator: str
    value: float
    measured_in: str
    taken: datetime | None = None


def read_figures(extent: Extent, moment: datetime, *, dated: bool = False) -> list[tuple[int, Figure]]:
    """Every figure with its task, as it was taken; `dated` with the moment it was."""
    fields = ("filing_id", "filing__unit_id", "filing__true_on", "indicator", "value", "unit")
    figures = FilingValue.objects.filter(_taken(extent, moment, "filing__"), filing__true_on__isnull=False)
    rows = figures.order_by("filing__ruled_at", "filing_id", "id")
    asked = rows.values_list("filing__task_id", *fields, *(("filing__ruled_at",) if dated else ()))
    return [(task, Figure._make(said) if dated else Figure(*said)) for task, *said in asked]


def read_steps_done(extent: Extent, moment: datetime) -> list[tuple[int, str, date]]:
    """Every step said to be done, with its task and day."""
    steps = FilingStep.objects.filter(_taken(extent, moment, "filing__"))
    rows = steps.order_by("filing__ruled_at", "filing_id", "id")
    return list(rows.values_list("filing__task_id", "name", "done_on"))


def read_blocks(extent: Extent, moment: datetime) -> dict[int, dict[int, str]]:
    """What blocks a task by the last word of each unit that leads it; empty where that blocks nothing.

    Only tasks that were blocked at some time.
    """
    taken = Filing.objects.filter(_taken(extent, moment)).order_by()
    of_blocked = taken.filter(task_id__in=taken.filter(is_blocked=True).values("task_id"))
    fields = ("task_id", "unit_id", "is_blocked", "problem")
    found: dict[int, dict[int, str]] = {}
    for task, unit, is_blocked, problem in of_blocked.order_by("ruled_at", "pk").values_list(*fields):
        found.setdefault(task, {})[unit] = (problem or "未写明原因") if is_blocked else ""
    return found


def _taken(extent: Extent, moment: datetime, prefix: str = "") -> Q:
    """What lead units filed and the office had taken, as a condition on rows with a filing under `prefix`."""
    said = {"is_lead": True, "stage": FilingStage.ACCEPTED, "ruled_at__lte": moment}
    return extent.under(f"{prefix}task") & Q(**{f"{prefix}{name}": value for name, value in said.items()})
