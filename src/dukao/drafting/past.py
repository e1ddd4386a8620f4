"""Past breakdowns: rows that stand in no document, typed or corrected by a person; and how a place cuts."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from dukao.breakdown.duties.units import is_group
from dukao.breakdown.values import Basis, Breakdown, Leader, Notice, Role, Task, UnitRole
from dukao.language.dates import Deadline
from dukao.reading.values import Source

_INNER_STOP: Final = re.compile("[。；].*[^。；\\s]", re.DOTALL)
# A few rows say nothing of a habit.
_FEWEST: Final = 10


@dataclass(frozen=True, slots=True)
class TypedRow:
    """A row as a person has it: what is to be done, who leads, who else takes part, which leaders answer.

    `units` may name groups ("各街镇"), `helping` those of them that only help; `leaders` are names with their
    titles, `deadline` is a time limit beside the words. `id` is how the row is cited ("2024年任务二-9"); rows
    without one are numbered.
    """

    text: str
    leads: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    leaders: tuple[tuple[str, str | None], ...] = ()
    id: str = ""
    helping: frozenset[str] = frozenset()
    deadline: Deadline | None = None


def typed_breakdown(rows: Sequence[TypedRow], *, name: str, year: int | None = None) -> Breakdown:
    """The rows as a breakdown that `draft_breakdown` can learn from; `name` says where they are from.

    It was held against no report. Its source is the texts of the rows, one to a line; units and leaders stand
    in no text, so their offsets are 0. A row without words is passed over.
    """
    kept = [(row, "".join(row.text.split())) for row in rows if row.text.strip()]
    text = "".join(f"{words}\n" for _, words in kept)
    source = Source(name, hashlib.sha256(text.encode()).hexdigest(), "text/plain", "utf-8", text)
    tasks, at = [], 0
    for number, (row, words) in enumerate(kept, 1):
        tasks.append(replace(_task(row, words, number, at), deadline=row.deadline))
        at += len(words) + 1
    return Breakdown(source, Notice(), (), (), tuple(tasks), (), (), source.diagnostics, year=year)


def _task(row: TypedRow, words: str, number: int, at: int) -> Task:
    name = row.id or str(number)
    others = [unit for unit in dict.fromkeys(row.units) if unit not in row.leads]
    is_joint = not row.leads and bool(others) and all(map(is_group, others))
    leaders = tuple(Leader("".join(who.split()), title, 0, 0) for who, title in row.leaders)
    leads = [_unit(unit, "lead", "column") for unit in dict.fromkeys(row.leads)]
    parts = [
        _unit(unit, "supporting" if unit in row.helping else "responsible", "joint" if is_joint else "column")
        for unit in others
    ]
    return Task(name, "", name, None, None, words, at, at + len(words), leaders, (*leads, *parts), None)


def _unit(name: str, role: Role, basis: Basis) -> UnitRole:
    return UnitRole(name, None, name, 0, 0, is_group(name), role, basis)


def are_paragraphs(past: Sequence[Breakdown]) -> bool:
    """Whether a place makes a row of every paragraph: most of its past rows hold several sentences."""
    rows = [task.text for breakdown in past for task in breakdown.tasks]
    return len(rows) >= _FEWEST and 2 * sum(bool(_INNER_STOP.search(row)) for row in rows) > len(rows)
