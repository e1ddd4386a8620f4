"""The report set as paper for the review: heads, commitments, numbers, the rows on it, differences.

Laid out from the kept reading (`dukao.report/1`) and what the tasks say they go back to. What does not change
is laid out once: `set_paper` keeps the last papers, by everything that went into them.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from dukao.papers.marks import Mark, Reference, Token, set_marks, trim_marks
from dukao.site.archive.models import Compilation

_LINE_BREAK = re.compile(r"\s*\n\s*")
_UNSEEN = re.compile(r"[\s*#]+")
_STOPS = "。！？!?；;：:”）"
_LONG = 50  # characters: a line this long that ends without a stop goes on behind the page break
_KEPT = 4


class Standing(NamedTuple):
    """A place on the paper that a task goes back to: its sign, who leads it, whether it differs."""

    start: int
    end: int
    task_id: int
    number: int
    sign: str
    leads: str
    differs: bool


class Reading(NamedTuple):
    """A place where task and report do not say the same; `says` is what the breakdown has there."""

    start: int
    end: int
    task_id: int
    says: str


class PaperMarks(NamedTuple):
    """Everything on the paper that work on the draft may change: hashable, so that a paper can be kept."""

    standings: tuple[Standing, ...]
    readings: tuple[Reading, ...]
    uncovered: frozenset[str]


class Block(NamedTuple):
    """A head (`level` 1 to 4) or a paragraph (0) of the paper, and where in the report it stands."""

    level: int
    tokens: tuple[Token, ...]
    start: int
    end: int


@dataclass(frozen=True, eq=False)
class Paper:
    """The report ready to be set, and the names of the places one can go to."""

    blocks: tuple[Block, ...]
    anchors: frozenset[str]

    def blocks_at(self, places: Iterable[tuple[int, int]], names: Iterable[str]) -> tuple[Block, ...]:
        """The blocks that hold one of these places of the report, or a mark of one of these names."""
        spans, wanted = list(places), set(names)
        return tuple(
            block
            for block in self.blocks
            if any(start < block.end and block.start < end for start, end in spans)
            or any(token.kind == "open" and token.mark and token.mark.id in wanted for token in block.tokens)
        )


@lru_cache(maxsize=_KEPT)
def set_paper(report_id: int, breakdown_id: int, marks: PaperMarks) -> Paper:
    """The paper of a report with the marks of a draft, both named by their kept readings."""
    compiled = Compilation.objects.select_related("document").get(pk=report_id)
    text, result = compiled.document.text, compiled.result
    coverage = Compilation.objects.values_list("result__coverage", flat=True).get(pk=breakdown_id) or {}
    not_tasks = frozenset(coverage.get("not_tasks", ()))
    start, end = _body_of(text, result)
    laid = trim_marks(text, _list_marks(result, marks, not_tasks), start, end)
    edges = _find_edges(text, result, start, end)
    inside: dict[int, list[Mark]] = {}
    for mark in laid:
        for block in range(bisect_right(edges, mark.start) - 1, bisect_right(edges, mark.end - 1)):
            inside.setdefault(block, []).append(mark)
    blocks = tuple(
        _set_block(text, low, high, inside.get(number, []))
        for number, (low, high) in enumerate(pairwise(edges))
        if text[low:high].strip()
    )
    return Paper(blocks, frozenset(mark.id for mark in laid if mark.id))


def _body_of(text: str, result: dict[str, Any]) -> tuple[int, int]:
    """From the title to the end of the last section: what stands around a report on its page is left out."""
    outline = result["outline"]
    if not outline:
        return 0, len(text)
    start = text.find(str(result.get("title") or ""), 0, outline[0]["start"]) if result.get("title") else -1
    first = start if start >= 0 else outline[0]["start"]
    return text.rfind("\n", 0, first) + 1, max(one["body_end"] for one in outline)


def _find_edges(text: str, result: dict[str, Any], start: int, end: int) -> list[int]:
    """Where blocks begin: after a line break that no sentence runs over, and before a head in mid-line."""
    edges = {start, end}
    before = start
    for found in _LINE_BREAK.finditer(text, start, end):
        line = text[before : found.start()].strip()
        runs_on = len(line) > _LONG and line[-1] not in _STOPS
        if not runs_on:
            edges.add(found.end())
        before = found.end()
    for section in result["outline"]:
        if start < section["start"] < end:
            at = section["start"]
            while at > start and text[at - 1] in "*# ":
                at -= 1
            edges.add(at)
    return sorted(edges)


def _set_block(text: str, start: int, end: int, marks: list[Mark]) -> Block:
    heads = [mark for mark in marks if mark.layer == "head"]
    covered = sum(min(mark.end, end) - max(mark.start, start) for mark in heads)
    letters = len(_UNSEEN.sub("", text[start:end]))
    level = int(heads[0].style[-1]) if heads and covered >= 0.8 * letters else 0
    while end > start and text[end - 1].isspace():
        end -= 1
    return Block(level, tuple(set_marks(text, start, end, marks)), start, end)


def _list_marks(result: dict[str, Any], marks: PaperMarks, not_tasks: frozenset[str]) -> Iterable[Mark]:
    for section in result["outline"]:
        level = min(max(section["level"], 1), 4)
        yield Mark(section["start"], section["end"], "head", f"head head-{level}", section["id"])
    for one in result["commitments"]:
        if one["id"] in not_tasks or one["kind"] == "aspiration":
            continue
        style = "open" if one["id"] in marks.uncovered else "kept"
        yield Mark(one["start"], one["end"], "commitment", style, one["id"])
    for place in dict.fromkeys((one["start"], one["end"]) for one in result["measures"]):
        yield Mark(*place, "measure", "measure")
    for standing in marks.standings:
        yield _mark_standing(standing)
    for reading in marks.readings:
        says = f"分解表：{reading.says or '（没有）'}"
        yield Mark(reading.start, reading.end, "difference", "differs", None, says)


def _mark_standing(one: Standing) -> Mark:
    said = f"分解表 {one.sign}{'，与报告不一致' if one.differs else ''}，牵头：{one.leads or '未定'}"
    link = Reference(one.sign, f"task-{one.task_id}", said, "differs" if one.differs else "span")
    name = f"p-{one.task_id}-{one.number}"
    return Mark(one.start, one.end, "span", "span", name, None, str(one.task_id), (link,))
