"""批示和会议议定事项: given, followed by the unit's steps, ended by the office; open until then."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.http import Http404
from django.utils.timezone import localdate

from dukao.site.history.actions import record
from dukao.site.ledger.access import visible_task
from dukao.site.ledger.models import Placement, Task
from dukao.site.people.access import Act, Viewer, may, require
from dukao.site.people.models import Unit
from dukao.site.refusals import Refused
from dukao.site.supervision.access import leading_units, units_of
from dukao.site.supervision.models import Instruction, InstructionStep, Meeting
from dukao.site.supervision.naming import Action
from dukao.site.supervision.pressing.errors import Refusal


@dataclass(frozen=True, slots=True)
class Decision:
    """What a meeting decided: who does it, by when, and the task it belongs to if the ledger has one."""

    words: str
    unit_id: int
    due: date | None = None
    task_id: int | None = None


@transaction.atomic
def give_instruction(
    task_id: int, words: str, due: date | None = None, *, by: Viewer, at: datetime
) -> Instruction:
    """作出批示: a leader says something of a task of the own post; the whole is the head of government's."""
    require(by, Act.INSTRUCT)
    task = visible_task(by, task_id)
    _insist(words, "批示内容", "承办单位要知道办什么")
    _refuse_past(due, at)
    instruction = Instruction.objects.create(
        place_id=by.place_id,
        task=task,
        post_id=_post_of(task, by),
        words=words.strip(),
        due=due,
        given_by_id=by.user_id,
        given_at=at,
    )
    return _record(Action.INSTRUCTED, instruction, by=by, at=at)


@transaction.atomic
def record_decision(meeting_id: int, decision: Decision, *, by: Viewer, at: datetime) -> Instruction:
    """Write down what a meeting decided; it is followed up like an instruction."""
    require(by, Act.PRESS)
    meeting = Meeting.objects.filter(pk=meeting_id, place_id=by.place_id).first()
    unit = Unit.objects.filter(pk=decision.unit_id, place_id=by.place_id).first()
    if meeting is None or unit is None:
        raise Http404
    task = visible_task(by, decision.task_id) if decision.task_id else None
    _insist(decision.words, "议定事项", "承办单位要知道办什么")
    instruction = Instruction.objects.create(
        place_id=by.place_id,
        task=task,
        meeting=meeting,
        unit=unit,
        words=decision.words.strip(),
        due=decision.due,
        given_by_id=by.user_id,
        given_at=at,
    )
    return _record(Action.DECIDED, instruction, by=by, at=at)


@transaction.atomic
def tie_to_task(instruction_id: int, task_id: int, *, by: Viewer, at: datetime) -> Instruction:
    """Tie a decision to the row the ledger has for it by now; a paper not yet signed is checked anew."""
    require(by, Act.PRESS)
    instruction = _lock(instruction_id, by, "挂到任务")
    before = plain(instruction)
    if instruction.checked_by and instruction.signed_at is None:
        before["核稿"] = instruction.checked_by.name
        instruction.checked_by, instruction.checked_at, instruction.facts = None, None, {}
    instruction.task = visible_task(by, task_id)
    instruction.save(update_fields=("task", "checked_by", "checked_at", "facts"))
    return _record(Action.DECIDED, instruction, by=by, at=at, before=before)


@transaction.atomic
def follow_instruction(instruction_id: int, words: str, *, by: Viewer, at: datetime) -> InstructionStep:
    """报落实情况: a unit that does it, or the office for it, says what became of it so far."""
    instruction = _lock(instruction_id, by, "报落实情况")
    unit = _follower(instruction, by)
    _insist(words, "落实情况", "督查室要知道办到哪一步")
    step = InstructionStep.objects.create(
        instruction=instruction, unit_id=unit, words=words.strip(), said_by_id=by.user_id, said_at=at
    )
    after = {"落实情况": step.words}
    record(Action.INSTRUCTION_FOLLOWED, by=by.actor, at=at, about=_about(instruction), after=after)
    return step


@transaction.atomic
def end_instruction(instruction_id: int, why: str, *, by: Viewer, at: datetime) -> Instruction:
    """The office ends it, with its opinion of what was done."""
    require(by, Act.PRESS)
    _insist(why, "办结意见", "领导要知道办成了什么")
    instruction = _lock(instruction_id, by, "办结")
    before = plain(instruction)
    instruction.done_at, instruction.done_by_id, instruction.done_why = at, by.user_id, why.strip()
    instruction.save()
    return _record(Action.INSTRUCTION_DONE, instruction, by=by, at=at, before=before, why=why)


