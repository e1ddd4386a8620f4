"""督办单和商请函: drafted, checked by another, signed and numbered, answered, closed or a rung up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max, Q
from django.http import Http404
from django.utils.timezone import localdate

from dukao.site.history.actions import record
from dukao.site.ledger.models import Responsibility
from dukao.site.people.access import Act, Viewer, may, require
from dukao.site.people.models import Place, Unit
from dukao.site.refusals import Refused
from dukao.site.statements import Lookup, Update
from dukao.site.supervision.access import spoken_for
from dukao.site.supervision.models import Notice, NoticeStage
from dukao.site.supervision.naming import Action
from dukao.site.supervision.practice import practice_of
from dukao.site.supervision.pressing.deadlines import answer_due
from dukao.site.supervision.pressing.errors import Refusal
from dukao.site.supervision.pressing.facts import Fact, facts_for_letter, facts_of_day
from dukao.site.supervision.pressing.ladder import LETTER, LETTER_NAME, Rung, above, rungs_of
from dukao.site.supervision.pressing.proposing import draft, plain, said_of

_OPEN = (NoticeStage.DRAFT, NoticeStage.CHECKED)
_OUT = (NoticeStage.SENT, NoticeStage.ANSWERED)
# What a step of a notice reads of it.
_READ = (
    *("rung", "name", "number", "stage", "cause", "asked", "facts", "days", "due", "drafted_by"),
    *("answer", "answered_at", "unit__name"),
)
_HELD = Lookup(
    Notice.objects.order_by().select_related("unit").only(*_READ).select_for_update(of=("self",)),
    *("pk", "place_id"),
)
_CHECKED = Update(Notice, "stage", "checked_by", "checked_at", "returned_why")
_SIGNED = Update(Notice, "year", "number", "due", "stage", "signed_by", "signed_at")
_ANSWERED = Update(Notice, "stage", "answer", "answered_by", "answered_at")
_CLOSED = Update(Notice, "stage", "closed_at", "closed_by", "closing_why")


@dataclass(frozen=True, slots=True)
class NoticeWords:
    """What a person may write on a notice: why, what is asked, in how many working days."""

    cause: str
    asked: str
    days: int


@transaction.atomic
def draft_notice(
    unit_id: int, rung: str, task_ids: Sequence[int], words: NoticeWords, *, by: Viewer, at: datetime
) -> Notice:
    """Draft a notice by hand, or to a partner a letter; about tasks the unit has a part in."""
    require(by, Act.PRESS)
    place = Place.objects.select_for_update().get(pk=by.place_id)
    unit = Unit.objects.filter(pk=unit_id, place=place).first()
    if unit is None:
        raise Http404
    name = _name_of(unit, rung, place.pk, at)
    _insist_on_words(words)
    tasks = _own_tasks(unit, task_ids)
    today = localdate(at)
    if rung == LETTER:
        facts = facts_for_letter(tasks, _parts(unit, tasks), today)
    else:
        facts = facts_of_day(tasks, today)
    notice = Notice(
        place=place,
        unit=unit,
        rung=rung,
        name=name,
        year=today.year,
        cause=words.cause.strip(),
        asked=words.asked.strip(),
        days=words.days,
        key=f"hand:{rung}:{at:%Y%m%dT%H%M%S%f}",
        drafted_at=at,
        drafted_by_id=by.user_id,
    )
    return draft(notice, facts, by.actor)


@transaction.atomic
def edit_notice(notice_id: int, words: NoticeWords, *, by: Viewer, at: datetime) -> Notice:
    """Write over a draft; one that was checked has to be checked again, for its words are others now."""
    require(by, Act.PRESS)
    notice = _lock(notice_id, by, _OPEN, "修改")
    _insist_on_words(words)
    before = plain(notice)
    notice.cause, notice.asked, notice.days = words.cause.strip(), words.asked.strip(), words.days
    notice.stage, notice.checked_by, notice.checked_at = NoticeStage.DRAFT, None, None
    notice.save(update_fields=("cause", "asked", "days", "stage", "checked_by", "checked_at"))
    return _record(Action.NOTICE_EDITED, notice, by=by, at=at, before=before)


@transaction.atomic
def check_notice(notice_id: int, *, by: Viewer, at: datetime) -> Notice:
    """核稿: somebody of the office who did not write it stands for its facts and words."""
    require(by, Act.SIGN, Act.PRESS)
    notice = _lock(notice_id, by, (NoticeStage.DRAFT,), "核稿")
    before = plain(notice)
    if notice.drafted_by_id == by.user_id:
        raise Refused(Refusal.OTHER_CHECKS)
    notice.stage, notice.checked_by_id, notice.checked_at = NoticeStage.CHECKED, by.user_id, at
    notice.returned_why = ""
    _CHECKED.save(notice)
    return _record(Action.NOTICE_CHECKED, notice, by=by, at=at, before=before)


@transaction.atomic
def return_notice(notice_id: int, why: str, *, by: Viewer, at: datetime) -> Notice:
    """The head sends a checked draft back to the clerk, with why."""
    require(by, Act.SIGN)
    _insist(why, "退回理由", "经办要按它修改")
    notice = _lock(notice_id, by, _OPEN, "退回")
    before = plain(notice)
    notice.stage, notice.checked_by, notice.checked_at = NoticeStage.DRAFT, None, None
    notice.returned_why = why.strip()
    _CHECKED.save(notice)
    return _record(Action.NOTICE_RETURNED, notice, by=by, at=at, before=before, why=why)


@transaction.atomic
def sign_notice(notice_id: int, *, by: Viewer, at: datetime) -> Notice:
    """签发: the head signs a checked draft; it gets its number and the day to answer by, and goes out."""
    require(by, Act.SIGN)
    Place.objects.select_for_update().get(pk=by.place_id)
    notice = _lock(notice_id, by, _OPEN, "签发")
    before = plain(notice)
    if notice.stage != NoticeStage.CHECKED:
        raise Refused(Refusal.NOT_CHECKED)
    today = localdate(at)
    notice.year = today.year
    last = Notice.objects.filter(place_id=by.place_id, year=notice.year, rung=notice.rung)
    notice.number = (last.aggregate(last=Max("number"))["last"] or 0) + 1
    notice.due = answer_due(today, notice.days)
    notice.stage, notice.signed_by_id, notice.signed_at = NoticeStage.SENT, by.user_id, at
    _SIGNED.save(notice)
    return _record(Action.NOTICE_SIGNED, notice, by=by, at=at, before=before)


@transaction.atomic
def answer_notice(notice_id: int, answer: str, *, by: Viewer, at: datetime) -> Notice:
    """The unit answers; late is still taken, and shown as late. The office writes down a partner's answer."""
    _insist(answer, "答复", "写明原因、措施和完成日期")
    notice = _lock(notice_id, by, _OUT, "答复")
    if not (notice.is_letter and may(by, Act.PRESS)):
        require(by, Act.FILE)
        if not spoken_for(by, [notice.unit_id]):
            raise Refused(Refusal.NOT_YOUR_PAPER, status=403, name=notice.name)
    before = plain(notice)
    notice.answer, notice.answered_by_id = answer.strip(), by.user_id
    # An answer mended before the office has ruled keeps the day of the first.
    notice.answered_at = notice.answered_at or at
    notice.stage = NoticeStage.ANSWERED
    _ANSWERED.save(notice)
    return _record(Action.NOTICE_ANSWERED, notice, by=by, at=at, before=before)


