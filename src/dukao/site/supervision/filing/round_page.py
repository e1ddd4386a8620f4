"""The office's view of rounds: each counted, one by unit, and what waits to be taken."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, Q, QuerySet
from django.http import Http404
from django.utils.timezone import localdate

from dukao.site.ledger.models import TaskState
from dukao.site.people.access import Viewer
from dukao.site.supervision.filing.evidence import RankedEvidence, proofs_of
from dukao.site.supervision.filing.items import Said, filings_to_show
from dukao.site.supervision.filing.published import say_outdated_filing
from dukao.site.supervision.filing.words import previous_of_all, words_of
from dukao.site.supervision.models import ActionPlan, Filing, FilingStage, Round

_SENT = (FilingStage.CONFIRMED, FilingStage.ACCEPTED)
_STALE = 3  # periods without a change, after which the office is told


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A round in the list of rounds."""

    round: Round
    units: int
    complete: int
    asked: int
    sent: int
    waiting: int
    returned: int

    @property
    def missing(self) -> int:
        """Items that did not reach the office."""
        return self.asked - self.sent


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit in a round, counted over what it leads."""

    unit_id: int
    name: str
    asked: int
    sent: int
    waiting: int
    returned: int
    late: int
    draft: int

    @property
    def missing(self) -> int:
        """What it still owes, returned ones among it."""
        return self.asked - self.sent

    @property
    def words(self) -> str:
        """How it stands, in words."""
        if not self.missing:
            return "已报齐（有逾期）" if self.late else "已报齐"
        if self.returned == self.missing:
            return "退回待补"
        return "没有报" if not self.sent and not self.returned else "没报齐"


@dataclass(frozen=True, slots=True)
class Review:
    """A filing that waits for the office, with what it needs to be judged."""

    filing: Filing
    state: TaskState
    now: Said
    last: Said | None
    proofs: tuple[RankedEvidence, ...]
    same: int  # periods, this one included, that said 无变化 one after the other
    outdated: str = ""  # which newer figure is out, as the unit was told

    @property
    def name(self) -> str:
        """How the task is called."""
        return self.filing.task.number or f"任务{self.filing.task_id}"

    @property
    def is_late(self) -> bool:
        """Whether it first came after its limit."""
        first = self.filing.first_confirmed_at
        return first is not None and first > self.filing.round.due_at

    @property
    def is_stale(self) -> bool:
        """Whether nothing has changed for long."""
        return self.same >= _STALE


@dataclass(frozen=True, slots=True)
class RoundPage:
    """One round for the office."""

    round: Round
    units: tuple[UnitLine, ...]
    reviews: tuple[Review, ...]
    chosen: UnitLine | None
    is_past: bool
    left: int  # days until the limit

    @property
    def complete(self) -> list[UnitLine]:
        """The units that filed everything."""
        return [unit for unit in self.units if not unit.missing]

    @property
    def missing(self) -> list[UnitLine]:
        """The units that owe something they did not file yet."""
        return [unit for unit in self.units if unit.missing > unit.returned]

    @property
    def returned(self) -> list[UnitLine]:
        """The units something went back to."""
        return [unit for unit in self.units if unit.returned]

    @property
    def waiting(self) -> int:
        """How much waits for the office."""
        return sum(unit.waiting for unit in self.units)


def read_rounds(viewer: Viewer) -> list[RoundLine]:
    """Every round of the place, the newest first: two queries."""
    lines: dict[int, list[UnitLine]] = defaultdict(list)
    filings = Filing.objects.filter(round__place_id=viewer.place_id)
    for round_id, line in _count_units(filings):
        lines[round_id].append(line)
    return [
        RoundLine(
            round_,
            units=len(lines[round_.pk]),
            complete=sum(not line.missing for line in lines[round_.pk]),
            asked=sum(line.asked for line in lines[round_.pk]),
            sent=sum(line.sent for line in lines[round_.pk]),
            waiting=sum(line.waiting for line in lines[round_.pk]),
            returned=sum(line.returned for line in lines[round_.pk]),
        )
        for round_ in Round.objects.filter(place_id=viewer.place_id)
    ]


def read_round(viewer: Viewer, round_id: int, unit_id: int | None, now: datetime) -> RoundPage:
    """One round of the place by unit, with what waits for the office; 404 for any other."""
    round_ = Round.objects.filter(pk=round_id, place_id=viewer.place_id).first()
    if round_ is None:
        raise Http404
    units = tuple(line for _, line in _count_units(Filing.objects.filter(round=round_)))
    chosen = next((line for line in units if line.unit_id == unit_id), None)
    waiting = filings_to_show().filter(round=round_, stage=FilingStage.CONFIRMED, is_lead=True)
    if chosen:
        waiting = waiting.filter(unit_id=chosen.unit_id)
    found = list(waiting.order_by("unit__order", "unit_id", "pk"))
    reviews = tuple(_read_reviews(found, localdate(now)))
    left = (localdate(round_.due_at) - localdate(now)).days
    return RoundPage(round_, units, reviews, chosen, now > round_.due_at, left)


def read_review(viewer: Viewer, filing_id: int, now: datetime) -> Review:
    """One filing of the place for the office; 404 for any other."""
    found = filings_to_show().filter(pk=filing_id, round__place_id=viewer.place_id, is_lead=True)
    for review in _read_reviews(list(found), localdate(now)):
        return review
    raise Http404


def waiting_ids(viewer: Viewer, round_id: int, unit_id: int | None) -> list[int]:
    """What waits for the office in a round, of one unit or of all."""
    waiting = Filing.objects.filter(
        round_id=round_id, round__place_id=viewer.place_id, stage=FilingStage.CONFIRMED, is_lead=True
    )
    if unit_id is not None:
        waiting = waiting.filter(unit_id=unit_id)
    return list(waiting.values_list("pk", flat=True))


def _count_units(filings: QuerySet[Filing]) -> Iterable[tuple[int, UnitLine]]:
    """Each unit in each round, in the order of the units: one query."""
    late = Q(first_confirmed_at__gt=F("round__due_at"))
    rows = (
        filings.filter(is_lead=True)
        .values("round_id", "unit_id", "unit__name", "unit__order")
        .annotate(
            asked=Count("pk"),
            sent=Count("pk", filter=Q(stage__in=_SENT)),
            waiting=Count("pk", filter=Q(stage=FilingStage.CONFIRMED)),
            returned=Count("pk", filter=Q(stage=FilingStage.RETURNED)),
            draft=Count("pk", filter=Q(stage=FilingStage.DRAFT)),
            late=Count("pk", filter=late),
        )
        .order_by("unit__order", "unit_id")
    )
    for row in rows:
        yield (
            row["round_id"],
            UnitLine(
                row["unit_id"],
                row["unit__name"],
                row["asked"],
                row["sent"],
                row["waiting"],
                row["returned"],
                row["late"],
                row["draft"],
            ),
        )


def _read_reviews(filings: list[Filing], today: date) -> list[Review]:
    tasks = [one.task_id for one in filings]
    in_force = ActionPlan.objects.filter(task_id__in=tasks, since__isnull=False, until__isnull=True)
    plans = {one.task_id: one for one in in_force}
    states = {one.task_id: one for one in TaskState.objects.at(None).filter(task_id__in=tasks)}
    last = previous_of_all(filings)
    same = _unchanged_in_a_row(filings)
    proofs = proofs_of(filings, plans)
    words = {one.pk: words_of(one) for one in filings}
    return [
        Review(
            filing=one,
            state=states[one.task_id],
            now=Said(one, words[one.pk]),
            last=Said(last[one.pk], words_of(last[one.pk])) if one.pk in last else None,
            proofs=tuple(sorted(proofs.get(one.pk, ()), key=lambda proof: proof.place)),
            same=same.get(one.pk, 0),
            outdated=say_outdated_filing(one, words[one.pk], plans.get(one.task_id), today),
        )
        for one in filings
        if one.task_id in states
    ]


def _unchanged_in_a_row(filings: list[Filing]) -> dict[int, int]:
    """How many periods up to this one said 无变化 without a break: one query."""
    if not filings:
        return {}
    rows = Filing.objects.filter(
        task_id__in=[one.task_id for one in filings],
        is_lead=True,
        stage__in=_SENT,
        round__period_end__lte=filings[0].round.period_end,
    ).order_by("-round__period_end")
    said: dict[tuple[int, int], list[bool]] = defaultdict(list)
    for task, unit, is_unchanged in rows.values_list("task_id", "unit_id", "is_unchanged"):
        said[(task, unit)].append(is_unchanged)
    return {one.pk: _leading(said[(one.task_id, one.unit_id)]) for one in filings}


def _leading(said: list[bool]) -> int:
    """How many of the first are true."""
    return next((at for at, one in enumerate(said) if not one), len(said))
