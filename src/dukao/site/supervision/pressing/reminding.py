"""提醒: before a limit, by themselves, once each; in the site always, by mail and robot where configured."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Count
from django.urls import reverse
from django.utils.timezone import localdate, localtime

from dukao.progress.figures import say_month_day
from dukao.site.history.actions import record
from dukao.site.people.models import PARTNERS, Place, Unit
from dukao.site.supervision.models import (
    Answer,
    Assignment,
    Completion,
    Contact,
    Delivery,
    Filing,
    FilingStage,
    FilingStep,
    Notice,
    NoticeStage,
    PlanKind,
    PlanStep,
    Reminder,
    Round,
    Standing,
    Subject,
    Way,
)
from dukao.site.supervision.naming import Action
from dukao.site.supervision.planning.limits import plans_owed
from dukao.site.supervision.practice import practice_of
from dukao.site.supervision.pressing.proposing import program_of

_TO_FILE = (FilingStage.EMPTY, FilingStage.DRAFT, FilingStage.RETURNED)
_FILINGS, _ASSIGNMENTS, _PLANS = "/filings/", "/assignments/", "/plans/"
# Shorter limits are reminded of on the day before.
_DAY_BEFORE = (1,)
STEP = "step:"  # how the key of a step's reminder begins
# A robot takes a text of 2,048 bytes at most.
_ROBOT_BYTES = 1900


@dataclass(frozen=True, slots=True)
class Coming:
    """Something that falls due for a unit: its key without the days, words, page, day and the days before."""

    unit_id: int
    key: str
    words: str
    address: str
    due: date
    before: tuple[int, ...]
    # Since when it could be reminded of: nothing is reminded of on the day it arrived.
    since: date


@transaction.atomic
def send_reminders(place_id: int, *, at: datetime) -> int:
    """Remind every unit of what falls due soon; how many reminders were new. The same is never sent twice.

    Days on which nothing ran are not caught up one by one: only the nearest reminder of a limit is sent, and
    none after it.
    """
    place = Place.objects.select_for_update().get(pk=place_id)
    today = localdate(at)
    due = [(one, days) for one in coming(place_id, at) if (days := _days_before(one, today)) is not None]
    keys = {(one.unit_id, f"{one.key}:{days}"): one for one, days in due}
    units = {unit for unit, _ in keys}
    sent = Reminder.objects.filter(unit_id__in=units, key__in={key for _, key in keys}).order_by()
    known = set(sent.values_list("unit_id", "key"))
    fresh = {key: one for key, one in keys.items() if key not in known}
    if not fresh:
        return 0
    ways = ",".join(("site", *_ways()))
    made = [
        Reminder(
            place=place,
            unit_id=unit,
            key=key,
            words=one.words,
            address=one.address,
            due=one.due,
            sent_at=at,
            ways=ways,
        )
        for (unit, key), one in fresh.items()
    ]
    Reminder.objects.bulk_create(made)
    _put_out(place, made, at)
    about = [("unit", unit) for unit in sorted({one.unit_id for one in made})]
    record(Action.REMINDED, by=program_of(place), at=at, about=about, after={"提醒": len(made)})
    return len(made)


def coming(place_id: int, at: datetime) -> Iterator[Coming]:
    """Everything a unit is to be reminded of that is not past: filings, steps, objections, plans, answers."""
    today = localdate(at)
    limits = practice_of(place_id, today).preset(Subject.LIMITS)
    before = tuple(limits["remind"])
    yield from _filings(place_id, at, before)
    yield from _steps(place_id, today, before)
    yield from _objections(place_id, today)
    yield from _plans(place_id, today, before)
    yield from _returned(place_id, today)
    yield from _answers(place_id, today)


def _days_before(one: Coming, today: date) -> int | None:
    """Which reminder of a limit is due: the nearest of those whose day has come, while the limit stands."""
    left = (one.due - today).days
    if left < 0:
        return None
    return min(
        (days for days in one.before if left <= days and one.due - timedelta(days=days) > one.since),
        default=None,
    )


def _filings(place_id: int, at: datetime, before: tuple[int, ...]) -> Iterator[Coming]:
    """One line a unit and round, however many items are left; of what it leads: the rest is free to it."""
    rounds = Round.objects.filter(place_id=place_id, closed_at__isnull=True, due_at__gte=at).in_bulk()
    if not rounds:
        return
    rows = (
        Filing.objects.filter(round_id__in=rounds, is_lead=True, stage__in=_TO_FILE)
        .values_list("round_id", "unit_id", "stage")
        .annotate(items=Count("pk"))
        .order_by("round_id", "unit_id")
    )
    left: dict[tuple[int, int], dict[str, int]] = defaultdict(dict)
    for pk, unit, stage, items in rows:
        left[(unit, pk)][stage] = items
    for (unit, pk), counts in left.items():
        round_ = rounds[pk]
        due = localtime(round_.due_at)
        drafts = counts.get(FilingStage.DRAFT, 0)
        waits = f"，另有{drafts}项已填待负责人确认" if drafts else ""
        empty = sum(counts.values()) - drafts
        what = f"还有{empty}项没有填报{waits}" if empty else f"{drafts}项已填，待负责人确认"
        words = f"{round_.label}填报{say_month_day(due)}{due.hour + (due.minute > 0)}时截止，{what}。"
        yield Coming(
            unit,
            f"filing:{pk}",
            words,
            _FILINGS,
            due.date(),
            before,
            localdate(round_.opened_at),
        )


def _steps(place_id: int, today: date, before: tuple[int, ...]) -> Iterator[Coming]:
    """Milestones of plans in force not said to be done; none of what is closed or out of the totals."""
    in_force = {"plan__since__isnull": False, "plan__until__isnull": True, "plan__kind": PlanKind.MILESTONES}
    latest = today + timedelta(days=max(before, default=0))
    near = PlanStep.objects.filter(
        due__gte=today, due__lte=latest, plan__task__place_id=place_id, **in_force
    ).exclude(plan__unit__kind__in=PARTNERS)
    steps = list(near.select_related("plan__task").order_by("order", "pk"))
    if not steps:
        return
    tasks = [step.plan.task_id for step in steps]
    over = _over(tasks)
    said = FilingStep.objects.filter(filing__task_id__in=tasks, filing__is_lead=True).order_by()
    done = set(said.exclude(filing__stage=FilingStage.RETURNED).values_list("filing__task_id", "name"))
    for step in steps:
        plan = step.plan
        if plan.task_id in over or (plan.task_id, step.name) in done:
            continue
        words = f"{plan.task}的节点“{step.name}”{say_month_day(step.due)}到期。"
        assert plan.since is not None
        yield Coming(
            plan.unit_id,
            f"{STEP}{plan.task_id}:{step.name}:{step.due:%Y%m%d}",
            words,
            reverse("ledger:task", args=[plan.task_id]),
            step.due,
            before,
            localdate(plan.since),
        )


def _over(tasks: Iterable[int]) -> set[int]:
    """Those of some tasks that are closed or out of the totals."""
    closed = Completion.objects.filter(stage="closed", task_id__in=tasks)
    out = Standing.objects.filter(since__isnull=False, until__isnull=True, task_id__in=tasks)
    return {*closed.values_list("task_id", flat=True), *out.values_list("task_id", flat=True)}


def _objections(place_id: int, today: date) -> Iterator[Coming]:
    rows = (
        Assignment.objects.filter(task__place_id=place_id, answer=Answer.WAITING, due__gte=today)
        .values("unit_id", "due", "sent_at")
        .annotate(items=Count("pk"))
        .order_by("unit_id", "due")
    )
    for row in rows:
        words = (
            f"有{row['items']}项任务待签收，有异议的请在{say_month_day(row['due'])}以前提出；"
            "逾期未答复的视为同意。"
        )
        yield Coming(
            row["unit_id"],
            f"objection:{row['due']:%Y%m%d}:{row['sent_at']:%Y%m%d%H%M}",
            words,
            _ASSIGNMENTS,
            row["due"],
            _DAY_BEFORE,
            localdate(row["sent_at"]),
        )


def _plans(place_id: int, today: date, before: tuple[int, ...]) -> Iterator[Coming]:
    """Plans a unit has not sent, by the day they are due: before it, and on the day itself."""
    owed = Counter((one.unit_id, one.since, one.due) for one in plans_owed(place_id, today))
    for (unit, since, due), items in sorted(owed.items()):
        words = f"有{items}项任务还没有报推进方案，请在{say_month_day(due)}以前报送。"
        yield Coming(unit, f"plan:{since:%Y%m%d}:{due:%Y%m%d}", words, _PLANS, due, (*before, 0), since)


def _returned(place_id: int, today: date) -> Iterator[Coming]:
    """Filings sent back, on the day before they are to be in again."""
    rows = (
        Filing.objects.filter(round__place_id=place_id, stage=FilingStage.RETURNED, returned_due__gte=today)
        .values("unit_id", "returned_due")
        .annotate(items=Count("pk"))
        .order_by("unit_id", "returned_due")
    )
    for row in rows:
        due = row["returned_due"]
        assert due is not None
        words = f"有{row['items']}项进展退回补充，请在{say_month_day(due)}以前补报。"
        yield Coming(
            row["unit_id"],
            f"returned:{due:%Y%m%d}",
            words,
            _FILINGS,
            due,
            _DAY_BEFORE,
            due - timedelta(days=3),
        )


def _answers(place_id: int, today: date) -> Iterator[Coming]:
    """Notices to be answered, on the day before; letters to partners are not reminded of."""
    papers = Notice.objects.filter(place_id=place_id, stage=NoticeStage.SENT, due__gte=today)
    papers = papers.exclude(unit__kind__in=PARTNERS)
    for notice in papers.only("name", "number", "unit", "due", "signed_at"):
        assert notice.due is not None
        assert notice.signed_at is not None
        words = f"{notice}请在{say_month_day(notice.due)}以前答复。"
        yield Coming(
            notice.unit_id,
            f"notice:{notice.pk}",
            words,
            reverse("supervision:notice", args=[notice.pk]),
            notice.due,
            _DAY_BEFORE,
            localdate(notice.signed_at),
        )


def _ways() -> Iterator[Way]:
    """The ways out of the site that are configured."""
    if settings.EMAIL_HOST:
        yield Way.MAIL
    if settings.ROBOT_URL:
        yield Way.ROBOT


def _put_out(place: Place, made: list[Reminder], at: datetime) -> None:
    """One mail a unit that has an address, and the robot's message to everybody; tried by the queue."""
    names = dict(Unit.objects.filter(pk__in={one.unit_id for one in made}).values_list("pk", "name"))
    by_unit: dict[int, list[Reminder]] = defaultdict(list)
    for one in made:
        by_unit[one.unit_id].append(one)
    ways = set(_ways())
    queued: list[Delivery] = []
    if Way.MAIL in ways:
        addresses = dict(
            Contact.objects.filter(unit_id__in=by_unit).exclude(mail="").values_list("unit_id", "mail")
        )
        for unit, mail in addresses.items():
            words = "\n".join(_line(one) for one in by_unit[unit])
            queued.append(_delivery(place, Way.MAIL, mail, f"{names[unit]}：", words, at, unit))
    if Way.ROBOT in ways:
        lines = [f"{names[unit]}：{one.words}" for unit, own in by_unit.items() for one in own]
        for part in _parts(lines, _ROBOT_BYTES):
            queued.append(_delivery(place, Way.ROBOT, "", "", part, at))
    Delivery.objects.bulk_create(queued)


def _delivery(
    place: Place, way: Way, target: str, opening: str, words: str, at: datetime, unit: int | None = None
) -> Delivery:
    subject = f"{place.name}重点工作督办提醒"
    return Delivery(
        place=place,
        unit_id=unit,
        way=way,
        target=target,
        subject=subject,
        words=f"{opening}\n{words}" if opening else f"【{subject}】\n{words}",
        made_at=at,
        next_at=at,
    )


def _line(one: Reminder) -> str:
    """A reminder in a mail, with its page where the site's own address is known."""
    return f"{one.words}{f' {settings.SITE_ADDRESS}{one.address}' if settings.SITE_ADDRESS else ''}"


def _parts(lines: Iterable[str], most: int) -> Iterator[str]:
    """Lines put together into texts of at most so many bytes."""
    part: list[str] = []
    size = 0
    for line in lines:
        length = len(line.encode()) + 1
        if part and size + length > most:
            yield "\n".join(part)
            part, size = [], 0
        part.append(line)
        size += length
    if part:
        yield "\n".join(part)
