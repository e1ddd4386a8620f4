"""Coverage: what the report promised for the year, and what of it no row takes up."""

from dukao.breakdown.comparison.folding import count_letters, fold
from dukao.breakdown.comparison.ground import PLAN
from dukao.breakdown.values import Coverage
from dukao.report.values import Commitment, Report

_LEAST = 0.5  # of a commitment's letters must stand in the spans of rows


def measure_coverage(report: Report, taken: bytearray) -> Coverage:
    """The coverage of the commitments of the plan and of the part on the government itself.

    `taken` has a 1 for every character of the report that the spans of some row hold. `covered`,
    `uncovered` and `not_tasks` (framing that no row takes up, as it should be) make up `commitments`; what
    the report promises for later years is not counted.
    """
    years = {measure.id: measure.year for measure in report.measures}
    promised = [
        one
        for one in report.commitments
        if _part_of(report, one) in PLAN and not _is_for_later(one, years, report.year)
    ]
    open_ones = [one for one in promised if not _is_covered(report.source.text, one, taken)]
    uncovered = tuple(one.id for one in open_ones if one.kind != "aspiration")
    framing = tuple(one.id for one in open_ones if one.kind == "aspiration")
    return Coverage(len(promised), len(promised) - len(open_ones), uncovered, framing)


def _is_for_later(commitment: Commitment, years: dict[str, int | None], this_year: int | None) -> bool:
    """Whether all numbers of a commitment are of later years: no breakdown of this year owes them."""
    own = [years.get(measure) for measure in commitment.measures]
    return bool(own) and this_year is not None and all(year and year > this_year for year in own)


def _part_of(report: Report, commitment: Commitment) -> str:
    for section in report.outline:
        if section.id == commitment.section:
            return section.part
    return next((p.part for p in report.passages if p.start <= commitment.start < p.end), "plan")


def _is_covered(text: str, commitment: Commitment, taken: bytearray) -> bool:
    whole = fold(text, commitment.start, commitment.end)
    held = "".join(letter for letter, place in zip(whole.text, whole.places, strict=True) if taken[place])
    return count_letters(held) >= _LEAST * count_letters(whole.text)
