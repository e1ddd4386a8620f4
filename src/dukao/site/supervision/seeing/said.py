"""What lead units last said stands in the way, and what they ask for."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from dukao.site.history.readings import Bounds, Keeper
from dukao.site.people.queries import code_of
from dukao.site.supervision.models import Filing, FilingStage
from dukao.site.supervision.seeing.lasting import when


class UnitWords(NamedTuple):
    """The problem a unit reported, and the help it asks for; empty where it said nothing."""

    problem: str = ""
    wanted: str = ""


_SAID = Keeper[UnitWords]()


def said_of(task_ids: Iterable[int], moment: datetime, *, taken: bool = False) -> dict[int, UnitWords]:
    """What the lead unit last said of each task by a moment: one query.

    `taken`: only what the office had taken, which is all that others than the office and the unit read.
    """
    said = Filing.objects.filter(task_id__in=list(task_ids), is_lead=True)
    if taken:
        said = said.filter(stage=FilingStage.ACCEPTED, ruled_at__lte=moment)
    else:
        stages = (FilingStage.CONFIRMED, FilingStage.ACCEPTED)
        said = said.filter(stage__in=stages, confirmed_at__lte=moment)
    rows = said.order_by("round__period_end", "pk").values_list("task_id", "problem", "help_needed")
    return {task: UnitWords(problem, wanted) for task, problem, wanted in rows}


def say_taken(place_id: int, task_ids: frozenset[int], day: date, moment: datetime) -> dict[int, UnitWords]:
    """What the office had last taken of the words on each task by a moment of a day; kept."""
    return _SAID.ask(
        (place_id, day, *when(moment)),
        task_ids,
        moment,
        lambda ids: dict.fromkeys(ids, UnitWords()) | said_of(ids, moment, taken=True),
        lambda: Bounds(code_of(place_id)),
    )