@transaction.atomic
def close_notice(notice_id: int, why: str, *, by: Viewer, at: datetime) -> Notice:
    """The office closes a notice with its opinion of the answer."""
    require(by, Act.PRESS)
    _insist(why, "办结意见", "说明答复是否落实")
    notice = _lock(notice_id, by, _OUT, "办结")
    return _close(notice, why, Action.NOTICE_CLOSED, by=by, at=at)


@transaction.atomic
def raise_notice(notice_id: int, why: str, *, by: Viewer, at: datetime) -> Notice:
    """The office is not content: this notice ends, and the next rung's is drafted for the same tasks."""
    require(by, Act.PRESS)
    _insist(why, "升级理由", "说明哪里没有落实")
    notice = _lock(notice_id, by, _OUT, "升级")
    if notice.is_letter:
        raise Refused(Refusal.PARTNER, unit=notice.unit.name)
    rung = above(rungs_of(practice_of(by.place_id, localdate(at))), notice.rung)
    if rung is None:
        raise Refused(Refusal.TOP_RUNG, name=notice.name)
    _close(notice, why, Action.NOTICE_RAISED, by=by, at=at)
    raised = Notice(
        place_id=by.place_id,
        unit=notice.unit,
        rung=rung.code,
        name=rung.name,
        year=localdate(at).year,
        cause=f"《{notice}》要求事项没有落实：{why.strip()}",
        asked=rung.asked,
        days=rung.days,
        key=f"raised:{notice.pk}",
        raised_from=notice,
        drafted_at=at,
    )
    facts: list[Fact] = facts_of_day([line["task"] for line in notice.facts], localdate(at))
    kept = {line["task"]: line.get("since") for line in notice.facts}
    for line in facts:
        line["since"] = kept.get(line["task"]) or line["since"]
    return draft(raised, facts, by.actor)


