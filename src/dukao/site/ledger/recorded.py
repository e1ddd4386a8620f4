"""What the record said from one moment to another: nothing is overwritten, a row ends and another begins."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q


class RecordedQuerySet(models.QuerySet[Any]):
    """Rows asked for a moment."""

    def at(self, moment: datetime | None) -> Self:
        """What the record said at `moment`; None is now, and quickest."""
        if moment is None:
            return self.filter(until__isnull=True)
        return self.filter(Q(since__lte=moment) & (Q(until__isnull=True) | Q(until__gt=moment)))

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
