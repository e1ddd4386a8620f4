"""What the deeds of the simulated year share: the world, the diary, the tasks with their courses."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from dukao.site.ledger.models import TaskState
from dukao.site.refusals import Refused
from dukao.site.simulating.courses import Course
from dukao.site.simulating.diary import Diary
from dukao.site.simulating.world import Team, World
from dukao.site.supervision.access import leading_units
from dukao.site.supervision.assigning.laying import issued_states


@dataclass(slots=True)
class TaskLife:
    """A task as those who carry it know it."""

    state: TaskState
    teams: tuple[Team, ...]  # that lead it, the first one plans
    course: Course | None = None
    accepted: set[int] = field(default_factory=set)  # units with an accepted filing
    claims: dict[int, object] = field(default_factory=dict)  # what a unit last filed
    is_applied: bool = False
    is_ended: bool = False

    @property
    def pk(self) -> int:
        """The task's id."""
        return int(self.state.task_id)

    @property
    def number(self) -> str:
        """The task's number."""
        return str(self.state.task.number)

    @property
    def name(self) -> str:
        """The task in short."""
        return str(self.state.text).rstrip("。")[:40]


@dataclass(slots=True)
class Life:
    """The year as it goes on."""

    world: World
    until: date
    diary: Diary
    tasks: dict[int, TaskLife] = field(default_factory=dict)
    planned: set[int] = field(default_factory=set)  # tasks known to have had a plan in force
    refused: Counter[str] = field(default_factory=Counter)

    def attempt(self, act: Callable[[], object]) -> bool:
        """Do what may be refused; whether it was done. What was refused is counted by its code."""
        try:
            act()
        except Refused as refused:
            self.refused[refused.code] += 1
            return False
        return True


def begin_life(world: World, until: date, diary: Diary) -> Life:
    """The life of a world's issued tasks, none planned yet."""
    life = Life(world, until, diary)
    states = issued_states(world.place_id, task__year=world.year).select_related("task").order_by("order")
    led = leading_units(states.values("task_id"))
    for state in states:
        teams = tuple(world.teams[unit] for unit in led.get(state.task_id, ()))
        life.tasks[state.task_id] = TaskLife(state, teams)
    return life
