"""The door to ask for the review of a draft: its questions, its tasks, the paper they stand on."""

from datetime import datetime
from typing import NamedTuple

from django.http import Http404

from dukao.site.archive.models import Document
from dukao.site.ledger.locking import breakdown_of
from dukao.site.ledger.models import Breakdown, Heading, Question, Stage, TaskKind, TaskState
from dukao.site.ledger.naming import clean
from dukao.site.ledger.queries.review_cards import Ask, Card, Stack
from dukao.site.ledger.queries.review_desk import FILTERS, Desk, Tab, is_shown
from dukao.site.ledger.review.marked_report import Block, Paper
from dukao.site.people.access import Act, Viewer, require
from dukao.site.people.models import UnitName


class Review(NamedTuple):
    """The whole page."""

    breakdown: Breakdown
    show: str
    tabs: tuple[Tab, ...]
    asks: tuple[Ask, ...]
    stacks: tuple[Stack, ...]
    paper: Paper
    open: int
    settled: int
    tasks: int
    rows: int
    contents: int
    is_open: bool
    rows_known: list[tuple[str, str]]
    headings: list[Heading]

    @property
    def total(self) -> int:
        """How many questions there are."""
        return self.open + self.settled


def breakdown_for(viewer: Viewer, breakdown_id: int) -> Breakdown:
    """A breakdown of the viewer's place; its review is for the office alone."""
    require(viewer, Act.REVIEW)
    found = Breakdown.objects.filter(pk=breakdown_id, place_id=viewer.place_id)
    found = found.select_related("report", "document").defer("report__text", "document__text")
    for breakdown in found:
        return breakdown
    raise Http404


def read_review(viewer: Viewer, breakdown_id: int, show: str, last: int, now: datetime) -> Review:
    """The review page of a breakdown; `show` is a filter, `last` the question just answered, shown anyway.

    What is open is shown where nothing is asked for; where nothing is open, all.
    """
    breakdown = breakdown_for(viewer, breakdown_id)
    desk = Desk(breakdown, now)
    show = show if show in FILTERS else "open"
    if show == "open" and not any(one.is_open for one in desk.questions):
        show = "all"
    shown = [one for one in desk.questions if is_shown(one, show) or one.pk == last]
    wanted = {task for one in shown for task in desk.tasks_of(one)}
    cards = desk.cards() if show == "all" else desk.cards(wanted)
    return Review(
        breakdown=breakdown,
        show=show,
        tabs=desk.tabs(),
        asks=tuple(
            desk.ask(one)
            for one in sorted(shown, key=lambda one: (not one.is_open and show != "open", one.order))
        ),
        stacks=tuple(desk.stack(cards)),
        paper=desk.paper,
        open=sum(one.is_open for one in desk.questions),
        settled=sum(not one.is_open for one in desk.questions),
        tasks=len(desk.live(TaskKind.KEY)),
        rows=desk.rows,
        contents=len(desk.live(TaskKind.LIVELIHOOD)),
        is_open=breakdown.stage in (Stage.DRAFT, Stage.CONSULTATION),
        rows_known=desk.rows_known,
        headings=desk.headings,
    )


class Answered(NamedTuple):
    """What an answer changes on the page: the question, others settled with it, cards, and the counts."""

    breakdown: Breakdown
    ask: Ask
    along: tuple[Ask, ...]
    cards: tuple[Card, ...]
    blocks: tuple[Block, ...]
    open: int
    settled: int
    tabs: tuple[Tab, ...]
    tasks: int
    rows: int
    contents: int
    show: str = ""

    @property
    def total(self) -> int:
        """How many questions there are."""
        return self.open + self.settled


def read_answered(viewer: Viewer, question: Question, now: datetime) -> Answered:
    """A question after it was answered, with all that this changed on the page."""
    desk = Desk(breakdown_for(viewer, question.breakdown_id), now)
    by_id = {one.pk: one for one in desk.questions}
    current = by_id[question.pk]
    ask = desk.ask(current)
    tasks = {task for _, task in ask.rows}
    along = [by_id[pk] for pk in (current.undo or {}).get("gone", ())]
    settled = sum(not one.is_open for one in desk.questions)
    return Answered(
        desk.breakdown,
        ask,
        tuple(desk.ask(one) for one in along),
        tuple(desk.cards(tasks)),
        desk.blocks_of([current, *along]),
        len(desk.questions) - settled,
        settled,
        desk.tabs(),
        len(desk.live(TaskKind.KEY)),
        desk.rows,
        len(desk.live(TaskKind.LIVELIHOOD)),
    )


def units_known(viewer: Viewer) -> list[str]:
    """Every name a unit of the place goes by today."""
    called = UnitName.objects.filter(place_id=viewer.place_id, unit__until__isnull=True)
    return list(called.order_by("unit__order", "id").values_list("name", flat=True))


def words_promised(state: TaskState) -> list[str]:
    """The report's words a task goes back to."""
    if not state.source_spans:
        return []
    text = Document.objects.values_list("text", flat=True).get(pk=breakdown_of(state.task).report_id)
    return [clean(text[start:end]) for start, end in state.source_spans]
