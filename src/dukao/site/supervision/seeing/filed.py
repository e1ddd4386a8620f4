"""What lead units had filed of tasks by a moment, as 报送 and 核验 are judged by it.

There are as many filings as tasks times rounds, and most are asked for nothing but whether they were filed:
days and evidence are read of those that decide.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Case, Q, QuerySet, Value, When

from dukao.site.supervision.models import (
    Evidence,
    EvidenceKind,
    Filing,
    FilingHand,
    FilingRecall,
    FilingReturn,
)
from dukao.site.supervision.seeing.extent import FEW, Extent
from dukao.site.supervision.seeing.lasting import RoundSaid, Units, day_of, rounds_of
from dukao.site.supervision.seeing.taken import COLUMNS, Taken, in_order, lay_in, taken_by

# Where a row says how it was taken, and where the columns of what was begin.
_HOW, _MORE = 2, 4
# Asked for as numbers: those are handed over as they are, a boolean is made of each.
_NO, _YES, _UNCHANGED = (Value(at) for at in range(3))
_DATED = 20  # the days of so many tasks' filings are asked for with them, those of more apart
_STRENGTH = {kind: at for at, kind in enumerate(EvidenceKind.values)}


@dataclass(slots=True)
class FilingSaid:
    """One lead unit's filing for a round, as it stood at the moment.

    `claims`: it gives a figure, or a step done. What stands below is said of those that decide, at the least:
    the last that was due, the last filed.
    """

    pk: int
    unit: str
    round: RoundSaid
    is_filed: bool
    is_accepted: bool
    is_unchanged: bool
    claims: bool = False
    filed: datetime | None = None
    accepted: datetime | None = None
    returned: tuple[str, date, date] | None = None  # why, by when, on which day
    evidence: tuple[str, ...] = ()


class FiledSaid(NamedTuple):
    """What the office had taken of each task, and its filings by the end of their periods."""

    taken: dict[int, Taken]
    filings: dict[int, list[FilingSaid]]


def read_filed(extent: Extent, moment: datetime, units: Units, *, dated: bool = False) -> FiledSaid:
    """What the office had taken of each task, and the lead units' filings.

    Filings are those of the rounds open by the moment; `units` are the place's units as they stood then. What
    hangs on filings is asked for where there are any; `dated`: when each was filed and taken, which for many
    is asked only of those that decide.
    """
    dated = dated or len(extent.ids) <= _DATED
    hands, rounds = _hands_at(extent, moment), rounds_of(extent.place_id, extent.year, moment)
    rows = list(_read_rows(extent, moment, hands, dated=dated))
    of_task: dict[int, list[FilingSaid]] = {}
    for task, said in _filings_in(rows, extent, rounds, hands, units):
        of_task.setdefault(task, []).append(said)
    for own in of_task.values():
        own.sort(key=lambda said: (said.round.end, said.pk))
    found = {said.pk: said for own in of_task.values() for said in own}
    open_ = {pk: said for pk, said in found.items() if not said.is_accepted}
    recalled = _read_recalls(open_, extent, moment)
    for pk, at in recalled.items():
        open_[pk].is_filed, open_[pk].filed = True, open_[pk].filed or at
    if not dated:
        _add_days([said for own in of_task.values() for said in _deciding(own, moment)], moment)
    _add_returns({pk: said for pk, said in open_.items() if pk not in recalled}, extent, moment)
    _add_evidence(found, extent, moment)
    return FiledSaid(lay_in(row[_MORE:] for row in rows if row[_HOW]), of_task)


def _deciding(filings: list[FilingSaid], moment: datetime) -> Iterator[FilingSaid]:
    """Of one task's filings those of the last limit that passed (else of the first), and the last filed."""
    limits = [said.round.due for said in filings]
    passed = [due for due in limits if due <= moment]
    limit = max(passed) if passed else min(limits)
    yield from (said for said in filings if said.round.due == limit)
    yield from [said for said in filings if said.is_filed][-1:]


def _read_rows(
    extent: Extent,
    moment: datetime,
    hands: Mapping[int, tuple[int, bool]],
    *,
    dated: bool,
) -> QuerySet[Filing, tuple[Any, ...]]:
    """What units were asked as leads: round, whether filed and taken, when, and what was taken."""
    led = Q(is_lead=True) & (Q(asked_since__isnull=True) | Q(asked_since__lte=moment))
    led |= Q(pk__in=[pk for pk, (_, is_lead) in hands.items() if is_lead])
    taken = taken_by(moment)
    rows = in_order(Filing.objects.filter(extent.under("task"), led)).annotate(
        is_filed=Case(When(first_confirmed_at__lte=moment, then=_YES), default=_NO),
        how=Case(When(taken & Q(is_unchanged=True), then=_UNCHANGED), When(taken, then=_YES), default=_NO),
    )
    filed, ruled = ("first_confirmed_at", "ruled_at") if dated else ("never", "never")
    return rows.values_list("round_id", "is_filed", "how", filed, ruled, *COLUMNS[1:])


def _filings_in(
    rows: Iterable[tuple[Any, ...]],
    extent: Extent,
    rounds: Mapping[int, RoundSaid],
    hands: Mapping[int, tuple[int, bool]],
    units: Units,
) -> Iterator[tuple[int, FilingSaid]]:
    """Each filing of a task with it, asked of whom it was asked of at the moment."""
    last = None
    for round_, is_filed, how, filed, ruled, task, unit, pk, _, _, _, value, _, name, _ in rows:
        if pk == last:  # another of its figures or steps
            continue
        last = pk
        unit, is_lead = hands.get(pk, (unit, True))
        if is_lead and round_ in rounds and task in extent.ids:
            said = FilingSaid(
                pk, units[unit][0], rounds[round_], is_filed > 0, how > 0, how == _UNCHANGED.value
            )
            said.claims = said.is_accepted and (value is not None or name is not None)
            said.filed, said.accepted = filed if is_filed else None, ruled if how else None
            yield task, said


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


def _add_days(deciding: Collection[FilingSaid], moment: datetime) -> None:
    """When those that decide were filed and taken."""
    if not deciding:
        return
    rows = Filing.objects.filter(pk__in={said.pk for said in deciding}).order_by()
    days = {pk: at for pk, *at in rows.values_list("pk", "first_confirmed_at", "ruled_at")}
    for said in deciding:
        filed, ruled = days[said.pk]
        said.filed = filed if filed and filed <= moment else said.filed
        said.accepted = ruled if said.is_accepted else None


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
