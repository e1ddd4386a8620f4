"""What lead units had filed of tasks by a moment, and what the office had taken of it."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Q

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

Units = Mapping[int, tuple[str, str]]  # name and kind of each unit, by its key
_STRENGTH = {kind: at for at, kind in enumerate(EvidenceKind.values)}


class RoundSaid(NamedTuple):
    """A round: its name, the end of its period, its limit on the place's clock."""

    label: str
    end: date
    due: datetime


@dataclass(slots=True)
class FilingSaid:
    """One lead unit's filing for a round, as it stood at the moment."""

    pk: int
    unit: str
    round: RoundSaid
    filed: datetime | None
    accepted: datetime | None
    true_on: date | None
    is_blocked: bool = False
    is_unchanged: bool = False
    problem: str = ""
    returned: tuple[str, date, date] | None = None  # why, by when, on which day
    # Tuples, not lists: most filings have one thing or none, and there are as many as tasks times rounds.
    values: tuple[tuple[str, float, str], ...] = ()
    steps: tuple[tuple[str, date], ...] = ()
    evidence: tuple[str, ...] = ()


class _Asking(NamedTuple):
    """What was asked by a moment: the rounds open by then, and the filings that were another's then."""

    extent: Extent
    moment: datetime
    rounds: dict[int, RoundSaid]
    hands: dict[int, tuple[int, bool]]


def day_of(moment: datetime) -> date:
    """The Beijing day of a moment."""
    return moment.astimezone(BEIJING).date()


def read_filings(extent: Extent, moment: datetime, units: Units) -> dict[int, list[FilingSaid]]:
    """The lead units' filings of each task for the rounds open by a moment, by the end of their periods.

    `units` are the place's units as they stood then. What hangs on filings is asked for where there are any.
    """
    asking = _asking_at(extent, moment)
    asked = _asked_in(asking, "filing__")
    found, of_task = _by_task(asking, units, Q())
    _add_figures(_where(found, lambda said: said.accepted is not None), asked)
    open_ = _where(found, lambda said: said.accepted is None)
    _add_returns(open_, asked, moment)
    _add_recalls(open_, asked, moment)
    _add_evidence(found, asked, moment)
    return of_task


def read_taken(extent: Extent, moment: datetime, units: Units) -> dict[int, list[FilingSaid]]:
    """Of the same only what the office had taken, with figures and steps: all that progress is judged by."""
    asking = _asking_at(extent, moment)
    found, of_task = _by_task(asking, units, Q(stage=FilingStage.ACCEPTED, ruled_at__lte=moment))
    _add_figures(found, _asked_in(asking, "filing__"))
    return of_task


def _by_task(
    asking: _Asking, units: Units, among: Q
) -> tuple[dict[int, FilingSaid], dict[int, list[FilingSaid]]]:
    """Filings by their keys, and those of each task by the end of their periods."""
    found: dict[int, FilingSaid] = {}
    of_task: dict[int, list[FilingSaid]] = {}
    for task, said in _read_rows(asking, units, among):
        found[said.pk] = said
        of_task.setdefault(task, []).append(said)
    for own in of_task.values():
        own.sort(key=lambda said: (said.round.end, said.pk))
    return found, of_task


def _where(found: dict[int, FilingSaid], is_wanted: Callable[[FilingSaid], bool]) -> dict[int, FilingSaid]:
    return {pk: said for pk, said in found.items() if is_wanted(said)}


def _rounds_of(extent: Extent, moment: datetime) -> dict[int, RoundSaid]:
    """The rounds open by a moment, those of later years too: what is still open then is asked for on."""
    rounds = Round.objects.filter(place_id=extent.place_id, year__gte=extent.year, opened_at__lte=moment)
    return {
        pk: RoundSaid(label, end, due.astimezone(BEIJING))
        for pk, label, end, due in rounds.order_by().values_list("pk", "label", "period_end", "due_at")
    }


def _asking_at(extent: Extent, moment: datetime) -> _Asking:
    rounds = _rounds_of(extent, moment)
    return _Asking(extent, moment, rounds, _hands_at(extent, rounds, moment))


def _hands_at(
    extent: Extent, rounds: Mapping[int, RoundSaid], moment: datetime
) -> dict[int, tuple[int, bool]]:
    """Whom filings were asked of at the moment that are asked of another since: (unit, as lead)."""
    then = Q(until__gt=moment) & (Q(since__isnull=True) | Q(since__lte=moment))
    hands = FilingHand.objects.filter(then, filing__round__in=list(rounds)).order_by()
    if extent.is_small:
        hands = hands.filter(extent.under("filing__task"))
    return {pk: (unit, lead) for pk, unit, lead in hands.values_list("filing_id", "unit_id", "is_lead")}


