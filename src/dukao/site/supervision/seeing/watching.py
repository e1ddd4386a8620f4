"""Rows of the ledger with their lights on a day, beside an earlier day: what every page of people counts."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.urls import reverse

from dukao.progress.values import Judgement, Light
from dukao.site.ledger.models import Status
from dukao.site.ledger.queries.rows import Row
from dukao.site.supervision.seeing.choosing import BoardChoice
from dukao.site.supervision.seeing.comparing import is_better, is_worse
from dukao.site.supervision.seeing.extent import extents_of_rows
from dukao.site.supervision.seeing.judging import judge_extents, judge_only_progress, moment_of
from dukao.site.supervision.seeing.said import UnitWords, say_taken
from dukao.site.supervision.seeing.saying import say_short
from dukao.site.supervision.seeing.values import SAID, Counts, Lights, count_lights

# What wants somebody's attention, the worst first.
_BEHIND = (Light.RED, Light.YELLOW, Light.BLOCKED)
SILENT = 2  # rounds in a row without a word


@dataclass(frozen=True, slots=True)
class Watched:
    """A task on a day: its row, its lights, its light on the earlier day, what its unit last said of it."""

    row: Row
    lights: Lights
    before: Light | None
    said: UnitWords
    href: str

    @property
    def light(self) -> Light:
        """The light of progress."""
        return self.lights.light

    @property
    def reason(self) -> str:
        """Why, in a row's few words."""
        return say_short(self.lights.progress)

    @property
    def words(self) -> str:
        """The task in words, with its project or its title."""
        head = self.row.project or self.row.title
        return f"{head}：{self.row.text}" if head else self.row.text

    @property
    def is_worse(self) -> bool:
        """Whether it became worse since the earlier day."""
        return is_worse(self.before, self.light)

    @property
    def is_better(self) -> bool:
        """Whether it became better since the earlier day."""
        return is_better(self.before, self.light)

    @property
    def is_silent(self) -> bool:
        """Whether nothing was filed for two rounds or more."""
        return self.lights.silent >= SILENT

    @property
    def is_undated(self) -> bool:
        """Whether it has no day to be done by: never on time."""
        return self.lights.limit is None and self.lights.counts and not self.lights.is_closed

    def judged(self, of: str) -> Judgement:
        """One of the three judgements by its name."""
        judged: Judgement = getattr(self.lights, of)
        return judged


class Tally(NamedTuple):
    """How many tasks stand under a light, and where they are listed."""

    light: Light
    tasks: int
    href: str


@dataclass(frozen=True, slots=True)
class Watch:
    """Tasks on a day, in the order of the paper; `since` is the earlier day, None where none is compared."""

    day: date
    since: date | None
    seen: tuple[Watched, ...]

    @property
    def counts(self) -> Counts:
        """How many stand under each light of progress."""
        return count_lights(one.lights for one in self.seen)

    @property
    def behind(self) -> list[Watched]:
        """What is behind or blocked, the worst first, else in the order of the paper."""
        found = [one for one in self.seen if one.light in _BEHIND]
        return sorted(found, key=lambda one: _BEHIND.index(one.light))

    @property
    def worse(self) -> list[Watched]:
        """What became worse since the earlier day."""
        return [one for one in self.seen if one.is_worse]

    @property
    def better(self) -> list[Watched]:
        """What became better."""
        return [one for one in self.seen if one.is_better]

    @property
    def silent(self) -> list[Watched]:
        """What nothing was filed for, the longest silence first."""
        return sorted((one for one in self.seen if one.is_silent), key=lambda one: -one.lights.silent)

    @property
    def undated(self) -> list[Watched]:
        """What has no day to be done by."""
        return [one for one in self.seen if one.is_undated]

    @property
    def unknown(self) -> list[tuple[str, int]]:
        """Why what cannot be judged yet cannot, the most frequent reason first."""
        found = Counter(one.reason for one in self.seen if one.light is Light.UNKNOWN)
        return found.most_common()

    def tally(self, choice: BoardChoice, of: str = "progress") -> tuple[Tally, ...]:
        """Each light of a judgement with its number and its list; what is not counted comes last."""
        found = Counter(one.judged(of).light for one in self.seen)
        return tuple(
            Tally(light, found[light], choice.to(of=of, light=light.value))
            for light in (*SAID, Light.NONE)
            if found[light]
        )


def watch_rows(
    place_id: int, rows: Iterable[Row], day: date, since: date | None, now: datetime, as_of: str = ""
) -> Watch:
    """The issued ones of some rows on a day, compared with an earlier day where one is given.

    The rows are those of the place the viewer sees, read for that day: the lights they give are kept. `as_of`
    is what the links to tasks carry (`?as_of=2024-06-30`). A fixed number of queries for any number of rows.
    """
    issued = [row for row in rows if row.status == Status.ISSUED]
    extents = extents_of_rows(place_id, issued)
    lights = judge_extents(extents, day, now)
    before = judge_only_progress((one.unsaid for one in extents), since, now) if since else {}
    behind = frozenset(one.task_id for one in lights.values() if one.light in _BEHIND)
    said = say_taken(place_id, behind, day, moment_of(day, now))
    address = reverse("ledger:task", args=[0]) + as_of
    return Watch(
        day,
        since,
        tuple(
            Watched(
                row,
                lights[row.task_id],
                before[row.task_id].light if row.task_id in before else None,
                said.get(row.task_id, UnitWords()),
                address.replace("/0/", f"/{row.task_id}/"),
            )
            for row in issued
        ),
    )
