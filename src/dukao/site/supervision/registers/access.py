"""Which lists and items somebody sees or may change."""

from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404

from dukao.site.ledger.access import visible_states, visible_task
from dukao.site.ledger.models import TaskKind, TaskState
from dukao.site.people.access import Act, Viewer, may, require
from dukao.site.refusals import Refused
from dukao.site.supervision.access import leads_task
from dukao.site.supervision.models import KeptRegister, RegisterEntry, RegisterTerms
from dukao.site.supervision.registers.errors import Refusal
from dukao.site.supervision.registers.terms import Terms, read_terms


@dataclass(frozen=True, slots=True)
class Kept:
    """A list of the place with what it asks at a moment."""

    pk: int
    code: str
    since: date
    terms: Terms
    terms_id: int

    @property
    def name(self) -> str:
        """What it is called."""
        return self.terms.name


def kept_registers(place_id: int, moment: datetime | None = None) -> list[Kept]:
    """The lists of a place with their terms at a moment, in the order they were opened: one query."""
    rows = RegisterTerms.objects.at(moment).filter(register__place_id=place_id)
    rows = rows.select_related("register").order_by("register_id")
    return [
        Kept(one.register_id, one.register.code, one.register.since, read_terms(one.says), one.pk)
        for one in rows
    ]


def kept_register(place_id: int, code: str, moment: datetime | None = None) -> Kept:
    """A list of the place; 404 for one it does not keep."""
    for one in kept_registers(place_id, moment):
        if one.code == code:
            return one
    raise Http404


def lock_register(code: str, by: Viewer) -> Kept:
    """A list locked until the transaction ends: items are entered and numbered one after the other."""
    if not KeptRegister.objects.select_for_update().filter(place_id=by.place_id, code=code).exists():
        raise Http404
    return kept_register(by.place_id, code)


def lock_item(kept: Kept, task_id: int, by: Viewer) -> tuple[TaskState, RegisterEntry | None]:
    """An item of a list the viewer sees, and what the list's columns say of it, locked; 404 for any other."""
    seen = visible_states(by).filter(task_id=task_id)
    found = TaskState.objects.select_for_update(of=("self",)).select_related("task")
    state: TaskState | None = found.filter(pk__in=seen.values("pk")).first()
    entry = (
        RegisterEntry.objects.at(None)
        .select_for_update()
        .filter(register_id=kept.pk, task_id=task_id)
        .first()
    )
    if state is None or not stands_on(kept, state, has_entry=entry is not None):
        raise Http404
    return state, entry


def stands_on(kept: Kept, state: TaskState, *, has_entry: bool) -> bool:
    """Whether a task is an item of a list: entered there, or of the sort the list takes."""
    if kept.terms.is_own:
        return has_entry and state.task.kind == TaskKind.REGISTER
    return bool(state.task.kind == kept.terms.takes)


def may_fill(viewer: Viewer, task_id: int) -> bool:
    """Whether somebody fills in the unit's columns of an item: who files for a unit that leads it."""
    return may(viewer, Act.FILE) and leads_task(viewer, task_id)


def require_fill(viewer: Viewer, task_id: int) -> bool:
    """Refuse who may change nothing of an item; whether it is all of it (the office) or the unit's part."""
    if may(viewer, Act.KEEP_REGISTERS):
        return True
    require(viewer, Act.FILE)
    visible_task(viewer, task_id)
    if not may_fill(viewer, task_id):
        raise Refused(Refusal.NOT_LEADING, status=403)
    return False
