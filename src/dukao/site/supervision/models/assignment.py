"""交办: a published task goes to its lead units; they confirm or object; silence is consent."""

from django.db import models

from dukao.site.ledger.models import Task
from dukao.site.people.models import Unit, User


class Answer(models.TextChoices):
    """What a unit said to its assignment."""

    WAITING = "waiting", "待签收"
    CONFIRMED = "confirmed", "已签收"
    OBJECTED = "objected", "有异议"
    SILENT = "silent", "逾期视为同意"


class Objection(models.TextChoices):
    """Why a unit will not have it; a type, so that a year's objections can be counted."""

    NOT_OURS = "not_ours", "不属本单位职责"
    OTHER_LEAD = "other_lead", "应由其他单位牵头"
    DUPLICATE = "duplicate", "与其他任务重复"
    UNREACHABLE = "unreachable", "目标无法实现"
    WORDING = "wording", "表述不准"
    OTHER = "other", "其他"


class Assignment(models.Model):
    """One task laid on one unit, with its limit for objections."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="assignments")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="assignments")
    sent_at = models.DateTimeField("交办时间")
    due = models.DateField("异议期限")
    answer = models.CharField("签收", max_length=10, choices=Answer, default=Answer.WAITING)
    objection = models.CharField("异议类型", max_length=12, choices=Objection, blank=True)
    reason = models.TextField("异议理由", blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    # The clerk's settlement of an objection: upheld (the task goes elsewhere by a supplement) or not.
    is_upheld = models.BooleanField("采纳", null=True, blank=True)
    ruling_why = models.TextField("处理理由", blank=True)
    ruled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    ruled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("task", "unit"), name="a_task_is_assigned_once"),)

    def __str__(self) -> str:
        return f"{self.task_id} {self.unit_id} {self.answer}"
