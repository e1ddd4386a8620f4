"""The breakdowns of a place by year: how far each has come and what is open in it."""

from dataclasses import dataclass

from django.http import Http404
from django.urls import reverse

from dukao.progress.figures import say_day
from dukao.site.ledger.models import (
    Breakdown,
    Consultation,
    Opinion,
    Placement,
    Stage,
    Supplement,
    SupplementStage,
    TaskKind,
    TaskState,
)
from dukao.site.ledger.steps.issuing import OpenMatter
from dukao.site.people.access import Reach, Viewer


@dataclass(frozen=True, slots=True)
class Overview:
    """One breakdown in a list: its rows, tasks and contents, and what waits for somebody."""

    breakdown: Breakdown
    rows: int
    tasks: int
    contents: int
    open: list[OpenMatter]


def breakdown_for(viewer: Viewer, breakdown_id: int) -> Breakdown:
    """A breakdown of the viewer's place, for the office; 404 for every other."""
    found = Breakdown.objects.filter(pk=breakdown_id, place_id=viewer.place_id)
    breakdown = found.select_related("place", "report", "document", "issued_by").first()
    if breakdown is None or viewer.reach is not Reach.ALL:
        raise Http404
    return breakdown


def breakdowns_of(viewer: Viewer) -> list[Overview]:
    """The breakdowns of the viewer's place, the latest year first, withdrawn ones last."""
    found = Breakdown.objects.filter(place_id=viewer.place_id)
    overviews = [_overview(one) for one in found.select_related("report", "document")]
    return sorted(overviews, key=lambda one: one.breakdown.stage == Stage.WITHDRAWN)


def count_tasks(breakdown: Breakdown) -> tuple[int, int, int]:
    """Rows, tasks and livelihood contents that stand: a task under two leaders is two rows."""
    states = TaskState.objects.at(None).filter(task__breakdown=breakdown)
    if breakdown.stage != Stage.WITHDRAWN:
        states = states.exclude(status="withdrawn")
    tasks = states.filter(task__kind=TaskKind.KEY)
    seats = Placement.objects.at(None).filter(task_id__in=tasks.values("task_id"))
    rows = seats.values("task_id", "row").distinct().count()
    return rows, tasks.count(), states.filter(task__kind=TaskKind.LIVELIHOOD).count()


def open_counts(breakdown: Breakdown) -> list[OpenMatter]:
    """What waits for somebody, counted: questions, opinions, answers, supplements to sign."""
    if breakdown.stage == Stage.WITHDRAWN:
        return []
    questions = breakdown.questions.filter(settled_at__isnull=True).count()
    opinions = Opinion.objects.filter(
        reply__consultation__breakdown=breakdown, ruling="", withdrawn_at__isnull=True
    ).count()
    running = Consultation.objects.filter(breakdown=breakdown, closed_at__isnull=True).first()
    drafts = Supplement.objects.filter(breakdown=breakdown, stage=SupplementStage.DRAFT).count()
    asked = reverse("ledger:consultation", args=[breakdown.pk])
    found = [
        OpenMatter(f"{questions} 项待核对", reverse("ledger:review", args=[breakdown.pk]), questions),
        OpenMatter(f"{opinions} 条意见待处理", asked, opinions),
        OpenMatter(f"1 轮征求意见（{say_day(running.due)}止）", asked, 1, running.due) if running else None,
        OpenMatter(f"{drafts} 份补充通知待签发", reverse("ledger:supplements", args=[breakdown.pk]), drafts),
    ]
    return [one for one in found if one and one.count]


def _overview(breakdown: Breakdown) -> Overview:
    return Overview(breakdown, *count_tasks(breakdown), open_counts(breakdown))
