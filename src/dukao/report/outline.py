"""The outline of a report: its heads as nested sections, and the passages of prose below them.

In order: the lines; where the report's own text begins and ends; heads by number, by mark, by their
likeness to
their siblings; sections; passages, each in one section and one part.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from dukao.reading.values import Diagnostic
from dukao.report.extent import own_lines
from dukao.report.heads import RANKS, Head, find_numbered, is_item, unglue
from dukao.report.lines import Line, compact, read_lines, trim
from dukao.report.masthead import read_masthead
from dukao.report.parts import (
    child_part,
    following_part,
    later_end,
    may_turn,
    opening_part,
    plan_part,
    read_turns,
    title_parts,
)
from dukao.report.runins import Group, find_inner, find_marked, find_openings
from dukao.report.values import Part, Passage, Section, new_tuple

_PART_RULES: Final[dict[Part, str]] = {
    "review": "P01",
    "five_year_review": "P02",
    "long_term": "P03",
    "plan": "P04",
    "self": "P05",
    "other": "P08",
}
_WORD: Final = re.compile(r"\w")
# What a sentence may go on with on a line of its own: 63.5⏎%。
_GOES_ON: Final = frozenset("%％‰，。；、：！？”）")
_YEAR: Final = re.compile(r"[12１２]\d{3}年")


@dataclass(frozen=True, slots=True)
class Outline:
    """The sections of a report in order, and the passages its commitments and measures are read from."""

    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    diagnostics: tuple[Diagnostic, ...] = ()


def read_outline(text: str, start: int, end: int, year: int | None) -> Outline:
    """The outline of the report in `text[start:end]`. `year` is the year it plans, None where that is not
    known."""
    lines = own_lines(text, read_lines(text, start, end))
    if not lines:
        return Outline((), ())
    finish = lines[-1].end
    heads = _find_heads(text, lines)
    return _assemble(text, heads, _pieces(text, lines, heads), finish, year)


def _find_heads(text: str, lines: list[Line]) -> list[Head]:
    """Every head of the report in order."""
    numbered = _settle(text, lines, find_numbered(text, lines))
    taken = {head.limit for head in numbered}
    marked = find_marked(text, lines, taken)
    heads = _apart(text, [*numbered, *marked])
    groups = _groups(lines, heads)
    bold = any("H08" in head.rules for head in marked)
    openings = [] if bold else find_openings(text, groups)
    inner = [head for run in _sibling_groups(groups, openings) for head in find_inner(text, run)]
    return _apart(text, [*heads, *openings, *inner])


def _apart(text: str, heads: list[Head]) -> list[Head]:
    """The heads in order, without those that hold no word or stand inside another's title."""
    kept: list[Head] = []
    for head in sorted(heads, key=lambda head: (head.start, head.rank)):
        if (not kept or head.start >= kept[-1].end) and _WORD.search(text, head.start, head.end):
            kept.append(head)
    return kept


def _settle(text: str, lines: list[Line], found: list[Head]) -> list[Head]:
    """Tell heads from items of lists, run by run, and cut the titles of runs glued to their text."""
    for head, after in pairwise(found):
        head.limit = min(head.limit, after.start)
        if head.body > head.limit:
            head.end, head.body = min(head.end, head.limit), head.limit
    starts = [line.start for line in lines]
    kept: list[Head] = []
    for run in _runs(found):
        if run[0].style in ("pcn", "num", "pnum"):
            unglue(text, run)
        items = sum(is_item(text, head, _following(lines, starts, found, head)) for head in run)
        lonely = len(run) == 1 and run[0].rank > RANKS["pcn"]
        if items * 2 <= len(run) and not lonely:
            kept += run
    return sorted(kept, key=lambda head: head.start)


def _following(lines: list[Line], starts: list[int], found: list[Head], head: Head) -> str:
    """What stands after the head's line: `text`, another number (`mark`), or the `end`."""
    after = bisect_left(starts, head.limit)
    if after >= len(lines):
        return "end"
    index = bisect_left(found, lines[after].start, key=lambda each: each.start)
    return "mark" if index < len(found) and found[index].start <= lines[after].start + 8 else "text"


def _runs(found: list[Head]) -> list[list[Head]]:
    """The numbers as runs of siblings; a number inside a line that does not go on with its run is no head."""
    runs: list[list[Head]] = []
    current: dict[str, list[Head]] = {}
    for head in found:
        run = current.get(head.style)
        due = run[-1].value + 1 if run else 1
        if head.inner and head.value not in (1, due):
            continue
        if run is None or (head.value <= run[-1].value and head.style != "dash"):
            run = current[head.style] = []
            runs.append(run)
        for style in [style for style in current if RANKS[style] > head.rank]:
            del current[style]
        run.append(head)
    return runs


