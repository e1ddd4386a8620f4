"""点位: where a livelihood item is carried out, place by place; what is done is counted from here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from dukao.site.history.actions import record
from dukao.site.people.access import Viewer
from dukao.site.refusals import Refused
from dukao.site.supervision.models import Spot
from dukao.site.supervision.naming import Action
from dukao.site.supervision.registers.access import lock_item, lock_register, require_fill
from dukao.site.supervision.registers.entering import about
from dukao.site.supervision.registers.errors import Refusal


@dataclass(frozen=True, slots=True)
class SpotWords:
    """What is said of one place; `order` tells which, 0 for a new one, and no name takes it off the list."""

    order: int
    name: str
    town: str = ""
    due: date | None = None
    done_on: date | None = None


@transaction.atomic
def say_spots(
    code: str, task_id: int, wanted: list[SpotWords], *, seen: str | None = None, by: Viewer, at: datetime
) -> int:
    """Let an item have exactly these places; those that stay the same keep their row; how many changed.

    The office or the lead unit says it. A place that is left without a name goes from the list, and stays in
    the history. `seen` is the version the writer started from (`version_of`), None where nobody else can have
    changed it; refused, with what stands now, where somebody did.
    """
    require_fill(by, task_id)
    kept = lock_register(code, by)
    state, _ = lock_item(kept, task_id, by)
    if not kept.terms.has_places:
        raise Refused(Refusal.SPOTS_NONE, name=kept.name)
    now = {one.order: one for one in Spot.objects.at(None).select_for_update().filter(task_id=task_id)}
    if seen is not None and seen != version_of(now.values()):
        raise Refused(Refusal.SPOTS_MEANWHILE, _plain(sorted(now.values(), key=lambda one: one.order)))
    _refuse_unfit(wanted, localdate(at))
    used = max(Spot.objects.filter(task_id=task_id).values_list("order", flat=True), default=0)
    made, ended = [], []
    for words in wanted:
        old = now.get(words.order)
        if old and _same(old, words):
            continue
        if old:
            ended.append(old.pk)
        if words.name:
            used += 0 if old else 1
            made.append(_spot(task_id, words, old.order if old else used, at))
    if not made and not ended:
        raise Refused(Refusal.SAME, status=422)
    before = _plain([one for one in now.values() if one.pk in ended])
    Spot.objects.filter(pk__in=ended).update(until=at)
    Spot.objects.bulk_create(made)
    record(
        Action.SPOTS_SAID,
        by=by.actor,
        at=at,
        about=about(kept, state.task_id),
        before={"点位": before},
        after={"点位": _plain(made)},
    )
    return len(made) + len(ended) - len({one.order for one in made} & {one.order for one in now.values()})


def version_of(spots: Iterable[Spot]) -> str:
    """Which version of an item's places somebody sees: a change writes a new row, or leaves one fewer."""
    keys = [one.pk for one in spots]
    return f"{len(keys)}-{max(keys, default=0)}"


def _refuse_unfit(wanted: list[SpotWords], today: date) -> None:
    named = [f"{one.town}{one.name}" for one in wanted if one.name]
    wrong = [f"“{one}”写了两次" for one in dict.fromkeys(named) if named.count(one) > 1]
    wrong += [
        f"“{one.name}”：完成日期 {one.done_on} 还没有到，请填已经完成的日期"
        for one in wanted
        if one.name and one.done_on and one.done_on > today
    ]
    wrong += [
        "有一行写了街道或日期，没有写点位名称"
        for one in wanted
        if not one.name and not one.order and (one.town or one.due or one.done_on)
    ]
    if wrong:
        raise Refused(Refusal.SPOTS_UNFIT, wrong, status=422)


def _same(old: Spot, words: SpotWords) -> bool:
    return (old.name, old.town, old.due, old.done_on) == (words.name, words.town, words.due, words.done_on)


def _spot(task_id: int, words: SpotWords, order: int, at: datetime) -> Spot:
    return Spot(
        task_id=task_id,
        order=order,
        town=words.town[:40],
        name=words.name[:80],
        due=words.due,
        done_on=words.done_on,
        since=at,
    )


def _plain(spots: list[Spot]) -> list[str]:
    return [
        f"{one}{f'，计划{one.due:%Y-%m-%d}' if one.due else ''}"
        f"{f'，{one.done_on:%Y-%m-%d}完成' if one.done_on else ''}"
        for one in spots
    ]
