"""报送期: rounds open and close by themselves; a lead unit has one filing a task, others theirs."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate

from dukao.progress.workdays import CalendarUnknown, next_workday
from dukao.site.history.actions import record
from dukao.site.history.values import PROGRAM
from dukao.site.ledger.models import Responsibility, Status, TaskState
from dukao.site.people.models import PARTNERS, Place
from dukao.site.supervision.models import Completion, Filing, Round, Standing, Subject
from dukao.site.supervision.naming import Action
from dukao.site.supervision.practice import evening, practice_of

_OPENS_BEFORE = 10  # days before the limit


def due_rounds(place_id: int, today: date) -> Iterator[tuple[str, date, datetime]]:
    """The periods that should be open on a day, however long nothing ran: (cadence, period end, due)."""
    cadence = practice_of(place_id, today).preset(Subject.CADENCE)
    for month in range(1, today.month + 1):
        end = date(today.year, month, min(cadence["day"], monthrange(today.year, month)[1]))
        if end - timedelta(days=_OPENS_BEFORE) > today:
            return
        kinds = {cadence[risk] for risk in ("low", "normal", "high")}
        if "month" in kinds or month % 3 == 0:
            yield ("month" if month % 3 else "quarter"), end, evening(_on_workday(end), cadence["hour"])


def _on_workday(day: date) -> date:
    """A limit on a holiday moves behind it; where the calendar is not known the day stands."""
    try:
        return next_workday(day)
    except CalendarUnknown:
        return day


@transaction.atomic
def open_rounds(place_id: int, *, at: datetime) -> list[Round]:
    """Open every round that is due and not open yet, with its filings; safe to run twice or late."""
    place = Place.objects.select_for_update().get(pk=place_id)
    today = localdate(at)
    known = set(Round.objects.filter(place=place).values_list("period_end", flat=True))
    opened = []
    for cadence, end, due in due_rounds(place_id, today):
        if end not in known:
            opened.append(_open(place, cadence, end, due, at))
    return opened


def _open(place: Place, cadence: str, end: date, due: datetime, at: datetime) -> Round:
    round_ = Round.objects.create(
        place=place,
        year=end.year,
        label=f"{end.year}年{end.month}月",
        cadence=cadence,
        period_end=end,
        due_at=due,
        opened_at=at,
    )
    filings = [
        Filing(round=round_, task_id=task, unit_id=unit, is_lead=role == "lead")
        for task, unit, role in _who_files(place, end.year, at)
    ]
    Filing.objects.bulk_create(filings)
    after = {"期次": round_.label, "期限": due.isoformat(), "填报项": len(filings)}
    record(Action.ROUND_OPENED, by=PROGRAM, at=at, about=[("round", round_.pk)], after=after)
    return round_


def _who_files(place: Place, year: int, at: datetime) -> list[tuple[int, int, str]]:
    """(task, unit, role) once for each unit: government-side units of tasks that are under way.

    Where only a partner leads, the first government-side unit files for the task.
    """
    gone = Standing.objects.filter(until__isnull=True).values("task_id")
    closed = Completion.objects.filter(stage="closed").values("task_id")
    states = TaskState.objects.at(None).filter(task__place=place, task__year=year, status=Status.ISSUED)
    tasks = states.exclude(Q(task_id__in=gone) | Q(task_id__in=closed)).values("task_id")
    duties = (
        Responsibility.objects.at(None)
        .filter(task_id__in=tasks, unit__isnull=False)
        .exclude(unit__kind__in=PARTNERS)
        .order_by("task_id", "order")
        .values_list("task_id", "unit_id", "role")
    )
    chosen: dict[tuple[int, int], str] = {}
    led: set[int] = set()
    for task, unit, role in duties:
        if role == "lead":
            led.add(task)
            chosen[(task, unit)] = "lead"
        else:
            chosen.setdefault((task, unit), role)
    for task, unit in list(chosen):
        if task not in led:
            led.add(task)
            chosen[(task, unit)] = "lead"
    return [(task, unit, role) for (task, unit), role in chosen.items()]


@transaction.atomic
def close_rounds(place_id: int, *, at: datetime) -> int:
    """Close rounds whose limit is past by more than a month: later words belong to the next; how many."""
    old = Round.objects.select_for_update().filter(
        place_id=place_id, closed_at__isnull=True, due_at__lt=at - timedelta(days=31)
    )
    rounds = list(old)
    Round.objects.filter(pk__in=[one.pk for one in rounds]).update(closed_at=at)
    for one in rounds:
        record(Action.ROUND_CLOSED, by=PROGRAM, at=at, about=[("round", one.pk)], after={"期次": one.label})
    return len(rounds)
