"""A task (重点工作, or one content of a 民生实事 project) and everything said of it, each with its period.

A `Task` is the lasting identity. What it says stands in rows that begin and end (`Recorded`), so that every
page can be shown as it stood on any day.
"""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from dukao.site.archive.models import Publicity
from dukao.site.ledger.models.breakdown import Breakdown, Heading
from dukao.site.ledger.recorded import Recorded
from dukao.site.people.models import Place, Post, Unit, UnitGroup


class TaskKind(models.TextChoices):
    """Which of the two annexes a task belongs to; an item of another list of the place stands in neither."""

    KEY = "key", "重点工作"
    LIVELIHOOD = "livelihood", "民生实事"
    REGISTER = "register", "清单事项"


class Status(models.TextChoices):
    """Whether a task is a proposal, everybody's, or taken back."""

    DRAFT = "draft", "草稿"
    ISSUED = "issued", "已印发"
    WITHDRAWN = "withdrawn", "已撤回"


class Task(models.Model):
    """One task of a year; `number` lasts from the issue on: 重2024-012, 民2024-005.

    What the place keeps on another list (信访积案, 安全隐患 …) comes from no breakdown.
    """

    place = models.ForeignKey(Place, models.PROTECT, related_name="tasks")
    breakdown = models.ForeignKey(Breakdown, models.PROTECT, null=True, blank=True, related_name="tasks")
    year = models.PositiveSmallIntegerField("年度")
    kind = models.CharField("类别", max_length=10, choices=TaskKind)
    number = models.CharField("编号", max_length=20, null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("place", "number"), name="a_number_lasts"),
            models.CheckConstraint(
                condition=Q(breakdown__isnull=False) ^ Q(kind="register"),
                name="of_a_breakdown_or_of_another_list",
            ),
        )
        indexes = (models.Index(fields=("place", "year", "kind"), name="task_by_year"),)

    def __str__(self) -> str:
        return self.number or f"草稿 {self.pk}"

    def get_absolute_url(self) -> str:
        """The task's page."""
        return reverse("ledger:task", args=[self.pk])


class DeadlineKind(models.TextChoices):
    """What a time limit means; a task without one is shown as 未定时限, and never counts as on time."""

    BY = "by", "截止"
    WITHIN = "within", "期内"
    ONGOING = "ongoing", "持续"
    MILESTONE = "milestone", "节点"


class TaskState(Recorded):
    """What a task said from one moment to another."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="states")
    status = models.CharField("状态", max_length=10, choices=Status, default=Status.DRAFT)
    order = models.PositiveIntegerField("次序")
    title = models.CharField("小标题", max_length=200, blank=True)
    text = models.TextField("内容")
    project = models.CharField("民生实事项目", max_length=120, blank=True)
    section = models.CharField("报告章节", max_length=300, blank=True)
    remark = models.TextField("备注", blank=True)
    deadline_text = models.CharField("时限", max_length=80, blank=True)
    deadline = models.DateField("时限日期", null=True, blank=True)
    deadline_kind = models.CharField("时限性质", max_length=10, choices=DeadlineKind, blank=True)
    publicity = models.CharField("公开属性", max_length=10, choices=Publicity, default=Publicity.INTERNAL)
    publicity_reason = models.CharField("不予公开的理由", max_length=200, blank=True)
    # What the breakdown was read as: proposals, kept as they were made.
    relation = models.CharField("与报告对照", max_length=10, blank=True)
    source_spans = models.JSONField(default=list)
    differences = models.JSONField(default=list)
    # Folded text for search: `ledger.search.fold`.
    search = models.TextField(blank=True)

    class Meta(Recorded.Meta):
        constraints = (
            *Recorded.Meta.constraints,
            models.UniqueConstraint(
                fields=("task",), condition=Q(until__isnull=True), name="a_task_says_one_thing"
            ),
        )
        indexes = (
            models.Index(fields=("task", "since"), name="state_by_task"),
            models.Index(fields=("until", "order"), name="state_by_order"),
        )

    def __str__(self) -> str:
        return self.text[:40]


class Placement(Recorded):
    """Where a task stands in the breakdown, and which post leads it there.

    A task under two leaders has two: 165 rows, 164 tasks. A row laid on all units together has no post.
    """

    task = models.ForeignKey(Task, models.PROTECT, related_name="placements")
    heading = models.ForeignKey(Heading, models.PROTECT, null=True, blank=True, related_name="placements")
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="placements")
    row = models.CharField("分解表编号", max_length=30)
    order = models.PositiveIntegerField()

    class Meta(Recorded.Meta):
        ordering = ("order", "id")
        indexes = (models.Index(fields=("task",), name="placement_by_task"),)

    def __str__(self) -> str:
        return self.row


class Role(models.TextChoices):
    """A unit's part in a task."""

    LEAD = "lead", "牵头"
    RESPONSIBLE = "responsible", "责任"
    SUPPORTING = "supporting", "配合"


