"""What lead units had filed of tasks by a moment, as 报送 and 核验 are judged by it.

There are as many filings as tasks times rounds, and most are asked for nothing but whether they were filed:
days and evidence are read of those that decide.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Case, Exists, OuterRef, Q, Value, When

from dukao.site.supervision.models import (
    Evidence,
    EvidenceKind,
    Filing,
    FilingHand,
    FilingRecall,
    FilingReturn,
    FilingStage,
    FilingStep,
    FilingValue,
    Round,
)
from dukao.site.supervision.practice import BEIJING
from dukao.site.supervision.seeing.extent import FEW, Extent
from dukao.site.supervision.seeing.taken import Units

# Asked for as numbers: those are handed over as they are, a boolean is made of each.
_NO, _YES, _UNCHANGED = (Value(at) for at in range(3))
_STRENGTH = {kind: at for at, kind in enumerate(EvidenceKind.values)}


class RoundSaid(NamedTuple):
    """A round: its name, the end of its period, its limit on the place's clock."""

    label: str
    end: date
    due: datetime


@dataclass(slots=True)
class FilingSaid:
    """One lead unit's filing for a round, as it stood at the moment.

    What stands below `is_unchanged` is said of those that decide: the last that was due, the last filed.
    """

    pk: int
    unit: str
    round: RoundSaid
    is_filed: bool
    is_accepted: bool
    is_unchanged: bool
    filed: datetime | None = None
    accepted: datetime | None = None
    claims: bool = False  # a figure, or a step done
    returned: tuple[str, date, date] | None = None  # why, by when, on which day
    evidence: tuple[str, ...] = ()


def day_of(moment: datetime) -> date:
    """The Beijing day of a moment."""
    return moment.astimezone(BEIJING).date()


def read_filings(extent: Extent, moment: datetime, units: Units) -> dict[int, list[FilingSaid]]:
    """The lead units' filings of each task for the rounds open by a moment, by the end of their periods.

    `units` are the place's units as they stood then. What hangs on filings is asked for where there are any.
    """
    of_task: dict[int, list[FilingSaid]] = {}
    for task, said in _read_rows(extent, moment, units):
        of_task.setdefault(task, []).append(said)
    for own in of_task.values():
        own.sort(key=lambda said: (said.round.end, said.pk))
    found = {said.pk: said for own in of_task.values() for said in own}
    open_ = {pk: said for pk, said in found.items() if not said.is_accepted}
    recalled = _read_recalls(open_, extent, moment)
    for pk in recalled:
        open_[pk].is_filed = True
    deciding = {said.pk: said for own in of_task.values() for said in _deciding(own, moment)}
    _add_days(deciding, recalled, moment)
    _add_returns({pk: said for pk, said in open_.items() if pk not in recalled}, extent, moment)
    _add_evidence(found, extent, moment)
    return of_task


def _deciding(filings: list[FilingSaid], moment: datetime) -> Iterator[FilingSaid]:
    """Of one task's filings those of the last limit that passed (else of the first), and the last filed."""
    limits = [said.round.due for said in filings]
    passed = [due for due in limits if due <= moment]
    limit = max(passed) if passed else min(limits)
    yield from (said for said in filings if said.round.due == limit)
    yield from [said for said in filings if said.is_filed][-1:]


def _read_rows(extent: Extent, moment: datetime, units: Units) -> Iterator[tuple[int, FilingSaid]]:
    """Each filing with its task, asked of whom it was asked of at the moment."""
    rounds, hands = _rounds_of(extent, moment), _hands_at(extent, moment)
    led = Q(is_lead=True) & (Q(asked_since__isnull=True) | Q(asked_since__lte=moment))
    led |= Q(pk__in=[pk for pk, (_, is_lead) in hands.items() if is_lead])
    taken = Q(stage=FilingStage.ACCEPTED, ruled_at__lte=moment)
    unchanged = taken & Q(is_unchanged=True)
    asked = Filing.objects.filter(extent.under("task"), led).order_by()
    rows = asked.annotate(
        filed=Case(When(first_confirmed_at__lte=moment, then=_YES), default=_NO),
        taken=Case(When(unchanged, then=_UNCHANGED), When(taken, then=_YES), default=_NO),
    )
    for task, unit, pk, round_, filed, how in rows.values_list(
        "task_id", "unit_id", "pk", "round_id", "filed", "taken"
    ):
        unit, is_lead = hands.get(pk, (unit, True))
        if is_lead and round_ in rounds and task in extent.ids:
            name, said = units[unit][0], rounds[round_]
            yield task, FilingSaid(pk, name, said, filed > 0, how > 0, how == _UNCHANGED.value)


