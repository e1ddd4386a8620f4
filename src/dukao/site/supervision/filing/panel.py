"""进展: what was filed for one task, newest first, as the task's page lays it out."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from dukao.site.ledger.access import visible_task
from dukao.site.people.access import Act, Reach, Viewer, may
from dukao.site.supervision.filing.evidence import RankedEvidence, evidence_of
from dukao.site.supervision.filing.items import Said, filings_to_show
from dukao.site.supervision.filing.words import words_of
from dukao.site.supervision.models import Filing, FilingStage


@dataclass(frozen=True, slots=True)
class Told:
    """One filing of a task with its evidence; `is_fact` once the office has taken it."""

    said: Said
    proofs: tuple[RankedEvidence, ...]
    is_fact: bool

    @property
    def filing(self) -> Filing:
        """The filing."""
        return self.said.filing


@dataclass(frozen=True, slots=True)
class FilingPanel:
    """What was filed for a task, as far as this reader sees it."""

    told: tuple[Told, ...]
    own: Filing | None  # the reader's own that waits to be filled in

    @property
    def only_own_word(self) -> bool:
        """Whether there are words and nothing stronger behind them."""
        return bool(self.told) and all(proof.is_own_word for one in self.told for proof in one.proofs)


def filing_panel(viewer: Viewer, task_id: int, moment: datetime | None = None) -> FilingPanel:
    """What was filed for a task by `moment` (None: now), the newest round first; 404 where it is not seen.

    Everybody who sees the task reads what the office took. What is on its way is read by the office and by
    the unit itself, and a part of another unit by the lead it is for. None of it is for the public. Eleven
    queries, however much was filed.
    """
    visible_task(viewer, task_id, moment)
    if not may(viewer, Act.SEE_DOCUMENTS):
        return FilingPanel((), None)
    rows = filings_to_show().filter(task_id=task_id).exclude(stage__in=(FilingStage.EMPTY, FilingStage.MOVED))
    if moment is not None:
        rows = rows.filter(stage=FilingStage.ACCEPTED, ruled_at__lte=moment)
    filings = list(rows.filter(_readable(viewer)).order_by("-round__period_end", "-is_lead", "unit__order"))
    by_filing: dict[int, list[RankedEvidence]] = defaultdict(list)
    for one in evidence_of([task_id], moment)[task_id]:
        by_filing[one.evidence.filing_id].append(one)
    told = tuple(
        Told(Said(one, words_of(one)), tuple(by_filing[one.pk]), one.stage == FilingStage.ACCEPTED)
        for one in filings
    )
    return FilingPanel(told, _own(viewer, task_id) if moment is None else None)


def _readable(viewer: Viewer) -> Q:
    taken = Q(stage=FilingStage.ACCEPTED, is_lead=True)
    if viewer.reach is Reach.ALL:
        return taken | Q(is_lead=True, stage__in=(FilingStage.CONFIRMED, FilingStage.RETURNED))
    if not viewer.unit_id:
        return taken
    lead = Filing.objects.filter(unit_id=viewer.unit_id, is_lead=True).values("task_id")
    return taken | Q(unit_id=viewer.unit_id) | Q(is_lead=False, task_id__in=lead)


def _own(viewer: Viewer, task_id: int) -> Filing | None:
    if not viewer.unit_id:
        return None
    waiting = Filing.objects.filter(
        task_id=task_id,
        unit_id=viewer.unit_id,
        round__closed_at__isnull=True,
        stage__in=(FilingStage.EMPTY, FilingStage.RETURNED),
    )
    return waiting.select_related("round").order_by("-round__period_end").first()
