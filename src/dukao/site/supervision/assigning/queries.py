"""What pages ask of assignments: sent, confirmed, objected to, silent; few queries for any number."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.timezone import localdate

from dukao.progress.workdays import CalendarUnknown, count_workdays
from dukao.site.ledger.models import Breakdown, Responsibility, Role, Stage, TaskKind, TaskState
from dukao.site.ledger.queries.wording import BASES
from dukao.site.people.access import Act, Viewer, may, require
from dukao.site.people.models import PARTNERS, Unit
from dukao.site.supervision.access import units_of
from dukao.site.supervision.assigning.laying import issued_states, units_laid_on
from dukao.site.supervision.models import Answer, Assignment
from dukao.site.supervision.needs import Need

# How an assignment stands, in the order of the office's concern: (name, in words).
STANDINGS = {
    "objected": "异议待处理",
    "upheld": "已采纳异议",
    "waiting": "待签收",
    "silent": "逾期视为同意",
    "refused": "异议未采纳",
    "confirmed": "已签收",
}


@dataclass(frozen=True, slots=True)
class Laid:
    """An assignment beside what its task says; `is_over` where its unit no longer answers for the task.

    `leads` names the other units that lead it too; `basis` says what this unit's part rests on.
    """

    assignment: Assignment
    text: str
    project: str
    is_over: bool
    basis: str = ""
    leads: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()

    @property
    def standing(self) -> str:
        """One of STANDINGS."""
        one = self.assignment
        if one.answer == Answer.OBJECTED and one.ruled_at:
            return "upheld" if one.is_upheld else "refused"
        return str(one.answer)

    @property
    def standing_words(self) -> str:
        """How it stands, in words."""
        return STANDINGS[self.standing]

    @property
    def needs_supplement(self) -> bool:
        """An upheld objection that no supplement and no change of the list has carried out yet."""
        return self.standing == "upheld" and not self.is_over

    @property
    def is_listed(self) -> bool:
        """Of a list kept beside the ledger: its lead unit is changed there, without a supplement."""
        return self.assignment.task.kind == TaskKind.REGISTER

    def may_answer(self, today: date) -> bool:
        """Whether the unit may still object."""
        return self.standing == "waiting" and today <= self.assignment.due

    def may_take_back(self, today: date) -> bool:
        """Whether the unit may still answer anew."""
        one = self.assignment
        answered = one.answer in (Answer.CONFIRMED, Answer.OBJECTED)
        return answered and one.ruled_at is None and today <= one.due


class UnitTally(NamedTuple):
    """How a unit's assignments stand; `due` is the earliest limit of those it has not answered."""

    unit: Unit
    total: int
    counts: dict[str, int]
    due: date | None

    @property
    def cells(self) -> list[tuple[str, int]]:
        """The counts in the order of STANDINGS."""
        return [(name, self.counts.get(name, 0)) for name in STANDINGS]


@dataclass(frozen=True, slots=True)
class OfficePage:
    """Everything the office sees of a year's assignments."""

    breakdown: Breakdown
    rows: tuple[Laid, ...]
    unsent: tuple[tuple[int, int], ...]  # (task, unit)
    joint: int  # tasks all units carry out together: laid on nobody alone
    partner_led: int  # tasks in which a party body, a court or the military leads

    @property
    def counts(self) -> Counter[str]:
        """How many stand how."""
        return Counter(row.standing for row in self.rows)

    @property
    def tallies(self) -> list[UnitTally]:
        """Unit by unit, in the order of the place."""
        by_unit: dict[int, list[Laid]] = {}
        for row in self.rows:
            by_unit.setdefault(row.assignment.unit_id, []).append(row)
        tallies = [_tally(rows) for rows in by_unit.values()]
        return sorted(tallies, key=lambda one: (one.unit.order, one.unit.pk))

    def narrowed(self, standing: str, unit_id: int | None) -> list[Laid]:
        """The rows of one standing or of one unit."""
        return [
            row
            for row in self.rows
            if (not standing or row.standing == standing)
            and (not unit_id or row.assignment.unit_id == unit_id)
        ]


