"""What a filing says, as a plain value: saved, confirmed again, put side by side, written into history."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from dukao.site.supervision.models import Filing, FilingStage, FilingStep, FilingValue

FIELDS = ("progress", "next_step", "problem", "help_needed")
_SAID = (
    Filing.objects.exclude(stage__in=(FilingStage.EMPTY, FilingStage.MOVED))
    .order_by("-round__period_end", "-pk")
    .values_list("pk", "task_id", "unit_id", "is_lead", "stage")
)
_WORDS = Filing.objects.order_by().values_list("pk", *FIELDS, "is_blocked", "true_on")
_VALUES = FilingValue.objects.order_by("pk").values_list("filing_id", "indicator", "value", "unit")


@dataclass(frozen=True, slots=True)
class Words:
    """What a liaison files for one task: at most four fields need a hand, the rest stands from last time."""

    progress: str = ""
    next_step: str = ""
    problem: str = ""
    help_needed: str = ""
    is_blocked: bool = False
    true_on: date | None = None
    values: Mapping[str, tuple[float, str]] = field(default_factory=dict)  # indicator → value, unit
    steps: Mapping[str, date] = field(default_factory=dict)  # milestone → day it was done

    @property
    def says_something(self) -> bool:
        """Whether there is anything to file."""
        return bool(self.progress.strip() or self.values or self.steps)


def words_of(filing: Filing) -> Words:
    """What a filing says, its values and steps as prefetched or asked for."""
    return Words(
        **{name: getattr(filing, name) for name in FIELDS},
        is_blocked=filing.is_blocked,
        true_on=filing.true_on,
        values={one.indicator: (one.value, one.unit) for one in filing.values.all()},
        steps={one.name: one.done_on for one in filing.steps.all()},
    )


def as_plain(words: Words, stage: str) -> dict[str, Any]:
    """Words as plain JSON for the history; `stage` is one of `FilingStage`."""
    return {
        "状态": str(FilingStage(stage).label),
        "进展": words.progress,
        "下一步": words.next_step,
        "存在问题": words.problem,
        "需协调事项": words.help_needed,
        "受阻": words.is_blocked,
        "数据截至": words.true_on.isoformat() if words.true_on else None,
        "数值": {name: list(pair) for name, pair in words.values.items()},
        "节点": {name: day.isoformat() for name, day in words.steps.items()},
    }


def as_kept(words: Words, filing: Filing) -> dict[str, Any]:
    """Words as kept for an undo, with the stage and whether they were 无变化."""
    return {
        **{name: getattr(words, name) for name in FIELDS},
        "stage": filing.stage,
        "is_unchanged": filing.is_unchanged,
        "is_blocked": words.is_blocked,
        "true_on": words.true_on.isoformat() if words.true_on else None,
        "values": {name: list(pair) for name, pair in words.values.items()},
        "steps": {name: day.isoformat() for name, day in words.steps.items()},
    }


def from_kept(kept: Mapping[str, Any]) -> Words:
    """The words an undo brings back."""
    return Words(
        **{name: kept[name] for name in FIELDS},
        is_blocked=kept["is_blocked"],
        true_on=date.fromisoformat(kept["true_on"]) if kept["true_on"] else None,
        values={name: (pair[0], pair[1]) for name, pair in kept["values"].items()},
        steps={name: date.fromisoformat(day) for name, day in kept["steps"].items()},
    )


def write(filing: Filing, words: Words, before: Words) -> None:
    """Put words onto a filing that is not saved yet, and its numbers and steps into their tables."""
    for name in FIELDS:
        setattr(filing, name, getattr(words, name).strip())
    filing.is_blocked, filing.true_on = words.is_blocked, words.true_on
    if dict(words.values) != dict(before.values):
        if before.values:
            filing.values.all().delete()
        FilingValue.objects.bulk_create(
            FilingValue(filing=filing, indicator=name[:200], value=value, unit=unit[:30])
            for name, (value, unit) in words.values.items()
        )
    if dict(words.steps) != dict(before.steps):
        if before.steps:
            filing.steps.all().delete()
        FilingStep.objects.bulk_create(
            FilingStep(filing=filing, name=name[:80], done_on=day) for name, day in words.steps.items()
        )


def previous_of(filing: Filing) -> Filing | None:
    """The filing of the last period: see `choose_previous`."""
    return previous_of_all([filing]).get(filing.pk)


def previous_of_all(filings: Iterable[Filing]) -> dict[int, Filing]:
    """What stands from before, by the id of each filing of one round: in four queries for any number.

    Of a lead unit its own last accepted filing of the task, else another lead's: a unit that took over a task
    takes over its words. Of another unit its own last words.
    """
    chosen = _choose_previous(list(filings))
    found = Filing.objects.filter(pk__in=set(chosen.values())).order_by()
    known = found.select_related("round", "unit").prefetch_related("values", "steps").in_bulk()
    return {pk: known[last] for pk, last in chosen.items()}


def standing_words(filings: Iterable[Filing]) -> dict[int, Words]:
    """The words and figures that stand from before, no steps; chosen as `previous_of_all` does."""
    chosen = _choose_previous(list(filings))
    wanted = set(chosen.values())
    values: dict[int, dict[str, tuple[float, str]]] = {pk: {} for pk in wanted}
    for pk, indicator, value, unit in _VALUES.filter(filing_id__in=wanted):
        values[pk][indicator] = value, unit
    known = {pk: replace(Words(*said), values=values[pk]) for pk, *said in _WORDS.filter(pk__in=wanted)}
    return {pk: known[last] for pk, last in chosen.items()}


def _choose_previous(ours: Sequence[Filing]) -> dict[int, int]:
    if not ours:
        return {}
    tasks, before = {one.task_id for one in ours}, ours[0].round.period_end
    chosen: dict[int, int] = {}
    by_task: dict[int, list[tuple[Any, ...]]] = {}
    for row in _SAID.filter(task_id__in=tasks, round__period_end__lt=before):
        by_task.setdefault(row[1], []).append(row)
    for one in ours:
        found = _choose(one, by_task.get(one.task_id, []))
        if found:
            chosen[one.pk] = found
    return chosen


def _choose(filing: Filing, earlier: list[tuple[Any, ...]]) -> int | None:
    """The earlier filing whose words stand; `earlier` is of the same task, newest first."""
    own = [row for row in earlier if row[2] == filing.unit_id]
    if not filing.is_lead:
        return next((row[0] for row in own), None)
    accepted = [row for row in earlier if row[3] and row[4] == FilingStage.ACCEPTED]
    mine = [row for row in accepted if row[2] == filing.unit_id]
    return next((row[0] for row in [*mine, *accepted]), None)
