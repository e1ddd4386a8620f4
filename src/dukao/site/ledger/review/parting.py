"""A drafted row parted in two, or two neighbours made one, with one press: nothing is typed anew.

The words stay those of the row; where they stand in the report goes with them. Who was found for a row
answers for both halves; of two rows made one, the first one's lead stays and the second's helps.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.db import transaction
from django.db.models import Max

from dukao.language.sentences import split_clauses
from dukao.site.archive.models import Document
from dukao.site.history.actions import record
from dukao.site.ledger.duties import Duty, duties_of, reassign
from dukao.site.ledger.errors import Refusal
from dukao.site.ledger.locking import breakdown_of
from dukao.site.ledger.models import Breakdown, Placement, Question, Role, Status, Task, TaskState
from dukao.site.ledger.naming import Action
from dukao.site.ledger.noting import Noted
from dukao.site.ledger.recording import restate
from dukao.site.ledger.review.adding import BASIS, NewTask, write_task
from dukao.site.ledger.review.precedents import rekey
from dukao.site.ledger.review.question_drafts import short
from dukao.site.ledger.review.redrafting import end_placements, lock_row, posts_of, state_of
from dukao.site.ledger.review.settling import settle_gone
from dukao.site.ledger.rewording import reword
from dukao.site.ledger.steps.supplementing import place_under
from dukao.site.ledger.undoing import Trace, Undo
from dukao.site.people.access import Viewer
from dukao.site.refusals import Refused

Spans = list[list[int]]
_STOPS = "，,；;。.！!"
_SHORTEST = 4  # characters of what can be a task of its own
_ASKED = "由谁牵头？"


def cuts_of(text: str) -> list[int]:
    """Where a row may be parted: where a clause of it begins, the likeliest place first.

    Behind a full stop or a semicolon rather than a comma, and rather in the middle than at an end.
    """
    clauses = split_clauses(text, 0, len(text))
    places = [
        (before.stop in "，,", abs(after.start - len(text) / 2), after.start)
        for before, after in pairwise(clauses)
        if before.end >= _SHORTEST and len(text) - after.start > _SHORTEST
    ]
    return [at for _, _, at in sorted(places)]


@transaction.atomic
def split_row(task_id: int, at_word: int | None, words: str, *, by: Viewer, at: datetime) -> Undo:
    """Part a drafted row in two before its character `at_word`, at the likeliest place where none is said.

    `words` are those the second row was to begin with: where the row says something else by now, cannot be
    parted there, or a place comes without words, this is refused. Who leads the new row is asked where it is
    still asked of the old one.
    """
    task, state = _lock_drafted(task_id, by, "拆开任务")
    breakdown = breakdown_of(task)
    places = cuts_of(state.text)
    if not places:
        raise Refused(Refusal.NO_CUT, row=_row_of(task))
    place = places[0] if at_word is None else at_word
    is_meant = at_word is None or bool(words)
    if not is_meant or place not in places or not state.text.startswith(words, place):
        raise Refused(Refusal.TEXT_MOVED_ON, row=_row_of(task))
    first, second = _closed(state.text[:place]), state.text[place:].strip()
    own, other = _part_spans(breakdown, state.source_spans, second)
    noted, trace = Noted([task_id]), Trace([task_id])
    limits = _part_limit(state, first, second)
    new = _write_half(task, state, second, other, limits[1], at)
    reword(state_of(task_id), first, at, source_spans=own, **limits[0])
    questions = _ask_again(breakdown, task, new, first, second)
    undo = _with_added(trace.undo(), new) | {"said": questions}
    before, after = noted.parts(at, [new.pk])
    _record(Action.TASK_SPLIT, breakdown, [task, new], by, at, before, after)
    return undo


@transaction.atomic
def merge_rows(task_id: int, below_id: int, *, by: Viewer, at: datetime) -> Undo:
    """Make a drafted row and the next one under the same head one; the second is withdrawn, on record.

    `below_id` is the task that was next when this was asked for: where another is by now, this is refused.
    """
    task, state = _lock_drafted(task_id, by, "合并任务")
    breakdown = breakdown_of(task)
    below = _next_row(breakdown, task, state)
    if below is None:
        raise Refused(Refusal.NO_NEIGHBOUR, row=_row_of(task))
    if below.task_id != below_id:
        raise Refused(Refusal.TEXT_MOVED_ON, row=_row_of(task))
    ids = [task_id, below.task_id]
    noted, trace = Noted(ids), Trace(ids)
    text, spans = _joined(breakdown, state, below)
    limit = state if state.deadline_text else below
    reword(
        state,
        text,
        at,
        source_spans=spans,
        remark="；".join(filter(None, dict.fromkeys([state.remark, below.remark]))),
        deadline=limit.deadline,
        deadline_text=limit.deadline_text,
        deadline_kind=limit.deadline_kind,
    )
    reassign(task_id, _together(task_id, below.task_id), at, basis=BASIS)
    restate(below, at, status=Status.WITHDRAWN)
    end_placements([below.task_id], at)
    gone = settle_gone(breakdown, [below.task_id], by, at)
    said = _resay(_asked_of(breakdown, [_row_of(task)]), text)
    undo = {**trace.undo(), "gone": gone, "said": said}
    before, after = noted.parts(at)
    _record(Action.TASK_MERGED, breakdown, [task, below.task], by, at, before, after)
    return undo


def _lock_drafted(task_id: int, by: Viewer, act: str) -> tuple[Task, TaskState]:
    task, state = lock_row(task_id, by, act=act)
    if not breakdown_of(task).is_drafted:
        raise Refused(Refusal.NOT_DRAFTED, act=act)
    return task, state


def _closed(text: str) -> str:
    return f"{text.strip().rstrip(_STOPS)}。"


def _write_half(
    task: Task, state: TaskState, text: str, spans: Spans, limit: dict[str, Any], at: datetime
) -> Task:
    seat = Placement.objects.at(None).filter(task=task).select_related("heading__post").first()
    new = write_task(
        breakdown_of(task),
        NewTask(
            text,
            seat.heading if seat else None,
            duties_of([task.pk])[task.pk],
            [(start, end) for start, end in spans],
            state.section,
            state.remark,
            behind=state.order,
        ),
        at,
    )
    TaskState.objects.at(None).filter(task=new).update(**limit)
    if posts_of(task.pk) != posts_of(new.pk):
        place_under(new.pk, posts_of(task.pk), at)
    return new


def _part_limit(state: TaskState, first: str, second: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The time limit of each half: where its words stand, with the first where they are nowhere."""
    names = ("deadline", "deadline_text", "deadline_kind")
    limit = {name: getattr(state, name) for name in names}
    none = {"deadline": None, "deadline_text": "", "deadline_kind": ""}
    words = state.deadline_text
    goes_along = bool(words) and words in second
    stays = not goes_along or words in first
    return (limit if stays else none), (limit if goes_along else none)


