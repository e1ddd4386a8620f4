"""What a responsibility breakdown (责任分解) says, as frozen values.

`start`/`end` are code points into the breakdown's own source text; `source_spans` and `report_span` into the
text of the report held against it.
"""

from dataclasses import dataclass, field
from typing import Any, Literal

from dukao.language.dates import Deadline
from dukao.reading.values import Diagnostic, Source
from dukao.report.values import Measure

LeadConvention = Literal["star", "first", "word", "column"]
Role = Literal["lead", "responsible", "supporting"]
Basis = Literal["star", "first", "word", "column", "sole", "remark", "joint", "undecided"]
Relation = Literal["verbatim", "split", "merged", "edited", "absent"]
DifferenceKind = Literal["number", "wording", "omission", "addition", "truncated"]


@dataclass(frozen=True, slots=True)
class Leader:
    """A leader (牵头领导) who answers for tasks; `name` without inner spaces."""

    name: str
    title: str | None
    start: int
    end: int

    def as_json(self) -> dict[str, Any]:
        """The `LEADER` object of `dukao.breakdown/1`."""
        return {"name": self.name, "title": self.title, "start": self.start, "end": self.end}


@dataclass(frozen=True, slots=True)
class UnitRole:
    """One unit's part in one task, and what that reading rests on."""

    name: str
    office: str | None
    written: str
    start: int
    end: int
    group: bool
    role: Role
    basis: Basis
    scope: str | None = None

    def as_json(self) -> dict[str, Any]:
        """A `units` entry of `dukao.breakdown/1`."""
        return {
            "name": self.name,
            "office": self.office,
            "written": self.written,
            "start": self.start,
            "end": self.end,
            "group": self.group,
            "role": self.role,
            "basis": self.basis,
            "scope": self.scope,
        }


@dataclass(frozen=True, slots=True)
class Remark:
    """The remark (备注) cell of a row."""

    text: str
    start: int
    end: int

    def as_json(self) -> dict[str, Any]:
        """The `remark` object of `dukao.breakdown/1`."""
        return {"text": self.text, "start": self.start, "end": self.end}


