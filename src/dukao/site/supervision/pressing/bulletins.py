"""督查通报: drawn from the facts of a day and kept as said; checked by another, signed, numbered."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.http import Http404
from django.utils.timezone import localdate

from dukao.progress.periods import month_end
from dukao.site.history.actions import record
from dukao.site.people.access import Act, Viewer, require
from dukao.site.people.models import Place
from dukao.site.refusals import Refused
from dukao.site.supervision.models import Bulletin, NoticeStage
from dukao.site.supervision.naming import Action
from dukao.site.supervision.pressing.bulletin_facts import draw_facts
from dukao.site.supervision.pressing.errors import Refusal

_OPEN = (NoticeStage.DRAFT, NoticeStage.CHECKED)


@transaction.atomic
def draft_bulletin(label: str, as_of: date, *, by: Viewer, at: datetime) -> Bulletin:
    """Draft a period's bulletin from the facts of a day; one for each period."""
    require(by, Act.PRESS)
    place = Place.objects.select_for_update().get(pk=by.place_id)
    if not label.strip():
        raise Refused(Refusal.NEEDS_WORDS, status=422, what="期次", why="标题里要用，如“2024年9月”")
    if as_of > localdate(at):
        raise Refused(Refusal.DAY_AHEAD, status=422, day=as_of)
    known = Bulletin.objects.filter(place=place, label=label.strip(), withdrawn_at__isnull=True).first()
    if known:
        raise Refused(Refusal.BULLETIN_TWICE, label=known.label, stage=known.get_stage_display())
    bulletin = Bulletin.objects.create(
        place=place,
        label=label.strip(),
        as_of=as_of,
        year=as_of.year,
        content=draw_facts(by, as_of, since_of(place.pk, as_of), at),
        drafted_by_id=by.user_id,
        drafted_at=at,
    )
    return _record(Action.BULLETIN_DRAFTED, bulletin, by=by, at=at)


@transaction.atomic
def edit_bulletin(
    bulletin_id: int, opening: str, requirements: Sequence[str], *, by: Viewer, at: datetime
) -> Bulletin:
    """Write over the words of a draft; its figures and lists are facts and stay. It is checked again."""
    require(by, Act.PRESS)
    bulletin = _lock(bulletin_id, by, _OPEN, "修改")
    if not opening.strip():
        raise Refused(Refusal.NEEDS_WORDS, status=422, what="总体情况", why="通报从它开始")
    before = plain(bulletin)
    asked = [line.strip() for line in requirements if line.strip()]
    bulletin.content = bulletin.content | {"opening": opening.strip(), "requirements": asked}
    _uncheck(bulletin)
    return _record(Action.BULLETIN_EDITED, bulletin, by=by, at=at, before=before)


@transaction.atomic
def redraw_bulletin(bulletin_id: int, *, by: Viewer, at: datetime) -> Bulletin:
    """Draw the facts of a draft's day again, and its words with them."""
    require(by, Act.PRESS)
    bulletin = _lock(bulletin_id, by, _OPEN, "重新起草")
    before = plain(bulletin)
    bulletin.content = draw_facts(by, bulletin.as_of, since_of(by.place_id, bulletin.as_of), at)
    bulletin.drafted_by_id, bulletin.drafted_at = by.user_id, at
    _uncheck(bulletin)
    return _record(Action.BULLETIN_DRAFTED, bulletin, by=by, at=at, before=before)


@transaction.atomic
def check_bulletin(bulletin_id: int, *, by: Viewer, at: datetime) -> Bulletin:
    """核稿: somebody of the office who did not draft it."""
    require(by, Act.SIGN, Act.PRESS)
    bulletin = _lock(bulletin_id, by, (NoticeStage.DRAFT,), "核稿")
    before = plain(bulletin)
    if bulletin.drafted_by_id == by.user_id:
        raise Refused(Refusal.OTHER_CHECKS)
    bulletin.stage, bulletin.checked_by_id, bulletin.checked_at = NoticeStage.CHECKED, by.user_id, at
    bulletin.save()
    return _record(Action.BULLETIN_CHECKED, bulletin, by=by, at=at, before=before)


