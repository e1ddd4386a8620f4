"""What an application to close must say: nothing in hand, every item answered, a figure with its day."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Protocol

from dukao.progress.figures import say_value
from dukao.site.ledger.models import Status, Task, TaskState
from dukao.site.refusals import Refused
from dukao.site.statements import Lookup
from dukao.site.supervision.closing.checklists import Checklist
from dukao.site.supervision.closing.errors import Refusal as Own
from dukao.site.supervision.closing.reaching import Reached
from dukao.site.supervision.closing.stepping import refuse_ahead
from dukao.site.supervision.errors import Refusal
from dukao.site.supervision.models import (
    Completion,
    CompletionStage,
    Evidence,
    Exhibit,
    Standing,
    StandingKind,
)

IN_HAND = (CompletionStage.APPLIED, CompletionStage.VERIFIED, CompletionStage.CLOSED)
_ISSUED = Lookup(
    TaskState.objects.at(None).filter(status=Status.ISSUED).order_by().values_list("pk"), "task_id"
)
_CLOSING = Lookup(
    Completion.objects.filter(stage__in=IN_HAND).order_by().values_list("stage", flat=True), "task_id"
)
_OUT = Lookup(
    Standing.objects.filter(since__isnull=False, until__isnull=True).order_by().values_list("kind", "act"),
    "task_id",
)


class Answered(Protocol):
    """An item of the checklist as it was answered."""

    @property
    def item(self) -> str:
        """The item."""

    @property
    def is_met(self) -> bool:
        """Whether it is met."""

    @property
    def words(self) -> str:
        """Why not."""


def refuse_closed(task: Task) -> None:
    """Only an issued task of the totals, whose close-out is not in hand, can be closed."""
    if not _ISSUED.find(task.pk):
        raise Refused(Refusal.NOT_ISSUED)
    for stage in _CLOSING.find(task.pk):
        raise Refused(Refusal.CLOSE_OPEN, stage=CompletionStage(stage).label)
    for kind, act in _OUT.find(task.pk):
        raise Refused(Refusal.OUT_OF_TOTALS, kind=StandingKind(kind).label, act=act)


def refuse_incomplete(
    done_on: date, summary: str, items: Sequence[Answered], checklist: Checklist, at: datetime
) -> None:
    """Every item is answered, what is not met with why; all that is missing is said at once."""
    refuse_ahead(done_on, "完成日期", at)
    answered = {one.item: one for one in items}
    lines = [] if summary.strip() else ["完成情况还没有写"]
    for item in checklist.items:
        said = answered.get(item)
        if said is None or not (said.is_met or said.words.strip()):
            lines.append(f"“{item}”：请勾选，或写明为什么没有做到")
    if lines:
        raise Refused(Refusal.CLOSE_LACKS, lines, status=422)


def figures_of(reached: Reached, value: float | None, true_on: date | None, at: datetime) -> Reached:
    """What is reached with the figure the application states; what was accepted last where it states none."""
    if value is None or reached.target is None:
        return reached
    if true_on is None:
        raise Refused(Own.VALUE_UNDATED, status=422)
    refuse_ahead(true_on, "数值截至", at)
    missing = list(reached.missing)
    if not reached.reaches(value):
        missing.append(f"目标{reached.target_words}，申请写的是{say_value(value, reached.unit)}")
    return replace(reached, value=value, true_on=true_on, missing=tuple(missing))


def plain_application(completion: Completion, proofs: Sequence[Evidence | Exhibit]) -> dict[str, Any]:
    """An application as plain JSON for the history."""
    value = completion.value
    said = {
        "完成日期": completion.done_on.isoformat(),
        "完成情况": completion.summary,
        "达到": say_value(value, completion.unit_of_measure) if value is not None else "",
        "未达目标": completion.shortfall,
        "清单": {one["item"]: "做到" if one["is_met"] else one["words"] for one in completion.checklist},
        "佐证": [f"{one.get_kind_display()}：{one.title or one.file_name}" for one in proofs],
    }
    return {name: words for name, words in said.items() if words}
