"""What pages ask of rounds and filings."""

from datetime import date, datetime

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.timezone import localdate

from dukao.site.people.access import Act, Viewer, may
from dukao.site.supervision.access import units_of
from dukao.site.supervision.filing.panel import filing_panel
from dukao.site.supervision.models import Filing, FilingStage
from dukao.site.supervision.needs import Need

__all__ = ["filing_panel", "needs_of"]


def needs_of(viewer: Viewer, now: datetime) -> list[Need]:
    """What of this waits for somebody today: one query for a unit, one for the office."""
    needs: list[Need] = []
    if may(viewer, Act.FILE) and viewer.unit_id:
        needs += _needs_of_unit(viewer)
    if may(viewer, Act.RULE_FILING):
        waiting = Filing.objects.filter(
            round__place_id=viewer.place_id, stage=FilingStage.CONFIRMED, is_lead=True
        )
        needs.append(Need(waiting.count(), "项进展待审核", reverse("supervision:rounds")))
    return needs


def _needs_of_unit(viewer: Viewer) -> list[Need]:
    own = Filing.objects.filter(unit_id__in=units_of(viewer), is_lead=True, round__closed_at__isnull=True)
    empty, draft = Q(stage=FilingStage.EMPTY), Q(stage=FilingStage.DRAFT)
    returned = Q(stage=FilingStage.RETURNED)
    counts = own.aggregate(
        empty=Count("pk", filter=empty),
        due=Min("round__due_at", filter=empty | draft),
        returned=Count("pk", filter=returned),
        again=Min("returned_due", filter=returned),
        draft=Count("pk", filter=draft),
    )
    page = reverse("supervision:filings")
    due: date | None = localdate(counts["due"]) if counts["due"] else None
    needs = [
        Need(counts["returned"], "项被退回，待补充", page, counts["again"]),
        Need(counts["empty"], "项进展待填报", page, due),
    ]
    if may(viewer, Act.CONFIRM_FILING):
        needs.append(Need(counts["draft"], "项进展待确认报送", page, due))
    return needs
