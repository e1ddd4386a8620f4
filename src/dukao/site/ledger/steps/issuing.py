"""印发: from a draft to everybody's ledger, in one transaction, or a list of what is still open."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate

from dukao.progress.figures import say_day
from dukao.site.archive.actions import put_in_force
from dukao.site.archive.models import Publicity
from dukao.site.history.actions import record
from dukao.site.ledger.errors import Refusal
from dukao.site.ledger.locking import lock_breakdown
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
    TaskState,
)
from dukao.site.ledger.naming import Action
from dukao.site.ledger.queries.manners import manner_for
from dukao.site.ledger.queries.papers import annexes_of
from dukao.site.ledger.recording import restate_all
from dukao.site.ledger.steps.document_numbers import read_document_number, refuse_taken_number
from dukao.site.ledger.steps.numbering import number_rows, number_tasks
from dukao.site.ledger.steps.official import wording_of
from dukao.site.people.access import Act, Viewer, require
from dukao.site.people.models import Place
from dukao.site.refusals import Refused

_SHOWN = 12  # open matters named one by one in a refusal


@dataclass(frozen=True, slots=True)
class IssueForm:
    """What the head signs: number and date of the paper, who may read the tasks, and why nobody may."""

    document_number: str
    issued_on: date
    publicity: Publicity = Publicity.INTERNAL
    publicity_reason: str = ""


@dataclass(frozen=True, slots=True)
class OpenMatter:
    """What keeps a breakdown from being issued, in words, and where it is mended; `count` things in one."""

    text: str
    address: str
    count: int = 1
    due: date | None = None

    def __str__(self) -> str:
        return self.text


@transaction.atomic
def issue_breakdown(breakdown_id: int, form: IssueForm, *, by: Viewer, at: datetime) -> Breakdown:
    """Issue a breakdown: every task gets its lasting number and becomes everybody's, by their rights.

    Refused, with a list, while anything is open: questions, opinions without a ruling, a consultation still
    running, tasks without a lead, no approval. What was decided of one task's publicity before stays.
    """
    require(by, Act.SIGN)
    breakdown = lock_breakdown(breakdown_id, by)
    if breakdown.stage == Stage.ISSUED:
        raise Refused(Refusal.ALREADY_ISSUED, number=breakdown.document_number)
    if breakdown.stage == Stage.WITHDRAWN:
        stage, first = breakdown.get_stage_display(), "重新读入两份文件"
        raise Refused(Refusal.WRONG_STAGE, stage=stage, act="印发", first=first)
    place = Place.objects.select_for_update().get(pk=breakdown.place_id)
    open_ = what_is_open(breakdown)
    if open_:
        raise Refused(Refusal.STILL_OPEN, [str(one) for one in open_], count=count_open(open_))
    breakdown.document_number = read_document_number(form.document_number, place)
    _check(breakdown, form, place, at)
    before = {"stage": str(breakdown.stage), "publicity": str(breakdown.publicity)}
    written = manner_for(breakdown)
    number_tasks(breakdown)
    number_rows(breakdown, at)
    tasks = _publish(breakdown, form, at)
    breakdown.stage, breakdown.issued_on = Stage.ISSUED, form.issued_on
    breakdown.issued_at, breakdown.issued_by_id = at, by.user_id
    breakdown.publicity, breakdown.publicity_reason = form.publicity, _reason(form)
    annexes = replace(annexes_of(breakdown, at, at), written=written)
    breakdown.wording = wording_of(breakdown, annexes)
    breakdown.save()
    if not breakdown.is_drafted:  # what the program proposed is the office's working paper for good
        put_in_force(breakdown.document_id, at=at)
    after = {
        "stage": str(breakdown.stage),
        "document_number": breakdown.document_number,
        "issued_on": form.issued_on.isoformat(),
        "publicity": form.publicity,
        "publicity_reason": breakdown.publicity_reason,
        "lead_by": written.said,
        "tasks": len(tasks),
        "numbers": _numbers_of(tasks),
    }
    about = [("breakdown", breakdown.pk), *(("task", task_id) for task_id in tasks)]
    record(Action.ISSUED, by=by.actor, at=at, about=about, before=before, after=after)
    return breakdown


def _numbers_of(task_ids: Sequence[int]) -> list[str]:
    """The first and the last number of each kind: 重2024-001至重2024-165."""
    numbered = Task.objects.filter(pk__in=task_ids).order_by("kind", "number")
    by_kind = groupby(numbered.values_list("kind", "number"), itemgetter(0))
    runs = ([str(number) for _, number in run] for _, run in by_kind)
    return [f"{run[0]}至{run[-1]}" if run[1:] else run[0] for run in runs]


def _check(breakdown: Breakdown, form: IssueForm, place: Place, at: datetime) -> None:
    """Refuse a number in use, a day that cannot be, and secrecy without a reason."""
    refuse_taken_number(breakdown.document_number, place)
    if form.issued_on > localdate(at):
        raise Refused(Refusal.DAY_TO_COME, what="印发日期", day=form.issued_on, status=422)
    if breakdown.approved_on and form.issued_on < breakdown.approved_on:
        earlier = breakdown.approved_on
        what, than = "印发日期", "审议日期"
        raise Refused(
            Refusal.DAY_TOO_EARLY, what=what, day=form.issued_on, than=than, earlier=earlier, status=422
        )
    if form.publicity == Publicity.WITHHELD and not form.publicity_reason.strip():
        raise Refused(Refusal.REASON_MISSING, reader="申请公开的人", status=422)


def _publish(breakdown: Breakdown, form: IssueForm, at: datetime) -> list[int]:
    """Let every draft be issued; the ids of the tasks."""
    drafts = TaskState.objects.at(None).filter(task__breakdown=breakdown, status=Status.DRAFT)
    tasks = list(drafts.values_list("task_id", flat=True))
    decided = drafts.exclude(publicity=Publicity.INTERNAL)
    kept = set(decided.values_list("task_id", flat=True))
    restate_all(decided, at, status=Status.ISSUED)
    rest = drafts.exclude(task_id__in=kept)
    publicity, reason = form.publicity, _reason(form)
    restate_all(rest, at, status=Status.ISSUED, publicity=publicity, publicity_reason=reason)
    return tasks


def _reason(form: IssueForm) -> str:
    return form.publicity_reason.strip()[:200] if form.publicity == Publicity.WITHHELD else ""


def what_is_open(breakdown: Breakdown) -> list[OpenMatter]:
    """What still keeps a breakdown from being issued, and where to mend it; none when it may be."""
    return [
        *_open_steps(breakdown),
        *_open_questions(breakdown),
        *_open_opinions(breakdown),
        *_tasks_without_lead(breakdown),
    ]


def count_open(matters: Sequence[OpenMatter]) -> int:
    """How many things are open."""
    return sum(one.count for one in matters)


def _open_steps(breakdown: Breakdown) -> list[OpenMatter]:
    found = []
    running = Consultation.objects.filter(breakdown=breakdown, closed_at__isnull=True).first()
    if running:
        address = reverse("ledger:consultation", args=[breakdown.pk])
        found.append(OpenMatter(f"征求意见还没有结束（{say_day(running.due)}止）", address))
    if breakdown.stage != Stage.APPROVAL:
        address = reverse("ledger:approval", args=[breakdown.pk])
        found.append(OpenMatter("还没有记录审议的会议和日期", address))
    return found


def _open_questions(breakdown: Breakdown) -> list[OpenMatter]:
    waiting = Question.objects.filter(breakdown=breakdown, settled_at__isnull=True)
    review = reverse("ledger:review", args=[breakdown.pk])
    found = [
        OpenMatter(f"待核对（{one.get_kind_display()}）：{one.message}", review) for one in waiting[:_SHOWN]
    ]
    rest = waiting.count() - len(found)
    return [*found, OpenMatter(f"另有 {rest} 项待核对", review, rest)] if rest > 0 else found


def _open_opinions(breakdown: Breakdown) -> list[OpenMatter]:
    opinions = Opinion.objects.filter(reply__consultation__breakdown=breakdown, ruling="")
    waiting = opinions.filter(withdrawn_at__isnull=True).count()
    address = reverse("ledger:consultation", args=[breakdown.pk])
    return [OpenMatter(f"{waiting} 条单位意见还没有处理", address, waiting)] if waiting else []


def _tasks_without_lead(breakdown: Breakdown) -> list[OpenMatter]:
    """Tasks nobody leads: no lead on record, and not laid on all units together."""
    duties = Responsibility.objects.at(None).filter(task__breakdown=breakdown)
    answered = duties.filter(Q(role="lead") | Q(basis="joint")).values("task_id")
    drafts = TaskState.objects.at(None).filter(task__breakdown=breakdown, status=Status.DRAFT)
    missing = drafts.exclude(task_id__in=answered).values_list("task_id", flat=True)
    rows = Placement.objects.at(None).filter(task_id__in=missing).values_list("row", flat=True)
    review = reverse("ledger:review", args=[breakdown.pk])
    return [OpenMatter(f"{row} 没有牵头单位", review) for row in rows]
