"""批示督办通知 as a `Paper`: what its page shows, and what .docx and PDF are made of."""

from dataclasses import asdict, replace
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from dukao.papers.official.instruction_papers import InstructionFacts, instruction_paper
from dukao.papers.official.values import Paper, say_date
from dukao.site.ledger.models import TaskState
from dukao.site.ledger.queries.papers import office_of
from dukao.site.people.models import Grant, Role, Unit
from dukao.site.supervision.models import Instruction
from dukao.site.supervision.pressing.instructing import followers_of

_DAYS = ("said_on", "dated", "due")
# What of a paper may change after it was checked, and what it is called.
_SHOWN = {
    "units": "承办单位",
    "task": "承办任务",
    "deadline": "任务时限",
    "by": "批示人或会议",
    "office": "发文机关",
    "contact": "联系人",
}


def name_of(instruction: Instruction) -> str:
    """What the paper is called."""
    return "会议议定事项督办通知" if instruction.meeting_id else "领导批示督办通知"


def instruction_number(instruction: Instruction) -> str:
    """临政办督批〔2024〕3号: counted through the year it was given in, decisions of meetings apart (督议).

    None is ever deleted, so that the count before it never changes.
    """
    if instruction.facts:
        return str(instruction.facts["number"])
    day = localdate(instruction.given_at)
    is_decision = instruction.meeting_id is not None
    counted = Instruction.objects.filter(
        place_id=instruction.place_id,
        meeting__isnull=not is_decision,
        given_at__year=day.year,
        pk__lte=instruction.pk,
    )
    kind = "议" if is_decision else "批"
    return f"{instruction.place.letters}督{kind}〔{day.year}〕{counted.count()}号"


def paper_of_instruction(instruction: Instruction) -> Paper:
    """The notice to those who are to do what a leader said or a meeting decided: a draft until signed.

    Once checked it says what it said then; only that it was taken back is told as it is.
    """
    facts = _read(instruction.facts) if instruction.facts else _draw(instruction)
    return instruction_paper(replace(facts, is_withdrawn=instruction.withdrawn_at is not None))


def units_named(instruction: Instruction) -> tuple[str, ...]:
    """The units its paper names: those of the moment it was checked, until then those of now."""
    kept = instruction.facts
    return tuple(kept["units"]) if kept else _names_of(instruction)


def changed_since(instruction: Instruction) -> tuple[str, ...]:
    """What its kept paper says otherwise than one drawn now would, line by line; empty where none is kept."""
    kept = instruction.facts
    if not kept:
        return ()
    now = facts_to_keep(instruction)
    said = ((label, _say(kept[name]), _say(now[name])) for name, label in _SHOWN.items())
    return tuple(
        f"{label}：核稿时是“{before}”，现在是“{after}”" for label, before, after in said if before != after
    )


def _say(said: Any) -> str:
    parts = said if isinstance(said, list | tuple) else [said or ""]
    return "、".join(part for part in parts if part) or "（没有）"


def facts_to_keep(instruction: Instruction) -> dict[str, Any]:
    """What its paper says at this moment, as plain JSON for `Instruction.facts`."""
    facts = asdict(_draw(instruction))
    return {name: said.isoformat() if isinstance(said, date) else said for name, said in facts.items()}


def _read(kept: dict[str, Any]) -> InstructionFacts:
    days = {name: date.fromisoformat(kept[name]) if kept[name] else None for name in _DAYS}
    number, words = kept["task"]
    return InstructionFacts(**kept | days | {"units": tuple(kept["units"]), "task": (number, words)})


def _draw(instruction: Instruction) -> InstructionFacts:
    place = instruction.place
    given_on = localdate(instruction.given_at)
    said = TaskState.objects.at(None).filter(task_id=instruction.task_id).first()
    return InstructionFacts(
        title=name_of(instruction),
        office=office_of(place),
        units=_names_of(instruction),
        number=instruction_number(instruction),
        by=_who(instruction),
        is_decision=instruction.meeting_id is not None,
        said_on=instruction.meeting.held_on if instruction.meeting else given_on,
        dated=localdate(instruction.signed_at) if instruction.signed_at else None,
        words=instruction.words,
        task=(instruction.task.number or "", said.text) if instruction.task and said else ("", ""),
        deadline=said.deadline_text or (say_date(said.deadline) if said.deadline else "") if said else "",
        due=instruction.due,
        contact=_contact(place.pk, place.name),
    )


def _names_of(instruction: Instruction) -> tuple[str, ...]:
    followers = followers_of(instruction)
    return tuple(Unit.objects.filter(pk__in=followers).values_list("name", flat=True))


def _who(instruction: Instruction) -> str:
    """The post and the name of the leader, or the meeting."""
    if instruction.meeting:
        return str(instruction.meeting)
    return f"{instruction.post}{instruction.given_by.name}"


def _contact(place_id: int, place: str) -> str:
    """The clerks a unit turns to."""
    clerks = Grant.objects.filter(
        role=Role.CLERK, until__isnull=True, user__place_id=place_id, user__is_active=True
    )
    names = list(clerks.order_by("user_id").values_list("user__name", flat=True)[:2])
    return f"{place}督查室{'、'.join(names)}" if names else ""
