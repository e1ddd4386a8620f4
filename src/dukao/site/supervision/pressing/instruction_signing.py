"""批示督办通知 goes the way of every paper: 拟稿 by the program, 核稿, 签发. The words hold without it."""

from datetime import datetime

from django.db import transaction
from django.http import Http404
from django.utils.timezone import localdate

from dukao.site.history.actions import record
from dukao.site.people.access import Act, Viewer, require
from dukao.site.refusals import Refused
from dukao.site.supervision.models import Instruction
from dukao.site.supervision.naming import Action
from dukao.site.supervision.pressing.errors import Refusal
from dukao.site.supervision.pressing.instruction_paper import (
    changed_since,
    facts_to_keep,
    instruction_number,
    name_of,
)


@transaction.atomic
def check_paper(instruction_id: int, *, by: Viewer, at: datetime) -> Instruction:
    """核稿: somebody of the office who did not write the words down; what is checked is what will be signed.

    One that was checked is checked anew only where the record has become another since.
    """
    require(by, Act.SIGN, Act.PRESS)
    instruction = _lock(instruction_id, by, "核稿", is_checked=False)
    if instruction.given_by_id == by.user_id:
        raise Refused(Refusal.OTHER_CHECKS)
    instruction.checked_by_id, instruction.checked_at = by.user_id, at
    instruction.facts = facts_to_keep(instruction)
    instruction.save(update_fields=("checked_by", "checked_at", "facts"))
    return _record(Action.INSTRUCTION_CHECKED, instruction, by=by, at=at)


@transaction.atomic
def sign_paper(instruction_id: int, *, by: Viewer, at: datetime) -> Instruction:
    """签发: the head signs; the paper has its number and day and is the units' to read, as it was checked."""
    require(by, Act.SIGN)
    instruction = _lock(instruction_id, by, "签发", is_checked=True)
    instruction.signed_by_id, instruction.signed_at = by.user_id, at
    checked = instruction.facts or facts_to_keep(instruction)
    instruction.facts = checked | {"dated": localdate(at).isoformat()}
    instruction.save(update_fields=("signed_by", "signed_at", "facts"))
    return _record(Action.INSTRUCTION_SIGNED, instruction, by=by, at=at)


def _lock(instruction_id: int, by: Viewer, what: str, *, is_checked: bool) -> Instruction:
    """One of the viewer's place whose paper is at this step, locked."""
    found = Instruction.objects.select_for_update(of=("self",)).select_related("place")
    instruction: Instruction | None = found.filter(pk=instruction_id, place_id=by.place_id).first()
    if instruction is None:
        raise Http404
    if instruction.withdrawn_at:
        raise Refused(Refusal.INSTRUCTION_DONE, stage="已经收回", what=what)
    has_come = instruction.checked_at is not None
    if instruction.signed_at or (has_come and not is_checked and not changed_since(instruction)):
        stage = "已签发" if instruction.signed_at else "已核稿"
        raise Refused(Refusal.NOTICE_STAGE, name=name_of(instruction), stage=stage, what=what)
    if is_checked and not has_come:
        raise Refused(Refusal.NOT_CHECKED)
    return instruction


def _record(action: Action, instruction: Instruction, *, by: Viewer, at: datetime) -> Instruction:
    about: list[tuple[str, object]] = [("instruction", instruction.pk)]
    about += [("task", instruction.task_id)] if instruction.task_id else []
    label = str(action.label).replace("批示督办通知", name_of(instruction))
    after = {"文书": f"{name_of(instruction)}（{instruction_number(instruction)}）"}
    record(action, by=by.actor, at=at, about=about, after=after, label=label)
    return instruction
