"""What the office asks of each unit, month by month: items, fields, files, minutes. It is what must shrink.

Counted from what was asked, never from what anybody did: the items of rounds, filings sent back, notices to
be answered, plans to be made. Nothing here knows who logged in, and units are in their lasting order.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils.timezone import localdate

from dukao.site.people.access import Viewer
from dukao.site.people.models import Unit
from dukao.site.supervision.filing.effort import ANSWER, MEND, PLAN, effort_of, minutes
from dukao.site.supervision.models import (
    ActionPlan,
    Filing,
    FilingReturn,
    FilingStage,
    Notice,
    PlanKind,
)
from dukao.site.supervision.planning.prefilling import tasks_with_number

Month = tuple[int, int]
_SHOWN = 6  # months
_PAPERS = 1  # a notice asks for an answer, which is a paper


@dataclass(slots=True)
class Asked:
    """What was asked of one unit, or of all, in one month."""

    items: int = 0
    fields: int = 0
    files: int = 0
    seconds: float = 0.0

    @property
    def minutes(self) -> int:
        """How long it takes, as expected."""
        return minutes(self.seconds)

    def add(self, *, items: int = 0, fields: int = 0, files: int = 0, seconds: float = 0.0) -> None:
        """Something more was asked."""
        self.items += items
        self.fields += fields
        self.files += files
        self.seconds += seconds


@dataclass(frozen=True, slots=True)
class UnitBurden:
    """A unit with what was asked of it in each month shown."""

    unit_id: int
    name: str
    months: tuple[Asked, ...]

    @property
    def latest(self) -> Asked:
        """What is asked of it in the last month."""
        return self.months[-1]


@dataclass(frozen=True, slots=True)
class Burden:
    """What the office asks, over the last months."""

    months: tuple[str, ...]
    units: tuple[UnitBurden, ...]
    totals: tuple[Asked, ...]

    @property
    def latest(self) -> Asked:
        """All of the last month."""
        return self.totals[-1] if self.totals else Asked()

    @property
    def before(self) -> Asked | None:
        """All of the month before, where something was asked then."""
        return self.totals[-2] if len(self.totals) > 1 and self.totals[-2].items else None

    @property
    def change(self) -> int:
        """By how many per cent the minutes grew since the month before; negative where they shrank."""
        if self.before is None or not self.before.seconds:
            return 0
        return round(100 * (self.latest.seconds / self.before.seconds - 1))

    @property
    def most(self) -> int:
        """The longest month of any unit, for the bars: at least one minute."""
        return max((one.minutes for unit in self.units for one in unit.months), default=1) or 1


def read_burden(viewer: Viewer, now: datetime) -> Burden:
    """What is asked of every unit of the place in the last six months: seven queries."""
    today = localdate(now)
    months = _months_until((today.year, today.month))
    asked: dict[tuple[int, Month], Asked] = defaultdict(Asked)
    _add_filings(asked, viewer.place_id, months)
    _add_returns(asked, viewer.place_id)
    _add_notices(asked, viewer.place_id)
    _add_plans(asked, viewer.place_id)
    ids = {unit for unit, month in asked if month in months}
    units = tuple(
        UnitBurden(unit.pk, unit.name, tuple(asked[(unit.pk, month)] for month in months))
        for unit in Unit.objects.filter(pk__in=ids)
    )
    totals = tuple(_sum(unit.months[at] for unit in units) for at in range(len(months)))
    first = next((at for at, total in enumerate(totals) if total.items or total.seconds), len(months) - 1)
    units = tuple(UnitBurden(one.unit_id, one.name, one.months[first:]) for one in units)
    return Burden(tuple(f"{year}年{month}月" for year, month in months[first:]), units, totals[first:])


def _months_until(last: Month) -> list[Month]:
    months = [last]
    while len(months) < _SHOWN:
        year, month = months[0]
        months.insert(0, (year - 1, 12) if month == 1 else (year, month - 1))
    return months


def _sum(many: Iterable[Asked]) -> Asked:
    whole = Asked()
    for one in many:
        whole.add(items=one.items, fields=one.fields, files=one.files, seconds=one.seconds)
    return whole


def _add_filings(asked: dict[tuple[int, Month], Asked], place_id: int, months: list[Month]) -> None:
    """The items of rounds: fields by the kind of the plan, less where words stand from before.

    Without a plan a number is asked where one would be proposed, as the form does.
    """
    plans = ActionPlan.objects.filter(task_id=OuterRef("task_id"), since__isnull=False, until__isnull=True)
    steps = plans.filter(kind=PlanKind.MILESTONES)
    numbers = plans.exclude(kind=PlanKind.MILESTONES).filter(target__isnull=False)
    before = Filing.objects.filter(
        task_id=OuterRef("task_id"),
        is_lead=True,
        stage=FilingStage.ACCEPTED,
        round__period_end__lt=OuterRef("round__period_end"),
    )
    rows = list(
        Filing.objects.filter(round__place_id=place_id, is_lead=True, round__year__gte=months[0][0])
        .annotate(has_steps=Exists(steps), has_previous=Exists(before))
        .annotate(has_plan=Exists(plans), has_number=Exists(numbers))
        .values_list(
            "task_id", "unit_id", "round__period_end", "has_plan", "has_number", "has_steps", "has_previous"
        )
    )
    proposed = tasks_with_number({task for task, _, _, has_plan, *_ in rows if not has_plan})
    for task, unit, end, has_plan, has_number, has_steps, has_previous in rows:
        has_figure = has_number if has_plan else task in proposed
        effort = effort_of(has_figure=has_figure, steps=int(has_steps), has_previous=has_previous)
        asked[(unit, (end.year, end.month))].add(items=1, fields=effort.fields, seconds=effort.seconds)


def _add_returns(asked: dict[tuple[int, Month], Asked], place_id: int) -> None:
    rows = FilingReturn.objects.filter(filing__round__place_id=place_id)
    for unit, at in rows.values_list("filing__unit_id", "returned_at"):
        asked[(unit, _month_of(at))].add(items=1, fields=1, seconds=MEND)


def _add_notices(asked: dict[tuple[int, Month], Asked], place_id: int) -> None:
    rows = Notice.objects.filter(place_id=place_id, signed_at__isnull=False)
    for unit, at in rows.values_list("unit_id", "signed_at"):
        if at is not None:
            asked[(unit, _month_of(at))].add(items=1, fields=1, files=_PAPERS, seconds=ANSWER)


def _add_plans(asked: dict[tuple[int, Month], Asked], place_id: int) -> None:
    rows = ActionPlan.objects.filter(task__place_id=place_id, submitted_at__isnull=False)
    for unit, at in rows.values_list("unit_id", "submitted_at"):
        if at is not None:
            asked[(unit, _month_of(at))].add(items=1, fields=6, seconds=PLAN)


def _month_of(at: datetime) -> Month:
    day = localdate(at)
    return day.year, day.month
