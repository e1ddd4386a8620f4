"""填报, as the units do it: filled in, taken back, confirmed by the head. The office's side is `ruling`."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import DateTimeField, F, Value
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils.timezone import localdate

from dukao.site.history.actions import record
from dukao.site.people.access import Act, Viewer, require
from dukao.site.refusals import Refused
from dukao.site.statements import Update
from dukao.site.supervision.access import spoken_for
from dukao.site.supervision.filing.errors import Refusal
from dukao.site.supervision.filing.locking import OPEN, lock_filing, lock_filings
from dukao.site.supervision.filing.words import (
    FIELDS,
    Words,
    as_kept,
    as_plain,
    from_kept,
    previous_of,
    previous_of_all,
    standing_words,
    words_of,
    write,
)
from dukao.site.supervision.models import (
    ActionPlan,
    Filing,
    FilingRecall,
    FilingReturn,
    FilingStage,
    PlanKind,
)
from dukao.site.supervision.naming import Action

_SAVED = Update(
    Filing,
    *("stage", "is_unchanged", "saved_by", "saved_at", "undo", "version"),
    *(*FIELDS, "is_blocked", "true_on"),
)


class _Staged(NamedTuple):
    """A filing that is confirmed, or recalled."""

    pk: int
    task_id: int
    unit_id: int
    is_lead: bool
    confirmed_at: datetime | None
    returned_due: date | None


_STAGED = (
    Filing.objects.filter(round__closed_at__isnull=True)
    .order_by("pk")
    .values_list(*_Staged._fields)
    .select_for_update(of=("self",))
)


class Conflict(Refused):
    """Somebody saved this filing meanwhile; `filing` is what stands now, `words` what was to be saved."""

    def __init__(self, filing: Filing, words: Words) -> None:
        who = filing.saved_by.name if filing.saved_by else "他人"
        super().__init__(Refusal.MEANWHILE, who=who)
        self.filing, self.words = filing, words


@transaction.atomic
def save_filing(filing_id: int, words: Words, version: int, *, by: Viewer, at: datetime) -> Filing:
    """Save a unit's words; who saves over a newer version gets both texts (Conflict), nothing is lost."""
    filing = lock_filing(filing_id, by)
    if filing.version != version:
        raise Conflict(filing, words)
    today = localdate(at)
    if not words.says_something:
        raise Refused(Refusal.EMPTY, status=422)
    refuse_days_ahead(words, at)
    said = replace(words, true_on=words.true_on or min(today, filing.round.period_end))
    return _save(filing, said, Action.FILING_SAVED, by=by, at=at)


def refuse_days_ahead(words: Words, at: datetime) -> None:
    """What is said to be so, is so by today."""
    today = localdate(at)
    said = {"截至": words.true_on, **words.steps}
    for what, day in said.items():
        if day and day > today:
            raise Refused(Refusal.DAY_AHEAD, what=what, day=f"{day:%Y-%m-%d}", status=422)


@transaction.atomic
def file_unchanged(filing_ids: Sequence[int], *, by: Viewer, at: datetime) -> int:
    """无变化: last period's accepted words stand again, in one click for one item or many; how many.

    They are true as of today; only a published statistic keeps the day it was true for, and so does a number
    no plan says the kind of.
    """
    filings = lock_filings(filing_ids, by)
    before = _standing_by_round(filings)
    plans = ActionPlan.objects.filter(
        task_id__in=[one.task_id for one in filings], since__isnull=False, until__isnull=True
    )
    kinds = dict(plans.order_by().values_list("task_id", "kind"))
    for filing in filings:
        last = before.get(filing.pk)
        if last is None:
            raise Refused(Refusal.NOTHING_BEFORE)
        kind = kinds.get(filing.task_id)
        keeps_day = kind == PlanKind.STATISTIC or (kind is None and bool(last.values))
        day = last.true_on if keeps_day else min(localdate(at), filing.round.period_end)
        words = replace(last, true_on=day)
        _save(filing, words, Action.FILINGS_UNCHANGED, by=by, at=at, is_unchanged=True)
    return len(filings)


def _standing_by_round(filings: Iterable[Filing]) -> dict[int, Words]:
    """What stands from before, by the id of each filing, whichever rounds they are of."""
    rounds: dict[int, list[Filing]] = {}
    for filing in filings:
        rounds.setdefault(filing.round_id, []).append(filing)
    return {pk: last for own in rounds.values() for pk, last in standing_words(own).items()}


@transaction.atomic
def undo_save(filing_id: int, *, by: Viewer, at: datetime) -> Filing:
    """Take back the last save of a draft: what stood before it stands again, once."""
    filing = lock_filing(filing_id, by)
    if filing.stage != FilingStage.DRAFT or filing.undo is None:
        raise Refused(Refusal.UNDO_NOTHING)
    before, kept = words_of(filing), filing.undo
    plain = as_plain(before, filing.stage)
    words = from_kept(kept)
    write(filing, words, before)
    filing.stage, filing.is_unchanged, filing.undo = kept["stage"], kept["is_unchanged"], None
    return _keep(filing, words, plain, Action.FILING_UNDONE, by=by, at=at)


