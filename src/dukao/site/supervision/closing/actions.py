"""办结销号: the unit's head applies, the office verifies, its head signs; looked at again, reopened."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils.timezone import localdate, make_aware

from dukao.progress.workdays import CalendarUnknown, add_workdays
from dukao.site.archive.models import Publicity
from dukao.site.history.actions import record
from dukao.site.ledger.models import Status, Task, TaskState
from dukao.site.people.access import Act, Viewer, require
from dukao.site.refusals import Refused
from dukao.site.supervision.access import lock_led_task
from dukao.site.supervision.closing.checklists import Checklist
from dukao.site.supervision.closing.reaching import limits_of, shortfalls_of
from dukao.site.supervision.closing.scope import checklist_of, evidence_on
from dukao.site.supervision.errors import Refusal
from dukao.site.supervision.models import Completion, CompletionStage, Evidence, LookBack, Standing, Subject
from dukao.site.supervision.naming import Action
from dukao.site.supervision.practice import practice_of

_IN_HAND = (CompletionStage.APPLIED, CompletionStage.VERIFIED, CompletionStage.CLOSED)


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the checklist as answered: met, or why not."""

    item: str
    is_met: bool
    words: str = ""


@dataclass(frozen=True, slots=True)
class Application:
    """What the unit's head says when it is done; `evidence` are the ids of what was filed for the task.

    `shortfall` says why it is to be closed although the target was not reached.
    """

    done_on: date
    summary: str
    items: Sequence[Item]
    evidence: Sequence[int]
    shortfall: str = ""


@transaction.atomic
def apply_for_close(task_id: int, words: Application, *, by: Viewer, at: datetime) -> Completion:
    """Apply to close a task: its lead unit's head, with the checklist and evidence.

    Refused: what rests on the unit's own word alone, and what falls short of its target without saying why.
    """
    require(by, Act.APPLY_CLOSE)
    task = lock_led_task(task_id, by)
    _refuse_closed(task)
    checklist = checklist_of(task)
    _refuse_incomplete(words, checklist, localdate(at))
    evidence = list(evidence_on(task_id).filter(pk__in=words.evidence))
    if not any(one.kind in checklist.evidence for one in evidence):
        raise Refused(Refusal.OWN_WORD_ONLY, [f"这类任务认可的佐证：{checklist.proofs}"], status=422)
    short = shortfalls_of(task_id)
    if short and not words.shortfall.strip():
        raise Refused(Refusal.SHORT_OF_TARGET, short, status=422)
    completion = Completion.objects.create(
        task=task,
        unit_id=by.own_unit,
        done_on=words.done_on,
        summary=words.summary.strip(),
        shortfall=words.shortfall.strip() if short else "",
        checklist=[asdict(one) for one in words.items],
        applied_by_id=by.user_id,
        applied_at=at,
    )
    completion.evidence.set(evidence)
    _record(Action.COMPLETION_APPLIED, completion, by=by, at=at, after=_plain(completion, evidence))
    return completion


@transaction.atomic
def withdraw_application(completion_id: int, *, by: Viewer, at: datetime) -> Completion:
    """The applicant's unit takes an application back while nobody has verified it."""
    require(by, Act.APPLY_CLOSE)
    completion = _lock(completion_id, by)
    lock_led_task(completion.task_id, by)
    _refuse_stage(completion, "撤回", CompletionStage.APPLIED)
    completion.returned_at = at  # until then it waited to be verified, on whatever day one asks
    return _move(completion, CompletionStage.WITHDRAWN, Action.COMPLETION_WITHDRAWN, by=by, at=at)


@transaction.atomic
def verify_completion(
    completion_id: int, findings: str, *, visited_on: date | None = None, by: Viewer, at: datetime
) -> Completion:
    """Somebody other than the applicant says what was found, and whether anybody went to look."""
    require(by, Act.VERIFY)
    completion = _lock(completion_id, by)
    _refuse_stage(completion, "核验", CompletionStage.APPLIED)
    if completion.applied_by_id == by.user_id:
        raise Refused(Refusal.OTHER_VERIFIES)
    if not findings.strip():
        raise Refused(Refusal.NEEDS_REASON, what="核验结论", status=422)
    if visited_on and visited_on > localdate(at):
        raise Refused(Refusal.DAY_AHEAD, what="现场核查日期", day=visited_on, status=422)
    completion.verified_by_id, completion.verified_at = by.user_id, at
    completion.findings, completion.visited_on = findings.strip(), visited_on
    return _move(completion, CompletionStage.VERIFIED, Action.COMPLETION_VERIFIED, by=by, at=at)


