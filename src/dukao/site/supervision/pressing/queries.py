"""What pages ask of reminders, notices, letters, instructions, meetings, bulletins."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate

from dukao.site.ledger.models import Responsibility, Role
from dukao.site.people.access import Act, Viewer, may
from dukao.site.supervision.access import units_of
from dukao.site.supervision.models import Bulletin, Instruction, Notice, NoticeStage, Reminder
from dukao.site.supervision.needs import Need
from dukao.site.supervision.pressing.access import visible_instructions, visible_notices
from dukao.site.supervision.pressing.reminding import STEP


@dataclass(frozen=True, slots=True)
class PressPanel:
    """What was pressed about a task: notices and instructions, the newest first; what one may add."""

    task_id: int
    notices: tuple[Notice, ...]
    instructions: tuple[Instruction, ...]
    today: date
    may_press: bool
    may_instruct: bool

    @property
    def is_empty(self) -> bool:
        """Whether nothing was pressed."""
        return not self.notices and not self.instructions


def press_panel(viewer: Viewer, task_id: int, moment: datetime | None, now: datetime) -> PressPanel:
    """The 督办 of a task's page, as it stood at `moment` (None for now), for who may see it."""
    if not may(viewer, Act.SEE_PRESS):
        return PressPanel(task_id, (), (), localdate(now), False, False)
    notices = visible_notices(viewer).filter(tasks=task_id).exclude(stage=NoticeStage.WITHDRAWN)
    instructions = visible_instructions(viewer).filter(task_id=task_id)
    if moment is not None:
        notices = notices.filter(signed_at__lte=moment)
        instructions = instructions.filter(given_at__lte=moment)
    return PressPanel(
        task_id,
        tuple(notices.select_related("unit")),
        tuple(
            instructions.filter(withdrawn_at__isnull=True)
            .select_related("post", "meeting", "given_by")
            .prefetch_related("steps__unit")
        ),
        localdate(moment or now),
        moment is None and may(viewer, Act.PRESS),
        moment is None and may(viewer, Act.INSTRUCT),
    )


def open_first(instructions: QuerySet[Instruction], today: date) -> list[Instruction]:
    """Instructions in the order they want attention: overdue, then by day, then without one, then ended."""
    people = ("task", "post", "unit", "meeting", "given_by")
    rows = instructions.select_related(*people).prefetch_related("steps__unit")
    return sorted(
        rows, key=lambda one: (not one.is_open, not one.is_overdue(today), one.due or date.max, -one.pk)
    )


def needs_of(viewer: Viewer, now: datetime) -> list[Need]:
    """What of this waits for somebody today."""
    return list(_needs(viewer, localdate(now)))


def _needs(viewer: Viewer, today: date) -> Iterator[Need]:
    notices = reverse("supervision:notices")
    papers = Notice.objects.filter(place_id=viewer.place_id)
    if may(viewer, Act.PRESS):
        unanswered = Q(stage=NoticeStage.SENT, due__lt=today) & ~Q(rung="letter")
        found = papers.aggregate(
            drafts=Count("pk", Q(stage=NoticeStage.DRAFT)),
            answered=Count("pk", Q(stage=NoticeStage.ANSWERED)),
            late=Count("pk", unanswered),
            since=Min("due", filter=unanswered),
        )
        yield Need(found["drafts"], "份督办文书待核稿", f"{notices}?stage=draft")
        yield Need(found["answered"], "份督办答复待审", f"{notices}?stage=answered")
        yield Need(found["late"], "份督办单逾期未答复", f"{notices}?stage=late", found["since"])
        yield _overdue("件批示或议定事项逾期", today, place_id=viewer.place_id)
    if may(viewer, Act.PRESS) or may(viewer, Act.SIGN):
        drafts = Bulletin.objects.filter(place_id=viewer.place_id, stage=NoticeStage.DRAFT)
        to_check = drafts.exclude(drafted_by_id=viewer.user_id).count()
        yield Need(to_check, "期通报待核稿", reverse("supervision:bulletins"))
        unsigned = Instruction.objects.filter(_open(), place_id=viewer.place_id, signed_at__isnull=True)
        fresh = unsigned.filter(checked_at__isnull=True).exclude(given_by_id=viewer.user_id)
        yield Need(fresh.count(), "份批示督办通知待核稿", reverse("supervision:instructions"))
    if may(viewer, Act.SIGN):
        checked = unsigned.filter(checked_at__isnull=False)
        yield Need(checked.count(), "份批示督办通知待签发", reverse("supervision:instructions"))
        to_sign = papers.filter(stage=NoticeStage.CHECKED).count()
        yield Need(to_sign, "份督办文书待签发", f"{notices}?stage=checked")
        bulletins = Bulletin.objects.filter(place_id=viewer.place_id, stage=NoticeStage.CHECKED)
        yield Need(bulletins.count(), "期通报待签发", reverse("supervision:bulletins"))
    if may(viewer, Act.FILE) and viewer.unit_id:
        yield from _needs_of_unit(viewer, today)
    if may(viewer, Act.INSTRUCT):
        yield _overdue("件您的批示逾期未办结", today, given_by_id=viewer.user_id)


def _overdue(words: str, today: date, **whose: Any) -> Need:
    """Open instructions past their day, with the earliest."""
    late = Instruction.objects.filter(_open(), due__lt=today, **whose)
    found = late.aggregate(count=Count("pk"), due=Min("due"))
    return Need(found["count"], words, reverse("supervision:instructions"), found["due"])


def _needs_of_unit(viewer: Viewer, today: date) -> Iterator[Need]:
    """Papers to answer, instructions to follow, and steps that are near."""
    units = units_of(viewer)
    papers = Notice.objects.filter(unit_id__in=units, stage=NoticeStage.SENT)
    found = papers.aggregate(count=Count("pk"), due=Min("due"))
    yield Need(found["count"], "份督办文书待答复", reverse("supervision:notices"), found["due"])
    led = Responsibility.objects.at(None).filter(unit_id__in=units, role=Role.LEAD)
    own = Q(unit_id__in=units) | Q(unit__isnull=True, task__in=led.values("task_id"))
    open_ = Instruction.objects.filter(_open(), own, place_id=viewer.place_id)
    given = open_.aggregate(count=Count("pk"), due=Min("due"))
    yield Need(given["count"], "件批示或议定事项待落实", reverse("supervision:instructions"), given["due"])
    # Whatever else is reminded of waits by itself.
    steps = Reminder.objects.filter(unit_id__in=units, due__gte=today, key__startswith=STEP)
    soon = steps.aggregate(count=Count("words", distinct=True), due=Min("due"))
    yield Need(soon["count"], "个节点即将到期", reverse("supervision:reminders"), soon["due"])


def _open() -> Q:
    return Q(done_at__isnull=True, withdrawn_at__isnull=True)
