"""征求意见: units are asked until a day, and answer for their own rows; silence is written down by name."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.utils.timezone import localdate

from dukao.progress.figures import say_day
from dukao.progress.workdays import add_workdays
from dukao.site.history.actions import record
from dukao.site.ledger.errors import Refusal
from dukao.site.ledger.locking import lock_breakdown
from dukao.site.ledger.models import (
    Breakdown,
    Consultation,
    Opinion,
    OpinionKind,
    Reply,
    Responsibility,
    Stage,
    Task,
    TaskState,
)
from dukao.site.ledger.naming import Action, clean
from dukao.site.ledger.queries.consultations import answered, asked_units
from dukao.site.people.access import Act, Viewer, require
from dukao.site.people.models import Unit
from dukao.site.refusals import Refused

USUAL_DAYS = 5


@dataclass(frozen=True, slots=True)
class Wish:
    """What a unit wants otherwise in one row: other words, another lead, a unit more, or something else.

    `lead_id` is the unit that is to lead, or to stand beside.
    """

    kind: OpinionKind
    reason: str
    text: str = ""
    lead_id: int | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    """The unit that speaks, with its groups; on paper also which paper, and what history calls the deed."""

    unit_id: int
    name: str
    group_ids: frozenset[int]
    source: str = ""
    label: str = ""


def usual_due(today: date) -> date:
    """Five working days of the Chinese calendar after `today`; CalendarUnknown where it is not published."""
    return add_workdays(today, USUAL_DAYS)


@transaction.atomic
def open_consultation(breakdown_id: int, due: date, *, by: Viewer, at: datetime) -> Consultation:
    """Ask every unit of a draft for its opinion until the end of a day; a second round may follow a first."""
    require(by, Act.REVIEW)
    breakdown = lock_breakdown(breakdown_id, by)
    if breakdown.stage not in (Stage.DRAFT, Stage.CONSULTATION):
        stage, first = breakdown.get_stage_display(), "退回草稿"
        raise Refused(Refusal.WRONG_STAGE, stage=stage, act="送征求意见", first=first)
    running = running_consultation(breakdown)
    if running:
        raise Refused(Refusal.ALREADY_ASKED, due=say_day(running.due))
    if due < localdate(at):
        raise Refused(Refusal.DUE_IN_THE_PAST, due=say_day(due))
    consultation = Consultation.objects.create(breakdown=breakdown, opened_at=at, due=due)
    asked = asked_units(consultation)
    if not asked:
        raise Refused(Refusal.NOBODY_TO_ASK)
    breakdown.stage = Stage.CONSULTATION
    breakdown.save(update_fields=("stage",))
    after = {"due": due.isoformat(), "units": [unit.name for unit in asked]}
    record(Action.CONSULTED, by=by.actor, at=at, about=about_round(consultation), after=after)
    return consultation


@transaction.atomic
def agree(consultation_id: int, *, by: Viewer, at: datetime) -> Reply:
    """全部无意见: the unit agrees to all its rows; what it said before and nobody ruled on is taken back."""
    consultation = _lock_running(consultation_id, by, at)
    reply = _reply_of(consultation, Speaker(by.unit_id or 0, by.unit_name, by.group_ids), by, at)
    standing = reply.opinions.filter(withdrawn_at__isnull=True)
    ruled = standing.exclude(ruling="").first()
    if ruled:
        raise Refused(Refusal.OPINION_RULED, ruling=ruled.ruling_said)
    taken_back = standing.update(withdrawn_at=at)
    reply.agreed = True
    reply.save(update_fields=("agreed",))
    after = {"unit": by.unit_name, "agreed": True, "taken_back": taken_back}
    record(Action.REPLIED, by=by.actor, at=at, about=about_round(consultation), after=after)
    return reply


@transaction.atomic
def give_opinion(consultation_id: int, task_id: int, wish: Wish, *, by: Viewer, at: datetime) -> Opinion:
    """A unit wants something otherwise in one of its rows; what it said of the same before is replaced."""
    consultation = _lock_running(consultation_id, by, at)
    speaker = Speaker(by.unit_id or 0, by.unit_name, by.group_ids)
    return put_opinion(consultation, task_id, wish, speaker, by=by, at=at)


def put_opinion(
    consultation: Consultation, task_id: int, wish: Wish, speaker: Speaker, *, by: Viewer, at: datetime
) -> Opinion:
    """The opinion of `speaker` on record; part of an action whose caller has locked the round."""
    state = _own_row(consultation, task_id, speaker)
    reason = wish.reason.strip()
    if not reason:
        raise Refused(Refusal.REASON_MISSING, reader="督查室", status=422)
    kind, said, party = _read_wish(wish, state, by)
    reply = _reply_of(consultation, speaker, by, at)
    before = _replaced(reply, state.task, kind, at)
    opinion = Opinion.objects.create(
        reply=reply,
        task=state.task,
        kind=kind,
        about=state.text,
        wish=said,
        lead=party,
        reason=reason,
        source=speaker.source,
        given_at=at,
    )
    reply.agreed = False
    reply.save(update_fields=("agreed",))
    after = {"unit": speaker.name, "kind": kind, "wish": said, "reason": reason}
    about = [*about_round(consultation), ("task", task_id)]
    more = {"why": speaker.source, "label": speaker.label} if speaker.source else {}
    record(Action.REPLIED, by=by.actor, at=at, about=about, before=before, after=after, **more)
    return opinion


@transaction.atomic
def take_back_opinion(opinion_id: int, *, by: Viewer, at: datetime) -> Opinion:
    """A unit thinks better of it; the opinion stays on record as taken back."""
    found = Opinion.objects.filter(pk=opinion_id, reply__unit_id=by.unit_id or 0).select_related("reply")
    opinion = found.first()
    if opinion is None:
        raise Http404
    consultation = _lock_running(opinion.reply.consultation_id, by, at)
    return withdraw_opinion(opinion_id, consultation, by.unit_name, by=by, at=at, why="单位撤回意见")


def withdraw_opinion(
    opinion_id: int,
    consultation: Consultation,
    unit: str,
    *,
    by: Viewer,
    at: datetime,
    why: str,
    label: str = "",
) -> Opinion:
    """The opinion of a unit in a locked round, on record as taken back; refused once it is ruled on."""
    opinion = Opinion.objects.select_for_update().get(pk=opinion_id)
    if opinion.ruling:
        raise Refused(Refusal.OPINION_RULED, ruling=opinion.ruling_said)
    if opinion.withdrawn_at is None:
        opinion.withdrawn_at = at
        opinion.save(update_fields=("withdrawn_at",))
        about = [*about_round(consultation), ("task", opinion.task_id)]
        before = {"unit": unit, "kind": opinion.kind, "wish": opinion.wish}
        record(Action.REPLIED, by=by.actor, at=at, about=about, before=before, why=why, label=label)
    return opinion


@transaction.atomic
def close_consultation(consultation_id: int, *, by: Viewer, at: datetime) -> Consultation:
    """End a round; who was asked is written down, and who did not answer by name."""
    require(by, Act.REVIEW)
    consultation = round_of(consultation_id, by)
    lock_breakdown(consultation.breakdown_id, by)
    consultation.refresh_from_db()
    if consultation.closed_at:
        raise Refused(Refusal.CONSULTATION_OVER, day=say_day(localdate(consultation.closed_at)))
    end_consultation(consultation, by, at)
    return consultation


def end_consultation(consultation: Consultation, by: Viewer, at: datetime) -> None:
    """Close a round whose breakdown the caller has locked, and record it."""
    asked = asked_units(consultation)
    replied = answered(consultation)
    consultation.asked, consultation.closed_at = [unit.pk for unit in asked], at
    consultation.save(update_fields=("asked", "closed_at"))
    after = {
        "asked": len(asked),
        "agreed": [unit.name for unit in asked if unit.pk in replied and replied[unit.pk].agreed],
        "opinions": [unit.name for unit in asked if unit.pk in replied and not replied[unit.pk].agreed],
        "silent": [unit.name for unit in asked if unit.pk not in replied],
    }
    record(Action.CONSULTATION_CLOSED, by=by.actor, at=at, about=about_round(consultation), after=after)


def running_consultation(breakdown: Breakdown) -> Consultation | None:
    """The round that is open, None where there is none."""
    return Consultation.objects.filter(breakdown=breakdown, closed_at__isnull=True).first()


def round_of(consultation_id: int, by: Viewer) -> Consultation:
    """A round of the viewer's place with its breakdown; 404 for any other."""
    found = Consultation.objects.filter(pk=consultation_id, breakdown__place_id=by.place_id)
    consultation = found.select_related("breakdown").first()
    if consultation is None:
        raise Http404
    return consultation


