"""What a consultation shows: to a unit its own rows and words alone, to the office everybody's."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.timezone import localdate

from dukao.site.ledger.duties import Duty, duties_of
from dukao.site.ledger.models import (
    Breakdown,
    Consultation,
    Opinion,
    Placement,
    Reply,
    Responsibility,
    Role,
    Stage,
    Status,
    TaskState,
)
from dukao.site.people.access import Viewer
from dukao.site.people.models import Membership, Unit


@dataclass(frozen=True, slots=True)
class OwnRow:
    """A row of one unit: its place in the table, its words, everybody's part, what the unit said of it."""

    state: TaskState
    sign: str
    parts: str
    duties: list[Duty]
    opinions: list[Opinion]


@dataclass(frozen=True, slots=True)
class ReadOpinion:
    """An opinion beside what its row says now."""

    opinion: Opinion
    state: TaskState
    sign: str
    duties: list[Duty]

    @property
    def is_overtaken(self) -> bool:
        """Whether the row's words changed since the unit spoke of them."""
        return not self.opinion.ruling and self.state.text != self.opinion.about


@dataclass(frozen=True, slots=True)
class Answer:
    """One unit asked and what it answered; `reply` is None for silence."""

    unit: Unit
    reply: Reply | None
    opinions: list[Opinion]


def rounds_of(breakdown: Breakdown) -> QuerySet[Consultation]:
    """The rounds of asking, newest first."""
    return Consultation.objects.filter(breakdown=breakdown)


def consultations_for(viewer: Viewer) -> list[Consultation]:
    """The rounds in which the viewer's unit is or was asked, newest first."""
    if not viewer.unit_id:
        return []
    rounds = Consultation.objects.filter(breakdown__place_id=viewer.place_id)
    rounds = rounds.exclude(breakdown__stage=Stage.WITHDRAWN).select_related("breakdown")
    own = Responsibility.objects.at(None).filter(_rows_of_unit(viewer.unit_id, viewer.group_ids))
    has_rows = set(own.values_list("task__breakdown_id", flat=True))
    said = set(Reply.objects.filter(unit_id=viewer.unit_id).values_list("consultation_id", flat=True))
    return [
        one
        for one in rounds
        if one.pk in said or (viewer.unit_id in one.asked if one.closed_at else one.breakdown_id in has_rows)
    ]


def consultation_for(viewer: Viewer, consultation_id: int) -> Consultation:
    """A round in which the viewer's unit has a part; 404 for every other."""
    for consultation in consultations_for(viewer):
        if consultation.pk == consultation_id:
            return consultation
    raise Http404


def asked_units(consultation: Consultation) -> list[Unit]:
    """The units with a part in the draft, itself or through a group; once closed, those written down."""
    if consultation.closed_at:
        return list(Unit.objects.filter(pk__in=consultation.asked))
    duties = Responsibility.objects.at(None).filter(
        task__breakdown_id=consultation.breakdown_id, task_id__in=_drafts_of(consultation.breakdown_id)
    )
    day = localdate(consultation.opened_at)
    members = Membership.objects.on(day).filter(group_id__in=duties.values("group_id"))
    part = Q(pk__in=duties.values("unit_id")) | Q(pk__in=members.values("unit_id"))
    return list(Unit.objects.filter(part, place_id=consultation.breakdown.place_id))


def answered(consultation: Consultation) -> dict[int, Reply]:
    """The units that answered, by id: agreed, or with an opinion that still stands."""
    replies = Reply.objects.filter(consultation=consultation).select_related("unit", "answered_by")
    standing = set(
        Opinion.objects.filter(reply__consultation=consultation, withdrawn_at__isnull=True).values_list(
            "reply_id", flat=True
        )
    )
    return {reply.unit_id: reply for reply in replies if reply.agreed or reply.pk in standing}


