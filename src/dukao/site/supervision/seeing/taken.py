"""What the office had taken of filings by a moment: figures, steps done, what blocks.

Progress rests on these. What was taken is final: its round was open by then, and it changes hands no more. It
comes in the order it was taken, so that the later corrects the earlier.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Case, DateTimeField, Q, QuerySet, TextField, Value, When

from dukao.site.supervision.models import Filing, FilingStage
from dukao.site.supervision.seeing.extent import Extent


class Figure(NamedTuple):
    """A figure of a filing, true on a day; `taken` where somebody wants to know."""

    filing: int
    unit_id: int
    true_on: date
    indicator: str
    value: float
    measured_in: str
    taken: datetime | None


@dataclass(slots=True)
class Taken:
    """What was taken of one task: `blocks` is the last word of each unit that filed as lead, or None."""

    figures: list[Figure] = field(default_factory=list)
    done: dict[str, date] = field(default_factory=dict)
    blocks: dict[int, str | None] = field(default_factory=dict)


def read_taken(extent: Extent, moment: datetime) -> dict[int, Taken]:
    """What was taken of each task: one query."""
    filings = Filing.objects.filter(extent.under("task"), taken_by(moment), is_lead=True)
    return lay_in(in_order(filings).values_list(*COLUMNS))


def taken_by(moment: datetime) -> Q:
    """What the office had taken by a moment, as a condition on filings."""
    return Q(stage=FilingStage.ACCEPTED, ruled_at__lte=moment)


# What is asked of a filing: a row for each of its figures and steps; of many not when they were taken.
COLUMNS = (
    *("never", "task_id", "unit_id", "pk", "block", "true_on"),
    *("values__indicator", "values__value", "values__unit", "steps__name", "steps__done_on"),
)


def in_order(filings: QuerySet[Filing]) -> QuerySet[Filing]:
    """Filings as they were taken, with the columns of `COLUMNS`."""
    return filings.annotate(
        never=Value(None, output_field=DateTimeField()),
        block=Case(When(is_blocked=True, then="problem"), default=Value(None), output_field=TextField()),
    ).order_by("ruled_at", "pk", "values__id", "steps__id")


def lay_in(rows: Iterable[tuple[Any, ...]]) -> dict[int, Taken]:
    """What rows of `COLUMNS` say of each task; the first column may hold when a filing was taken."""
    found = defaultdict[int, Taken](Taken)
    for at, task, unit, filing, block, true_on, indicator, value, measured_in, name, on in rows:
        said = found[task]
        said.blocks[unit] = block
        if value is not None and true_on:
            said.figures.append(Figure(filing, unit, true_on, indicator, value, measured_in, at))
        if name is not None:
            said.done[name] = on
    return found