def _lock_running(consultation_id: int, by: Viewer, at: datetime) -> Consultation:
    """The round a unit may still answer, its breakdown locked."""
    require(by, Act.ANSWER)
    consultation = round_of(consultation_id, by)
    lock_breakdown(consultation.breakdown_id, by)
    consultation.refresh_from_db(fields=("closed_at", "due"))
    if not by.unit_id or by.unit_id not in {unit.pk for unit in asked_units(consultation)}:
        raise Http404
    if consultation.closed_at or localdate(at) > consultation.due:
        day = localdate(consultation.closed_at) if consultation.closed_at else consultation.due
        raise Refused(Refusal.CONSULTATION_OVER, day=say_day(day))
    return consultation


def _own_row(consultation: Consultation, task_id: int, speaker: Speaker) -> TaskState:
    part = Q(unit_id=speaker.unit_id) | Q(group_id__in=speaker.group_ids)
    own = Responsibility.objects.at(None).filter(part, task_id=task_id)
    states = TaskState.objects.at(None).filter(
        task_id=task_id, task__breakdown_id=consultation.breakdown_id, status="draft"
    )
    state = states.select_related("task").first()
    if state is None or not own.exists():
        raise Http404
    return state  # type: ignore[no-any-return]


def _read_wish(wish: Wish, state: TaskState, by: Viewer) -> tuple[OpinionKind, str, Unit | None]:
    """What is wished for: a text whose numbers alone differ is a wish for another number."""
    if wish.kind in (OpinionKind.LEAD, OpinionKind.BESIDE):
        unit = Unit.objects.filter(pk=wish.lead_id or 0, place_id=by.place_id).first()
        duties = Responsibility.objects.at(None).filter(task=state.task, unit=unit)
        if wish.kind == OpinionKind.LEAD:
            duties = duties.filter(role="lead")
        if unit is None or duties.exists():
            raise Refused(Refusal.WISH_SAYS_NOTHING, status=422)
        return wish.kind, unit.name, unit
    text = clean(wish.text).strip()
    if not text or text == state.text:
        raise Refused(Refusal.WISH_SAYS_NOTHING, status=422)
    if wish.kind == OpinionKind.OTHER:
        return OpinionKind.OTHER, text, None
    same_words = _without_digits(text) == _without_digits(state.text)
    return (OpinionKind.NUMBER if same_words else OpinionKind.TEXT), text, None


