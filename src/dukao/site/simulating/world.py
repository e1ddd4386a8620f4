"""The place a year is lived in: founded in an empty database, with a ledger and people in every unit.

The founding writes people and their posts as `dukao demo` does; everything after it goes through actions.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import TextChoices

from dukao.site.archive.models import Publicity
from dukao.site.history.actions import record
from dukao.site.history.values import PROGRAM
from dukao.site.intake import Decision, settle_and_issue, take_in
from dukao.site.people.access import Viewer, viewer_of
from dukao.site.people.enrolment import PlaceForm, enrol_place
from dukao.site.people.models import PARTNERS, Grant, Place, Role, Unit, User
from dukao.site.simulating.papers import Row, draw_rows, unit_names, words, write_papers
from dukao.site.simulating.told import Told
from dukao.site.supervision.practice import BEIJING

CODE, NAME, LETTERS = "990801", "望湖区", "望政办"
YEAR = 2024
ISSUED = datetime(YEAR, 1, 31, 16, 0, tzinfo=BEIJING)
_TAKEN_IN = ISSUED - timedelta(days=1)


class Action(TextChoices):
    """What is done here."""

    SEATED = "simulated-people-seated", "安排模拟人员"


class Manner(StrEnum):
    """How a unit goes about its work."""

    GOOD = "good"
    LATE = "late"
    SILENT = "silent"
    GAMING = "gaming"

    @property
    def label(self) -> str:
        """The manner in words."""
        return {"good": "按时认真", "late": "常常拖延", "silent": "很少回音", "gaming": "做表面文章"}[
            self.value
        ]


_SHARES = ((Manner.GOOD, 62), (Manner.LATE, 20), (Manner.SILENT, 11), (Manner.GAMING, 7))


@dataclass(frozen=True, slots=True)
class Team:
    """The people of a unit, and how they go about their work."""

    unit_id: int
    name: str
    manner: Manner
    liaison: Viewer
    head: Viewer


@dataclass(frozen=True, slots=True)
class World:
    """A place with an issued ledger and somebody in every seat.

    `parts` is how many of the units beside the leads file their part of a round; the others never do; `quick`
    how many tasks are done long before their day; `undated` how many plans without a day are left without
    one; `has_acts` whether by chance some tasks leave the totals in summer, a unit goes into another and a
    leader leaves; `last_day` names units that file on the last day of a round. `told` is what is known of
    tasks by their numbers; where there is such a story, nothing else is blocked.
    """

    place_id: int
    breakdown_id: int
    year: int
    seed: int
    clerk: Viewer
    head: Viewer
    teams: dict[int, Team]
    parts: float = 0.8
    quick: float = 0.08
    undated: float = 0.3
    has_acts: bool = True
    last_day: frozenset[str] = frozenset()
    told: Mapping[str, Told] | None = None

    def chance(self, *about: object) -> Random:
        """A chance of its own for a matter: the same whatever else happens."""
        return Random(":".join(map(str, (self.seed, *about))))


def found_world(tasks: int, units: int, seed: int) -> World:
    """A place of so many units with an issued ledger of so many tasks, in an empty database."""
    return found_place(draw_rows(tasks, unit_names(units), Random(seed)), seed)


@transaction.atomic
def found_place(rows: list[Row], seed: int) -> World:
    """A place with an issued ledger of these rows, in an empty database."""
    form = PlaceForm(CODE, NAME, office=f"{NAME}人民政府办公室", letters=LETTERS)
    place = enrol_place(form, by=None, at=_TAKEN_IN)
    people = [("clerk", "程经办", Role.CLERK, None), ("head", "贺主任", Role.HEAD, None)]
    clerk, head = (viewer_of(one, ISSUED) for one in _enrol(place, people, _TAKEN_IN))
    papers = write_papers(rows, NAME, LETTERS, YEAR)
    with TemporaryDirectory(prefix="dukao-simulate-") as folder:
        report, table = Path(folder) / "报告.md", Path(folder) / "分解.md"
        report.write_text(papers.report, encoding="utf-8")
        table.write_text(papers.breakdown, encoding="utf-8")
        draft = take_in(report, table, year=YEAR, by=clerk, at=_TAKEN_IN)
    settle_and_issue(draft, Decision(publicity=Publicity.ON_REQUEST), clerk=clerk, head=head, at=ISSUED)
    teams = seat_units(place, seed, at=ISSUED)
    return World(place.pk, draft.pk, YEAR, seed, clerk, head, teams)


def seat_units(
    place: Place, seed: int, *, at: datetime, manners: Mapping[str, Manner] | None = None
) -> dict[int, Team]:
    """A liaison and a head in every unit that has none yet, and the manners of all: unit → team.

    Manners are drawn, or those of `manners` by the unit's name, any other unit being a good one. Who is
    seated here has no password: nobody logs in as them.
    """
    units = list(Unit.objects.filter(place=place).exclude(kind__in=PARTNERS).order_by("pk"))
    seated = {(one.unit_id, role): one for one, role in _seated(place)}
    wanted = [
        (turn, unit, role)
        for turn, unit in enumerate(units, 1)
        for role in (Role.LIAISON, Role.UNIT_HEAD)
        if (unit.pk, role) not in seated
    ]
    names = Random(f"{seed}:names")
    made = _enrol(
        place, [(f"u{turn}-{role.value}", _name(names), role, unit) for turn, unit, role in wanted], at
    )
    seated |= {(unit.pk, role): user for (_, unit, role), user in zip(wanted, made, strict=True)}
    drawn = (
        _draw_manners(len(units), Random(f"{seed}:manners"))
        if manners is None
        else [manners.get(unit.name, Manner.GOOD) for unit in units]
    )
    return {
        unit.pk: Team(
            unit.pk,
            unit.name,
            manner,
            viewer_of(seated[unit.pk, Role.LIAISON], at),
            viewer_of(seated[unit.pk, Role.UNIT_HEAD], at),
        )
        for unit, manner in zip(units, drawn, strict=True)
    }


def _seated(place: Place) -> list[tuple[User, Role]]:
    held = Grant.objects.filter(user__place=place, user__unit__isnull=False, until__isnull=True).order_by(
        "pk"
    )
    return [(grant.user, Role(grant.role)) for grant in held.select_related("user")]


def _enrol(place: Place, people: Sequence[tuple[str, str, Role, Unit | None]], at: datetime) -> list[User]:
    """Accounts with their roles, without a password."""
    unusable = make_password(None)
    users = User.objects.bulk_create(
        User(
            username=username,
            name=name,
            place=place,
            unit=unit,
            password=unusable,
            must_change_password=False,
        )
        for username, name, _, unit in people
    )
    Grant.objects.bulk_create(
        Grant(user=user, role=role, since=at) for user, (_, _, role, _) in zip(users, people, strict=True)
    )
    after = {"人数": len(users)}
    record(Action.SEATED, by=PROGRAM, at=at, about=[("place", place.pk)], after=after, why="模拟的一年")
    return users


def _name(chance: Random) -> str:
    known = words()
    return f"{chance.choice(known['surnames'])}{chance.choice(known['given'])}"


def _draw_manners(count: int, chance: Random) -> list[Manner]:
    """Manners by their shares; each is there once where there are units enough."""
    manners, weights = [one for one, _ in _SHARES], [weight for _, weight in _SHARES]
    first = manners if count >= 2 * len(manners) else []
    drawn = [*first, *chance.choices(manners, weights, k=count - len(first))]
    chance.shuffle(drawn)
    return drawn
