"""督办: reminders go out by themselves; every other paper is drafted by the program and signed by persons."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate

from dukao.site.ledger.models import Task
from dukao.site.people.models import Place, Post, Unit, User


class Contact(models.Model):
    """Where a unit's reminders go by mail; without one they stand in the site alone."""

    unit = models.OneToOneField(Unit, models.PROTECT, related_name="contact")
    mail = models.EmailField("提醒邮箱", blank=True)

    class Meta:
        ordering = ("unit__order", "unit_id")

    def __str__(self) -> str:
        return self.mail


class Reminder(models.Model):
    """A reminder that was sent: to whom, of what, by which way; the same one is never sent twice."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="reminders")
    # What it is of and how many days before: filing:12:3, step:8:开工:7.
    key = models.CharField(max_length=160)
    words = models.TextField("内容")
    address = models.CharField("去处", max_length=200, blank=True)
    due = models.DateField("期限", null=True, blank=True)
    sent_at = models.DateTimeField()
    ways = models.CharField("方式", max_length=60, default="site")

    class Meta:
        ordering = ("-id",)
        constraints = (models.UniqueConstraint(fields=("unit", "key"), name="a_reminder_is_sent_once"),)

    def __str__(self) -> str:
        return self.words[:40]


class Way(models.TextChoices):
    """How a reminder leaves the site."""

    MAIL = "mail", "邮件"
    ROBOT = "robot", "工作群机器人"


class Delivery(models.Model):
    """A message that leaves the site, tried again until it arrives or is given up; failures are shown."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    way = models.CharField("方式", max_length=8, choices=Way)
    target = models.CharField("发往", max_length=254, blank=True)
    subject = models.CharField("标题", max_length=120)
    words = models.TextField("内容")
    made_at = models.DateTimeField()
    next_at = models.DateTimeField("下次发送", null=True, blank=True)
    tries = models.PositiveSmallIntegerField("已试次数", default=0)
    sent_at = models.DateTimeField("送达", null=True, blank=True)
    error = models.CharField("原因", max_length=300, blank=True)

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=("next_at",), name="delivery_by_turn"),)

    def __str__(self) -> str:
        return f"{self.way} {self.subject}"

    @property
    def is_given_up(self) -> bool:
        """Whether it will not be tried again by itself, and never arrived."""
        return self.sent_at is None and self.next_at is None


class NoticeStage(models.TextChoices):
    """拟稿 → 核稿 → 签发 → 答复 → 办结."""

    DRAFT = "draft", "拟稿"
    CHECKED = "checked", "已核稿"
    SENT = "sent", "已签发"
    ANSWERED = "answered", "已答复"
    CLOSED = "closed", "已办结"
    WITHDRAWN = "withdrawn", "已撤回"


