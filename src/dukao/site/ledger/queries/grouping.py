"""Rows put under heads, by leader, unit, section or register, as the lines a table is made of."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from django.urls import reverse

from dukao.site.ledger.access import sees_unit
from dukao.site.ledger.models import Register, TaskKind
from dukao.site.ledger.queries.rows import LeaderName, Party, Row, Totals, count_rows
from dukao.site.people.access import Viewer

_FAR = 10**9
_REGISTERS = {one.value: str(one.label) for one in Register}


class Link(NamedTuple):
    """A name, and where it leads; no address where the reader may not go."""

    name: str
    href: str


class Lit(NamedTuple):
    """The light a row shows, as whoever judges it says it: name, shape, word, reason in short.

    `limit` is the day it is held to: where the breakdown wrote none, that of the unit's plan.
    """

    value: str
    sign: str
    word: str
    reason: str
    limit: str = ""


class Line(NamedTuple):
    """One line of a table of tasks, ready to be set."""

    task_id: int
    href: str
    number: str
    sign: str
    title: str
    text: str
    project: str
    leads: tuple[Link, ...]
    others: int
    others_names: str
    leaders: str
    deadline: str
    remark: str
    section: str
    registers: str
    has_number: bool
    differs: bool
    is_draft: bool
    is_shared: bool
    light: Lit | None = None


class Group(NamedTuple):
    """A head with its lines; `tasks` counts tasks, of which one with two heads stands under both."""

    key: str
    title: str
    href: str
    note: str
    tasks: int
    lines: tuple[Line, ...]


class Block(NamedTuple):
    """One annex of the breakdown: 重点工作 or 民生实事, kept apart."""

    kind: str
    label: str
    groups: tuple[Group, ...]
    totals: Totals

    @property
    def sum_exceeds(self) -> bool:
        """Whether the heads' sums are more than there are tasks."""
        return sum(group.tasks for group in self.groups) > self.totals.all


class HeadingNote(NamedTuple):
    """A head of the breakdown: its order, title, leader's post and note (总负责)."""

    heading_id: int
    title: str
    note: str
    order: int
    post_id: int


class _Place(NamedTuple):
    """Where one row goes: the head's sort key and name, and the row's sign there."""

    order: tuple[Any, ...]
    key: str
    title: str
    href: str
    note: str
    sign: str


