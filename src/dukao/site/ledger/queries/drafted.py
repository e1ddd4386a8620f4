"""What stands beside the questions of a drafted breakdown: how many leads are likely, what was left out."""

from typing import NamedTuple

from dukao.site.ledger.models import Breakdown
from dukao.site.ledger.review.bringing_back import LeftOut, left_out_of
from dukao.site.ledger.review.model_asking import named_model
from dukao.site.ledger.review.settling import likely_leads

# Per cent a lead may be asked to be sure of, before it is taken with all others that are.
_LEAST = (90, 80, 70, 60, 50)


class Drafted(NamedTuple):
    """`likely`: per cent, and how many open rows have a proposal at least so sure. `model`: one set up."""

    likely: tuple[tuple[int, int], ...]
    left_out: tuple[LeftOut, ...]
    model: str


def read_drafted(breakdown: Breakdown) -> Drafted:
    """What the review of a drafted breakdown shows besides."""
    lowest = likely_leads(breakdown, _LEAST[-1])
    sure = [int(one.facts["candidates"][0]["sure"]) for one in lowest]
    counted = ((least, sum(one >= least for one in sure)) for least in _LEAST)
    return Drafted(
        tuple((least, count) for least, count in counted if count),
        tuple(left_out_of(breakdown)),
        named_model(),
    )
