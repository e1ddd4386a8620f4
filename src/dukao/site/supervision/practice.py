"""What a place works by on a day: its adopted presets, else the ones dukao proposes."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from dukao.progress.lights import light_rules
from dukao.progress.values import LightRule
from dukao.site.history.actions import record
from dukao.site.people.access import Act, Viewer, require
from dukao.site.supervision.models import Adoption, Subject
from dukao.site.supervision.naming import Action

BEIJING = ZoneInfo("Asia/Shanghai")
PROPOSED = {
    Subject.LIGHTS: "yinchuan",
    Subject.CADENCE: "monthly-25",
    Subject.LADDER: "three-colours",
    Subject.LIMITS: "common",
}
# Work by milestones is judged by days, whatever the place takes for numbers.
_FOR_MILESTONES = "haikou-node"


@dataclass(frozen=True, slots=True)
class Practice:
    """A place's rules on one day; `adopted` maps (subject, scope) to the preset's code."""

    day: date
    adopted: dict[tuple[str, str], str]

    def code(self, subject: Subject, scope: str = "") -> str:
        """The preset for a scope, else for everything, else the proposed one."""
        for key in ((subject.value, scope), (subject.value, "")):
            if key in self.adopted:
                return self.adopted[key]
        return PROPOSED[subject]

    def preset(self, subject: Subject, scope: str = "") -> dict[str, Any]:
        """What the preset says, as its TOML table."""
        return load(subject)[self.code(subject, scope)]

    def light_rule(self, kind: str) -> LightRule:
        """The rule of lights for a kind of plan."""
        code = self.code(Subject.LIGHTS, kind)
        rule = light_rules()[code]
        is_by_steps = kind == "milestones"
        if is_by_steps and rule.mode != "days":
            return light_rules()[_FOR_MILESTONES]
        return rule


@cache
def load(subject: Subject) -> dict[str, dict[str, Any]]:
    """The presets of a subject by their code."""
    text = (files("dukao.presets") / f"{subject.value}.toml").read_text(encoding="utf-8")
    presets: dict[str, dict[str, Any]] = tomllib.loads(text)
    return presets


def practice_of(place_id: int, day: date) -> Practice:
    """The rules of a place on a day: one query."""
    rows = Adoption.objects.on(day).filter(place_id=place_id).values_list("subject", "scope", "preset")
    return Practice(day, {(subject, scope): preset for subject, scope, preset in rows})


@transaction.atomic
def adopt_preset(
    subject: Subject, scope: str, preset: str, *, since: date, why: str, by: Viewer, at: datetime
) -> Adoption:
    """Adopt a preset from a day on; the one before holds until then; what it judged stays judged."""
    require(by, Act.ADOPT)
    assert preset in load(subject)
    before = (
        Adoption.objects.select_for_update()
        .filter(place_id=by.place_id, subject=subject, scope=scope, until__isnull=True)
        .first()
    )
    if before:
        before.until = max(since, before.since)
        before.save(update_fields=("until",))
    adoption = Adoption.objects.create(
        place_id=by.place_id,
        subject=subject,
        scope=scope,
        preset=preset,
        since=since,
        why=why,
        adopted_by_id=by.user_id,
    )
    record(
        Action.ADOPTED,
        by=by.actor,
        at=at,
        about=[("adoption", adoption.pk)],
        before=before.preset if before else None,
        after={"subject": subject.value, "scope": scope, "preset": preset, "since": since.isoformat()},
        why=why,
    )
    return adoption


def evening(day: date, hour: int) -> datetime:
    """The moment a limit falls on: `hour` o'clock of `day`, Beijing time."""
    return datetime.combine(day, time(hour), BEIJING)
