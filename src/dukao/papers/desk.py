"""The right side of the review page: what dukao says about each row, ready to be laid out."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from dukao.breakdown.values import Breakdown, Difference, LivelihoodContent
from dukao.papers.attention import REASONS, Matter, Reason, list_matters
from dukao.papers.marks import Mark, Token, set_marks, trim_marks
from dukao.papers.setting import anchor_spans
from dukao.papers.words import (
    BASES,
    DIFFERENCES,
    FILLED,
    RELATIONS,
    ROLES,
    Item,
    clean,
    explain_measure,
    head_of,
    list_time_limits,
    name_unit,
    trace_section,
    units_in,
    words_of,
)
from dukao.reading.places import describe_place
from dukao.report.values import Report


class Link(NamedTuple):
    """Words, and where they lead within the page (None for plain words)."""

    words: str
    href: str | None = None


class UnitLine(NamedTuple):
    """One role of a card: its label and the units with what each rests on."""

    role: str
    label: str
    units: tuple[tuple[str, str], ...]


class DifferenceLine(NamedTuple):
    """A difference with both readings; `report` leads to the place on the paper where it is known."""

    kind: str
    report: Link
    breakdown: Link


@dataclass(frozen=True, slots=True)
class Card:
    """One row of the breakdown on the desk."""

    id: str
    number: str
    is_sub: bool
    title: str | None
    tokens: tuple[Token, ...]
    flags: tuple[Link, ...]
    filters: str
    leaders: str
    units: tuple[UnitLine, ...]
    remark: str | None
    time_limits: str
    filled: str
    place: str
    relation: str | None
    sources: tuple[Link, ...]
    origin: str
    differences: tuple[DifferenceLine, ...]


@dataclass(frozen=True, slots=True)
class Stack:
    """Cards under one head: a leader's tasks or a livelihood project's contents."""

    id: str
    title: str
    leaders: str
    note: str | None
    cards: tuple[Card, ...]
    filters: str

    @property
    def needing(self) -> int:
        """How many of its cards need a person."""
        return sum("need" in card.filters.split() for card in self.cards)


class Call(NamedTuple):
    """One matter in the list of what needs a person."""

    id: str
    message: str | None
    links: tuple[Link, ...]


class Calls(NamedTuple):
    """The matters with one reason."""

    reason: Reason
    label: str
    calls: tuple[Call, ...]
    filters: str


# Which filters show a matter, besides "need".
_FILTERS: dict[Reason, str] = {
    "conflict": "need conflict",
    "check": "need conflict",
    "alias": "need alias",
    "undecided": "need undecided",
    "unitless": "need undecided",
    "number": "need differ",
    "wording": "need differ",
    "truncated": "need differ",
    "absent": "need",
}


class Desk:
    """Lays out a breakdown's cards; made once a page, asked for each part of it."""

    def __init__(self, breakdown: Breakdown, report: Report | None, anchors: frozenset[str]) -> None:
        self.breakdown = breakdown
        self.report = report
        self.anchors = anchors
        self.matters = list_matters(breakdown)
        self._of_item: dict[str, list[tuple[int, Matter]]] = {}
        for number, matter in enumerate(self.matters, 1):
            for item in matter.items:
                self._of_item.setdefault(item, []).append((number, matter))

    @cached_property
    def stacks(self) -> list[Stack]:
        """The tasks under their groups, in the document's order; one without tasks stands with its note."""
        tasks = self.breakdown.tasks
        stacks = []
        for group in self.breakdown.groups:
            cards = tuple(self._card(task) for task in tasks if task.group == group.id)
            leaders = "、".join(f"{leader.name} {leader.title or ''}".strip() for leader in group.leaders)
            title = head_of(group.id, clean(group.title))
            stacks.append(Stack(group.id, title, leaders, group.note, cards, _join(cards)))
        known = {group.id for group in self.breakdown.groups}
        loose = tuple(self._card(task) for task in tasks if task.group not in known)
        return [*stacks, Stack("other", "未归入任何一组", "", None, loose, _join(loose))] if loose else stacks

    @cached_property
    def projects(self) -> list[Stack]:
        """The livelihood projects with their contents."""
        stacks: dict[str, list[LivelihoodContent]] = {}
        for content in self.breakdown.livelihood:
            stacks.setdefault(content.number, []).append(content)
        return [self._project(number, contents) for number, contents in stacks.items()]

    @cached_property
    def calls(self) -> list[Calls]:
        """What needs a person, by reason; every matter once."""
        calls: dict[Reason, list[Call]] = {}
        for number, matter in enumerate(self.matters, 1):
            calls.setdefault(matter.reason, []).append(_call(number, matter))
        return [
            Calls(reason, REASONS[reason], tuple(all_), _FILTERS[reason]) for reason, all_ in calls.items()
        ]

    @cached_property
    def uncovered(self) -> list[tuple[str, str, str, Link]]:
        """The commitments nobody took up: id, the heads above it, its words, the way to the paper."""
        if not self.report or not self.breakdown.coverage:
            return []
        wanted = set(self.breakdown.coverage.uncovered)
        return [
            (
                commitment.id,
                trace_section(self.report, commitment),
                clean(commitment.text),
                Link("看原文", f"#{commitment.id}" if commitment.id in self.anchors else None),
            )
            for commitment in self.report.commitments
            if commitment.id in wanted
        ]

    @cached_property
    def notes(self) -> list[tuple[str, Link]]:
        """What was odd in the documents but read all the same, with the row it concerns."""
        rows: list[Item] = [*self.breakdown.tasks, *self.breakdown.livelihood]
        notes = []
        for found in (*self.breakdown.source.diagnostics, *self.breakdown.diagnostics):
            at = next((row.id for row in rows if found.end and row.start <= found.start < row.end), None)
            notes.append((f"责任分解：{found.message}", Link(at, f"#t-{at}") if at else Link("")))
        if self.report:
            said = (*self.report.source.diagnostics, *self.report.diagnostics)
            notes += [(f"政府工作报告：{found.message}", Link("")) for found in said]
        return notes

    def _project(self, number: str, contents: list[LivelihoodContent]) -> Stack:
        cards = tuple(self._card(content) for content in contents)
        title = f"{number} {clean(contents[0].project).rstrip('。')}"
        return Stack(f"民生-{number}", title, "", None, cards, _join(cards))

    def _card(self, item: Item) -> Card:
        mine = self._of_item.get(item.id, [])
        reasons = [matter.reason for _, matter in mine]
        filters = {name for _, matter in mine for name in _FILTERS[matter.reason].split()}
        # One alias stands in many rows: the decision is one, so the rows are not called up for it.
        if all(reason == "alias" for reason in reasons):
            filters.discard("need")
        is_content = isinstance(item, LivelihoodContent)
        spans = anchor_spans(item, self.anchors)
        return Card(
            id=item.id,
            number=item.id if is_content else item.number,
            is_sub=getattr(item, "parent", None) is not None,
            title=getattr(item, "title", None),
            tokens=tuple(self._set_words(item)),
            flags=tuple(_flags(mine)),
            filters=" ".join(sorted(filters)),
            leaders="、".join(leader.name for leader in item.leaders) if is_content else "",
            units=tuple(_unit_lines(item)),
            remark=clean(item.remark.text) if item.remark else None,
            time_limits="；".join(list_time_limits(item)),
            filled="、".join(FILLED.get(name, name) for name in getattr(item, "filled_down", ())),
            place=self._say_place(item),
            # A flag already says that a task does not stand in the report.
            relation=RELATIONS[item.relation] if item.relation and "absent" not in reasons else None,
            sources=tuple(Link(str(number), f"#{name}") for number, name in enumerate(spans, 1)),
            origin=self._quote_origin(item),
            differences=tuple(
                self._difference(item, number, difference)
                for number, difference in enumerate(item.differences, 1)
            ),
        )

    def _set_words(self, item: Item) -> list[Token]:
        """The row's own words with its numbers and its differences marked."""
        text, words = self.breakdown.source.text, words_of(item)
        if text[item.start : item.end] != words:
            return [Token("text", text=words)]
        marks = [Mark(m.start, m.end, "measure", "measure", None, explain_measure(m)) for m in item.measures]
        marks += [
            Mark(*difference.breakdown_span, "difference", "differs", None, DIFFERENCES[difference.kind])
            for difference in item.differences
            if difference.breakdown_span
        ]
        return set_marks(text, item.start, item.end, trim_marks(text, marks, item.start, item.end))

    def _say_place(self, item: Item) -> str:
        """Where the row, and what it was made from, stand in documents with pages, paragraphs or cells."""
        own = self.breakdown.source.place_of(item.start)
        said = [f"责任分解{describe_place(own)}"] if own else []
        if self.report and item.source_spans:
            places = [self.report.source.place_of(start) for start, _ in item.source_spans]
            named = "、".join(dict.fromkeys(describe_place(place) for place in places if place))
            said += [f"报告{named}"] if named else []
        return "；".join(said)

    def _quote_origin(self, item: Item) -> str:
        """The report's words where the row does not simply repeat them."""
        if not self.report or item.relation in (None, "verbatim", "absent"):
            return ""
        return " …… ".join(clean(self.report.source.text[start:end]) for start, end in item.source_spans)

    def _difference(self, item: Item, number: int, difference: Difference) -> DifferenceLine:
        name = f"d-{item.id}-{number}"
        report = Link(clean(difference.report), f"#{name}" if name in self.anchors else None)
        return DifferenceLine(DIFFERENCES[difference.kind], report, Link(clean(difference.breakdown)))


def _flags(matters: list[tuple[int, Matter]]) -> list[Link]:
    flags = [
        Link(matter.label, f"#m-{number}" if matter.finding else f"#need-{matter.reason}")
        for number, matter in matters
    ]
    return list(dict.fromkeys(flags))


def _unit_lines(item: Item) -> list[UnitLine]:
    lines = []
    for role, label in ROLES.items():
        units = units_in(item, role)
        said = "undecided" if any(unit.basis == "undecided" for unit in units) else None
        if units:
            pairs = tuple((name_unit(unit), BASES[unit.basis] if role == "lead" else "") for unit in units)
            lines.append(UnitLine(role, BASES[said] if said and role == "responsible" else label, pairs))
    return lines


def _call(number: int, matter: Matter) -> Call:
    links = tuple(Link(item, f"#t-{item}") for item in matter.items)
    return Call(f"m-{number}", matter.finding.message if matter.finding else None, links)


def _join(cards: tuple[Card, ...]) -> str:
    """The filters that show a stack: those of any of its cards."""
    return " ".join(sorted({name for card in cards for name in card.filters.split()}))
