"""The ledger of a year as it stands, ready to be held against a workbook."""

import re
from collections.abc import Sequence
from datetime import datetime

from django.utils.timezone import localdate

from dukao.site.ledger.duties import duties_of
from dukao.site.ledger.models import Breakdown, TaskState
from dukao.site.ledger.queries.rows import leaders_on, read_rows
from dukao.site.ledger.queries.workbook import read_lines
from dukao.site.ledger.workbooks.cells import Limit
from dukao.site.ledger.workbooks.naming import read_names
from dukao.site.ledger.workbooks.reading import SheetRow
from dukao.site.ledger.workbooks.values import Ledger, Standing
from dukao.site.people.access import Viewer

_ID = re.compile(r"[0-9]{1,18}")


def read_standing(breakdown: Breakdown, rows: Sequence[SheetRow], viewer: Viewer, now: datetime) -> Ledger:
    """The ledger of a breakdown's year as it stands now, with what these rows may name."""
    current = read_rows(viewer, None, year=breakdown.year)
    leaders = leaders_on(viewer.place_id, None, now)
    lines = read_lines(current, leaders, None)
    ids = [row.task_id for row in current]
    duties = duties_of(ids)
    kinds = dict(TaskState.objects.at(None).filter(task_id__in=ids).values_list("task_id", "deadline_kind"))
    by_task = {
        row.task_id: Standing(
            line,
            row,
            duties[row.task_id],
            Limit(row.deadline_text, row.deadline, kinds[row.task_id]),
        )
        for row, line in zip(current, lines, strict=True)
    }
    said = [row.version.partition("-")[0] for row in rows]
    asked = [int(one) for one in said if _ID.fullmatch(one)]
    states = TaskState.objects.filter(pk__in=asked, task__breakdown=breakdown)
    names = read_names(viewer.place_id, leaders.values(), localdate(now))
    stage = "" if breakdown.is_issued else str(breakdown.stage)
    return Ledger(breakdown.year, by_task, dict(states.values_list("pk", "task_id")), names, stage)