@transaction.atomic
def take_part(filing_id: int, part_id: int, version: int, *, by: Viewer, at: datetime) -> Filing:
    """Take another unit's part into the lead unit's words, under its name: collated in one click."""
    filing = lock_filing(filing_id, by)
    part = (
        Filing.objects.filter(pk=part_id, round_id=filing.round_id, task_id=filing.task_id, is_lead=False)
        .select_related("unit")
        .prefetch_related("values", "steps")
        .first()
    )
    if part is None or not filing.is_lead:
        raise Http404
    if not part.progress.strip():
        raise Refused(Refusal.PART_EMPTY, unit=part.unit.name)
    own = words_of(filing)
    if filing.stage == FilingStage.EMPTY:
        last = previous_of(filing)
        own = replace(words_of(last), values={}, steps={}, true_on=None) if last else own
    line = f"{part.unit.name}：{part.progress.strip()}"
    if line in own.progress:
        raise Refused(Refusal.PART_TAKEN, unit=part.unit.name)
    words = replace(own, progress=f"{own.progress.strip()}\n{line}".strip())
    if filing.version != version:
        raise Conflict(filing, words)
    day = words.true_on or min(localdate(at), filing.round.period_end)
    return _save(filing, replace(words, true_on=day), Action.PART_TAKEN, by=by, at=at)


@transaction.atomic
def confirm_filings(filing_ids: Sequence[int], *, by: Viewer, at: datetime) -> int:
    """The unit head stands for what was filled in; how many became the unit's word.

    Only of what the unit leads: a part for another lead goes to that unit as it is saved.
    """
    require(by, Act.CONFIRM_FILING)
    filings = [one for one in _lock_staged(filing_ids, FilingStage.DRAFT, by) if one.is_lead]
    returned = [one.pk for one in filings if one.returned_due]
    if returned:
        FilingReturn.objects.filter(filing__in=returned, answered_at__isnull=True).update(answered_at=at)
    Filing.objects.filter(pk__in=[one.pk for one in filings]).update(
        stage=FilingStage.CONFIRMED,
        confirmed_by_id=by.user_id,
        confirmed_at=at,
        first_confirmed_at=Coalesce("first_confirmed_at", Value(at, DateTimeField())),
        undo=None,
        version=F("version") + 1,
    )
    _record_all(Action.FILING_CONFIRMED, filings, by=by, at=at)
    return len(filings)


@transaction.atomic
def recall_filings(filing_ids: Sequence[int], *, by: Viewer, at: datetime) -> int:
    """The unit head takes back what the office has not ruled yet; how many became drafts again.

    What was never returned counts as filed only when it is confirmed anew.
    """
    require(by, Act.CONFIRM_FILING)
    filings = _lock_staged(filing_ids, FilingStage.CONFIRMED, by)
    if not filings:
        raise Refused(Refusal.RECALL_NOTHING)
    answers = {filing.confirmed_at for filing in filings}
    recalled = [filing.pk for filing in filings]
    FilingReturn.objects.filter(filing__in=recalled, answered_at__in=answers).update(answered_at=None)
    # Until now it was the unit's word, on whatever day one asks.
    FilingRecall.objects.bulk_create(
        FilingRecall(filing_id=one.pk, confirmed_at=one.confirmed_at, recalled_at=at)
        for one in filings
        if one.confirmed_at
    )
    own = Filing.objects.filter(pk__in=recalled)
    own.filter(returned_due__isnull=True).update(first_confirmed_at=None)
    own.update(stage=FilingStage.DRAFT, confirmed_by=None, confirmed_at=None, version=F("version") + 1)
    _record_all(Action.FILING_RECALLED, filings, by=by, at=at)
    return len(filings)


def _lock_staged(filing_ids: Sequence[int], stage: FilingStage, by: Viewer) -> list[_Staged]:
    """Those of some filings that stand so, of units the viewer speaks for and rounds still open, locked."""
    found = _STAGED.filter(pk__in=filing_ids, stage=stage, round__place_id=by.place_id)
    filings = [_Staged._make(row) for row in found]
    units = spoken_for(by, (one.unit_id for one in filings))
    return [one for one in filings if one.unit_id in units]


def _save(
    filing: Filing, words: Words, action: Action, *, by: Viewer, at: datetime, is_unchanged: bool = False
) -> Filing:
    # What was never saved says nothing: it need not be asked for.
    before = words_of(filing) if filing.version > 1 else Words()
    plain = as_plain(before, filing.stage)
    filing.undo = as_kept(before, filing)
    write(filing, words, before)
    filing.stage, filing.is_unchanged = FilingStage.DRAFT, is_unchanged
    return _keep(filing, words, plain, action, by=by, at=at)


def _keep(
    filing: Filing, words: Words, before: dict[str, object], action: Action, *, by: Viewer, at: datetime
) -> Filing:
    filing.saved_by_id, filing.saved_at = by.user_id, at
    filing.version += 1
    _SAVED.save(filing)
    about = [("filing", filing.pk), ("task", filing.task_id), ("unit", filing.unit_id)]
    record(action, by=by.actor, at=at, about=about, before=before, after=as_plain(words, filing.stage))
    return filing


def _record_all(action: Action, filings: Sequence[_Staged], *, by: Viewer, at: datetime) -> None:
    if filings:
        about = [("filing", one.pk) for one in filings] + [("task", one.task_id) for one in filings]
        record(action, by=by.actor, at=at, about=about, after={"项数": len(filings)})


__all__ = [
    "OPEN",
    "Conflict",
    "Words",
    "confirm_filings",
    "file_unchanged",
    "lock_filing",
    "previous_of",
    "previous_of_all",
    "recall_filings",
    "save_filing",
    "take_part",
    "undo_save",
    "words_of",
]
