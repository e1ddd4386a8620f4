"""What an action costs that does nothing: a transaction and an entry of history, on the database at hand."""

import time

from django.db import transaction
from django.db.models import TextChoices

from dukao.site.history.actions import record
from dukao.site.history.values import PROGRAM
from dukao.site.simulating.world import ISSUED


class Action(TextChoices):
    """What is done here."""

    NOTHING = "nothing-done", "空动作（量时）"


def time_empty_actions(count: int) -> float:
    """The seconds so many empty actions take, each about a task, a unit and a filing as a filing's is."""
    begun = time.perf_counter()
    for at in range(count):
        with transaction.atomic():
            about = [("filing", at), ("task", at), ("unit", at % 60)]
            record(Action.NOTHING, by=PROGRAM, at=ISSUED, about=about, after={"进展": "无"})
    return time.perf_counter() - begun
