"""What a draft learns from: what the place issued, what persons decided, files of earlier years."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import cast

from dukao.breakdown.compiler import compile_breakdown
from dukao.breakdown.values import Breakdown as ReadBreakdown
from dukao.drafting.past import TypedRow, typed_breakdown
from dukao.language.dates import Deadline, DeadlineKind
from dukao.report.places import Level as ReportLevel
from dukao.report.values import Report
from dukao.site.archive.models import Document, Profile
from dukao.site.archive.profiles import kept_profile, note_profile, profile_of
from dukao.site.archive.queries import source_of
from dukao.site.ledger.models import (
    Breakdown,
    Placement,
    Responsibility,
    Role,
    Stage,
    Status,
    TaskState,
)
from dukao.site.ledger.queries.rows import leaders_on
from dukao.site.ledger.review.adding import BASIS
from dukao.site.people.models import Place


def at_its_level(report: Report, place: Place) -> Report:
    """A report with the level its place has by its code: its text does not tell a 县级市 from a city."""
    return replace(report, level=cast(ReportLevel, place.level))


def recorded_past(place: Place, now: datetime) -> list[ReadBreakdown]:
    """The breakdowns on the record a draft of a place learns from, the earliest first.

    Of an issued one every row as it stands now; of a draft, also of one that was withdrawn, the rows whose
    lead a person decided.
    """
    recorded = Breakdown.objects.filter(place=place).order_by("year", "id")
    rows = [(one, _rows_of(one, now)) for one in recorded]
    return [typed_breakdown(said, name=one.title, year=one.year) for one, said in rows if said]


def read_past(documents: Sequence[Document], place: Place, at: datetime) -> list[ReadBreakdown]:
    """Files of earlier years, read as the place writes; the last of them shows how that is, where what is
    known so far is of an earlier year or nothing is.

    Part of an action. Raises SourceError for one that is no breakdown.
    """
    profile = profile_of(place.pk)
    read = [compile_breakdown(source_of(one), profile=profile) for one in documents]
    if read:
        document, last = max(zip(documents, read, strict=True), key=lambda pair: pair[1].year or 0)
        kept = kept_profile(place.pk)
        if kept is None or _is_later(last, kept):
            note_profile(document, last, at=at)
    return read


def _is_later(read: ReadBreakdown, kept: Profile) -> bool:
    """Whether a breakdown is of a later year than the one a profile was seen in; unknown years are not."""
    if kept.document is None or read.year is None:
        return kept.document is None
    seen = kept.document.compilations.first()
    year = kept.document.year or (seen.result.get("year") if seen else None)
    return year is not None and read.year > year


def _rows_of(breakdown: Breakdown, now: datetime) -> list[TypedRow]:
    states = TaskState.objects.at(None).filter(task__breakdown=breakdown).order_by("order")
    duties = _duties_of(breakdown)
    if breakdown.stage == Stage.ISSUED:
        shown = [one for one in states if one.status != Status.WITHDRAWN]
    else:
        shown = [one for one in states if _is_decided(duties[one.task_id])]
    leaders = leaders_on(breakdown.place_id, None, now)
    seats: defaultdict[int, list[Placement]] = defaultdict(list)
    for seat in Placement.objects.at(None).filter(task__breakdown=breakdown):
        seats[seat.task_id].append(seat)
    return [
        TypedRow(
            f"{state.title}{state.project}{state.text}" if state.project else state.text,
            tuple(str(one.unit) for one in duties[state.task_id] if one.role == Role.LEAD and one.unit_id),
            tuple(str(one.unit or one.group) for one in duties[state.task_id] if one.role != Role.LEAD),
            tuple(
                dict.fromkeys(
                    (leader.name, leader.title)
                    for seat in seats[state.task_id]
                    if (leader := leaders.get(seat.post_id or 0)) and leader.name
                )
            ),
            next((seat.row for seat in seats[state.task_id]), ""),
            frozenset(
                str(one.unit or one.group) for one in duties[state.task_id] if one.role == Role.SUPPORTING
            ),
            _limit_of(state),
        )
        for state in shown
    ]


def _duties_of(breakdown: Breakdown) -> defaultdict[int, list[Responsibility]]:
    found: defaultdict[int, list[Responsibility]] = defaultdict(list)
    duties = Responsibility.objects.at(None).filter(task__breakdown=breakdown)
    for one in duties.prefetch_related("unit", "group"):
        found[one.task_id].append(one)
    return found


def _is_decided(duties: Sequence[Responsibility]) -> bool:
    """Whether a person said who leads a row of a draft."""
    return any(one.role == Role.LEAD and one.basis == BASIS for one in duties)


def _limit_of(state: TaskState) -> Deadline | None:
    if not state.deadline_text:
        return None
    day = state.deadline.isoformat() if state.deadline else None
    return Deadline(state.deadline_text, day, cast(DeadlineKind, str(state.deadline_kind)), 0, 0)
