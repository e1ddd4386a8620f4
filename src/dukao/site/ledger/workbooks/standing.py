"""The ledger of a year as it stands, ready to be held against a workbook."""

import re
from collections.abc import Sequence
from datetime import datetime

from django.utils.timezone import localdate

from dukao.site.ledger.models import Breakdown, TaskState
from dukao.site.ledger.queries.rows import leaders_on, read_rows
from dukao.site.ledger.queries.whole_tasks import read_whole
from dukao.site.ledger.queries.workbook import lay_line
from dukao.site.ledger.workbooks.naming import read_names
from dukao.site.ledger.workbooks.reading import SheetRow
from dukao.site.ledger.workbooks.values import Ledger, Standing
from dukao.site.people.access import Viewer

_ID = re.compile(r"[0-9]{1,18}")


def read_standing(breakdown: Breakdown, rows: Sequence[SheetRow], viewer: Viewer, now: datetime) -> Ledger:
    """The ledger of a breakdown's year as it stands now, with what these rows may name."""
    leaders = leaders_on(viewer.place_id, None, now)
    ids = [row.task_id for row in read_rows(viewer, None, year=breakdown.year)]
    by_task = {task.state.task_id: Standing(lay_line(task, leaders), task) for task in read_whole(ids, None)}
    said = [row.version.partition("-")[0] for row in rows]
    asked = [int(one) for one in said if _ID.fullmatch(one)]
    states = TaskState.objects.filter(pk__in=asked, task__breakdown=breakdown)
    names = read_names(viewer.place_id, leaders.values(), localdate(now))
    stage = "" if breakdown.is_issued else str(breakdown.stage)
    return Ledger(breakdown.year, by_task, dict(states.values_list("pk", "task_id")), names, stage)
