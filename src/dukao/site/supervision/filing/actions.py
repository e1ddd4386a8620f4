"""填报: a fact is filed once. Save → the unit head confirms → the office takes or returns it."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from dukao.progress.workdays import CalendarUnknown, add_workdays
from dukao.site.history.actions import record
from dukao.site.people.access import Act, Viewer, require
from dukao.site.refusals import Refused
from dukao.site.supervision.errors import Refusal
from dukao.site.supervision.models import (
    Filing,
    FilingReturn,
    FilingStage,
    FilingStep,
    FilingValue,
    Subject,
)
from dukao.site.supervision.naming import Action
from dukao.site.supervision.practice import practice_of

_OPEN = (FilingStage.EMPTY, FilingStage.DRAFT, FilingStage.RETURNED)
_WORDS = ("progress", "next_step", "problem", "help_needed")


@dataclass(frozen=True, slots=True)
class Words:
    """What a liaison files for one task: at most four fields need a hand, the rest stands from last time."""

    progress: str = ""
    next_step: str = ""
    problem: str = ""
    help_needed: str = ""
    is_blocked: bool = False
    true_on: date | None = None
    values: dict[str, tuple[float, str]] = field(default_factory=dict)  # indicator → value, unit
    steps: dict[str, date] = field(default_factory=dict)  # milestone → day it was done


class Conflict(Refused):
    """Somebody saved this filing meanwhile; `filing` is what stands now, `words` what was to be saved."""

    def __init__(self, filing: Filing, words: Words) -> None:
        super().__init__(Refusal.CHANGED_MEANWHILE, who=filing.saved_by.name if filing.saved_by else "他人")
        self.filing, self.words = filing, words


@transaction.atomic
def save_filing(filing_id: int, words: Words, version: int, *, by: Viewer, at: datetime) -> Filing:
    """Save a unit's words; who saves over a newer version gets both texts (Conflict), nothing is lost."""
    filing = _lock(filing_id, by)
    if filing.version != version:
        raise Conflict(filing, words)
    if not (words.progress.strip() or words.values or words.steps):
        raise Refused(Refusal.FILING_EMPTY)
    before = plain(filing)
    for name in _WORDS:
        setattr(filing, name, getattr(words, name).strip())
    filing.is_blocked, filing.is_unchanged = words.is_blocked, False
    filing.true_on = words.true_on or localdate(at)
    _write(filing, words)
    return _save(filing, FilingStage.DRAFT, Action.FILING_SAVED, before, by=by, at=at)


@transaction.atomic
def file_unchanged(filing_ids: list[int], *, by: Viewer, at: datetime) -> int:
    """无变化: last period's accepted words stand again, in one click for one item or many; how many."""
    count = 0
    for filing_id in filing_ids:
        filing = _lock(filing_id, by)
        last = previous_of(filing)
        if last is None:
            raise Refused(Refusal.NOTHING_BEFORE)
        before = plain(filing)
        for name in (*_WORDS, "is_blocked", "true_on"):
            setattr(filing, name, getattr(last, name))
        filing.is_unchanged = True
        _write(filing, words_of(last))
        _save(filing, FilingStage.DRAFT, Action.FILINGS_UNCHANGED, before, by=by, at=at)
        count += 1
    return count


@transaction.atomic
def confirm_filings(filing_ids: list[int], *, by: Viewer, at: datetime) -> int:
    """The unit head stands for what was filled in; how many became the unit's word."""
    require(by, Act.CONFIRM_FILING)
    filings = list(
        Filing.objects.select_for_update().filter(
            pk__in=filing_ids, unit_id=by.own_unit, stage=FilingStage.DRAFT
        )
    )
    for filing in filings:
        filing.stage, filing.confirmed_by_id, filing.confirmed_at = FilingStage.CONFIRMED, by.user_id, at
        filing.first_confirmed_at = filing.first_confirmed_at or at
        filing.version += 1
    FilingReturn.objects.filter(filing__in=filings, answered_at__isnull=True).update(answered_at=at)
    fields = ["stage", "confirmed_by_id", "confirmed_at", "first_confirmed_at", "version"]
    Filing.objects.bulk_update(filings, [name.removesuffix("_id") for name in fields])
    if filings:
        about = [("filing", one.pk) for one in filings] + [("task", one.task_id) for one in filings]
        record(Action.FILING_CONFIRMED, by=by.actor, at=at, about=about, after={"项数": len(filings)})
    return len(filings)


@transaction.atomic
def accept_filing(filing_id: int, *, by: Viewer, at: datetime) -> Filing:
    """The office takes a filing: from now on its numbers are facts."""
    filing = _lock_for_ruling(filing_id, by)
    filing.stage, filing.ruled_by_id, filing.ruled_at, filing.ruling_why = (
        FilingStage.ACCEPTED,
        by.user_id,
        at,
        "",
    )
    return _rule(filing, Action.FILING_ACCEPTED, "", by=by, at=at)


