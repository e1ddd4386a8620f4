"""What the clerk sets on a task by itself: deadline, registers, 公开属性."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.http import Http404

from dukao.site.archive.models import Publicity
from dukao.site.history.actions import record
from dukao.site.ledger.access import visible_states
from dukao.site.ledger.errors import Refusal
from dukao.site.ledger.models import DeadlineKind, Register, RegisterTag, Status, TaskKind, TaskState
from dukao.site.ledger.naming import Action
from dukao.site.ledger.recording import restate
from dukao.site.people.access import Act, Viewer, require
from dukao.site.refusals import Refused

_YEARS_AHEAD = 10


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time limit: its date, what it means, and its words (12月底前); no date where only words say it."""

    on: date | None
    kind: DeadlineKind
    text: str = ""


@transaction.atomic
def set_deadline(task_id: int, deadline: Deadline, *, why: str = "", by: Viewer, at: datetime) -> TaskState:
    """Give a task a time limit, or another one: then with a reason.

    Refused where neither date nor words are given, the date lies outside what the task can mean, or nothing
    would change.
    """
    state = _lock(task_id, by)
    text = " ".join(deadline.text.split())[:80]
    if deadline.on is None and not text:
        raise Refused(Refusal.NO_DEADLINE, status=422)
    year = state.task.year
    if deadline.on and not year <= deadline.on.year <= year + _YEARS_AHEAD:
        raise Refused(Refusal.DEADLINE_OUT_OF_RANGE, status=422, year=year, last=year + _YEARS_AHEAD)
    text = text or f"{deadline.on:%Y-%m-%d}"
    new = {"deadline_text": text, "deadline": deadline.on, "deadline_kind": deadline.kind}
    old = {name: getattr(state, name) for name in new}
    if old == new:
        raise Refused(Refusal.NOTHING_TO_SET, status=422)
    if old["deadline_text"] and not why.strip():
        raise Refused(Refusal.DEADLINE_NEEDS_WHY, status=422, old=old["deadline_text"])
    said = restate(state, at, **new)
    before, after = ({**one, "deadline": str(one["deadline"] or "")} for one in (old, new))
    record(
        Action.DEADLINE_SET,
        by=by.actor,
        at=at,
        about=[("task", task_id)],
        before=before,
        after=after,
        why=why.strip(),
    )
    return said


@transaction.atomic
def set_registers(task_id: int, registers: Iterable[str], *, by: Viewer, at: datetime) -> list[RegisterTag]:
    """Let a task stand on exactly these registers: what was proposed and is not among them is turned down."""
    _lock(task_id, by)
    wanted = [Register(one) for one in Register.values if one in set(registers)]
    tags = list(RegisterTag.objects.at(None).select_for_update().filter(task_id=task_id))
    kept = [tag for tag in tags if not tag.is_proposed and tag.register in wanted]
    if len(kept) == len(tags) == len(wanted):
        raise Refused(Refusal.NOTHING_TO_SET, status=422)
    before = [_plain(tag) for tag in tags]
    RegisterTag.objects.filter(pk__in=[tag.pk for tag in tags if tag not in kept]).update(until=at)
    reasons = {tag.register: tag.reason for tag in tags}
    fresh = [one for one in wanted if one not in {tag.register for tag in kept}]
    made = RegisterTag.objects.bulk_create(
        RegisterTag(task_id=task_id, register=one, is_proposed=False, reason=reasons.get(one, ""), since=at)
        for one in fresh
    )
    now = [*kept, *made]
    record(
        Action.TAGS_SET,
        by=by.actor,
        at=at,
        about=[("task", task_id)],
        before={"registers": before},
        after={"registers": [_plain(tag) for tag in now]},
    )
    return now


@transaction.atomic
def set_publicity(
    task_id: int,
    publicity: Publicity,
    *,
    reason: str = "",
    may_be_public: bool = False,
    by: Viewer,
    at: datetime,
) -> TaskState:
    """Decide who outside may read a task; 不予公开 only with its reason.

    Refused where an item of a list is to be public and its list does not allow it: the caller says whether it
    does (`may_be_public`), the rooms that know lists stand above this one.
    """
    state = _lock(task_id, by)
    is_item = state.task.kind == TaskKind.REGISTER
    if is_item and not may_be_public and publicity in (Publicity.PUBLIC, Publicity.ON_REQUEST):
        raise Refused(Refusal.NEVER_PUBLIC, status=422)
    reason = reason.strip()[:200] if publicity == Publicity.WITHHELD else ""
    if publicity == Publicity.WITHHELD and not reason:
        raise Refused(Refusal.WITHHELD_NEEDS_REASON, status=422)
    old = {"publicity": state.publicity, "publicity_reason": state.publicity_reason}
    new = {"publicity": publicity.value, "publicity_reason": reason}
    if old == new:
        raise Refused(Refusal.NOTHING_TO_SET, status=422)
    said = restate(state, at, **new)
    record(
        Action.PUBLICITY_SET, by=by.actor, at=at, about=[("task", task_id)], before=old, after=new, why=reason
    )
    return said


def _plain(tag: RegisterTag) -> str:
    return f"{Register(tag.register).label}{'（建议）' if tag.is_proposed else ''}"


def _lock(task_id: int, by: Viewer) -> TaskState:
    """What a task says now, held until the transaction ends; refused where it was taken back."""
    require(by, Act.SET_TASK)
    seen = visible_states(by).filter(task_id=task_id)
    state: TaskState | None = TaskState.objects.select_for_update().filter(pk__in=seen.values("pk")).first()
    if state is None:
        raise Http404
    if state.status == Status.WITHDRAWN:
        raise Refused(Refusal.TASK_WITHDRAWN, number=state.task.number or "草稿")
    return state
