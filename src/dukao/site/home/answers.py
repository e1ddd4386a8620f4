"""Which answers somebody gets on the first page: one for every role held, the one with most to do first."""

from collections.abc import Callable
from datetime import datetime

from dukao.site.home.administrators import answer_auditor, answer_security, answer_system
from dukao.site.home.business import answer_deputy, answer_leader, answer_unit
from dukao.site.home.office import answer_clerk, answer_head
from dukao.site.home.values import Answer
from dukao.site.people.access import Viewer
from dukao.site.people.models import Role

_ANSWERS: dict[Role, Callable[[Viewer, datetime], Answer]] = {
    Role.HEAD: answer_head,
    Role.CLERK: answer_clerk,
    Role.LEADER: answer_leader,
    Role.UNIT_HEAD: answer_unit,
    Role.LIAISON: answer_unit,
    Role.DEPUTY: answer_deputy,
    Role.AUDITOR: answer_auditor,
    Role.SYSTEM_ADMIN: answer_system,
    Role.SECURITY_ADMIN: answer_security,
}


def answers_for(viewer: Viewer, now: datetime) -> list[Answer]:
    """An answer for every role this person holds; none for who holds none."""
    asked = dict.fromkeys(answer for role, answer in _ANSWERS.items() if role in viewer.roles)
    return [answer(viewer, now) for answer in asked]
