"""Answers on paper: what a unit nobody can log in for wrote, put on record by the office with its ground."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.http import Http404
from django.utils.timezone import localdate

from dukao.progress.figures import say_day
from dukao.site.history.actions import record
from dukao.site.ledger.errors import Refusal
from dukao.site.ledger.locking import lock_breakdown
from dukao.site.ledger.models import Consultation, Opinion, Reply
from dukao.site.ledger.naming import Action
from dukao.site.ledger.queries.consultations import answered, asked_units, groups_of
from dukao.site.ledger.steps.consulting import (
    Speaker,
    Wish,
    about_round,
    put_opinion,
    round_of,
    withdraw_opinion,
)
from dukao.site.people.access import Act, Viewer, require
from dukao.site.people.models import Unit
from dukao.site.people.queries import out_of_reach
from dukao.site.refusals import Refused

_LABEL = "登记书面答复"


@transaction.atomic
def record_paper_answers(
    consultation_id: int, unit_ids: Sequence[int], source: str, *, by: Viewer, at: datetime
) -> list[Reply]:
    """全部无意见 as units said it on paper, `source`, as 某局3月5日复函; the replies.

    Refused as a whole where a unit was not asked, has answered, or can answer for itself.
    """
    consultation = _lock_running(consultation_id, by)
    said = _ground(source)
    units = [unit for unit in asked_units(consultation) if unit.pk in unit_ids]
    if not units or len(units) < len(set(unit_ids)):
        raise Refused(Refusal.NOBODY_ON_PAPER, status=422)
    known = answered(consultation)
    if spoke := [unit.name for unit in units if unit.pk in known]:
        raise Refused(Refusal.ANSWERED_ALREADY, units="、".join(spoke))
    _refuse_reached(units)
    # An opinion that was put on record and taken back left its row.
    left = {reply.unit_id: reply for reply in consultation.replies.filter(unit__in=units)}
    replies = [left.get(unit.pk) or Reply(consultation=consultation, unit=unit) for unit in units]
    for reply in replies:
        reply.agreed, reply.answered_at, reply.answered_by_id, reply.source = True, at, by.user_id, said
    Reply.objects.bulk_create(reply for reply in replies if reply.pk is None)
    written = ("agreed", "answered_at", "answered_by", "source")
    Reply.objects.bulk_update([left[unit_id] for unit_id in sorted(left)], written)
    after = {"units": [unit.name for unit in units], "agreed": True}
    about = about_round(consultation)
    record(Action.REPLIED, by=by.actor, at=at, about=about, after=after, why=said, label=_LABEL)
    return replies


@transaction.atomic
def record_paper_opinion(
    consultation_id: int, unit_id: int, task_id: int, wish: Wish, source: str, *, by: Viewer, at: datetime
) -> Opinion:
    """What a unit wants otherwise in one of its rows, as it wrote on the paper `source`.

    It is an opinion like every other: ruled on, and told to the meeting. What was recorded of the same
    before is replaced, and a unit put down as agreeing no longer does.
    """
    consultation = _lock_running(consultation_id, by)
    said = _ground(source)
    unit = next((one for one in asked_units(consultation) if one.pk == unit_id), None)
    if unit is None:
        raise Refused(Refusal.NOBODY_ON_PAPER, status=422)
    _refuse_reached([unit])
    groups = groups_of(unit, localdate(consultation.opened_at))
    speaker = Speaker(unit.pk, unit.name, frozenset(groups), said, _LABEL)
    return put_opinion(consultation, task_id, wish, speaker, by=by, at=at)


@transaction.atomic
def take_back_paper_opinion(opinion_id: int, *, by: Viewer, at: datetime) -> Opinion:
    """An opinion was put on record wrongly: it stays there as taken back, while nobody has ruled on it."""
    found = Opinion.objects.filter(pk=opinion_id, task__place_id=by.place_id).select_related("reply__unit")
    opinion = found.first()
    if opinion is None or not opinion.is_on_paper:
        raise Http404
    consultation, unit = _lock_running(opinion.reply.consultation_id, by), opinion.reply.unit.name
    return withdraw_opinion(opinion_id, consultation, unit, by=by, at=at, why="登记有误，撤回", label=_LABEL)


def _lock_running(consultation_id: int, by: Viewer) -> Consultation:
    """The round, its breakdown locked, while it is not closed: a letter may come after its last day."""
    require(by, Act.REVIEW)
    consultation = round_of(consultation_id, by)
    lock_breakdown(consultation.breakdown_id, by)
    consultation.refresh_from_db(fields=("closed_at",))
    if consultation.closed_at:
        raise Refused(Refusal.CONSULTATION_OVER, day=say_day(localdate(consultation.closed_at)))
    return consultation


def _ground(source: str) -> str:
    said = source.strip()[:300]
    if not said:
        raise Refused(Refusal.GROUND_MISSING, status=422)
    return said


def _refuse_reached(units: Sequence[Unit]) -> None:
    """Refuse to answer for units that can answer for themselves."""
    silent = {unit.pk for unit in out_of_reach(units)}
    if reached := [unit.name for unit in units if unit.pk not in silent]:
        raise Refused(Refusal.ANSWERS_ITSELF, units="、".join(reached))
