"""登记事项: an item is entered as a draft of a task, amended, or taken back; its columns are kept by day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from dukao.site.history.actions import record
from dukao.site.ledger.duties import duties_of, same_duties
from dukao.site.ledger.items import ItemWords, drop_item, post_of, reword_item, write_item
from dukao.site.ledger.models import Role, Status, Task, TaskState
from dukao.site.people.access import Act, Viewer, require
from dukao.site.refusals import Refused
from dukao.site.supervision.access import leading_units
from dukao.site.supervision.assigning.actions import objection_due
from dukao.site.supervision.models import Assignment, RegisterEntry
from dukao.site.supervision.naming import Action
from dukao.site.supervision.registers.access import Kept, lock_item, lock_register, require_fill
from dukao.site.supervision.registers.cells import read_values, say_cell
from dukao.site.supervision.registers.errors import Refusal

Cells = Mapping[str, str]
_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to become of an item: its words as a task (None: left as they are), its columns as typed.

    `seen` is the version the writer started from (`version_of`), None where nobody else can have changed it.
    """

    words: ItemWords | None
    cells: Cells
    why: str = ""
    seen: str | None = None


@transaction.atomic
def enter_item(code: str, asked: Asked, year: int, *, by: Viewer, at: datetime) -> Task:
    """Put an item on a list as a draft: everybody sees it once it is in force."""
    require(by, Act.KEEP_REGISTERS)
    kept = lock_register(code, by)
    refuse_closed_list(kept, at)
    assert asked.words is not None
    values = _read(kept, asked, is_office=True, before={})
    withheld = "" if kept.terms.may_be_public else f"{kept.name}不对外公开"
    order = RegisterEntry.objects.filter(register_id=kept.pk).values("task_id").distinct().count() + 1
    task = write_item(by.place_id, year, asked.words, at, withheld=withheld, order=order)
    RegisterEntry.objects.create(register_id=kept.pk, task=task, values=values, since=at)
    after = {"清单": kept.name, **_plain_words(asked.words), **plain_values(kept, values)}
    record(Action.ITEM_ENTERED, by=by.actor, at=at, about=about(kept, task.pk), after=after)
    return task


@transaction.atomic
def change_item(code: str, task_id: int, asked: Asked, *, by: Viewer, at: datetime) -> bool:
    """Amend an item: the office all of it, with a reason once it is in force; the lead unit its own columns.

    What an item of the breakdown says is changed by a supplement; here only the list's columns are.
    """
    is_office = require_fill(by, task_id)
    kept = lock_register(code, by)
    state, entry = lock_item(kept, task_id, by)
    if state.status == Status.WITHDRAWN:
        raise Refused(Refusal.FIXED, stage="撤回", what="修改")
    if asked.seen is not None and asked.seen != version_of(state, entry):
        raise Refused(Refusal.MEANWHILE)
    before = dict(entry.values) if entry else {}
    values = _read(kept, asked, is_office=is_office, before=before)
    words = asked.words if is_office and kept.terms.is_own else None
    old = words_of(state) if words else None
    moved = words is not None and old is not None and not _same(words, old)
    if not moved and values == before:
        raise Refused(Refusal.SAME, status=422)
    if moved and state.status == Status.ISSUED and not asked.why.strip():
        raise Refused(Refusal.NEEDS_WHY, status=422)
    said = (plain_values(kept, before), plain_values(kept, values))
    if moved and words and old:
        reword_item(state, words, at)
        if state.status == Status.ISSUED:
            send_on(task_id, by, at)
        said = (said[0] | _plain_words(old), said[1] | _plain_words(words))
    if values != before:
        _say_values(kept, entry, task_id, values, at)
    record(
        Action.ITEM_CHANGED,
        by=by.actor,
        at=at,
        about=about(kept, task_id),
        before=said[0],
        after=said[1],
        why=asked.why.strip(),
    )
    return moved


@transaction.atomic
def take_back_item(code: str, task_id: int, why: str, *, by: Viewer, at: datetime) -> None:
    """Take a draft off a list; what is in force ends by an act (终止), not here."""
    require(by, Act.KEEP_REGISTERS)
    kept = lock_register(code, by)
    state, _ = lock_item(kept, task_id, by)
    if state.status != Status.DRAFT:
        raise Refused(Refusal.FIXED, stage="立项" if state.status == Status.ISSUED else "撤回", what="撤回")
    drop_item(state, at)
    after = {"清单": kept.name, "事项": state.text}
    record(
        Action.ITEM_TAKEN_BACK, by=by.actor, at=at, about=about(kept, task_id), after=after, why=why.strip()
    )


