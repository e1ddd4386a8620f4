"""办结销号: applied for, verified by another, signed, looked at again; what leaves the totals by an act."""

from django.db import models
from django.db.models import F, Q

from dukao.site.ledger.models import Task
from dukao.site.people.models import Unit, User
from dukao.site.supervision.models.filing import Evidence


class CompletionStage(models.TextChoices):
    """How far a close-out has come; one that is closed is shown first, where the place wants it."""

    APPLIED = "applied", "待核验"
    WITHDRAWN = "withdrawn", "已撤回"
    RETURNED = "returned", "已退回"
    VERIFIED = "verified", "待签发"
    CLOSED = "closed", "已办结"
    REOPENED = "reopened", "已重开"


class Completion(models.Model):
    """An application to close a task, with its checklist; the verifier is never the applicant.

    `closed_at` is the signature, or the end of the last day it is shown to everybody: it may lie ahead.
    """

    task = models.ForeignKey(Task, models.PROTECT, related_name="completions")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    stage = models.CharField("阶段", max_length=10, choices=CompletionStage, default=CompletionStage.APPLIED)
    done_on = models.DateField("完成日期")
    # [{"item", "is_met", "words"}]: the place's close-out checklist as answered.
    checklist = models.JSONField(default=list)
    summary = models.TextField("完成情况")
    # Why it is to be closed although the plan's target was not reached.
    shortfall = models.TextField("未达目标的说明", blank=True)
    evidence = models.ManyToManyField(Evidence, related_name="completions")
    applied_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    applied_at = models.DateTimeField()
    verified_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    verified_at = models.DateTimeField(null=True, blank=True)
    findings = models.TextField("核查情况", blank=True)
    visited_on = models.DateField("现场核查", null=True, blank=True)
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    shown_until = models.DateField("公示至", null=True, blank=True)
    look_back_on = models.DateField("回头看", null=True, blank=True)
    returned_why = models.TextField("退回或重开理由", blank=True)
    returned_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    returned_at = models.DateTimeField(null=True, blank=True)
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
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True) | ~Q(signed_by=F("applied_by")),
                name="somebody_else_signs_it",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(signed_by__isnull=False, verified_by__isnull=False),
                name="closed_is_verified_and_signed",
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
    """Why a task leaves the totals by an approved act, or comes back to them."""

    SUSPENDED = "suspended", "暂缓"
    MERGED = "merged", "并入其他任务"
    SPLIT = "split", "拆分"
    DROPPED = "dropped", "终止"
    RESUMED = "resumed", "恢复"


class StandingStage(models.TextChoices):
    """An act is drafted by the clerk and signed by the head, or set aside before."""

    DRAFT = "draft", "待签发"
    SIGNED = "signed", "已签发"
    RETURNED = "returned", "已退回"
    WITHDRAWN = "withdrawn", "已撤回"


class Standing(models.Model):
    """A task out of the totals, with its act and its note; out from `since` until `until`.

    Signing one that resumes ends the one in force: it is itself in force at no time.
    """

    task = models.ForeignKey(Task, models.PROTECT, related_name="standings")
    kind = models.CharField("情形", max_length=10, choices=StandingKind)
    stage = models.CharField("阶段", max_length=10, choices=StandingStage, default=StandingStage.DRAFT)
    act = models.CharField("依据文号", max_length=60)
    dated = models.DateField("批准日期")
    # The standing committee's decision, for a content the people's congress voted.
    congress_decision = models.CharField("人大常委会决定文号", max_length=60, blank=True)
    why = models.TextField("事由")
    into = models.ManyToManyField(Task, related_name="+")
    since = models.DateTimeField(null=True, blank=True)
    until = models.DateTimeField(null=True, blank=True)
    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.TextField("退回或撤回的理由", blank=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("task",),
                condition=Q(since__isnull=False, until__isnull=True),
                name="one_standing_at_a_time",
            ),
            models.UniqueConstraint(
                fields=("task",), condition=Q(stage="draft"), name="one_standing_in_hand"
            ),
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(signed_by__isnull=False), name="a_standing_is_signed"
            ),
        )

    def __str__(self) -> str:
        return f"{self.task_id} {self.kind}"
