"""The door to change history: append one entry, note a proof."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import TextChoices

from dukao.site.history.models import Chain, Entry, Subject, Verification
from dukao.site.history.values import Actor, Thing, Verdict


def record(
    action: TextChoices,
    *,
    by: Actor,
    at: datetime,
    about: Iterable[Thing],
    before: Any = None,
    after: Any = None,
    why: str = "",
    label: str = "",
) -> Entry:
    """Append one entry to the chain; the caller's transaction must be open.

    `about` are the things the action changed as (kind, id); `before` and `after` plain JSON values. The label
    is kept with it, that of `action` where none is given: what was done stays readable when names change.
    """
    assert transaction.get_connection().in_atomic_block, "record() belongs inside the action's transaction"
    label = label or str(action.label)
    things = list(dict.fromkeys((kind, str(key)) for kind, key in about))
    chain = hold_chain()
    content = canonical(
        {
            "sequence": chain.sequence + 1,
            "at": stamp(at),
            "actor": by.username,
            "actor_name": by.name,
            "place": by.place,
            "action": str(action.value),
            "label": label,
            "about": [list(thing) for thing in things],
            "before": before,
            "after": after,
            "why": why,
        }
    )
    entry = Entry.objects.create(
        sequence=chain.sequence + 1,
        at=at,
        actor=by.username,
        actor_name=by.name,
        place=by.place,
        action=action.value,
        label=label,
        why=why,
        content=content,
        previous=chain.digest,
        digest=chain_digest(chain.digest, content),
    )
    Subject.objects.bulk_create(Subject(entry=entry, kind=kind, key=key) for kind, key in things)
    chain.sequence, chain.digest = entry.sequence, entry.digest
    chain.save(update_fields=("sequence", "digest"))
    return entry


def hold_chain() -> Chain:
    """The end of the chain, nobody else appending to it until the transaction ends.

    What is looked up after this still holds when it is written, two hands at once included. Rows are locked
    before the chain, never after it: every action ends with its entry.
    """
    return Chain.objects.select_for_update().get(id=1)


def canonical(value: Any) -> str:
    """The one way of writing a JSON value: keys sorted, no spaces, characters as they are."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def chain_digest(previous: str, content: str) -> str:
    """The sha256 that closes an entry: over the digest before it and its own content."""
    return sha256(f"{previous}\n{content}".encode()).hexdigest()


def stamp(at: datetime) -> str:
    """A moment as written into content: UTC, microseconds."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def note_verdict(verdict: Verdict, *, by: Actor, at: datetime) -> None:
    """Keep what a walk along the chain found. No entry: a broken chain is not to be written on."""
    Verification.objects.create(
        at=at,
        by=by.name,
        entries=verdict.entries,
        digest=verdict.digest,
        broken=verdict.broken,
        reason=verdict.reason,
    )
