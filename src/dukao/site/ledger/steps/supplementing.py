"""After the issue a task changes only by a 补充通知 or an approved act, signed by the head."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils.timezone import localdate

from dukao.site.history.actions import record
from dukao.site.ledger.duties import Duty, reassign
from dukao.site.ledger.errors import Refusal
from dukao.site.ledger.locking import lock_breakdown
from dukao.site.ledger.models import (
    Breakdown,
    Heading,
    Placement,
    Role,
    Stage,
    Status,
    Supplement,
    SupplementKind,
    SupplementStage,
    Task,
    TaskKind,
    TaskState,
)
from dukao.site.ledger.naming import Action
from dukao.site.ledger.queries.rows import leaders_on
from dukao.site.ledger.recording import restate
from dukao.site.ledger.rewording import reword
from dukao.site.ledger.steps.changes import Change, differs, said_of, shown, told
from dukao.site.ledger.steps.document_numbers import read_document_number, refuse_taken_number
from dukao.site.people.access import Act, Viewer, require
from dukao.site.refusals import Refused

# What a part given by a supplement rests on.
BASIS = "act"

__all__ = [
    "Change",
    "Paper",
    "draft_supplement",
    "redraft_supplement",
    "return_supplement",
    "sign_supplement",
]


@dataclass(frozen=True, slots=True)
class Paper:
    """What changes rest on: kind, number, date, reason; the decision a livelihood content needs, its day."""

    kind: SupplementKind
    document_number: str
    dated: date
    why: str
    congress_decision: str = ""
    congress_decided_on: date | None = None


@transaction.atomic
def draft_supplement(
    breakdown_id: int, changes: Sequence[Change], paper: Paper, *, by: Viewer, at: datetime
) -> Supplement:
    """Draft changes to issued tasks under one paper, for the head to sign; nothing changes yet.

    What a change does not change is left out of it; a change that changes nothing is left out whole. Refused:
    a breakdown not issued, a task that is not on it, no change at all, a task left without a lead, a
    livelihood content changed without number and day of the standing committee's decision.
    """
    require(by, Act.AMEND)
    breakdown = _lock_issued(breakdown_id, by)
    supplement = Supplement(breakdown=breakdown, drafted_by_id=by.user_id, drafted_at=at)
    _write(supplement, changes, paper, at)
    supplement.save()
    before, after = _side(supplement, "before", at), _plain(supplement, at)
    record(
        Action.SUPPLEMENT_DRAFTED, by=by.actor, at=at, about=_about(supplement), before=before, after=after
    )
    return supplement


@transaction.atomic
def redraft_supplement(
    supplement_id: int, changes: Sequence[Change], paper: Paper, *, by: Viewer, at: datetime
) -> Supplement:
    """Draft a supplement anew that is not signed yet; one that was returned waits for the head again."""
    require(by, Act.AMEND)
    supplement = _lock_open(supplement_id, by)
    before = _plain(supplement, at)
    _write(supplement, changes, paper, at)
    supplement.stage, supplement.note = SupplementStage.DRAFT, ""
    supplement.drafted_by_id, supplement.drafted_at = by.user_id, at
    supplement.save()
    about, after = _about(supplement), _plain(supplement, at)
    record(Action.SUPPLEMENT_DRAFTED, by=by.actor, at=at, about=about, before=before, after=after)
    return supplement


@transaction.atomic
def sign_supplement(supplement_id: int, *, by: Viewer, at: datetime) -> Supplement:
    """Sign a supplement: all its changes hold from now on, or none.

    Refused, showing both, where a task says something else by now than when this was drafted.
    """
    require(by, Act.SIGN)
    supplement = _lock_open(supplement_id, by)
    if supplement.stage != SupplementStage.DRAFT:
        raise Refused(Refusal.SUPPLEMENT_CLOSED, stage=supplement.get_stage_display())
    states = _lock_states(supplement.breakdown, [one["task"] for one in supplement.changes])
    _refuse_overtaken(supplement, states, at)
    for change in supplement.changes:
        _apply(states[change["task"]], change["after"], at)
    supplement.stage, supplement.signed_by_id, supplement.signed_at = SupplementStage.SIGNED, by.user_id, at
    supplement.save(update_fields=("stage", "signed_by", "signed_at"))
    record(
        Action.SUPPLEMENT_SIGNED,
        by=by.actor,
        at=at,
        about=_about(supplement),
        before=_side(supplement, "before", at),
        after=_plain(supplement, at),
        why=supplement.why,
    )
    return supplement


@transaction.atomic
def return_supplement(supplement_id: int, why: str, *, by: Viewer, at: datetime) -> Supplement:
    """The head sends a draft back to the clerk, with why."""
    require(by, Act.SIGN)
    return _set_aside(supplement_id, SupplementStage.RETURNED, why, by, at)


@transaction.atomic
def withdraw_supplement(supplement_id: int, why: str, *, by: Viewer, at: datetime) -> Supplement:
    """The clerk takes a draft back; its number is free again."""
    require(by, Act.AMEND)
    return _set_aside(supplement_id, SupplementStage.WITHDRAWN, why, by, at)


def _lock_issued(breakdown_id: int, by: Viewer) -> Breakdown:
    breakdown = lock_breakdown(breakdown_id, by)
    if breakdown.stage != Stage.ISSUED:
        raise Refused(Refusal.NOT_ISSUED)
    return breakdown


def _lock_open(supplement_id: int, by: Viewer) -> Supplement:
    """A supplement of the viewer's place that is neither signed nor withdrawn, its breakdown locked."""
    known = Supplement.objects.filter(pk=supplement_id, breakdown__place_id=by.place_id).first()
    if known is None:
        raise Http404
    lock_breakdown(known.breakdown_id, by)
    supplement = Supplement.objects.select_related("breakdown__place").get(pk=supplement_id)
    if supplement.stage in (SupplementStage.SIGNED, SupplementStage.WITHDRAWN):
        raise Refused(Refusal.SUPPLEMENT_CLOSED, stage=supplement.get_stage_display())
    return supplement


