"""What the page of the jobs asks: the last runs, the next, what failed, what waits in the queue."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from dukao.site.people.access import Viewer
from dukao.site.supervision.models import Delivery, JobLease, JobRun

_SHOWN = 60
# With nothing for so long the jobs stand still.
STILL_AFTER = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Run:
    """A run with the lines a viewer may read: those of the own place; all to the installation's people."""

    run: JobRun
    lines: tuple[dict[str, str], ...]

    @property
    def failed(self) -> bool:
        """Whether a job of it failed."""
        return any(line["error"] for line in self.lines)


@dataclass(frozen=True, slots=True)
class JobsPage:
    """The runs, the latest first; `busy_until` while one is at work or died at it; `still` for how long."""

    runs: tuple[Run, ...]
    last: JobRun | None
    minutes: int
    busy_until: datetime | None
    is_still: bool
    waiting: int
    given_up: int

    @property
    def next_at(self) -> datetime | None:
        """When the site's own next run is due."""
        if self.last is None or not self.minutes:
            return None
        return self.last.began_at + timedelta(minutes=self.minutes)

    @property
    def failed(self) -> int:
        """How many of the runs shown had a failure."""
        return sum(run.failed for run in self.runs)


def read_jobs(viewer: Viewer, minutes: int, now: datetime) -> JobsPage:
    """The page of the jobs; `minutes` is how often the site runs them itself, 0 for never."""
    rows = list(JobRun.objects.all()[:_SHOWN])
    runs = tuple(Run(row, tuple(line for line in row.done if _is_own(line, viewer))) for row in rows)
    lease = JobLease.objects.filter(id=1, until__gt=now).first()
    queue = Delivery.objects.filter(sent_at__isnull=True)
    if viewer.place_id:
        queue = queue.filter(place_id=viewer.place_id)
    last = rows[0] if rows else None
    return JobsPage(
        runs,
        last,
        minutes,
        lease.until if lease and lease.holder else None,
        last is None or now - last.ended_at > STILL_AFTER,
        queue.filter(next_at__isnull=False).count(),
        queue.filter(next_at__isnull=True).count(),
    )


def _is_own(line: dict[str, str], viewer: Viewer) -> bool:
    """A place's people see their place's lines, and those of the whole; the installation's see all."""
    return not viewer.place_id or line["place"] in ("", viewer.place_code)