def _part_spans(breakdown: Breakdown, spans: Spans, second: str) -> tuple[Spans, Spans]:
    """The places of both halves in the report; where the second is not found there, both go back to all."""
    if len(spans) == 1:
        start, end = spans[0]
        text = _report(breakdown)
        letters = [at for at in range(start, end) if not text[at].isspace() and text[at] != "*"]
        found = "".join(text[at] for at in letters).find("".join(second.split()).rstrip(_STOPS))
        if found > 0:
            begin, last = letters[found], letters[found - 1]
            return [[start, last if text[last] in _STOPS else last + 1]], [[begin, end]]
    return spans, spans


def _report(breakdown: Breakdown) -> str:
    return str(Document.objects.values_list("text", flat=True).get(pk=breakdown.report_id))


def _next_row(breakdown: Breakdown, task: Task, state: TaskState) -> TaskState | None:
    """What stands behind a row, under the same head."""
    heads = Placement.objects.at(None).filter(task=task).values_list("heading_id", flat=True)
    there = Placement.objects.at(None).filter(task__breakdown=breakdown, heading__in=list(heads))
    below = TaskState.objects.at(None).select_for_update(of=("self",)).select_related("task")
    below = below.filter(task__in=there.values("task"), status=Status.DRAFT, order__gt=state.order)
    return below.order_by("order").first()


