"""Reminders, notices, letters, instructions, meetings, bulletins, and the page of the jobs."""

from collections.abc import Callable
from datetime import date
from typing import Any

from dukao.site.supervision.models import Bulletin, Delivery, Instruction, Meeting, Notice, Way
from tests.site.conftest import MORNING

GET = """
                                    nobody clerk  head   liaiso unit_h leader deputy audito system securi
api:list_deliveries                 401    200    200    403    403    403    403    403    401    401
api:list_reminders                  401    200    200    200    200    403    403    403    401    401
api:list_bulletins                  401    200    200    200    200    200    403    403    401    401
api:list_meetings                   401    200    200    403    403    200    403    403    401    401
api:list_instructions               401    200    200    200    200    200    403    403    401    401
supervision:answer-notice           302    403    403    200    200    403    403    403    403    403
supervision:bulletin                302    200    200    404    404    404    403    403    403    403
supervision:bulletin-paper          302    200    200    404    404    404    403    403    403    403
supervision:bulletins               302    200    200    200    200    200    403    403    403    403
supervision:check-bulletin          302    200    200    403    403    403    403    403    403    403
supervision:check-instruction       302    200    200    403    403    403    403    403    403    403
supervision:check-notice            302    200    200    403    403    403    403    403    403    403
supervision:close-notice            302    200    403    403    403    403    403    403    403    403
supervision:contact                 302    200    403    403    403    403    403    403    403    403
supervision:contacts                302    200    403    403    403    403    403    403    403    403
supervision:decide                  302    200    403    403    403    403    403    403    403    403
supervision:edit-bulletin           302    200    403    403    403    403    403    403    403    403
supervision:edit-notice             302    200    403    403    403    403    403    403    403    403
supervision:end-instruction         302    200    403    403    403    403    403    403    403    403
supervision:follow-instruction      302    200    403    200    200    403    403    403    403    403
supervision:instruction             302    200    200    200    200    200    403    403    403    403
supervision:instruction-paper       302    200    200    200    200    200    403    403    403    403
supervision:instructions            302    200    200    200    200    200    403    403    403    403
supervision:jobs                    302    200    200    403    403    403    403    403    200    403
supervision:meeting                 302    200    200    403    403    200    403    403    403    403
supervision:meeting-paper           302    200    200    403    403    200    403    403    403    403
supervision:meetings                302    200    200    403    403    200    403    403    403    403
supervision:new-bulletin            302    200    403    403    403    403    403    403    403    403
supervision:new-instruction         302    403    403    403    403    200    403    403    403    403
supervision:new-meeting             302    200    403    403    403    403    403    403    403    403
supervision:new-notice              302    200    403    403    403    403    403    403    403    403
supervision:notice                  302    200    200    200    200    200    403    403    403    403
supervision:notice-paper            302    200    200    200    200    200    403    403    403    403
supervision:notices                 302    200    200    200    200    200    403    403    403    403
supervision:raise-notice            302    200    403    403    403    403    403    403    403    403
supervision:redraw-agenda           302    405    405    405    405    405    405    405    405    405
supervision:redraw-bulletin         302    405    405    405    405    405    405    405    405    405
supervision:reminders               302    200    200    200    200    403    403    403    403    403
supervision:retry-delivery          302    405    405    405    405    405    405    405    405    405
supervision:return-notice           302    403    200    403    403    403    403    403    403    403
supervision:sign-bulletin           302    403    200    403    403    403    403    403    403    403
supervision:sign-instruction        302    403    200    403    403    403    403    403    403    403
supervision:sign-notice             302    403    200    403    403    403    403    403    403    403
supervision:tie-instruction         302    200    403    403    403    403    403    403    403    403
supervision:withdraw-bulletin       302    200    200    403    403    403    403    403    403    403
supervision:withdraw-instruction    302    200    403    403    403    403    403    403    403    403
supervision:withdraw-notice         302    200    200    403    403    403    403    403    403    403
"""

