"""What the program does by itself: the runs and what each did, the lease that keeps two apart."""

from django.db import models

from dukao.site.people.models import Place


class JobLease(models.Model):
    """Who runs the jobs, and until when the others keep away; one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    holder = models.CharField(max_length=60, blank=True)
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(id=1), name="one_lease"),)

    def __str__(self) -> str:
        return self.holder


class JobDay(models.Model):
    """The last day a job that is done once a day was done for a place."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    job = models.CharField(max_length=30)
    day = models.DateField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("place", "job"), name="a_job_has_a_last_day"),)

    def __str__(self) -> str:
        return f"{self.job} {self.day}"


class JobRun(models.Model):
    """One run, or `times` runs after one another that found nothing to do.

    `at` is the moment the work was done for, `began_at` and `ended_at` the clock on the wall. `done` is
    `[{"place": code, "name", "job", "words", "error"}]`, a line for each job that did something or failed.
    """

    at = models.DateTimeField("办理时刻")
    began_at = models.DateTimeField("开始")
    ended_at = models.DateTimeField("结束")
    times = models.PositiveIntegerField("次数", default=1)
    is_good = models.BooleanField("正常", default=True)
    done = models.JSONField(default=list)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.began_at:%Y-%m-%d %H:%M}"
