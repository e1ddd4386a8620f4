"""征求意见: every unit sees its own rows and answers; each opinion is taken or not, with why."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate

from dukao.site.ledger.models.breakdown import Breakdown
from dukao.site.ledger.models.task import Task
from dukao.site.people.models import Unit, User


class Consultation(models.Model):
    """One round of asking the units, until a day."""

    breakdown = models.ForeignKey(Breakdown, models.PROTECT, related_name="consultations")
    opened_at = models.DateTimeField()
    due = models.DateField("答复期限")
    closed_at = models.DateTimeField(null=True, blank=True)
    # Ids of the units asked, written down at the closing: who is among them and has no reply was silent.
    asked = models.JSONField(default=list)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("breakdown",), condition=Q(closed_at__isnull=True), name="one_open_consultation"
            ),
        )

    def __str__(self) -> str:
        return f"征求意见 {self.due}"

    @property
    def until(self) -> date:
        """The last day of the round: the day it was closed, where that was before its due day."""
        return min(self.due, localdate(self.closed_at)) if self.closed_at else self.due


class Reply(models.Model):
    """A unit's answer to a consultation; none is silence, and is shown as such."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="replies")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    agreed = models.BooleanField("无意见")
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    # The paper it stands on, where the unit wrote and the office put it on record.
    source = models.CharField("书面答复的依据", max_length=300, blank=True, default="")

    class Meta:
        ordering = ("unit__order", "id")
        constraints = (models.UniqueConstraint(fields=("consultation", "unit"), name="a_unit_replies_once"),)

    def __str__(self) -> str:
        return f"{self.unit_id} {'无意见' if self.agreed else '有意见'}"

    @property
    def is_on_paper(self) -> bool:
        """Whether what the unit said last came on paper."""
        return bool(self.source)

    @property
    def given(self) -> str:
        """How it came, and through whom."""
        name = self.answered_by.name
        return f"书面答复，{name}登记，依据：{self.source}" if self.is_on_paper else name


class OpinionKind(models.TextChoices):
    """What a unit wants otherwise."""

    TEXT = "text", "改文字"
    LEAD = "lead", "改牵头单位"
    BESIDE = "beside", "增加单位"
    NUMBER = "number", "改数字"
    OTHER = "other", "其他意见"


class Ruling(models.TextChoices):
    """What became of an opinion."""

    TAKEN = "taken", "采纳"
    NOT_TAKEN = "not_taken", "不采纳"


class Opinion(models.Model):
    """One wish of a unit about one task, with reasons; the office takes it or not, with why.

    `lead` is the unit wished for where another should lead, or stand beside. `source` is the paper it stands
    on, where the unit did not say it here itself. `undo` says what taking the opinion changed. A unit that
    thinks better of it withdraws its opinion; the row stays.
    """

    reply = models.ForeignKey(Reply, models.PROTECT, related_name="opinions")
    task = models.ForeignKey(Task, models.PROTECT, related_name="opinions")
    kind = models.CharField("意见", max_length=8, choices=OpinionKind)
    about = models.TextField("提意见时的写法", blank=True)
    wish = models.TextField("建议改为")
    lead = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField("理由")
    source = models.CharField("书面意见的依据", max_length=300, blank=True, default="")
    given_at = models.DateTimeField()
    ruling = models.CharField("处理", max_length=10, choices=Ruling, blank=True)
    ruling_why = models.TextField("处理理由", blank=True)
    ruled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    ruled_at = models.DateTimeField(null=True, blank=True)
    undo = models.JSONField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.wish[:40]

    @property
    def is_on_paper(self) -> bool:
        """Whether it came on paper."""
        return bool(self.source)

    @property
    def given(self) -> str:
        """How it came, and through whom where that is who answered last for the unit."""
        if not self.is_on_paper:
            return "单位在网上提出" if self.reply.is_on_paper else self.reply.answered_by.name
        through = f"{self.reply.answered_by.name}登记，" if self.reply.is_on_paper else ""
        return f"书面答复，{through}依据：{self.source}"

    @property
    def is_taken_in_part(self) -> bool:
        """Whether the row says something of its wish, and not all of it."""
        said = (self.undo or {}).get("text_after")
        return self.ruling == Ruling.TAKEN and said is not None and said != self.wish

    @property
    def ruling_said(self) -> str:
        """What became of it: 采纳, 部分采纳, 不采纳."""
        return "部分采纳" if self.is_taken_in_part else str(self.get_ruling_display())

    @property
    def wish_said(self) -> str:
        """What is wished for, as a sentence."""
        match self.kind:
            case OpinionKind.LEAD:
                return f"改由{self.wish}牵头"
            case OpinionKind.BESIDE:
                return f"增列{self.wish}"
            case OpinionKind.OTHER:
                return self.wish
        return f"“{self.about}”改为“{self.wish}”"
