"""A draft changed by hand: a row rewritten, added, withdrawn, brought back; no clerk overwrites another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.http import Http404

from dukao.site.history.actions import record
from dukao.site.ledger.duties import Duty, duties_of, reassign, same_duties
from dukao.site.ledger.errors import Refusal
from dukao.site.ledger.locking import breakdown_of, lock_breakdown
from dukao.site.ledger.models import (
    Heading,
    Placement,
    Question,
    Responsibility,
    Role,
    Status,
    Task,
    TaskState,
)
from dukao.site.ledger.naming import Action, clean
from dukao.site.ledger.noting import Noted, note_new
from dukao.site.ledger.recording import restate
from dukao.site.ledger.review.adding import BASIS, NewTask, write_task
from dukao.site.ledger.review.precedents import rekey
from dukao.site.ledger.review.settling import messages_of, refuse_wrong_stage, reopen_gone, settle_gone
from dukao.site.ledger.rewording import reword
from dukao.site.ledger.steps.supplementing import place_under
from dukao.site.ledger.undoing import Trace, Undo, take_back
from dukao.site.people.access import Act, Viewer, require
from dukao.site.refusals import Refused


@dataclass(frozen=True, slots=True)
class RowForm:
    """What a row is to say: words, who answers, which posts lead it, remark and time limit."""

    text: str
    duties: Sequence[Duty]
    posts: Sequence[int] = ()
    title: str = ""
    remark: str = ""
    deadline: date | None = None
    deadline_text: str = ""
    deadline_kind: str = ""
    why: str = ""


def fingerprint(task_id: int) -> str:
    """What a task says now, as a form carries it along: everything open about it, by its ids."""
    tables = (TaskState, Placement, Responsibility)
    ids = [table.objects.at(None).filter(task_id=task_id).values_list("pk", flat=True) for table in tables]
    return ".".join("-".join(str(pk) for pk in sorted(rows)) for rows in ids)


@transaction.atomic
def edit_row(task_id: int, form: RowForm, *, seen: str, by: Viewer, at: datetime) -> Undo:
    """Let a row of a draft say something else; what changed, so that it can be taken back.

    `seen` is the fingerprint that was on the form: where somebody changed the row meanwhile, this is refused
    with what it says now.
    """
    task, state = lock_row(task_id, by, act="修改任务")
    if fingerprint(task_id) != seen:
        raise Refused(Refusal.CHANGED_MEANWHILE, _say_row(state), who="别人")
    if not any(one["role"] == Role.LEAD or one["basis"] == "joint" for one in form.duties):
        raise Refused(Refusal.LEAD_MISSING, task=_row_of(task), status=422)
    noted, trace = Noted([task_id]), Trace([task_id])
    _say(state, form, at)
    _answer(task_id, form.duties, at)
    if form.posts and list(form.posts) != posts_of(task_id):
        place_under(task_id, form.posts, at)
    undo = trace.undo()
    before, after = noted.part(at)
    if after == before:
        raise Refused(Refusal.NOTHING_CHANGES, status=422)
    _record(Action.TASK_CHANGED, task, by, at, before=before, after=after, why=form.why)
    return undo


@transaction.atomic
def undo_edit(task_id: int, undo: Undo, *, by: Viewer, at: datetime) -> None:
    """Take an edit back, a row parted or made one with the next; refused where it was changed since."""
    task, _ = lock_row(task_id, by, act="撤销修改")
    noted = Noted(undo["tasks"])
    take_back(undo, task.breakdown, at)  # type: ignore[arg-type]
    reopen_gone(undo.get("gone", ()))
    settle_gone(task.breakdown, undo.get("added", ()), by, at)  # type: ignore[arg-type]
    end_placements(undo.get("added", ()), at)
    say_again(undo)
    before, after = noted.parts(at)
    others = [one for one in undo["tasks"] if one != task_id]
    _record(Action.TASK_CHANGED, task, by, at, before=before, after=after, why="撤销修改", others=others)


@transaction.atomic
def add_row(breakdown_id: int, heading_id: int, form: RowForm, *, by: Viewer, at: datetime) -> Task:
    """Add a task to a draft, behind the last one of a head."""
    require(by, Act.REVIEW)
    breakdown = lock_breakdown(breakdown_id, by)
    refuse_wrong_stage(breakdown, "增加任务")
    heading = Heading.objects.filter(breakdown=breakdown, pk=heading_id).select_related("post").first()
    if heading is None:
        raise Refused(Refusal.ANSWER_INCOMPLETE, what="列在谁名下", status=422)
    if not any(one["role"] == Role.LEAD for one in form.duties):
        raise Refused(Refusal.LEAD_MISSING, task="新增的任务", status=422)
    task = write_task(
        breakdown, NewTask(clean(form.text), heading, form.duties, remark=clean(form.remark)), at
    )
    _record(Action.TASK_ADDED, task, by, at, before=None, after=note_new(task.pk, at), why=form.why)
    return task


@transaction.atomic
def withdraw_row(task_id: int, why: str, *, by: Viewer, at: datetime) -> Task:
    """Take a row out of a draft, with why; it stays on record and can be brought back."""
    task, state = lock_row(task_id, by, act="撤回任务")
    if not why.strip():
        raise Refused(Refusal.WHY_MISSING, label="撤回", status=422)
    noted = Noted([task_id])
    restate(state, at, status=Status.WITHDRAWN)
    gone = settle_gone(breakdown_of(task), [task_id], by, at)
    before, after = noted.part(at)
    after |= {"closed": messages_of(gone)} if gone else {}
    _record(Action.TASK_WITHDRAWN, task, by, at, before=before, after=after, why=why.strip())
    return task


@transaction.atomic
def restore_row(task_id: int, *, by: Viewer, at: datetime) -> Task:
    """Bring a withdrawn row back into the draft, and the questions about it."""
    task, state = lock_row(task_id, by, act="恢复任务", status=Status.WITHDRAWN)
    if not Placement.objects.at(None).filter(task=task).exists():
        raise Refused(Refusal.MERGED_AWAY)
    noted = Noted([task_id])
    restate(state, at, status=Status.DRAFT)
    questions = Question.objects.filter(breakdown=task.breakdown, answer__answer="gone")
    rows = set(Placement.objects.at(None).filter(task=task).values_list("row", flat=True))
    reopen_gone(one.pk for one in questions if rows & set(one.rows))
    before, after = noted.part(at)
    _record(Action.TASK_CHANGED, task, by, at, before=before, after=after, why="恢复")
    return task


def end_placements(task_ids: Iterable[int], at: datetime) -> None:
    """Withdrawn rows stand nowhere any more: their words are another's now. Part of an action."""
    Placement.objects.at(None).filter(task_id__in=list(task_ids)).update(until=at)


