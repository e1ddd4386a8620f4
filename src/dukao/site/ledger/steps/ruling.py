"""What becomes of an opinion: taken, and the draft says so at once, or not taken, with why; or undone."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import Http404

from dukao.site.history.actions import record
from dukao.site.ledger.duties import duties_of, new_duty, reassign, same_duties
from dukao.site.ledger.errors import Refusal
from dukao.site.ledger.locking import breakdown_of, lock_breakdown
from dukao.site.ledger.models import Opinion, OpinionKind, Role, Ruling, Stage, TaskState
from dukao.site.ledger.naming import Action, clean
from dukao.site.ledger.rewording import reword
from dukao.site.ledger.steps.changes import shown_duties
from dukao.site.people.access import Act, Viewer, require
from dukao.site.refusals import Refused

# What a part that an opinion brought rests on.
BASIS = "opinion"
_WORDED = (OpinionKind.TEXT, OpinionKind.NUMBER)


@dataclass(frozen=True, slots=True)
class RulingForm:
    """What the office says to an opinion.

    `text` is what the row is to say where a wish about its words is taken, possibly in part; `state_id` the
    state of the task that was on the page.
    """

    ruling: Ruling
    why: str = ""
    text: str = ""
    state_id: int | None = None


@transaction.atomic
def rule_opinion(opinion_id: int, form: RulingForm, *, by: Viewer, at: datetime) -> Opinion:
    """Take an opinion or not. What is taken stands in the draft at once, its numbers read again.

    Why is needed where an opinion is not taken, and where it was neither words nor a lead.
    """
    require(by, Act.REVIEW)
    opinion = _lock_opinion(opinion_id, by, act="处理意见")
    if opinion.withdrawn_at:
        raise Refused(Refusal.OPINION_WITHDRAWN)
    if opinion.ruling:
        raise Refused(Refusal.CHANGED_MEANWHILE, who=opinion.ruled_by.name if opinion.ruled_by else "别人")
    why = form.why.strip()
    if not why and (form.ruling == Ruling.NOT_TAKEN or opinion.kind == OpinionKind.OTHER):
        raise Refused(Refusal.REASON_MISSING, reader="提意见的单位", status=422)
    undo = _apply(opinion, form, at) if form.ruling == Ruling.TAKEN else None
    opinion.ruling, opinion.ruling_why, opinion.undo = form.ruling, why, undo
    opinion.ruled_by_id, opinion.ruled_at = by.user_id, at
    opinion.save()
    before, now = _told(undo)
    after = {"unit": opinion.reply.unit.name, "wish": opinion.wish, "ruling": form.ruling, **now}
    record(
        Action.RULED, by=by.actor, at=at, about=_about(opinion), before=before or None, after=after, why=why
    )
    return opinion


@transaction.atomic
def undo_ruling(opinion_id: int, *, by: Viewer, at: datetime) -> Opinion:
    """Take a ruling back: the row says again what it said before, unless somebody changed it since."""
    require(by, Act.REVIEW)
    opinion = _lock_opinion(opinion_id, by, act="撤销处理")
    if not opinion.ruling:
        return opinion
    after, now = _told(opinion.undo)
    before = {"ruling": opinion.ruling, "why": opinion.ruling_why, **now}
    if opinion.undo:
        _put_back(opinion, opinion.undo, at)
    opinion.ruling, opinion.ruling_why, opinion.undo = "", "", None
    opinion.ruled_by_id, opinion.ruled_at = None, None
    opinion.save()
    about = _about(opinion)
    record(Action.RULED, by=by.actor, at=at, about=about, before=before, after=after or None, why="撤销处理")
    return opinion


def _lock_opinion(opinion_id: int, by: Viewer, *, act: str) -> Opinion:
    opinion = Opinion.objects.filter(pk=opinion_id, task__place_id=by.place_id).select_related("task").first()
    if opinion is None:
        raise Http404
    breakdown = lock_breakdown(breakdown_of(opinion.task).pk, by)
    if breakdown.stage == Stage.ISSUED:
        raise Refused(Refusal.ALREADY_ISSUED, number=breakdown.document_number)
    if breakdown.stage in (Stage.APPROVAL, Stage.WITHDRAWN):
        stage = breakdown.get_stage_display()
        raise Refused(Refusal.WRONG_STAGE, stage=stage, act=act, first="退回草稿")
    return Opinion.objects.select_related("task", "reply__unit", "ruled_by").get(pk=opinion_id)


def _apply(opinion: Opinion, form: RulingForm, at: datetime) -> dict[str, Any] | None:
    """Let the draft say what is taken; what it was and is, for the undoing."""
    if opinion.kind in _WORDED:
        return _apply_words(opinion, form, at)
    if opinion.kind == OpinionKind.LEAD:
        return _apply_lead(opinion, at)
    return _apply_beside(opinion, at) if opinion.kind == OpinionKind.BESIDE else None


def _apply_words(opinion: Opinion, form: RulingForm, at: datetime) -> dict[str, Any]:
    state = _lock_state(opinion.task_id)
    if form.state_id != state.pk:
        raise Refused(Refusal.CHANGED_MEANWHILE, [f"现在写作：{state.text}"], who="别人")
    text = clean(form.text).strip() or opinion.wish
    if text != state.text:
        reword(state, text, at)
    return {"text_before": state.text, "text_after": text}


def _apply_lead(opinion: Opinion, at: datetime) -> dict[str, Any]:
    """The unit wished for leads; who led by the table is responsible from now on."""
    assert opinion.lead is not None
    unit = opinion.lead
    before = duties_of([opinion.task_id])[opinion.task_id]
    after = [new_duty(unit, Role.LEAD)]
    for duty in before:
        if duty["unit"] == unit.pk:
            continue
        stands_back = duty["role"] == Role.LEAD
        after.append({**duty, "role": Role.RESPONSIBLE.value, "basis": ""} if stands_back else duty)
    reassign(opinion.task_id, after, at, basis=BASIS)
    return {"duties_before": before, "duties_after": after}


def _apply_beside(opinion: Opinion, at: datetime) -> dict[str, Any]:
    """The unit wished for stands beside the lead, in the part the others have there."""
    assert opinion.lead is not None
    before = duties_of([opinion.task_id])[opinion.task_id]
    if any(duty["unit"] == opinion.lead_id for duty in before):
        return {"duties_before": before, "duties_after": before}
    roles = {duty["role"] for duty in before}
    helps = Role.SUPPORTING.value in roles and Role.RESPONSIBLE.value not in roles
    after = [*before, new_duty(opinion.lead, Role.SUPPORTING if helps else Role.RESPONSIBLE)]
    reassign(opinion.task_id, after, at, basis=BASIS)
    return {"duties_before": before, "duties_after": after}


def _put_back(opinion: Opinion, undo: dict[str, Any], at: datetime) -> None:
    if "text_before" in undo:
        state = _lock_state(opinion.task_id)
        if state.text != undo["text_after"]:
            raise Refused(Refusal.RULING_OVERTAKEN, [f"现在写作：{state.text}"])
        if undo["text_before"] != state.text:
            reword(state, undo["text_before"], at)
        return
    now = duties_of([opinion.task_id])[opinion.task_id]
    if not same_duties(now, undo["duties_after"]):
        raise Refused(Refusal.RULING_OVERTAKEN)
    reassign(opinion.task_id, undo["duties_before"], at, basis=BASIS)


def _told(undo: dict[str, Any] | None) -> tuple[dict[str, str], dict[str, str]]:
    """What a ruling changed, before and after, as history tells it."""
    undo = undo or {}
    if "text_before" in undo:
        return {"text": undo["text_before"]}, {"text": undo["text_after"]}
    if "duties_before" in undo:
        before, after = undo["duties_before"], undo["duties_after"]
        return {"duties": shown_duties(before)}, {"duties": shown_duties(after)}
    return {}, {}


def _lock_state(task_id: int) -> TaskState:
    states = TaskState.objects.select_for_update().filter(task_id=task_id, until__isnull=True)
    return states.get()  # type: ignore[no-any-return]


def _about(opinion: Opinion) -> list[tuple[str, object]]:
    return [
        ("breakdown", opinion.task.breakdown_id),
        ("consultation", opinion.reply.consultation_id),
        ("task", opinion.task_id),
    ]