def _groups(lines: list[Line], heads: list[Head]) -> list[Group]:
    """The prose between each head and the next: what stands on the head's own line, and the lines after
    it."""
    groups: list[Group] = []
    index = 0
    first = heads[0].start if heads else lines[-1].end
    while index < len(lines) and lines[index].start < first:
        index += 1
    groups.append(Group(None, lines[0].start, lines[0].start, lines[:index]))
    for head, after in zip(heads, [*heads[1:], None], strict=False):
        limit = after.start if after else lines[-1].end
        while index < len(lines) and lines[index].start < head.limit:
            index += 1
        own = index
        while (
            index < len(lines)
            and lines[index].start < limit
            and lines[index].end <= max(limit, lines[index].end)
        ):
            if after and lines[index].end >= after.start:
                break
            index += 1
        groups.append(Group(head, head.body, min(head.limit, limit), lines[own:index]))
    return groups


def _sibling_groups(groups: list[Group], openings: list[Head]) -> list[list[Group]]:
    """Runs of siblings whose heads hold a single paragraph on their own line."""
    taken = [head.start for head in openings]
    runs: list[list[Group]] = []
    previous: Head | None = None
    for group in groups:
        head = group.head
        if head is None or head.rank >= RANKS["runin"]:
            continue
        if previous is None or head.style != previous.style or head.value <= previous.value:
            runs.append([])
        previous = head
        limit = group.lines[-1].end if group.lines else group.end
        busy = bisect_left(taken, group.start) < bisect_left(taken, limit)
        if group.end - group.start > 60 and not busy:
            runs[-1].append(group)
    return [run for run in runs if run]


def _nest(heads: list[Head], finish: int) -> list[tuple[int | None, int, int]]:
    """For each head its parent's index, its level, and where everything below it ends."""
    open_: list[int] = []
    nested: list[tuple[int | None, int]] = []
    ends = [finish] * len(heads)
    for index, head in enumerate(heads):
        while open_ and heads[open_[-1]].rank >= head.rank:
            ends[open_.pop()] = head.start
        parent = open_[-1] if open_ else None
        open_.append(index)
        nested.append((parent, len(open_)))
    return [(parent, level, end) for (parent, level), end in zip(nested, ends, strict=True)]


def _pieces(text: str, lines: list[Line], heads: list[Head]) -> list[list[tuple[int, int]]]:
    """The runs of prose before the first head and below each head; a line that is not fresh joins the one
    before."""
    pieces: list[list[tuple[int, int]]] = [[] for _ in range(len(heads) + 1)]
    section, at = 0, lines[0].start
    for line in lines:
        at = max(at, line.start)
        joins = not line.fresh
        while section < len(heads) and heads[section].start < line.end:
            head = heads[section]
            _add(text, pieces[section], at, head.start, joins)
            section, at, joins = section + 1, max(at, head.body), False
        _add(text, pieces[section], at, line.end, joins)
        at = max(at, line.end)
    return pieces


def _add(text: str, pieces: list[tuple[int, int]], start: int, end: int, joins: bool) -> None:
    """Add `text[start:end]`, to the piece before it where it goes on with its sentence."""
    start, end = trim(text, start, end)
    joins = joins and bool(pieces)
    if start >= end or not (_WORD.search(text, start, end) or (joins and text[start] in _GOES_ON)):
        return
    if end - start < 8 and text.startswith(("各位代表", "同志们"), start):
        return
    if joins:
        pieces[-1] = (pieces[-1][0], end)
    else:
        pieces.append((start, end))


