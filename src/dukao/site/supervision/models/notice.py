"""督办: reminders go out by themselves; every other paper is drafted by the program and signed by persons."""

from django.db import models
from django.db.models import Q

from dukao.site.ledger.models import Task
from dukao.site.people.models import Place, Post, Unit, User


class Reminder(models.Model):
    """A reminder that was sent: to whom, of what, by which way; the same one is never sent twice."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="reminders")
    key = models.CharField(max_length=120)
    words = models.TextField("内容")
    sent_at = models.DateTimeField()
    ways = models.CharField("方式", max_length=60, default="site")

    class Meta:
        ordering = ("-id",)
        constraints = (models.UniqueConstraint(fields=("unit", "key"), name="a_reminder_is_sent_once"),)

    def __str__(self) -> str:
        return self.words[:40]


class NoticeStage(models.TextChoices):
    """拟稿 → 核稿 → 签发 → 答复 → 办结."""

    DRAFT = "draft", "拟稿"
    CHECKED = "checked", "已核稿"
    SENT = "sent", "已签发"
    ANSWERED = "answered", "已答复"
    CLOSED = "closed", "已办结"
    WITHDRAWN = "withdrawn", "已撤回"


class Notice(models.Model):
    """A numbered paper to a unit about tasks: a coloured 督办单, a talk (约谈), or to a partner a 商请函."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="notices")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="notices")
    tasks = models.ManyToManyField(Task, related_name="notices")
    # A rung of the place's ladder (presets/ladders.toml): blue, yellow, red, talk …, or "letter".
    rung = models.CharField("等级", max_length=12)
    year = models.PositiveSmallIntegerField("年度")
    number = models.PositiveIntegerField("编号", null=True, blank=True)
    stage = models.CharField("阶段", max_length=10, choices=NoticeStage, default=NoticeStage.DRAFT)
    cause = models.TextField("事由")
    asked = models.TextField("要求")
    due = models.DateField("答复期限")
    key = models.CharField(max_length=120)
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    checked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField("答复", blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closing_why = models.TextField("办结意见", blank=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("place", "year", "rung", "number"),
                condition=Q(number__isnull=False),
                name="notices_are_numbered",
            ),
            models.UniqueConstraint(fields=("unit", "key"), name="a_notice_is_proposed_once"),
        )

    def __str__(self) -> str:
        return f"{self.rung} {self.number or '（未编号）'}"


class Instruction(models.Model):
    """批示: what a leader said of a task, to be followed up until it is done."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="instructions")
    task = models.ForeignKey(Task, models.PROTECT, related_name="instructions")
    post = models.ForeignKey(Post, models.PROTECT, related_name="instructions")
    words = models.TextField("批示内容")
    due = models.DateField("办理期限", null=True, blank=True)
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.words[:40]


class InstructionStep(models.Model):
    """What became of an instruction, said by a unit or the office."""

    instruction = models.ForeignKey(Instruction, models.PROTECT, related_name="steps")
    words = models.TextField("落实情况")
    said_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.words[:40]


class Meeting(models.Model):
    """A supervision meeting: its agenda is drawn from what is behind; what it decides is followed up."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="meetings")
    held_on = models.DateField("日期")
    title = models.CharField("名称", max_length=120)
    agenda = models.JSONField(default=list)
    decisions = models.JSONField(default=list)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("-held_on", "-id")

    def __str__(self) -> str:
        return self.title


class Bulletin(models.Model):
    """通报: the period's paper, drafted from the facts of a day; what it said is kept as it was."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="bulletins")
    label = models.CharField("期次", max_length=30)
    as_of = models.DateField("数据截至")
    stage = models.CharField("阶段", max_length=10, choices=NoticeStage, default=NoticeStage.DRAFT)
    content = models.JSONField(default=dict)
    drafted_at = models.DateTimeField()
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-as_of", "-id")
        constraints = (models.UniqueConstraint(fields=("place", "label"), name="one_bulletin_by_label"),)

    def __str__(self) -> str:
        return self.label
