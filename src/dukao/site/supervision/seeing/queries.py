"""What pages ask of boards, lights and rules."""

from collections.abc import Iterable
from datetime import date, datetime

from dukao.site.people.access import Viewer
from dukao.site.supervision.needs import Need
from dukao.site.supervision.seeing.judging import judge
from dukao.site.supervision.seeing.values import Lights


def lights_of(task_ids: Iterable[int], day: date, now: datetime | None = None) -> dict[int, Lights]:
    """报送, 进度 and 核验 of each task as they stood at the end of `day`; hand over `now` for today.

    The caller has asked `ledger.access` which tasks somebody sees. A fixed number of queries for any number
    of tasks; a row shows `.light.sign`, `.light.word` and `.progress.reason`.
    """
    return judge(task_ids, day, now)


def needs_of(viewer: Viewer, now: datetime) -> list[Need]:
    """What of this waits for somebody today; nothing yet."""
    return []