def _tally(rows: list[Laid]) -> UnitTally:
    waiting = [row.assignment.due for row in rows if row.standing == "waiting"]
    counts = dict(Counter(row.standing for row in rows))
    return UnitTally(rows[0].assignment.unit, len(rows), counts, min(waiting, default=None))


def issued_breakdowns(place_id: int) -> QuerySet[Breakdown]:
    """The breakdowns whose tasks may go out, the newest first."""
    return Breakdown.objects.filter(place_id=place_id, stage=Stage.ISSUED)


def breakdown_to_assign(viewer: Viewer, breakdown_id: int) -> Breakdown:
    """An issued breakdown of the viewer's place; 404 for any other."""
    found = issued_breakdowns(viewer.place_id).filter(pk=breakdown_id).first()
    if found is None:
        raise Http404
    return found


def read_office(breakdown: Breakdown) -> OfficePage:
    """A year's assignments and what has not gone out: five queries."""
    states = issued_states(breakdown.place_id, task__breakdown=breakdown)
    laid = units_laid_on(states)
    assignments = _assignments(Assignment.objects.filter(task__breakdown=breakdown))
    rows = _beside_words(assignments, set(laid))
    sent = {(row.assignment.task_id, row.assignment.unit_id) for row in rows}
    tasks = set(states.values_list("task_id", flat=True))
    partner_led = set(_partner_duties(states).values_list("task_id", flat=True))
    joint = tasks - {task for task, _ in laid} - partner_led
    return OfficePage(
        breakdown,
        tuple(rows),
        tuple(pair for pair in laid if pair not in sent),
        len(joint),
        len(partner_led),
    )


def read_contested(place_id: int) -> tuple[list[Laid], list[Laid]]:
    """Of every year and every list: objections that wait, the oldest first; upheld ones not carried out yet.

    Two queries and one more where there are any.
    """
    contested = Assignment.objects.filter(
        Q(ruled_at__isnull=True) | Q(is_upheld=True), task__place_id=place_id, answer=Answer.OBJECTED
    )
    found = list(_assignments(contested))
    states = issued_states(place_id, task_id__in=[one.task_id for one in found])
    rows = _beside_words(found, set(units_laid_on(states)))
    waiting = [row for row in rows if row.standing == "objected"]
    waiting.sort(key=lambda row: (row.assignment.answered_at, row.assignment.pk))
    return waiting, [row for row in rows if row.needs_supplement]


def _assignments(found: QuerySet[Assignment]) -> QuerySet[Assignment]:
    return found.select_related("task", "unit", "answered_by", "ruled_by").order_by("task__number", "id")


def _partner_duties(states: QuerySet[TaskState]) -> QuerySet[Responsibility]:
    found: QuerySet[Responsibility] = Responsibility.objects.at(None).filter(
        task_id__in=states.values("task_id"), role=Role.LEAD, unit__kind__in=PARTNERS
    )
    return found


def _beside_words(assignments: Iterable[Assignment], laid: set[tuple[int, int]]) -> list[Laid]:
    """Assignments beside what their tasks say: one query more."""
    known = list(assignments)
    states = TaskState.objects.at(None).filter(task_id__in=[one.task_id for one in known])
    words = {
        task: (f"{title}　{text}" if title else text, project)
        for task, title, text, project in states.values_list("task_id", "title", "text", "project")
    }
    return [
        Laid(one, *words.get(one.task_id, ("", "")), (one.task_id, one.unit_id) not in laid) for one in known
    ]


def read_own(viewer: Viewer) -> list[Laid]:
    """What was laid on the viewer's unit, the newest year first: what waits before what is answered."""
    units = units_of(viewer)
    assignments = list(_assignments(Assignment.objects.filter(unit_id__in=units)))
    ids = [one.task_id for one in assignments]
    states = issued_states(viewer.place_id, task_id__in=ids)
    rows = _beside_words(assignments, set(units_laid_on(states)))
    duties: defaultdict[int, list[Responsibility]] = defaultdict(list)
    for duty in _unit_duties(ids):
        duties[duty.task_id].append(duty)
    found = [_with_parts(row, duties[row.assignment.task_id]) for row in rows]
    order = {"waiting": 0, "objected": 1}
    return sorted(
        found,
        key=lambda row: (-row.assignment.task.year, row.is_over, order.get(row.standing, 2)),
    )


