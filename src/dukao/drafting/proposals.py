"""What a language model proposes for a report, held strictly against its text: an offer beside the draft.

The model is the caller's: something with a `complete`. This room opens no network and sets no time limit; a
client that gets no answer in time raises `ModelSilent`. Nothing a model says is taken over: a task is made of
spans of the report that the model copied word by word, or it is refused with a reason.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from itertools import groupby, pairwise
from typing import Any, Final, Literal, Protocol

from dukao.breakdown.duties.units import is_unit
from dukao.breakdown.values import Breakdown
from dukao.drafting.answers import Answered, read_answer
from dukao.drafting.cutting import read_sentences
from dukao.drafting.drafter import head_above
from dukao.drafting.fields import load_offices
from dukao.drafting.memory import Memory
from dukao.drafting.names import generic_name, level_of
from dukao.drafting.pieces import Span, tidy
from dukao.reading.values import Source
from dukao.report.values import Commitment, Report

_LONGEST_PASSAGE: Final = 1500
_SHORTEST, _LONGEST = 4, 600
_MOST_SPANS: Final = 8
_MOST_UNITS: Final = 20
_EXAMPLES: Final = 5
# After so many silences one behind the other the model is not asked again.
_PATIENCE: Final = 2
_MARKS: Final = "*# \t\r\n\u3000\xa0"
_STOPS: Final = "。；;，,、 "

Why = Literal["invented", "short", "long", "repeated"]
_REASONS: Final[dict[Why, str]] = {
    "invented": "原文里没有这句话（须逐字摘自所问的一段）",
    "short": "太短，看不出是什么任务",
    "long": "太长，不是一项任务",
    "repeated": "与前面提出的一项重复",
}


class ModelSilent(Exception):
    """The model gave no answer: `reason` says why, in Chinese, for the person who waits for it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Model(Protocol):
    """A language model as the caller supplies it."""

    @property
    def name(self) -> str:
        """What the proposals are said to be from."""

    def complete(self, prompt: str) -> str:
        """The model's answer. Raises `ModelSilent`, and nothing else, where there is none."""


@dataclass(frozen=True, slots=True)
class ModelUnit:
    """A unit a model names; `is_known`: the place has it, or places of its level do."""

    name: str
    role: Literal["lead", "responsible"]
    is_known: bool

    def as_json(self) -> dict[str, Any]:
        """A `units` entry of `dukao.proposals/1`."""
        return {"name": self.name, "role": self.role, "known": self.is_known}


@dataclass(frozen=True, slots=True)
class ModelTask:
    """A task a model proposes: the words of `source_spans` in the report, joined."""

    text: str
    source_spans: tuple[Span, ...]
    units: tuple[ModelUnit, ...]
    commitments: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """A `tasks` entry of `dukao.proposals/1`."""
        return {
            "text": self.text,
            "start": self.source_spans[0][0],
            "end": max(end for _, end in self.source_spans),
            "source_spans": [list(span) for span in self.source_spans],
            "units": [unit.as_json() for unit in self.units],
            "commitments": list(self.commitments),
        }


