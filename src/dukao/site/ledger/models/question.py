"""What needs a person before a breakdown is issued, and what was settled in earlier years."""

from django.db import models
from django.db.models import Q

from dukao.site.ledger.models.breakdown import Breakdown
from dukao.site.people.models import Place, User


class QuestionKind(models.TextChoices):
    """Why a person is asked."""

    UNDECIDED = "undecided", "牵头未定"
    UNITLESS = "unitless", "未写单位"
    ALIAS = "alias", "单位异名"
    NUMBER = "number", "数字不一致"
    WORDING = "wording", "文字不一致"
    TRUNCATED = "truncated", "文字残缺"
    ABSENT = "absent", "报告中未见"
    UNCOVERED = "uncovered", "承诺未分解"
    TWO_LEADS = "two_leads", "一事两家牵头"
    TWO_LEADERS = "two_leaders", "一事两位领导"
    REPEATED = "repeated", "重复列出"
    CHECK = "check", "口径待核"


class Question(models.Model):
    """One thing to settle: about which rows, what is proposed, and what somebody answered and why.

    `rows` are row ids of the breakdown or, for `uncovered`, a commitment's id. `options` are
    `[{"answer", "label", "needs": "" | "text" | "unit" | "row", "why": bool}]`; `proposal` one of them with
    its facts or null; `answer` is `{"answer", …facts}`. `undo` says what the answer changed.
    """

    breakdown = models.ForeignKey(Breakdown, models.PROTECT, related_name="questions")
    kind = models.CharField("事由", max_length=12, choices=QuestionKind)
    key = models.CharField(max_length=200)
    order = models.PositiveIntegerField()
    rows = models.JSONField(default=list)
    message = models.TextField("说明")
    facts = models.JSONField(default=dict)
    options = models.JSONField(default=list)
    proposal = models.JSONField(null=True, blank=True)
    answer = models.JSONField(null=True, blank=True)
    undo = models.JSONField(null=True, blank=True)
    why = models.CharField("理由", max_length=300, blank=True)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    # Raised with every change: who answers an older one is shown both answers.
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("order", "id")
        constraints = (
            models.UniqueConstraint(fields=("breakdown", "kind", "key"), name="a_question_is_asked_once"),
            models.CheckConstraint(
                condition=Q(answer__isnull=True) | Q(settled_at__isnull=False), name="settled_by_somebody"
            ),
        )

    def __str__(self) -> str:
        return self.message[:40]

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to answer."""
        return self.settled_at is None


class Precedent(models.Model):
    """How a question of this kind and key was settled here last: proposed when it comes again."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=QuestionKind)
    key = models.CharField(max_length=200)
    answer = models.JSONField()
    why = models.CharField(max_length=300, blank=True)
    year = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("place", "kind", "key"), name="one_precedent_by_key"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
