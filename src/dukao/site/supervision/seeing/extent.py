"""Which tasks are judged at once: those of one place and year."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from dukao.site.ledger.models import Task

FEW = 500  # up to so many rows are asked for one by one, more by what they have in common


@dataclass(frozen=True, slots=True)
class Extent:
    """Tasks of one place and year; `ids` are those wanted."""

    place_id: int
    year: int
    ids: frozenset[int]

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
