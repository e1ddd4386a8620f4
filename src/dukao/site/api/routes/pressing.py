"""Assigning and pressing: assignments, instructions, meetings, bulletins, reminders, burden."""

from collections.abc import Iterable

from django.http import HttpResponse
from django.utils.timezone import localdate
from ninja import Query, Router

from dukao.site.api import pressing_schemas as schemas
from dukao.site.api.answering import Asked, Paging, give_page
from dukao.site.api.routes import give_list
from dukao.site.api.routes.year import YearAsked
from dukao.site.people.access import Act, require
from dukao.site.supervision.assigning.queries import Laid, read_assignments
from dukao.site.supervision.filing.burden import read_burden
from dukao.site.supervision.models import Bulletin, Delivery, Instruction, Meeting, Reminder
from dukao.site.supervision.pressing.access import (
    visible_bulletins,
    visible_deliveries,
    visible_instructions,
    visible_meetings,
    visible_reminders,
)
from dukao.site.supervision.pressing.papers import bulletin_number
from dukao.site.supervision.pressing.queries import open_first

router = Router(tags=["交办和督办"])


@give_list(
    router,
    "/assignments",
    schemas.Assignment,
    "listAssignments",
    "交办",
    "一年的交办和单位的答复；单位用户只看到本单位的。",
)
def list_assignments(request: Asked, paging: Query[YearAsked]) -> HttpResponse:
    """The office's assignments of a year; a unit's own."""
    return give_page(
        request,
        read_assignments(request.viewer, paging.year),
        paging,
        lambda page: [_assignment(one) for one in page],
        schemas.Assignment,
    )


def _assignment(row: Laid) -> schemas.Assignment:
    one = row.assignment
    names = ("sent_at", "due", "objection", "reason", "answered_at", "ruling_why", "ruled_at")
    return schemas.Assignment(
        id=one.pk,
        task_id=one.task_id,
        number=one.task.number or "",
        text=row.text,
        unit_id=one.unit_id,
        unit=one.unit.name,
        standing=row.standing,
        standing_label=row.standing_words,
        is_over=row.is_over,
        **{name: getattr(one, name) for name in names},
    )


@give_list(
    router,
    "/instructions",
    schemas.Instruction,
    "listInstructions",
    "批示和议定事项",
    "在办的在前，逾期的最先；后面是办结和收回的。",
)
def list_instructions(request: Asked, paging: Query[Paging]) -> HttpResponse:
    """What is followed up, as far as the viewer sees it."""
    require(request.viewer, Act.SEE_PRESS)
    today = localdate(request.moment)
    names = ("words", "due", "is_open", "given_at", "signed_at", "done_at", "done_why", "withdrawn_at")

    def lay(page: Iterable[Instruction]) -> list[schemas.Instruction]:
        return [
            schemas.Instruction(
                id=one.pk,
                kind="decision" if one.meeting_id else "instruction",
                task_id=one.task_id,
                number=(one.task.number or "") if one.task else "",
                post=one.post.title if one.post else "",
                meeting=one.meeting.title if one.meeting else "",
                unit=one.unit.name if one.unit else "",
                is_overdue=one.is_overdue(today),
                given_by=one.given_by.name,
                steps=[
                    " ".join(filter(None, (str(localdate(step.said_at)), str(step.unit or ""), step.words)))
                    for step in one.steps.all()
                ],
                **{name: getattr(one, name) for name in names},
            )
            for one in page
        ]

    rows = open_first(visible_instructions(request.viewer), today)
    return give_page(request, rows, paging, lay, schemas.Instruction)


@give_list(router, "/meetings", schemas.Meeting, "listMeetings", "督查例会")
def list_meetings(request: Asked, paging: Query[Paging]) -> HttpResponse:
    """The meetings of the place, the latest first."""
    require(request.viewer, Act.SEE_MEETINGS)

    def lay(page: Iterable[Meeting]) -> list[schemas.Meeting]:
        return [
            schemas.Meeting(
                id=one.pk,
                title=one.title,
                held_on=one.held_on,
                matters=len(one.agenda["items"]),
                decided=len(one.decisions.all()),
                open=sum(decision.is_open for decision in one.decisions.all()),
            )
            for one in page
        ]

    return give_page(request, visible_meetings(request.viewer), paging, lay, schemas.Meeting)


@give_list(
    router,
    "/bulletins",
    schemas.Bulletin,
    "listBulletins",
    "督查通报",
    "新的在前；没有签发的只有办公室看得到。",
)
def list_bulletins(request: Asked, paging: Query[Paging]) -> HttpResponse:
    """The bulletins the viewer may read."""
    require(request.viewer, Act.SEE_PRESS)
    names = ("label", "year", "as_of", "stage", "drafted_at", "checked_at", "signed_at")

    def lay(page: Iterable[Bulletin]) -> list[schemas.Bulletin]:
        return [
            schemas.Bulletin(
                id=one.pk,
                number=bulletin_number(one),
                signed_by=one.signed_by.name if one.signed_by else "",
                **{name: getattr(one, name) for name in names},
            )
            for one in page
        ]

    rows = visible_bulletins(request.viewer).select_related("place", "signed_by")
    return give_page(request, rows, paging, lay, schemas.Bulletin)


@give_list(
    router,
    "/reminders",
    schemas.Reminder,
    "listReminders",
    "临期提醒",
    "新的在前；单位用户只看到本单位的。",
)
def list_reminders(request: Asked, paging: Query[Paging]) -> HttpResponse:
    """What units were reminded of: to the office everybody's, to a unit its own."""

    def lay(page: Iterable[Reminder]) -> list[schemas.Reminder]:
        return [
            schemas.Reminder(
                id=one.pk,
                unit_id=one.unit_id,
                unit=one.unit.name,
                words=one.words,
                due=one.due,
                sent_at=one.sent_at,
            )
            for one in page
        ]

    return give_page(request, visible_reminders(request.viewer), paging, lay, schemas.Reminder)


@give_list(
    router,
    "/deliveries",
    schemas.Delivery,
    "listDeliveries",
    "发往站外的消息",
    "提醒发出去的邮件和工作群消息，新的在前；没有送达的写明原因。",
)
def list_deliveries(request: Asked, paging: Query[Paging]) -> HttpResponse:
    """The messages that leave the site, for the office."""
    require(request.viewer, Act.SEE_ROUNDS)
    names = ("way", "target", "subject", "made_at", "sent_at", "tries", "next_at", "error")

    def lay(page: Iterable[Delivery]) -> list[schemas.Delivery]:
        return [
            schemas.Delivery(
                id=one.pk,
                unit=one.unit.name if one.unit else "",
                **{name: getattr(one, name) for name in names},
            )
            for one in page
        ]

    return give_page(request, visible_deliveries(request.viewer), paging, lay, schemas.Delivery)


@give_list(
    router,
    "/burden",
    schemas.Burden,
    "listBurden",
    "报送负担",
    "最近几个月每月向各单位要了什么：项数、格数、文件数和预计分钟数。",
)
def list_burden(request: Asked, paging: Query[Paging]) -> HttpResponse:
    """What is asked of each unit in each month shown, for the office."""
    require(request.viewer, Act.SEE_ROUNDS)
    page = read_burden(request.viewer, request.moment)
    rows = [
        schemas.Burden(
            unit_id=unit.unit_id,
            unit=unit.name,
            month=month,
            items=asked.items,
            fields=asked.fields,
            files=asked.files,
            minutes=asked.minutes,
        )
        for unit in page.units
        for month, asked in zip(page.months, unit.months, strict=True)
    ]
    return give_page(request, rows, paging, list, schemas.Burden)
