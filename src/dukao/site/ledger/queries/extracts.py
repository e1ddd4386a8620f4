"""Whose extracts an issued breakdown has, and which rows stand in each, as it was issued."""

from collections import Counter
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q
from django.utils.timezone import localdate

from dukao.site.ledger.models import Breakdown, Placement, Responsibility, Role, Status, TaskState
from dukao.site.ledger.queries.rows import leaders_on
from dukao.site.people.models import Membership, Post, Unit


class Extract(NamedTuple):
    """Whose an extract is, how many rows of it they lead, and how many it has."""

    key: int
    name: str
    leads: int
    rows: int


def list_extracts(breakdown: Breakdown, now: datetime) -> tuple[list[Extract], list[Extract]]:
    """The extracts of leaders and of units, in the order of the place; a unit's groups are counted in."""
    issued = _issued(breakdown)
    seats = Placement.objects.at(breakdown.issued_at).filter(task__in=issued, post__isnull=False)
    led = Counter(seats.values_list("post_id", flat=True).order_by())
    names = leaders_on(breakdown.place_id, breakdown.issued_at, now)
    leaders = [Extract(post, one.full, led[post], led[post]) for post, one in names.items() if led[post]]
    return leaders, _list_units(breakdown, issued)


def tasks_of_unit(breakdown: Breakdown, unit: Unit) -> set[int]:
    """The tasks a unit had a part in at the issue, by itself or with a group it belonged to."""
    day = localdate(breakdown.issued_at)
    groups = Membership.objects.on(day).filter(unit=unit).values("group_id")
    duties = Responsibility.objects.at(breakdown.issued_at).filter(task__in=_issued(breakdown))
    return set(duties.filter(Q(unit=unit) | Q(group__in=groups)).values_list("task_id", flat=True))


def tasks_of_leader(breakdown: Breakdown, post: Post) -> set[int]:
    """The tasks a post led at the issue."""
    seats = Placement.objects.at(breakdown.issued_at).filter(task__in=_issued(breakdown), post=post)
    return set(seats.values_list("task_id", flat=True))


def _list_units(breakdown: Breakdown, issued: list[int]) -> list[Extract]:
    day = localdate(breakdown.issued_at)
    members: dict[int, set[int]] = {}
    for group, unit in Membership.objects.on(day).values_list("group_id", "unit_id"):
        members.setdefault(group, set()).add(unit)
    leads, parts = Counter[int](), dict[int, set[int]]()
    duties = Responsibility.objects.at(breakdown.issued_at).filter(task__in=issued)
    for task, role, unit, group in duties.values_list("task_id", "role", "unit_id", "group_id"):
        for one in {unit} if unit else members.get(group, set()):
            parts.setdefault(one, set()).add(task)
            leads[one] += role == Role.LEAD
    units = Unit.objects.filter(pk__in=parts).order_by("order", "id")
    return [Extract(one.pk, one.name, leads[one.pk], len(parts[one.pk])) for one in units]


def _issued(breakdown: Breakdown) -> list[int]:
    """The tasks that stood at the issue."""
    states = TaskState.objects.at(breakdown.issued_at).filter(task__breakdown=breakdown)
    return list(states.exclude(status=Status.WITHDRAWN).values_list("task_id", flat=True))
