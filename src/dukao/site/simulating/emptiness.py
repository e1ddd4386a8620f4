"""What an action costs that does nothing: a transaction and an entry of history, on the database at hand."""

import time
from typing import NamedTuple

from django.db import transaction
from django.db.models import TextChoices

from dukao.site.history.actions import record
from dukao.site.history.values import PROGRAM
from dukao.site.simulating.world import ISSUED


class Action(TextChoices):
    """What is done here."""

    NOTHING = "nothing-done", "空动作（量时）"


class Taken(NamedTuple):
    """Seconds by the clock, and of the processor: what else the machine does lengthens only the first."""

    clock: float
    processor: float


def clocks() -> Taken:
    """Both clocks as they stand."""
    return Taken(time.perf_counter(), time.process_time())


def taken_since(begun: Taken) -> Taken:
    """What was taken since both clocks stood so."""
    now = clocks()
    return Taken(now.clock - begun.clock, now.processor - begun.processor)


def time_empty_actions(count: int) -> Taken:
    """What so many empty actions take, each about a task, a unit and a filing as a filing's is."""
    begun = clocks()
    for at in range(count):
        with transaction.atomic():
            about = [("filing", at), ("task", at), ("unit", at % 60)]
            record(Action.NOTHING, by=PROGRAM, at=ISSUED, about=about, after={"进展": "无"})
    return taken_since(begun)
