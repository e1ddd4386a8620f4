"""Save what a workbook changed: all that was shown and confirmed, in one transaction, or nothing."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from dukao.site.people.access import Act, Viewer, require
from dukao.site.refusals import Refused
from dukao.site.supervision.filing.actions import Conflict, file_unchanged, save_filing
from dukao.site.supervision.filing.errors import Refusal
from dukao.site.supervision.filing.unit_page import read_unit_page
from dukao.site.supervision.filing.workbooks.comparing import Comparison, compare
from dukao.site.supervision.workbooks import Line


def compare_workbook(round_id: int, rows: Sequence[Line], *, by: Viewer, at: datetime) -> Comparison:
    """What an upload would do; nothing changes yet."""
    require(by, Act.FILE)
    return compare(rows, read_unit_page(by, round_id).own, localdate(at))


@transaction.atomic
def apply_workbook(round_id: int, rows: Sequence[Line], seal: str, *, by: Viewer, at: datetime) -> int:
    """Save every change that was shown under `seal`, each with its own entry; how many.

    Refused whole where somebody saved one of them since it was shown.
    """
    comparison = compare_workbook(round_id, rows, by=by, at=at)
    if comparison.seal != seal:
        raise Refused(Refusal.WORKBOOK_MOVED)
    if not comparison.changes:
        raise Refused(Refusal.WORKBOOK_NOTHING)
    for change in comparison.changes:
        filing = change.item.filing
        try:
            if change.words is None:
                file_unchanged([filing.pk], by=by, at=at)
            else:
                save_filing(filing.pk, change.words, filing.version, by=by, at=at)
        except Conflict as conflict:
            raise Refused(Refusal.WORKBOOK_MOVED) from conflict
    return len(comparison.changes)
