"""报送: rounds that open by themselves, one page a unit; a fact is filed once and used everywhere."""

from django.db import models
from django.db.models import Q

from dukao.site.ledger.models import Task
from dukao.site.people.models import Place, Unit, User


class Round(models.Model):
    """One period units file for: 2024年9月; due at a moment of the place's clock."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="rounds")
    year = models.PositiveSmallIntegerField("年度")
    label = models.CharField("期次", max_length=20)
    cadence = models.CharField("周期", max_length=10)
    period_end = models.DateField("数据截至")
    due_at = models.DateTimeField("报送期限")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-period_end", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("place", "cadence", "period_end"), name="a_period_is_asked_for_once"
            ),
        )

    def __str__(self) -> str:
        return self.label


class FilingStage(models.TextChoices):
    """Draft → unit head confirms → office accepts or returns."""

    EMPTY = "empty", "未填"
    DRAFT = "draft", "已填待确认"
    CONFIRMED = "confirmed", "已报待审"
    ACCEPTED = "accepted", "已采用"
    RETURNED = "returned", "退回补充"
    MOVED = "moved", "已转出"  # the task went to another unit before anything was confirmed


class Risk(models.TextChoices):
    """How often a task is reported: `presets/cadences.toml` says month or quarter for each."""

    HIGH = "high", "重点盯办"
    NORMAL = "normal", "一般事项"
    LOW = "low", "常年工作"


class Filing(models.Model):
    """What one unit says of one task for a round: the lead unit's own, or a part for the lead to collate."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="filings")
    task = models.ForeignKey(Task, models.PROTECT, related_name="filings")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="filings")
    is_lead = models.BooleanField("牵头", default=True)
    # From when it is asked of this unit in this part; empty: since the round opened.
    asked_since = models.DateTimeField(null=True, blank=True)
    # Decided when the round opened: how closely the task is watched, and on what that rested.
    risk = models.CharField("风险", max_length=6, choices=Risk, default=Risk.NORMAL)
    risk_why = models.CharField("按什么报", max_length=60, blank=True)
    stage = models.CharField("状态", max_length=10, choices=FilingStage, default=FilingStage.EMPTY)
    is_unchanged = models.BooleanField("无变化", default=False)
    progress = models.TextField("进展", blank=True)
    next_step = models.TextField("下一步", blank=True)
    problem = models.TextField("存在问题", blank=True)
    help_needed = models.TextField("需协调事项", blank=True)
    is_blocked = models.BooleanField("受阻", default=False)
    true_on = models.DateField("数据截至", null=True, blank=True)
    saved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    saved_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    # When it first became the unit's word: a filing returned and sent again was still filed then.
    first_confirmed_at = models.DateTimeField("首次报送", null=True, blank=True)
    ruled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    ruled_at = models.DateTimeField(null=True, blank=True)
    ruling_why = models.TextField("退回理由", blank=True)
    returned_due = models.DateField("补充期限", null=True, blank=True)
    # What stood before the last save of a draft, so that it can be taken back; None where nothing can.
    undo = models.JSONField(null=True, blank=True)
    # Raised with every save: two people on one filing are shown both texts.
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("round", "unit", "id")
        constraints = (
            models.UniqueConstraint(fields=("round", "task", "unit"), name="a_unit_files_once_a_round"),
        )
        indexes = (
            models.Index(fields=("unit", "round"), name="filing_by_unit"),
            models.Index(fields=("task", "round"), name="filing_by_task"),
        )

    def __str__(self) -> str:
        return f"{self.round_id} {self.task_id} {self.unit_id}"


class FilingHand(models.Model):
    """Whom a filing was asked of, and in which part, until its task changed hands; it stays to be judged by.

    `since` is empty where it was so since the round opened. Whom it is asked of now, the filing itself says.
    """

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="hands")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    is_lead = models.BooleanField("牵头")
    since = models.DateTimeField(null=True, blank=True)
    until = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.filing_id} {self.unit_id}"


class FilingReturn(models.Model):
    """A filing sent back: what was missing, by when, and when the unit sent it again; it stays to be read."""

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="returns")
    why = models.TextField("退回理由")
    due = models.DateField("补充期限")
    returned_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("filing",), condition=Q(answered_at__isnull=True), name="one_return_at_a_time"
            ),
        )

    def __str__(self) -> str:
        return self.why[:40]


class FilingRecall(models.Model):
    """A filing that was the unit's word for a while, until its head took it back before the office ruled."""

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="recalls")
    confirmed_at = models.DateTimeField()
    recalled_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.filing_id} {self.recalled_at}"


class FilingValue(models.Model):
    """A number filed: reached by `true_on` of its filing, in the unit of the plan."""

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="values")
    indicator = models.CharField("指标", max_length=200)
    value = models.FloatField("数值")
    unit = models.CharField("单位", max_length=30, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("filing", "indicator"), name="one_value_an_indicator"),
        )

    def __str__(self) -> str:
        return f"{self.indicator} {self.value}"


class FilingStep(models.Model):
    """A milestone said to be done on a day."""

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="steps")
    name = models.CharField("节点", max_length=80)
    done_on = models.DateField("完成日期")

    class Meta:
        ordering = ("done_on", "id")
        constraints = (models.UniqueConstraint(fields=("filing", "name"), name="a_step_is_done_once"),)

    def __str__(self) -> str:
        return self.name


class EvidenceKind(models.TextChoices):
    """What proves a filing, the strongest first; completion cannot rest on a unit's own word."""

    ACCEPTANCE = "acceptance", "验收文件"
    STATISTIC = "statistic", "官方统计"
    APPROVAL = "approval", "批复文件"
    CONTRACT = "contract", "合同协议"
    RECORD = "record", "台账记录"
    PICTURE = "picture", "图片"
    WORD = "word", "单位说明"


class Evidence(models.Model):
    """One piece of evidence: a kept file by its sha256, or a sentence; used twice it is shown as such."""

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="evidence")
    kind = models.CharField("类别", max_length=12, choices=EvidenceKind)
    title = models.CharField("说明", max_length=200)
    sha256 = models.CharField(max_length=64, blank=True)
    file_name = models.CharField("文件名", max_length=200, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    # Of the file's bytes, or of the folded sentence.
    fingerprint = models.CharField(max_length=64, db_index=True)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=~Q(title="") | ~Q(sha256=""), name="evidence_says_or_holds_something"
            ),
        )

    def __str__(self) -> str:
        return self.title