def _lock_states(breakdown: Breakdown, task_ids: Sequence[int]) -> dict[int, TaskState]:
    states = TaskState.objects.select_for_update(of=("self",)).filter(
        task_id__in=task_ids, task__breakdown=breakdown, until__isnull=True
    )
    return {state.task_id: state for state in states.select_related("task")}


def _write(supplement: Supplement, changes: Sequence[Change], paper: Paper, at: datetime) -> None:
    """What a draft says, checked."""
    place = supplement.breakdown.place
    number = paper.document_number.strip()
    if paper.kind == SupplementKind.NOTICE:
        number = read_document_number(number, place)
        refuse_taken_number(number, place, but=supplement if supplement.pk else None)
    elif not number:
        raise Refused(Refusal.ACT_MISSING, status=422)
    if paper.dated > localdate(at):
        raise Refused(Refusal.DAY_TO_COME, what="日期", day=paper.dated, status=422)
    if not paper.why.strip():
        raise Refused(Refusal.REASON_MISSING, reader="签发人", status=422)
    supplement.kind, supplement.document_number, supplement.dated = paper.kind, number[:60], paper.dated
    supplement.why, supplement.congress_decision = paper.why.strip(), paper.congress_decision.strip()[:60]
    supplement.congress_decided_on = paper.congress_decided_on
    if paper.congress_decided_on and paper.congress_decided_on > paper.dated:
        raise Refused(Refusal.CONGRESS_DECIDES_FIRST, decided=paper.congress_decided_on, status=422)
    supplement.changes = _read_changes(supplement, changes)


def _read_changes(supplement: Supplement, changes: Sequence[Change]) -> list[dict[str, Any]]:
    """The changes as they are kept: only what differs, with what was said before."""
    states = _lock_states(supplement.breakdown, [change.task_id for change in changes])
    for change in changes:
        _refuse_stray(states.get(change.task_id), change)
    said = said_of(list(states.values()))
    read = []
    for change in changes:
        wanted = change.wanted()
        before = {
            name: said[change.task_id][name]
            for name, value in wanted.items()
            if differs(name, said[change.task_id][name], value)
        }
        if before:
            after = {name: wanted[name] for name in before}
            _check_change(supplement, states[change.task_id], after)
            read.append({"task": change.task_id, "before": before, "after": after})
    if not read:
        raise Refused(Refusal.NOTHING_CHANGES, status=422)
    return read


def _refuse_stray(state: TaskState | None, change: Change) -> None:
    if state is None or state.status != Status.ISSUED:
        name = state.task.number if state else f"第{change.task_id}项"
        raise Refused(Refusal.NOT_IN_LEDGER, task=name, status=422)
    if change.state_id is not None and change.state_id != state.pk:
        raise Refused(Refusal.CHANGED_MEANWHILE, [f"{state.task.number} 现在写作：{state.text}"], who="别人")


def _check_change(supplement: Supplement, state: TaskState, after: dict[str, Any]) -> None:
    """Words must say something, somebody must lead, and the people's congress decides about its projects."""
    if after.get("text") == "":
        raise Refused(Refusal.NOTHING_CHANGES, status=422)
    duties: list[Duty] | None = after.get("duties")
    leads = duties is None or any(one["role"] == Role.LEAD or one["basis"] == "joint" for one in duties)
    if not leads:
        raise Refused(Refusal.LEAD_MISSING, task=state.task.number, status=422)
    touches = bool({"text", "project", "withdrawn"} & after.keys())
    is_decided = supplement.congress_decision and supplement.congress_decided_on
    if touches and state.task.kind == TaskKind.LIVELIHOOD and not is_decided:
        raise Refused(Refusal.CONGRESS_DECISION_MISSING, status=422)


