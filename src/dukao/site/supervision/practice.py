"""What a place works by on a day: its adopted presets, else the ones dukao proposes."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.timezone import localdate

from dukao.presets.loading import load_entries
from dukao.progress.lights import light_rules
from dukao.progress.values import LightRule
from dukao.site.history.actions import record
from dukao.site.history.readings import Bounds, PlaceKeeper
from dukao.site.people.access import Act, Viewer, require
from dukao.site.people.models import Place
from dukao.site.people.queries import code_of
from dukao.site.refusals import Refused
from dukao.site.statements import Lookup
from dukao.site.supervision.errors import Refusal
from dukao.site.supervision.models import Adoption, PlanKind, Subject
from dukao.site.supervision.naming import Action

BEIJING = ZoneInfo("Asia/Shanghai")
PROPOSED = {
    Subject.LIGHTS: "yinchuan",
    Subject.CADENCE: "monthly-25",
    Subject.LADDER: "three-colours",
    Subject.LIMITS: "common",
}
# Work by milestones, and a task's own day, are judged by days, whatever the place takes for numbers.
_BY_DAYS = "milestones"
_PROPOSED_DAYS = "haikou-node"
# What of the work a rule of lights can be adopted for; "" is every number that has no rule of its own.
LIGHT_SCOPES = {
    "": "各类数字目标",
    **{kind.value: str(kind.label) for kind in PlanKind if kind != PlanKind.MILESTONES},
    _BY_DAYS: "节点和完成时限",
}


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

    def preset(self, subject: Subject) -> dict[str, Any]:
        """What the preset for everything says, as its TOML table."""
        return load(subject)[self.code(subject)]

    def light_rule(self, kind: str) -> LightRule:
        """The rule of lights for a kind of plan."""
        return light_rules()[self.light_code(kind)]

    def rules_by_kind(self) -> dict[str, LightRule]:
        """The rule of lights for every kind of plan."""
        return {kind: self.light_rule(kind) for kind in PlanKind.values}

    def light_code(self, scope: str) -> str:
        """The code of the rule of lights for a scope; steps and days by a rule of days, figures never."""
        code = self.code(Subject.LIGHTS, scope)
        if _fits(code, scope):
            return code
        return _PROPOSED_DAYS if scope == _BY_DAYS else PROPOSED[Subject.LIGHTS]

    def under(self, subject: Subject, scope: str, preset: str) -> "Practice":
        """The same rules, but for one: to try it out."""
        return replace(self, adopted=self.adopted | {(subject.value, scope): preset})


_PRACTICES = PlaceKeeper[Practice]()
_ADOPTED = Lookup(
    Adoption.objects.order_by().values_list("subject", "scope", "preset", "since", "until"), "place_id"
)


def presets_for(subject: Subject, scope: str = "") -> dict[str, dict[str, Any]]:
    """The presets that can be adopted for a scope, by their code."""
    known = load(subject)
    if subject is not Subject.LIGHTS:
        return known
    return {code: preset for code, preset in known.items() if _fits(code, scope)}


def _fits(code: str, scope: str) -> bool:
    """Whether a rule of lights speaks of what the scope is about: days of steps and limits, else figures."""
    return (light_rules()[code].mode == "days") == (scope == _BY_DAYS)


def load(subject: Subject) -> dict[str, dict[str, Any]]:
    """The presets of a subject by their code."""
    return load_entries(subject.value)


def practice_of(place_id: int, day: date) -> Practice:
    """The rules of a place on a day; kept."""
    return _PRACTICES.ask(
        (place_id, day), None, lambda: _read_practice(place_id, day), lambda: Bounds(code_of(place_id))
    )


def _read_practice(place_id: int, day: date) -> Practice:
    return Practice(
        day,
        {
            (subject, scope): preset
            for subject, scope, preset, since, until in _ADOPTED.find(place_id)
            if since <= day and (until is None or until > day)
        },
    )


@transaction.atomic
def adopt_preset(
    subject: Subject, scope: str, preset: str, *, since: date, why: str, by: Viewer, at: datetime
) -> Adoption:
    """Adopt a preset from a day on, today at the earliest; the one before holds until then.

    What was judged stays judged. One that was to begin on or after that day is superseded before it began.
    """
    require(by, Act.ADOPT)
    today = localdate(at)
    if preset not in presets_for(subject, scope) or scope not in scopes_of(subject):
        raise Refused(Refusal.PRESET_UNFIT, status=422)
    if since < today:
        raise Refused(Refusal.ADOPTED_BACKWARDS, since=f"{since:%Y-%m-%d}", status=422)
    Place.objects.select_for_update().get(pk=by.place_id)
    own = Adoption.objects.select_for_update().filter(place_id=by.place_id, subject=subject, scope=scope)
    before = own.on(since).first()
    if (before.preset if before else default_code(subject, scope)) == preset:
        raise Refused(Refusal.PRESET_SAME, name=load(subject)[preset]["name"], status=422)
    _end_before(own, since)
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
        before={"preset": load(subject)[before.preset]["name"]} if before else None,
        after={
            "subject": subject.label,
            "scope": scopes_of(subject)[scope],
            "preset": load(subject)[preset]["name"],
            "since": since.isoformat(),
        },
        why=why,
    )
    return adoption


def _end_before(own: QuerySet[Adoption], since: date) -> None:
    """What holds on a day ends on it; what was to begin later never begins."""
    own.filter(since__gte=since).update(until=F("since"))
    own.filter(since__lt=since).filter(Q(until__isnull=True) | Q(until__gt=since)).update(until=since)


def scopes_of(subject: Subject) -> dict[str, str]:
    """What a preset of a subject can be adopted for: scope → its name."""
    return LIGHT_SCOPES if subject is Subject.LIGHTS else {"": "全部任务"}


def default_code(subject: Subject, scope: str) -> str:
    """What holds where nothing was adopted for a scope by itself: dukao's proposal."""
    practice = Practice(date.min, {})
    return practice.light_code(scope) if subject is Subject.LIGHTS else practice.code(subject)


def evening(day: date, hour: int) -> datetime:
    """The moment a limit falls on: `hour` o'clock of `day`, Beijing time."""
    return datetime.combine(day, time(hour), BEIJING)
