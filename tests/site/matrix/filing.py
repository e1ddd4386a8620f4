"""Rounds and filings."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from dukao.site.supervision.filing.rounds import open_rounds
from dukao.site.supervision.models import Evidence, EvidenceKind, Filing, Round
from tests.site.conftest import MORNING

GET = """
                                    nobody clerk  head   liaiso unit_h leader deputy audito system securi
api:list_burden                     401    200    200    403    403    403    403    403    401    401
supervision:accept-filing           302    405    405    405    405    405    405    405    405    405
supervision:accept-filings          302    405    405    405    405    405    405    405    405    405
supervision:add-evidence            302    405    405    405    405    405    405    405    405    405
supervision:burden                  302    200    200    403    403    403    403    403    403    403
supervision:confirm-filings         302    405    405    405    405    405    405    405    405    405
supervision:evidence                302    404    404    404    404    404    403    403    403    403
supervision:file-unchanged          302    405    405    405    405    405    405    405    405    405
supervision:filings                 302    403    403    200    200    403    403    403    403    403
supervision:filings-workbook        302    403    403    200    200    403    403    403    403    403
supervision:import-filings          302    403    403    200    200    403    403    403    403    403
supervision:recall-filings          302    405    405    405    405    405    405    405    405    405
supervision:return-filing           302    302    403    403    403    403    403    403    403    403
supervision:round                   302    200    200    403    403    403    403    403    403    403
supervision:rounds                  302    200    200    403    403    403    403    403    403    403
supervision:save-filing             302    405    405    405    405    405    405    405    405    405
supervision:take-part               302    405    405    405    405    405    405    405    405    405
supervision:undo-filing             302    405    405    405    405    405    405    405    405    405
supervision:withdraw-evidence       302    403    403    200    200    403    403    403    403    403
"""

POST = """
                                    nobody clerk  head   liaiso unit_h leader deputy audito system securi
api:list_burden                     405    405    405    405    405    405    405    405    405    405
supervision:accept-filing           302    409    403    403    403    403    403    403    403    403
supervision:accept-filings          302    302    403    403    403    403    403    403    403    403
supervision:add-evidence            302    403    403    422    422    403    403    403    403    403
supervision:burden                  302    405    405    405    405    405    405    405    405    405
supervision:confirm-filings         302    403    403    403    302    403    403    403    403    403
supervision:evidence                302    405    405    405    405    405    405    405    405    405
supervision:file-unchanged          302    403    403    409    409    403    403    403    403    403
supervision:filings                 302    405    405    405    405    405    405    405    405    405
supervision:filings-workbook        302    405    405    405    405    405    405    405    405    405
supervision:import-filings          302    403    403    422    422    403    403    403    403    403
supervision:recall-filings          302    403    403    403    409    403    403    403    403    403
supervision:return-filing           302    422    403    403    403    403    403    403    403    403
supervision:round                   302    405    405    405    405    405    405    405    405    405
supervision:rounds                  302    405    405    405    405    405    405    405    405    405
supervision:save-filing             302    403    403    422    422    403    403    403    403    403
supervision:take-part               302    403    403    404    404    403    403    403    403    403
supervision:undo-filing             302    403    403    409    409    403    403    403    403    403
supervision:withdraw-evidence       302    403    403    302    302    403    403    403    403    403
"""


def things(place: Any) -> dict[str, Callable[[], Any]]:
    """What stands for the parameters of these addresses."""

    def round_() -> Round:
        if not Round.objects.exists():
            open_rounds(place.cast.place.pk, at=MORNING + timedelta(days=20))
        return Round.objects.order_by("period_end")[0]

    def filing() -> Filing:
        return Filing.objects.get(round=round_(), task=place.own, unit=place.cast.lead)

    def evidence() -> Evidence:
        facts = {
            "kind": EvidenceKind.WORD,
            "title": "已与施工单位签订合同。",
            "fingerprint": "0" * 64,
            "added_by": place.cast.users["liaison"],
            "added_at": MORNING + timedelta(days=21),
        }
        return Evidence.objects.get_or_create(filing=filing(), defaults=facts)[0]

    return {
        "round_id": lambda: round_().pk,
        "filing_id": lambda: filing().pk,
        "part_id": lambda: filing().pk,
        "evidence_id": lambda: evidence().pk,
    }
