"""The ledger page of a year: everything it shows, asked once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Q

from dukao.site.history.readings import Bounds, PlaceKeeper
from dukao.site.ledger.models import Breakdown, Heading, SavedView, Stage
from dukao.site.ledger.queries.facets import Choice, Facet, choose_rows, flags_of
from dukao.site.ledger.queries.grouping import Block, Grouping, HeadingNote, Lit
from dukao.site.ledger.queries.rows import Row, Totals, count_rows, leaders_on, read_rows
from dukao.site.ledger.queries.search import search_rows
from dukao.site.ledger.queries.selection import FLAGS, Selection
from dukao.site.people.access import Reach, Viewer
from dukao.site.people.queries import code_of


class Sheet(NamedTuple):
    """The breakdown a year's ledger comes from."""

    breakdown_id: int
    year: int
    title: str
    stage: str
    document_number: str
    issued_on: date | None


_SHEETS = PlaceKeeper[tuple[Sheet, ...]]()
_HEADINGS = PlaceKeeper[tuple[HeadingNote, ...]]()


class KeptView(NamedTuple):
    """A state of the page somebody keeps under a name."""

    view_id: int
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """Everything the ledger page shows, as plain values: its template asks the database nothing."""

    year: int
    selection: Selection
    sheets: tuple[Sheet, ...]
    rows: tuple[Row, ...]
    blocks: tuple[Block, ...]
    facets: tuple[Facet, ...]
    flags: tuple[Choice, ...]
    total: Totals
    shown: Totals
    found_units: tuple[tuple[int, str], ...] = ()
    views: tuple[KeptView, ...] = ()

    @property
    def sheet(self) -> Sheet | None:
        """The breakdown of this year."""
        return next((sheet for sheet in self.sheets if sheet.year == self.year), None)

    @property
    def years(self) -> tuple[int, ...]:
        """The years that have a breakdown, newest first."""
        return tuple(sheet.year for sheet in self.sheets)

    @property
    def shared(self) -> int:
        """How many tasks two posts lead."""
        return sum(row.is_shared for row in self.rows)


def read_ledger(
    viewer: Viewer,
    year: int,
    selection: Selection,
    moment: datetime | None,
    now: datetime,
    light: Callable[[list[Row]], Mapping[int, Lit]] | None = None,
) -> LedgerPage:
    """The ledger of a year as a viewer sees it at `moment` (None: now), under a selection.

    At most a dozen questions to the database, however many tasks there are, and those of `light`, which gives
    the rows that were found their lights where the viewer sees them.
    """
    leaders = leaders_on(viewer.place_id, moment, now)
    found = search_rows(viewer, moment, year, selection.terms, leaders)
    every = read_rows(viewer, moment, year=year) if selection.terms else found.rows
    lights = light(found.rows) if light else None
    shown, facets = choose_rows(found.rows, selection, leaders, lights)
    sheets = read_sheets(viewer, moment)
    grouping = Grouping(
        selection.by,
        selection.sort,
        viewer,
        leaders,
        read_headings(viewer.place_id, year) if selection.by == "leader" else (),
        f"?as_of={selection.as_of}" if selection.as_of else "",
        shows_idle=not selection.is_narrowed and viewer.reach in (Reach.ALL, Reach.ISSUED),
        lights=lights or {},
    )
    return LedgerPage(
        year,
        selection,
        sheets,
        tuple(found.rows),
        grouping.blocks(shown),
        tuple(facet for facet in facets if facet.name not in FLAGS),
        tuple(flags_of(facets)),
        count_rows(every),
        count_rows(shown),
        found.units,
        read_views(viewer),
    )


def read_sheets(viewer: Viewer, moment: datetime | None) -> tuple[Sheet, ...]:
    """The breakdowns whose tasks a viewer may see, newest year first; drafts for the office alone."""
    issued_only = viewer.reach is not Reach.ALL
    return _SHEETS.ask(
        (viewer.place_id, issued_only, moment),
        None,
        lambda: _find_sheets(viewer.place_id, issued_only, moment),
        lambda: Bounds(viewer.place_code),
    )


def _find_sheets(place_id: int, issued_only: bool, moment: datetime | None) -> tuple[Sheet, ...]:
    sheets = Breakdown.objects.filter(place_id=place_id).exclude(stage=Stage.WITHDRAWN)
    if issued_only:
        sheets = sheets.filter(stage=Stage.ISSUED)
        if moment is not None:
            sheets = sheets.filter(issued_at__lte=moment)
    elif moment is not None:
        sheets = sheets.filter(created_at__lte=moment)
    fields = ("pk", "year", "title", "stage", "document_number", "issued_on", "issued_at")
    return tuple(
        Sheet(pk, year, title, stage, number, issued_on)
        if moment is None or (issued_at and issued_at <= moment)
        else Sheet(pk, year, title, Stage.DRAFT if stage == Stage.ISSUED else stage, "", None)
        for pk, year, title, stage, number, issued_on, issued_at in sheets.order_by("-year").values_list(
            *fields
        )
    )


def year_in_hand(sheets: Sequence[Sheet]) -> int | None:
    """The newest year that is issued: the next one's draft is not what people come for; else the newest."""
    issued = [sheet.year for sheet in sheets if sheet.stage == Stage.ISSUED]
    return max(issued or [sheet.year for sheet in sheets], default=None)


def read_headings(place_id: int, year: int) -> tuple[HeadingNote, ...]:
    """The heads of a year's breakdown, in their order; kept."""
    return _HEADINGS.ask(
        (place_id, year), None, lambda: _find_headings(place_id, year), lambda: Bounds(code_of(place_id))
    )


def _find_headings(place_id: int, year: int) -> tuple[HeadingNote, ...]:
    of_year = Q(breakdown__place_id=place_id, breakdown__year=year) & ~Q(breakdown__stage=Stage.WITHDRAWN)
    heads = Heading.objects.filter(of_year).order_by("order")
    fields = ("pk", "title", "note", "order", "post_id")
    return tuple(
        HeadingNote(pk, title, note, order, post or 0)
        for pk, title, note, order, post in heads.values_list(*fields)
    )


def read_views(viewer: Viewer) -> tuple[KeptView, ...]:
    """The states of the page a person keeps."""
    kept = SavedView.objects.filter(user_id=viewer.user_id).values_list("pk", "name", "query")
    return tuple(KeptView(*one) for one in kept)