def _without_digits(text: str) -> str:
    return "".join(sign for sign in text if not (sign.isdigit() or sign in ".％%　 "))


def _reply_of(consultation: Consultation, speaker: Speaker, by: Viewer, at: datetime) -> Reply:
    reply = Reply.objects.filter(consultation=consultation, unit_id=speaker.unit_id).first()
    if reply is None:
        reply = Reply(consultation=consultation, unit_id=speaker.unit_id, agreed=False)
    reply.answered_at, reply.answered_by_id = at, by.user_id
    if not speaker.source:
        reply.source = ""  # the unit speaks for itself now
    elif speaker.source not in reply.source:
        reply.source = "；".join(filter(None, (reply.source, speaker.source)))[:300]
    reply.save()
    return reply


def _replaced(reply: Reply, task: Task, kind: OpinionKind, at: datetime) -> dict[str, str] | None:
    """Take back what the unit said before of the same; what it was."""
    worded = (OpinionKind.TEXT, OpinionKind.NUMBER)
    kinds = worded if kind in worded else (kind,)
    for known in reply.opinions.filter(task=task, kind__in=kinds, withdrawn_at__isnull=True):
        if known.ruling:
            raise Refused(Refusal.OPINION_RULED, ruling=known.ruling_said)
        known.withdrawn_at = at
        known.save(update_fields=("withdrawn_at",))
        return {"kind": known.kind, "wish": known.wish, "reason": known.reason}
    return None


def about_round(consultation: Consultation) -> list[tuple[str, object]]:
    """What an entry on a round is about."""
    return [("breakdown", consultation.breakdown_id), ("consultation", consultation.pk)]
