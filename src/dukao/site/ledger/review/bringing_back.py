"""A sentence of the report the program left out of its draft, made a task after all."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from dukao.drafting.names import level_of
from dukao.drafting.proposing import THRESHOLDS, Proposer
from dukao.drafting.values import DraftTask
from dukao.site.history.actions import record
from dukao.site.ledger.errors import Refusal
from dukao.site.ledger.locking import lock_breakdown
from dukao.site.ledger.models import Breakdown, Heading, Placement, Question, Status, Task, TaskState
from dukao.site.ledger.naming import Action
from dukao.site.ledger.noting import note_new
from dukao.site.ledger.review.adding import NewTask, write_task
from dukao.site.ledger.review.asking import names_of, write_question
from dukao.site.ledger.review.asking_drafted import ask_lead
from dukao.site.ledger.review.past import recorded_past
from dukao.site.ledger.review.precedents import Precedents, rekey
from dukao.site.ledger.review.settling import refuse_wrong_stage
from dukao.site.people.access import Act, Viewer, require
from dukao.site.refusals import Refused


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A sentence no drafted task takes up: the commitment's id, its words and place, and why."""

    commitment: str
    text: str
    reason: str
    start: int
    end: int

    @property
    def span(self) -> str:
        """Its place, as the page of a document is asked for it."""
        return f"{self.start}-{self.end}"


def left_out_of(breakdown: Breakdown) -> list[LeftOut]:
    """What a draft left out and nobody made a task since, in the order of the report."""
    said = breakdown.compilation.result.get("draft", {}).get("left_out", ())
    if not said:
        return []
    places = {one["id"]: one for one in breakdown.report_compilation.result["commitments"]}
    states = TaskState.objects.at(None).filter(task__breakdown=breakdown).exclude(status=Status.WITHDRAWN)
    taken = {tuple(span) for spans in states.values_list("source_spans", flat=True) for span in spans}
    found = (
        LeftOut(
            one["commitment"],
            one["text"],
            one["reason"],
            places[one["commitment"]]["start"],
            places[one["commitment"]]["end"],
        )
        for one in said
        if one["commitment"] in places
    )
    return [one for one in found if (one.start, one.end) not in taken]


@transaction.atomic
def bring_back(breakdown_id: int, commitment: str, *, by: Viewer, at: datetime) -> Task:
    """Make a sentence that was left out a task, under the head of the row before it, and ask who leads it.

    Refused where the sentence is not among those left out, or is a task already.
    """
    require(by, Act.REVIEW)
    breakdown = lock_breakdown(breakdown_id, by)
    refuse_wrong_stage(breakdown, "增加任务")
    one = next((one for one in left_out_of(breakdown) if one.commitment == commitment), None)
    if one is None:
        raise Refused(Refusal.NOT_LEFT_OUT, status=422)
    text = f"{one.text.rstrip('。；，')}。"
    task = write_task(
        breakdown, NewTask(text, _heading_before(breakdown, one.start), (), [(one.start, one.end)]), at
    )
    question = _ask(breakdown, task, text, one, at)
    about: list[tuple[str, object]] = [("breakdown", breakdown.pk), ("task", task.pk)]
    after = {**note_new(task.pk, at), "question": question.message}
    record(Action.BROUGHT_BACK, by=by.actor, at=at, about=about, after=after)
    return task


def _heading_before(breakdown: Breakdown, start: int) -> Heading | None:
    """The head of the row that goes back to the words nearest before a place of the report."""
    states = TaskState.objects.at(None).filter(task__breakdown=breakdown)
    ends = [
        (end, task_id)
        for task_id, spans in states.values_list("task_id", "source_spans")
        for _, end in spans
        if end <= start
    ]
    seats = Placement.objects.at(None).filter(task__breakdown=breakdown, heading__isnull=False)
    if ends:
        seats = seats.filter(task_id=max(ends)[1])
    seat = seats.select_related("heading__post").order_by("order").first()
    return seat.heading if seat else None


def _ask(breakdown: Breakdown, task: Task, text: str, one: LeftOut, at: datetime) -> Question:
    """Who leads it, proposed as for every drafted row."""
    place = breakdown.place
    report = breakdown.report_compilation.result
    name = report.get("place") or place.name
    level = level_of(name, place.level)
    proposed = Proposer(recorded_past(place, at), level, name).propose(text)
    row = Placement.objects.at(None).get(task=task).row
    drafted = DraftTask(
        row,
        "",
        "",
        text,
        one.start,
        one.end,
        ((one.start, one.end),),
        "verbatim",
        (one.commitment,),
        (),
        None,
        proposed.leaders,
        (),
        proposed.withheld,
        proposed.candidates,
    )
    asked = ask_lead(drafted, row, names_of(place.pk), THRESHOLDS.lead)
    last = Question.objects.filter(breakdown=breakdown).aggregate(last=Max("order"))["last"] or 0
    question = write_question(breakdown, asked, asked.key, last + 1, Precedents(place))
    rekey(question, text)
    question.save()
    return question
