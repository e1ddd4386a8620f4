"""Matters: what a number in a row counts, so that two rows that count the same thing can be set side by side.

Read from the row's own words: 完工旧厂房改造项目24个, 完成旧厂房改造12个 and 改造旧厂房12个 are one
matter, 开工旧厂房改造12个 is another.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from dukao.breakdown.comparison.figures import find_figures
from dukao.breakdown.comparison.folding import Folded, count_letters, fold
from dukao.breakdown.comparison.ground import cut_clauses
from dukao.breakdown.values import LivelihoodContent, Task
from dukao.breakdown.vocabulary import load_narrower, load_verbs
from dukao.report.values import Measure

Row = Task | LivelihoodContent

_ITEMS = re.compile(r"、|以及|和|及|与|”“")
_MARKS = re.compile(r"[“”‘’《》\"']|\([^()]*\)")
_DEGREE = re.compile(r"^(?:力争|确保|计划|累计|全年|年内|今年|全[区市县省州]|再|并)")
_PREDICATE = re.compile(
    r"(?:分别|各|均|共)?(?:达到?|增长|提高到?|提升[到至]?|下降到?|降至|压减到?|控制在|稳定在|保持在|保持|突破|超过|增加到?|为)?"
    r"(?:不低于|不少于|不超过|约|近|超)?$"
)
_TAIL = re.compile(r"(?:等)?(?:项目|工程|任务)?$")
_NOMINAL = ("改造", "整治", "建设")  # verbs that make the noun of a light verb: 完成旧厂房改造
_LEAST = 3  # letters a thing needs to be told from others
_DONE = frozenset(("建成", "新增", ""))


class Matter(NamedTuple):
    """One thing that a measure of a row counts; `verb` stands for all verbs of its meaning."""

    row: Row
    measure: Measure
    thing: str
    verb: str
    words: str


def read_matters(text: str, row: Row) -> Iterator[Matter]:
    """The matters of a row of the breakdown whose source is `text`."""
    folded = fold(text, row.start, row.end)
    verb, last = "", (-1, -1)
    for measure in row.measures:
        at = bisect_left(folded.places, measure.start)
        clause = next((pair for pair in cut_clauses(folded.text) if pair[0] <= at < pair[1]), None)
        if measure.series or clause is None:
            continue
        if clause != last:
            verb, last = "", clause
        phrase = _phrase(folded, clause, at)
        words = phrase + "".join(measure.surface.split())
        for thing, own in _things(phrase):
            verb = own or verb
            if count_letters(thing) >= _LEAST or _is_narrow(thing):
                yield Matter(row, measure, *_without_noun(thing, verb), words)


def is_one_matter(one: Matter, other: Matter) -> bool:
    """Whether both count the same thing, or one a part of what the other counts."""
    things = one.thing == other.thing or _is_narrower(one, other) or _is_narrower(other, one)
    verbs = one.verb == other.verb or {one.verb, other.verb} <= _DONE
    return one.row.id != other.row.id and things and verbs and _same_scale(one.measure, other.measure)


def bases(one: Matter) -> Iterator[str]:
    """The words under which a matter is looked up: its thing, and what its thing is a part of."""
    yield one.thing
    yield from (wide for wide, narrow in load_narrower().items() if one.thing in narrow)


def _is_narrow(thing: str) -> bool:
    return thing in load_narrower() or any(thing in narrow for narrow in load_narrower().values())


def _is_narrower(one: Matter, other: Matter) -> bool:
    return one.thing in load_narrower().get(other.thing, ())


def _same_scale(one: Measure, other: Measure) -> bool:
    units = {re.sub(r"[(（].*", "", measure.unit or "") for measure in (one, other)}
    counted = {one.kind, other.kind} <= {"level", "increment"}
    return len(units) == 1 and (counted or one.kind == other.kind)


def _phrase(folded: Folded, clause: tuple[int, int], at: int) -> str:
    """The words of a clause between the number before and the number at `at`."""
    words = folded.text[clause[0] : at]
    figures = [figure for figure in find_figures(words) if figure.words[0].isdigit()]
    return (words[figures[-1].end :] if figures else words).strip("、和及与")


def _things(phrase: str) -> Iterator[tuple[str, str]]:
    """The things a phrase lists, each with its verb, if it has its own."""
    for item in _ITEMS.split(_PREDICATE.sub("", phrase)):
        thing, verb = _MARKS.sub("", item), ""
        while degree := _DEGREE.match(thing):
            thing = thing[degree.end() :]
        for written in load_verbs():
            if thing.startswith(written):
                thing, verb = thing[len(written) :], load_verbs()[written]
                break
        yield _TAIL.sub("", thing), verb


def _without_noun(thing: str, verb: str) -> tuple[str, str]:
    """完成+旧厂房改造 as 改造+旧厂房."""
    for noun in _NOMINAL:
        bare = thing.removesuffix(noun)
        if bare != thing and verb in _DONE and count_letters(bare) >= _LEAST:
            return bare, load_verbs().get(noun, noun)
    return thing, verb


def pairs_of(matters: list[Matter]) -> Iterator[tuple[Matter, Matter]]:
    """The pairs that are one matter, in the order of the rows."""
    by_thing: dict[str, list[Matter]] = {}
    for one in matters:
        for base in bases(one):
            by_thing.setdefault(base, []).append(one)
    seen: set[tuple[str, int, str, int]] = set()
    for same in by_thing.values():
        for index, one in enumerate(same):
            for other in same[index + 1 :]:
                key = (one.row.id, one.measure.start, other.row.id, other.measure.start)
                if key not in seen and is_one_matter(one, other):
                    seen.add(key)
                    yield one, other