@transaction.atomic
def return_completion(completion_id: int, why: str, *, by: Viewer, at: datetime) -> Completion:
    """The office sends an application back, before or after its verification, with what is missing."""
    require(by, Act.VERIFY)
    completion = _lock(completion_id, by)
    _refuse_stage(completion, "退回", CompletionStage.APPLIED, CompletionStage.VERIFIED)
    _give_reason(completion, why, "退回", by, at)
    return _move(completion, CompletionStage.RETURNED, Action.COMPLETION_RETURNED, why, by=by, at=at)


@transaction.atomic
def sign_completion(
    completion_id: int,
    *,
    is_shown: bool = True,
    look_back_on: date | None = None,
    by: Viewer,
    at: datetime,
) -> Completion:
    """The head signs: closed at once, or when the days are over for which it is shown to everybody.

    Only what is public is shown; the place's limits say for how many working days, and when to look back.
    """
    require(by, Act.SIGN)
    completion = _lock(completion_id, by)
    _refuse_stage(completion, "签发", CompletionStage.VERIFIED)
    if completion.applied_by_id == by.user_id:
        raise Refused(Refusal.OTHER_VERIFIES)
    today = localdate(at)
    completion.signed_by_id, completion.signed_at, completion.closed_at = by.user_id, at, at
    if is_shown:
        completion.shown_until = shown_until(completion.task, today)
    if completion.shown_until:
        completion.closed_at = make_aware(datetime.combine(completion.shown_until, time(23, 59, 59)))
    completion.look_back_on = look_back_on or look_back_day(completion.task, completion.shown_until or today)
    return _move(completion, CompletionStage.CLOSED, Action.CLOSED, by=by, at=at)


@transaction.atomic
def reopen_task(completion_id: int, why: str, *, by: Viewer, at: datetime) -> Completion:
    """The head reopens what was closed, or stops it while it is shown; its light is as before."""
    require(by, Act.SIGN)
    completion = _lock(completion_id, by)
    _refuse_stage(completion, "重开", CompletionStage.CLOSED)
    _give_reason(completion, why, "重开", by, at)
    completion.reopened_at = at
    return _move(completion, CompletionStage.REOPENED, Action.REOPENED, why, by=by, at=at)


@transaction.atomic
def look_back(
    completion_id: int, looked_on: date, findings: str, *, holds: bool, by: Viewer, at: datetime
) -> LookBack:
    """The office looks at a closed task again, and says whether what was reached still stands."""
    require(by, Act.VERIFY)
    completion = _lock(completion_id, by)
    _refuse_stage(completion, "回头看", CompletionStage.CLOSED)
    if not findings.strip():
        raise Refused(Refusal.NEEDS_REASON, what="回头看", status=422)
    if looked_on > localdate(at):
        raise Refused(Refusal.DAY_AHEAD, what="回头看日期", day=looked_on, status=422)
    closed_on = localdate(completion.closed_at)
    if looked_on < closed_on:
        raise Refused(Refusal.LOOKED_TOO_EARLY, when=closed_on, status=422)
    found = LookBack.objects.create(
        completion=completion,
        looked_on=looked_on,
        findings=findings.strip(),
        holds=holds,
        looked_by_id=by.user_id,
        looked_at=at,
    )
    after = {"日期": looked_on.isoformat(), "成果仍在": holds, "情况": found.findings}
    _record(Action.LOOKED_BACK, completion, by=by, at=at, after=after)
    return found


def shown_until(task: Task, today: date) -> date | None:
    """The last day a closed task is shown: None where the place does not, or the task is not public."""
    days: int = practice_of(task.place_id, today).preset(Subject.LIMITS)["shown"]
    said = TaskState.objects.at(None).get(task=task)
    if not days or said.publicity != Publicity.PUBLIC:
        return None
    try:
        return add_workdays(today, days)
    except CalendarUnknown as unknown:
        raise Refused(Refusal.NO_CALENDAR, words=str(unknown)) from None


