"""暂缓、并入、拆分、终止: an approved act, drafted by the clerk and signed by the head; and the way back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils.timezone import localdate

from dukao.site.history.actions import record
from dukao.site.ledger.models import Status, Task, TaskKind, TaskState
from dukao.site.people.access import Act, Viewer, require
from dukao.site.refusals import Refused
from dukao.site.supervision.closing.applying import IN_HAND
from dukao.site.supervision.closing.errors import Refusal as Own
from dukao.site.supervision.errors import Refusal
from dukao.site.supervision.models import Completion, Standing, StandingKind, StandingStage
from dukao.site.supervision.naming import Action

_INTO = (StandingKind.MERGED, StandingKind.SPLIT)


@dataclass(frozen=True, slots=True)
class StandingPaper:
    """What a change of standing rests on; `into` are the numbers of the tasks it goes into."""

    kind: StandingKind
    act: str
    dated: date
    why: str
    into: Sequence[str] = ()
    congress_decision: str = ""


@transaction.atomic
def draft_standing(task_id: int, paper: StandingPaper, *, by: Viewer, at: datetime) -> Standing:
    """Draft a change of standing for the head to sign; nothing changes yet.

    Refused: a task not issued, one that stands so already, an act without number or date to come, a merger or
    split that does not say into which tasks, a livelihood content without the standing committee's decision.
    """
    require(by, Act.AMEND)
    task = _lock_issued(task_id, by)
    _refuse_in_hand(task, paper)
    _refuse_closing(task.pk, paper.kind)
    into = _read_into(task, paper)
    _refuse_incomplete(task, paper, localdate(at))
    standing = Standing.objects.create(
        task=task,
        kind=paper.kind,
        act=paper.act.strip()[:60],
        dated=paper.dated,
        congress_decision=paper.congress_decision.strip()[:60],
        why=paper.why.strip(),
        drafted_by_id=by.user_id,
        drafted_at=at,
    )
    standing.into.set(into)
    _record(Action.STANDING_DRAFTED, standing, by=by, at=at, why=standing.why)
    return standing


@transaction.atomic
def sign_standing(standing_id: int, *, by: Viewer, at: datetime) -> Standing:
    """The head signs: from now on the task is out of the totals, or back in them."""
    require(by, Act.SIGN)
    standing = _lock(standing_id, by, "签发")
    _refuse_closing(standing.task_id, StandingKind(standing.kind))
    in_force = _in_force(standing.task_id)
    if standing.kind == StandingKind.RESUMED:
        if in_force is None:
            raise Refused(Refusal.STANDING_NOTHING)
        in_force.until = standing.until = at
        in_force.save(update_fields=("until",))
    elif in_force is not None:
        raise Refused(Refusal.STANDING_TWICE, kind=in_force.get_kind_display(), act=in_force.act)
    standing.since, standing.signed_by_id = at, by.user_id
    standing.stage = StandingStage.SIGNED
    standing.save()
    _record(Action.STANDING_SIGNED, standing, by=by, at=at, why=standing.why)
    return standing


@transaction.atomic
def return_standing(standing_id: int, why: str, *, by: Viewer, at: datetime) -> Standing:
    """The head sends a draft back, with why; the clerk drafts another."""
    require(by, Act.SIGN)
    return _set_aside(standing_id, StandingStage.RETURNED, why, by, at)


@transaction.atomic
def withdraw_standing(standing_id: int, why: str, *, by: Viewer, at: datetime) -> Standing:
    """The clerk takes a draft back, with why."""
    require(by, Act.AMEND)
    return _set_aside(standing_id, StandingStage.WITHDRAWN, why, by, at)


def _set_aside(standing_id: int, stage: StandingStage, why: str, by: Viewer, at: datetime) -> Standing:
    is_return = stage == StandingStage.RETURNED
    standing = _lock(standing_id, by, "退回" if is_return else "撤回")
    if not why.strip():
        raise Refused(Refusal.NEEDS_REASON, what="退回" if is_return else "撤回", status=422)
    standing.stage, standing.note = stage, why.strip()
    standing.save(update_fields=("stage", "note"))
    action = Action.STANDING_RETURNED if is_return else Action.STANDING_WITHDRAWN
    _record(action, standing, by=by, at=at, why=standing.note)
    return standing


def _lock_issued(task_id: int, by: Viewer) -> Task:
    task = Task.objects.select_for_update().filter(pk=task_id, place_id=by.place_id).first()
    if task is None:
        raise Http404
    if not TaskState.objects.at(None).filter(task=task, status=Status.ISSUED).exists():
        raise Refused(Refusal.NOT_ISSUED)
    return task


def _lock(standing_id: int, by: Viewer, what: str) -> Standing:
    found = Standing.objects.select_for_update(of=("self",)).select_related("task")
    standing: Standing | None = found.filter(pk=standing_id, task__place_id=by.place_id).first()
    if standing is None:
        raise Http404
    Task.objects.select_for_update().get(pk=standing.task_id)
    if standing.stage != StandingStage.DRAFT:
        raise Refused(Refusal.STANDING_STAGE, stage=standing.get_stage_display(), what=what)
    return standing


def _in_force(task_id: int) -> Standing | None:
    in_force = Standing.objects.filter(task_id=task_id, since__isnull=False, until__isnull=True)
    return in_force.select_for_update().first()


def _refuse_in_hand(task: Task, paper: StandingPaper) -> None:
    drafted = Standing.objects.filter(task=task, stage=StandingStage.DRAFT).first()
    if drafted:
        raise Refused(Refusal.STANDING_OPEN, act=drafted.act)
    in_force = _in_force(task.pk)
    if paper.kind == StandingKind.RESUMED and in_force is None:
        raise Refused(Refusal.STANDING_NOTHING)
    if paper.kind != StandingKind.RESUMED and in_force is not None:
        raise Refused(Refusal.STANDING_TWICE, kind=in_force.get_kind_display(), act=in_force.act)


def _refuse_closing(task_id: int, kind: StandingKind) -> None:
    """What is being closed, or is closed, does not leave the totals beside that."""
    closing = Completion.objects.filter(task_id=task_id, stage__in=IN_HAND).first()
    if closing and kind != StandingKind.RESUMED:
        raise Refused(Own.CLOSE_IN_HAND, stage=closing.get_stage_display(), what=kind.label)


def _read_into(task: Task, paper: StandingPaper) -> list[Task]:
    """The tasks a merger or split goes into, by their numbers."""
    if paper.kind not in _INTO:
        return []
    numbers = list(dict.fromkeys(one.strip() for one in paper.into if one.strip()))
    issued = TaskState.objects.at(None).filter(status=Status.ISSUED).values("task_id")
    found = Task.objects.filter(place_id=task.place_id, number__in=numbers, pk__in=issued)
    known = {one.number: one for one in found.exclude(pk=task.pk)}
    lines = [f"台账上没有另一项编号为“{one}”的任务" for one in numbers if one not in known]
    if not numbers:
        lines = [f"{paper.kind.label}要写明进入哪些任务（编号）"]
    if paper.kind == StandingKind.SPLIT and len(numbers) == 1:
        lines.append("拆分要写明两项以上任务；只进入一项的是并入")
    if lines:
        raise Refused(Refusal.STANDING_LACKS, lines, status=422)
    return [known[one] for one in numbers]


def _refuse_incomplete(task: Task, paper: StandingPaper, today: date) -> None:
    lines = [] if paper.act.strip() else ["依据文号还没有写"]
    if paper.dated > today:
        lines.append(f"批准日期（{paper.dated:%Y-%m-%d}）还没有到")
    if not paper.why.strip():
        lines.append("事由还没有写")
    is_voted = task.kind == TaskKind.LIVELIHOOD and paper.kind != StandingKind.RESUMED
    if is_voted and not paper.congress_decision.strip():
        lines.append("民生实事由人民代表大会票决：要有人大常委会决定文号")
    if lines:
        raise Refused(Refusal.STANDING_LACKS, lines, status=422)


def _record(action: Action, standing: Standing, *, by: Viewer, at: datetime, why: str) -> None:
    into = list(standing.into.values_list("pk", "number"))
    about = [("standing", standing.pk), ("task", standing.task_id), *(("task", pk) for pk, _ in into)]
    after: dict[str, Any] = {
        "情形": standing.get_kind_display(),
        "阶段": standing.get_stage_display(),
        "依据": standing.act,
        "批准日期": standing.dated.isoformat(),
        "人大决定": standing.congress_decision,
        "进入": [number for _, number in into],
    }
    said = {name: value for name, value in after.items() if value}
    record(action, by=by.actor, at=at, about=about, after=said, why=why)
