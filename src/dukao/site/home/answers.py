"""Which answers somebody gets on the first page: one for every role held, the one with most to do first."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime

from django.utils.timezone import localdate

from dukao.site.home.administrators import answer_auditor, answer_security, answer_system
from dukao.site.home.business import answer_deputy, answer_leader, answer_unit
from dukao.site.home.office import answer_clerk, answer_head
from dukao.site.home.values import Answer, Wait, Word
from dukao.site.people.access import Viewer
from dukao.site.people.models import Role
from dukao.site.supervision.queries import needs_of

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
    """An answer for every role this person holds; none for who holds none.

    What waits in the year's work waits for the person, whatever the role: it stands with the first answer.
    """
    asked = dict.fromkeys(answer for role, answer in _ANSWERS.items() if role in viewer.roles)
    answers = [answer(viewer, now) for answer in asked]
    needs = [Wait(one.count, one.words, one.address, one.due) for one in needs_of(viewer, now)]
    today = localdate(now)
    return [say_waiting(answer, needs if at == 0 else (), today) for at, answer in enumerate(answers)]


def say_waiting(answer: Answer, needs: Iterable[Wait], today: date) -> Answer:
    """The answer with all that waits, the earliest limit first, and the sentence that says how much it is."""
    found = sorted((*needs, *answer.waiting), key=lambda one: one.due or date.max)
    waiting = tuple(_dated(one, today) for one in found)
    if not waiting:
        return answer
    count = sum(one.count for one in waiting)
    first = waiting[0]
    words = [Word(f"{count} 项", first.href if len(waiting) == 1 else "#waiting"), Word("需要您处理")]
    if first.until:
        words += [Word("，最早的" if first.is_late else "，最早"), Word(first.until, first.href)]
    return replace(answer, waiting=waiting, opening=(*words, Word("。")))


def _dated(one: Wait, today: date) -> Wait:
    return replace(one, until=say_until(one.due, today), is_late=one.due < today) if one.due else one


def say_until(due: date, today: date) -> str:
    """How near a day is, in words."""
    left = (due - today).days
    if left < 0:
        return f"已过期 {-left} 天"
    return {0: "今天到期", 1: "明天到期"}.get(left, f"{left} 天后到期")
