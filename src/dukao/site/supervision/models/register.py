"""专项清单: a list a place keeps beside the breakdown, its terms as data, its items, and their places.

Not to be taken for the five 重大 tags of a task (`ledger.Register`): an item here is a task of the ledger,
with what the list's own columns say of it.
"""

from django.db import models
from django.db.models import Q

from dukao.site.ledger.models import Task
from dukao.site.ledger.recorded import Recorded
from dukao.site.people.dated import Dated
from dukao.site.people.models import Place, User


class KeptRegister(Dated):
    """A list a place keeps from a day on; `code` names the preset it began with and its address."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="kept_registers")
    code = models.CharField("清单", max_length=20)
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta(Dated.Meta):
        ordering = ("id",)
        constraints = (
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=("place", "code"), name="one_kept_register_by_code"),
        )

    def __str__(self) -> str:
        return self.code


class RegisterTerms(Recorded):
    """What a list asks for a period: name, fields, steps with limits, who verifies (`closed-loops.toml`)."""

    register = models.ForeignKey(KeptRegister, models.PROTECT, related_name="terms")
    says = models.JSONField()
    why = models.CharField("理由", max_length=200, blank=True)
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta(Recorded.Meta):
        ordering = ("id",)
        constraints = (
            *Recorded.Meta.constraints,
            models.UniqueConstraint(
                fields=("register",), condition=Q(until__isnull=True), name="a_register_has_one_set_of_terms"
            ),
        )

    def __str__(self) -> str:
        return str(self.says.get("name", ""))


class RegisterEntry(Recorded):
    """A task on a list, with what the list's columns say of it: {field code: text, number or day}."""

    register = models.ForeignKey(KeptRegister, models.PROTECT, related_name="entries")
    task = models.ForeignKey(Task, models.PROTECT, related_name="entries")
    values = models.JSONField(default=dict)

    class Meta(Recorded.Meta):
        ordering = ("id",)
        constraints = (
            *Recorded.Meta.constraints,
            models.UniqueConstraint(
                fields=("register", "task"),
                condition=Q(until__isnull=True),
                name="a_task_stands_once_on_a_list",
            ),
        )
        indexes = (models.Index(fields=("task", "until"), name="entry_by_task"),)

    def __str__(self) -> str:
        return f"{self.register_id} {self.task_id}"


class Spot(Recorded):
    """点位: one of the places a livelihood item is carried out at; `order` tells it for good."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="spots")
    order = models.PositiveSmallIntegerField("序号")
    town = models.CharField("街道或乡镇", max_length=40, blank=True)
    name = models.CharField("点位", max_length=80)
    due = models.DateField("计划完成", null=True, blank=True)
    done_on = models.DateField("完成日期", null=True, blank=True)

    class Meta(Recorded.Meta):
        ordering = ("order", "id")
        constraints = (
            *Recorded.Meta.constraints,
            models.UniqueConstraint(
                fields=("task", "order"), condition=Q(until__isnull=True), name="a_spot_says_one_thing"
            ),
        )

    def __str__(self) -> str:
        return f"{self.town}{self.name}"
