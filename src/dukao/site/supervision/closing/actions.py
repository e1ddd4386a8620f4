"""办结销号: the unit's head applies, the office verifies, its head signs; looked at again, reopened."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate, make_aware

from dukao.progress.workdays import CalendarUnknown, add_workdays
from dukao.site.archive.models import Publicity
from dukao.site.ledger.models import Task, TaskState
from dukao.site.people.access import Act, Viewer, require
from dukao.site.people.models import Place
from dukao.site.refusals import Refused
from dukao.site.supervision.access import lock_led_task
from dukao.site.supervision.closing.applying import (
    figures_of,
    plain_application,
    refuse_closed,
    refuse_incomplete,
)
from dukao.site.supervision.closing.errors import Refusal as Own
from dukao.site.supervision.closing.exhibits import keep_exhibits
from dukao.site.supervision.closing.reaching import limits_of, reached_of
from dukao.site.supervision.closing.scope import checklist_of, evidence_on
from dukao.site.supervision.closing.stepping import (
    insist,
    lock_completion,
    move,
    on_day,
    record_step,
    refuse_ahead,
    refuse_stage,
)
from dukao.site.supervision.errors import Refusal
from dukao.site.supervision.filing.evidence_actions import NewEvidence
from dukao.site.supervision.models import Completion, CompletionStage, LookBack, Subject
from dukao.site.supervision.naming import Action
from dukao.site.supervision.practice import practice_of


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the checklist as answered: met, or why not."""

    item: str
    is_met: bool
    words: str = ""


@dataclass(frozen=True, slots=True)
class Application:
    """What the unit's head says when it is done; `evidence` are the ids of what was filed for the task.

    `brought` is what was not filed before; `value`, true on `true_on`, is what a plan in figures has reached
    (None: what was accepted last); `shortfall` says why it is to be closed although it is short of that.
    """

    done_on: date
    summary: str
    items: Sequence[Item]
    evidence: Sequence[int]
    shortfall: str = ""
    value: float | None = None
    true_on: date | None = None
    brought: Sequence[NewEvidence] = ()


@transaction.atomic
def apply_for_close(task_id: int, words: Application, *, by: Viewer, at: datetime) -> Completion:
    """Apply to close a task: its lead unit's head, with the checklist and evidence.

    Refused: what rests on the unit's own word alone, and what falls short of its target without saying why.
    """
    require(by, Act.APPLY_CLOSE)
    task = lock_led_task(by, pk=task_id)
    refuse_closed(task)
    checklist = checklist_of(task)
    refuse_incomplete(words.done_on, words.summary, words.items, checklist, at)
    evidence = list(evidence_on(task_id).filter(pk__in=words.evidence).select_related(None))
    kinds = {*(one.kind for one in evidence), *(one.kind for one in words.brought)}
    if not kinds.intersection(checklist.evidence):
        raise Refused(Refusal.OWN_WORD_ONLY, [f"这类任务认可的佐证：{checklist.proofs}"], status=422)
    reached = figures_of(reached_of([task_id])[task_id], words.value, words.true_on, at)
    if reached.missing and not words.shortfall.strip():
        raise Refused(Refusal.SHORT_OF_TARGET, reached.missing, status=422)
    completion = Completion.objects.create(
        task=task,
        unit_id=by.own_unit,
        done_on=words.done_on,
        summary=words.summary.strip(),
        value=reached.value,
        unit_of_measure=reached.unit if reached.value is not None else "",
        true_on=reached.true_on,
        shortfall=words.shortfall.strip() if reached.missing else "",
        checklist=[asdict(one) for one in words.items],
        applied_by_id=by.user_id,
        applied_at=at,
    )
    completion.evidence.add(*evidence)
    exhibits = keep_exhibits(completion, words.brought, by=by, at=at)
    after = plain_application(completion, [*evidence, *exhibits])
    record_step(Action.COMPLETION_APPLIED, completion, by=by, at=at, after=after)
    return completion


@transaction.atomic
def withdraw_application(completion_id: int, *, by: Viewer, at: datetime) -> Completion:
    """The applicant's unit takes an application back while nobody has verified it."""
    require(by, Act.APPLY_CLOSE)
    completion = lock_completion(completion_id, by)
    lock_led_task(by, pk=completion.task_id)
    refuse_stage(completion, "撤回", CompletionStage.APPLIED)
    completion.returned_at = at  # until then it waited to be verified, on whatever day one asks
    return move(completion, CompletionStage.WITHDRAWN, Action.COMPLETION_WITHDRAWN, by=by, at=at)


