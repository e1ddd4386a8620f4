"""What holds for a period: from a day on, and until a day where it has ended."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q


class DatedQuerySet(models.QuerySet[Any]):
    """Rows asked for a day."""

    def on(self, day: date) -> Self:
        """The rows that hold on `day`: begun, and not ended before or on it."""
        return self.filter(Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gt=day)))


class Dated(models.Model):
    """Holds from `since` to the day before `until`; `until` is empty while no end is known."""

    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="%(class)s_ends_later"
            ),
        )
