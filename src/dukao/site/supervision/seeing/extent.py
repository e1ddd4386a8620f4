"""Which tasks are judged at once: those of one place and year."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from django.db.models import Q

from dukao.site.ledger.models import Task
from dukao.site.ledger.queries.rows import Row

FEW = 500  # up to so many rows are asked for one by one, more by what they have in common


class TaskSaid(NamedTuple):
    """What the ledger says of a task: `leads` are the units that lead it."""

    kind: str
    status: str
    deadline: date | None
    leads: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Extent:
    """Tasks of one place and year; `ids` are those wanted.

    `said` is what the ledger says of them at the moment they are judged at, where it was read before.
    """

    place_id: int
    year: int
    ids: frozenset[int]
    said: Mapping[int, TaskSaid] | None = None

    @property
    def unsaid(self) -> "Extent":
        """The same tasks, for another moment."""
        return replace(self, said=None)

    def of(self, ids: frozenset[int]) -> "Extent":
        """Some of its tasks."""
        return replace(self, ids=ids)

    def under(self, prefix: str) -> Q:
        """The tasks as a condition on rows that hold them under `prefix`; rows of others may come with them.

        A year's tasks were entered one after the other: most of them are asked for from the first to the
        last, a few by name, many that are strewn about by their year.
        """
        if len(self.ids) > 1 and stand_together(self.ids):
            return Q(**{f"{prefix}_id__gte": min(self.ids), f"{prefix}_id__lte": max(self.ids)})
        if len(self.ids) <= FEW:
            return Q(**{f"{prefix}_id__in": self.ids})
        return Q(**{f"{prefix}__place_id": self.place_id, f"{prefix}__year": self.year})


def stand_together(ids: Collection[int]) -> bool:
    """Whether hardly more rows lie between the first and the last than are wanted."""
    return max(ids) - min(ids) < 2 * len(ids)


def extents_of(task_ids: Collection[int]) -> list[Extent]:
    """Tasks put together by place and year: one query."""
    if not task_ids:
        return []
    asked = Q(pk__in=task_ids)
    if stand_together(task_ids):
        asked = Q(pk__gte=min(task_ids), pk__lte=max(task_ids))
    found: dict[tuple[int, int], set[int]] = defaultdict(set)
    for pk, place, year in Task.objects.filter(asked).order_by().values_list("pk", "place_id", "year"):
        if pk in task_ids:
            found[place, year].add(pk)
    return [Extent(place, year, frozenset(ids)) for (place, year), ids in found.items()]


def extents_of_rows(place_id: int, rows: Iterable[Row]) -> list[Extent]:
    """The tasks of rows that were read for the moment they are judged at: no query."""
    of_year: dict[int, dict[int, TaskSaid]] = defaultdict(dict)
    for row in rows:
        leads = tuple(party.unit_id for party in row.leads if party.unit_id)
        of_year[row.year][row.task_id] = TaskSaid(row.kind, row.status, row.deadline, leads)
    return [Extent(place_id, year, frozenset(said), said) for year, said in of_year.items()]
