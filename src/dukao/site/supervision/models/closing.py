"""办结销号: applied for, verified by another, signed, looked at again; what leaves the totals by an act."""

from django.db import models
from django.db.models import F, Q

from dukao.site.ledger.models import Task
from dukao.site.people.models import Unit, User


class CompletionStage(models.TextChoices):
    """How far a close-out has come."""

    APPLIED = "applied", "申请办结"
    RETURNED = "returned", "退回"
    VERIFIED = "verified", "已核验"
    CLOSED = "closed", "已办结"
    REOPENED = "reopened", "已重开"


class Completion(models.Model):
    """An application to close a task, with its checklist; the verifier is never the applicant."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="completions")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    stage = models.CharField("阶段", max_length=10, choices=CompletionStage, default=CompletionStage.APPLIED)
    done_on = models.DateField("完成日期")
    # [{"item", "is_met", "words"}]: the place's close-out checklist as answered.
    checklist = models.JSONField(default=list)
    summary = models.TextField("完成情况")
    applied_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    applied_at = models.DateTimeField()
    verified_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    verified_at = models.DateTimeField(null=True, blank=True)
    findings = models.TextField("核查情况", blank=True)
    visited_on = models.DateField("现场核查", null=True, blank=True)
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    shown_until = models.DateField("公示至", null=True, blank=True)
    look_back_on = models.DateField("回头看", null=True, blank=True)
    returned_why = models.TextField("退回或重开理由", blank=True)
    reopened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("task",),
                condition=Q(stage__in=("applied", "verified", "closed")),
                name="one_close_out_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(verified_by__isnull=True) | ~Q(verified_by=F("applied_by")),
                name="somebody_else_verifies",
            ),
        )

    def __str__(self) -> str:
        return f"{self.task_id} {self.stage}"


class LookBack(models.Model):
    """回头看: what was found when a closed task was looked at again."""

    completion = models.ForeignKey(Completion, models.PROTECT, related_name="look_backs")
    looked_on = models.DateField("日期")
    findings = models.TextField("情况")
    holds = models.BooleanField("成果仍在")
    looked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    looked_at = models.DateTimeField()

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.findings[:40]


class StandingKind(models.TextChoices):
    """Why a task leaves the totals, by an approved act."""

    SUSPENDED = "suspended", "暂缓"
    MERGED = "merged", "并入其他任务"
    SPLIT = "split", "拆分"
    DROPPED = "dropped", "终止"


class Standing(models.Model):
    """A task out of the totals, with its act, its note, and from when until when."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="standings")
    kind = models.CharField("情形", max_length=10, choices=StandingKind)
    act = models.CharField("依据文号", max_length=60)
    dated = models.DateField("批准日期")
    why = models.TextField("事由")
    into = models.ForeignKey(Task, models.PROTECT, null=True, blank=True, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("task",), condition=Q(until__isnull=True), name="one_standing_at_a_time"
            ),
        )

    def __str__(self) -> str:
        return f"{self.task_id} {self.kind}"