def look_back_day(task: Task, closed_on: date) -> date:
    """When a task closed on a day is to be looked at again."""
    days: int = practice_of(task.place_id, closed_on).preset(Subject.LIMITS)["look_back_days"]
    return closed_on + timedelta(days=days)


def _lock(completion_id: int, by: Viewer) -> Completion:
    found = Completion.objects.select_for_update(of=("self",)).select_related("task")
    completion: Completion | None = found.filter(pk=completion_id, task__place_id=by.place_id).first()
    if completion is None:
        raise Http404
    return completion


def _refuse_closed(task: Task) -> None:
    """Only an issued task of the totals, whose close-out is not in hand, can be closed."""
    if not TaskState.objects.at(None).filter(task=task, status=Status.ISSUED).exists():
        raise Refused(Refusal.NOT_ISSUED)
    known = Completion.objects.filter(task=task, stage__in=_IN_HAND).first()
    if known:
        raise Refused(Refusal.CLOSE_OPEN, stage=known.get_stage_display())
    out = Standing.objects.filter(task=task, since__isnull=False, until__isnull=True).first()
    if out:
        raise Refused(Refusal.OUT_OF_TOTALS, kind=out.get_kind_display(), act=out.act)


def _refuse_incomplete(words: Application, checklist: Checklist, today: date) -> None:
    """Every item is answered, what is not met with why; all that is missing is said at once."""
    if words.done_on > today:
        raise Refused(Refusal.DAY_AHEAD, what="完成日期", day=words.done_on, status=422)
    answered = {one.item: one for one in words.items}
    lines = [] if words.summary.strip() else ["完成情况还没有写"]
    for item in checklist.items:
        said = answered.get(item)
        if said is None or not (said.is_met or said.words.strip()):
            lines.append(f"“{item}”：请勾选，或写明为什么没有做到")
    if lines:
        raise Refused(Refusal.CLOSE_LACKS, lines, status=422)


def _refuse_stage(completion: Completion, what: str, *stages: CompletionStage) -> None:
    if completion.stage not in stages:
        raise Refused(Refusal.CLOSE_STAGE, stage=completion.get_stage_display(), what=what)


def _give_reason(completion: Completion, why: str, what: str, by: Viewer, at: datetime) -> None:
    if not why.strip():
        raise Refused(Refusal.NEEDS_REASON, what=what, status=422)
    completion.returned_why, completion.returned_by_id = why.strip(), by.user_id
    completion.returned_at = at


def _move(
    completion: Completion,
    stage: CompletionStage,
    action: Action,
    why: str = "",
    *,
    by: Viewer,
    at: datetime,
) -> Completion:
    before = {"阶段": completion.get_stage_display()}
    completion.stage = stage
    completion.save()
    after = {"阶段": completion.get_stage_display(), **_said(completion, action)}
    _record(action, completion, by=by, at=at, before=before, after=after, why=why.strip())
    return completion


def _said(completion: Completion, action: Action) -> dict[str, Any]:
    """What belongs to one step, for the history."""
    if action is Action.COMPLETION_VERIFIED:
        visited = completion.visited_on.isoformat() if completion.visited_on else None
        return {"核查情况": completion.findings, "现场核查": visited}
    if action is Action.CLOSED:
        late = limits_of([completion.task_id])[completion.task_id].say(completion.done_on)
        shown = completion.shown_until.isoformat() if completion.shown_until else None
        back = completion.look_back_on.isoformat() if completion.look_back_on else None
        return {"完成": completion.done_on.isoformat(), "时效": late, "公示至": shown, "回头看": back}
    return {}


def _plain(completion: Completion, evidence: Sequence[Evidence]) -> dict[str, Any]:
    return {
        "完成日期": completion.done_on.isoformat(),
        "完成情况": completion.summary,
        "未达目标": completion.shortfall,
        "清单": {one["item"]: "做到" if one["is_met"] else one["words"] for one in completion.checklist},
        "佐证": [f"{one.get_kind_display()}：{one.title or one.file_name}" for one in evidence],
    }


def _record(
    action: Action,
    completion: Completion,
    *,
    by: Viewer,
    at: datetime,
    before: Any = None,
    after: Any = None,
    why: str = "",
) -> None:
    about = [("completion", completion.pk), ("task", completion.task_id), ("unit", completion.unit_id)]
    record(action, by=by.actor, at=at, about=about, before=before, after=after, why=why)