def read_assignments(viewer: Viewer, year: int) -> list[Laid]:
    """A year's assignments: to the office all, to a unit its own; refused to everybody else."""
    if may(viewer, Act.RULE_PLAN):
        issued = issued_breakdowns(viewer.place_id).filter(year=year)
        return [row for one in issued for row in read_office(one).rows]
    require(viewer, Act.ACCEPT_TASK)
    return [row for row in read_own(viewer) if row.assignment.task.year == year]


def _unit_duties(task_ids: list[int]) -> QuerySet[Responsibility]:
    found: QuerySet[Responsibility] = Responsibility.objects.at(None).filter(
        task_id__in=task_ids, unit__isnull=False
    )
    return found.select_related("unit")


def _with_parts(row: Laid, duties: list[Responsibility]) -> Laid:
    """A row with what the unit's part rests on, and who else leads."""
    own = next((one for one in duties if one.unit_id == row.assignment.unit_id), None)
    leads = [one.unit for one in duties if one.role == Role.LEAD and one is not own and one.unit]
    return replace(
        row,
        basis=_basis(own),
        leads=tuple(unit.name for unit in leads if not unit.is_partner),
        partners=tuple(unit.name for unit in leads if unit.is_partner),
    )


def _basis(duty: Responsibility | None) -> str:
    if duty is None:
        return ""
    said = BASES.get(duty.basis, duty.basis)
    return said if duty.role == Role.LEAD else f"列为{duty.get_role_display()}单位，{said}"


def own_assignment(viewer: Viewer, assignment_id: int) -> Laid:
    """One assignment of the viewer's unit; 404 for any other."""
    for row in read_own(viewer):
        if row.assignment.pk == assignment_id:
            return row
    raise Http404


def objection_for(viewer: Viewer, assignment_id: int) -> Laid:
    """An assignment the office may settle, with everybody who leads; 404 for any other."""
    found = list(
        _assignments(Assignment.objects.filter(pk=assignment_id, task__place_id=viewer.place_id)),
    )
    if not found:
        raise Http404
    states = issued_states(viewer.place_id, task_id=found[0].task_id)
    rows = _beside_words(found, set(units_laid_on(states)))
    return _with_parts(rows[0], list(_unit_duties([found[0].task_id])))


def workdays_left(today: date, due: date) -> int | None:
    """Working days from tomorrow to the limit; None where the calendar is not known, or the limit is past."""
    if due < today:
        return None
    try:
        return count_workdays(today, due)
    except CalendarUnknown:
        return None


def needs_of(viewer: Viewer, now: datetime) -> list[Need]:
    """The unit's unanswered assignments; the clerk's objections, and what has not gone out: two queries."""
    address = reverse("supervision:assignments")
    if may(viewer, Act.ACCEPT_TASK):
        own = Assignment.objects.filter(
            unit_id__in=units_of(viewer), answer=Answer.WAITING, due__gte=localdate(now)
        )
        said = own.aggregate(count=Count("pk"), due=Min("due"))
        return [Need(said["count"], "项交办待签收", address, said["due"])]
    if not may(viewer, Act.ASSIGN):
        return []
    objected = Assignment.objects.filter(
        task__place_id=viewer.place_id, answer=Answer.OBJECTED, ruled_at__isnull=True
    )
    sent = Assignment.objects.filter(task_id=OuterRef("task_id"), unit_id=OuterRef("unit_id"))
    unsent = (
        Responsibility.objects.at(None)
        .filter(
            Q(role=Role.LEAD, unit__isnull=False) & ~Q(unit__kind__in=PARTNERS),
            task_id__in=issued_states(viewer.place_id).values("task_id"),
        )
        .exclude(Exists(sent))
    )
    return [
        Need(objected.count(), "条对交办的异议待处理", f"{address}#objections"),
        Need(unsent.values("task_id").distinct().count(), "项已印发的任务还没有交办", address),
    ]
