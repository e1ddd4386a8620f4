"""Tasks with everything the record says of them: for what leaves the ledger as data."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from dukao.site.ledger.duties import Duty, duties_of
from dukao.site.ledger.models import TaskMeasure, TaskState
from dukao.site.ledger.queries.rows import Seat, Tag, read_seats, read_tags


@dataclass(frozen=True, slots=True)
class WholeTask:
    """What a task says, who answers for it, where it stands and who leads it, its registers, its numbers."""

    state: TaskState
    duties: tuple[Duty, ...]
    seats: tuple[Seat, ...]
    tags: tuple[Tag, ...]
    measures: tuple[TaskMeasure, ...]

    @property
    def signs(self) -> str:
        """Where it stands in the breakdown: 三-5、四-1."""
        return "、".join(dict.fromkeys(seat.sign for seat in self.seats))

    @property
    def posts(self) -> list[int]:
        """The posts that lead it, each once."""
        return list(dict.fromkeys(seat.post_id for seat in self.seats if seat.post_id))


def read_whole(task_ids: Sequence[int], moment: datetime | None) -> list[WholeTask]:
    """The tasks with these ids as they stood at `moment`, in this order: five questions to the database.

    Whoever asks has made sure that the viewer sees them (`ledger.access`).
    """
    states = TaskState.objects.at(moment).filter(task_id__in=task_ids).select_related("task")
    said = {state.task_id: state for state in states}
    bound = Q(task_id__in=task_ids)
    duties = duties_of(task_ids, moment)
    seats, tags = read_seats(bound, moment), read_tags(bound, moment)
    measures: defaultdict[int, list[TaskMeasure]] = defaultdict(list)
    for one in TaskMeasure.objects.at(moment).filter(bound):
        measures[one.task_id].append(one)
    return [
        WholeTask(said[one], tuple(duties[one]), tuple(seats[one]), tuple(tags[one]), tuple(measures[one]))
        for one in task_ids
        if one in said
    ]