def answers_of(consultation: Consultation) -> list[Answer]:
    """Everybody asked, those who gave opinions first, then who agreed, then who was silent."""
    replies = answered(consultation)
    opinions = defaultdict(list)
    for opinion in opinions_of(consultation):
        opinions[opinion.reply.unit_id].append(opinion)
    units = {unit.pk: unit for unit in asked_units(consultation)}
    units |= {reply.unit_id: reply.unit for reply in replies.values() if reply.unit_id not in units}
    answers = [Answer(unit, replies.get(unit.pk), opinions[unit.pk]) for unit in units.values()]
    return sorted(answers, key=lambda one: (not one.opinions, one.reply is None))


def opinions_of(consultation: Consultation) -> list[Opinion]:
    """The opinions that stand, in the order of the table."""
    found = Opinion.objects.filter(reply__consultation=consultation, withdrawn_at__isnull=True)
    found = found.select_related("reply__unit", "reply__answered_by", "task", "lead", "ruled_by")
    order = dict(
        TaskState.objects.at(None)
        .filter(task__breakdown_id=consultation.breakdown_id)
        .values_list("task_id", "order")
    )
    return sorted(found, key=lambda one: (order.get(one.task_id, 0), one.pk))


def read_opinions(opinions: Sequence[Opinion]) -> list[ReadOpinion]:
    """Opinions beside what their rows say now."""
    ids = [one.task_id for one in opinions]
    states = {one.task_id: one for one in TaskState.objects.at(None).filter(task_id__in=ids)}
    signs, duties = signs_of(ids), duties_of(ids)
    return [
        ReadOpinion(one, states[one.task_id], signs.get(one.task_id, ""), duties[one.task_id])
        for one in opinions
    ]


def own_rows(
    consultation: Consultation, unit: Unit, group_ids: Sequence[int], moment: datetime | None = None
) -> list[OwnRow]:
    """The rows of one unit as they stood at `moment`, with its own opinions and nobody else's."""
    part = _rows_of_unit(unit.pk, group_ids)
    own = Responsibility.objects.at(moment).filter(part, task__breakdown_id=consultation.breakdown_id)
    states = TaskState.objects.at(moment).filter(task_id__in=own.values("task_id")).select_related("task")
    found = list(states.exclude(status=Status.WITHDRAWN).order_by("order"))
    ids = [state.task_id for state in found]
    signs, duties = signs_of(ids, moment), duties_of(ids, moment)
    opinions = defaultdict(list)
    said = Opinion.objects.filter(reply__consultation=consultation, reply__unit=unit)
    for opinion in said.filter(withdrawn_at__isnull=True).select_related("lead"):
        opinions[opinion.task_id].append(opinion)
    mine = set(own.values_list("task_id", "role"))
    return [
        OwnRow(
            state,
            signs.get(state.task_id, ""),
            "、".join(role.label for role in Role if (state.task_id, role.value) in mine),
            duties[state.task_id],
            opinions[state.task_id],
        )
        for state in found
    ]


def signs_of(task_ids: Sequence[int], moment: datetime | None = None) -> dict[int, str]:
    """Where each task stands in the table: 三-5、四-1."""
    found: dict[int, str] = {}
    placements = Placement.objects.at(moment).filter(task_id__in=task_ids).order_by("order", "id")
    for task_id, row in placements.values_list("task_id", "row"):
        known = found.get(task_id, "")
        if row not in known.split("、"):
            found[task_id] = f"{known}、{row}" if known else row
    return found


def groups_of(unit: Unit, day: date) -> list[int]:
    """The groups a unit belongs to on a day."""
    return list(Membership.objects.on(day).filter(unit=unit).values_list("group_id", flat=True))


def is_open(consultation: Consultation, now: datetime) -> bool:
    """Whether a unit may still answer: not closed, and its last day not over."""
    return consultation.closed_at is None and localdate(now) <= consultation.due


def _rows_of_unit(unit_id: int, group_ids: Sequence[int] | frozenset[int]) -> Q:
    return Q(unit_id=unit_id) | Q(group_id__in=list(group_ids))


def _drafts_of(breakdown_id: int) -> QuerySet[TaskState, dict[str, Any]]:
    states = TaskState.objects.at(None).filter(task__breakdown_id=breakdown_id)
    return states.exclude(status=Status.WITHDRAWN).values("task_id")
