"""What the review shows of one task and one question, laid out from rows that were read already."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from dukao.papers.marks import Token
from dukao.papers.words import DIFFERENCES
from dukao.presets.loading import usual_reasons
from dukao.site.ledger.models import Question, Role
from dukao.site.ledger.naming import clean
from dukao.site.ledger.queries.model_says import ModelTask
from dukao.site.ledger.queries.review_rows import Duty, Said, set_words
from dukao.site.ledger.queries.wording import BASES, Figure
from dukao.site.ledger.review.marked_report import Reading
from dukao.site.ledger.review.parting import cuts_of
from dukao.site.ledger.review.precedents import fits

_BEGINNING = 8  # characters that say where a row is parted


class UnitLine(NamedTuple):
    """The units with one part, each with what it rests on where they lead."""

    label: str
    units: tuple[tuple[str, str], ...]


class Difference(NamedTuple):
    """Both readings of one place."""

    label: str
    report: str
    breakdown: str


class Cut(NamedTuple):
    """Where a row may be parted: before which character, and the words that begin there."""

    at: int
    words: str


class Card(NamedTuple):
    """One task on the desk; `below` is the one that stands next under its head, 0 for none."""

    task_id: int
    signs: str
    kind: str
    title: str
    text: str
    tokens: tuple[Token, ...]
    project: str
    heading_id: int
    order: int
    leaders: str
    units: tuple[UnitLine, ...]
    remark: str
    deadline: str
    measures: tuple[Figure, ...]
    relation: str
    differences: tuple[Difference, ...]
    places: tuple[str, ...]
    questions: tuple[Question, ...]
    is_withdrawn: bool
    is_merged: bool
    below: int

    @property
    def limit_why(self) -> str:
        """Why its time limit was proposed; nothing where a person said another, or the report says it."""
        limits = (one for question in self.questions for one in question.facts.get("limits", ()))
        return next((str(one["reason"]) for one in limits if one["name"] == self.deadline), "")

    @property
    def cuts(self) -> tuple[Cut, ...]:
        """Where it may be parted in two, the likeliest place first."""
        return tuple(Cut(at, self.text[at : at + _BEGINNING].rstrip("。；")) for at in cuts_of(self.text))


class Stack(NamedTuple):
    """Cards under one head of the breakdown, or under 民生实事."""

    title: str
    note: str
    cards: tuple[Card, ...]


class Ask(NamedTuple):
    """A question as the page asks it; `sides` are the report's words and the breakdown's, marked."""

    question: Question
    label: str
    rows: tuple[tuple[str, int], ...]
    places: tuple[str, ...]
    sides: tuple[tuple[str, tuple[Token, ...]], ...]
    proposed: int | None
    ready: tuple[tuple[int, dict[str, Any]], ...]
    asking: tuple[tuple[int, dict[str, Any]], ...]
    prefilled: str
    model_name: str
    model: tuple[ModelTask, ...]  # what a language model proposes for the rows
    near: int  # the heading a task added here would most likely stand under; 0 for none

    @property
    def usual_reasons(self) -> tuple[str, ...]:
        """Why something is made no task, one press each."""
        return usual_reasons()


def unit_lines(duties: Sequence[Duty]) -> Iterator[UnitLine]:
    """Who answers, by part; for the leads what each rests on."""
    for role in Role:
        rows = [one for one in duties if one.role == role]
        undecided = any(one.basis == "undecided" for one in rows)
        if rows:
            says_basis = role == Role.LEAD or any(one.basis == "joint" for one in rows)
            yield UnitLine(
                "未定牵头" if undecided else str(role.label),
                tuple((one.written, BASES.get(one.basis, "") if says_basis else "") for one in rows),
            )


def differences_of(state: Said) -> Iterator[Difference]:
    """Both readings of every place where a task and the report do not say the same."""
    for one in state.differences:
        yield Difference(DIFFERENCES[one["kind"]], clean(one["report"]), clean(one["breakdown"]))


def readings_of(state: Said) -> Iterator[Reading]:
    """The places on the paper where a task says something else."""
    for one in state.differences:
        if one.get("report_span"):
            start, end = one["report_span"]
            yield Reading(start, end, state.task_id, clean(one["breakdown"]))


def sides_of(question: Question) -> Iterator[tuple[str, tuple[Token, ...]]]:
    """What the report and the breakdown say, with the places that differ marked."""
    facts = question.facts
    differences = facts.get("differences", ())
    if facts.get("report"):
        yield "报告", set_words(facts["report"], (), (one["report"] for one in differences))
    if differences and facts.get("text"):
        yield "分解表", set_words(facts["text"], (), (one["breakdown"] for one in differences))
    texts = facts.get("texts", {})
    for row, text in texts.items() if len(set(texts.values())) > 1 else ():
        yield row, set_words(text, (), (one["breakdown"] for one in differences))


def proposed_option(question: Question) -> int | None:
    """Which option is proposed, by its place in the list; None where nothing is."""
    if not question.proposal:
        return None
    for at, option in sorted(enumerate(question.options), key=lambda pair: -len(pair[1]["facts"])):
        if fits(option, question.proposal):
            return at
    return None