def send_on(task_id: int, by: Viewer, at: datetime) -> None:
    """Assign an item to the units that lead it and were not sent it yet. Part of an action."""
    sent = set(Assignment.objects.filter(task_id=task_id).values_list("unit_id", flat=True))
    fresh = [unit for unit in leading_units([task_id]).get(task_id, ()) if unit not in sent]
    if fresh:
        due = objection_due(by.place_id, localdate(at))
        Assignment.objects.bulk_create(
            Assignment(task_id=task_id, unit_id=unit, sent_at=at, due=due) for unit in fresh
        )


def refuse_closed_list(kept: Kept, at: datetime) -> None:
    """Refuse entries to a list that begins later, or whose items are the breakdown's."""
    if not kept.terms.is_own:
        raise Refused(Refusal.TAKEN, name=kept.name)
    if kept.since > localdate(at):
        raise Refused(Refusal.NOT_YET, name=kept.name, since=f"{kept.since:%Y-%m-%d}")


def version_of(state: TaskState, entry: RegisterEntry | None) -> str:
    """Which version of an item somebody sees."""
    return f"{state.pk}-{entry.pk if entry else 0}"


def words_of(state: TaskState) -> ItemWords:
    """What an item says as a task now."""
    duties = duties_of([state.task_id])[state.task_id]
    return ItemWords(state.text, duties, post_of(state.task_id), state.deadline, state.remark)


def what_is_unfit(words: ItemWords) -> list[str]:
    """What is wrong with an item's words, one sentence each."""
    found = []
    if not words.text.strip():
        found.append("“事项”还没有写")
    if len(words.text) > _LONGEST:
        found.append(f"“事项”有 {len(words.text)} 个字，最多 {_LONGEST} 个：请写要点")
    if not any(one["role"] == Role.LEAD for one in words.duties):
        found.append("还没有牵头单位：请至少选一个")
    return found


def about(kept: Kept, task_id: int) -> list[tuple[str, object]]:
    """What an entry of the history is about."""
    return [("register", kept.pk), ("task", task_id)]


def plain_values(kept: Kept, values: Mapping[str, Any]) -> dict[str, object]:
    """The columns of an item for the history."""
    return {one.label: f"{said}{one.unit}" for one in kept.terms.fields if (said := say_cell(one, values))}


def _read(kept: Kept, asked: Asked, *, is_office: bool, before: dict[str, Any]) -> dict[str, Any]:
    """The columns as typed; who may fill in only the unit's leaves the others as they are."""
    cells = dict(asked.cells)
    if not is_office:
        own = {one.code for one in kept.terms.fields if one.by == "unit"}
        shown = {one.code: say_cell(one, before) for one in kept.terms.fields}
        cells = {code: cells.get(code, "") if code in own else said for code, said in shown.items()}
    values, wrong = read_values(kept.terms, cells, is_whole=is_office)
    if asked.words is not None and is_office and kept.terms.is_own:
        wrong = [*what_is_unfit(asked.words), *wrong]
    if wrong:
        raise Refused(Refusal.UNFIT, wrong, status=422)
    known = {one.code for one in kept.terms.fields}
    return {code: value for code, value in before.items() if code not in known} | values


def _say_values(
    kept: Kept, entry: RegisterEntry | None, task_id: int, values: dict[str, Any], at: datetime
) -> None:
    if entry is not None:
        entry.until = at
        entry.save(update_fields=("until",))
    RegisterEntry.objects.create(register_id=kept.pk, task_id=task_id, values=values, since=at)


def _same(words: ItemWords, old: ItemWords) -> bool:
    return (words.text, words.post_id, words.deadline, words.remark) == (
        old.text,
        old.post_id,
        old.deadline,
        old.remark,
    ) and same_duties(words.duties, old.duties)


def _plain_words(words: ItemWords) -> dict[str, object]:
    leads = [one["name"] for one in words.duties if one["role"] == Role.LEAD]
    others = [one["name"] for one in words.duties if one["role"] != Role.LEAD]
    said = {
        "事项": words.text,
        "牵头单位": "、".join(leads),
        "配合单位": "、".join(others),
        "时限": words.deadline.isoformat() if words.deadline else "",
        "备注": words.remark,
    }
    return {name: value for name, value in said.items() if value}
