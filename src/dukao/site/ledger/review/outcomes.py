"""What an answer does to the draft: one function for each kind of outcome, all parts of an action."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from dukao.site.ledger.aliasing import unite_names
from dukao.site.ledger.duties import new_duty
from dukao.site.ledger.errors import Refusal
from dukao.site.ledger.models import (
    Breakdown,
    Heading,
    Placement,
    Question,
    Responsibility,
    Role,
    Status,
    Task,
    TaskState,
)
from dukao.site.ledger.recording import restate
from dukao.site.ledger.review.adding import BASIS, NewTask, write_task
from dukao.site.ledger.rewording import reword
from dukao.site.ledger.undoing import Trace, Undo
from dukao.site.people.models import Unit
from dukao.site.refusals import Refused

# Answers that leave the draft as it is: that somebody looked is what is recorded.
_LEAVE = frozenset({"keep", "apart", "both", "none", "fine", "gone"})


def apply_answer(question: Question, at: datetime) -> Undo:
    """Let the draft be as the question's answer says; what changed, so that it can be taken back."""
    answer: dict[str, Any] = question.answer or {}
    code = answer["answer"]
    if code in _LEAVE:
        return {}
    if code == "same":
        return unite_names(question, answer["name"], at)
    if code == "task":
        return _add(question, answer, at)
    tasks = tasks_of(question.breakdown, [*question.rows, *([answer["row"]] if "row" in answer else [])])
    trace = Trace({task.pk for task in tasks.values()})
    _DO[code](question, answer, tasks, at)
    return trace.undo()


def tasks_of(breakdown: Breakdown, rows: Sequence[str]) -> dict[str, Task]:
    """The task that stands at each row now, or stood there last."""
    placements = Placement.objects.filter(task__breakdown=breakdown, row__in=list(rows))
    found = placements.select_related("task").order_by("since", "id")
    return {one.row: one.task for one in sorted(found, key=lambda one: one.until is None)}


def withdraw_task(task: Task, at: datetime) -> None:
    """Take a task out of the draft; it stays on record."""
    restate(_state(task), at, status=Status.WITHDRAWN)


def set_lead(task: Task, unit: Unit, at: datetime) -> None:
    """Let one unit lead a task; who led before is responsible from now on."""
    rows = list(Responsibility.objects.at(None).filter(task=task))
    order = min((row.order for row in rows), default=0)
    for row in rows:
        if row.unit_id == unit.pk:
            order = row.order
        if row.unit_id == unit.pk or row.role == Role.LEAD or row.basis == "undecided":
            Responsibility.objects.filter(pk=row.pk).update(until=at)
        if row.unit_id != unit.pk and (row.role == Role.LEAD or row.basis == "undecided"):
            _write_duty(row, at, role=Role.RESPONSIBLE)
    own = next((row for row in rows if row.unit_id == unit.pk), None)
    fresh = own or Responsibility(task=task, unit=unit, written=unit.name, order=order)
    _write_duty(fresh, at, role=Role.LEAD)


def _write_duty(row: Responsibility, at: datetime, **changes: Any) -> None:
    """The same part once more, with changes, from `at` on."""
    row.pk, row.since, row.until, row.basis = None, at, None, BASIS
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(force_insert=True)


def _state(task: Task) -> TaskState:
    states = TaskState.objects.select_for_update().filter(task=task, until__isnull=True)
    return states.get()  # type: ignore[no-any-return]


Tasks = dict[str, Task]
Answer = dict[str, Any]


def _mend(question: Question, answer: Answer, tasks: Tasks, at: datetime) -> None:
    """The row says what the report says, and goes back to all of it.

    Refused where somebody rewrote it since the question was asked.
    """
    state = _state(tasks[question.rows[0]])
    if state.text != question.facts["text"]:
        raise Refused(Refusal.TEXT_MOVED, [f"现在写作：{state.text}"], row=question.rows[0])
    ends = dict(question.facts.get("spans", ()))
    spans = [[start, max(end, ends.get(start, end))] for start, end in state.source_spans]
    reword(state, question.facts["mended"], at, source_spans=spans)