class Responsibility(Recorded):
    """A unit's or a group's part in a task, and what it rests on."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="responsibilities")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="responsibilities")
    group = models.ForeignKey(UnitGroup, models.PROTECT, null=True, blank=True, related_name="+")
    office = models.CharField("经由", max_length=60, blank=True)
    role = models.CharField("角色", max_length=12, choices=Role)
    # The bases of contracts.md, and "act" for a later approved act.
    basis = models.CharField("依据", max_length=12)
    scope = models.CharField("范围", max_length=120, blank=True)
    written = models.CharField("原写法", max_length=120, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta(Recorded.Meta):
        ordering = ("order", "id")
        constraints = (
            *Recorded.Meta.constraints,
            models.CheckConstraint(
                condition=Q(unit__isnull=False, group__isnull=True)
                | Q(unit__isnull=True, group__isnull=False),
                name="a_unit_or_a_group_answers",
            ),
        )
        indexes = (
            models.Index(fields=("task", "until"), name="duty_by_task"),
            models.Index(fields=("unit", "until"), name="duty_by_unit"),
        )

    def __str__(self) -> str:
        return f"{self.task_id} {self.role}"


class Register(models.TextChoices):
    """The five lists (五个重大) a task may be on besides its own annex."""

    PLATFORM = "platform", "重大平台"
    PROJECT = "project", "重大项目"
    REFORM = "reform", "重大改革"
    FACTOR = "factor", "重大要素"
    INDICATOR = "indicator", "重大指标"


class RegisterTag(Recorded):
    """A task on a register: proposed from its text, or set by the clerk."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="tags")
    register = models.CharField("清单", max_length=12, choices=Register)
    is_proposed = models.BooleanField("建议", default=True)
    reason = models.CharField("依据", max_length=120, blank=True)

    class Meta(Recorded.Meta):
        ordering = ("register",)
        indexes = (models.Index(fields=("task", "until"), name="tag_by_task"),)

    def __str__(self) -> str:
        return str(self.register)


class TaskMeasure(Recorded):
    """One number a task promises, as read from its text (contracts: measure), with unit and year."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="measures")
    indicator = models.CharField("指标", max_length=200)
    action = models.CharField("动作", max_length=60, blank=True)
    surface = models.CharField("原写法", max_length=80)
    value = models.FloatField("数值")
    value_max = models.FloatField(null=True, blank=True)
    unit = models.CharField("单位", max_length=30, blank=True)
    op = models.CharField("比较", max_length=2)
    kind = models.CharField("性质", max_length=10)
    year = models.PositiveSmallIntegerField("年份", null=True, blank=True)
    approximate = models.BooleanField("约数", default=False)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta(Recorded.Meta):
        ordering = ("order", "id")
        indexes = (models.Index(fields=("task", "until"), name="measure_by_task"),)

    def __str__(self) -> str:
        return f"{self.indicator} {self.surface}"