@transaction.atomic
def withdraw_notice(notice_id: int, why: str, *, by: Viewer, at: datetime) -> Notice:
    """Take a notice back with a reason: a draft by the clerk or the head, a signed one by the head alone."""
    require(by, Act.SIGN, Act.PRESS)
    _insist(why, "撤回理由", "它会留在历史记录里")
    notice = _lock(notice_id, by, (*_OPEN, *_OUT), "撤回")
    before = plain(notice)
    if notice.stage in _OUT:
        require(by, Act.SIGN)
    notice.stage, notice.withdrawn_at, notice.withdrawn_why = NoticeStage.WITHDRAWN, at, why.strip()
    notice.save(update_fields=("stage", "withdrawn_at", "withdrawn_why"))
    return _record(Action.NOTICE_WITHDRAWN, notice, by=by, at=at, before=before, why=why)


def rungs_for(unit: Unit, place_id: int, at: datetime) -> tuple[Rung, ...]:
    """The rungs a notice by hand may be of: the place's ladder; for a partner none, only a letter."""
    return () if unit.is_partner else rungs_of(practice_of(place_id, localdate(at)))


def _name_of(unit: Unit, rung: str, place_id: int, at: datetime) -> str:
    if rung == LETTER:
        if not unit.is_partner:
            raise Refused(Refusal.NOT_PARTNER, unit=unit.name)
        return LETTER_NAME
    if unit.is_partner:
        raise Refused(Refusal.PARTNER, unit=unit.name)
    for one in rungs_for(unit, place_id, at):
        if one.code == rung:
            return one.name
    raise Refused(Refusal.NO_RUNG, status=422)


def _own_tasks(unit: Unit, task_ids: Sequence[int]) -> list[int]:
    """Those of the tasks the unit has a part in, by name or by its groups; none is refused."""
    part = Q(unit=unit) | Q(group__memberships__unit=unit, group__memberships__until__isnull=True)
    duties = Responsibility.objects.at(None).filter(part, task_id__in=list(task_ids))
    own = set(duties.values_list("task_id", flat=True))
    tasks = [task for task in dict.fromkeys(task_ids) if task in own]
    if not tasks:
        raise Refused(Refusal.NO_TASK, status=422, unit=unit.name)
    return tasks


def _parts(unit: Unit, tasks: list[int]) -> dict[int, str]:
    led = Responsibility.objects.at(None).filter(unit=unit, task_id__in=tasks, role="lead")
    leads = set(led.values_list("task_id", flat=True))
    return {task: "牵头" if task in leads else "支持" for task in tasks}


def _insist(words: str, what: str, why: str) -> None:
    if not words.strip():
        raise Refused(Refusal.NEEDS_WORDS, status=422, what=what, why=why)


def _insist_on_words(words: NoticeWords) -> None:
    _insist(words.cause, "事由", "受文单位要知道为什么")
    _insist(words.asked, "要求", "受文单位要知道办什么")


def _lock(notice_id: int, by: Viewer, stages: Sequence[NoticeStage], what: str) -> Notice:
    notices = _HELD.find(notice_id, by.place_id)
    if not notices:
        raise Http404
    notice: Notice = notices[0]
    if notice.stage not in stages:
        stage = notice.get_stage_display()
        raise Refused(Refusal.NOTICE_STAGE, name=notice.name, stage=stage, what=what)
    return notice


def _close(notice: Notice, why: str, action: Action, *, by: Viewer, at: datetime) -> Notice:
    before = plain(notice)
    notice.stage, notice.closed_at, notice.closed_by_id = NoticeStage.CLOSED, at, by.user_id
    notice.closing_why = why.strip()
    _CLOSED.save(notice)
    return _record(action, notice, by=by, at=at, before=before, why=why)


def _record(
    action: Action, notice: Notice, *, by: Viewer, at: datetime, before: object = None, why: str = ""
) -> Notice:
    tasks = (("task", line["task"]) for line in notice.facts)
    about = [("notice", notice.pk), ("unit", notice.unit_id), *tasks]
    label, after = said_of(notice, action), plain(notice)
    record(action, by=by.actor, at=at, about=about, before=before, after=after, why=why.strip(), label=label)
    return notice
