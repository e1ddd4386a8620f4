"""The board of a year on a day: its tasks by leader, unit, section or register, counted by their lights."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

from dukao.progress.values import Light
from dukao.site.ledger.models import TaskKind
from dukao.site.ledger.moments import end_of
from dukao.site.ledger.queries.grouping import Grouping
from dukao.site.ledger.queries.ledger import read_headings
from dukao.site.ledger.queries.rows import Row, leaders_on, read_rows
from dukao.site.people.access import Viewer
from dukao.site.supervision.seeing.choosing import BEHIND, JUDGED, LISTS, BoardChoice
from dukao.site.supervision.seeing.watching import Tally, Watch, Watched, watch_rows

_LIVELIHOOD = ("livelihood", "民生实事")


class Cell(NamedTuple):
    """A number of the board's table, with the list it counts; `label` says what it counts."""

    label: str
    tasks: int
    href: str


class Segment(NamedTuple):
    """A piece of a bar: a light from `x` on, as wide as it has tasks."""

    light: Light
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class BoardGroup:
    """One line of the board; a task of two leaders or two units stands under both."""

    title: str
    href: str
    tasks: int
    cells: tuple[Cell, ...]
    bar: tuple[Segment, ...]
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """Why some tasks cannot be judged yet, how many they are, and where they are listed."""

    words: str
    tasks: int
    href: str


@dataclass(frozen=True, slots=True)
class Board:
    """Everything the board shows: all tasks watched, the groups, and the tasks a narrowed choice lists."""

    choice: BoardChoice
    watch: Watch
    lights: tuple[Light, ...]
    groups: tuple[BoardGroup, ...]
    chosen: tuple[Watched, ...]
    chosen_title: str
    judged: tuple[tuple[str, tuple[Tally, ...]], ...]
    unknown: tuple[Reason, ...]

    @property
    def undated(self) -> int:
        """How many have no day to be done by."""
        return len(self.watch.undated)


def read_board(viewer: Viewer, choice: BoardChoice, day: date, since: date, now: datetime) -> Board:
    """A year's board as a viewer sees it: two fixed rounds of questions, for the day and the earlier one."""
    moment = end_of(day) if choice.day else None
    rows = read_rows(viewer, moment, year=choice.year)
    watch = watch_rows(viewer.place_id, rows, day, since, now, f"?as_of={day}" if choice.day else "")
    members = _members(viewer, choice, moment, now, [one.row for one in watch.seen])
    lights = tuple(tally.light for tally in watch.tally(choice))
    groups = tuple(_group(choice, watch, lights, key, title, ids) for key, (title, ids) in members.items())
    whole = frozenset(one.row.task_id for one in watch.seen)
    return Board(
        choice,
        watch,
        lights,
        (*groups, replace(_group(choice, watch, lights, "", "全部", whole), is_whole=True)) if groups else (),
        tuple(_choose(choice, watch, members)) if choice.is_narrowed else (),
        _title(choice, members),
        tuple((label, watch.tally(choice.whole, of)) for of, label in JUDGED.items()),
        tuple(
            Reason(words, tasks, choice.whole.to(light=Light.UNKNOWN.value, why=words[:60]))
            for words, tasks in watch.unknown
        ),
    )


def _members(
    viewer: Viewer, choice: BoardChoice, moment: datetime | None, now: datetime, rows: list[Row]
) -> dict[str, tuple[str, frozenset[int]]]:
    """The groups by their key: title and tasks. Livelihood contents are one section and one register."""
    headings = read_headings(viewer.place_id, choice.year)
    leaders = leaders_on(viewer.place_id, moment, now)
    grouping = Grouping(choice.by, "order", viewer, leaders, headings)
    found: dict[str, tuple[str, frozenset[int]]] = {}
    for block in grouping.blocks(rows):
        for group in block.groups:
            key, title = group.key, group.title
            if block.kind == TaskKind.LIVELIHOOD and choice.by in ("section", "register"):
                key, title = _LIVELIHOOD
            had = found.get(key, ("", frozenset()))[1]
            found[key] = (title, had | {line.task_id for line in group.lines})
    return found


def _group(
    choice: BoardChoice, watch: Watch, lights: tuple[Light, ...], key: str, title: str, ids: frozenset[int]
) -> BoardGroup:
    own = Watch(watch.day, watch.since, tuple(one for one in watch.seen if one.row.task_id in ids))
    here = replace(choice.whole, group=key)
    tallies = {tally.light: tally for tally in own.tally(here)}
    cells = [Cell(light.word, tallies[light].tasks if light in tallies else 0, "") for light in lights]
    cells = [
        cell._replace(href=here.to(light=light.value)) for cell, light in zip(cells, lights, strict=True)
    ]
    late = {of: sum(one.judged(of).is_behind for one in own.seen) for of in ("filing", "verified")}
    extra = (
        Cell("变差", len(own.worse), here.to(among="worse")),
        Cell("连续未报", len(own.silent), here.to(among="silent")),
        Cell("报送滞后", late["filing"], here.to(of="filing", light=BEHIND)),
        Cell("核验存疑", late["verified"], here.to(of="verified", light=BEHIND)),
    )
    return BoardGroup(title, here.address, len(own.seen), (*cells, *extra), tuple(_bar(lights, tallies)))


def _bar(lights: tuple[Light, ...], tallies: Mapping[Light, Tally]) -> Iterator[Segment]:
    x = 0
    for light in lights:
        if light in tallies:
            yield Segment(light, x, tallies[light].tasks)
            x += tallies[light].tasks


def _choose(
    choice: BoardChoice, watch: Watch, members: Mapping[str, tuple[str, frozenset[int]]]
) -> Iterator[Watched]:
    """The tasks a narrowed choice lists, the worst first."""
    among = {id(one) for one in getattr(watch, choice.among)} if choice.among else None
    ids = members.get(choice.group, ("", frozenset()))[1]
    for one in sorted(watch.seen, key=lambda one: one.light.rank):
        judged = one.judged(choice.of)
        if choice.group and one.row.task_id not in ids:
            continue
        if choice.light == BEHIND and not judged.is_behind:
            continue
        if choice.light not in ("", BEHIND, judged.light.value):
            continue
        if choice.why and not one.reason.startswith(choice.why):
            continue
        if among is None or id(one) in among:
            yield one


def _title(choice: BoardChoice, members: Mapping[str, tuple[str, frozenset[int]]]) -> str:
    """What the narrowed list holds, in words."""
    parts = [members[choice.group][0]] if choice.group in members else []
    if choice.light:
        said = "滞后和严重滞后" if choice.light == BEHIND else Light(choice.light).word
        if choice.of != "progress":
            colours = {"green": "绿", "yellow": "黄", "red": "红", BEHIND: "黄和红"}
            said = f"{JUDGED[choice.of]}{colours.get(choice.light, said)}"
        parts.append(said)
    if choice.why:
        parts.append(choice.why)
    if choice.among:
        parts.append(LISTS[choice.among])
    return "，".join(parts)
