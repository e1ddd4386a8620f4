"""What the record said from one moment to another: nothing is overwritten, a row ends and another begins."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q


def stood_at(moment: datetime, prefix: str = "") -> Q:
    """What stood on the record at a moment, as a condition on rows that hold it under `prefix`."""
    is_open = Q(**{f"{prefix}until__isnull": True}) | Q(**{f"{prefix}until__gt": moment})
    return Q(**{f"{prefix}since__lte": moment}) & is_open


class RecordedQuerySet(models.QuerySet[Any]):
    """Rows asked for a moment."""

    def at(self, moment: datetime | None) -> Self:
        """What the record said at `moment`; None is now, and quickest."""
        if moment is None:
            return self.filter(until__isnull=True)
        return self.filter(stood_at(moment))

    def end(self, moment: datetime) -> int:
        """End these rows at `moment`; how many there were."""
        return self.update(until=moment)


class Recorded(models.Model):
    """Stood on the record from `since` until `until`; what stands now has no end."""

    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="%(class)s_ends_later"
            ),
        )