def _asked_in(asking: _Asking, prefix: str = "") -> Q:
    """What lead units are or were asked in rounds, as a condition on rows that hold a filing under `prefix`.

    Where all rounds are of the extent's own year, many tasks need not be named again.
    """
    extent, rounds = asking.extent, asking.rounds
    led = Q(**{f"{prefix}is_lead": True})
    led_then = [pk for pk, (_, lead) in asking.hands.items() if lead]
    if led_then:
        led |= Q(**{f"{prefix}id__in": led_then})
    of_rounds = led & Q(**{f"{prefix}round__in": list(rounds)})
    is_later = any(one.end.year > extent.year for one in rounds.values())
    return of_rounds & extent.under(f"{prefix}task") if extent.is_small or is_later else of_rounds


def _among(filings: Collection[int], asked: Q) -> Q:
    """What hangs on filings: on few by their keys, on many by what they were asked for."""
    return Q(filing_id__in=list(filings)) if len(filings) <= FEW else asked


def _read_rows(asking: _Asking, units: Units, among: Q) -> Iterator[tuple[int, FilingSaid]]:
    """Each filing with its task; what blocks, and what did not change, where the office had taken it."""
    accepted, moment = FilingStage.ACCEPTED.value, asking.moment
    fields = (
        "task_id",
        "unit_id",
        "asked_since",
        "pk",
        "round_id",
        "stage",
        "first_confirmed_at",
        "ruled_at",
    )
    marks = ("is_blocked", "is_unchanged", "problem")
    asked = Filing.objects.filter(_asked_in(asking), among).order_by()
    for task, unit, since, pk, round_, stage, filed, ruled, true_on, *marked in asked.values_list(
        *fields, "true_on", *marks
    ):
        unit, is_lead = asking.hands.get(pk, (unit, since is None or since <= moment))
        if is_lead and task in asking.extent.ids:
            sent = filed if filed and filed <= moment else None
            taken = ruled if ruled and stage == accepted and ruled <= moment else None
            said = marked if taken else ()
            yield task, FilingSaid(pk, units[unit][0], asking.rounds[round_], sent, taken, true_on, *said)


def _add_figures(taken: dict[int, FilingSaid], asked: Q) -> None:
    """Figures and steps of what the office had taken."""
    if not taken:
        return
    own = _among(taken, asked)
    values = FilingValue.objects.filter(own).order_by("id")
    for pk, indicator, value, unit in values.values_list("filing_id", "indicator", "value", "unit"):
        if pk in taken:
            taken[pk].values += ((indicator, value, unit),)
    steps = FilingStep.objects.filter(own).order_by("id")
    for pk, name, on in steps.values_list("filing_id", "name", "done_on"):
        if pk in taken:
            taken[pk].steps += ((name, on),)


def _add_returns(open_: dict[int, FilingSaid], asked: Q, moment: datetime) -> None:
    """What waited to be sent again; what was taken had been."""
    if not open_:
        return
    waits = Q(returned_at__lte=moment) & (Q(answered_at__isnull=True) | Q(answered_at__gt=moment))
    returns = FilingReturn.objects.filter(waits, _among(open_, asked)).order_by()
    for pk, why, due, at in returns.values_list("filing_id", "why", "due", "returned_at"):
        if pk in open_:
            open_[pk].returned = (why, due, day_of(at))


def _add_recalls(open_: dict[int, FilingSaid], asked: Q, moment: datetime) -> None:
    """What had been filed before it was taken back, by its first day; what was returned was sent again."""
    if not open_:
        return
    was = Q(confirmed_at__lte=moment, recalled_at__gt=moment)
    recalled = FilingRecall.objects.filter(was, _among(open_, asked)).order_by("confirmed_at")
    for pk, at in recalled.values_list("filing_id", "confirmed_at"):
        if pk in open_:
            open_[pk].filed = open_[pk].filed or at
            open_[pk].returned = None


def _add_evidence(found: dict[int, FilingSaid], asked: Q, moment: datetime) -> None:
    """The names of what proves each filing, the strongest first; the unit's own word is none."""
    if not found:
        return
    stands = Q(added_at__lte=moment) & (Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=moment))
    evidence = Evidence.objects.filter(stands, _among(found, asked)).exclude(kind=EvidenceKind.WORD)
    labels = {kind.value: str(kind.label) for kind in EvidenceKind}
    for pk, kind in sorted(evidence.order_by().values_list("filing_id", "kind"), key=_by_strength):
        if pk in found:
            found[pk].evidence += (labels[kind],)


def _by_strength(pair: tuple[int, str]) -> tuple[int, int]:
    return _STRENGTH[pair[1]], pair[0]
