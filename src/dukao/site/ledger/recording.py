"""How a task's record changes: what stands ends, and what is new begins at the same moment."""

from datetime import datetime
from typing import Any

from dukao.site.ledger.models import TaskState
from dukao.site.ledger.recorded import RecordedQuerySet
from dukao.site.ledger.search import fold

_KEPT = (
    "status",
    "order",
    "title",
    "text",
    "project",
    "section",
    "remark",
    "deadline_text",
    "deadline",
    "deadline_kind",
    "publicity",
    "publicity_reason",
    "relation",
    "source_spans",
    "differences",
)


def restate(state: TaskState, at: datetime, **changes: Any) -> TaskState:
    """End what a task said, and let it say the same with `changes` from `at` on.

    The caller holds the state's row (select_for_update) and records the action.
    """
    fields = {name: getattr(state, name) for name in _KEPT} | changes
    state.until = at
    state.save(update_fields=("until",))
    search = fold(fields["title"], fields["text"], fields["project"], fields["remark"])
    return TaskState.objects.create(task_id=state.task_id, since=at, search=search, **fields)


def restate_all(states: RecordedQuerySet, at: datetime, **changes: Any) -> int:
    """`restate` for many at once, none of whose words change; how many there were."""
    ended = list(states)
    TaskState.objects.filter(pk__in=[one.pk for one in ended]).update(until=at)
    TaskState.objects.bulk_create(
        TaskState(
            task_id=one.task_id,
            since=at,
            search=one.search,
            **{name: getattr(one, name) for name in _KEPT} | changes,
        )
        for one in ended
    )
    return len(ended)