def _joined(breakdown: Breakdown, state: TaskState, below: TaskState) -> tuple[str, Spans]:
    """The words and places of two rows as one; between them stands what does in the report, if near."""
    spans = [*state.source_spans, *(one for one in below.source_spans if one not in state.source_spans)]
    joint = "。"
    if len(state.source_spans) == len(below.source_spans) == 1 and len(spans) == 2:
        (start, end), (begin, last) = spans
        between = "".join(_report(breakdown)[end:begin].split()) if 0 <= begin - end < 20 else "…"
        if between and all(letter in _STOPS for letter in between):
            joint, spans = between[0], [[start, last]]
    return f"{state.text.rstrip(_STOPS)}{joint}{below.text}", spans


def _together(task_id: int, other_id: int) -> list[Duty]:
    """Everybody who answers for one of two rows; the second's lead helps where the first has one."""
    duties = duties_of([task_id, other_id])
    own = list(duties[task_id])
    known = {(one["unit"], one["group"], one["office"]) for one in own}
    is_led = any(one["role"] == Role.LEAD for one in own)
    for one in duties[other_id]:
        if (one["unit"], one["group"], one["office"]) not in known:
            helps = is_led and one["role"] == Role.LEAD
            own.append({**one, "role": Role.RESPONSIBLE.value, "basis": ""} if helps else one)
    return own


def _asked_of(breakdown: Breakdown, rows: Sequence[str]) -> list[Question]:
    """The open questions who leads these rows."""
    found = Question.objects.filter(breakdown=breakdown, settled_at__isnull=True)
    return [one for one in found if list(one.rows) == list(rows) and "candidates" in one.facts]


def _ask_again(breakdown: Breakdown, task: Task, new: Task, first: str, second: str) -> dict[str, Any]:
    """Ask of the new row what is open of the old one; what the old questions said before."""
    asked = _asked_of(breakdown, [_row_of(task)])
    row = _row_of(new)
    before = _resay(asked, first)
    last = Question.objects.filter(breakdown=breakdown).aggregate(last=Max("order"))["last"] or 0
    for at, one in enumerate(asked, 1):
        asking = Question(
            breakdown=breakdown,
            kind=one.kind,
            order=last + at,
            rows=[row],
            message=_asking(one, second),
            facts={**one.facts, "text": second},
            options=one.options,
            proposal=one.proposal,
        )
        rekey(asking, second)
        asking.save()
    return before


def _resay(asked: Iterable[Question], text: str) -> dict[str, Any]:
    """Let questions speak of a row's new words; what they said before, by question."""
    before = {}
    for one in asked:
        before[str(one.pk)] = [one.message, one.facts]
        one.message, one.facts = _asking(one, text), {**one.facts, "text": text}
        rekey(one, text)
        one.save(update_fields=("message", "facts", "key"))
    return before


def _asking(question: Question, text: str) -> str:
    return f"“{short(text)}”{_ASKED}{question.message.partition(_ASKED)[2]}"


def _with_added(undo: Undo, new: Task) -> Undo:
    """The undo of a change together with that of a task it added."""
    added = Trace([new.pk]).nothing_before()
    began = {name: [*ids, *added["began"][name]] for name, ids in undo["began"].items()}
    return {**undo, "tasks": [*undo["tasks"], new.pk], "began": began, "added": [new.pk]}


def _row_of(task: Task) -> str:
    return str(Placement.objects.at(None).filter(task=task).values_list("row", flat=True).first() or task)


def _record(
    action: Action, breakdown: Breakdown, tasks: list[Task], by: Viewer, at: datetime, before: Any, after: Any
) -> None:
    about: list[tuple[str, object]] = [("breakdown", breakdown.pk), *(("task", one.pk) for one in tasks)]
    record(action, by=by.actor, at=at, about=about, before=before, after=after)
