"""What a place has adopted of the presets, and from when: a rule adopted in August leaves July as it was."""

from django.db import models
from django.db.models import Q

from dukao.site.people.dated import Dated
from dukao.site.people.models import Place, User


class Subject(models.TextChoices):
    """What a preset is about; the value is the file under `presets/`."""

    LIGHTS = "lights", "亮灯规则"
    CADENCE = "cadences", "报送周期"
    LADDER = "ladders", "督办阶梯"
    LIMITS = "limits", "办理时限"


class Adoption(Dated):
    """A preset in force in a place, for one kind of work or (empty) for all, from a day until a day."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="adoptions")
    subject = models.CharField("事项", max_length=10, choices=Subject)
    # What of the place's work it governs: a plan kind, a register, or "" for everything else.
    scope = models.CharField("适用", max_length=30, blank=True)
    preset = models.CharField("规则", max_length=40)
    why = models.CharField("理由", max_length=200, blank=True)
    adopted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(Dated.Meta):
        ordering = ("subject", "scope", "since")
        constraints = (
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=("place", "subject", "scope"),
                condition=Q(until__isnull=True),
                name="one_preset_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.subject} {self.preset}"
