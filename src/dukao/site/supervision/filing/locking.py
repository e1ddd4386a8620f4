"""Filings about to be written: the unit's own, still open, held until the transaction ends."""

from collections.abc import Iterable

from django.http import Http404

from dukao.site.people.access import Act, Viewer, require
from dukao.site.refusals import Refused
from dukao.site.statements import Lookup
from dukao.site.supervision.access import spoken_for
from dukao.site.supervision.filing.errors import Refusal
from dukao.site.supervision.models import Filing, FilingStage

OPEN = (FilingStage.EMPTY, FilingStage.DRAFT, FilingStage.RETURNED)


# What an act on a filing reads of it, or writes; the rest is asked for where somebody wants it.
_READ = (
    *("stage", "is_unchanged", "version", "progress", "next_step", "problem", "help_needed"),
    *("is_blocked", "true_on", "is_lead", "task", "unit"),
    *("round__closed_at", "round__label", "round__period_end"),
)
_HELD = Filing.objects.order_by().select_related("round").only(*_READ).select_for_update(of=("self",))
_ONE = Lookup(_HELD, "pk")


def lock_filing(filing_id: int, by: Viewer) -> Filing:
    """A filing of the viewer's unit that can still be written, locked: see `lock_filings`."""
    require(by, Act.FILE)
    return _check(_ONE.find(filing_id), 1, by)[0]


def lock_filings(filing_ids: Iterable[int], by: Viewer) -> list[Filing]:
    """Filings of the viewer's unit that can still be written, locked until the transaction ends: one query.

    404 for any other unit's; refused where its round is over, or it is with the office.
    """
    require(by, Act.FILE)
    wanted = list(dict.fromkeys(filing_ids))
    known = {one.pk: one for one in _HELD.filter(pk__in=wanted).order_by("pk")}
    return _check([known[pk] for pk in wanted if pk in known], len(wanted), by)


def _check(filings: list[Filing], wanted: int, by: Viewer) -> list[Filing]:
    units = {one.unit_id for one in filings}
    if len(filings) < wanted or spoken_for(by, units) < units:
        raise Http404
    for filing in filings:
        if filing.round.closed_at:
            raise Refused(Refusal.ROUND_CLOSED, label=filing.round.label)
        if filing.stage not in OPEN:
            raise Refused(Refusal.FIXED, stage=filing.get_stage_display())
    return filings
