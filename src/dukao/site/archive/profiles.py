"""The profile of a place: detected in its breakdowns, corrected by a person once, obeyed from then on."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from dukao.breakdown.habits import detect_profile
from dukao.breakdown.profiles import Profile as ReadProfile
from dukao.breakdown.profiles import correct_profile, read_profile
from dukao.breakdown.values import Breakdown
from dukao.presets.loading import load_traits
from dukao.site.archive.actions import Action
from dukao.site.archive.errors import Refusal
from dukao.site.archive.models import Document, Profile
from dukao.site.history.actions import record
from dukao.site.people.access import Act, Viewer, require
from dukao.site.people.models import Place
from dukao.site.refusals import Refused


def kept_profile(place_id: int) -> Profile | None:
    """The profile that holds for a place now, with the document it was detected in; None: none was kept."""
    return Profile.objects.filter(place_id=place_id, until=None).select_related("document").first()


def profile_of(place_id: int) -> ReadProfile | None:
    """The same as the library's value, to be handed to `compile_breakdown`."""
    kept = kept_profile(place_id)
    return value_of(kept) if kept else None


def value_of(kept: Profile) -> ReadProfile:
    """A kept profile as the library's value."""
    return read_profile(json.dumps(kept.result), str(kept))


def note_profile(document: Document, read: Breakdown, *, at: datetime) -> None:
    """Keep what a breakdown just read shows of its place; part of a larger action, records nothing.

    What a person said of a trait stays said. A list of livelihood projects alone does not tell how the place
    writes its key tasks.
    """
    before = kept_profile(document.place_id)
    if before and not read.tasks:
        return
    seen = detect_profile(read)
    said = {one.code: one.value for one in value_of(before).traits if one.by == "person"} if before else {}
    seen = correct_profile(replace(seen, name=document.place.name), said)
    if before is None or before.result != seen.as_json() or before.document_id != document.pk:
        _replace(before, document.place_id, document, seen, at)


@transaction.atomic
def correct(said: Mapping[str, str], why: str, *, by: Viewer, at: datetime) -> Profile:
    """Say of some traits what the place does; later breakdowns are read so. Those written so far stay.

    `said` is a value for a trait. Refused where a trait has no such value, nothing would change, or there is
    no reason.
    """
    require(by, Act.ADOPT)
    place = Place.objects.select_for_update().get(pk=by.place_id)
    before = kept_profile(place.pk)
    old = value_of(before) if before else ReadProfile(place.name)
    changed = {code: value for code, value in said.items() if value and old.value(code) != value}
    if not changed:
        raise Refused(Refusal.PROFILE_SAME, status=422)
    if not why.strip():
        raise Refused(Refusal.PROFILE_WHY, status=422)
    try:
        new = correct_profile(old, changed)
    except ValueError as error:
        raise Refused(Refusal.PROFILE_VALUE, said=str(error), status=422) from error
    made = _replace(before, place.pk, before.document if before else None, new, at)
    record(
        Action.PROFILE_CORRECTED,
        by=by.actor,
        at=at,
        about=[("place", place.pk)],
        before=_say({code: old.value(code) for code in changed}),
        after=_say(changed),
        why=why.strip(),
    )
    return made


def _say(values: Mapping[str, str | None]) -> dict[str, str]:
    """Values of traits in words, as the history shows them."""
    traits = load_traits()
    return {
        traits[code].name: traits[code].values[value] if value else "没有见到"
        for code, value in values.items()
    }


def _replace(
    before: Profile | None, place_id: int, document: Document | None, profile: ReadProfile, at: datetime
) -> Profile:
    if before:
        Profile.objects.filter(pk=before.pk).update(until=at)
    return Profile.objects.create(place_id=place_id, document=document, result=profile.as_json(), since=at)
