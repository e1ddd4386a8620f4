"""The left side of the review page: the report set as paper, block by block, with its marks."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

from dukao.breakdown.values import Breakdown
from dukao.papers.marks import Mark, Reference, Token, set_marks, trim_marks
from dukao.papers.words import DIFFERENCES, Item, clean, explain_measure, list_units, units_in
from dukao.report.values import Report, Section

_LINE_BREAK = re.compile(r"\s*\n\s*")
_STOPS = "。！？!?；;"
_UNSEEN = re.compile(r"[\s*#]+")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or head of the paper; `level` 0 is a paragraph, `is_prose` false where no rule reads it."""

    level: int
    is_prose: bool
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class SetReport:
    """The report set as paper: blocks of its body, and what stands before and after it on the page."""

    blocks: tuple[Block, ...]
    before: str
    after: str
    anchors: frozenset[str]


def set_report(report: Report, breakdown: Breakdown) -> SetReport:
    """The report's body with heads, commitments, measures and the rows of the breakdown marked on it."""
    text = report.source.text
    marks = trim_marks(text, _list_marks(report, breakdown), report.start, report.end)
    edges = _find_edges(report)
    inside: dict[int, list[Mark]] = {}
    for mark in marks:
        for block in range(bisect_right(edges, mark.start) - 1, bisect_right(edges, mark.end - 1)):
            inside.setdefault(block, []).append(mark)
    blocks = [
        _set_block(report, start, end, inside.get(number, []))
        for number, (start, end) in enumerate(pairwise(edges))
        if text[start:end].strip()
    ]
    anchors = frozenset(mark.id for mark in marks if mark.id)
    return SetReport(tuple(blocks), text[: report.start], text[report.end :], anchors)


def anchor_spans(item: Item, anchors: frozenset[str]) -> list[str]:
    """The ids on the paper of the places an item goes back to."""
    names = [f"p-{item.id}-{number}" for number, _ in enumerate(item.source_spans, 1)]
    return [name for name in names if name in anchors]


def _set_block(report: Report, start: int, end: int, marks: list[Mark]) -> Block:
    heads = [mark for mark in marks if mark.layer == "head"]
    covered = sum(min(mark.end, end) - max(mark.start, start) for mark in heads)
    letters = len(_UNSEEN.sub("", report.source.text[start:end]))
    level = int(heads[0].style[-1]) if heads and covered >= 0.8 * letters else 0
    while end > start and report.source.text[end - 1].isspace():
        end -= 1
    is_prose = level > 0 or _is_read(report, start, end)
    return Block(level, is_prose, tuple(set_marks(report.source.text, start, end, marks)))


def _is_read(report: Report, start: int, end: int) -> bool:
    """Whether a block is prose that was read: lines of the masthead and page furniture are not."""
    at = bisect_right(report.passages, start, key=lambda passage: passage.end)
    if at == len(report.passages) or report.passages[at].start >= end:
        return False
    return report.passages[at].section >= 0 or report.source.text[end - 1] in _STOPS


def _find_edges(report: Report) -> list[int]:
    """Where blocks begin: after each hard line break, and before a head that stands in mid-line.

    A line break inside a passage is soft (the scan's page break) unless a sentence ends before it.
    """
    text, passages = report.source.text, report.passages
    edges = {report.start, report.end}
    for found in _LINE_BREAK.finditer(text, report.start, report.end):
        at = bisect_right(passages, found.start(), key=lambda passage: passage.end)
        soft = at < len(passages) and passages[at].start < found.start() and found.end() < passages[at].end
        if not soft or text[found.start() - 1 : found.start()] in _STOPS:
            edges.add(found.end())
    heads = [section.start for section in report.outline if report.start < section.start < report.end]
    edges.update(_before_markdown(text, at) for at in heads)
    return sorted(edges)


def _before_markdown(text: str, at: int) -> int:
    while at and text[at - 1] in "*# ":
        at -= 1
    return at


def _list_marks(report: Report, breakdown: Breakdown) -> list[Mark]:
    rows: list[Item] = [*breakdown.tasks, *breakdown.livelihood]
    marks = [_mark_head(section) for section in report.outline]
    marks += _mark_commitments(report, breakdown)
    marks += _mark_measures(report)
    for item in rows:
        marks += _mark_spans(item)
        marks += _mark_differences(item)
    return marks


def _mark_head(section: Section) -> Mark:
    level = min(max(section.level, 1), 4)
    return Mark(section.start, section.end, "head", f"head head-{level}", section.id)


def _mark_commitments(report: Report, breakdown: Breakdown) -> list[Mark]:
    uncovered = set(breakdown.coverage.uncovered) if breakdown.coverage else set()
    framing = set(breakdown.coverage.not_tasks) if breakdown.coverage else set()
    marks = []
    for commitment in report.commitments:
        if commitment.id in framing or commitment.kind == "aspiration":
            continue
        open_ = commitment.id in uncovered
        says = f"未分解：{clean(commitment.text)}"
        link = Reference("未分解", f"#u-{commitment.id}", says, "open")
        marks.append(
            Mark(
                commitment.start,
                commitment.end,
                "commitment",
                "open" if open_ else "kept",
                commitment.id,
                references=(link,) if open_ else (),
            )
        )
    return marks


def _mark_measures(report: Report) -> list[Mark]:
    """One mark for every span of numbers; two indicators with one number share it."""
    readings: dict[tuple[int, int], list[str]] = {}
    names: dict[tuple[int, int], str] = {}
    for measure in report.measures:
        place = (measure.start, measure.end)
        readings.setdefault(place, []).append(explain_measure(measure))
        names.setdefault(place, measure.id)
    return [
        Mark(*place, "measure", "measure", names[place], "；".join(said)) for place, said in readings.items()
    ]


def _mark_spans(item: Item) -> list[Mark]:
    leads = list_units(units_in(item, "lead")) or "牵头未定"
    said = f"{item.id} 不一致" if item.differences else item.id
    style = "differs" if item.differences else "span"
    link = Reference(said, f"#t-{item.id}", f"分解表 {said}，牵头：{leads}", style)
    return [
        Mark(start, end, "span", "span", f"p-{item.id}-{number}", None, item.id, (link,))
        for number, (start, end) in enumerate(item.source_spans, 1)
    ]


def _mark_differences(item: Item) -> list[Mark]:
    return [
        Mark(
            *difference.report_span,
            "difference",
            "differs",
            f"d-{item.id}-{number}",
            f"{DIFFERENCES[difference.kind]}，分解表 {item.id}：{difference.breakdown or '（无）'}",
        )
        for number, difference in enumerate(item.differences, 1)
        if difference.report_span
    ]
