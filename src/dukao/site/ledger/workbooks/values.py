"""What is compared: tasks as they stand, and what a workbook would do to them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dukao.site.ledger.duties import Duty
from dukao.site.ledger.models import Supplement, TaskKind
from dukao.site.ledger.queries.whole_tasks import WholeTask
from dukao.site.ledger.workbooks.cells import Limit
from dukao.site.ledger.workbooks.columns import Line
from dukao.site.ledger.workbooks.naming import Names
from dukao.site.ledger.workbooks.reading import SheetRow
from dukao.site.people.shown import seal_of


@dataclass(frozen=True, slots=True)
class Standing:
    """A task as it stands: as a row of the workbook, and with everything the record says of it."""

    line: Line
    task: WholeTask

    @property
    def duties(self) -> tuple[Duty, ...]:
        """Who answers for it."""
        return self.task.duties

    @property
    def limit(self) -> Limit:
        """Its time limit."""
        state = self.task.state
        return Limit(state.deadline_text, state.deadline, state.deadline_kind)

    @property
    def name(self) -> str:
        """How the task is called: its number, or its place in the draft."""
        return self.line.cells["number"] or self.line.cells["row"]


@dataclass(frozen=True, slots=True)
class Ledger:
    """The ledger of a year as it stands, by what a row of a workbook can name."""

    year: int
    by_task: Mapping[int, Standing]
    task_of_state: Mapping[int, int]  # also of states that have ended
    names: Names
    stage: str = ""  # of a breakdown not issued yet

    @property
    def by_number(self) -> dict[str, Standing]:
        """The tasks that have a lasting number."""
        return {one.line.cells["number"]: one for one in self.by_task.values() if one.line.cells["number"]}


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell: what the ledger says, what the workbook says."""

    head: str
    before: str
    after: str
    by_supplement: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """One row that can be applied: its differences, and the values they ask for by field."""

    source: SheetRow
    standing: Standing
    differences: tuple[Difference, ...]
    direct: dict[str, Any] = field(default_factory=dict)
    supplement: dict[str, Any] = field(default_factory=dict)

    @property
    def task_id(self) -> int:
        """The task."""
        return self.standing.line.task_id

    @property
    def name(self) -> str:
        """How the task is called: its number, or its place in the draft."""
        return self.standing.name


@dataclass(frozen=True, slots=True)
class Fault:
    """One row that cannot be applied, and why; `clashes` are both writings where the ledger moved on."""

    source: SheetRow
    name: str
    reasons: tuple[str, ...]
    clashes: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Drafted:
    """One row whose wording a supplement that waits for the head already says."""

    change: Change
    supplement: Supplement


@dataclass(frozen=True, slots=True)
class Comparison:
    """What an upload would do to the ledger; `drafted` is what need not be drafted once more."""

    changes: tuple[Change, ...]
    faults: tuple[Fault, ...]
    unchanged: int
    ignored: tuple[str, ...] = ()
    drafted: tuple[Drafted, ...] = ()

    @property
    def needs_supplement(self) -> bool:
        """Whether anything changes only by a supplement that the head signs."""
        return any(change.supplement for change in self.changes)

    @property
    def moves_deadlines(self) -> bool:
        """Whether a time limit that was set is replaced, which needs a reason."""
        return any("limit" in change.direct and change.standing.limit.text for change in self.changes)

    @property
    def needs_decision(self) -> bool:
        """Whether a livelihood content says something else, which the people's congress decides."""
        return any(
            "text" in change.supplement and change.standing.line.kind == TaskKind.LIVELIHOOD
            for change in self.changes
        )

    @property
    def seal(self) -> str:
        """The same for the same changes to the same ledger: what is confirmed is what was shown."""
        said = [
            (
                one.standing.line.task_id,
                one.standing.line.version,
                [d.head + d.after for d in one.differences],
            )
            for one in self.changes
        ]
        return seal_of(said)
