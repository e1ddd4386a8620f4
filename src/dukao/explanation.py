"""Why something was read at one place of a document: the sentence, what it gave, and by which rules."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from dukao.breakdown.compiler import compile_breakdown
from dukao.breakdown.values import LivelihoodContent, Task
from dukao.language.quantities import find_quantities
from dukao.language.rules import Rule
from dukao.reading.errors import SourceError
from dukao.reading.values import Source
from dukao.report.compiler import compile_report
from dukao.report.measures.exclusions import exclusion
from dukao.rulebook import rule_book

_STOPS = "。！？!?\n"


@dataclass(frozen=True, slots=True)
class Applied:
    """A rule and the span it was applied to."""

    rule: Rule
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Explanation:
    """The sentence around an offset, the ids of what was read from it, and the rules in text order."""

    sentence: tuple[int, int]
    read: tuple[str, ...]
    rules: tuple[Applied, ...]

    def as_json(self) -> dict[str, Any]:
        """The answer of `dukao explain --json`."""
        return {
            "sentence": list(self.sentence),
            "read": list(self.read),
            "rules": [
                {"code": a.rule.code, "name": a.rule.name, "why": a.rule.why, "span": list(a.span)}
                for a in self.rules
            ],
        }


def explain(source: Source, offset: int) -> Explanation:
    """Why the sentence at `offset` was read as it was; works on a report and on a breakdown."""
    try:
        read = _report_items(source)
    except SourceError as error:
        if error.code != "not-a-report":
            raise
        read = _breakdown_items(source)
    sentence = _sentence_at(source.text, offset, [(start, end) for _, start, end, _ in read])
    inside = [item for item in read if item[1] < sentence[1] and item[2] > sentence[0]]
    book = {rule.code: rule for rule in rule_book()}
    applied = [
        Applied(book[code], (start, end)) for _, start, end, codes in inside for code in codes if code in book
    ]
    applied += [Applied(book[code], span) for code, span in _left_out(source.text, sentence, inside)]
    applied.sort(key=lambda one: (one.span[0], -one.span[1]))
    return Explanation(sentence, tuple(item[0] for item in inside), tuple(dict.fromkeys(applied)))


Item = tuple[str, int, int, Iterable[str]]


def _report_items(source: Source) -> list[Item]:
    report = compile_report(source)
    return [
        *((one.id, one.start, one.end, one.rules) for one in report.outline),
        *((one.id, one.start, one.end, one.rules) for one in report.commitments),
        *((one.id, one.start, one.end, one.rules) for one in report.measures),
    ]


def _breakdown_items(source: Source) -> list[Item]:
    breakdown = compile_breakdown(source)
    rows: list[Task | LivelihoodContent] = [*breakdown.tasks, *breakdown.livelihood]
    items: list[Item] = []
    for row in rows:
        items.append((row.id, row.start, row.end, row.rules))
        items += [(measure.id, measure.start, measure.end, measure.rules) for measure in row.measures]
    return items


def _sentence_at(text: str, offset: int, spans: list[tuple[int, int]]) -> tuple[int, int]:
    """From stop to stop; a line break inside something that was read does not end a sentence."""
    start = max(text.rfind(stop, 0, offset) for stop in _STOPS) + 1
    ends = [at for stop in _STOPS if (at := text.find(stop, offset)) >= 0]
    end = min(ends) + (text[min(ends)] != "\n") if ends else len(text)
    for first, last in spans:
        if first < end and last > start and first <= offset < last:
            start, end = min(start, first), max(end, last)
    while start < end and text[start].isspace():
        start += 1
    return start, end


def _left_out(text: str, sentence: tuple[int, int], inside: list[Item]) -> list[tuple[str, tuple[int, int]]]:
    """The numbers of the sentence that state nothing, each with the rule that says so."""
    found = []
    for quantity in find_quantities(text, *sentence, dates=True):
        code = exclusion(text, quantity, sentence[0])
        if code and not any(start == quantity.start for _, start, _, _ in inside):
            found.append((code, (quantity.start, quantity.end)))
    return found
