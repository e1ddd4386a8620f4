"""Save what a workbook changed: all that was shown and confirmed, in one transaction, or nothing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from dukao.site.people.access import Act, Viewer, require
from dukao.site.refusals import Refused
from dukao.site.supervision.registers.access import kept_register, lock_register
from dukao.site.supervision.registers.entering import change_item, enter_item
from dukao.site.supervision.registers.errors import Refusal
from dukao.site.supervision.registers.items import read_items
from dukao.site.supervision.registers.workbooks.comparing import Comparison, Desk
from dukao.site.supervision.workbooks import Line


def compare_workbook(code: str, year: int, lines: Sequence[Line], *, by: Viewer, at: datetime) -> Comparison:
    """What an upload would do; nothing changes yet."""
    require(by, Act.IMPORT_WORKBOOK)
    kept = kept_register(by.place_id, code)
    rows = read_items(by, kept, localdate(at), at, task__year=year)
    return Desk(by, kept, rows, at).compare(lines)


@transaction.atomic
def apply_workbook(
    code: str, year: int, lines: Sequence[Line], seal: str, why: str, *, by: Viewer, at: datetime
) -> tuple[int, int]:
    """Save every change that was shown under `seal`, each with its own entry; how many changed, how many new.

    Refused whole where somebody changed one of them since it was shown.
    """
    require(by, Act.IMPORT_WORKBOOK)
    lock_register(code, by)
    comparison = compare_workbook(code, year, lines, by=by, at=at)
    if comparison.seal != seal:
        raise Refused(Refusal.WORKBOOK_MOVED)
    if not comparison.changes:
        raise Refused(Refusal.WORKBOOK_NOTHING)
    if comparison.needs_why and not why.strip():
        raise Refused(Refusal.NEEDS_WHY, status=422)
    new = 0
    for change in comparison.changes:
        asked = replace(change.asked, why=why)
        if change.row is None:
            enter_item(code, asked, year, by=by, at=at)
            new += 1
        else:
            change_item(code, change.row.task_id, asked, by=by, at=at)
    return len(comparison.changes) - new, new