POST = """
                                    nobody clerk  head   liaiso unit_h leader deputy audito system securi
api:list_deliveries                 405    405    405    405    405    405    405    405    405    405
api:list_reminders                  405    405    405    405    405    405    405    405    405    405
api:list_bulletins                  405    405    405    405    405    405    405    405    405    405
api:list_meetings                   405    405    405    405    405    405    405    405    405    405
api:list_instructions               405    405    405    405    405    405    405    405    405    405
supervision:answer-notice           302    403    403    422    422    403    403    403    403    403
supervision:bulletin                302    405    405    405    405    405    405    405    405    405
supervision:bulletin-paper          302    405    405    405    405    405    405    405    405    405
supervision:bulletins               302    405    405    405    405    405    405    405    405    405
supervision:check-bulletin          302    409    302    403    403    403    403    403    403    403
supervision:check-instruction       302    409    409    403    403    403    403    403    403    403
supervision:check-notice            302    409    409    403    403    403    403    403    403    403
supervision:close-notice            302    422    403    403    403    403    403    403    403    403
supervision:contact                 302    302    403    403    403    403    403    403    403    403
supervision:contacts                302    405    405    405    405    405    405    405    405    405
supervision:decide                  302    422    403    403    403    403    403    403    403    403
supervision:edit-bulletin           302    422    403    403    403    403    403    403    403    403
supervision:edit-notice             302    422    403    403    403    403    403    403    403    403
supervision:end-instruction         302    422    403    403    403    403    403    403    403    403
supervision:follow-instruction      302    422    403    422    422    403    403    403    403    403
supervision:instruction             302    405    405    405    405    405    405    405    405    405
supervision:instruction-paper       302    405    405    405    405    405    405    405    405    405
supervision:instructions            302    405    405    405    405    405    405    405    405    405
supervision:jobs                    302    405    405    405    405    405    405    405    405    405
supervision:meeting                 302    405    405    405    405    405    405    405    405    405
supervision:meeting-paper           302    405    405    405    405    405    405    405    405    405
supervision:meetings                302    405    405    405    405    405    405    405    405    405
supervision:new-bulletin            302    422    403    403    403    403    403    403    403    403
supervision:new-instruction         302    403    403    403    403    200    403    403    403    403
supervision:new-meeting             302    422    403    403    403    403    403    403    403    403
supervision:new-notice              302    200    403    403    403    403    403    403    403    403
supervision:notice                  302    405    405    405    405    405    405    405    405    405
supervision:notice-paper            302    405    405    405    405    405    405    405    405    405
supervision:notices                 302    405    405    405    405    405    405    405    405    405
supervision:raise-notice            302    422    403    403    403    403    403    403    403    403
supervision:redraw-agenda           302    302    403    403    403    403    403    403    403    403
supervision:redraw-bulletin         302    302    403    403    403    403    403    403    403    403
supervision:reminders               302    405    405    405    405    405    405    405    405    405
supervision:retry-delivery          302    302    403    403    403    403    403    403    403    403
supervision:return-notice           302    403    422    403    403    403    403    403    403    403
supervision:sign-bulletin           302    403    409    403    403    403    403    403    403    403
supervision:sign-instruction        302    403    409    403    403    403    403    403    403    403
supervision:sign-notice             302    403    409    403    403    403    403    403    403    403
supervision:tie-instruction         302    422    403    403    403    403    403    403    403    403
supervision:withdraw-bulletin       302    422    422    403    403    403    403    403    403    403
supervision:withdraw-instruction    302    422    403    403    403    403    403    403    403    403
supervision:withdraw-notice         302    422    422    403    403    403    403    403    403    403
"""


def things(place: Any) -> dict[str, Callable[[], Any]]:
    """What stands for the parameters of these addresses."""
    cast = place.cast

    def notice() -> int:
        """A draft of the program's to the cast's unit, signed."""
        facts = {
            "place": cast.place,
            "rung": "blue",
            "name": "蓝色督办单",
            "year": 2024,
            "number": 1,
            "stage": "sent",
            "cause": "进度滞后",
            "asked": "请说明原因",
            "facts": [{"task": place.own.pk, "number": place.own.number, "words": "改造老旧小区18个。"}],
            "due": date(2024, 7, 8),
            "drafted_at": MORNING,
            "signed_by": cast.users["head"],
            "signed_at": MORNING,
        }
        one, is_new = Notice.objects.get_or_create(unit=cast.lead, key="matrix", defaults=facts)
        if is_new:
            one.tasks.add(place.own)
        return int(one.pk)

    def meeting() -> Meeting:
        agenda = {"year": 2024, "as_of": "2024-03-01", "counts": {}, "total": 0, "items": []}
        facts = {"agenda": agenda, "created_by": cast.users["clerk"], "created_at": MORNING}
        one, _ = Meeting.objects.get_or_create(
            place=cast.place, held_on=date(2024, 3, 1), title="督查例会", defaults=facts
        )
        return one

    def instruction() -> int:
        """A decision on the own task, laid on the cast's unit, its paper signed."""
        facts = {"words": "限期完成", "given_by": cast.users["clerk"], "given_at": MORNING}
        facts |= dict.fromkeys(("checked_by", "signed_by"), cast.users["head"])
        facts |= dict.fromkeys(("checked_at", "signed_at"), MORNING)
        one, _ = Instruction.objects.get_or_create(
            place=cast.place, task=place.own, meeting=meeting(), unit=cast.lead, defaults=facts
        )
        return int(one.pk)

    def bulletin() -> int:
        content: dict[str, Any] = {
            name: [] for name in ("leaders", "units", "better", "behind", "blocked", "silent", "late")
        }
        content |= {"since": "2024-02-01", "burden": "", "opening": "总体平稳。", "requirements": []}
        facts = {
            "as_of": date(2024, 3, 1),
            "year": 2024,
            "content": content,
            "drafted_by": cast.users["clerk"],
            "drafted_at": MORNING,
        }
        one, _ = Bulletin.objects.get_or_create(place=cast.place, label="2024年2月", defaults=facts)
        return int(one.pk)

    def delivery() -> int:
        facts = {"subject": "提醒", "words": "提醒", "made_at": MORNING, "tries": 6}
        one, _ = Delivery.objects.get_or_create(place=cast.place, way=Way.ROBOT, defaults=facts)
        return int(one.pk)

    return {
        "notice_id": notice,
        "meeting_id": lambda: meeting().pk,
        "instruction_id": instruction,
        "bulletin_id": bulletin,
        "delivery_id": delivery,
    }