@transaction.atomic
def verify_completion(
    completion_id: int,
    findings: str,
    *,
    visited_on: date | None = None,
    checked: Sequence[str] | None = None,
    by: Viewer,
    at: datetime,
) -> Completion:
    """Somebody other than the applicant says what was found, having checked every item of the list.

    `checked` are the items that were checked (None: all). Refused while somebody is still to go and look.
    """
    require(by, Act.VERIFY)
    completion = lock_completion(completion_id, by)
    refuse_stage(completion, "核验", CompletionStage.APPLIED)
    if completion.applied_by_id == by.user_id:
        raise Refused(Refusal.OTHER_VERIFIES)
    findings = insist(findings, "核验结论")
    refuse_ahead(visited_on, "现场核查日期", at)
    completion.visited_on = visited_on or completion.visited_on
    if completion.visit_due and not completion.visited_on:
        raise Refused(Own.VISIT_OPEN, due=f"{completion.visit_due:%Y-%m-%d}")
    unchecked = [] if checked is None else [one for one in _items(completion) if one not in checked]
    if unchecked:
        raise Refused(Own.UNCHECKED, unchecked, status=422)
    completion.verified_by_id, completion.verified_at = by.user_id, at
    completion.findings = findings
    said = {"核查情况": findings, "现场核查": on_day(completion.visited_on)}
    return move(completion, CompletionStage.VERIFIED, Action.COMPLETION_VERIFIED, said=said, by=by, at=at)


@transaction.atomic
def recall_verification(completion_id: int, *, by: Viewer, at: datetime) -> Completion:
    """The verifier takes a verdict back on the day it was given, while nobody has signed it."""
    require(by, Act.VERIFY)
    completion = lock_completion(completion_id, by)
    refuse_stage(completion, "收回核验", CompletionStage.VERIFIED)
    assert completion.verified_at
    assert completion.verified_by
    if completion.verified_by_id != by.user_id:
        raise Refused(Own.NOT_THE_VERIFIER, who=completion.verified_by.name)
    if localdate(completion.verified_at) != localdate(at):
        raise Refused(Own.RECALL_LATE, when=localdate(completion.verified_at))
    completion.verified_by = completion.verified_at = None
    return move(completion, CompletionStage.APPLIED, Action.COMPLETION_RECALLED, by=by, at=at)


@transaction.atomic
def return_completion(
    completion_id: int, why: str, *, due: date | None = None, by: Viewer, at: datetime
) -> Completion:
    """The office sends an application back, before or after its verification: what is missing, by when.

    Where no day is said it is the place's own limit for what was returned.
    """
    require(by, Act.VERIFY)
    completion = lock_completion(completion_id, by)
    refuse_stage(completion, "退回", CompletionStage.APPLIED, CompletionStage.VERIFIED)
    _give_reason(completion, why, "退回", by, at)
    if due and due < localdate(at):
        raise Refused(Own.DUE_PAST, what="补办期限", day=due, status=422)
    completion.returned_due = due or return_due(completion.task, localdate(at))
    said = {"补办期限": on_day(completion.returned_due)}
    return move(
        completion, CompletionStage.RETURNED, Action.COMPLETION_RETURNED, why, said=said, by=by, at=at
    )


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
    Place.objects.select_for_update().get(pk=by.place_id)
    completion = lock_completion(completion_id, by)
    refuse_stage(completion, "签发", CompletionStage.VERIFIED)
    if completion.applied_by_id == by.user_id:
        raise Refused(Refusal.OTHER_VERIFIES)
    today = localdate(at)
    completion.signed_by_id, completion.signed_at, completion.closed_at = by.user_id, at, at
    if is_shown:
        completion.shown_until = shown_until(completion.task, today)
    if completion.shown_until:
        completion.closed_at = last_moment(completion.shown_until)
    closed_on = completion.shown_until or today
    if look_back_on and look_back_on < closed_on:
        raise Refused(Own.LOOK_TOO_EARLY, day=look_back_on, closed=closed_on, status=422)
    completion.look_back_on = look_back_on or look_back_day(completion.task, closed_on)
    signed = Completion.objects.filter(task__place_id=by.place_id, year=today.year)
    completion.year = today.year
    completion.number = (signed.aggregate(last=Max("number"))["last"] or 0) + 1
    said = {
        "完成": on_day(completion.done_on),
        "时效": limits_of([completion.task_id])[completion.task_id].say(completion.done_on),
        "公示至": on_day(completion.shown_until),
        "回头看": on_day(completion.look_back_on),
    }
    return move(completion, CompletionStage.CLOSED, Action.CLOSED, said=said, by=by, at=at)