def say_again(undo: Undo) -> None:
    """Let questions speak of the words that are back. Part of an action."""
    kept = undo.get("said", {})
    for question in Question.objects.filter(pk__in=list(kept)):
        question.message, question.facts = kept[str(question.pk)]
        rekey(question, question.facts["text"])
        question.save(update_fields=("message", "facts", "key"))


def lock_row(task_id: int, by: Viewer, *, act: str, status: Status = Status.DRAFT) -> tuple[Task, TaskState]:
    """A task of a draft in hand with what it says; 404 for any other, refused where it was withdrawn."""
    require(by, Act.REVIEW)
    task = Task.objects.filter(pk=task_id, place_id=by.place_id).first()
    if task is None:
        raise Http404
    task.breakdown = lock_breakdown(breakdown_of(task).pk, by)
    refuse_wrong_stage(task.breakdown, act)
    state = state_of(task_id)
    if state.status != status:
        raise Refused(Refusal.NOT_IN_DRAFT, row=_row_of(task), act=act)
    return task, state


def state_of(task_id: int) -> TaskState:
    """What a task says now, locked."""
    states = TaskState.objects.select_for_update().filter(task_id=task_id, until__isnull=True)
    return states.select_related("task").get()  # type: ignore[no-any-return]


def _say(state: TaskState, form: RowForm, at: datetime) -> None:
    words = {
        "title": clean(form.title)[:200],
        "remark": clean(form.remark),
        "deadline": form.deadline,
        "deadline_text": form.deadline_text.strip()[:80]
        or (f"{form.deadline:%Y-%m-%d}" if form.deadline else ""),
        "deadline_kind": form.deadline_kind if form.deadline or form.deadline_text.strip() else "",
    }
    if any(getattr(state, name) != value for name, value in words.items()):
        state = restate(state, at, **words)
    text = clean(form.text).strip()
    if text and text != state.text:
        reword(state, text, at)


def _answer(task_id: int, duties: Sequence[Duty], at: datetime) -> None:
    """Who answers; a part that was undecided is decided by whoever saves the row."""
    now = duties_of([task_id])[task_id]
    undecided = [one for one in now if one["basis"] == "undecided"]
    if same_duties(now, duties) and not undecided:
        return
    if undecided:
        stale = Responsibility.objects.at(None).filter(task_id=task_id, basis="undecided")
        stale.update(until=at)
        duties = [{**one, "basis": ""} if one["basis"] == "undecided" else one for one in duties]
    reassign(task_id, duties, at, basis=BASIS)


def posts_of(task_id: int) -> list[int]:
    """The posts a task stands under."""
    seats = Placement.objects.at(None).filter(task_id=task_id, post__isnull=False)
    return list(seats.values_list("post_id", flat=True))


def _row_of(task: Task) -> str:
    seats = Placement.objects.at(None).filter(task=task).values_list("row", flat=True)
    return "、".join(seats) or str(task)


def _say_row(state: TaskState) -> list[str]:
    units = duties_of([state.task_id])[state.task_id]
    said = [f"现在写作：{state.text}"]
    for role in Role:
        names = "、".join(one["name"] for one in units if one["role"] == role)
        if names:
            said.append(f"{role.label}：{names}")
    return said


def _record(
    action: Action,
    task: Task,
    by: Viewer,
    at: datetime,
    *,
    before: Any,
    after: Any,
    why: str,
    others: Iterable[int] = (),
) -> None:
    about: list[tuple[str, object]] = [("breakdown", task.breakdown_id), ("task", task.pk)]
    about += [("task", one) for one in others]
    record(action, by=by.actor, at=at, about=about, before=before, after=after, why=why.strip())
