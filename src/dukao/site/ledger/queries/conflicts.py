"""What a year's breakdown raised for a person to settle, and how each was settled."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from dukao.site.ledger.models import Placement, Question, QuestionKind
from dukao.site.ledger.queries.ledger import Sheet, read_sheets
from dukao.site.ledger.queries.measures import Option
from dukao.site.ledger.queries.wording import Settled, settle
from dukao.site.people.access import Viewer


class Finding(NamedTuple):
    """One question with the tasks it is about: (sign, task id), 0 where the row is no task any more."""

    settled: Settled
    tasks: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class ConflictsPage:
    """The questions of a year, of one kind where asked."""

    year: int
    sheet: Sheet | None
    findings: tuple[Finding, ...]
    kinds: tuple[Option, ...]
    total: int
    open: int


def read_conflicts(viewer: Viewer, year: int, moment: datetime | None, *, kind: str = "") -> ConflictsPage:
    """What the breakdown of a year raised, as it stood at `moment`."""
    sheet = next((one for one in read_sheets(viewer, moment) if one.year == year), None)
    questions = Question.objects.filter(breakdown_id=sheet.breakdown_id if sheet else 0)
    settled = settle(questions.select_related("settled_by").defer("undo", "proposal", "facts"), moment)
    tasks = tasks_by_sign(sheet.breakdown_id, moment) if sheet else {}
    counts = Counter(one.kind for one in settled)
    return ConflictsPage(
        year,
        sheet,
        tuple(
            Finding(one, tuple((sign, tasks.get(sign, 0)) for sign in one.rows))
            for one in settled
            if not kind or one.kind == kind
        ),
        tuple(Option(v, str(label), counts[v], v == kind) for v, label in QuestionKind.choices if counts[v]),
        len(settled),
        sum(one.is_open for one in settled),
    )


def tasks_by_sign(breakdown_id: int, moment: datetime | None) -> dict[str, int]:
    """The task that stands at each row of a breakdown."""
    rows = Placement.objects.at(moment).filter(task__breakdown_id=breakdown_id)
    return dict(rows.values_list("row", "task_id"))
