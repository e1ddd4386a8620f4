"""Close-out and standing: a close-out in every state for the act that asks for it, an act drafted."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from dukao.site.supervision.closing.checklists import checklist_for
from dukao.site.supervision.models import (
    Completion,
    CompletionStage,
    EvidenceKind,
    Exhibit,
    ShownObjection,
    Standing,
    StandingKind,
)
from tests.site.conftest import MORNING

GET = """
                                    nobody clerk  head   liaiso unit_h leader deputy audito system securi
supervision:apply-close             302    403    403    403    200    403    403    403    403    403
supervision:apply-close/other       302    403    403    403    404    403    403    403    403    403
supervision:ask-visit               302    200    200    403    403    403    403    403    403    403
supervision:cancel-visit            302    200    200    403    403    403    403    403    403    403
supervision:closing                 302    200    200    200    200    200    403    403    403    403
supervision:closing-paper           302    200    200    200    200    200    403    403    403    403
supervision:closings                302    200    200    200    200    200    403    403    403    403
supervision:exhibit                 302    404    404    404    404    404    403    403    403    403
supervision:look-back               302    200    200    403    403    403    403    403    403    403
supervision:new-standing            302    200    403    403    403    403    403    403    403    403
supervision:object-to-close         302    200    200    403    403    403    403    403    403    403
supervision:recall-verification     302    200    200    403    403    403    403    403    403    403
supervision:record-visit            302    200    200    403    403    403    403    403    403    403
supervision:reopen                  302    403    200    403    403    403    403    403    403    403
supervision:return-close            302    200    200    403    403    403    403    403    403    403
supervision:return-standing         302    403    200    403    403    403    403    403    403    403
supervision:settle-shown            302    200    200    403    403    403    403    403    403    403
supervision:sign-close              302    403    200    403    403    403    403    403    403    403
supervision:sign-standing           302    403    200    403    403    403    403    403    403    403
supervision:standing                302    200    200    404    404    404    403    403    403    403
supervision:standing-paper          302    200    200    404    404    404    403    403    403    403
supervision:standings               302    200    200    200    200    200    403    403    403    403
supervision:verify-close            302    200    200    403    403    403    403    403    403    403
supervision:withdraw-close          302    403    403    403    200    403    403    403    403    403
supervision:withdraw-standing       302    200    403    403    403    403    403    403    403    403
"""

POST = """
                                    nobody clerk  head   liaiso unit_h leader deputy audito system securi
supervision:apply-close             302    403    403    403    422    403    403    403    403    403
supervision:apply-close/other       302    403    403    403    404    403    403    403    403    403
supervision:ask-visit               302    422    422    403    403    403    403    403    403    403
supervision:cancel-visit            302    422    422    403    403    403    403    403    403    403
supervision:closing                 302    405    405    405    405    405    405    405    405    405
supervision:closing-paper           302    405    405    405    405    405    405    405    405    405
supervision:closings                302    405    405    405    405    405    405    405    405    405
supervision:exhibit                 302    405    405    405    405    405    405    405    405    405
supervision:look-back               302    422    422    403    403    403    403    403    403    403
supervision:new-standing            302    200    403    403    403    403    403    403    403    403
supervision:object-to-close         302    422    422    403    403    403    403    403    403    403
supervision:recall-verification     302    409    409    403    403    403    403    403    403    403
supervision:record-visit            302    422    422    403    403    403    403    403    403    403
supervision:reopen                  302    403    422    403    403    403    403    403    403    403
supervision:return-close            302    422    422    403    403    403    403    403    403    403
supervision:return-standing         302    403    422    403    403    403    403    403    403    403
supervision:settle-shown            302    422    422    403    403    403    403    403    403    403
supervision:sign-close              302    403    422    403    403    403    403    403    403    403
supervision:sign-standing           302    403    409    403    403    403    403    403    403    403
supervision:standing                302    405    405    405    405    405    405    405    405    405
supervision:standing-paper          302    405    405    405    405    405    405    405    405    405
supervision:standings               302    405    405    405    405    405    405    405    405    405
supervision:verify-close            302    422    422    403    403    403    403    403    403    403
supervision:withdraw-close          302    403    403    403    302    403    403    403    403    403
supervision:withdraw-standing       302    422    403    403    403    403    403    403    403    403
"""


def things(place: Any) -> dict[str, Callable[[], Any]]:
    """What stands for the parameters of these addresses."""
    cast, at = place.cast, MORNING + timedelta(days=2)

    def completion() -> Completion:
        """An application of the cast's unit for the own task, waiting to be verified."""
        facts = {
            "done_on": at.date(),
            "summary": "18个小区全部竣工验收。",
            "checklist": [
                {"item": item, "is_met": True, "words": ""} for item in checklist_for("cumulative").items
            ],
            "applied_by": cast.users["unit_head"],
            "applied_at": at,
        }
        one, _ = Completion.objects.get_or_create(
            task=place.own, unit=cast.lead, stage=CompletionStage.APPLIED, defaults=facts
        )
        return one

    def exhibit() -> Exhibit:
        """A sentence brought with it; there is no file behind it."""
        facts = {
            "title": "验收文件",
            "fingerprint": "0" * 64,
            "added_by": cast.users["unit_head"],
            "added_at": at,
        }
        return Exhibit.objects.get_or_create(
            completion=completion(), kind=EvidenceKind.ACCEPTANCE, defaults=facts
        )[0]

    def objection() -> ShownObjection:
        facts = {"said_on": at.date(), "words": "漏水", "noted_by": cast.users["clerk"], "noted_at": at}
        return ShownObjection.objects.get_or_create(completion=completion(), who="群众来电", defaults=facts)[
            0
        ]

    def standing() -> Standing:
        facts = {
            "act": "望政纪〔2024〕3号",
            "dated": at.date(),
            "why": "用地未批",
            "drafted_by": cast.users["clerk"],
            "drafted_at": at,
        }
        return Standing.objects.get_or_create(task=place.own, kind=StandingKind.SUSPENDED, defaults=facts)[0]

    return {
        "completion_id": lambda: completion().pk,
        "exhibit_id": lambda: exhibit().pk,
        "shown_id": lambda: objection().pk,
        "standing_id": lambda: standing().pk,
    }
