"""Another rule tried on a year's facts before it is adopted: which lights would change, and why.

The facts are gathered once and judged twice; nothing is written.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from dukao.progress.values import Judgement, Light
from dukao.site.ledger.access import visible_states
from dukao.site.ledger.models import Status
from dukao.site.people.access import Viewer
from dukao.site.supervision.models import Subject
from dukao.site.supervision.practice import practice_of
from dukao.site.supervision.seeing.extent import extents_of
from dukao.site.supervision.seeing.gathering import gather
from dukao.site.supervision.seeing.judging import judge_known, moment_of
from dukao.site.supervision.seeing.values import SAID, Counts, Lights, count_lights


@dataclass(frozen=True, slots=True)
class Changed:
    """A task whose light the other rule would change, with both judgements."""

    task_id: int
    number: str
    text: str
    before: Judgement
    after: Judgement


@dataclass(frozen=True, slots=True)
class Passing:
    """How many tasks would pass from one light to another."""

    before: Light
    after: Light
    tasks: int


@dataclass(frozen=True, slots=True)
class Trial:
    """A rule tried on a day: counts by the rule in force and by the other, and every task that changes."""

    before: Counts
    after: Counts
    changed: tuple[Changed, ...]
    passings: tuple[Passing, ...]

    @property
    def counts(self) -> list[tuple[Light, int, int]]:
        """Each light with how many stand under it before and after; lights nobody stands under left out."""
        pairs = [(light, self.before.of(light), self.after.of(light)) for light in SAID]
        return [pair for pair in pairs if pair[1] or pair[2]]


def try_rule(viewer: Viewer, year: int, day: date, scope: str, preset: str, now: datetime) -> Trial:
    """The lights of a year's tasks on a day by the rules in force, and with one rule of lights replaced."""
    tasks = {
        state.task_id: state
        for state in visible_states(viewer)
        .filter(task__year=year, status=Status.ISSUED)
        .select_related("task")
        .order_by("order")
    }
    before: dict[int, Lights] = {}
    after: dict[int, Lights] = {}
    moment = moment_of(day, now)
    for extent in extents_of(frozenset(tasks)):
        practice = practice_of(extent.place_id, day)
        known = gather(extent, moment)
        before |= judge_known(known, extent.year, practice, moment)
        other = practice.under(Subject.LIGHTS, scope, preset)
        after |= judge_known(known, extent.year, other, moment)
    changed = [
        Changed(task, state.task.number or "", state.text, before[task].progress, after[task].progress)
        for task, state in tasks.items()
        if before[task].light is not after[task].light
    ]
    changed.sort(key=lambda one: (one.after.light.rank, one.before.light.rank))
    return Trial(
        count_lights(before.values()),
        count_lights(after.values()),
        tuple(changed),
        tuple(_passings(before, after)),
    )


def _passings(before: Mapping[int, Lights], after: Mapping[int, Lights]) -> list[Passing]:
    found = Counter(
        (one.light, after[task].light) for task, one in before.items() if one.light is not after[task].light
    )
    pairs = sorted(found, key=lambda pair: (pair[1].rank, pair[0].rank))
    return [Passing(*pair, found[pair]) for pair in pairs]
