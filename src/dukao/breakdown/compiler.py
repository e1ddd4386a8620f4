"""The whole way from a source to a breakdown held against its report."""

from dataclasses import replace
from itertools import count

from dukao.breakdown.comparison.holding import hold_against
from dukao.breakdown.profiles import Profile
from dukao.breakdown.reader import read_breakdown
from dukao.breakdown.values import Breakdown
from dukao.reading.values import Source
from dukao.report.compiler import read_plan_measures
from dukao.report.values import Report


def compile_breakdown(
    source: Source, report: Report | None = None, *, profile: Profile | None = None
) -> Breakdown:
    """Tasks with their measures, held against the report where there is one.

    `profile` is what the place does: what a person said there holds, the rest where the document is silent.
    A source that is no breakdown is refused with `SourceError` (code "not-a-breakdown").
    """
    breakdown = read_breakdown(source, profile=profile)
    text, year = source.text, breakdown.year or (report.year if report else None)
    numbers = count(1)
    breakdown = replace(
        breakdown,
        tasks=tuple(
            replace(task, measures=read_plan_measures(text, task.start, task.end, year, numbers))
            for task in breakdown.tasks
        ),
        livelihood=tuple(
            replace(content, measures=read_plan_measures(text, content.start, content.end, year, numbers))
            for content in breakdown.livelihood
        ),
    )
    return hold_against(breakdown, report) if report else breakdown
