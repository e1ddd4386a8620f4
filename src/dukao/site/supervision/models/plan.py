"""推进方案: how a task will be delivered, as first promised and as changed; no promise is overwritten."""

from typing import Literal

from django.db import models
from django.db.models import Q

from dukao.progress.values import side_of
from dukao.site.ledger.models import Task, TaskMeasure
from dukao.site.people.models import Unit, User


class PlanKind(models.TextChoices):
    """What shape the progress of a task has; never a straight line by default."""

    CUMULATIVE = "cumulative", "累计数量"
    STOCK = "stock", "存量指标"
    STATISTIC = "statistic", "统计指标"
    MILESTONES = "milestones", "节点推进"
    LEVEL = "level", "保持达标"
    CEILING = "ceiling", "控制上限"


class PlanStage(models.TextChoices):
    """How far a plan has come."""

    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "待审"
    APPROVED = "approved", "已同意"
    RETURNED = "returned", "退回修改"
    SUPERSEDED = "superseded", "已变更"
    WITHDRAWN = "withdrawn", "已撤回"


class ActionPlan(models.Model):
    """One numbered plan of a task: the first is the promise, those after it are approved changes.

    `visible` answers what will be visible by 31 December: without it a task is not under way.
    """

    task = models.ForeignKey(Task, models.PROTECT, related_name="plans")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField("第几次")
    stage = models.CharField("阶段", max_length=12, choices=PlanStage, default=PlanStage.DRAFT)
    kind = models.CharField("类型", max_length=12, choices=PlanKind)
    measure = models.ForeignKey(TaskMeasure, models.PROTECT, null=True, blank=True, related_name="+")
    target = models.FloatField("目标值", null=True, blank=True)
    # Of a stock what it was when the year began; unknown, its first figure stands for it.
    base = models.FloatField("年初数", null=True, blank=True)
    unit_of_measure = models.CharField("计量单位", max_length=30, blank=True)
    curve = models.CharField("序时曲线", max_length=40, blank=True)
    delay = models.PositiveSmallIntegerField("公布滞后天数", default=0)
    deadline = models.DateField("完成时限", null=True, blank=True)
    visible = models.TextField("年底看得见的成果", blank=True)
    actions = models.TextField("主要措施", blank=True)
    change_why = models.TextField("变更理由", blank=True)
    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    saved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    saved_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    ruled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    ruled_at = models.DateTimeField(null=True, blank=True)
    ruling_why = models.TextField("审核意见", blank=True)
    # In force from its approval until the next one's.
    since = models.DateTimeField(null=True, blank=True)
    until = models.DateTimeField(null=True, blank=True)
    # Raised with every save: two people on one plan are shown both texts.
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("task", "number")
        constraints = (
            models.UniqueConstraint(fields=("task", "number"), name="plans_are_numbered"),
            models.UniqueConstraint(
                fields=("task",),
                condition=Q(since__isnull=False, until__isnull=True),
                name="one_plan_in_force",
            ),
        )

    def __str__(self) -> str:
        return f"{self.task_id} 第{self.number}次"

    @property
    def side(self) -> Literal["", ">=", "<="]:
        """On which side of its number the task's words put what is good; empty where they do not say."""
        return side_of(self.measure.op) if self.measure else ""

    @property
    def is_amount(self) -> bool:
        """Whether it is a year's amount, due by a curve; what is to stay under its target is never due."""
        return self.kind == PlanKind.STATISTIC and self.curve != "" and self.side != "<="


class PlanPoint(models.Model):
    """A point of a plan's own curve: what share of the target is due by a day."""

    plan = models.ForeignKey(ActionPlan, models.CASCADE, related_name="points")
    day = models.DateField("日期")
    share = models.FloatField("应达比例")

    class Meta:
        ordering = ("day",)
        constraints = (
            models.UniqueConstraint(fields=("plan", "day"), name="one_point_a_day"),
            models.CheckConstraint(condition=Q(share__gte=0, share__lte=1), name="a_share_is_a_share"),
        )

    def __str__(self) -> str:
        return f"{self.day} {self.share:.0%}"


class PlanStep(models.Model):
    """A milestone: a step with the day it is due; whether it is done, filings say."""

    plan = models.ForeignKey(ActionPlan, models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField()
    name = models.CharField("节点", max_length=80)
    due = models.DateField("应完成")

    class Meta:
        ordering = ("order",)
        constraints = (models.UniqueConstraint(fields=("plan", "name"), name="one_step_by_name"),)

    def __str__(self) -> str:
        return self.name


class TaskForceMember(models.Model):
    """Somebody of the task force (专班)."""

    plan = models.ForeignKey(ActionPlan, models.CASCADE, related_name="members")
    name = models.CharField("姓名", max_length=40)
    duty = models.CharField("职责", max_length=80, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("order", "id")

    def __str__(self) -> str:
        return self.name
