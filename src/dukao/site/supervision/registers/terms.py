"""What a list asks, read from data: its fields, its steps with limits, its curves, who verifies."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from dukao.presets.loading import load_entries
from dukao.progress.workdays import add_workdays

KINDS = {
    "text": "文字",
    "number": "数字",
    "money": "金额",
    "date": "日期",
    "choice": "选项",
    "place": "地点",
}
FIGURES = ("number", "money")


@dataclass(frozen=True, slots=True)
class Field:
    """A column of the list's own; `by` is who fills it in, office or unit."""

    code: str
    label: str
    kind: str = "text"
    unit: str = ""
    choices: tuple[str, ...] = ()
    required: bool = False
    by: str = "office"

    @property
    def head(self) -> str:
        """总投资（万元）."""
        return f"{self.label}（{self.unit}）" if self.unit else self.label

    @property
    def is_figure(self) -> bool:
        """Whether it is set to the right."""
        return self.kind in FIGURES


@dataclass(frozen=True, slots=True)
class Step:
    """A step every item takes: who, by when, what stage it is in afterwards; `when` for one sort of item."""

    name: str
    who: str = ""
    workdays: int | None = None
    days: int | None = None
    field: str = ""
    when: tuple[str, ...] = ()
    stage: str = ""

    def due(self, start: date, values: Mapping[str, Any]) -> date | None:
        """By when an item's step is due; None where it does not take it, or its day is not said.

        Raises CalendarUnknown where working days are not known yet.
        """
        if self.when and values.get(self.when[0]) != self.when[1]:
            return None
        if self.field:
            said = values.get(self.field)
            return date.fromisoformat(said) if said else None
        if self.workdays is not None:
            return add_workdays(start, self.workdays)
        return start + timedelta(days=self.days or 0)


@dataclass(frozen=True, slots=True)
class Curve:
    """A rate drawn beside the curve it is held against: a step done by so many, or a sum of a plan's sum."""

    name: str
    curve: str
    step: str = ""
    field: str = ""
    of: str = ""
    when: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Terms:
    """Everything a list asks for a period."""

    name: str
    source: str = ""
    why: str = ""
    takes: str = ""
    letter: str = ""
    filing: str = ""
    lights: str = ""
    checklist: str = ""
    verifies: str = ""
    begins: str = ""
    may_be_public: bool = False
    has_places: bool = False
    fields: tuple[Field, ...] = ()
    steps: tuple[Step, ...] = ()
    curves: tuple[Curve, ...] = ()

    @property
    def is_own(self) -> bool:
        """Whether items are entered here; else they are those of the breakdown."""
        return not self.takes

    @property
    def stages(self) -> tuple[str, ...]:
        """The stages an item goes through, in order; none where steps have no stage of their own."""
        stages = [self.begins, *(one.stage for one in self.steps if one.stage)]
        return tuple(dict.fromkeys(stages)) if self.begins else ()

    @property
    def listed(self) -> tuple[Field, ...]:
        """What a page of the list shows: all but the planned days of steps, which stand on an item's page."""
        planned = {step.field for step in self.steps}
        return tuple(one for one in self.fields if one.code not in planned)

    def field(self, code: str) -> Field | None:
        """A field by its code."""
        return next((one for one in self.fields if one.code == code), None)

    def steps_of(
        self, start: date, values: Mapping[str, Any], limit: date | None = None
    ) -> list[tuple[Step, date]]:
        """The steps an item takes with their days, none later than the item's own limit."""
        found = [(step, due) for step in self.steps if (due := step.due(start, values))]
        dated = [(step, min(due, limit) if limit and limit >= start else due) for step, due in found]
        return sorted(dated, key=lambda one: (one[1], self.steps.index(one[0])))


def read_terms(says: Mapping[str, Any]) -> Terms:
    """Terms as values, from the data they are kept as."""
    plain = {
        name: says[name]
        for name in Terms.__slots__
        if name in says and name not in ("fields", "steps", "curves")
    }
    fields = tuple(
        Field(**{**one, "choices": tuple(one.get("choices", ()))}) for one in says.get("fields", ())
    )
    steps = tuple(Step(**{**one, "when": tuple(one.get("when", ()))}) for one in says.get("steps", ()))
    curves = tuple(Curve(**{**one, "when": tuple(one.get("when", ()))}) for one in says.get("curves", ()))
    return Terms(**plain, fields=fields, steps=steps, curves=curves)


@cache
def loop_presets() -> dict[str, Terms]:
    """The lists dukao proposes, by their code, in the order they are offered."""
    return {code: read_terms(entry) for code, entry in load_entries("closed-loops").items()}
