"""What a bulletin says, drawn from the record of a day: plain JSON, kept with the bulletin for good."""

from collections import Counter, defaultdict
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q
from django.utils.timezone import localdate

from dukao.progress.figures import say_day
from dukao.progress.values import Light
from dukao.site.ledger.moments import end_of
from dukao.site.people.access import Viewer
from dukao.site.people.models import PARTNERS
from dukao.site.supervision.models import Filing, FilingStage, Meeting, Notice, Round
from dukao.site.supervision.pressing.listed import lines_of, read_listed, say_lists
from dukao.site.supervision.pressing.overview import (
    Item,
    behind_of,
    counts_of,
    line_of,
    read_items,
)
from dukao.site.supervision.seeing.comparing import is_better, is_worse
from dukao.site.supervision.seeing.said import said_of

_REQUIREMENTS = (
    "滞后事项的牵头单位要对照序时进度逐项分析原因，明确赶上进度的措施、责任人和日期，在下一期报送时说明。",
    "需要协调的事项，由牵头领导召集有关单位研究；超出本级权限的，及时报告。",
)


def draw_facts(viewer: Viewer, as_of: date, since: date, now: datetime) -> dict[str, Any]:
    """Everything a bulletin of a day says, compared with an earlier day.

    Improvements come first; partners are neither counted nor named. The lists beside the breakdown are
    counted in the opening; what is behind on one is named where it may be read outside: a bulletin goes far.
    """
    moment = min(end_of(as_of) or now, now)
    items = read_items(viewer, as_of.year, as_of, now)
    before = {one.row.task_id: one.light for one in read_items(viewer, as_of.year, since, now)}
    behind = [one for one in behind_of(items) if one.light is not Light.BLOCKED]
    blocked = [one for one in items if one.light is Light.BLOCKED]
    listed = read_listed(viewer, as_of, now)
    named = [one for one in listed if one.kept.terms.may_be_public]
    keys = [one.row.task_id for one in (*behind, *blocked)]
    said = said_of([*keys, *(row.task_id for one in named for row in one.behind)], moment)
    on_lists = lines_of(named, said)
    better = [one for one in items if is_better(before.get(one.row.task_id), one.light)]
    silent, late = _not_filed(viewer.place_id, since, moment)
    return {
        "as_of": as_of.isoformat(),
        "since": since.isoformat(),
        "total": len(items),
        "counts": counts_of(items),
        "leaders": _by_leader(items),
        "units": _by_unit(items),
        "better": [
            line_of(one, {}) | {"before": before[one.row.task_id].word, "after": one.light.word}
            for one in better
        ],
        "behind": [*(line_of(one, said) for one in behind), *_but_blocked(on_lists)],
        "blocked": [*(line_of(one, said) for one in blocked), *_but_blocked(on_lists, is_blocked=True)],
        "silent": silent,
        "late": late,
        "burden": _burden(viewer.place_id, since, moment),
        "opening": _opening(as_of, since, items, before, len(better)) + say_lists(listed),
        "requirements": list(_REQUIREMENTS),
    }


def _but_blocked(lines: list[dict[str, Any]], *, is_blocked: bool = False) -> list[dict[str, Any]]:
    return [one for one in lines if (one["light"] == Light.BLOCKED.value) is is_blocked]


def _opening(as_of: date, since: date, items: list[Item], before: dict[int, Light], better: int) -> str:
    """How the whole stands, and how it stood before."""
    counts = Counter(one.light for one in items)
    worse = sum(is_worse(before.get(one.row.task_id), one.light) for one in items)
    parts = [f"{light.word}{counts[light]}项" for light in Light if counts[light]]
    compared = f"与{say_day(since)}相比，{better}项改善，{worse}项变差。"
    return f"截至{say_day(as_of)}，纳入督查的任务{len(items)}项，其中{'、'.join(parts)}。{compared}"


def _by_leader(items: list[Item]) -> list[dict[str, Any]]:
    """Counts for each leader; a task two of them lead counts with both."""
    own: dict[int, list[Item]] = defaultdict(list)
    leaders = {}
    for item in items:
        for leader in item.leaders:
            leaders[leader.post_id] = leader
            own[leader.post_id].append(item)
    ordered = sorted(leaders.values(), key=lambda one: one.order)
    return [
        {"post": one.post_id, "name": one.name or one.title, **_count(own[one.post_id])} for one in ordered
    ]


def _by_unit(items: list[Item]) -> list[dict[str, Any]]:
    """Counts for each lead unit, those with most behind first."""
    own: dict[int, list[Item]] = defaultdict(list)
    names = {}
    for item in items:
        for unit, name in item.units:
            names[unit] = name
            own[unit].append(item)
    lines = [{"unit": unit, "name": names[unit], **_count(tasks)} for unit, tasks in own.items()]
    return sorted(lines, key=lambda one: (-one["red"], -one["yellow"], -one["total"], one["unit"]))


def _count(items: list[Item]) -> dict[str, int]:
    counts = Counter(one.light for one in items)
    named = {light.value: counts[light] for light in (Light.GREEN, Light.YELLOW, Light.RED)}
    return {"total": len(items), **named, "other": len(items) - sum(named.values())}


def _not_filed(
    place_id: int, since: date, moment: datetime
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Lead units that filed nothing for the rounds that fell due, and those that filed after the limit."""
    rounds = Round.objects.filter(place_id=place_id, due_at__lte=moment, due_at__gt=end_of(since))
    filings = (
        Filing.objects.filter(round__in=rounds, is_lead=True)
        .exclude(unit__kind__in=PARTNERS)
        .select_related("round", "unit")
        .order_by("unit__order", "round__period_end")
    )
    none = filings.filter(Q(first_confirmed_at__isnull=True) | Q(first_confirmed_at__gt=moment)).exclude(
        stage=FilingStage.ACCEPTED
    )
    late = filings.filter(first_confirmed_at__gt=F("round__due_at"), first_confirmed_at__lte=moment)
    return _tally(none), _tally(late)


def _tally(filings: Any) -> list[dict[str, Any]]:
    """Items by unit and round."""
    lines: dict[tuple[int, int], dict[str, Any]] = {}
    for filing in filings:
        key = (filing.unit_id, filing.round_id)
        line = {"unit": filing.unit_id, "name": filing.unit.name, "label": filing.round.label, "items": 0}
        lines.setdefault(key, line)["items"] += 1
    return list(lines.values())


def _burden(place_id: int, since: date, moment: datetime) -> str:
    """What the office itself asked of the units in the period: it is to become less."""
    start = end_of(since)
    rounds = Round.objects.filter(place_id=place_id, opened_at__gt=start, opened_at__lte=moment)
    items = Filing.objects.filter(round__in=rounds).count()
    papers = Notice.objects.filter(place_id=place_id, signed_at__gt=start, signed_at__lte=moment).count()
    meetings = Meeting.objects.filter(
        place_id=place_id, held_on__gt=since, held_on__lte=localdate(moment)
    ).count()
    return (
        f"本期督查室要求报送{rounds.count()}期{items}项，发出督办文书{papers}份，召开督查会议{meetings}次；"
        "没有变化的一键确认，不另要材料。"
    )