@dataclass(frozen=True)
class Grouping:
    """What it takes to put rows under heads: how, whose eyes, which leaders and heads there are."""

    by: str
    sort: str
    viewer: Viewer
    leaders: Mapping[int, LeaderName]
    headings: Sequence[HeadingNote] = ()
    as_of_query: str = ""
    shows_idle: bool = False  # heads without tasks stand with their note
    lights: Mapping[int, Lit] = field(default_factory=dict)

    def blocks(self, rows: Iterable[Row]) -> tuple[Block, ...]:
        """The annexes that have rows, each with its groups."""
        of = {kind: [row for row in rows if row.kind == kind] for kind in TaskKind.values}
        return tuple(
            Block(kind, str(TaskKind(kind).label), self._groups(kind, own), count_rows(own))
            for kind, own in of.items()
            if own
        )

    def line(self, row: Row, sign: str = "") -> Line:
        """A row as the line of a table."""
        others = row.responsible + row.supporting
        return Line(
            row.task_id,
            self._task_address.replace("/0/", f"/{row.task_id}/"),
            row.number,
            sign or row.signs,
            row.title,
            row.text,
            row.project,
            tuple(self._link(party) for party in row.leads),
            len(others),
            "、".join(party.name for party in others),
            "、".join(self._leader_names(row)),
            say_deadline(row),
            row.remark,
            row.section,
            "、".join(
                f"{_REGISTERS[tag.register]}{'（建议）' if tag.is_proposed else ''}" for tag in row.tags
            ),
            row.has_number,
            row.differs,
            row.is_draft,
            row.is_shared,
            self.lights.get(row.task_id),
        )

    def _groups(self, kind: str, rows: list[Row]) -> tuple[Group, ...]:
        heads: dict[str, _Place] = {}
        members: dict[str, list[tuple[Row, str]]] = {}
        place = self._placer(kind)
        for row in sorted(rows, key=_SORTS[self.sort]):
            for spot in place(row):
                known = heads.setdefault(spot.key, spot)
                if spot.order < known.order:
                    heads[spot.key] = spot
                members.setdefault(spot.key, []).append((row, spot.sign))
        if self.shows_idle and self.by == "leader" and kind == TaskKind.KEY:
            for spot in self._idle(heads):
                heads[spot.key] = spot
        ordered = sorted(heads.values(), key=lambda spot: spot.order)
        return tuple(self._group(spot, members.get(spot.key, [])) for spot in ordered)

    def _group(self, spot: _Place, members: list[tuple[Row, str]]) -> Group:
        tasks = len({row.task_id for row, _ in members})
        lines = tuple(self.line(row, sign) for row, sign in members)
        return Group(spot.key, spot.title, spot.href, spot.note, tasks, lines)

    def _placer(self, kind: str) -> Callable[[Row], Iterable[_Place]]:
        if kind == TaskKind.LIVELIHOOD and self.by in ("section", "register"):
            return self._by_project
        placers = {
            "leader": self._by_leader,
            "unit": self._by_unit,
            "section": self._by_section,
            "register": self._by_register,
        }
        return placers[self.by]

    def _by_leader(self, row: Row) -> Iterator[_Place]:
        for seat in row.seats:
            leader = self.leaders.get(seat.post_id)
            heading = self._heading_by_id.get(seat.heading_id)
            if not any(one.post_id for one in self.headings):
                heading = None  # heads of the report: none of them says who leads
            if leader:
                order = self._post_order.get(leader.post_id, 900 + leader.order)
                yield self._leader_place(leader, order, heading.note if heading else "", seat.sign)
            else:
                title = heading.title if heading else "没有列出牵头领导"
                order = heading.order if heading else _FAR
                key = f"h{seat.heading_id}" if heading else "h0"
                yield _Place((order,), key, title, "", "", seat.sign)

    def _leader_place(self, leader: LeaderName, order: int, note: str, sign: str = "") -> _Place:
        href = self._leader_address.replace("/0/", f"/{leader.post_id}/")
        return _Place((order,), f"p{leader.post_id}", leader.full, href, note, sign)

    def _idle(self, heads: Mapping[str, _Place]) -> Iterator[_Place]:
        """The leaders under whom no task stands: 总负责."""
        for heading in self.headings:
            leader = self.leaders.get(heading.post_id)
            if leader and f"p{leader.post_id}" not in heads:
                yield self._leader_place(leader, heading.order, heading.note)

    def _by_unit(self, row: Row) -> Iterator[_Place]:
        for party in row.leads:
            key = f"u{party.unit_id}" if party.unit_id else f"g{party.group_id}"
            yield _Place((party.order, key), key, party.name, self._link(party).href, "", row.signs)
        if not row.leads:
            yield _Place(
                (_FAR, ""), "none", "没有单位牵头（由各单位共同落实，或按备注另定）", "", "", row.signs
            )

    def _by_section(self, row: Row) -> Iterator[_Place]:
        title = row.section or "报告中没有对应章节"
        at = row.report_at if row.section and row.report_at is not None else _FAR
        yield _Place((at,), f"s{title}", title, "", "", row.signs)

    def _by_project(self, row: Row) -> Iterator[_Place]:
        yield _Place((row.order,), f"l{row.project}", row.project, "", "", row.signs)

    def _by_register(self, row: Row) -> Iterator[_Place]:
        for tag in row.tags:
            at = Register.values.index(tag.register)
            yield _Place((at,), f"r{tag.register}", _REGISTERS[tag.register], "", "", row.signs)
        if not row.tags:
            yield _Place((_FAR,), "none", "没有列入五个重大清单", "", "", row.signs)

    def _link(self, party: Party) -> Link:
        known = self._links.get(party)
        if known is None:
            seen = party.unit_id and sees_unit(self.viewer, party.unit_id)
            href = self._unit_address.replace("/0/", f"/{party.unit_id}/") if seen else ""
            known = self._links[party] = Link(party.name, href)
        return known

    def _leader_names(self, row: Row) -> Iterator[str]:
        posts = dict.fromkeys(seat.post_id for seat in row.seats if seat.post_id in self.leaders)
        return (self.leaders[post].name or self.leaders[post].title for post in posts)

    @cached_property
    def _task_address(self) -> str:
        return reverse("ledger:task", args=[0]) + self.as_of_query

    @cached_property
    def _unit_address(self) -> str:
        return reverse("ledger:unit", args=[0]) + self.as_of_query

    @cached_property
    def _leader_address(self) -> str:
        return reverse("ledger:leader", args=[0]) + self.as_of_query

    @cached_property
    def _links(self) -> dict[Party, Link]:
        return {}

    @cached_property
    def _heading_by_id(self) -> dict[int, HeadingNote]:
        return {heading.heading_id: heading for heading in self.headings}

    @cached_property
    def _post_order(self) -> dict[int, int]:
        return {heading.post_id: heading.order for heading in self.headings if heading.post_id}


def say_deadline(row: Row) -> str:
    """The time limit as lists show it: 12-31 within the task's year; nothing where there is none."""
    return say_limit(row.deadline, row.year) or row.deadline_text


def say_limit(day: date | None, year: int) -> str:
    """A day as a list of a year's tasks shows it: without the year where it is of it."""
    if day is None:
        return ""
    return f"{day:%m-%d}" if day.year == year else f"{day:%Y-%m-%d}"


def _by_deadline(row: Row) -> tuple[Any, ...]:
    return (row.deadline or date.max, row.order)


def _by_lead(row: Row) -> tuple[Any, ...]:
    return (row.leads[0].order if row.leads else _FAR, row.order)


_SORTS: dict[str, Callable[[Row], Any]] = {
    "order": lambda row: row.order,
    "deadline": _by_deadline,
    "lead": _by_lead,
    "text": lambda row: row.text,
}
