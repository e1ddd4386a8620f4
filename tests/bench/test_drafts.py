"""The measurement of drafts: what is hidden stays hidden, and the figures of the sample hold."""

import pytest

from dukao.bench.cuts import count_alike, measure_cutting
from dukao.bench.drafts import Bin, Hiding, measure_drafting
from dukao.breakdown.compiler import compile_breakdown
from dukao.breakdown.values import Breakdown
from dukao.reading.files import read_file
from dukao.report.compiler import compile_report
from dukao.report.values import Report
from dukao.sample import sample_path


@pytest.fixture(scope="module")
def report() -> Report:
    return compile_report(read_file(sample_path("report")))


@pytest.fixture(scope="module")
def breakdown(report: Report) -> Breakdown:
    return compile_breakdown(read_file(sample_path("breakdown")), report)


@pytest.mark.parametrize("hiding", ["fifths", "sections"])
def test_the_sample_is_drafted_as_well_as_it_has_been(
    report: Report, breakdown: Breakdown, hiding: Hiding
) -> None:
    measured = measure_drafting(report, breakdown, hiding)
    commonest, nearest, words, ours = measured.figures
    assert {figures.rows for figures in measured.figures} == {112}
    assert ours.first >= 0.72
    assert ours.among_three >= 0.84
    assert ours.among_three >= max(commonest.among_three, nearest.among_three, words.among_three)
    assert (commonest.new_first, nearest.new_first, words.leader) == (0, 0, None)
    assert sum(one.count for one in measured.lead_bins) <= 112
    assert measured == measure_drafting(report, breakdown, hiding)


def test_the_sample_is_cut_as_well_as_it_has_been(report: Report, breakdown: Breakdown) -> None:
    whole, without, learned, by_lead, by_row = measure_cutting(report, breakdown)
    assert without.known == learned.known == len(breakdown.tasks)
    assert without.f1 >= 0.78
    assert learned.f1 >= 0.78
    assert whole.f1 < without.f1 < by_lead.f1 < by_row.f1 < 0.9


def test_texts_go_together_one_to_one() -> None:
    cut = ["新建绿道十公里。", "新建绿道十公里。", "办好庙会。"]
    assert count_alike(cut, ["新建绿道十公里", "办好乡村庙会和市集。"]) == 1


def test_an_interval_narrows_with_the_rows() -> None:
    low, high = Bin(0.6, 0.8, 10, 7).interval
    narrow_low, narrow_high = Bin(0.6, 0.8, 1000, 700).interval
    assert (round(low, 2), round(high, 2)) == (0.4, 0.89)
    assert low < narrow_low < 0.7 < narrow_high < high
    assert Bin(0.6, 0.8, 0, 0).interval == (0.0, 1.0)
