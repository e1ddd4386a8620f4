"""A breakdown on its way: draft, consultation, approval, issue."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate

from dukao.progress.figures import say_day
from dukao.site.archive.models import Compilation, Document, Publicity
from dukao.site.people.models import Place, Post, User


class Stage(models.TextChoices):
    """How far a breakdown has come; each step is an action with its paper."""

    DRAFT = "draft", "草稿"
    CONSULTATION = "consultation", "征求意见"
    APPROVAL = "approval", "审议"
    ISSUED = "issued", "已印发"
    WITHDRAWN = "withdrawn", "已撤回"


class Breakdown(models.Model):
    """The responsibility breakdown of one place and year, from the uploaded draft to the issued paper."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="breakdowns")
    year = models.PositiveSmallIntegerField("年度")
    stage = models.CharField("阶段", max_length=12, choices=Stage, default=Stage.DRAFT)
    report = models.ForeignKey(Document, models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    report_compilation = models.ForeignKey(Compilation, models.PROTECT, related_name="+")
    compilation = models.ForeignKey(Compilation, models.PROTECT, related_name="+")
    # Its document was written by the program from the report alone, as a proposal.
    is_drafted = models.BooleanField("由程序起草", default=False)
    title = models.CharField("标题", max_length=300)
    meeting = models.CharField("审议会议", max_length=120, blank=True)
    approved_on = models.DateField("审议日期", null=True, blank=True)
    document_number = models.CharField("文号", max_length=60, blank=True)
    issued_on = models.DateField("印发日期", null=True, blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)
    issued_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    publicity = models.CharField("公开属性", max_length=10, choices=Publicity, default=Publicity.INTERNAL)
    publicity_reason = models.CharField("不予公开的理由", max_length=200, blank=True)
    # How its papers say who leads, where a person chose another way than the place's.
    lead_by = models.CharField("牵头单位的标注方式", max_length=10, blank=True, default="")
    # What the notice said when it was issued, beside its rows: an issued paper stays what it was.
    wording = models.JSONField("印发时的正文", default=dict, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("-year", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("place", "year"), condition=~Q(stage="withdrawn"), name="one_breakdown_a_year"
            ),
            models.CheckConstraint(
                condition=~Q(stage="issued")
                | (~Q(document_number="") & Q(issued_on__isnull=False) & Q(issued_at__isnull=False)),
                name="issued_has_number_and_date",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where work on it goes on."""
        return reverse("ledger:review", args=[self.pk])

    @property
    def is_issued(self) -> bool:
        """Whether its tasks are everybody's ledger."""
        return self.stage == Stage.ISSUED

    @property
    def consultation_said(self) -> str:
        """How far asking the units is: nothing before the first round, then 在办 or when the last ended."""
        last = self.consultations.order_by("-pk").first()
        if last is None:
            return ""
        return f"{say_day(localdate(last.closed_at))}结束" if last.closed_at else "在办"


class Heading(models.Model):
    """A head of the breakdown with its leader; one without tasks (总负责) stands with its note."""

    breakdown = models.ForeignKey(Breakdown, models.PROTECT, related_name="headings")
    sign = models.CharField("序", max_length=20)
    title = models.CharField("标题", max_length=200)
    note = models.CharField("说明", max_length=200, blank=True)
    order = models.PositiveSmallIntegerField()
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="headings")

    class Meta:
        ordering = ("order",)
        constraints = (models.UniqueConstraint(fields=("breakdown", "sign"), name="one_heading_by_sign"),)

    def __str__(self) -> str:
        return self.title
