"""Filings about to be written: the unit's own, still open, held until the transaction ends."""

from collections.abc import Iterable

from django.http import Http404

from dukao.site.people.access import Act, Viewer, require
from dukao.site.refusals import Refused
from dukao.site.supervision.access import spoken_for
from dukao.site.supervision.filing.errors import Refusal
from dukao.site.supervision.models import Filing, FilingStage

OPEN = (FilingStage.EMPTY, FilingStage.DRAFT, FilingStage.RETURNED)


def lock_filing(filing_id: int, by: Viewer) -> Filing:
    """A filing of the viewer's unit that can still be written, locked: see `lock_filings`."""
    return lock_filings([filing_id], by)[0]


def lock_filings(filing_ids: Iterable[int], by: Viewer) -> list[Filing]:
    """Filings of the viewer's unit that can still be written, locked until the transaction ends: one query.

    404 for any other unit's; refused where its round is over, or it is with the office.
    """
    require(by, Act.FILE)
    wanted = list(dict.fromkeys(filing_ids))
    found = Filing.objects.filter(pk__in=wanted, round__place_id=by.place_id).order_by("pk")
    known: dict[int, Filing] = {
        one.pk: one for one in found.select_related("round").select_for_update(of=("self",))
    }
    if len(known) < len(wanted):
        raise Http404
    filings = [known[pk] for pk in wanted]
    units = {one.unit_id for one in filings}
    if spoken_for(by, units) < units:
        raise Http404
    for filing in filings:
        if filing.round.closed_at:
            raise Refused(Refusal.ROUND_CLOSED, label=filing.round.label)
        if filing.stage not in OPEN:
            raise Refused(Refusal.FIXED, stage=filing.get_stage_display())
    return filings