def _assemble(
    text: str, heads: list[Head], pieces: list[list[tuple[int, int]]], finish: int, year: int | None
) -> Outline:
    """Sections and passages with their parts, in one walk down the report."""
    sections: list[Section] = []
    passages: list[Passage] = []
    walk = _Walk(text, year, late=finish - (finish - heads[0].start) * 2 // 5 if heads else finish)
    passages += walk.read(pieces[0], -1, "other")
    nested = _nest(heads, finish)
    own_parts: list[Part | None] = []
    for index, head in enumerate(heads):
        parent, level, end = nested[index]
        title = compact(text[head.start : head.end])
        own = None
        rules = list(head.rules)
        if parent is None:
            rules.append(walk.enter(title))
        else:
            said = child_part(title, walk.base, year, late=head.start > walk.late)
            rules += [_PART_RULES[said]] if said else []
            own = said or own_parts[parent]
        own_parts.append(own)
        part = own or walk.base
        name, above = f"s{index + 1}", sections[parent].id if parent is not None else None
        sections.append(
            new_tuple(Section, (name, above, level, title, head.start, head.end, end, part, tuple(rules)))
        )
        passages += walk.read(pieces[index + 1], index, part, top=parent is None)
    return Outline(tuple(sections), tuple(passages), (*_doubts(heads), *_no_plan(passages)))


class _Walk:
    """The part a walk down the report has come to: what the section's title names, and what has been led
    over to."""

    def __init__(self, text: str, year: int | None, late: int) -> None:
        self.text = text
        self.year = year
        self.late = late
        self.parts: tuple[Part, ...] = ("review",)
        self.base: Part = "review"
        self.entered = False

    def enter(self, title: str) -> str:
        """Begin a section of the first level; the rule that gave it its part."""
        named = title_parts(title, self.year)
        self.parts = named or (following_part(self.base if self.entered else None),)
        self.base = self.parts[0]
        self.entered = True
        return _PART_RULES[self.base] if named else "P07"

    def read(
        self, pieces: list[tuple[int, int]], section: int, part: Part, *, top: bool = False
    ) -> list[Passage]:
        """The pieces below a head as passages, cut where the part changes; `top`: of the first level."""
        parts = self.parts if section >= 0 else ("review",)
        if section >= 0 and part in ("plan", "self"):
            return self._read_plan(pieces, section, part)
        if not may_turn(parts):
            return [new_tuple(Passage, (start, end, section, part)) for start, end in pieces]
        passages: list[Passage] = []
        current = part
        for start, end in pieces:
            turned = opening_part(self.text, start, end, parts, current, self.year)
            turns = [(start, turned)] if turned else []
            current = self._keep(turned or current, turned, start, top)
            inner = read_turns(self.text, start, end, parts, current, self.year)
            turns += inner
            for at, inner_part in inner:
                current = self._keep(inner_part, inner_part, at, top)
            passages += _cut(self.text, start, end, section, part, turns)
            part = current
        if top and pieces and self.text[pieces[-1][1] - 1] in "：:":
            self.base = current
        return passages

    def _read_plan(self, pieces: list[tuple[int, int]], section: int, part: Part) -> list[Passage]:
        """The pieces below a head of the plan: paragraphs that look to later years stand apart (P09).

        So do self-government at its end, and what else is reported there (P10).
        """
        passages: list[Passage] = []
        for start, end in pieces:
            turned = plan_part(self.text, start, end, part, late=start > self.late)
            if turned != part and part == self.base:
                self.base = turned
            part = turned
            later = later_end(self.text, start, end, self.year) if part == "plan" else 0
            if later:
                passages.append(new_tuple(Passage, (start, later, section, "long_term")))
            if later < end:
                passages.append(new_tuple(Passage, (max(start, later), end, section, part)))
        return passages

    def _keep(self, current: Part, turned: Part | None, at: int, top: bool) -> Part:
        """Remember a part the section's title announced: the heads that follow stand in it.

        Below a head of its own a mere year is one figure among others, and turns nothing but its paragraph.
        """
        if turned and turned in self.parts[1:] and (top or not _YEAR.match(self.text, at)):
            self.base = turned
        return current


def _cut(
    text: str, start: int, end: int, section: int, part: Part, turns: list[tuple[int, Part]]
) -> list[Passage]:
    """`text[start:end]` as passages, one for each part it speaks of."""
    passages = []
    for at, (turn, after) in zip([start, *(t for t, _ in turns)], [*turns, (end, part)], strict=True):
        first, last = trim(text, at, turn)
        if first < last:
            passages.append(new_tuple(Passage, (first, last, section, part)))
        part = after
    return passages


def _doubts(heads: list[Head]) -> tuple[Diagnostic, ...]:
    """A diagnostic for every title of the first level that is longer than titles are: its end was not
    found."""
    message = "标题与正文相连，断句处不明：按第一个句读处断开，请核对原文。"
    return tuple(
        Diagnostic("outline.title-end", head.start, head.end, message)
        for head in heads
        if head.style == "cn" and head.end - head.start > 50
    )


def _no_plan(passages: list[Passage]) -> tuple[Diagnostic, ...]:
    """A diagnostic where a report plans no year of its own: what it promises, it promises for later years."""
    goals = next((passage for passage in passages if passage.part == "long_term"), None)
    if goals is None or any(passage.part == "plan" for passage in passages):
        return ()
    message = "没有读到当年部署：报告只讲今后几年，承诺取自这几年的目标任务，期限不是当年。"
    return (Diagnostic("outline.no-plan", goals.start, goals.end, message),)


def _passage_rule(section: Part, passage: Part) -> str:
    """The rule by which a passage belongs to another part than the section it stands in."""
    if section not in ("plan", "self"):
        return "P06"
    return "P09" if passage == "long_term" else "P10"


def fired_heads(text: str, year: int | None = None) -> dict[str, list[str]]:
    """What each rule reads in a text, by the rule's code: `title / level` for heads, `title / part` for
    parts."""
    outline = read_outline(text, 0, len(text), year or read_masthead(text, 0, len(text)).year)
    fired: dict[str, list[str]] = {}
    for section in outline.sections:
        for code in section.rules:
            said = section.part if code.startswith("P") else f"level {section.level}"
            fired.setdefault(code, []).append(f"{section.title} / {said}")
    for passage in outline.passages:
        part = outline.sections[passage.section].part if passage.section >= 0 else "other"
        if passage.part != part:
            code = _passage_rule(part, passage.part)
            fired.setdefault(code, []).append(f"{text[passage.start : passage.start + 10]} / {passage.part}")
    return fired
