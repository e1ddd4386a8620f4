"""Assignments: sent by the clerk, answered by the unit, settled by the clerk."""

from collections.abc import Callable
from typing import Any

from dukao.site.supervision.models import Assignment
from tests.site.conftest import MORNING

GET = """
                                    nobody clerk  head   liaiso unit_h leader deputy audito system securi
api:list_assignments                401    200    200    200    200    403    403    403    401    401
supervision:assignments             302    200    200    200    200    403    403    403    403    403
supervision:confirm-assignments     302    405    405    405    405    405    405    405    405    405
supervision:object-to-assignment    302    403    403    200    200    403    403    403    403    403
supervision:send-assignments        302    200    403    403    403    403    403    403    403    403
supervision:settle-objection        302    200    403    403    403    403    403    403    403    403
supervision:take-back-answer        302    405    405    405    405    405    405    405    405    405
"""

POST = """
                                    nobody clerk  head   liaiso unit_h leader deputy audito system securi
api:list_assignments                405    405    405    405    405    405    405    405    405    405
supervision:assignments             302    200    200    200    200    403    403    403    403    403
supervision:confirm-assignments     302    403    403    302    302    403    403    403    403    403
supervision:object-to-assignment    302    403    403    422    422    403    403    403    403    403
supervision:send-assignments        302    302    403    403    403    403    403    403    403    403
supervision:settle-objection        302    422    403    403    403    403    403    403    403    403
supervision:take-back-answer        302    403    403    409    409    403    403    403    403    403
"""


def things(place: Any) -> dict[str, Callable[[], Any]]:
    """What stands for the parameters of these addresses."""

    def assignment() -> int:
        facts = {"sent_at": MORNING, "due": MORNING.date()}
        one, _ = Assignment.objects.get_or_create(task=place.own, unit=place.cast.lead, defaults=facts)
        return int(one.pk)

    return {"assignment_id": assignment}