@transaction.atomic
def sign_bulletin(bulletin_id: int, *, by: Viewer, at: datetime) -> Bulletin:
    """签发: the head signs; it gets its number and is everybody's to read."""
    require(by, Act.SIGN)
    Place.objects.select_for_update().get(pk=by.place_id)
    bulletin = _lock(bulletin_id, by, _OPEN, "签发")
    before = plain(bulletin)
    if bulletin.stage != NoticeStage.CHECKED:
        raise Refused(Refusal.NOT_CHECKED)
    bulletin.year = localdate(at).year
    numbered = Bulletin.objects.filter(place_id=by.place_id, year=bulletin.year)
    bulletin.number = (numbered.aggregate(last=Max("number"))["last"] or 0) + 1
    bulletin.stage, bulletin.signed_by_id, bulletin.signed_at = NoticeStage.SENT, by.user_id, at
    bulletin.save()
    return _record(Action.BULLETIN_SIGNED, bulletin, by=by, at=at, before=before)


@transaction.atomic
def withdraw_bulletin(bulletin_id: int, why: str, *, by: Viewer, at: datetime) -> Bulletin:
    """Take a bulletin back with a reason; a signed one only the head."""
    require(by, Act.SIGN, Act.PRESS)
    if not why.strip():
        raise Refused(Refusal.NEEDS_WORDS, status=422, what="撤回理由", why="它会留在历史记录里")
    bulletin = _lock(bulletin_id, by, (*_OPEN, NoticeStage.SENT), "撤回")
    before = plain(bulletin)
    if bulletin.stage == NoticeStage.SENT:
        require(by, Act.SIGN)
    bulletin.stage, bulletin.withdrawn_at, bulletin.withdrawn_why = NoticeStage.WITHDRAWN, at, why.strip()
    bulletin.save()
    return _record(Action.BULLETIN_WITHDRAWN, bulletin, by=by, at=at, before=before, why=why)


def since_of(place_id: int, as_of: date) -> date:
    """The day a bulletin compares with: the signed one's before it, else the month-end before its month."""
    earlier = Bulletin.objects.filter(place_id=place_id, stage=NoticeStage.SENT, as_of__lt=as_of)
    known = earlier.order_by("-as_of").values_list("as_of", flat=True).first()
    return known or as_of.replace(day=1) - timedelta(days=1)


def propose_label(today: date) -> tuple[str, date]:
    """The period a bulletin is due for: the month that is over, its last day."""
    end = today.replace(day=1) - timedelta(days=1)
    if today == month_end(today.year, today.month):
        end = today
    return f"{end.year}年{end.month}月", end


def plain(bulletin: Bulletin) -> dict[str, object]:
    """A bulletin as plain JSON for the history: its words, and how much it lists."""
    content = bulletin.content
    return {
        "期次": bulletin.label,
        "阶段": bulletin.get_stage_display(),
        "数据截至": bulletin.as_of.isoformat(),
        "滞后": len(content["behind"]),
        "未报": len(content["silent"]),
        "总体情况": content["opening"],
        "要求": list(content["requirements"]),
    }


def _uncheck(bulletin: Bulletin) -> None:
    bulletin.stage, bulletin.checked_by, bulletin.checked_at = NoticeStage.DRAFT, None, None
    bulletin.save()


def _lock(bulletin_id: int, by: Viewer, stages: Sequence[NoticeStage], what: str) -> Bulletin:
    found = Bulletin.objects.select_for_update().filter(pk=bulletin_id, place_id=by.place_id)
    bulletin: Bulletin | None = found.first()
    if bulletin is None:
        raise Http404
    if bulletin.stage not in stages:
        stage = bulletin.get_stage_display()
        raise Refused(Refusal.BULLETIN_STAGE, stage=stage, what=what)
    return bulletin


def _record(
    action: Action, bulletin: Bulletin, *, by: Viewer, at: datetime, before: object = None, why: str = ""
) -> Bulletin:
    about = [("bulletin", bulletin.pk), *(("task", line["task"]) for line in bulletin.content["behind"])]
    record(action, by=by.actor, at=at, about=about, before=before, after=plain(bulletin), why=why.strip())
    return bulletin
