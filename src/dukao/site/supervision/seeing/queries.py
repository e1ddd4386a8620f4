"""What pages ask of boards, lights and rules."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from dukao.site.history.readings import Keeper
from dukao.site.ledger.models import Task
from dukao.site.supervision.practice import practice_of
from dukao.site.supervision.seeing.curve import curve_of
from dukao.site.supervision.seeing.drawing import Drawing, draw
from dukao.site.supervision.seeing.extent import Extent, TaskSaid
from dukao.site.supervision.seeing.gathering import gather
from dukao.site.supervision.seeing.judging import judge, judge_known, moment_of
from dukao.site.supervision.seeing.lasting import bounds_of, when
from dukao.site.supervision.seeing.outlook import Outlook, lit_rows, outlook_of
from dukao.site.supervision.seeing.saying import say_reason
from dukao.site.supervision.seeing.values import Lights

__all__ = ["Outlook", "TaskSaid", "lights_of", "lit_rows", "outlook_of", "see_task"]


@dataclass(frozen=True, slots=True)
class SeenTask:
    """What a task's page shows of its progress: the three judgements, and its curve where it has one."""

    lights: Lights
    drawing: Drawing | None

    @property
    def reason(self) -> str:
        """Why the light of progress is what it is, beside its word."""
        return say_reason(self.lights.progress)


_SEEN = Keeper[SeenTask]()


def lights_of(task_ids: Iterable[int], day: date, now: datetime | None = None) -> dict[int, Lights]:
    """报送, 进度 and 核验 of each task as they stood at the end of `day`; hand over `now` for today.

    The caller has asked `ledger.access` which tasks somebody sees. A fixed number of queries for any number
    of tasks; a row shows `.light.sign`, `.light.word` and `.progress.reason`.
    """
    return judge(task_ids, day, now)


def see_task(task: Task, day: date, now: datetime, said: TaskSaid | None = None) -> SeenTask:
    """The judgements of one task at the end of a day, and its curve, from facts gathered once; kept.

    The caller has asked `ledger.access` whether the task is seen; `said` is what the ledger says of it on
    that day, where that was read.
    """
    moment = moment_of(day, now)
    seen = _SEEN.ask(
        (task.place_id, task.year, day, *when(moment)),
        frozenset({task.pk}),
        moment,
        lambda _: {task.pk: _see(task, day, moment, said)},
        lambda: bounds_of(task.place_id, moment),
    )
    return seen[task.pk]


def _see(task: Task, day: date, moment: datetime, said: TaskSaid | None) -> SeenTask:
    extent = Extent(task.place_id, task.year, frozenset({task.pk}), {task.pk: said} if said else None)
    known = gather(extent, moment, dated=True)
    lights = judge_known(known, task.year, practice_of(task.place_id, day), moment)
    curve = curve_of(known[task.pk], task.year, day)
    return SeenTask(lights[task.pk], draw(curve) if curve else None)
