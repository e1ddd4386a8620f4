"""审议: the meeting and its day are recorded; a breakdown goes back to draft, or is withdrawn, with why."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from dukao.site.history.actions import record
from dukao.site.ledger.errors import Refusal
from dukao.site.ledger.locking import lock_breakdown
from dukao.site.ledger.models import Breakdown, Stage, Status, TaskState
from dukao.site.ledger.naming import Action
from dukao.site.ledger.recording import restate_all
from dukao.site.ledger.steps.consulting import end_consultation, running_consultation
from dukao.site.people.access import Act, Viewer, require
from dukao.site.refusals import Refused


@transaction.atomic
def record_approval(
    breakdown_id: int, meeting: str, approved_on: date, *, by: Viewer, at: datetime
) -> Breakdown:
    """The meeting has approved the breakdown on a day; recorded again, it corrects what was recorded."""
    require(by, Act.REVIEW)
    breakdown = _lock_unissued(breakdown_id, by)
    _refuse_running(breakdown, "记录审议")
    if not meeting.strip():
        raise Refused(Refusal.MEETING_MISSING, status=422)
    if approved_on > localdate(at):
        raise Refused(Refusal.DAY_TO_COME, what="审议日期", day=approved_on, status=422)
    before = _steps_of(breakdown)
    breakdown.stage, breakdown.meeting, breakdown.approved_on = Stage.APPROVAL, meeting.strip(), approved_on
    breakdown.save(update_fields=("stage", "meeting", "approved_on"))
    about = [("breakdown", breakdown.pk)]
    record(Action.APPROVED, by=by.actor, at=at, about=about, before=before, after=_steps_of(breakdown))
    return breakdown


@transaction.atomic
def return_to_draft(breakdown_id: int, why: str, *, by: Viewer, at: datetime) -> Breakdown:
    """Back to the desk: what the meeting approved no longer holds, opinions and rulings stay."""
    require(by, Act.REVIEW)
    breakdown = _lock_unissued(breakdown_id, by)
    _refuse_running(breakdown, "退回草稿")
    _refuse_silence(why)
    before = _steps_of(breakdown)
    breakdown.stage, breakdown.meeting, breakdown.approved_on = Stage.DRAFT, "", None
    breakdown.save(update_fields=("stage", "meeting", "approved_on"))
    about, after = [("breakdown", breakdown.pk)], _steps_of(breakdown)
    record(Action.RETURNED, by=by.actor, at=at, about=about, before=before, after=after, why=why.strip())
    return breakdown


@transaction.atomic
def withdraw_breakdown(breakdown_id: int, why: str, *, by: Viewer, at: datetime) -> Breakdown:
    """Take a breakdown back that was never issued; its year is free again, its record stays."""
    require(by, Act.REVIEW)
    breakdown = _lock_unissued(breakdown_id, by)
    _refuse_silence(why)
    running = running_consultation(breakdown)
    if running:
        end_consultation(running, by, at)
    drafts = TaskState.objects.at(None).filter(task__breakdown=breakdown, status=Status.DRAFT)
    before = _steps_of(breakdown) | {"tasks": restate_all(drafts, at, status=Status.WITHDRAWN)}
    breakdown.stage = Stage.WITHDRAWN
    breakdown.save(update_fields=("stage",))
    about, after = [("breakdown", breakdown.pk)], _steps_of(breakdown)
    record(Action.WITHDRAWN, by=by.actor, at=at, about=about, before=before, after=after, why=why.strip())
    return breakdown


def _lock_unissued(breakdown_id: int, by: Viewer) -> Breakdown:
    breakdown = lock_breakdown(breakdown_id, by)
    if breakdown.stage == Stage.ISSUED:
        raise Refused(Refusal.ALREADY_ISSUED, number=breakdown.document_number)
    if breakdown.stage == Stage.WITHDRAWN:
        first = "重新读入两份文件"
        raise Refused(Refusal.WRONG_STAGE, stage=breakdown.get_stage_display(), act="再往下办", first=first)
    return breakdown


def _refuse_running(breakdown: Breakdown, act: str) -> None:
    running = running_consultation(breakdown)
    if running:
        raise Refused(Refusal.CONSULTATION_RUNS, due=running.due, act=act)


def _refuse_silence(why: str) -> None:
    if not why.strip():
        raise Refused(Refusal.REASON_MISSING, reader="以后的经办人", status=422)


def _steps_of(breakdown: Breakdown) -> dict[str, str]:
    day = breakdown.approved_on
    return {
        "stage": str(breakdown.stage),
        "meeting": breakdown.meeting,
        "approved_on": day.isoformat() if day else "",
    }
