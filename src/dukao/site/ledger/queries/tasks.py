"""A task's page: what was promised, who answers for it and on what basis, and all that was done to it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.timezone import localdate

from dukao.papers.words import DIFFERENCES
from dukao.site.archive.models import Document, Publicity
from dukao.site.ledger.access import sees_unit, visible_state
from dukao.site.ledger.models import (
    Placement,
    Register,
    RegisterTag,
    Responsibility,
    Role,
    Supplement,
    TaskMeasure,
    TaskState,
)
from dukao.site.ledger.queries.deeds import supplements_of
from dukao.site.ledger.queries.passages import Passage, find_passages
from dukao.site.ledger.queries.rows import LeaderName, leaders_on
from dukao.site.ledger.queries.wording import BASES, Figure, say_measure
from dukao.site.people.access import Act, Viewer, may

_ORDER = {role: at for at, role in enumerate(Role.values)}


class Answering(NamedTuple):
    """A unit or group that answers for the task, and on what basis."""

    role: str
    name: str
    office: str
    href: str
    basis: str
    scope: str
    written: str


class _Duty(NamedTuple):
    """A part in the task as it is on the record; `name` is the unit's, or the group's."""

    order: int
    pk: int
    role: str
    unit_id: int | None
    office: str
    basis: str
    scope: str
    written: str
    since: datetime
    name: str


class Leading(NamedTuple):
    """A post that leads the task, and where that stands in the breakdown."""

    leader: LeaderName | None
    href: str
    sign: str
    heading: str


class RegisterMark(NamedTuple):
    """A register the task is on, or is proposed for with a reason."""

    value: str
    label: str
    is_proposed: bool
    reason: str


class Differing(NamedTuple):
    """One place where report and breakdown do not say the same."""

    label: str
    report: str
    breakdown: str


@dataclass(frozen=True, slots=True)
class TaskPage:
    """What a task's page shows of the promise; `document` is None where it may not be read.

    `leads` are the units that lead it.
    """

    state: TaskState
    leads: tuple[int, ...]
    answering: tuple[Answering, ...]
    leading: tuple[Leading, ...]
    figures: tuple[Figure, ...]
    registers: tuple[RegisterMark, ...]
    differences: tuple[Differing, ...]
    document: Document | None
    passages: tuple[Passage, ...]

    @property
    def signs(self) -> str:
        """Where the task stands in the breakdown."""
        return "、".join(dict.fromkeys(one.sign for one in self.leading))

    @property
    def parts(self) -> list[tuple[str, list[Answering]]]:
        """Who answers, by part: 牵头, 责任, 配合."""
        named = [(str(role.label), [one for one in self.answering if one.role == role]) for role in Role]
        return [(label, own) for label, own in named if own]


def read_task(viewer: Viewer, task_id: int, moment: datetime | None, now: datetime) -> TaskPage:
    """A task the viewer sees, as it stood at `moment`; 404 for any other.

    The report's words are shown to who may read it.
    """
    state = visible_state(viewer, task_id, moment, related="task__breakdown__report")
    breakdown = state.task.breakdown
    day = f"?as_of={localdate(moment)}" if moment else ""
    leading = _leading(viewer, task_id, moment, now, day)
    document = _readable(viewer, breakdown.report) if breakdown else None
    duties = _read_duties(task_id, moment)
    leads = sorted(
        (one.order, one.pk, one.unit_id) for one in duties if one.role == Role.LEAD and one.unit_id
    )
    return TaskPage(
        state,
        tuple(unit for _, _, unit in leads),
        _answering(viewer, state, duties, moment, day),
        leading,
        tuple(say_measure(one) for one in TaskMeasure.objects.at(moment).filter(task_id=task_id)),
        _registers(task_id, moment),
        _differing(state.differences) if document else (),  # they quote the report
        document,
        find_passages(document.text, state.source_spans, state.differences) if document else (),
    )


def _read_duties(task_id: int, moment: datetime | None) -> list[_Duty]:
    duties = Responsibility.objects.at(moment).filter(task_id=task_id)
    return [
        _Duty._make((*said, unit or group))
        for *said, unit, group in duties.values_list(*_Duty._fields[:-1], "unit__name", "group__name")
    ]


def _answering(
    viewer: Viewer, state: TaskState, duties: list[_Duty], moment: datetime | None, day: str
) -> tuple[Answering, ...]:
    by_act = any(one.basis == "act" for one in duties)
    supplements = supplements_of(state.task, moment) if by_act else ()
    parts = [
        Answering(
            one.role,
            one.name,
            one.office,
            _unit_address(viewer, one.unit_id, day),
            _basis(one, supplements),
            one.scope,
            one.written,
        )
        for one in duties
    ]
    return tuple(sorted(parts, key=lambda one: _ORDER[one.role]))


def _unit_address(viewer: Viewer, unit_id: int | None, day: str) -> str:
    if unit_id is None or not sees_unit(viewer, unit_id):
        return ""
    return reverse("ledger:unit", args=[unit_id]) + day


def _basis(duty: _Duty, supplements: tuple[Supplement, ...]) -> str:
    """What a part rests on, in words; an approved act by its number."""
    if duty.basis == "act":
        act = next((one for one in supplements if one.signed_at and one.signed_at <= duty.since), None)
        return act.document_number if act else BASES["act"]
    return BASES.get(duty.basis, duty.basis)


def _leading(
    viewer: Viewer, task_id: int, moment: datetime | None, now: datetime, day: str
) -> tuple[Leading, ...]:
    placements = Placement.objects.at(moment).filter(task_id=task_id)
    rows = list(placements.values_list("post_id", "row", "heading__title"))
    leaders = leaders_on(viewer.place_id, moment, now)
    return tuple(
        Leading(
            leaders.get(post),
            reverse("ledger:leader", args=[post]) + day if post else "",
            sign,
            heading or "",
        )
        for post, sign, heading in rows
    )


def _registers(task_id: int, moment: datetime | None) -> tuple[RegisterMark, ...]:
    tags = RegisterTag.objects.at(moment).filter(task_id=task_id)
    return tuple(
        RegisterMark(one.register, str(Register(one.register).label), one.is_proposed, one.reason)
        for one in tags
    )


def _differing(differences: list[dict[str, Any]]) -> tuple[Differing, ...]:
    return tuple(
        Differing(
            DIFFERENCES.get(one["kind"], one["kind"]),
            *("".join(one[side].split("\n")).strip() for side in ("report", "breakdown")),
        )
        for one in differences
    )


def _readable(viewer: Viewer, document: Document) -> Document | None:
    """The report, where this viewer may read documents or the report was made public."""
    if may(viewer, Act.SEE_DOCUMENTS) or document.publicity == Publicity.PUBLIC:
        return document
    return None
