"""The desk of the review: everything a draft says, laid out as questions and cards."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import NamedTuple

from dukao.site.ledger.models import (
    Breakdown,
    Heading,
    Question,
    QuestionKind,
    Role,
    Status,
    TaskKind,
)
from dukao.site.ledger.queries.model_says import model_tasks, tasks_at
from dukao.site.ledger.queries.review_cards import (
    Ask,
    Card,
    Stack,
    differences_of,
    proposed_option,
    readings_of,
    sides_of,
    unit_lines,
)
from dukao.site.ledger.queries.review_rows import Said, read_laid
from dukao.site.ledger.queries.rows import leaders_on
from dukao.site.ledger.review.marked_report import Block, PaperMarks, Standing, set_paper

FILTERS = {
    "open": "待处理",
    "differs": "不一致",
    "uncovered": "未分解",
    "lead": "牵头未定",
    "conflict": "冲突",
    "alias": "单位异名",
    "done": "已处理",
    "all": "全部",
}
_ALL = ("done", "all")  # filters that count what is settled, too
_FILTER_OF = {
    QuestionKind.UNDECIDED: "lead",
    QuestionKind.UNITLESS: "lead",
    QuestionKind.TWO_LEADS: "conflict",
    QuestionKind.TWO_LEADERS: "conflict",
    QuestionKind.REPEATED: "conflict",
    QuestionKind.ALIAS: "alias",
    QuestionKind.UNCOVERED: "uncovered",
}


class Tab(NamedTuple):
    """A filter of the page with how many questions it shows."""

    code: str
    label: str
    size: int


def is_shown(question: Question, show: str) -> bool:
    """Whether a filter shows a question."""
    if show == "all":
        return True
    if show in ("open", "done"):
        return question.is_open == (show == "open")
    left_out = question.facts.get("code") == "item-left-out"
    return show == ("uncovered" if left_out else _FILTER_OF.get(QuestionKind(question.kind), "differs"))


class Desk:
    """Everything a draft says: eight questions to the database at most, however many tasks there are."""

    def __init__(self, breakdown: Breakdown, now: datetime) -> None:
        self.breakdown = breakdown
        questions = Question.objects.filter(breakdown=breakdown).select_related("settled_by")
        self.questions = list(questions)
        self._model, self._model_tasks = model_tasks(breakdown) if breakdown.is_drafted else ("", ())
        self.headings = list(Heading.objects.filter(breakdown=breakdown))
        self._leaders = leaders_on(breakdown.place_id, None, now)
        self._laid = read_laid(breakdown)
        self._states = [one.said for one in self._laid.values()]
        self._by_row = {seat.sign: task_id for task_id, laid in self._laid.items() for seat in laid.seats}
        self._below = self._rows_below()
        self._asked: defaultdict[int, list[Question]] = defaultdict(list)
        for question in self.questions:
            for task_id in self.tasks_of(question):
                self._asked[task_id].append(question)
        self.paper = set_paper(breakdown.report_compilation_id, breakdown.compilation_id, self._marks())

    def live(self, kind: TaskKind) -> list[int]:
        """The tasks of a kind that were not taken back."""
        return [one.task_id for one in self._states if one.status != Status.WITHDRAWN and one.kind == kind]

    @property
    def rows(self) -> int:
        """How many rows the key annex has: a task under two leaders is two."""
        return sum(len(self._laid[task_id].seats) for task_id in self.live(TaskKind.KEY))

    @property
    def rows_known(self) -> list[tuple[str, str]]:
        """The rows with the beginning of what each says: what a field of a row may be filled with."""
        said = {one.task_id: one.text[:30] for one in self._states if one.status == Status.DRAFT}
        seats = (
            (seat.order, seat.sign, text) for task, text in said.items() for seat in self._laid[task].seats
        )
        return [(sign, text) for _, sign, text in sorted(seats)]

    def cards(self, tasks: Collection[int] | None = None) -> list[Card]:
        """The cards of some tasks, or of all, in the order of the table."""
        return [self._card(one) for one in self._states if tasks is None or one.task_id in tasks]

    def tasks_of(self, question: Question) -> list[int]:
        """The tasks a question is about, those it added among them."""
        about = [self._by_row[row] for row in question.rows if row in self._by_row]
        named = self._by_row.get((question.answer or {}).get("row", ""))
        added = (question.undo or {}).get("added", [])
        return list(dict.fromkeys([*about, *([named] if named else []), *added]))

    def blocks_of(self, questions: Iterable[Question]) -> tuple[Block, ...]:
        """The parts of the paper whose marks an answer to these questions may have changed."""
        asked = list(questions)
        tasks = {task for question in asked for task in self.tasks_of(question)}
        places = [(start, end) for task in tasks for start, end in self._laid[task].said.source_spans]
        commitments = {str(question.facts.get("commitment")) for question in asked}
        commitments |= {one.rows[0] for one in asked if one.kind == QuestionKind.UNCOVERED}
        return self.paper.blocks_at(places, commitments)

    def tabs(self) -> tuple[Tab, ...]:
        """The filters with their counts: open questions, and for 已处理 and 全部 what they say."""
        return tuple(
            Tab(
                code, label, sum(is_shown(one, code) for one in self.questions if code in _ALL or one.is_open)
            )
            for code, label in FILTERS.items()
        )

    def ask(self, question: Question) -> Ask:
        """A question with its rows, the places on the paper, and its options parted by what they need."""
        options = list(enumerate(question.options))
        proposed = proposed_option(question)
        rows = [(row, self._by_row[row]) for row in question.rows if row in self._by_row]
        # Two names are no matter of the report.
        about = rows if question.kind != QuestionKind.ALIAS else []
        places = [place for _, task in about for place in self._places(task)]
        commitment = question.facts.get("commitment")
        if commitment in self.paper.anchors:
            places = [str(commitment)]
        plain = [(at, one) for at, one in options if not one["needs"] and not one["why"]]
        # The proposed way stands first; one with a reason ready is one press, too.
        ready = sorted(plain, key=lambda pair: pair[0] != proposed)
        if proposed is not None and proposed not in [at for at, _ in plain]:
            ready.insert(0, (proposed, question.options[proposed]))
        return Ask(
            question,
            question.get_kind_display(),
            tuple(rows),
            tuple(places),
            tuple(sides_of(question)),
            proposed,
            tuple(ready),
            tuple((at, one) for at, one in options if (at, one) not in ready),
            self._prefill(question),
            self._model,
            tasks_at(
                self._model_tasks, (span for _, task in rows for span in self._laid[task].said.source_spans)
            ),
            self._heading_of(str(question.facts.get("near") or (question.rows or [""])[0])),
        )

    def stack(self, cards: Iterable[Card]) -> Iterable[Stack]:
        """The cards under their heads, in the order of the table; a head without cards is left out."""
        under: defaultdict[int, list[Card]] = defaultdict(list)
        for card in cards:
            under[card.heading_id if card.kind == TaskKind.KEY else -1].append(card)
        for heading in self.headings:
            if under[heading.pk]:
                leader = self._leaders.get(heading.post_id or 0)
                yield Stack(
                    f"{heading.sign}、{heading.title}",
                    leader.full if leader else "",
                    tuple(under[heading.pk]),
                )
        for title, merged in (("未列入任何一位领导名下", False), ("已并入他行", True)):
            alone = tuple(card for card in under[0] if card.is_merged == merged)
            if alone:
                yield Stack(title, "", alone)
        if under[-1]:
            yield Stack("民生实事", "", tuple(under[-1]))

    def _heading_of(self, row: str) -> int:
        seats = self._laid[self._by_row[row]].seats if row in self._by_row else ()
        return next((seat.heading_id for seat in seats if seat.sign == row and seat.heading_id), 0)

    def _prefill(self, question: Question) -> str:
        """The words a person starts from: what the row says now, or the commitment nobody took up."""
        tasks = self.tasks_of(question)
        if question.kind == QuestionKind.UNCOVERED:
            return str(question.facts["text"]).rstrip("。；，") + "。"
        if question.facts.get("words"):
            return str(question.facts["words"]) + "。"
        return self._laid[tasks[0]].said.text if tasks and tasks[0] in self._laid else ""

    def _rows_below(self) -> dict[int, int]:
        """By task, the drafted one that stands next under one of its heads."""
        found: dict[int, int] = {}
        nearest: dict[int, tuple[int, int]] = {}
        for state in reversed(self._states):
            heads = [seat.heading_id for seat in self._laid[state.task_id].seats if seat.heading_id]
            behind = [nearest[head] for head in heads if head in nearest]
            if behind:
                found[state.task_id] = min(behind)[1]
            if state.status == Status.DRAFT:
                nearest |= dict.fromkeys(heads, (state.order, state.task_id))
        return found

    def _marks(self) -> PaperMarks:
        open_ = {one.rows[0] for one in self.questions if one.kind == QuestionKind.UNCOVERED and one.is_open}
        live = [one for one in self._states if one.status != Status.WITHDRAWN]
        return PaperMarks(
            tuple(one for state in live for one in self._standings(state)),
            tuple(one for state in live for one in readings_of(state)),
            frozenset(open_),
        )

    def _standings(self, state: Said) -> Iterable[Standing]:
        sign = "、".join(seat.sign for seat in self._laid[state.task_id].seats)
        leads = "、".join(one.name for one in self._laid[state.task_id].duties if one.role == Role.LEAD)
        for number, (start, end) in enumerate(state.source_spans, 1):
            yield Standing(start, end, state.task_id, number, sign, leads, bool(state.differences))

    def _places(self, task_id: int) -> list[str]:
        count = len(self._laid[task_id].said.source_spans) if task_id in self._laid else 0
        names = [f"p-{task_id}-{number}" for number in range(1, count + 1)]
        return [name for name in names if name in self.paper.anchors]

    def _card(self, state: Said) -> Card:
        laid = self._laid[state.task_id]
        seats = laid.seats
        leaders = [self._leaders[seat.post_id].full for seat in seats if seat.post_id in self._leaders]
        deadline = state.deadline_text or (state.deadline.isoformat() if state.deadline else "")
        return Card(
            task_id=state.task_id,
            signs="、".join(seat.sign for seat in seats) or "（已并入他行）",
            kind=state.kind,
            title=state.title,
            text=state.text,
            tokens=laid.tokens,
            project=state.project,
            heading_id=next((seat.heading_id for seat in seats if seat.heading_id), 0),
            order=state.order,
            leaders="、".join(dict.fromkeys(leaders)),
            units=tuple(unit_lines(laid.duties)),
            remark=state.remark,
            deadline=deadline,
            measures=laid.figures,
            relation=state.relation,
            differences=tuple(differences_of(state)),
            places=tuple(self._places(state.task_id)),
            questions=tuple(self._asked[state.task_id]),
            is_withdrawn=state.status == Status.WITHDRAWN,
            is_merged=state.status == Status.WITHDRAWN and not seats,
            below=self._below.get(state.task_id, 0),
        )
