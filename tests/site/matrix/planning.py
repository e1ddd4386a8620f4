"""Action plans: written by the lead unit, ruled by the office, read by leaders."""

from collections.abc import Callable
from typing import Any

from dukao.site.supervision.models import ActionPlan, PlanKind
from tests.site.conftest import MORNING

GET = """
                                    nobody clerk  head   liaiso unit_h leader deputy audito system securi
supervision:approve-plan            302    405    405    405    405    405    405    405    405    405
supervision:approve-plans           302    405    405    405    405    405    405    405    405    405
supervision:plan                    302    200    200    200    200    200    403    403    403    403
supervision:plan/other              302    200    200    404    404    404    403    403    403    403
supervision:plans                   302    200    200    200    200    403    403    403    403    403
supervision:recall-plan             302    405    405    405    405    405    405    405    405    405
supervision:return-plan             302    200    200    403    403    403    403    403    403    403
supervision:withdraw-plan           302    403    403    200    200    403    403    403    403    403
"""

POST = """
                                    nobody clerk  head   liaiso unit_h leader deputy audito system securi
supervision:approve-plan            302    409    409    403    403    403    403    403    403    403
supervision:approve-plans           302    422    422    403    403    403    403    403    403    403
supervision:plan                    302    403    403    422    422    403    403    403    403    403
supervision:plan/other              302    403    403    404    404    404    403    403    403    403
supervision:plans                   302    405    405    405    405    405    405    405    405    405
supervision:recall-plan             302    403    403    409    409    403    403    403    403    403
supervision:return-plan             302    422    422    403    403    403    403    403    403    403
supervision:withdraw-plan           302    403    403    302    302    403    403    403    403    403
"""


def things(place: Any) -> dict[str, Callable[[], Any]]:
    """What stands for the parameters of these addresses."""

    def plan() -> int:
        facts = {
            "unit": place.cast.lead,
            "kind": PlanKind.MILESTONES,
            "drafted_by": place.cast.users["liaison"],
            "drafted_at": MORNING,
        }
        one, _ = ActionPlan.objects.get_or_create(task=place.own, number=1, defaults=facts)
        return int(one.pk)

    return {"plan_id": plan}
