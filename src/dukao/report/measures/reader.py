"""The walk over a passage: its quantities, clause by clause, into measures."""

import re
from collections.abc import Iterable
from typing import Final, Literal

from dukao.language.dates import Deadline
from dukao.language.quantities import Quantity, find_quantities
from dukao.language.sentences import Clauses
from dukao.report.measures.clauses import read_clause
from dukao.report.measures.drafts import Draft, Sentence, kind_of
from dukao.report.measures.exclusions import states_nothing
from dukao.report.measures.joints import Joints, Spans, join_lines
from dukao.report.measures.times import LAST_YEAR, PERIOD, YEAR, Clock, Role, find_years, passage_clock
from dukao.report.values import Measure, MeasureKind, Passage, new_tuple

# A goal named in a review: 没有完成8%的预期目标.
_GOAL: Final = re.compile(r"的?(?:预期|预定|年度|年初|既定|计划|规划)?(?:增长)?目标")
_GOAL_FIRST: Final = frozenset("的预年既计规目增")
_SENTENCE_ENDS: Final = frozenset("。！!？?")
OPERATORS: Final = {">=": "O01", ">": "O02", "<=": "O03", "<": "O04"}


class Figure:
    """A measure before it has an id, a commitment and a time limit; the attributes are those of `Measure`."""

    __slots__ = (
        "action", "approximate", "end", "indicator", "indicator_spans", "kind", "op", "role", "rules",
        "series", "span", "start", "surface", "unit", "value", "value_max", "year",
    )  # fmt: skip

    def __init__(
        self, start: int, end: int, surface: str, value: int | float, value_max: int | float | None,
        unit: str | None, op: str, kind: MeasureKind, indicator: str, indicator_spans: Spans,
        action: str | None, role: Role, year: int | None, span: str | None,
        series: Literal["from", "to"] | None, approximate: bool, rules: tuple[str, ...],
    ) -> None:  # fmt: skip
        self.start: Final[int] = start
        self.end: Final[int] = end
        self.surface: Final[str] = surface
        self.value: Final[int | float] = value
        self.value_max: Final[int | float | None] = value_max
        self.unit: Final[str | None] = unit
        self.op: Final[str] = op
        self.kind: Final[MeasureKind] = kind
        self.indicator: Final[str] = indicator
        self.indicator_spans: Final[Spans] = indicator_spans
        self.action: Final[str | None] = action
        self.role: Final[Role] = role
        self.year: Final[int | None] = year
        self.span: Final[str | None] = span
        self.series: Final[Literal["from", "to"] | None] = series
        self.approximate: Final[bool] = approximate
        self.rules: Final[tuple[str, ...]] = rules

    def as_measure(
        self, number: int, commitment: str | None = None, deadline: Deadline | None = None
    ) -> Measure:
        """The measure with the id m`number`."""
        fields = (
            f"m{number}", self.start, self.end, self.surface, self.value, self.value_max, self.unit, self.op,
            self.kind, self.indicator, self.indicator_spans, self.action, self.role, self.year, self.span,
            deadline, self.series, self.approximate, commitment, self.rules,
        )  # fmt: skip
        return new_tuple(Measure, fields)


def read_figures(
    text: str, passages: Iterable[Passage], year: int | None, clauses: Clauses | None = None
) -> list[Figure]:
    """The figures of the passages of the report of `year`, in the order of the text.

    `clauses` are those of the text, where somebody else reads them too.
    """
    clauses = clauses or Clauses(text)
    figures: list[Figure] = []
    for passage in passages:
        start, end, part = passage.start, passage.end, passage.part
        joined, at = join_lines(text, start, end)
        if at is None:
            _walk(clauses, start, end, passage_clock(text, start, end, part, year), None, figures)
        else:
            length, clock = len(joined), passage_clock(joined, 0, len(joined), part, year)
            _walk(Clauses(joined), 0, length, clock, at, figures)
    return figures


def stating_quantities(text: str, start: int, end: int) -> list[Quantity]:
    """The quantities of `text[start:end]` that may state something."""
    kept: list[Quantity] = []
    for quantity in find_quantities(text, start, end):
        if states_nothing(text, quantity, start):
            continue
        if kept and quantity.start - kept[-1].end == 1 and _makes_range(text, kept[-1], quantity, start):
            quantity = kept.pop().until(quantity)
        kept.append(quantity)
    return kept


def _makes_range(text: str, first: Quantity, second: Quantity, start: int) -> bool:
    """Two numbers with the same unit joined by 至 or a dash (百分之八至百分之九), not 由…到…."""
    joined = text[first.end] in "至到-—~～–－" and first.unit is second.unit and second.value > first.value
    return joined and not any(
        word in text[max(start, first.start - 3) : first.start] for word in ("从", "由")
    )


