"""What tests of pressing stand on: facts accepted on a day, without going through a round each time."""

from datetime import date, datetime
from itertools import count

from dukao.report.compiler import read_plan_measures
from dukao.site.ledger.models import Task, TaskMeasure, TaskState
from dukao.site.supervision.models import Filing, FilingStage, FilingStep, FilingValue, Round
from tests.site.conftest import BEIJING
from tests.site.supervision.conftest import Year


def moment(month: int, day: int, hour: int = 9, *, year: int = 2024) -> datetime:
    """A moment of the year, Beijing time."""
    return datetime(year, month, day, hour, tzinfo=BEIJING)


def accept(
    year: Year,
    row: str,
    unit: str,
    on: date,
    *,
    value: tuple[float, str] | None = None,
    step: str = "",
    blocked: str = "",
) -> Filing:
    """An accepted filing of a lead unit, true and accepted on `on`."""
    at = datetime(on.year, on.month, on.day, 10, tzinfo=BEIJING)
    round_, _ = Round.objects.get_or_create(
        place=year.cast.place,
        cadence="test",
        period_end=on,
        defaults={
            "year": on.year,
            "label": f"{on.year}年{on.month}月",
            "due_at": at,
            "opened_at": at,
            "closed_at": at,
        },
    )
    filing = Filing.objects.create(
        round=round_,
        task=year.task(row),
        unit=year.unit(unit),
        is_lead=True,
        stage=FilingStage.ACCEPTED,
        progress="按方案推进",
        problem=blocked,
        is_blocked=bool(blocked),
        true_on=on,
        ruled_by=year.cast.users["clerk"],
        ruled_at=at,
    )
    if value:
        FilingValue.objects.create(filing=filing, indicator="完成数", value=value[0], unit=value[1])
    if step:
        FilingStep.objects.create(filing=filing, name=step, done_on=on)
    return filing


def reword(task: Task, text: str) -> None:
    """Let a task say something else, with the numbers that stand in it."""
    TaskState.objects.at(None).filter(task=task).update(text=text)
    kept = list(TaskMeasure.objects.at(None).filter(task=task).order_by("order", "id"))
    begun = kept[0].since
    for order, one in enumerate(read_plan_measures(text, 0, len(text), task.year, count(1))):
        row = TaskMeasure(task=task, since=begun, order=100 + order, indicator=one.indicator)
        row.action, row.surface, row.value = one.action or "", one.surface, one.value
        row.unit, row.op, row.kind = one.unit or "", one.op, one.kind
        row.save()
    TaskMeasure.objects.filter(pk__in=[one.pk for one in kept]).update(until=begun)
