"""The unit's page: its rounds that are open, and all its items of one of them."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from dukao.site.people.access import Viewer
from dukao.site.supervision.access import units_of
from dukao.site.supervision.filing.effort import minutes
from dukao.site.supervision.filing.items import Item, Said, filings_to_show, read_items
from dukao.site.supervision.filing.words import words_of
from dukao.site.supervision.models import Filing, FilingStage, Round

_ASKED = Q(is_lead=True)
_COUNTS = {
    "asked": Count("pk", filter=_ASKED),
    "empty": Count("pk", filter=_ASKED & Q(stage=FilingStage.EMPTY)),
    "returned": Count("pk", filter=_ASKED & Q(stage=FilingStage.RETURNED)),
    "draft": Count("pk", filter=_ASKED & Q(stage=FilingStage.DRAFT)),
    "confirmed": Count("pk", filter=_ASKED & Q(stage=FilingStage.CONFIRMED)),
    "accepted": Count("pk", filter=_ASKED & Q(stage=FilingStage.ACCEPTED)),
}


@dataclass(frozen=True, slots=True)
class Tally:
    """How far a unit is with a round, counted over what it leads."""

    asked: int = 0
    empty: int = 0
    returned: int = 0
    draft: int = 0
    confirmed: int = 0
    accepted: int = 0

    @property
    def filled(self) -> int:
        """Filled in, confirmed or not."""
        return self.draft + self.confirmed + self.accepted

    @property
    def open(self) -> int:
        """What the unit still has to write."""
        return self.empty + self.returned

    @property
    def sent(self) -> int:
        """What reached the office."""
        return self.confirmed + self.accepted


@dataclass(frozen=True, slots=True)
class UnitPage:
    """A unit's items of one round."""

    round: Round | None
    others: tuple[tuple[Round, Tally], ...]  # other open rounds with something left to do
    tally: Tally
    items: tuple[Item, ...]

    @property
    def own(self) -> list[Item]:
        """What the unit leads, and is asked about."""
        return [item for item in self.items if item.filing.is_lead]

    @property
    def shared(self) -> list[Item]:
        """What it may add to the tasks of others."""
        return [item for item in self.items if not item.filing.is_lead]

    @property
    def minutes(self) -> int:
        """How long what is left takes, as expected."""
        return minutes(sum(item.effort.seconds for item in self.own if not item.is_filled))

    @property
    def first_open(self) -> Item | None:
        """The first item that waits."""
        return next((item for item in self.own if not item.is_filled), None)


def read_unit_page(viewer: Viewer, round_id: int | None = None) -> UnitPage:
    """A unit's items of a round; of the newest open one where none is said. 404 for a round not its own."""
    units = units_of(viewer)
    own = Filing.objects.filter(unit_id__in=units).exclude(stage=FilingStage.MOVED)
    rounds = list(
        Round.objects.filter(place_id=viewer.place_id, closed_at__isnull=True, filings__in=own)
        .distinct()
        .order_by("-period_end")
    )
    chosen = _choose(viewer, rounds, round_id, own)
    counted = own.filter(round__in=[*rounds, *([chosen] if chosen else [])])
    counts = counted.values("round_id").annotate(**_COUNTS).order_by().values_list("round_id", *_COUNTS)
    tallies = {round_: Tally(**dict(zip(_COUNTS, sizes, strict=True))) for round_, *sizes in counts}
    if chosen is None:
        return UnitPage(None, (), Tally(), ())
    filings = filings_to_show().filter(round=chosen, unit_id__in=units).exclude(stage=FilingStage.MOVED)
    others = [(one, tallies[one.pk]) for one in rounds if one != chosen]
    return UnitPage(
        chosen,
        tuple(pair for pair in others if pair[1].open or pair[1].draft),
        tallies.get(chosen.pk, Tally()),
        tuple(read_items(list(filings))),
    )


def _choose(viewer: Viewer, rounds: list[Round], round_id: int | None, own: QuerySet[Filing]) -> Round | None:
    if round_id is None:
        return rounds[0] if rounds else None
    known = {one.pk: one for one in rounds}
    if round_id in known:
        return known[round_id]
    closed = Round.objects.filter(pk=round_id, place_id=viewer.place_id, filings__in=own).first()
    if closed is None:
        raise Http404
    return closed


def read_item(viewer: Viewer, filing_id: int, *, with_last: bool = True, with_others: bool = True) -> Item:
    """One item of the viewer's unit, with as much of it as is wanted (`read_items`); 404 for any other."""
    found = filings_to_show().filter(pk=filing_id, unit_id__in=units_of(viewer))
    own = list(found.exclude(stage=FilingStage.MOVED))
    items = read_items(own, with_last=with_last, with_others=with_others)
    if not items:
        raise Http404
    return items[0]


def read_again(item: Item) -> Item:
    """An item after its words were saved: they alone are read again, three queries instead of twelve."""
    filing = filings_to_show().get(pk=item.filing.pk)
    return replace(item, filing=filing, now=Said(filing, words_of(filing)))


def tally_of(viewer: Viewer, round_id: int) -> Tally:
    """How far the viewer's unit is with a round: one query."""
    own = Filing.objects.filter(round_id=round_id, unit_id__in=units_of(viewer))
    return Tally(**own.exclude(stage=FilingStage.MOVED).aggregate(**_COUNTS))


def ids_in_stage(viewer: Viewer, round_id: int, stage: FilingStage) -> list[int]:
    """The unit's own items of a round that are in a stage."""
    own = Filing.objects.filter(round_id=round_id, unit_id__in=units_of(viewer), is_lead=True, stage=stage)
    return list(own.values_list("pk", flat=True))


def is_past(round_: Round, now: datetime) -> bool:
    """Whether the limit of a round is over."""
    return now > round_.due_at