def _walk(
    clauses: Clauses, first: int, last: int, clock: Clock, at_source: Joints | None, figures: list[Figure]
) -> None:
    text = clauses.text
    quantities = stating_quantities(text, first, last)
    if not quantities:
        return
    years = find_years(text, first, last)
    sentence, now = Sentence(), clock
    at, count, year = 0, len(quantities), 0
    opens = quantities[0].start
    spans = clauses.within(first, last)
    for k in range(0, len(spans), 2):
        start, end = spans[k], spans[k + 1]
        while year < len(years) and years[year] < end:
            year += 1
            now = _clock_of(text, start, end, now, clock)
        if opens < end:
            inside = []
            while at < count and quantities[at].start < end:
                inside.append(quantities[at])
                at += 1
            now = _read(text, start, end, inside, sentence, now, clock, at_source, figures)
            if at == count:
                return
            opens = quantities[at].start
        stop = text[end]
        if stop in _SENTENCE_ENDS:
            sentence, now = sentence.following(), clock
        else:
            sentence.before = (start, end)
            sentence.elided = stop in "；;"


def _read(
    text: str, start: int, end: int, inside: list[Quantity], sentence: Sentence, now: Clock, clock: Clock,
    at_source: Joints | None, figures: list[Figure],
) -> Clock:  # fmt: skip
    """Read one clause with numbers; the clock for the rest of the sentence."""
    basis = end - start > 2 and text[end - 3 : end] == "基础上"
    if basis and clock.role == "target":
        now = Clock("result", clock.before, None, clock.before - 1 if clock.before else None, "Y04")
        start += text[start] == "在"
    drafts = read_clause(text, start, end, inside, sentence)
    for draft in drafts:
        if draft.series == "from" and draft.year:
            now = Clock(now.role, now.year, now.span, draft.year, now.rule)
            break
    for draft in drafts:
        _freeze(text, draft, now, at_source, figures)
    sentence.last = drafts
    return clock if basis else now


def _clock_of(text: str, start: int, end: int, now: Clock, clock: Clock) -> Clock:
    """The clock from here on, where the clause names a year or 去年."""
    if text.startswith("明年", start) and clock.year is not None:
        return Clock("target", clock.year + 1, None, clock.year, "Y04")
    if LAST_YEAR.match(text, start, end) and clock.role == "target":
        return Clock("result", clock.before, None, clock.before - 1 if clock.before else None, "Y04")
    period = PERIOD.match(text, start, end)
    if period is not None and clock.year is not None:
        first, last = int(period["first"]), int(period["last"])
        role: Role = "target" if clock.role == "target" and last >= clock.year else "result"
        return Clock(role, last, f"{first}-{last}", first - 1, "Y04")
    for found in YEAR.finditer(text, max(0, start - 1), end):
        if found["base"] or clock.year is None:
            continue
        year = int(found["year"])
        if year > clock.year or (clock.role == "target" and year == clock.year):
            return Clock("target", year, None, now.before, "Y04")
        if year <= clock.year and (clock.role == "result" or found["clause"] is not None):
            return Clock("result", year, None, year - 1, "Y04")
    return now


def _is_cumulative(text: str, draft: Draft) -> bool:
    """累计 and 五年 in front of a number say that it is true of the whole span."""
    at = draft.quantity.start
    said = text[max(0, at - 12) : at]
    return "累计" in said or "五年" in said


def _freeze(text: str, draft: Draft, clock: Clock, at_source: Joints | None, figures: list[Figure]) -> None:
    quantity = draft.quantity
    unit = quantity.unit
    start, end = quantity.start, quantity.end
    end_of = draft.right[0] or end
    surface = text[start:end]
    if at_source is not None:
        start, end = at_source.span(start, end)
        surface = at_source.source[start:end]
    for spans, action in draft.readings or [((), draft.action)]:
        if len(spans) == 1:
            indicator = text[spans[0][0] : spans[0][1]]
        else:
            indicator = "".join([text[s:e] for s, e in spans])
        if at_source is not None:
            spans = at_source.pieces(spans)
        kind, rule = kind_of(draft, indicator)
        role, year, span, time = clock.role, clock.year, None, clock.rule
        if draft.series == "from":
            role, year, time = "result", clock.before, "Y05"
        elif (
            clock.span
            and (action or "新增" in indicator or _is_cumulative(text, draft))
            and kind in ("level", "increment", "decrease", "rank")
            and not draft.back.reached
        ):
            span = clock.span
        if role == "result" and text[end_of : end_of + 1] in _GOAL_FIRST and _GOAL.match(text, end_of):
            role = "target"
        if draft.year is not None:
            year, time = draft.year, "Y04"
        rules = [quantity.form, rule, draft.how or "I03", time]
        if draft.op != "=":
            rules.append(OPERATORS[draft.op])
        if draft.about:
            rules.append("O05")
        figures.append(
            Figure(
                start,
                end,
                surface,
                quantity.value,
                quantity.value_max,
                unit.name if unit else None,
                draft.op,
                kind,
                indicator,
                spans,
                action,
                role,
                year,
                span,
                draft.series,
                draft.about,
                tuple(rules),
            )
        )
