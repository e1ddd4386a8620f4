"""The whole way from a source to a report, in the order it is gone."""

from collections.abc import Iterator
from itertools import count
from typing import Any, Final

from dukao.language.dates import Deadline, read_deadlines
from dukao.language.sentences import Clauses
from dukao.reading.errors import SourceError
from dukao.reading.values import Diagnostic, Source
from dukao.report.articles import Article, find_report, list_articles
from dukao.report.commitments import Cut, cut_commitments, promising_parts
from dukao.report.masthead import read_masthead
from dukao.report.measures.reader import Figure, read_figures
from dukao.report.outline import Outline, read_outline
from dukao.report.values import Commitment, Measure, Passage, Report, Section, new_tuple


def compile_report(source: Source) -> Report:
    """Outline, commitments and measures of a work report.

    On a page that holds several articles the report among them is found, and a diagnostic says which. Odd
    prose gives diagnostics; a breakdown given as a report is refused with `SourceError` ("not-a-report").
    """
    text = source.text
    _refuse_breakdown(source)
    start, end, among = find_report(text)
    masthead = read_masthead(text, start, end)
    outline = read_outline(text, start, end, masthead.year)
    clauses = Clauses(text)
    found = read_figures(text, outline.passages, masthead.year, clauses)
    starts = [figure.start for figure in found]
    cuts = cut_commitments(text, outline.passages, starts, _parents(outline), clauses)
    planned = masthead.year if "plan" in promising_parts(outline.passages) else None
    commitments, measures = _number(text, found, cuts, outline, masthead.year, planned)
    return Report(
        source=source,
        title=masthead.title,
        place=masthead.place,
        level=masthead.level,
        year=masthead.year,
        delivered=masthead.delivered,
        speaker=masthead.speaker,
        start=start,
        end=end,
        outline=_with_root(outline, masthead.title, start, end, cuts),
        passages=outline.passages,
        commitments=commitments,
        measures=measures,
        diagnostics=(
            *source.diagnostics,
            *((among,) if among else ()),
            *outline.diagnostics,
            *_doubts(outline, masthead.year),
        ),
    )


def compile_articles(source: Source) -> dict[str, Any]:
    """The articles of a page, each with its figures, as `dukao.articles/1`."""
    text = source.text
    report_start, _, among = find_report(text)
    among_others = among is not None and report_start > 0
    numbers = count(1)
    articles = [
        {
            "title": article.title,
            "tag": article.tag,
            "date": article.date,
            "start": article.start,
            "end": article.end,
            "body": list(article.body),
            "places": list(article.places),
            "measures": [
                measure.as_json()
                for measure in _article_measures(
                    text, article, among_others and article.start == report_start, numbers
                )
            ],
        }
        for article in list_articles(text)
    ]
    return source.located({"schema": "dukao.articles/1", "source": source.as_json(), "articles": articles})


def _article_measures(text: str, article: Article, is_report: bool, numbers: Iterator[int]) -> list[Measure]:
    """The measures of one article: a report's by its parts, any other's as results of its own year."""
    start, end = article.body
    year = int(article.date[:4]) if article.date else None
    passages: tuple[Passage, ...] = (Passage(start, end, -1, "other"),)
    if is_report:
        year = read_masthead(text, start, end).year or year
        passages = read_outline(text, start, end, year).passages
    figures = read_figures(text, passages, year)
    return [figure.as_measure(next(numbers)) for figure in figures]


def read_plan_measures(
    text: str, start: int, end: int, year: int | None, numbers: Iterator[int]
) -> tuple[Measure, ...]:
    """The measures of a stretch of plan prose, such as a row of a breakdown; ids go on with `numbers`."""
    figures = read_figures(text, [Passage(start, end, -1, "plan")], year)
    limits = read_deadlines(text, start, end, year) if figures else []
    return tuple([figure.as_measure(next(numbers), None, _nearest(limits, figure)) for figure in figures])


def _refuse_breakdown(source: Source) -> None:
    """A table of tasks and units is no report."""
    text = source.text
    if "各位代表" in text:
        return
    named = sum(text.count(word) for word in ("责任单位", "牵头单位", "责任部门", "牵头部门", "配合单位"))
    if named >= 3:
        raise SourceError(
            source.name,
            "not-a-report",
            f"读到的是责任分解一类的表（“责任单位”等字样 {named} 处），这里要的是政府工作报告全文；"
            "读责任分解请用 dukao breakdown。",
        )


def _with_root(outline: Outline, title: str, start: int, end: int, cuts: list[Cut]) -> tuple[Section, ...]:
    """The outline, with the whole report as a section of level 0 where promises stand before any head."""
    if all(cut.section >= 0 for cut in cuts):
        return outline.sections
    return (Section("s0", None, 0, title, start, start, end, "plan"), *outline.sections)


_NO_MEASURES: Final[tuple[str, ...]] = ()
_BETWEEN: Final = frozenset(" \r\n\u3000，,；;。、：:")


def _number(
    text: str, figures: list[Figure], cuts: list[Cut], outline: Outline, year: int | None, planned: int | None
) -> tuple[tuple[Commitment, ...], tuple[Measure, ...]]:
    """Give ids, and put every measure into its commitment; `planned` is the year of the commitments."""
    measures: list[Measure] = []
    commitments: list[Commitment] = []
    at, count = 0, len(figures)
    sections = outline.sections
    last = 0
    for cut in cuts:
        start, end = cut.start, cut.end
        if start < last:
            start = last
            while start < end and text[start] in _BETWEEN:
                start += 1
            if start >= end:
                continue
        while at < count and figures[at].start < start:
            at += 1
            measures.append(figures[at - 1].as_measure(at))
        name, inside = f"c{len(commitments) + 1}", _NO_MEASURES
        if at < count and figures[at].start < end:
            first, limits = at, read_deadlines(text, start, end, year)
            while at < count and figures[at].start < end:
                figure = figures[at]
                # A number that line breaks tore apart may go on behind the stop inside it.
                end = max(end, figure.end)
                at += 1
                measures.append(figure.as_measure(at, name, _nearest(limits, figure)))
            inside = tuple([measure.id for measure in measures[first:]])
        below = sections[cut.section].id if cut.section >= 0 else "s0"
        last = end
        fields = (name, below, start, end, text[start:end], cut.kind, planned, inside, cut.rules)
        commitments.append(new_tuple(Commitment, fields))
    measures += [figures[n].as_measure(n + 1) for n in range(at, count)]
    return tuple(commitments), tuple(measures)


def _nearest(limits: list[Deadline], figure: Figure) -> Deadline | None:
    """The last time limit in front of a figure."""
    nearest = None
    for limit in limits:
        if limit.end <= figure.start:
            nearest = limit
    return nearest


def _parents(outline: Outline) -> set[int]:
    """The indices of the sections that have sections below them."""
    known = {section.id: index for index, section in enumerate(outline.sections)}
    return {known[section.parent] for section in outline.sections if section.parent is not None}


def _doubts(outline: Outline, year: int | None) -> list[Diagnostic]:
    """What a reader of the result should know: no head was found, or no year."""
    found = []
    if not outline.sections:
        found.append(
            Diagnostic("no-outline", 0, 0, "没有读到任何标题，全文按一段处理；请核对是否为政府工作报告全文。")
        )
    if year is None:
        found.append(
            Diagnostic("no-year", 0, 0, "没有读到报告年度，指标的年份留空；请在标题或开头补上年份。")
        )
    return found
