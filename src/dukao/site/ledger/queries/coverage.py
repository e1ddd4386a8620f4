"""What the report promised, clause by clause in its own order, and what became of each."""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from dukao.breakdown.comparison.ground import PLAN
from dukao.site.ledger.access import on_the_ledger, visible_states
from dukao.site.ledger.models import Breakdown, Question, QuestionKind
from dukao.site.ledger.naming import clean
from dukao.site.ledger.queries.ledger import Sheet, read_sheets
from dukao.site.ledger.queries.wording import Settled, settle
from dukao.site.people.access import Viewer

COVERED, UNCOVERED, FRAMING = "covered", "uncovered", "framing"
FATES = {COVERED: "已分解", UNCOVERED: "未分解", FRAMING: "不作任务"}


class Taker(NamedTuple):
    """A task that takes up a commitment."""

    task_id: int
    number: str


class Promise(NamedTuple):
    """One commitment of the report and its fate."""

    commitment_id: str
    text: str
    start: int
    end: int
    fate: str
    takers: tuple[Taker, ...]
    settled: Settled | None

    @property
    def fate_label(self) -> str:
        """The fate in words."""
        return FATES[self.fate]


class CoverageSection(NamedTuple):
    """A section of the report with its commitments."""

    title: str
    promises: tuple[Promise, ...]


@dataclass(frozen=True, slots=True)
class CoveragePage:
    """The commitments of a year's report, of one fate where asked; `counts` by fate, of all."""

    year: int
    sheet: Sheet | None
    report_id: int
    sections: tuple[CoverageSection, ...]
    counts: dict[str, int]
    fate: str

    @property
    def total(self) -> int:
        """How many commitments the report makes for the year."""
        return sum(self.counts.values())


def read_coverage(viewer: Viewer, year: int, moment: datetime | None, *, fate: str = "") -> CoveragePage:
    """What became of every commitment, as the record stood at `moment`.

    A commitment counts as covered by what was read when the breakdown came in, or by a task that goes back
    to its words since.
    """
    sheet = next((one for one in read_sheets(viewer, moment) if one.year == year), None)
    if sheet is None:
        return CoveragePage(year, None, 0, (), {}, fate)
    breakdown = Breakdown.objects.select_related("report_compilation", "compilation").get(
        pk=sheet.breakdown_id
    )
    report: dict[str, Any] = breakdown.report_compilation.result
    read: dict[str, Any] = breakdown.compilation.result.get("coverage") or {}
    questions = Question.objects.filter(breakdown=breakdown, kind=QuestionKind.UNCOVERED)
    answers = {one.rows[0]: one for one in settle(questions.select_related("settled_by"), moment) if one.rows}
    takers = _Takers(viewer, breakdown.pk, moment)
    promises = [
        _follow(one, set(read.get("uncovered", ())), set(read.get("not_tasks", ())), takers, answers)
        for one in _promised(report)
    ]
    counts = {name: sum(one.fate == name for one, _ in promises) for name in FATES}
    titles = _titles(report)
    sections: dict[str, list[Promise]] = {}
    for promise, section in promises:
        if not fate or promise.fate == fate:
            sections.setdefault(titles.get(section, ""), []).append(promise)
    shown = tuple(CoverageSection(title, tuple(own)) for title, own in sections.items())
    return CoveragePage(year, sheet, breakdown.report_id, shown, counts, fate)


def _follow(
    commitment: dict[str, Any],
    uncovered: set[str],
    framing: set[str],
    takers: "_Takers",
    answers: dict[str, Settled],
) -> tuple[Promise, str]:
    """A commitment with its fate, and its section."""
    start, end = commitment["start"], commitment["end"]
    tasks = takers.of(start, end)
    left = commitment["id"] in uncovered or commitment["id"] in framing
    fate = COVERED
    if left and not tasks:
        fate = UNCOVERED if commitment["id"] in uncovered else FRAMING
    settled = answers.get(commitment["id"])
    promise = Promise(commitment["id"], clean(commitment["text"]), start, end, fate, tasks, settled)
    return promise, commitment["section"]


class _Takers:
    """Which tasks go back to which words of the report."""

    def __init__(self, viewer: Viewer, breakdown_id: int, moment: datetime | None) -> None:
        states = on_the_ledger(visible_states(viewer, moment)).filter(task__breakdown_id=breakdown_id)
        spans = [
            (start, end, Taker(task_id, number or "草稿"))
            for task_id, number, own in states.values_list("task_id", "task__number", "source_spans")
            for start, end in own
        ]
        self._spans = sorted(spans)
        self._longest = max((end - start for start, end, _ in spans), default=0)

    def of(self, start: int, end: int) -> tuple[Taker, ...]:
        """The tasks that go back to `start:end`."""
        low = bisect_left(self._spans, (start - self._longest,))
        found = dict.fromkeys(
            taker for begin, stop, taker in self._spans[low:] if begin < end and stop > start
        )
        return tuple(found)


def _promised(report: dict[str, Any]) -> list[dict[str, Any]]:
    """The commitments the report makes for its own year, in its order."""
    parts = {one["id"]: one["part"] for one in report["outline"]}
    years = {one["id"]: one["year"] for one in report["measures"]}
    year = report["year"]
    return [
        one
        for one in report["commitments"]
        if parts.get(one["section"], "plan") in PLAN and not _is_for_later(one, years, year)
    ]


def _is_for_later(commitment: dict[str, Any], years: dict[str, int | None], year: int | None) -> bool:
    own = [years.get(one) for one in commitment["measures"]]
    return bool(own) and year is not None and all(one and one > year for one in own)


def _titles(report: dict[str, Any]) -> dict[str, str]:
    """Every section with the heads above it."""
    titles: dict[str, str] = {}
    for section in report["outline"]:
        above = titles.get(section["parent"], "")
        own = clean(section["title"]).rstrip("。，")
        titles[section["id"]] = f"{above} › {own}" if above else own
    return titles