@transaction.atomic
def reopen_task(completion_id: int, why: str, *, by: Viewer, at: datetime) -> Completion:
    """The head reopens what was closed, or stops it while it is shown; its light is as before."""
    require(by, Act.SIGN)
    completion = lock_completion(completion_id, by)
    refuse_stage(completion, "重开", CompletionStage.CLOSED)
    _give_reason(completion, why, "重开", by, at)
    completion.reopened_at = at
    return move(completion, CompletionStage.REOPENED, Action.REOPENED, why, by=by, at=at)


@transaction.atomic
def look_back(
    completion_id: int,
    looked_on: date,
    findings: str,
    *,
    holds: bool,
    again_on: date | None = None,
    by: Viewer,
    at: datetime,
) -> LookBack:
    """The office looks at a closed task again: whether it still stands, and when to look next."""
    require(by, Act.VERIFY)
    completion = lock_completion(completion_id, by)
    refuse_stage(completion, "回头看", CompletionStage.CLOSED)
    findings = insist(findings, "回头看")
    if completion.closed_at is None or completion.closed_at > at:
        raise Refused(Own.NOT_CLOSED_YET)
    refuse_ahead(looked_on, "回头看日期", at)
    closed_on = localdate(completion.closed_at)
    if looked_on < closed_on:
        raise Refused(Refusal.LOOKED_TOO_EARLY, when=closed_on, status=422)
    if again_on and again_on < localdate(at):
        raise Refused(Own.DUE_PAST, what="下次回头看", day=again_on, status=422)
    found = LookBack.objects.create(
        completion=completion,
        looked_on=looked_on,
        findings=findings,
        holds=holds,
        looked_by_id=by.user_id,
        looked_at=at,
    )
    before = {"回头看": on_day(completion.look_back_on)}
    completion.look_back_on = again_on
    completion.save(update_fields=("look_back_on",))
    after = {"日期": looked_on.isoformat(), "成果仍在": holds, "情况": findings, "回头看": on_day(again_on)}
    record_step(Action.LOOKED_BACK, completion, by=by, at=at, before=before, after=after)
    return found


def shown_until(task: Task, today: date) -> date | None:
    """The last day a closed task is shown: None where the place does not, or the task is not public."""
    days: int = practice_of(task.place_id, today).preset(Subject.LIMITS)["shown"]
    said = TaskState.objects.at(None).get(task=task)
    return _workdays(today, days) if days and said.publicity == Publicity.PUBLIC else None


def return_due(task: Task, today: date) -> date:
    """By when what was sent back is to come again, where nobody says another day."""
    return _workdays(today, practice_of(task.place_id, today).preset(Subject.LIMITS)["returned"])


def proposed_due(task: Task, today: date) -> date | None:
    """The same for a form to begin with; None where the calendar of that year is not known yet."""
    try:
        return return_due(task, today)
    except Refused:
        return None


def look_back_day(task: Task, closed_on: date) -> date:
    """When a task closed on a day is to be looked at again."""
    days: int = practice_of(task.place_id, closed_on).preset(Subject.LIMITS)["look_back_days"]
    return closed_on + timedelta(days=days)


def last_moment(day: date) -> datetime:
    """The end of the last day something is shown."""
    return make_aware(datetime.combine(day, time(23, 59, 59)))


def _workdays(today: date, days: int) -> date:
    try:
        return add_workdays(today, days)
    except CalendarUnknown as unknown:
        raise Refused(Refusal.NO_CALENDAR, words=str(unknown)) from None


def _items(completion: Completion) -> list[str]:
    return [one["item"] for one in completion.checklist]


def _give_reason(completion: Completion, why: str, what: str, by: Viewer, at: datetime) -> None:
    completion.returned_why, completion.returned_by_id = insist(why, what), by.user_id
    completion.returned_at = at
