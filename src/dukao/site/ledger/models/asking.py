"""What an office's own language model was asked about a draft, and what it proposed."""

from django.db import models
from django.db.models import Q

from dukao.site.ledger.models.breakdown import Breakdown
from dukao.site.people.models import User


class ModelAsking(models.Model):
    """One asking of a language model about a drafted breakdown.

    `done` of `parts` of the plan were asked so far, last at `moved_at`. `result` is `dukao.proposals/1` once
    it ended; nothing of it is ever applied by the program.
    """

    breakdown = models.ForeignKey(Breakdown, models.PROTECT, related_name="askings")
    model = models.CharField("模型", max_length=80)
    parts = models.PositiveSmallIntegerField()
    done = models.PositiveSmallIntegerField(default=0)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    result = models.JSONField(null=True, blank=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("breakdown",), condition=Q(ended_at__isnull=True), name="one_asking_at_a_time"
            ),
        )

    def __str__(self) -> str:
        return f"{self.model} {self.done}/{self.parts}"