@transaction.atomic
def return_filing(filing_id: int, why: str, *, by: Viewer, at: datetime) -> Filing:
    """The office sends a filing back: what is missing, and by when."""
    if not why.strip():
        raise Refused(Refusal.NEEDS_REASON, what="退回")
    filing = _lock_for_ruling(filing_id, by)
    days = practice_of(by.place_id, localdate(at)).preset(Subject.LIMITS)["returned"]
    try:
        filing.returned_due = add_workdays(localdate(at), days)
    except CalendarUnknown:
        filing.returned_due = localdate(at) + timedelta(days=days + 2)
    filing.stage, filing.ruled_by_id, filing.ruled_at = FilingStage.RETURNED, by.user_id, at
    filing.ruling_why = why.strip()
    FilingReturn.objects.create(
        filing=filing, why=filing.ruling_why, due=filing.returned_due, returned_at=at
    )
    return _rule(filing, Action.FILING_RETURNED, why, by=by, at=at)


def previous_of(filing: Filing) -> Filing | None:
    """The last accepted filing of the same unit for the same task."""
    return (
        Filing.objects.filter(
            task_id=filing.task_id,
            unit_id=filing.unit_id,
            stage=FilingStage.ACCEPTED,
            round__period_end__lt=filing.round.period_end,
        )
        .order_by("-round__period_end")
        .first()
    )


def words_of(filing: Filing) -> Words:
    """What a filing says, to be confirmed again."""
    return Words(
        **{name: getattr(filing, name) for name in _WORDS},
        is_blocked=filing.is_blocked,
        true_on=filing.true_on,
        values={one.indicator: (one.value, one.unit) for one in filing.values.all()},
        steps={one.name: one.done_on for one in filing.steps.all()},
    )


def plain(filing: Filing) -> dict[str, Any]:
    """A filing as plain JSON for the history."""
    words = words_of(filing)
    return {
        "状态": filing.get_stage_display(),
        **{name: getattr(words, name) for name in _WORDS},
        "受阻": words.is_blocked,
        "数据截至": words.true_on.isoformat() if words.true_on else None,
        "数值": {name: list(pair) for name, pair in words.values.items()},
        "节点": {name: day.isoformat() for name, day in words.steps.items()},
    }


def _lock(filing_id: int, by: Viewer) -> Filing:
    require(by, Act.FILE)
    filing: Filing = (
        Filing.objects.select_for_update(of=("self",))
        .select_related("round", "saved_by")
        .get(pk=filing_id, unit_id=by.own_unit)
    )
    if filing.round.closed_at:
        raise Refused(Refusal.ROUND_CLOSED, label=filing.round.label)
    if filing.stage not in _OPEN:
        raise Refused(Refusal.FILING_FIXED, stage=filing.get_stage_display())
    return filing


def _lock_for_ruling(filing_id: int, by: Viewer) -> Filing:
    require(by, Act.RULE_FILING)
    filing: Filing = Filing.objects.select_for_update().get(pk=filing_id, task__place_id=by.place_id)
    if filing.stage != FilingStage.CONFIRMED:
        raise Refused(Refusal.FILING_FIXED, stage=filing.get_stage_display())
    return filing


def _write(filing: Filing, words: Words) -> None:
    """The numbers and steps of a filing that is still being written."""
    filing.values.all().delete()
    filing.steps.all().delete()
    FilingValue.objects.bulk_create(
        FilingValue(filing=filing, indicator=name[:200], value=value, unit=unit[:30])
        for name, (value, unit) in words.values.items()
    )
    FilingStep.objects.bulk_create(
        FilingStep(filing=filing, name=name[:80], done_on=day) for name, day in words.steps.items()
    )


def _save(
    filing: Filing, stage: FilingStage, action: Action, before: dict[str, Any], *, by: Viewer, at: datetime
) -> Filing:
    filing.stage, filing.saved_by_id, filing.saved_at = stage, by.user_id, at
    filing.version += 1
    filing.save()
    about = [("filing", filing.pk), ("task", filing.task_id), ("unit", filing.unit_id)]
    record(action, by=by.actor, at=at, about=about, before=before, after=plain(filing))
    return filing


def _rule(filing: Filing, action: Action, why: str, *, by: Viewer, at: datetime) -> Filing:
    filing.version += 1
    filing.save()
    about = [("filing", filing.pk), ("task", filing.task_id), ("unit", filing.unit_id)]
    after = {"状态": filing.get_stage_display()}
    record(action, by=by.actor, at=at, about=about, after=after, why=why)
    return filing
