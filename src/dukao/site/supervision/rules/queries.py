"""Which rules a place works by on a day, and which it adopted when: light values for the page of rules."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dukao.presets.loading import load_entries
from dukao.site.people.access import Viewer
from dukao.site.supervision.models import Adoption, PlanKind, Subject
from dukao.site.supervision.practice import Practice, load, practice_of, scopes_of
from dukao.site.supervision.rules.words import say_rule


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule in force: for what it holds, its name, what it says, where it was seen, since when.

    `adoption` is None where the place adopted nothing and dukao's proposal holds.
    """

    subject: Subject
    scope: str
    scope_name: str
    code: str
    name: str
    words: str
    source: str
    adoption: Adoption | None
    next: Adoption | None  # adopted already, to hold from a later day

    @property
    def follows(self) -> bool:
        """Whether a kind of number has no rule of its own and goes with all the others."""
        of_kind = self.subject is Subject.LIGHTS and self.scope in PlanKind.values
        is_own = self.adoption is not None and self.adoption.scope == self.scope
        return of_kind and self.scope != PlanKind.MILESTONES and not is_own and self.next is None

    @property
    def next_name(self) -> str:
        """The name of what will hold later."""
        return load(self.subject)[self.next.preset]["name"] if self.next else ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A line of the history: what was adopted, from when until when, by whom and why."""

    adoption: Adoption
    subject_name: str
    scope_name: str
    name: str
    words: str

    @property
    def is_void(self) -> bool:
        """Whether it was superseded before it began."""
        return self.adoption.until is not None and self.adoption.until <= self.adoption.since


@dataclass(frozen=True, slots=True)
class Standard:
    """What is the same for every place: the checklist and the order of evidence of a kind of plan."""

    name: str
    items: tuple[str, ...]
    source: str


def read_rules(viewer: Viewer, day: date) -> list[Rule]:
    """The rules of the viewer's place on a day, subject by subject: two queries."""
    practice = practice_of(viewer.place_id, day)
    adoptions = list(Adoption.objects.filter(place_id=viewer.place_id).order_by("since", "pk"))
    return [
        _rule_of(practice, subject, scope, name, adoptions)
        for subject in Subject
        for scope, name in scopes_of(subject).items()
    ]


def _rule_of(
    practice: Practice, subject: Subject, scope: str, scope_name: str, adoptions: list[Adoption]
) -> Rule:
    code = code_of(practice, subject, scope)
    preset = load(subject)[code]
    fits = [one for one in adoptions if one.subject == subject and one.scope in (scope, "")]
    now = [one for one in fits if one.preset == code and _holds(one, practice.day)]
    later = [
        one
        for one in fits
        if one.scope == scope and one.since > practice.day and (one.until is None or one.until > one.since)
    ]
    return Rule(
        subject,
        scope,
        scope_name,
        code,
        preset["name"],
        say_rule(subject, preset),
        preset["source"],
        max(now, key=lambda one: one.scope == scope, default=None),
        later[-1] if later else None,
    )


def code_of(practice: Practice, subject: Subject, scope: str) -> str:
    """The code of the rule that holds for a scope."""
    return practice.light_code(scope) if subject is Subject.LIGHTS else practice.code(subject, scope)


def _holds(one: Adoption, day: date) -> bool:
    return one.since <= day and (one.until is None or one.until > day)


def read_history(viewer: Viewer) -> list[Chosen]:
    """Every adoption of the viewer's place, the latest first: one query."""
    rows = Adoption.objects.filter(place_id=viewer.place_id).select_related("adopted_by")
    return [_chosen(one) for one in rows.order_by("-since", "-pk")]


def _chosen(one: Adoption) -> Chosen:
    subject = Subject(one.subject)
    preset = load(subject)[one.preset]
    scope = scopes_of(subject).get(one.scope, one.scope)
    return Chosen(one, str(subject.label), scope, preset["name"], say_rule(subject, preset))


def checklists() -> list[Standard]:
    """What is answered item by item before a task is closed, by kind of work."""
    return [
        Standard(one["name"], tuple(one["items"]), one["source"])
        for one in load_entries("checklists").values()
    ]


def rankings(kinds: dict[str, str]) -> Iterator[Standard]:
    """What proves how strongly, by kind of plan; `kinds` are the names of evidence."""
    for one in load_entries("evidence").values():
        yield Standard(one["name"], tuple(kinds[kind] for kind in one["rank"]), one["source"])
