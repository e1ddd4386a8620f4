"""Apply what a workbook changed: all that was shown and confirmed, in one transaction, or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from dukao.site.history.actions import record
from dukao.site.ledger.duties import reassign
from dukao.site.ledger.locking import lock_breakdown
from dukao.site.ledger.models import Breakdown, Register, RegisterTag, Supplement, TaskState
from dukao.site.ledger.naming import Action
from dukao.site.ledger.recording import restate
from dukao.site.ledger.rewording import reword
from dukao.site.ledger.steps.changes import Change as SupplementChange
from dukao.site.ledger.steps.supplementing import BASIS, Paper, draft_supplement, place_under
from dukao.site.ledger.workbooks.cells import Limit
from dukao.site.ledger.workbooks.comparing import compare
from dukao.site.ledger.workbooks.drafted import set_drafted_aside
from dukao.site.ledger.workbooks.errors import Refusal
from dukao.site.ledger.workbooks.reading import SheetRow
from dukao.site.ledger.workbooks.standing import read_standing
from dukao.site.ledger.workbooks.values import Change, Comparison
from dukao.site.people.access import Act, Viewer, require
from dukao.site.refusals import Refused


@dataclass(frozen=True, slots=True)
class Applied:
    """What an import did: how many tasks changed at once, and the supplement that waits for the head."""

    tasks: int
    supplement: Supplement | None


def compare_workbook(
    breakdown: Breakdown, rows: Sequence[SheetRow], ignored: tuple[str, ...], *, by: Viewer, at: datetime
) -> Comparison:
    """What an upload would do; nothing changes yet."""
    require(by, Act.IMPORT_WORKBOOK)
    return set_drafted_aside(compare(rows, read_standing(breakdown, rows, by, at), ignored), breakdown)


@transaction.atomic
def apply_workbook(
    breakdown_id: int,
    rows: Sequence[SheetRow],
    seal: str,
    *,
    why: str = "",
    paper: Paper | None = None,
    by: Viewer,
    at: datetime,
) -> Applied:
    """Apply every change that was shown under `seal`; a time limit that replaces another needs `why`.

    Settings and, before the issue, wordings change at once; wordings after the issue become one supplement
    that the head signs, resting on `paper`. One entry for what changes at once, one for the supplement.
    Refused whole where the ledger has moved on since it was shown.
    """
    require(by, Act.IMPORT_WORKBOOK)
    breakdown = lock_breakdown(breakdown_id, by)
    states = _lock_states(breakdown)
    comparison = set_drafted_aside(compare(rows, read_standing(breakdown, rows, by, at)), breakdown)
    if comparison.seal != seal:
        raise Refused(Refusal.MOVED)
    if not comparison.changes:
        raise Refused(Refusal.NOTHING)
    if comparison.moves_deadlines and not why.strip():
        raise Refused(Refusal.WHY_MISSING, status=422)
    direct = [change for change in comparison.changes if change.direct]
    for change in direct:
        _apply(states[change.task_id], change, at)
    if direct:
        _record(breakdown, direct, why, by, at)
    supplement = _draft(breakdown, comparison, paper, by, at) if comparison.needs_supplement else None
    return Applied(len(direct), supplement)


def _lock_states(breakdown: Breakdown) -> dict[int, TaskState]:
    """What the tasks of the breakdown say, locked: whoever changes one waits, and nobody did in between."""
    states = TaskState.objects.select_for_update(of=("self",)).filter(
        task__breakdown=breakdown, until__isnull=True
    )
    return {state.task_id: state for state in states.select_related("task").order_by("pk")}


def _apply(state: TaskState, change: Change, at: datetime) -> None:
    """Let one task say what its row asks for, as one new state."""
    wanted = change.direct
    said = {name: wanted[name] for name in ("remark",) if name in wanted}
    if "limit" in wanted:
        limit: Limit = wanted["limit"]
        said |= {"deadline_text": limit.text, "deadline": limit.day, "deadline_kind": limit.kind}
    if "publicity" in wanted:
        said["publicity"], said["publicity_reason"] = wanted["publicity"]
    if "text" in wanted:
        reword(state, wanted["text"], at, **said)
    elif said:
        restate(state, at, **said)
    if "duties" in wanted:
        reassign(state.task_id, wanted["duties"], at, basis=BASIS)
    if "posts" in wanted:
        place_under(state.task_id, wanted["posts"], at)
    if "registers" in wanted:
        _tag(state.task_id, wanted["registers"], at)


def _tag(task_id: int, wanted: dict[str, bool], at: datetime) -> None:
    """Let a task be on exactly these registers; True leaves a proposal one."""
    tags = list(RegisterTag.objects.at(None).filter(task_id=task_id))
    stay = {tag.register for tag in tags if wanted.get(tag.register) == tag.is_proposed}
    gone = [tag.pk for tag in tags if tag.register not in stay]
    reasons = {tag.register: tag.reason for tag in tags}
    RegisterTag.objects.filter(pk__in=gone).update(until=at)
    RegisterTag.objects.bulk_create(
        RegisterTag(task_id=task_id, register=one, is_proposed=False, reason=reasons.get(one, ""), since=at)
        for one in Register
        if one in wanted and one not in stay
    )


def _record(breakdown: Breakdown, changes: Sequence[Change], why: str, by: Viewer, at: datetime) -> None:
    about = [("breakdown", breakdown.pk), *(("task", change.task_id) for change in changes)]
    before, after = _plain(changes, "before"), _plain(changes, "after")
    record(
        Action.WORKBOOK_APPLIED, by=by.actor, at=at, about=about, before=before, after=after, why=why.strip()
    )


def _plain(changes: Sequence[Change], side: str) -> dict[str, Any]:
    parts = (
        {one.head: getattr(one, side) for one in change.differences if not one.by_supplement}
        for change in changes
    )
    named = ({"task": change.task_id, "called": change.name} for change in changes)
    return {"changes": [name | part for name, part in zip(named, parts, strict=True)]}


def _draft(
    breakdown: Breakdown, comparison: Comparison, paper: Paper | None, by: Viewer, at: datetime
) -> Supplement:
    if paper is None:
        raise Refused(Refusal.BASIS_MISSING, status=422)
    changes = [
        SupplementChange(task_id=change.task_id, **change.supplement)
        for change in comparison.changes
        if change.supplement
    ]
    return draft_supplement(breakdown.pk, changes, paper, by=by, at=at)
