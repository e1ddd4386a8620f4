"""办结销号: applied for, verified by another, signed, looked at again; what leaves the totals by an act."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from dukao.site.ledger.models import Task
from dukao.site.people.models import Unit, User
from dukao.site.supervision.models.filing import Evidence, EvidenceKind


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

    `closed_at` is the signature, or the end of the last day it is shown to everybody: it may lie ahead, and
    is None while an objection to what is shown waits to be settled. `look_back_on` is the next look to come.
    """

    task = models.ForeignKey(Task, models.PROTECT, related_name="completions")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    stage = models.CharField("阶段", max_length=10, choices=CompletionStage, default=CompletionStage.APPLIED)
    done_on = models.DateField("完成日期")
    # [{"item", "is_met", "words"}]: the place's close-out checklist as answered.
    checklist = models.JSONField(default=list)
    summary = models.TextField("完成情况")
    # For a plan in figures: what is said to be reached, and the day it is true of.
    value = models.FloatField("达到的数值", null=True, blank=True)
    unit_of_measure = models.CharField("计量单位", max_length=20, blank=True)
    true_on = models.DateField("数值截至", null=True, blank=True)
    # Why it is to be closed although the plan's target was not reached.
    shortfall = models.TextField("未达目标的说明", blank=True)
    evidence = models.ManyToManyField(Evidence, related_name="completions")
    applied_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    applied_at = models.DateTimeField()
    verified_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    verified_at = models.DateTimeField(null=True, blank=True)
    findings = models.TextField("核查情况", blank=True)
    # The on-site check: by when somebody is to go; when, where and who went, what was found.
    visit_due = models.DateField("现场核查期限", null=True, blank=True)
    visited_on = models.DateField("现场核查", null=True, blank=True)
    visited_place = models.CharField("核查地点", max_length=120, blank=True)
    visitors = models.CharField("核查人员", max_length=120, blank=True)
    visit_findings = models.TextField("现场核查情况", blank=True)
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    # Of the paper: counted through a place's year of signing.
    year = models.PositiveSmallIntegerField("编号年度", null=True, blank=True)
    number = models.PositiveIntegerField("编号", null=True, blank=True)
    shown_until = models.DateField("公示至", null=True, blank=True)
    look_back_on = models.DateField("回头看", null=True, blank=True)
    returned_why = models.TextField("退回或重开理由", blank=True)
    returned_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_due = models.DateField("补办期限", null=True, blank=True)
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

    def get_absolute_url(self) -> str:
        """The page of the close-out."""
        return reverse("supervision:closing", args=[self.pk])


class Exhibit(models.Model):
    """What a close-out brings that was not filed before: a kept file, a sentence, a picture of the visit."""

    completion = models.ForeignKey(Completion, models.PROTECT, related_name="exhibits")
    of_visit = models.BooleanField("现场核查所附", default=False)
    kind = models.CharField("类别", max_length=12, choices=EvidenceKind)
    title = models.CharField("说明", max_length=200)
    sha256 = models.CharField(max_length=64, blank=True)
    file_name = models.CharField("文件名", max_length=200, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    # Of the file's bytes, or of the folded sentence: what was used before is shown as such.
    fingerprint = models.CharField(max_length=64, db_index=True)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=~Q(title="") | ~Q(sha256=""), name="exhibit_says_or_holds_something"
            ),
        )

    def __str__(self) -> str:
        return self.title


class ShownObjection(models.Model):
    """What somebody said against a close-out while it was shown, and what was found of it."""

    completion = models.ForeignKey(Completion, models.PROTECT, related_name="objections")
    said_on = models.DateField("日期")
    who = models.CharField("反映人", max_length=80)
    words = models.TextField("反映的问题")
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    ruling = models.TextField("核实情况", blank=True)
    ruled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    ruled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.words[:40]


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

    def get_absolute_url(self) -> str:
        """The page of the act."""
        return reverse("supervision:standing", args=[self.pk])