@dataclass(frozen=True, slots=True)
class Milestone:
    """A step of a task with its time limit."""

    deadline: Deadline
    step: str

    def as_json(self) -> dict[str, Any]:
        """A `milestones` entry: the deadline's keys and `step`."""
        return {**self.deadline.as_json(), "step": self.step}


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where breakdown and report do not say the same, with both readings."""

    kind: DifferenceKind
    report: str
    report_span: tuple[int, int] | None
    breakdown: str
    breakdown_span: tuple[int, int] | None

    def as_json(self) -> dict[str, Any]:
        """A `differences` entry of `dukao.breakdown/1`."""
        return {
            "kind": self.kind,
            "report": self.report,
            "report_span": list(self.report_span) if self.report_span else None,
            "breakdown": self.breakdown,
            "breakdown_span": list(self.breakdown_span) if self.breakdown_span else None,
        }


@dataclass(frozen=True, slots=True)
class Task:
    """A row of the breakdown (重点工作)."""

    id: str
    group: str
    number: str
    parent: str | None
    title: str | None
    text: str
    start: int
    end: int
    leaders: tuple[Leader, ...]
    units: tuple[UnitRole, ...]
    remark: Remark | None
    deadline: Deadline | None = None
    milestones: tuple[Milestone, ...] = ()
    measures: tuple[Measure, ...] = ()
    source_spans: tuple[tuple[int, int], ...] = ()
    relation: Relation | None = None
    differences: tuple[Difference, ...] = ()
    rules: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """A `tasks` entry of `dukao.breakdown/1`."""
        return {
            "id": self.id,
            "group": self.group,
            "number": self.number,
            "parent": self.parent,
            "title": self.title,
            "text": self.text,
            "start": self.start,
            "end": self.end,
            "leaders": [leader.as_json() for leader in self.leaders],
            "units": [unit.as_json() for unit in self.units],
            **_time_json(self),
            "milestones": [milestone.as_json() for milestone in self.milestones],
            **_held_json(self),
        }


@dataclass(frozen=True, slots=True)
class LivelihoodContent:
    """One content of a livelihood project (民生实事); `filled_down` names the cells merged from above."""

    id: str
    number: str
    project: str
    content: str
    start: int
    end: int
    leaders: tuple[Leader, ...]
    units: tuple[UnitRole, ...]
    filled_down: tuple[str, ...]
    remark: Remark | None = None
    deadline: Deadline | None = None
    measures: tuple[Measure, ...] = ()
    source_spans: tuple[tuple[int, int], ...] = ()
    relation: Relation | None = None
    differences: tuple[Difference, ...] = ()
    rules: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """A `livelihood` entry of `dukao.breakdown/1`."""
        return {
            "id": self.id,
            "number": self.number,
            "project": self.project,
            "content": self.content,
            "start": self.start,
            "end": self.end,
            "leaders": [leader.as_json() for leader in self.leaders],
            "units": [unit.as_json() for unit in self.units],
            "filled_down": list(self.filled_down),
            **_time_json(self),
            **_held_json(self),
        }


def _time_json(row: Task | LivelihoodContent) -> dict[str, Any]:
    """Remark and deadline of a row."""
    return {
        "remark": row.remark.as_json() if row.remark else None,
        "deadline": row.deadline.as_json() if row.deadline else None,
    }


def _held_json(row: Task | LivelihoodContent) -> dict[str, Any]:
    """What holding a row against the report adds to it, with its measures."""
    return {
        "measures": [measure.as_json() for measure in row.measures],
        "source_spans": [list(pair) for pair in row.source_spans],
        "relation": row.relation,
        "differences": [difference.as_json() for difference in row.differences],
    }


@dataclass(frozen=True, slots=True)
class Group:
    """A head of the breakdown with the leaders who answer for what stands below it."""

    id: str
    title: str
    leaders: tuple[Leader, ...]
    note: str | None
    start: int
    end: int

    def as_json(self) -> dict[str, Any]:
        """A `groups` entry of `dukao.breakdown/1`."""
        return {
            "id": self.id,
            "title": self.title,
            "leaders": [leader.as_json() for leader in self.leaders],
            "note": self.note,
            "start": self.start,
            "end": self.end,
        }


@dataclass(frozen=True, slots=True)
class Notice:
    """The covering notice's elements (公文要素), each as written or None."""

    issuer: str | None = None
    document_number: str | None = None
    title: str | None = None
    addressees: str | None = None
    copied_to: str | None = None
    dated: str | None = None
    meeting: str | None = None
    publicity: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The `notice` object of `dukao.breakdown/1`."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the report promised, counted, and the commitments no task takes up."""

    commitments: int
    covered: int
    uncovered: tuple[str, ...]
    not_tasks: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The `coverage` object of `dukao.breakdown/1`."""
        return {
            "commitments": self.commitments,
            "covered": self.covered,
            "uncovered": list(self.uncovered),
            "not_tasks": list(self.not_tasks),
        }


@dataclass(frozen=True, slots=True)
class Finding:
    """A `conflict` that cannot stand, or a `check` that may be meant; `items` are task and content ids."""

    code: str
    kind: Literal["conflict", "check"]
    message: str
    items: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """A `findings` entry of `dukao.breakdown/1`."""
        return {"code": self.code, "kind": self.kind, "message": self.message, "items": list(self.items)}


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A breakdown as read; what hangs on a report is empty until it is held against one."""

    source: Source
    notice: Notice
    lead_conventions: tuple[LeadConvention, ...]
    groups: tuple[Group, ...]
    tasks: tuple[Task, ...] = field(repr=False)
    livelihood: tuple[LivelihoodContent, ...] = field(repr=False)
    findings: tuple[Finding, ...]
    diagnostics: tuple[Diagnostic, ...]
    report: Source | None = None
    coverage: Coverage | None = None
    year: int | None = None

    def as_json(self) -> dict[str, Any]:
        """The whole as `dukao.breakdown/1`."""
        whole = {
            "schema": "dukao.breakdown/1",
            "source": self.source.as_json(),
            "report": self.report.as_json() if self.report else None,
            "notice": self.notice.as_json(),
            "lead_conventions": list(self.lead_conventions),
            "groups": [group.as_json() for group in self.groups],
            "tasks": [task.as_json() for task in self.tasks],
            "livelihood": [content.as_json() for content in self.livelihood],
            "coverage": self.coverage.as_json() if self.coverage else None,
            "findings": [finding.as_json() for finding in self.findings],
            "diagnostics": [
                {"code": d.code, "start": d.start, "end": d.end, "message": d.message}
                for d in self.diagnostics
            ],
        }
        return self.source.located(whole)
