"""What the office does with filings: takes them, many at once, or sends one back with what is missing."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import F
from django.http import Http404
from django.utils.timezone import localdate

from dukao.progress.workdays import CalendarUnknown, add_workdays
from dukao.site.history.actions import record
from dukao.site.people.access import Act, Viewer, require
from dukao.site.refusals import Refused
from dukao.site.statements import Lookup
from dukao.site.supervision.filing.errors import Refusal
from dukao.site.supervision.models import Filing, FilingReturn, FilingStage, Subject
from dukao.site.supervision.naming import Action
from dukao.site.supervision.practice import practice_of

_FILED = Lookup(Filing.objects.order_by().select_for_update(of=("self",)), "pk", "round__place_id")
_RULED = ("stage", "ruled_by", "ruled_at", "ruling_why", "returned_due", "version")


class _Waiting(NamedTuple):
    """A filing the office takes."""

    pk: int
    task_id: int
    unit_id: int


_WAITING = (
    Filing.objects.filter(stage=FilingStage.CONFIRMED)
    .order_by("pk")
    .values_list(*_Waiting._fields)
    .select_for_update(of=("self",))
)


@transaction.atomic
def accept_filing(filing_id: int, *, by: Viewer, at: datetime) -> Filing:
    """The office takes a filing: from now on its numbers are facts."""
    filing = _lock(filing_id, by)
    _accept([filing], by=by, at=at)
    filing.refresh_from_db()
    return filing


@transaction.atomic
def accept_filings(filing_ids: Sequence[int], *, by: Viewer, at: datetime) -> int:
    """Take many, those that wait among them; how many."""
    require(by, Act.RULE_FILING)
    found = _WAITING.filter(pk__in=filing_ids, round__place_id=by.place_id)
    waiting = [_Waiting._make(row) for row in found]
    _accept(waiting, by=by, at=at)
    return len(waiting)


@transaction.atomic
def return_filing(filing_id: int, why: str, *, due: date | None = None, by: Viewer, at: datetime) -> Filing:
    """The office sends a filing back: what is missing, by when; the place's limit where nothing is said."""
    require(by, Act.RULE_FILING)
    if not why.strip():
        raise Refused(Refusal.NEEDS_REASON, status=422)
    if due and due <= localdate(at):
        raise Refused(Refusal.DUE_PAST, status=422)
    filing = _lock(filing_id, by)
    filing.returned_due = due or proposed_due(by.place_id, localdate(at))
    filing.stage, filing.ruled_by_id, filing.ruled_at = FilingStage.RETURNED, by.user_id, at
    filing.ruling_why = why.strip()
    filing.version += 1
    filing.save(update_fields=_RULED)
    FilingReturn.objects.create(filing=filing, why=filing.ruling_why, due=filing.returned_due, returned_at=at)
    after = {"状态": filing.get_stage_display(), "补充期限": filing.returned_due.isoformat()}
    record(Action.FILING_RETURNED, by=by.actor, at=at, about=_about(filing), after=after, why=why)
    return filing


def proposed_due(place_id: int, today: date) -> date:
    """The day what is sent back today is due again, by the place's limit of working days."""
    days: int = practice_of(place_id, today).preset(Subject.LIMITS)["returned"]
    try:
        return add_workdays(today, days)
    except CalendarUnknown:
        return today + timedelta(days=days + 2)


def _accept(filings: Sequence[Filing | _Waiting], *, by: Viewer, at: datetime) -> None:
    Filing.objects.filter(pk__in=[one.pk for one in filings]).update(
        stage=FilingStage.ACCEPTED,
        ruled_by_id=by.user_id,
        ruled_at=at,
        ruling_why="",
        version=F("version") + 1,
    )
    if filings:
        about = [thing for filing in filings for thing in _about(filing)]
        record(Action.FILING_ACCEPTED, by=by.actor, at=at, about=about, after={"项数": len(filings)})


def _lock(filing_id: int, by: Viewer) -> Filing:
    require(by, Act.RULE_FILING)
    for filing in _FILED.find(filing_id, by.place_id):
        if filing.stage != FilingStage.CONFIRMED:
            raise Refused(Refusal.NOT_READY, stage=filing.get_stage_display())
        return filing
    raise Http404


def _about(filing: Filing | _Waiting) -> list[tuple[str, object]]:
    return [("filing", filing.pk), ("task", filing.task_id), ("unit", filing.unit_id)]