def _rounds_of(extent: Extent, moment: datetime) -> dict[int, RoundSaid]:
    """The rounds open by a moment, those of later years too: what is still open then is asked for on."""
    rounds = Round.objects.filter(place_id=extent.place_id, year__gte=extent.year, opened_at__lte=moment)
    return {
        pk: RoundSaid(label, end, due.astimezone(BEIJING))
        for pk, label, end, due in rounds.order_by().values_list("pk", "label", "period_end", "due_at")
    }


def _hands_at(extent: Extent, moment: datetime) -> dict[int, tuple[int, bool]]:
    """Whom filings were asked of at the moment that are asked of another since: (unit, as lead)."""
    then = Q(until__gt=moment) & (Q(since__isnull=True) | Q(since__lte=moment))
    hands = FilingHand.objects.filter(then, extent.under("filing__task")).order_by()
    return {pk: (unit, lead) for pk, unit, lead in hands.values_list("filing_id", "unit_id", "is_lead")}


def _among(filings: Collection[int], extent: Extent) -> Q:
    """What hangs on filings: on few by their keys, on many by the tasks they are of."""
    return Q(filing_id__in=list(filings)) if len(filings) <= FEW else extent.under("filing__task")


def _read_recalls(open_: Collection[int], extent: Extent, moment: datetime) -> dict[int, datetime]:
    """Since when filings had been the unit's word that were taken back later: by their first day."""
    if not open_:
        return {}
    was = Q(confirmed_at__lte=moment, recalled_at__gt=moment)
    recalled = FilingRecall.objects.filter(was, _among(open_, extent)).order_by("-confirmed_at")
    return {pk: at for pk, at in recalled.values_list("filing_id", "confirmed_at") if pk in open_}


def _add_days(deciding: dict[int, FilingSaid], recalled: Mapping[int, datetime], moment: datetime) -> None:
    """When those that decide were filed and taken, and whether they claim anything."""
    if not deciding:
        return
    own = [model.objects.filter(filing=OuterRef("pk")) for model in (FilingValue, FilingStep)]
    rows = Filing.objects.filter(pk__in=list(deciding)).order_by()
    rows = rows.annotate(claims=Exists(own[0]) | Exists(own[1]))
    for pk, filed, ruled, claims in rows.values_list("pk", "first_confirmed_at", "ruled_at", "claims"):
        said = deciding[pk]
        said.filed = filed if filed and filed <= moment else recalled.get(pk)
        said.accepted = ruled if said.is_accepted else None
        said.claims = bool(said.is_accepted and claims)


def _add_returns(open_: dict[int, FilingSaid], extent: Extent, moment: datetime) -> None:
    """What waited to be sent again; what was taken had been, and what was taken back later too."""
    if not open_:
        return
    waits = Q(returned_at__lte=moment) & (Q(answered_at__isnull=True) | Q(answered_at__gt=moment))
    returns = FilingReturn.objects.filter(waits, _among(open_, extent)).order_by()
    for pk, why, due, at in returns.values_list("filing_id", "why", "due", "returned_at"):
        if pk in open_:
            open_[pk].returned = (why, due, day_of(at))


def _add_evidence(found: dict[int, FilingSaid], extent: Extent, moment: datetime) -> None:
    """The names of what proves each filing, the strongest first; the unit's own word is none."""
    if not found:
        return
    stands = Q(added_at__lte=moment) & (Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=moment))
    evidence = Evidence.objects.filter(stands, _among(found, extent)).exclude(kind=EvidenceKind.WORD)
    labels = {kind.value: str(kind.label) for kind in EvidenceKind}
    for pk, kind in sorted(evidence.order_by().values_list("filing_id", "kind"), key=_by_strength):
        if pk in found:
            found[pk].evidence += (labels[kind],)


def _by_strength(pair: tuple[int, str]) -> tuple[int, int]:
    return _STRENGTH[pair[1]], pair[0]
