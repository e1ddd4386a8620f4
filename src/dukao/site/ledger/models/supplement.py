"""After the issue a text, a lead or a leader changes only by an approved act or a 补充通知."""

from django.db import models

from dukao.site.ledger.models.breakdown import Breakdown
from dukao.site.people.models import User


class SupplementKind(models.TextChoices):
    """What a change rests on."""

    NOTICE = "notice", "补充通知"
    ACT = "act", "批准"


class SupplementStage(models.TextChoices):
    """A change is drafted by the clerk and signed by the head, or returned to the clerk."""

    DRAFT = "draft", "待签发"
    RETURNED = "returned", "已退回"
    SIGNED = "signed", "已签发"
    WITHDRAWN = "withdrawn", "已撤回"


class Supplement(models.Model):
    """Changes to issued tasks under one number and date.

    `changes` are `[{"task": id, "before": {name: value}, "after": {name: value}}]`, both with the names
    of `ledger.supplementing.Change`; `before` is what the task said when this was drafted. `note` says why
    it was returned or withdrawn. `congress_decision` and `congress_decided_on` are the number and the
    day of the standing committee's decision, without which a livelihood content does not change.
    """

    breakdown = models.ForeignKey(Breakdown, models.PROTECT, related_name="supplements")
    kind = models.CharField("依据", max_length=8, choices=SupplementKind)
    stage = models.CharField("阶段", max_length=10, choices=SupplementStage, default=SupplementStage.DRAFT)
    document_number = models.CharField("文号或批准文号", max_length=60)
    dated = models.DateField("日期")
    congress_decision = models.CharField("人大常委会决定文号", max_length=60, blank=True)
    congress_decided_on = models.DateField("人大常委会决定日期", null=True, blank=True)
    why = models.TextField("事由")
    note = models.TextField("退回或撤回的理由", blank=True)
    changes = models.JSONField(default=list)
    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.document_number
