"""现场核查: somebody of the office is asked to go by a day, goes, and writes down what was found."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from dukao.site.people.access import Act, Viewer, require
from dukao.site.refusals import Refused
from dukao.site.supervision.closing.errors import Refusal
from dukao.site.supervision.closing.exhibits import keep_exhibits
from dukao.site.supervision.closing.stepping import (
    insist,
    lock_completion,
    on_day,
    record_step,
    refuse_ahead,
    refuse_stage,
)
from dukao.site.supervision.filing.evidence_actions import NewEvidence
from dukao.site.supervision.models import Completion, CompletionStage
from dukao.site.supervision.naming import Action


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit as it is written down: the day, where, who went, what was found; pictures, if there are."""

    on: date
    place: str
    who: str
    findings: str
    pictures: Sequence[NewEvidence] = ()


@transaction.atomic
def ask_visit(completion_id: int, due: date, *, by: Viewer, at: datetime) -> Completion:
    """Ask that somebody go and look by a day: nothing is verified before. Asked again, it is another day."""
    require(by, Act.VERIFY)
    completion = lock_completion(completion_id, by)
    refuse_stage(completion, "安排现场核查", CompletionStage.APPLIED)
    if due < localdate(at):
        raise Refused(Refusal.DUE_PAST, what="现场核查期限", day=due, status=422)
    before = {"现场核查期限": on_day(completion.visit_due)}
    completion.visit_due, completion.visited_on = due, None
    completion.save(update_fields=("visit_due", "visited_on"))
    after = {"现场核查期限": on_day(due)}
    record_step(Action.VISIT_ASKED, completion, by=by, at=at, before=before, after=after)
    return completion


@transaction.atomic
def cancel_visit(completion_id: int, why: str, *, by: Viewer, at: datetime) -> Completion:
    """Nobody need go after all, with why."""
    require(by, Act.VERIFY)
    completion = lock_completion(completion_id, by)
    refuse_stage(completion, "取消现场核查", CompletionStage.APPLIED)
    if not waits_for_visit(completion):
        raise Refused(Refusal.VISIT_NONE)
    why = insist(why, "取消现场核查")
    before = {"现场核查期限": on_day(completion.visit_due)}
    completion.visit_due = None
    completion.save(update_fields=("visit_due",))
    record_step(Action.VISIT_CANCELLED, completion, by=by, at=at, before=before, why=why)
    return completion


@transaction.atomic
def record_visit(completion_id: int, visit: Visit, *, by: Viewer, at: datetime) -> Completion:
    """Write a visit down, asked for or not; written again before the verdict it is mended."""
    require(by, Act.VERIFY)
    completion = lock_completion(completion_id, by)
    refuse_stage(completion, "记录现场核查", CompletionStage.APPLIED)
    refuse_ahead(visit.on, "现场核查日期", at)
    before = _plain(completion) if completion.visited_on else None
    completion.visited_on = visit.on
    completion.visited_place = insist(visit.place, "核查地点")[:120]
    completion.visitors = insist(visit.who, "核查人员")[:120]
    completion.visit_findings = insist(visit.findings, "现场核查情况")
    completion.save(update_fields=("visited_on", "visited_place", "visitors", "visit_findings"))
    keep_exhibits(completion, visit.pictures, of_visit=True, by=by, at=at)
    record_step(Action.VISITED, completion, by=by, at=at, before=before, after=_plain(completion))
    return completion


def waits_for_visit(completion: Completion) -> bool:
    """Whether somebody is still to go."""
    return completion.visit_due is not None and completion.visited_on is None


def _plain(completion: Completion) -> dict[str, str | None]:
    return {
        "日期": on_day(completion.visited_on),
        "地点": completion.visited_place,
        "核查人员": completion.visitors,
        "情况": completion.visit_findings,
    }
