"""What the draft reaches on the real breakdown, and that it stays above what it reached.

The aim for cutting is F1 0.85: it is not reached. It stands at 0.768, with the other rows as past at 0.772.
Cutting by lead unit could not reach it either: with the true lead of every clause and item known it comes to
0.83. No costs tried on all of it come to more than 0.78. On 369 clauses of this and five other reports how
much more speaks for another unit than for the one before tells nearly all that can be told of a cut; 0.19 of
the clauses were cut off here and 0.06 there: offices differ in how finely they cut.
Costs and curves were set on this breakdown, the sample's, and sections of other places' reports labelled by
hand. The vocabulary was written with this one at hand and enlarged without: the lead is first in 0.79 and
0.78 of the rows, hidden by sections and by fifths. In sections labelled before their draft was seen and never
looked at since (115 rows, four reports) cutting comes to 0.84, as before the vocabulary was enlarged; the
lead is first in 0.94 of the rows and among three in 0.97 (before: 0.88 and 0.95).
"""

from pathlib import Path
from time import process_time

import pytest

from dukao.bench.cuts import measure_cutting
from dukao.bench.drafts import Figures, Measured, measure_drafting
from dukao.breakdown.compiler import compile_breakdown
from dukao.breakdown.values import Breakdown
from dukao.drafting.drafter import draft_breakdown
from dukao.reading.files import read_file
from dukao.report.compiler import compile_report
from dukao.report.values import Report

OURS = "起草（词汇加往年）"
BASELINES = {"最常牵头的单位", "最近的往年任务", "只用词汇"}


@pytest.fixture(scope="module")
def report(shared: Path) -> Report:
    return compile_report(read_file(next((shared / "seeds").glob("000_*.txt"))))


@pytest.fixture(scope="module")
def breakdown(shared: Path, report: Report) -> Breakdown:
    return compile_breakdown(read_file(next((shared / "seeds").glob("002_*.txt"))), report)


@pytest.fixture(scope="module")
def sections(report: Report, breakdown: Breakdown) -> Measured:
    return measure_drafting(report, breakdown, "sections")


def of(measured: Measured, name: str) -> Figures:
    return next(figures for figures in measured.figures if figures.name == name)


def test_on_hidden_sections_the_lead_is_found(sections: Measured) -> None:
    ours = of(sections, OURS)
    assert ours.rows == 157
    assert ours.first >= 0.76
    assert ours.among_three >= 0.88
    assert ours.leader is not None
    assert ours.leader >= 0.69
    assert ours.units >= 0.51
    assert ours.new_rows >= 20
    assert ours.new_first >= 0.7


def test_on_hidden_fifths_the_lead_is_found(report: Report, breakdown: Breakdown) -> None:
    ours = of(measure_drafting(report, breakdown, "fifths"), OURS)
    assert ours.first >= 0.75
    assert ours.among_three >= 0.87
    assert ours.units >= 0.51


def test_the_baselines_stand_beside_and_are_worse_among_three(sections: Measured) -> None:
    assert {figures.name for figures in sections.figures} == {OURS, *BASELINES}
    ours = of(sections, OURS)
    assert all(of(sections, name).among_three <= ours.among_three for name in BASELINES)
    assert all(of(sections, name).units <= ours.units for name in BASELINES)


def test_confidence_is_worth_what_it_says(sections: Measured) -> None:
    """The stated range of every bin with enough rows meets the interval of what was right in it."""
    for one in (*sections.lead_bins, *sections.leader_bins):
        low, high = one.interval
        assert one.count < 20 or (one.low <= high and low <= one.high), one


def test_tasks_are_cut_as_well_as_they_have_been(report: Report, breakdown: Breakdown) -> None:
    whole, without, learned, by_lead, by_row = measure_cutting(report, breakdown)
    assert without.f1 >= 0.76
    assert learned.f1 >= 0.76
    assert whole.f1 < 0.6
    # Who knew of every clause who leads it, or even which row it is, would come no further than this.
    assert 0.82 <= by_lead.f1 <= 0.84
    assert 0.87 <= by_row.f1 <= 0.90


def test_a_draft_takes_about_a_second(report: Report, breakdown: Breakdown) -> None:
    started = process_time()
    draft_breakdown(report, [breakdown])
    assert process_time() - started < 3
