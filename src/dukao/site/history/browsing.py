"""History as the auditor leafs through it: filtered, newest first, page by page along the chain.

An auditor of a place sees the place's entries and those of the installation's administrators, which bear no
place; the installation's auditor, who belongs to no place, sees all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils.timezone import make_aware

from dukao.site.history.models import Entry
from dukao.site.history.telling import Told, tell_all

PAGE = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the reader looks for; everything empty is everything."""

    actor: str = ""
    action: str = ""
    since: date | None = None
    until: date | None = None
    kind: str = ""
    key: str = ""

    @property
    def narrows(self) -> bool:
        """Whether anything is asked for."""
        return self != Wanted()


@dataclass(frozen=True, slots=True)
class Page:
    """Entries newest first; `older` and `newer` are the sequences to go on from, None at an end."""

    entries: Sequence[Told]
    older: int | None
    newer: int | None


def visible_to(place_code: str) -> QuerySet[Entry]:
    """The entries an auditor sees."""
    return Entry.objects.filter(place__in=(place_code, "")) if place_code else Entry.objects.all()


def narrow(entries: QuerySet[Entry], wanted: Wanted) -> QuerySet[Entry]:
    """Only what is looked for; the days are Beijing days, both included."""
    if wanted.actor:
        entries = entries.filter(actor=wanted.actor)
    if wanted.action:
        entries = entries.filter(action=wanted.action)
    if wanted.since:
        entries = entries.filter(at__gte=_start_of(wanted.since))
    if wanted.until:
        entries = entries.filter(at__lt=_start_of(wanted.until + timedelta(days=1)))
    if wanted.kind and wanted.key:
        entries = entries.filter(subjects__kind=wanted.kind, subjects__key=wanted.key)
    elif wanted.kind:
        entries = entries.filter(subjects__kind=wanted.kind).distinct()
    return entries


def page_of(entries: QuerySet[Entry], *, before: int | None = None, after: int | None = None) -> Page:
    """One page: the newest, those `before` a sequence, or those just `after` one."""
    if after is not None:
        found = list(entries.filter(sequence__gt=after).order_by("sequence")[: PAGE + 1])
        more, rows = len(found) > PAGE, found[:PAGE][::-1]
        return Page(tell_all(rows), rows[-1].sequence if rows else None, rows[0].sequence if more else None)
    if before is not None:
        entries = entries.filter(sequence__lt=before)
    found = list(entries.order_by("-sequence")[: PAGE + 1])
    rows = found[:PAGE]
    older = rows[-1].sequence if len(found) > PAGE else None
    return Page(tell_all(rows), older, rows[0].sequence if rows and before is not None else None)


def actors_in(entries: QuerySet[Entry]) -> list[tuple[str, str]]:
    """Who has done anything: log-in name and the name last used."""
    found = entries.order_by("sequence").values_list("actor", "actor_name").distinct()
    return sorted(dict(found.order_by("actor")).items())


def actions_in(entries: QuerySet[Entry]) -> list[tuple[str, str]]:
    """What has been done: the action with its label, or its labels where it was said in several words."""
    labels: dict[str, list[str]] = {}
    for action, label in entries.order_by("action", "label").values_list("action", "label").distinct():
        labels.setdefault(action, []).append(label)
    return [(action, "、".join(said)) for action, said in labels.items()]


def neighbours(entries: QuerySet[Entry], sequence: int) -> tuple[int | None, int | None]:
    """The entries before and after one, as far as the reader sees them."""
    before = entries.filter(sequence__lt=sequence).order_by("-sequence").values_list("sequence", flat=True)
    after = entries.filter(sequence__gt=sequence).order_by("sequence").values_list("sequence", flat=True)
    return before.first(), after.first()


def _start_of(day: date) -> datetime:
    return make_aware(datetime.combine(day, time()))
