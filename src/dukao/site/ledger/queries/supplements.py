"""Supplements of a breakdown, and their changes in words: what was, what is to be, and what was overtaken."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.http import Http404

from dukao.site.ledger.models import Breakdown, Stage, Supplement, SupplementStage, TaskState
from dukao.site.ledger.queries.rows import leaders_on
from dukao.site.ledger.steps.changes import LABELS, differs, said_of, shown
from dukao.site.people.access import Viewer


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that changes; `now` is what the task says today where that is not `before` any more."""

    label: str
    before: str
    after: str
    now: str = ""


@dataclass(frozen=True, slots=True)
class ReadChange:
    """What one task is to say otherwise."""

    task_id: int
    number: str
    text: str
    lines: list[Line]


def supplements_of(breakdown: Breakdown) -> QuerySet[Supplement]:
    """The supplements of a breakdown, newest first."""
    found = Supplement.objects.filter(breakdown=breakdown)
    return found.select_related("drafted_by", "signed_by")


def supplement_for(place_id: int, supplement_id: int) -> Supplement:
    """A supplement of a place; 404 for every other."""
    found = Supplement.objects.filter(pk=supplement_id, breakdown__place_id=place_id)
    supplement = found.select_related("breakdown__place", "drafted_by", "signed_by").first()
    if supplement is None:
        raise Http404
    return supplement


def read_changes(supplement: Supplement, now: datetime) -> list[ReadChange]:
    """The changes in words; before the signing each line also says what has been overtaken."""
    leaders = {post: one.full for post, one in leaders_on(supplement.breakdown.place_id, None, now).items()}
    ids = [one["task"] for one in supplement.changes]
    found = TaskState.objects.at(None).filter(task_id__in=ids).select_related("task")
    states = {one.task_id: one for one in found}
    is_open = supplement.stage in (SupplementStage.DRAFT, SupplementStage.RETURNED)
    said = said_of(list(states.values())) if is_open else {}
    read = []
    for change in supplement.changes:
        state = states[change["task"]]
        lines = []
        for name, after in change["after"].items():
            before = change["before"][name]
            current = said.get(change["task"], {}).get(name, before)
            overtaken = shown(name, current, leaders) if differs(name, before, current) else ""
            said_before, said_after = shown(name, before, leaders), shown(name, after, leaders)
            lines.append(Line(LABELS[name], said_before, said_after, overtaken))
        read.append(ReadChange(change["task"], state.task.number or "", state.text, lines))
    return read


def issued_states(viewer: Viewer, task_ids: list[int]) -> list[TaskState]:
    """What issued tasks of the viewer's place say now, in the order of the paper; 404 where one is none."""
    found = TaskState.objects.at(None).filter(task_id__in=task_ids, task__place_id=viewer.place_id)
    found = found.filter(status="issued", task__breakdown__stage=Stage.ISSUED)
    states = list(found.select_related("task__breakdown__place").order_by("order"))
    if len(states) != len(set(task_ids)) or len({one.task.breakdown_id for one in states}) > 1:
        raise Http404
    return states
