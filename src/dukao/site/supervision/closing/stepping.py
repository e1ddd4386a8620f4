"""What every step of a close-out shares: the lock, the stages it is taken from, its entry of history."""

from datetime import date, datetime
from typing import Any

from django.http import Http404
from django.utils.timezone import localdate

from dukao.site.history.actions import record
from dukao.site.people.access import Viewer
from dukao.site.refusals import Refused
from dukao.site.statements import Lookup
from dukao.site.supervision.errors import Refusal
from dukao.site.supervision.models import Completion, CompletionStage
from dukao.site.supervision.naming import Action

_HELD = Lookup(
    Completion.objects.order_by().select_related("task").select_for_update(of=("self",)),
    *("pk", "task__place_id"),
)


def lock_completion(completion_id: int, by: Viewer) -> Completion:
    """A close-out of the viewer's place, locked until the transaction ends; 404 for any other."""
    for completion in _HELD.find(completion_id, by.place_id):
        return completion
    raise Http404


def refuse_stage(completion: Completion, what: str, *stages: CompletionStage) -> None:
    """Refuse what is not done to a close-out of any other stage."""
    if completion.stage not in stages:
        raise Refused(Refusal.CLOSE_STAGE, stage=completion.get_stage_display(), what=what)


def insist(words: str, what: str) -> str:
    """Words that may not be missing, without the space around them."""
    if not words.strip():
        raise Refused(Refusal.NEEDS_REASON, what=what, status=422)
    return words.strip()


def refuse_ahead(day: date | None, what: str, at: datetime) -> None:
    """Refuse a day of something done that is still to come."""
    if day and day > localdate(at):
        raise Refused(Refusal.DAY_AHEAD, what=what, day=day, status=422)


def move(
    completion: Completion,
    stage: CompletionStage,
    action: Action,
    why: str = "",
    *,
    said: dict[str, Any] | None = None,
    by: Viewer,
    at: datetime,
) -> Completion:
    """Save a close-out in its next stage, with its entry; `said` is what else belongs to the step."""
    before = {"阶段": completion.get_stage_display()}
    completion.stage = stage
    completion.save()
    after = {"阶段": completion.get_stage_display(), **(said or {})}
    record_step(action, completion, by=by, at=at, before=before, after=after, why=why.strip())
    return completion


def record_step(
    action: Action,
    completion: Completion,
    *,
    by: Viewer,
    at: datetime,
    before: Any = None,
    after: Any = None,
    why: str = "",
) -> None:
    """The entry of a step, about the close-out, its task and its unit."""
    about = [("completion", completion.pk), ("task", completion.task_id), ("unit", completion.unit_id)]
    record(action, by=by.actor, at=at, about=about, before=before, after=after, why=why)


def on_day(day: date | None) -> str | None:
    """A day for the history; None for none."""
    return day.isoformat() if day else None