@dataclass(frozen=True, slots=True)
class RefusedProposal:
    """What a model proposed and why it is not shown as a task."""

    text: str
    reason: str

    def as_json(self) -> dict[str, Any]:
        """A `refused` entry of `dukao.proposals/1`."""
        return {"text": self.text, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A part of the plan nothing usable was answered for, and why."""

    title: str
    reason: str

    def as_json(self) -> dict[str, Any]:
        """An `unanswered` entry of `dukao.proposals/1`."""
        return {"title": self.title, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class Proposals:
    """All a model proposed for a report; `asked` counts the parts of the plan it was asked about."""

    source: Source
    model: str
    asked: int
    tasks: tuple[ModelTask, ...] = field(repr=False)
    refused: tuple[RefusedProposal, ...]
    unanswered: tuple[Unanswered, ...]

    def as_json(self) -> dict[str, Any]:
        """The whole as `dukao.proposals/1`."""
        whole = {
            "schema": "dukao.proposals/1",
            "source": self.source.as_json(),
            "model": self.model,
            "asked": self.asked,
            "tasks": [task.as_json() for task in self.tasks],
            "refused": [one.as_json() for one in self.refused],
            "unanswered": [one.as_json() for one in self.unanswered],
        }
        return self.source.located(whole)


@dataclass(frozen=True, slots=True)
class PlanPart:
    """A stretch of the plan that is asked about at once: its head and its commitments."""

    title: str
    commitments: tuple[Commitment, ...]
    start: int
    end: int


def propose_with(model: Model, report: Report, past: Sequence[Breakdown] = ()) -> Proposals:
    """What a model proposes for the plan of a report, part by part, every span checked against the text.

    `past` gives the units of the place and a few rows as examples. A part without a usable answer is among
    `unanswered`; after two silences in a row the rest is not asked.
    """
    desk = _Desk(report, Memory(past, level_of(report.place, report.level)))
    unanswered: list[Unanswered] = []
    parts = list(list_parts(report))
    asked = silences = 0
    for part in parts:
        if silences == _PATIENCE:
            unanswered.append(Unanswered(part.title, f"前面连续 {_PATIENCE} 次没有回答，没有再问"))
            continue
        asked += 1
        try:
            answered = read_answer(model.complete(desk.write_prompt(part)))
        except ModelSilent as silent:
            silences += 1
            unanswered.append(Unanswered(part.title, silent.reason))
            continue
        silences = 0
        if not answered:
            unanswered.append(Unanswered(part.title, "回答里没有能读的任务（不是要求的 JSON）"))
        for one in answered:
            desk.take(one, part)
    tasks = sorted(desk.tasks, key=lambda task: task.source_spans)
    return Proposals(report.source, model.name, asked, tuple(tasks), tuple(desk.refused), tuple(unanswered))


def list_parts(report: Report) -> Iterator[PlanPart]:
    """The plan in parts short enough for one question, none across two heads."""
    sections = {section.id: section for section in report.outline}
    for head, sentences in groupby(
        read_sentences(report), lambda sentence: head_above(sentence[0].section, sections)
    ):
        title = tidy(head.title).rstrip("。") if head else "工作安排"
        held: list[Commitment] = []
        for sentence in sentences:
            if held and sentence[-1].end - held[0].start > _LONGEST_PASSAGE:
                yield PlanPart(title, tuple(held), held[0].start, held[-1].end)
                held = []
            held += sentence
        yield PlanPart(title, tuple(held), held[0].start, held[-1].end)


class _Desk:
    """Where answers are checked: the report, the units that are known, what was taken and refused so far."""

    def __init__(self, report: Report, memory: Memory) -> None:
        self.text = report.source.text
        self.memory = memory
        self.units = _known_units(memory)
        self.tasks: list[ModelTask] = []
        self.refused: list[RefusedProposal] = []
        self._taken: set[tuple[Span, ...]] = set()

    def write_prompt(self, part: PlanPart) -> str:
        """The question about one part of the plan."""
        passage = "\n".join(filter(None, map(tidy, self.text[part.start : part.end].splitlines())))
        near = self.memory.neighbours(passage)[:_EXAMPLES]
        rows = [f"“{one.row.text}”由{one.row.leads[0]}牵头" for one in near if one.row.leads]
        examples = f"往年的例子：{'；'.join(rows)}。\n\n" if rows else ""
        return _prompt().format(
            units="、".join(self.units), examples=examples, title=part.title, passage=passage
        )

    def take(self, answered: Answered, part: PlanPart) -> None:
        """Take a proposed task whose every passage stands in the part word by word; refuse any other."""
        spans = [find_span(self.text, passage, part) for passage in answered.passages]
        found = tuple(sorted(span for span in spans if span))
        why = self._doubt(answered, found)
        if why:
            said = "，".join(answered.passages)
            self.refused.append(RefusedProposal(said[:_LONGEST], _REASONS[why]))
            return
        self._taken.add(found)
        words = [tidy(self.text[start:end]) for start, end in found]
        held = (
            one.id
            for one in part.commitments
            if any(one.start < end and start < one.end for start, end in found)
        )
        units = tuple(self._units(answered))
        self.tasks.append(ModelTask(f"{'，'.join(words)}。", found, units, tuple(held)))

    def _doubt(self, answered: Answered, found: tuple[Span, ...]) -> Why | None:
        """Why a proposed task cannot be one; None where it can."""
        if any(len(_bare(passage)) < _SHORTEST for passage in answered.passages):
            return "short"
        if len(answered.passages) > _MOST_SPANS or sum(map(len, answered.passages)) > _LONGEST:
            return "long"
        if len(found) < len(answered.passages):
            return "invented"
        overlaps = any(before[1] > after[0] for before, after in pairwise(found))
        return "repeated" if found in self._taken or overlaps else None

    def _units(self, answered: Answered) -> Iterator[ModelUnit]:
        """The units named, each once; what does not end like a unit's name is none."""
        named = dict.fromkeys("".join(name.split()) for name in (answered.lead, *answered.others))
        usable = [name for name in named if is_unit(name)][:_MOST_UNITS]
        lead = "".join(answered.lead.split())
        for name in usable:
            yield ModelUnit(name, "lead" if name == lead else "responsible", name in self.units)


def find_span(text: str, passage: str, part: PlanPart) -> Span | None:
    """Where a passage stands in a part of the plan, white space and Markdown marks aside; None if nowhere."""
    places = [at for at in range(part.start, part.end) if text[at] not in _MARKS]
    bare = "".join(text[at] for at in places)
    wanted = _bare(passage)
    at = bare.find(wanted) if wanted else -1
    return (places[at], places[at + len(wanted) - 1] + 1) if at >= 0 else None


def _bare(passage: str) -> str:
    return "".join(char for char in passage if char not in _MARKS).strip(_STOPS)


def _known_units(memory: Memory) -> dict[str, None]:
    """The units a model may name: those of the place, and of kinds it has not shown the usual name."""
    own = [*memory.unit_counts, *(name for row in memory.rows for name in row.groups)]
    level = memory.names.level
    usual = [generic_name(code, level) for code in load_offices() if not memory.names.is_known(code)]
    return dict.fromkeys((*own, *usual))


def _prompt() -> str:
    return (files("dukao.drafting") / "data" / "prompt.txt").read_text(encoding="utf-8")
