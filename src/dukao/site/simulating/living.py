"""A year lived day by day: jobs in the morning, then what units and office do, each at its hour.

Everything happens through the actions of the site, in the names of those who do it; nothing is written but by
them. The same world and seed give the same chain of history, entry for entry.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from dukao.progress.periods import month_end
from dukao.progress.values import Light
from dukao.site.history.models import Chain, Entry
from dukao.site.simulating.changing import note_changes
from dukao.site.simulating.closing import note_standings
from dukao.site.simulating.diary import Diary, is_working
from dukao.site.simulating.filing import note_round
from dukao.site.simulating.life import Life, begin_life
from dukao.site.simulating.planning import note_assigning, rule_plans
from dukao.site.simulating.pressing import note_drafts
from dukao.site.simulating.sayings import office
from dukao.site.simulating.world import World
from dukao.site.supervision.jobs.running import run_jobs
from dukao.site.supervision.models import Completion, Notice, Round, Subject
from dukao.site.supervision.practice import adopt_preset
from dukao.site.supervision.seeing.queries import lights_of
from dukao.site.supervision.seeing.values import Lights

OnDay = Callable[[date], None]
JOBS_HOUR = 8
_PLANS_RULED_ON = 4  # Fridays


@dataclass(slots=True)
class Lived:
    """What came of it: entries and the digest that closes them, month-end lights, runs of jobs, refusals."""

    begun: int = 0  # the last entry before it
    entries: int = 0
    digest: str = ""
    lights: dict[date, dict[int, Lights]] = field(default_factory=dict)
    runs: list[datetime] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When the jobs run: after so many days at the latest, and on the first working day from each date."""

    every: int = 7
    days: tuple[int, ...] = (1, 15)

    def is_due(self, day: date, last: date | None) -> bool:
        """Whether they run on a working day, `last` being the day they ran before."""
        if last is None or (day - last).days >= self.every:
            return True
        passed = (last + timedelta(days=count) for count in range(1, (day - last).days + 1))
        return any(one.day in self.days for one in passed)


def live(
    world: World,
    since: date,
    until: date,
    on_day: OnDay = lambda day: None,
    *,
    rhythm: Rhythm = Rhythm(),
    keeps_lights: bool = True,
    diary: Diary | None = None,
) -> Lived:
    """Live from the day of issue to the end of another day; month-end lights are kept where wanted.

    A `diary` may hold deeds beside those of the simulation.
    """
    life = begin_life(world, until, diary or Diary())
    lived = Lived(begun=Chain.objects.get().sequence, refused=life.refused)
    note_assigning(life, since)
    if world.has_acts:
        note_standings(life)
        note_changes(life)
    _note_adoption(life)
    known: set[int] = set()
    day = since + timedelta(days=1)
    while day <= until:
        if is_working(day):
            if rhythm.is_due(day, lived.runs[-1].date() if lived.runs else None):
                life.diary.put(day, JOBS_HOUR, lambda at: _work(life, lived, known, at))
            if day.weekday() == _PLANS_RULED_ON:
                life.diary.put(day, 15, lambda at: rule_plans(life, at))
        life.diary.live(day)
        if keeps_lights and day == month_end(day.year, day.month):
            lived.lights[day] = lights_of(life.tasks, day)
        on_day(day)
        day += timedelta(days=1)
    chain = Chain.objects.get()
    lived.entries, lived.digest = chain.sequence - lived.begun, chain.digest
    return lived


def _work(life: Life, lived: Lived, known: set[int], at: datetime) -> None:
    """What the site does by itself; then everybody looks at what is new."""
    run_jobs(at=at, now=at)
    lived.runs.append(at)
    for round_ in Round.objects.filter(place_id=life.world.place_id).exclude(pk__in=known).order_by("pk"):
        known.add(round_.pk)
        note_round(life, round_, at.date())
    note_drafts(life, at)


def _note_adoption(life: Life) -> None:
    """From August on the place takes another rule for numbers; what was judged before stays."""
    since = date(life.world.year, 8, 1)
    if life.until < since or life.world.seed % 2 == 0:
        return
    clerk, why = life.world.clerk, office("adopted")
    life.diary.put(
        since - timedelta(days=10),
        9,
        lambda at: adopt_preset(Subject.LIGHTS, "", "wuhan", since=since, why=why, by=clerk, at=at),
    )


def count_actions(begun: int) -> list[tuple[str, int]]:
    """How often each action was done after an entry, the most frequent first."""
    labels = Entry.objects.filter(sequence__gt=begun).values_list("label", flat=True)
    return Counter(labels).most_common()


def count_lights(lived: Lived) -> dict[date, Counter[Light]]:
    """How many tasks stood under each light of progress at each month's end."""
    return {day: Counter(one.light for one in lights.values()) for day, lights in lived.lights.items()}


def count_notices(place_id: int) -> list[tuple[str, int]]:
    """How many papers of each name were signed."""
    names = Notice.objects.filter(place_id=place_id, signed_at__isnull=False).values_list("name", flat=True)
    return Counter(names).most_common()


def count_closings(place_id: int, lived: Lived) -> tuple[int, int]:
    """How many tasks are closed, and how many of these were done late, by the last lights."""
    last = lived.lights[max(lived.lights)] if lived.lights else {}
    closed = Completion.objects.filter(task__place_id=place_id, stage="closed").count()
    return closed, sum(one.progress.is_late and one.is_closed for one in last.values())
