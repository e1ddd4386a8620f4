"""印发: from a draft to everybody's ledger, in one transaction, or a list of what is still open."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Q

from dukao.site.archive.models import Publicity
from dukao.site.history.actions import record
from dukao.site.ledger.errors import Refusal
from dukao.site.ledger.models import (
    Breakdown,
    Consultation,
    Opinion,
    Placement,
    Question,
    Responsibility,
    Stage,
    Status,
    Task,
    TaskKind,
    TaskState,
)
from dukao.site.ledger.naming import Action
from dukao.site.ledger.recording import restate_all
from dukao.site.people.access import Act, Viewer, require
from dukao.site.refusals import Refused

_LETTERS = {TaskKind.KEY: "重", TaskKind.LIVELIHOOD: "民"}
_SHOWN = 12  # open matters named one by one in a refusal


@dataclass(frozen=True, slots=True)
class IssueForm:
    """What the head signs: number and date of the paper, and who may read the tasks."""

    document_number: str
    issued_on: date
    publicity: Publicity = Publicity.INTERNAL


@transaction.atomic
def issue_breakdown(breakdown_id: int, form: IssueForm, *, by: Viewer, at: datetime) -> Breakdown:
    """Issue a breakdown: every task gets its lasting number and becomes everybody's, by their rights.

    Refused, with a list, while anything is open: questions, opinions without a ruling, a consultation still
    running, tasks without a lead, no approval.
    """
    require(by, Act.SIGN)
    breakdown = Breakdown.objects.select_for_update().get(pk=breakdown_id, place_id=by.place_id)
    if breakdown.stage == Stage.ISSUED:
        raise Refused(Refusal.ALREADY_ISSUED, number=breakdown.document_number)
    open_ = what_is_open(breakdown)
    if open_:
        raise Refused(Refusal.STILL_OPEN, open_, count=len(open_))
    _number_tasks(breakdown)
    states = TaskState.objects.at(None).filter(task__breakdown=breakdown, status=Status.DRAFT)
    count = restate_all(states, at, status=Status.ISSUED, publicity=form.publicity)
    breakdown.stage = Stage.ISSUED
    breakdown.document_number, breakdown.issued_on = form.document_number, form.issued_on
    breakdown.issued_at, breakdown.issued_by_id, breakdown.publicity = at, by.user_id, form.publicity
    breakdown.save()
    after = {
        "document_number": form.document_number,
        "issued_on": form.issued_on.isoformat(),
        "publicity": form.publicity,
        "tasks": count,
    }
    record(Action.ISSUED, by=by.actor, at=at, about=[("breakdown", breakdown.pk)], after=after)
    return breakdown


def what_is_open(breakdown: Breakdown) -> list[str]:
    """What still keeps a breakdown from being issued, one Chinese line each; none when it may be."""
    return [
        *_open_steps(breakdown),
        *_open_questions(breakdown),
        *_open_opinions(breakdown),
        *_tasks_without_lead(breakdown),
    ]


def _open_steps(breakdown: Breakdown) -> list[str]:
    lines = []
    running = Consultation.objects.filter(breakdown=breakdown, closed_at__isnull=True).first()
    if running:
        lines.append(f"征求意见还没有结束（期限 {running.due:%Y-%m-%d}）")
    if not breakdown.meeting or not breakdown.approved_on:
        lines.append("还没有记录审议的会议和日期")
    return lines


def _open_questions(breakdown: Breakdown) -> list[str]:
    waiting = Question.objects.filter(breakdown=breakdown, settled_at__isnull=True)
    lines = [f"待核对（{one.get_kind_display()}）：{one.message}" for one in waiting[:_SHOWN]]
    rest = waiting.count() - len(lines)
    return [*lines, f"另有 {rest} 项待核对"] if rest > 0 else lines


def _open_opinions(breakdown: Breakdown) -> list[str]:
    waiting = Opinion.objects.filter(reply__consultation__breakdown=breakdown, ruling="").count()
    return [f"{waiting} 条单位意见还没有处理"] if waiting else []


def _tasks_without_lead(breakdown: Breakdown) -> list[str]:
    """Tasks nobody leads: no lead on record, and not laid on all units together."""
    duties = Responsibility.objects.at(None).filter(task__breakdown=breakdown)
    answered = duties.filter(Q(role="lead") | Q(basis="joint")).values("task_id")
    drafts = TaskState.objects.at(None).filter(task__breakdown=breakdown, status=Status.DRAFT)
    missing = drafts.exclude(task_id__in=answered).values_list("task_id", flat=True)
    rows = Placement.objects.at(None).filter(task_id__in=missing).values_list("row", flat=True)
    return [f"{row} 没有牵头单位" for row in rows]


def _number_tasks(breakdown: Breakdown) -> None:
    """重2024-001 … in the order of the paper, one count for each annex; a number once given stays."""
    for kind, letter in _LETTERS.items():
        taken = Task.objects.filter(
            place=breakdown.place, year=breakdown.year, kind=kind, number__isnull=False
        ).count()
        states = TaskState.objects.at(None).filter(
            task__breakdown=breakdown, status=Status.DRAFT, task__kind=kind
        )
        tasks = [state.task for state in states.select_related("task").order_by(F("order"))]
        for at, task in enumerate((task for task in tasks if not task.number), taken + 1):
            task.number = f"{letter}{breakdown.year}-{at:03d}"
        Task.objects.bulk_update(tasks, ["number"])
