"""Filings about to be written: the unit's own, still open, held until the transaction ends."""

from collections.abc import Iterable

from django.http import Http404

from dukao.site.people.access import Act, Viewer, require
from dukao.site.refusals import Refused
from dukao.site.supervision.access import units_of
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
    found = Filing.objects.select_for_update(of=("self",)).select_related("round").order_by("pk")
    known: dict[int, Filing] = {
        one.pk: one for one in found.filter(pk__in=wanted, task__place_id=by.place_id)
    }
    if len(known) < len(wanted):
        raise Http404
    filings = [known[pk] for pk in wanted]
    if any(one.unit_id != by.unit_id for one in filings):
        units = units_of(by)
        if any(one.unit_id not in units for one in filings):
            raise Http404
    for filing in filings:
        if filing.round.closed_at:
            raise Refused(Refusal.ROUND_CLOSED, label=filing.round.label)
        if filing.stage not in OPEN:
            raise Refused(Refusal.FIXED, stage=filing.get_stage_display())
    return filings