class Notice(models.Model):
    """A numbered paper to a unit about tasks: a coloured 督办单, a talk (约谈), or to a partner a 商请函.

    `facts` is what it rests on, as it was when drafted: `[{"task", "number", "words", "light", "reason",
    "since", "as_of"}]`; `since` is the first month of the run of lights, an episode.
    """

    place = models.ForeignKey(Place, models.PROTECT, related_name="notices")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="notices")
    tasks = models.ManyToManyField(Task, related_name="notices")
    # A rung of the place's ladder (presets/ladders.toml): blue, yellow, red, talk …, or "letter".
    rung = models.CharField("等级", max_length=12)
    name = models.CharField("名称", max_length=40)
    year = models.PositiveSmallIntegerField("年度")
    number = models.PositiveIntegerField("编号", null=True, blank=True)
    stage = models.CharField("阶段", max_length=10, choices=NoticeStage, default=NoticeStage.DRAFT)
    cause = models.TextField("事由")
    asked = models.TextField("要求")
    facts = models.JSONField(default=list)
    days = models.PositiveSmallIntegerField("答复工作日", default=5)
    # Set by the signature: so many working days after it.
    due = models.DateField("答复期限", null=True, blank=True)
    key = models.CharField(max_length=120)
    # The rung below, where this one was raised from it.
    raised_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="raised_to")
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    checked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    returned_why = models.TextField("退回理由", blank=True)
    answer = models.TextField("答复", blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closing_why = models.TextField("办结意见", blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.TextField("撤回理由", blank=True)

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
        indexes = (models.Index(fields=("place", "stage"), name="notice_by_stage"),)

    def __str__(self) -> str:
        return f"{self.name}{f'第{self.number}号' if self.number else '（未编号）'}"

    def get_absolute_url(self) -> str:
        """The notice's page."""
        return reverse("supervision:notice", args=[self.pk])

    @property
    def is_letter(self) -> bool:
        """Whether it asks a partner (商请函)."""
        return self.rung == "letter"

    @property
    def is_signed(self) -> bool:
        """Whether it has gone out."""
        return self.signed_at is not None

    def is_late(self, today: date) -> bool:
        """Whether the answer came, or still has not come, after its day; a letter is never late."""
        if self.due is None or self.is_letter:
            return False
        if self.answered_at is not None:
            return localdate(self.answered_at) > self.due
        return self.stage == NoticeStage.SENT and today > self.due


class Meeting(models.Model):
    """A supervision meeting: its agenda is drawn from what is behind; what it decides is followed up.

    `agenda` is kept as it was drawn: {"as_of", "counts", "items": [...]}, see pressing.agenda.
    """

    place = models.ForeignKey(Place, models.PROTECT, related_name="meetings")
    held_on = models.DateField("日期")
    title = models.CharField("名称", max_length=120)
    agenda = models.JSONField(default=dict)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("-held_on", "-id")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The meeting's page."""
        return reverse("supervision:meeting", args=[self.pk])


class Instruction(models.Model):
    """What is to be followed up until it is done: a leader's 批示 on a task, or a meeting's decision.

    A decision names its unit and may stand without a task until the ledger has a row for it.
    """

    place = models.ForeignKey(Place, models.PROTECT, related_name="instructions")
    task = models.ForeignKey(Task, models.PROTECT, null=True, blank=True, related_name="instructions")
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="instructions")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="decisions")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="instructions")
    words = models.TextField("批示内容")
    due = models.DateField("办理期限", null=True, blank=True)
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    # Its paper (批示督办通知): the words are in force without it. One that was out before papers
    # were signed has the day it went out, and nobody's name. `facts` is what it said when it was checked.
    checked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    facts = models.JSONField(default=dict, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    done_why = models.TextField("办结意见", blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.TextField("收回理由", blank=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(post__isnull=False, task__isnull=False)
                | Q(meeting__isnull=False, unit__isnull=False),
                name="a_post_or_a_meeting_says_it",
            ),
        )
        indexes = (models.Index(fields=("place", "done_at"), name="instruction_open"),)

    def __str__(self) -> str:
        return self.words[:40]

    def get_absolute_url(self) -> str:
        """The instruction's page."""
        return reverse("supervision:instruction", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether it still waits for its end."""
        return self.done_at is None and self.withdrawn_at is None

    def is_overdue(self, today: date) -> bool:
        """Whether its day is past and it is not done."""
        return self.is_open and self.due is not None and self.due < today


class InstructionStep(models.Model):
    """What became of an instruction, said by a unit or the office."""

    instruction = models.ForeignKey(Instruction, models.PROTECT, related_name="steps")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    words = models.TextField("落实情况")
    said_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.words[:40]


class Bulletin(models.Model):
    """通报: the period's paper, drafted from the facts of a day; what it said is kept as it was.

    `content` is what pressing.bulletin drew, with the words the clerk wrote over it.
    """

    place = models.ForeignKey(Place, models.PROTECT, related_name="bulletins")
    label = models.CharField("期次", max_length=30)
    as_of = models.DateField("数据截至")
    stage = models.CharField("阶段", max_length=10, choices=NoticeStage, default=NoticeStage.DRAFT)
    year = models.PositiveSmallIntegerField("年度")
    number = models.PositiveIntegerField("编号", null=True, blank=True)
    content = models.JSONField(default=dict)
    drafted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    drafted_at = models.DateTimeField()
    checked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.TextField("撤回理由", blank=True)

    class Meta:
        ordering = ("-as_of", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("place", "label"),
                condition=Q(withdrawn_at__isnull=True),
                name="one_bulletin_by_label",
            ),
            models.UniqueConstraint(
                fields=("place", "year", "number"),
                condition=Q(number__isnull=False),
                name="bulletins_are_numbered",
            ),
        )

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        """The bulletin's page."""
        return reverse("supervision:bulletin", args=[self.pk])
