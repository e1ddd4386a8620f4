"""公示: what somebody says against a close-out while it is shown is noted and settled before it is closed."""

from datetime import date, datetime

from django.db import transaction
from django.http import Http404

from dukao.site.people.access import Act, Viewer, require
from dukao.site.refusals import Refused
from dukao.site.supervision.closing.actions import last_moment
from dukao.site.supervision.closing.errors import Refusal
from dukao.site.supervision.closing.stepping import (
    insist,
    lock_completion,
    on_day,
    record_step,
    refuse_ahead,
)
from dukao.site.supervision.models import Completion, CompletionStage, ShownObjection
from dukao.site.supervision.naming import Action


@transaction.atomic
def note_objection(
    completion_id: int, said_on: date, who: str, words: str, *, by: Viewer, at: datetime
) -> ShownObjection:
    """Note what was said against a close-out that is shown; it is not closed before that is settled."""
    require(by, Act.VERIFY)
    completion = lock_completion(completion_id, by)
    if not is_shown(completion, at):
        raise Refused(Refusal.NOT_SHOWN)
    refuse_ahead(said_on, "反映日期", at)
    objection = ShownObjection.objects.create(
        completion=completion,
        said_on=said_on,
        who=insist(who, "反映人")[:80],
        words=insist(words, "反映的问题"),
        noted_by_id=by.user_id,
        noted_at=at,
    )
    completion.closed_at = None
    completion.save(update_fields=("closed_at",))
    after = {"日期": on_day(said_on), "反映人": objection.who, "情况": objection.words}
    record_step(Action.OBJECTED_TO_CLOSE, completion, by=by, at=at, after=after)
    return objection


@transaction.atomic
def settle_objection(objection_id: int, ruling: str, *, by: Viewer, at: datetime) -> ShownObjection:
    """Say what was found of an objection that does not stand; with the last of them the close-out goes on.

    One that stands is no matter of words: the head reopens the task.
    """
    require(by, Act.VERIFY)
    known = ShownObjection.objects.filter(pk=objection_id).values_list("completion_id", flat=True).first()
    if known is None:
        raise Http404
    completion = lock_completion(known, by)
    objection = ShownObjection.objects.get(pk=objection_id)
    if objection.ruled_at or completion.stage != CompletionStage.CLOSED:
        raise Refused(Refusal.OBJECTION_RULED)
    objection.ruling = insist(ruling, "核实情况")
    objection.ruled_by_id, objection.ruled_at = by.user_id, at
    objection.save()
    if not completion.objections.filter(ruled_at__isnull=True).exists():
        assert completion.shown_until is not None
        completion.closed_at = max(last_moment(completion.shown_until), at)
        completion.save(update_fields=("closed_at",))
    after = {"情况": objection.words, "核实情况": objection.ruling}
    record_step(Action.CLOSE_OBJECTION_RULED, completion, by=by, at=at, after=after)
    return objection


def is_shown(completion: Completion, at: datetime) -> bool:
    """Whether a signed close-out is still shown at a moment, or held up by what was said against it."""
    if completion.stage != CompletionStage.CLOSED:
        return False
    return completion.closed_at is None or completion.closed_at > at