def _edit(question: Question, answer: Answer, tasks: Tasks, at: datetime) -> None:
    state = _state(tasks[answer.get("row") or question.rows[0]])
    if state.text != answer["text"]:
        reword(state, answer["text"], at)


def _lead(question: Question, answer: Answer, tasks: Tasks, at: datetime) -> None:
    unit = Unit.objects.get(pk=answer["unit"])
    for row in question.rows:
        task = tasks[row]
        leads = Responsibility.objects.at(None).filter(task=task, role=Role.LEAD)
        if list(leads.values_list("unit_id", flat=True)) != [unit.pk]:
            set_lead(task, unit, at)


def _joint(question: Question, answer: Answer, tasks: Tasks, at: datetime) -> None:
    for row in Responsibility.objects.at(None).filter(task__in=list(tasks.values())):
        Responsibility.objects.filter(pk=row.pk).update(until=at)
        row.pk, row.since, row.role, row.basis = None, at, Role.RESPONSIBLE, "joint"
        row.save(force_insert=True)


def _withdraw(question: Question, answer: Answer, tasks: Tasks, at: datetime) -> None:
    withdraw_task(tasks[question.rows[0]], at)


def _only(question: Question, answer: Answer, tasks: Tasks, at: datetime) -> None:
    """The task stays under one leader, its other rows go."""
    kept = tasks[answer["row"]]
    for task in dict.fromkeys(tasks.values()):
        if task != kept:
            withdraw_task(task, at)


def _merge(question: Question, answer: Answer, tasks: Tasks, at: datetime) -> None:
    """One task where several stood: its leaders are those of all rows, its units those of all rows."""
    kept = tasks[question.rows[0]]
    for task in dict.fromkeys(tasks.values()):
        if task != kept:
            _move_placements(kept, task, at)
            _move_duties(kept, task, at)
            withdraw_task(task, at)


def _move_placements(kept: Task, task: Task, at: datetime) -> None:
    """The rows of a task become rows of the kept one; a second row under the same head just ends."""
    heads = set(Placement.objects.at(None).filter(task=kept).values_list("heading_id", flat=True))
    for one in Placement.objects.at(None).filter(task=task):
        Placement.objects.filter(pk=one.pk).update(until=at)
        if one.heading_id not in heads:
            one.pk, one.task, one.since = None, kept, at
            one.save(force_insert=True)


def _move_duties(kept: Task, task: Task, at: datetime) -> None:
    """Units that only the other row names help with the kept task."""
    own = Responsibility.objects.at(None).filter(task=kept)
    known = {(one.unit_id, one.group_id) for one in own}
    for one in Responsibility.objects.at(None).filter(task=task):
        if (one.unit_id, one.group_id) not in known:
            role = Role.RESPONSIBLE if one.role == Role.LEAD else Role(one.role)
            _write_duty(one, at, task=kept, role=role)


def _row(question: Question, answer: Answer, tasks: Tasks, at: datetime) -> None:
    """A row takes a commitment up: from now on it leads back to that sentence too."""
    span = question.facts.get("span")
    if span:
        state = _state(tasks[answer["row"]])
        if span not in state.source_spans:
            restate(state, at, source_spans=[*state.source_spans, span])


def _add(question: Question, answer: Answer, at: datetime) -> Undo:
    """A task for what nobody took up."""
    unit = Unit.objects.get(pk=answer["unit"])
    heading = Heading.objects.get(pk=answer["heading"])
    span = question.facts.get("span")
    new = NewTask(
        text=answer["text"],
        heading=heading,
        duties=[new_duty(unit, Role.LEAD)],
        spans=[(span[0], span[1])] if span else (),
        section=question.facts.get("heads", ""),
    )
    task = write_task(question.breakdown, new, at)
    return {**Trace([task.pk]).nothing_before(), "added": [task.pk]}


_DO: dict[str, Callable[[Question, Answer, Tasks, datetime], None]] = {
    "report": _mend,
    "edit": _edit,
    "lead": _lead,
    "joint": _joint,
    "withdraw": _withdraw,
    "only": _only,
    "merge": _merge,
    "row": _row,
}
