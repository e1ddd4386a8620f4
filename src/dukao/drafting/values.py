"""What a draft says, as frozen values: tasks cut from a report, whom they likely fall to, what was left out.

Everything here is a proposal: nothing of it holds before a person has said so. Offsets are code points into
the text of the report.
"""

from dataclasses import dataclass, field
from typing import Any, Literal

from dukao.breakdown.values import Group, Leader, Role, Task, UnitRole
from dukao.language.dates import Deadline
from dukao.reading.values import Source
from dukao.report.values import Measure

# What a task can be without a proposal for.
Wanted = Literal["leader", "lead", "responsible"]


@dataclass(frozen=True, slots=True)
class LikelyUnit:
    """A unit that likely takes part in a task: how sure that is (0 to 1), and why, in Chinese."""

    name: str
    role: Role
    confidence: float
    reason: str
    group: bool = False
    office: str | None = None

    def as_role(self) -> UnitRole:
        """The unit's part as a breakdown has it: it stands in no document, so both its offsets are 0."""
        written = f"{self.name}（{self.office}）" if self.office else self.name
        return UnitRole(self.name, self.office, written, 0, 0, self.group, self.role, "undecided")

    def as_json(self) -> dict[str, Any]:
        """A `units` entry of `dukao.draft/1`."""
        return {**self.as_role().as_json(), "confidence": self.confidence, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class LikelyLeader:
    """A leader who likely answers for a task."""

    name: str
    title: str | None
    confidence: float
    reason: str

    def as_leader(self) -> Leader:
        """The leader as a breakdown has one: in no document, so both offsets are 0."""
        return Leader(self.name, self.title, 0, 0)

    def as_json(self) -> dict[str, Any]:
        """A `leaders` entry of `dukao.draft/1`."""
        return {**self.as_leader().as_json(), "confidence": self.confidence, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class LikelyDeadline:
    """A time limit a task likely has: it stands nowhere in the report, so both its offsets are 0."""

    deadline: Deadline
    confidence: float
    reason: str

    def as_json(self) -> dict[str, Any]:
        """The `likely_deadline` of a task of `dukao.draft/1`."""
        return {**self.deadline.as_json(), "confidence": self.confidence, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class Withheld:
    """What is not proposed for a task, since nothing was sure enough."""

    wanted: Wanted
    reason: str

    def as_json(self) -> dict[str, Any]:
        """A `withheld` entry of `dukao.draft/1`."""
        return {"wanted": self.wanted, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class DraftTask:
    """A task cut from the report.

    `text` is what the row says: the words of `source_spans`, joined; a verb given back to a later item is a
    span of its own. `start:end` reaches from the first of the spans to the last. `candidates` are the units
    likeliest to lead, at most three, below the threshold too. `deadline` is what its words say; only where
    they say none there is a `likely_deadline`.
    """

    id: str
    group: str
    number: str
    text: str
    start: int
    end: int
    source_spans: tuple[tuple[int, int], ...]
    relation: Literal["verbatim", "split"]
    commitments: tuple[str, ...]
    measures: tuple[Measure, ...]
    deadline: Deadline | None
    leaders: tuple[LikelyLeader, ...]
    units: tuple[LikelyUnit, ...]
    withheld: tuple[Withheld, ...]
    candidates: tuple[LikelyUnit, ...] = ()
    likely_deadline: LikelyDeadline | None = None

    @property
    def limit(self) -> Deadline | None:
        """Its time limit: what its words say, else the likely one."""
        return self.deadline or (self.likely_deadline.deadline if self.likely_deadline else None)

    def as_task(self) -> Task:
        """The task as a breakdown held against the report has it."""
        return Task(
            id=self.id,
            group=self.group,
            number=self.number,
            parent=None,
            title=None,
            text=self.text,
            start=self.start,
            end=self.end,
            leaders=tuple(leader.as_leader() for leader in self.leaders),
            units=tuple(unit.as_role() for unit in self.units),
            remark=None,
            deadline=self.limit,
            measures=self.measures,
            source_spans=self.source_spans,
            relation=self.relation,
        )

    def as_json(self) -> dict[str, Any]:
        """A `tasks` entry of `dukao.draft/1`: the keys of a breakdown's task, and what is drafted."""
        return {
            **self.as_task().as_json(),
            "deadline": self.deadline.as_json() if self.deadline else None,
            "leaders": [leader.as_json() for leader in self.leaders],
            "units": [unit.as_json() for unit in self.units],
            "commitments": list(self.commitments),
            "withheld": [one.as_json() for one in self.withheld],
            "candidates": [one.as_json() for one in self.candidates],
            "likely_deadline": self.likely_deadline.as_json() if self.likely_deadline else None,
        }


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A commitment no task takes up, and why."""

    commitment: str
    text: str
    reason: str

    def as_json(self) -> dict[str, Any]:
        """A `left_out` entry of `dukao.draft/1`."""
        return {"commitment": self.commitment, "text": self.text, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The confidence below which nothing is proposed, for each thing that is."""

    lead: float
    responsible: float
    leader: float
    deadline: float

    def as_json(self) -> dict[str, Any]:
        """The `thresholds` object of `dukao.draft/1`."""
        return {
            "lead": self.lead,
            "responsible": self.responsible,
            "leader": self.leader,
            "deadline": self.deadline,
        }


@dataclass(frozen=True, slots=True)
class Draft:
    """A breakdown proposed for a report; `past` are the breakdowns it learned from.

    A group is a head of the report, `start:end` its place there.
    """

    source: Source
    place: str | None
    year: int | None
    past: tuple[Source, ...]
    thresholds: Thresholds
    groups: tuple[Group, ...]
    tasks: tuple[DraftTask, ...] = field(repr=False)
    left_out: tuple[LeftOut, ...] = field(repr=False)

    def as_json(self) -> dict[str, Any]:
        """The whole as `dukao.draft/1`."""
        whole = {
            "schema": "dukao.draft/1",
            "source": self.source.as_json(),
            "place": self.place,
            "year": self.year,
            "past": [source.as_json() for source in self.past],
            "thresholds": self.thresholds.as_json(),
            "groups": [group.as_json() for group in self.groups],
            "tasks": [task.as_json() for task in self.tasks],
            "left_out": [one.as_json() for one in self.left_out],
        }
        return self.source.located(whole)