def _refuse_overtaken(supplement: Supplement, states: dict[int, TaskState], at: datetime) -> None:
    """Refuse, showing both, what says something else by now than when it was drafted."""
    leaders = {post: one.full for post, one in leaders_on(supplement.breakdown.place_id, None, at).items()}
    said = said_of(list(states.values()))
    lines = []
    for change in supplement.changes:
        now, state = said.get(change["task"]), states.get(change["task"])
        for name, before in change["before"].items():
            if now is None or state is None or state.status != Status.ISSUED:
                lines.append(f"第{change['task']}项已经不在台账上")
                break
            if differs(name, before, now[name]):
                drafted, current = shown(name, before, leaders), shown(name, now[name], leaders)
                lines.append(f"{state.task.number} 拟稿时：{drafted} ／ 现在：{current}")
    if lines:
        raise Refused(Refusal.CHANGED_SINCE_DRAFT, lines)


def _apply(state: TaskState, after: dict[str, Any], at: datetime) -> None:
    task_id = state.task_id
    plain: dict[str, Any] = {name: after[name] for name in ("title", "project", "remark") if name in after}
    if after.get("withdrawn"):
        plain["status"] = Status.WITHDRAWN
    if "text" in after:
        reword(state, after["text"], at, **plain)
    elif plain:
        restate(state, at, **plain)
    if "duties" in after:
        reassign(task_id, after["duties"], at, basis=BASIS)
    if "posts" in after:
        place_under(task_id, after["posts"], at)


def place_under(task_id: int, posts: Sequence[int], at: datetime) -> None:
    """Let exactly these posts lead a task; a post that stays keeps its place in the table.

    Under a head that is no leader's the row stays there, whoever leads it; a row nobody leads stays too.
    """
    rows = list(Placement.objects.at(None).filter(task_id=task_id))
    wanted: Sequence[int | None] = posts or [None]
    Placement.objects.filter(pk__in=[one.pk for one in rows if one.post_id not in wanted]).update(until=at)
    known = {one.post_id for one in rows}
    first = rows[0] if rows else None
    heads = Heading.objects.filter(breakdown__tasks=task_id, post__in=posts)
    by_post = {heading.post_id: heading for heading in heads}
    stays = first.heading if first and first.heading and first.heading.post_id is None else None
    Placement.objects.bulk_create(
        Placement(
            task_id=task_id,
            post_id=post,
            heading=by_post.get(post, stays),
            row=first.row if first else "",
            order=first.order if first else 0,
            since=at,
        )
        for post in wanted
        if post not in known
    )


def _set_aside(supplement_id: int, stage: SupplementStage, why: str, by: Viewer, at: datetime) -> Supplement:
    supplement = _lock_open(supplement_id, by)
    reader = "经办人" if stage == SupplementStage.RETURNED else "以后的经办人"
    if not why.strip():
        raise Refused(Refusal.REASON_MISSING, reader=reader, status=422)
    if stage == SupplementStage.RETURNED and supplement.stage != SupplementStage.DRAFT:
        raise Refused(Refusal.SUPPLEMENT_CLOSED, stage=supplement.get_stage_display())
    before = {"stage": str(supplement.stage)}
    supplement.stage, supplement.note = stage, why.strip()
    supplement.save(update_fields=("stage", "note"))
    about, after = _about(supplement), {"stage": str(stage)}
    action = Action.SUPPLEMENT_WITHDRAWN if stage == SupplementStage.WITHDRAWN else Action.SUPPLEMENT_RETURNED
    record(action, by=by.actor, at=at, about=about, before=before, after=after, why=supplement.note)
    return supplement


def _about(supplement: Supplement) -> list[tuple[str, object]]:
    tasks = [("task", one["task"]) for one in supplement.changes]
    return [("breakdown", supplement.breakdown_id), ("supplement", supplement.pk), *tasks]


def _plain(supplement: Supplement, at: datetime) -> dict[str, Any]:
    return {
        "kind": str(supplement.kind),
        "document_number": supplement.document_number,
        "dated": supplement.dated.isoformat(),
        "congress_decision": supplement.congress_decision,
        "congress_decided_on": decided.isoformat() if (decided := supplement.congress_decided_on) else "",
        **_side(supplement, "after", at),
    }


def _side(supplement: Supplement, side: str, at: datetime) -> dict[str, Any]:
    """What each task says before or after, as history tells it."""
    leaders = leaders_on(supplement.breakdown.place_id, None, at)
    names = {post: one.full for post, one in leaders.items()}
    called = dict(
        Task.objects.filter(pk__in=[one["task"] for one in supplement.changes]).values_list("pk", "number")
    )
    parts = [
        {"task": one["task"], "called": called[one["task"]], **told(one[side], names)}
        for one in supplement.changes
    ]
    return {"changes": parts}
