"""Rows as tasks (重点工作) and as contents of livelihood projects (民生实事)."""

import re
from dataclasses import dataclass, field, replace

from dukao.breakdown.cells import Cell
from dukao.breakdown.duties.leaders import read_leaders
from dukao.breakdown.duties.persons import Persons
from dukao.breakdown.layouts.grouping import Place
from dukao.breakdown.layouts.rows import Row
from dukao.breakdown.layouts.tables.merged import Filled, fill_down
from dukao.breakdown.lettering import closed_up
from dukao.breakdown.profiles import Profile
from dukao.breakdown.tasks.remarks import read_remark
from dukao.breakdown.tasks.roles import decide_roles
from dukao.breakdown.tasks.times import read_deadline, read_milestones
from dukao.breakdown.tasks.traces import Trace, trace_row
from dukao.breakdown.values import Leader, LivelihoodContent, Remark, Task, UnitRole
from dukao.language.dates import Deadline

_BOLD_TITLE = re.compile(r"(?:\*\*)?([^*\n]{2,60})\*\*")


@dataclass(frozen=True, slots=True)
class Frame:
    """What holds for all rows of one document: its convention, the year its months belong to, and what the
    place does.
    """

    first_leads: bool
    year: int | None
    profile: Profile
    traces: list[Trace] = field(default_factory=list)
    persons: Persons | None = None

    def keep(self, trace: Trace) -> tuple[str, ...]:
        """Remember what the rules of a row read; the codes of these rules."""
        self.traces.append(trace)
        return tuple(sorted(trace))


def read_tasks(place: Place, frame: Frame) -> list[Task]:
    """The tasks under one head. A second row with a number already used gets its own id behind it
    ("五-3-2").
    """
    tasks: list[Task] = []
    used: dict[str, int] = {}
    open_rows: list[tuple[int, Task]] = []
    for filled in fill_down(place.rows, projects=False):
        level = filled.row.level
        if level:
            open_rows = [above for above in open_rows if above[0] < level]
        parent = _parent(filled, open_rows)
        name = _name(place, filled, parent)
        used[name] = used.get(name, 0) + 1
        again = f"-{used[name]}" if used[name] > 1 else ""
        task = _task(place, filled, name + again, parent, frame)
        tasks.append(replace(task, rules=frame.keep(trace_row(task, filled))))
        open_rows += [(level, tasks[-1])] if level else []
    return tasks


def _name(place: Place, filled: Filled, parent: Task | None) -> str:
    """The id of a task; that of a part goes on from the whole ("一-2（1）"), as "1.1" does by itself."""
    if parent is None or "." in filled.number:
        return f"{place.id}-{filled.number}"
    return f"{parent.id}（{filled.number}）"


def _task(place: Place, filled: Filled, name: str, parent: Task | None, frame: Frame) -> Task:
    row = filled.row
    return Task(
        id=name,
        group=place.id,
        number=filled.number,
        parent=parent.id if parent else None,
        title=_title(row),
        text=row.task.text,
        start=row.task.start,
        end=row.task.end,
        leaders=_leaders(row, place, frame),
        units=_units(row, frame),
        remark=_remark(row),
        deadline=_deadline(row, frame),
        milestones=read_milestones(row, frame.year),
    )


def read_contents(place: Place, frame: Frame, above: list[LivelihoodContent]) -> list[LivelihoodContent]:
    """The contents of the livelihood projects under one head, numbered within their project ("民生-5-1")."""
    counts: dict[str, int] = {}
    for content in above:
        counts[content.number] = counts.get(content.number, 0) + 1
    contents: list[LivelihoodContent] = []
    for filled in fill_down(place.rows, projects=True):
        counts[filled.number] = counts.get(filled.number, 0) + 1
        content = _content(place, filled, f"民生-{filled.number}-{counts[filled.number]}", frame)
        contents.append(replace(content, rules=frame.keep(trace_row(content, filled))))
    return contents


def _content(place: Place, filled: Filled, name: str, frame: Frame) -> LivelihoodContent:
    row = filled.row
    return LivelihoodContent(
        id=name,
        number=filled.number,
        project=closed_up((row.project or row.task).text),
        content=row.task.text,
        start=row.task.start,
        end=row.task.end,
        leaders=_leaders(row, place, frame),
        units=_units(row, frame),
        filled_down=filled.cells,
        remark=_remark(row),
        deadline=_deadline(row, frame),
    )


def _leaders(row: Row, place: Place, frame: Frame) -> tuple[Leader, ...]:
    """The leaders of the row itself, else those of its head; only where a person says they stand."""
    said = frame.profile.settled("leaders")
    cells = (row.leaders, *row.more_leaders) if row.leaders and said not in ("head", "none") else ()
    own = tuple(leader for cell in cells if cell for leader in read_leaders(cell, bare="any"))
    above = place.leaders if said not in ("item", "none") else ()
    if row.stated and frame.persons:
        own, above = frame.persons.leaders_among(own), frame.persons.leaders_among(above)
    return own or above


def _deadline(row: Row, frame: Frame) -> Deadline | None:
    """The row's deadline; a time in its text is none where a person says that limits stand apart."""
    said = frame.profile.settled("deadline")
    if said == "none" or (said == "apart" and row.deadline is None):
        return None
    return read_deadline(row, frame.year)


def _units(row: Row, frame: Frame) -> tuple[UnitRole, ...]:
    remarked = read_remark(row.remark) if row.remark else ()
    return decide_roles(row, remarked, first_leads=frame.first_leads)


def _remark(row: Row) -> Remark | None:
    return Remark(row.remark.text, row.remark.start, row.remark.end) if row.remark else None


def _title(row: Row) -> str | None:
    """The head of a task: its bold first words, or the cell of the project it belongs to."""
    bold = _BOLD_TITLE.match(row.task.text)
    return bold.group(1).strip() if bold else _text(row.project)


def _text(cell: Cell | None) -> str | None:
    return closed_up(cell.text) if cell else None


def _parent(filled: Filled, above: list[tuple[int, Task]]) -> Task | None:
    """The task a part belongs to: the last above it of a higher level, whose number its own begins with."""
    if not filled.row.level or not above:
        return None
    owner = above[-1][1]
    whole, dot, _ = filled.number.rpartition(".")
    return owner if not dot or owner.number == whole else None
