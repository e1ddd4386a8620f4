"""What the office's language model proposed for a draft: beside each row, and as a whole."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from dukao.site.ledger.models import Breakdown, ModelAsking, Placement, Status, TaskState
from dukao.site.ledger.review.model_asking import is_lapsed, named_model

Span = tuple[int, int]


class ModelTask(NamedTuple):
    """A task a model proposes: its words, where they stand, who leads, who else, which rows say the same."""

    text: str
    spans: tuple[Span, ...]
    lead: str
    units: tuple[str, ...]
    unknown: tuple[str, ...]
    rows: tuple[tuple[str, int], ...] = ()

    @property
    def span(self) -> str:
        """Its place, as the page of a document is asked for it."""
        return f"{self.spans[0][0]}-{self.spans[-1][1]}"


class ModelSays(NamedTuple):
    """The latest asking about a breakdown, how it stands, and what came of the last one that ended."""

    name: str
    asking: ModelAsking | None
    is_running: bool
    is_lapsed: bool
    model: str
    tasks: tuple[ModelTask, ...]
    refused: tuple[dict[str, Any], ...]
    unanswered: tuple[dict[str, Any], ...]


def read_model_says(breakdown: Breakdown, now: datetime) -> ModelSays:
    """What a model was asked and said of a breakdown; `name` is that of the model set up, if any."""
    askings = list(ModelAsking.objects.filter(breakdown=breakdown).select_related("asked_by")[:5])
    latest = askings[0] if askings else None
    ended = next((one for one in askings if one.result), None)
    result: dict[str, Any] = (ended.result or {}) if ended else {}
    lapsed = latest is not None and is_lapsed(latest, now)
    tasks = tuple(_task(one) for one in result.get("tasks", ()))
    return ModelSays(
        named_model(),
        latest,
        latest is not None and latest.ended_at is None and not lapsed,
        lapsed,
        ended.model if ended else "",
        tuple(_with_rows(tasks, breakdown)) if tasks else (),
        tuple(result.get("refused", ())),
        tuple(result.get("unanswered", ())),
    )


def tasks_at(tasks: Iterable[ModelTask], spans: Iterable[Span]) -> tuple[ModelTask, ...]:
    """The proposed tasks that say some of the words at these places of the report."""
    places = list(spans)
    return tuple(
        one
        for one in tasks
        if any(start < high and low < end for start, end in one.spans for low, high in places)
    )


def model_tasks(breakdown: Breakdown) -> tuple[str, tuple[ModelTask, ...]]:
    """The name of the model that was asked last and answered, and its tasks; for the rows of a review."""
    ended = ModelAsking.objects.filter(breakdown=breakdown, result__isnull=False).first()
    if ended is None or not ended.result:
        return "", ()
    return ended.model, tuple(_task(one) for one in ended.result["tasks"])


def _with_rows(tasks: Iterable[ModelTask], breakdown: Breakdown) -> Iterable[ModelTask]:
    seats = dict(Placement.objects.at(None).filter(task__breakdown=breakdown).values_list("task_id", "row"))
    states = TaskState.objects.at(None).filter(task__breakdown=breakdown).exclude(status=Status.WITHDRAWN)
    said = [(task, spans) for task, spans in states.values_list("task_id", "source_spans") if task in seats]
    for one in tasks:
        rows = [(seats[task], task) for task, spans in said if tasks_at((one,), spans)]
        yield one._replace(rows=tuple(rows))


def _task(one: dict[str, Any]) -> ModelTask:
    units = one["units"]
    return ModelTask(
        one["text"],
        tuple((start, end) for start, end in one["source_spans"]),
        next((unit["name"] for unit in units if unit["role"] == "lead"), ""),
        tuple(unit["name"] for unit in units if unit["role"] != "lead"),
        tuple(unit["name"] for unit in units if not unit["known"]),
    )