@transaction.atomic
def withdraw_instruction(instruction_id: int, why: str, *, by: Viewer, at: datetime) -> Instruction:
    """Take it back with a reason: a leader the own one, the office a decision it wrote down."""
    instruction = _lock(instruction_id, by, "收回")
    before = plain(instruction)
    if instruction.meeting_id:
        require(by, Act.PRESS)
    else:
        require(by, Act.INSTRUCT)
        if instruction.given_by_id != by.user_id:
            raise Refused(Refusal.NOT_YOUR_POST, status=403)
    _insist(why, "收回理由", "它会留在历史记录里")
    instruction.withdrawn_at, instruction.withdrawn_why = at, why.strip()
    instruction.save()
    return _record(Action.INSTRUCTION_WITHDRAWN, instruction, by=by, at=at, before=before, why=why)


def followers_of(instruction: Instruction) -> frozenset[int]:
    """The units that are to do it: the one a meeting named, else those that lead or file for the task."""
    if instruction.unit_id:
        return frozenset({instruction.unit_id})
    assert instruction.task_id is not None
    return frozenset(leading_units([instruction.task_id]).get(instruction.task_id, ()))


def doers_of(instructions: Iterable[Instruction]) -> dict[int, str]:
    """The names of the units that are to do each, as `followers_of` says; two queries."""
    every = list(instructions)
    tasks = {one.task_id for one in every if one.task_id and not one.unit_id}
    led = leading_units(tasks) if tasks else {}
    of = {one.pk: (one.unit_id,) if one.unit_id else led.get(one.task_id or 0, ()) for one in every}
    units = Unit.objects.filter(pk__in={pk for own in of.values() for pk in own})
    names = dict(units.values_list("pk", "name"))
    return {pk: "、".join(names[unit] for unit in own) for pk, own in of.items()}


def plain(instruction: Instruction) -> dict[str, object]:
    """An instruction as plain JSON for the history; what it does not say is left out."""
    said = {
        "内容": instruction.words,
        "期限": instruction.due.isoformat() if instruction.due else "",
        "任务": str(instruction.task) if instruction.task else "",
        "单位": instruction.unit.name if instruction.unit else "",
        "办结意见": instruction.done_why,
    }
    return {name: value for name, value in said.items() if value}


def _post_of(task: Task, by: Viewer) -> int:
    """The post somebody speaks from: the one that leads the task; the head of government from any."""
    led = Placement.objects.at(None).filter(task=task, post_id__in=by.post_ids)
    post = led.values_list("post_id", flat=True).first()
    if post is None and by.is_head_of_government:
        post = min(by.post_ids)
    if post is None:
        raise Refused(Refusal.NOT_YOUR_POST, status=403)
    return int(post)


def _follower(instruction: Instruction, by: Viewer) -> int | None:
    """The unit somebody follows up for; None for the office."""
    if may(by, Act.PRESS):
        return None
    require(by, Act.FILE)
    own = units_of(by) & followers_of(instruction)
    if not own:
        raise Refused(Refusal.NOT_FOLLOWING, status=403)
    return min(own)


def _insist(words: str, what: str, why: str) -> None:
    if not words.strip():
        raise Refused(Refusal.NEEDS_WORDS, status=422, what=what, why=why)


def _refuse_past(due: date | None, at: datetime) -> None:
    if due is not None and due < localdate(at):
        raise Refused(Refusal.DUE_PAST, status=422, what="办理期限", day=due)


def _lock(instruction_id: int, by: Viewer, what: str) -> Instruction:
    """One of the viewer's place that is still open, locked."""
    found = Instruction.objects.select_for_update(of=("self",)).select_related("task", "unit")
    instruction: Instruction | None = found.filter(pk=instruction_id, place_id=by.place_id).first()
    if instruction is None:
        raise Http404
    if not instruction.is_open:
        stage = "已经办结" if instruction.done_at else "已经收回"
        raise Refused(Refusal.INSTRUCTION_DONE, stage=stage, what=what)
    return instruction


def _about(instruction: Instruction) -> list[tuple[str, object]]:
    about: list[tuple[str, object]] = [("instruction", instruction.pk)]
    for kind, key in (
        ("task", instruction.task_id),
        ("unit", instruction.unit_id),
        ("meeting", instruction.meeting_id),
    ):
        about += [(kind, key)] if key else []
    return about


def _record(
    action: Action,
    instruction: Instruction,
    *,
    by: Viewer,
    at: datetime,
    before: object = None,
    why: str = "",
) -> Instruction:
    record(
        action,
        by=by.actor,
        at=at,
        about=_about(instruction),
        before=before,
        after=plain(instruction),
        why=why.strip(),
    )
    return instruction
