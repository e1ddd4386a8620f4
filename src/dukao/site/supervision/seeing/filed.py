"""What lead units had filed of tasks by a moment, and what the office had taken of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Q

from dukao.site.people.queries import units_at
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
from dukao.site.supervision.seeing.extent import Extent

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


def day_of(moment: datetime) -> date:
    """The Beijing day of a moment."""
    return moment.astimezone(BEIJING).date()


def read_filings(extent: Extent, moment: datetime) -> dict[int, list[FilingSaid]]:
    """The lead units' filings of each task for the rounds open by a moment, by the end of their periods."""
    rounds = _rounds_of(extent, moment)
    found: dict[int, FilingSaid] = {}
    of_task: dict[int, list[FilingSaid]] = {}
    hands = _hands_at(extent, rounds, moment)
    for task, said in _read_rows(extent, rounds, hands, moment):
        found[said.pk] = said
        of_task.setdefault(task, []).append(said)
    for own in of_task.values():
        own.sort(key=lambda said: (said.round.end, said.pk))
    asked = _asked_in(extent, rounds, hands, "filing__")
    _add_marks(found, _asked_in(extent, rounds, hands))
    _add_figures(found, asked)
    _add_returns(found, asked, moment)
    _add_evidence(found, asked, moment)
    return of_task


def _rounds_of(extent: Extent, moment: datetime) -> dict[int, RoundSaid]:
    """The rounds open by a moment, those of later years too: what is still open then is asked for on."""
    rounds = Round.objects.filter(place_id=extent.place_id, year__gte=extent.year, opened_at__lte=moment)
    return {
        pk: RoundSaid(label, end, due.astimezone(BEIJING))
        for pk, label, end, due in rounds.order_by().values_list("pk", "label", "period_end", "due_at")
    }


def _hands_at(
    extent: Extent, rounds: Mapping[int, RoundSaid], moment: datetime
) -> dict[int, tuple[int, bool]]:
    """Whom filings were asked of at the moment that are asked of another since: (unit, as lead)."""
    then = Q(until__gt=moment) & (Q(since__isnull=True) | Q(since__lte=moment))
    hands = FilingHand.objects.filter(then, filing__round__in=list(rounds)).order_by()
    if extent.is_small:
        hands = hands.filter(extent.under("filing__task"))
    return {pk: (unit, lead) for pk, unit, lead in hands.values_list("filing_id", "unit_id", "is_lead")}


def _asked_in(
    extent: Extent, rounds: Mapping[int, RoundSaid], hands: Mapping[int, tuple[int, bool]], prefix: str = ""
) -> Q:
    """What lead units are or were asked in rounds, as a condition on rows that hold a filing under `prefix`.

    Where all rounds are of the extent's own year, many tasks need not be named again.
    """
    led = Q(**{f"{prefix}is_lead": True})
    led_then = [pk for pk, (_, lead) in hands.items() if lead]
    if led_then:
        led |= Q(**{f"{prefix}id__in": led_then})
    of_rounds = led & Q(**{f"{prefix}round__in": list(rounds)})
    is_later = any(one.end.year > extent.year for one in rounds.values())
    return of_rounds & extent.under(f"{prefix}task") if extent.is_small or is_later else of_rounds


def _read_rows(
    extent: Extent,
    rounds: dict[int, RoundSaid],
    hands: Mapping[int, tuple[int, bool]],
    moment: datetime,
) -> Iterator[tuple[int, FilingSaid]]:
    units = units_at(extent.place_id, moment)
    accepted = FilingStage.ACCEPTED.value
    fields = ("task_id", "unit_id", "pk", "round_id", "stage", "first_confirmed_at", "ruled_at", "true_on")
    asked = Filing.objects.filter(_asked_in(extent, rounds, hands)).order_by()
    for task, unit, pk, round_, stage, filed, ruled, true_on, since in asked.values_list(
        *fields, "asked_since"
    ):
        unit, is_lead = hands.get(pk, (unit, since is None or since <= moment))
        if is_lead and task in extent.ids:
            sent = filed if filed and filed <= moment else None
            taken = ruled if ruled and stage == accepted and ruled <= moment else None
            yield task, FilingSaid(pk, units[unit][0], rounds[round_], sent, taken, true_on)


def _add_marks(found: dict[int, FilingSaid], asked: Q) -> None:
    """What blocks, and what did not change, of what the office had taken."""
    marked = Filing.objects.filter(asked, Q(is_blocked=True) | Q(is_unchanged=True))
    fields = ("pk", "is_blocked", "is_unchanged", "problem")
    for pk, is_blocked, same, problem in marked.order_by().values_list(*fields):
        if pk in found and found[pk].accepted:
            said = found[pk]
            said.is_blocked, said.is_unchanged, said.problem = is_blocked, same, problem


def _add_figures(found: dict[int, FilingSaid], asked: Q) -> None:
    """Figures and steps of what the office had taken."""
    values = FilingValue.objects.filter(asked).order_by("id")
    for pk, indicator, value, unit in values.values_list("filing_id", "indicator", "value", "unit"):
        if pk in found and found[pk].accepted:
            found[pk].values += ((indicator, value, unit),)
    steps = FilingStep.objects.filter(asked).order_by("id")
    for pk, name, on in steps.values_list("filing_id", "name", "done_on"):
        if pk in found and found[pk].accepted:
            found[pk].steps += ((name, on),)


def _add_returns(found: dict[int, FilingSaid], asked: Q, moment: datetime) -> None:
    """What waited to be sent again, and what had been filed before it was taken back."""
    waits = Q(returned_at__lte=moment) & (Q(answered_at__isnull=True) | Q(answered_at__gt=moment))
    returns = FilingReturn.objects.filter(waits, asked).order_by()
    for pk, why, due, at in returns.values_list("filing_id", "why", "due", "returned_at"):
        if pk in found:
            found[pk].returned = (why, due, day_of(at))
    was = Q(confirmed_at__lte=moment, recalled_at__gt=moment)
    recalled = FilingRecall.objects.filter(was, asked).order_by("confirmed_at")
    for pk, at in recalled.values_list("filing_id", "confirmed_at"):
        if pk in found:
            found[pk].filed = found[pk].filed or at
            found[pk].returned = None  # it had been sent again


def _add_evidence(found: dict[int, FilingSaid], asked: Q, moment: datetime) -> None:
    """The names of what proves each filing, the strongest first; the unit's own word is none."""
    stands = Q(added_at__lte=moment) & (Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=moment))
    evidence = Evidence.objects.filter(stands, asked).exclude(kind=EvidenceKind.WORD)
    labels = {kind.value: str(kind.label) for kind in EvidenceKind}
    for pk, kind in sorted(evidence.order_by().values_list("filing_id", "kind"), key=_by_strength):
        if pk in found:
            found[pk].evidence += (labels[kind],)


def _by_strength(pair: tuple[int, str]) -> tuple[int, int]:
    return _STRENGTH[pair[1]], pair[0]
