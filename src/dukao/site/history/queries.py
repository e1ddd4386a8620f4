"""The door to ask history: entries about a thing, pages of entries, the proof of the chain."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from dukao.site.history.actions import chain_digest, stamp
from dukao.site.history.models import Chain, Entry, Subject, Verification
from dukao.site.history.telling import Told, tell_all
from dukao.site.history.values import Mark, Thing, Verdict

_GENESIS = "0" * 64
_OF_ACCOUNTS = ("user", "token", "view")


def entries_about(kind: str, key: object) -> QuerySet[Entry]:
    """What was done to one thing, newest first."""
    return Entry.objects.filter(subjects__kind=kind, subjects__key=str(key))


def tell_about(kind: str, key: object, most: int | None = None) -> list[Told]:
    """What was done to one thing, in words, newest first, at most so many; one query.

    What `history/_entries.html` shows.
    """
    return tell_all(entries_about(kind, key)[:most])


def entries_of(place: str) -> QuerySet[Entry]:
    """What was done in a place, or with "" by the administrators of the installation; newest first."""
    return Entry.objects.filter(place=place)


def content_of(entry: Entry) -> dict[str, Any]:
    """What an entry says, with `before` and `after`."""
    found: dict[str, Any] = json.loads(entry.content)
    return found


def latest_business(place: str, most: int) -> list[Told]:
    """The last things done in a place's business, newest first; without what is about accounts alone."""
    accounts = Subject.objects.filter(entry_id=OuterRef("sequence"), kind__in=_OF_ACCOUNTS)
    return tell_all(entries_of(place).exclude(Exists(accounts))[:most], proofs=False)


def mark_now() -> Mark:
    """How far history has come; what is read after this may hold more, never less."""
    return Mark(*Chain.objects.values_list("sequence", "digest").get(id=1))


def entries_since(
    mark: Mark, places: Iterable[str], last: datetime | None, most: int = 500
) -> list[tuple[datetime, list[Thing]]] | None:
    """The moment of each entry of these places after a mark, and what it is about; by `last` where given.

    None where history did not go on from the mark, as after a record was put back from a copy, or where there
    are more than `most` things. One query, which looks at nothing before the mark.
    """
    later = Q(sequence__gt=mark.sequence, place__in=list(places))
    if last is not None:
        later &= Q(at__lte=last)
    itself = Q(sequence=mark.sequence, digest=mark.digest)
    found = Entry.objects.filter(sequence__gte=mark.sequence).filter(itself | later).order_by("sequence")
    rows = list(found.values_list("sequence", "at", "subjects__kind", "subjects__key")[: most + 1])
    if len(rows) > most or not rows or rows[0][0] != mark.sequence:
        return None
    entries: dict[int, tuple[datetime, list[Thing]]] = {}
    for sequence, at, kind, key in rows:
        entries.setdefault(sequence, (at, []))[1].append((kind, key))
    del entries[mark.sequence]
    return list(entries.values())


def first_after(moment: datetime, places: Iterable[str]) -> datetime | None:
    """The date of the first entry of these places that lies after a moment, as by another clock."""
    # Asked for by its column, SQLite would read every entry of the place, and sort them.
    later = Entry.objects.alias(of=Coalesce("place", Value("")))
    later = later.filter(at__gt=moment, of__in=list(places)).order_by("at")
    return later.values_list("at", flat=True).first()


def verify_chain(batch: int = 2000) -> Verdict:
    """Walk the chain from its beginning; the first entry missing or not as written is named."""
    previous, at = _GENESIS, 0
    for entry in _walk(batch):
        at += 1
        if entry.sequence != at:
            return Verdict(at - 1, previous, at, f"第 {at} 条不在了，其后是第 {entry.sequence} 条")
        reason = _fault_of(entry, previous)
        if reason:
            return Verdict(at - 1, previous, at, f"第 {at} 条{reason}")
        previous = entry.digest
    end = Chain.objects.get(id=1)
    if (end.sequence, end.digest) != (at, previous):
        return Verdict(
            at, previous, at + 1, f"链尾记着 {end.sequence} 条，实有 {at} 条：末尾有记录被删去或替换"
        )
    return Verdict(at, previous)


def last_verification() -> Verification | None:
    """The last walk along the chain, whoever asked for it."""
    return Verification.objects.first()


def _walk(batch: int) -> Iterator[Entry]:
    return Entry.objects.order_by("sequence").prefetch_related("subjects").iterator(chunk_size=batch)


def _fault_of(entry: Entry, previous: str) -> str:
    """What is wrong with one entry, nothing where it stands as written."""
    if entry.previous != previous:
        return "与前一条接不上"
    if entry.digest != chain_digest(previous, entry.content):
        return "的内容与校验值不符"
    said = content_of(entry)
    columns = {
        "sequence": entry.sequence,
        "at": stamp(entry.at),
        "actor": entry.actor,
        "actor_name": entry.actor_name,
        "place": entry.place,
        "action": entry.action,
        "label": entry.label,
        "why": entry.why,
    }
    if any(said[name] != value for name, value in columns.items()):
        return "的查询栏与内容不符"
    subjects = {(one.kind, one.key) for one in entry.subjects.all()}
    return "" if subjects == {tuple(thing) for thing in said["about"]} else "的对象栏与内容不符"
