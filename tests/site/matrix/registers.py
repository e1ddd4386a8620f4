"""专项清单: kept and entered by the clerk, put in force by the head, filled in by the lead unit."""

from collections.abc import Callable
from datetime import date
from typing import Any

from dukao.presets.loading import load_entries
from dukao.site.ledger.duties import new_duty
from dukao.site.ledger.items import ItemWords, issue_item, write_item
from dukao.site.ledger.models import Role, TaskState
from dukao.site.supervision.models import KeptRegister, RegisterEntry, RegisterTerms
from tests.site.conftest import MORNING

GET = """
                                    nobody clerk  head   liaiso unit_h leader deputy audito system securi
api:list_items                      401    200    200    200    200    200    403    403    401    401
api:list_registers                  401    200    200    200    200    200    403    403    401    401
supervision:edit-item               302    200    403    200    200    403    403    403    403    403
supervision:import-items            302    200    403    403    403    403    403    403    403    403
supervision:issue-items             302    405    405    405    405    405    405    405    405    405
supervision:new-item                302    200    403    403    403    403    403    403    403    403
supervision:open-register           302    200    403    403    403    403    403    403    403    403
supervision:register                302    200    200    200    200    200    403    403    403    403
supervision:register-terms          302    200    403    403    403    403    403    403    403    403
supervision:register-workbook       302    200    200    200    200    200    403    403    403    403
supervision:registers               302    200    200    200    200    200    403    403    403    403
supervision:spots                   302    200    403    200    200    403    403    403    403    403
supervision:take-back-item          302    200    403    403    403    403    403    403    403    403
"""

POST = """
                                    nobody clerk  head   liaiso unit_h leader deputy audito system securi
api:list_items                      405    405    405    405    405    405    405    405    405    405
api:list_registers                  405    405    405    405    405    405    405    405    405    405
supervision:edit-item               302    422    403    422    422    403    403    403    403    403
supervision:import-items            302    422    403    403    403    403    403    403    403    403
supervision:issue-items             302    403    422    403    403    403    403    403    403    403
supervision:new-item                302    422    403    403    403    403    403    403    403    403
supervision:open-register           302    422    403    403    403    403    403    403    403    403
supervision:register                302    405    405    405    405    405    405    405    405    405
supervision:register-terms          302    422    403    403    403    403    403    403    403    403
supervision:register-workbook       302    405    405    405    405    405    405    405    405    405
supervision:registers               302    405    405    405    405    405    405    405    405    405
supervision:spots                   302    422    403    422    422    403    403    403    403    403
supervision:take-back-item          302    422    403    403    403    403    403    403    403    403
"""

VALUES = {"sort": "其他", "wants": "房屋漏水多年没有修", "people": 12.0}


def things(place: Any) -> dict[str, Callable[[], Any]]:
    """What stands for the parameters of these addresses: a list with places, an item of the cast's unit."""
    cast = place.cast

    def register() -> KeptRegister:
        clerk = cast.users["clerk"]
        one, is_new = KeptRegister.objects.get_or_create(
            place=cast.place, code="petition", defaults={"since": date(2024, 1, 1), "opened_by": clerk}
        )
        if is_new:
            says = load_entries("closed-loops")["petition"] | {"has_places": True}
            RegisterTerms.objects.create(register=one, says=says, since=MORNING, set_by=clerk)
        return one

    def item() -> int:
        entry = RegisterEntry.objects.filter(register=register()).first()
        if entry:
            return int(entry.task_id)
        words = ItemWords("化解望江小区房屋漏水信访", [new_duty(cast.lead, Role.LEAD)])
        task = write_item(cast.place.pk, 2024, words, MORNING)
        issue_item(TaskState.objects.at(None).get(task=task), "信访-2024-001", MORNING)
        RegisterEntry.objects.create(register=register(), task=task, values=VALUES, since=MORNING)
        return task.pk

    return {"code": lambda: (item(), register().code)[1], "item_id": item}
