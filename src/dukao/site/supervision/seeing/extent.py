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

    @property
    def is_small(self) -> bool:
        """Whether the tasks are few enough to be asked for by name."""
        return len(self.ids) <= FEW

    def under(self, prefix: str) -> Q:
        """The tasks as a condition on rows that hold them under `prefix`: few by name, many by their year."""
        if self.is_small:
            return Q(**{f"{prefix}_id__in": self.ids})
        return Q(**{f"{prefix}__place_id": self.place_id, f"{prefix}__year": self.year})


def extents_of(task_ids: Collection[int]) -> list[Extent]:
    """Tasks put together by place and year: one query."""
    found: dict[tuple[int, int], set[int]] = defaultdict(set)
    tasks = Task.objects.filter(pk__in=task_ids).order_by()
    for pk, place, year in tasks.values_list("pk", "place_id", "year"):
        found[place, year].add(pk)
    return [Extent(place, year, frozenset(ids)) for (place, year), ids in found.items()]
