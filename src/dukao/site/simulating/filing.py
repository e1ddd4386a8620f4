"""报送 in the simulated year: units file in their manner, their heads confirm, the office rules."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from random import Random
from typing import NamedTuple

from dukao.site.simulating.closing import consider_closing
from dukao.site.simulating.courses import Course, quarter_end
from dukao.site.simulating.diary import working_days_after
from dukao.site.simulating.life import Life, TaskLife
from dukao.site.simulating.sayings import line, of_topic, office, say_count, say_figure, say_steps, topic_of
from dukao.site.simulating.told import Told
from dukao.site.simulating.world import Manner, Team
from dukao.site.supervision.filing.actions import confirm_filings, file_unchanged, save_filing
from dukao.site.supervision.filing.evidence_actions import NewEvidence, add_evidence
from dukao.site.supervision.filing.ruling import accept_filings, return_filing
from dukao.site.supervision.filing.words import Words
from dukao.site.supervision.models import ActionPlan, EvidenceKind, Filing, FilingStage, PlanKind, Round

# On which working day after the limit a unit files (before it: negative).
_DAYS = {Manner.GOOD: (-5, -1), Manner.LATE: (-1, 7), Manner.SILENT: (-2, 6), Manner.GAMING: (-1, 0)}
_FILES = {Manner.GOOD: 1.0, Manner.LATE: 0.95, Manner.SILENT: 0.35, Manner.GAMING: 1.0}
_RETURNED = {Manner.GOOD: 0.02, Manner.LATE: 0.05, Manner.SILENT: 0.05, Manner.GAMING: 0.2}
_INDICATOR = "完成数"


class Asked(NamedTuple):
    """A filing of a round as a unit finds it."""

    pk: int
    task: TaskLife
    is_lead: bool
    version: int


def note_round(life: Life, round_: Round, today: date) -> None:
    """A round was opened: every unit notes its day for it; what is not of the year's life it leaves alone."""
    due = round_.due_at.date()
    asked: dict[int, list[Asked]] = defaultdict(list)
    rows = Filing.objects.filter(round=round_, task_id__in=life.tasks).order_by("pk")
    for pk, task, unit, is_lead, version in rows.values_list(
        "pk", "task_id", "unit_id", "is_lead", "version"
    ):
        asked[unit].append(Asked(pk, life.tasks[task], is_lead, version))
    for unit, own in asked.items():
        team = life.world.teams[unit]
        chance = life.world.chance("filing", team.name, round_.label)
        if chance.random() >= _FILES[team.manner]:
            continue
        days = (0, 0) if team.name in life.world.last_day else _DAYS[team.manner]
        day = max(working_days_after(due, chance.randint(*days)), today)
        life.diary.put(day, 10, partial(_file, life, team, round_, own, chance))


def _file(life: Life, team: Team, round_: Round, own: list[Asked], chance: Random, at: datetime) -> None:
    """What is as it was, in one click; the rest one by one; in the afternoon the head stands for it."""
    same, said = [], []
    own = _still_asked(team, own)
    planned = _planned(life, own)
    for one in own:
        if one.task.is_ended or not (one.is_lead or chance.random() < life.world.parts):
            continue
        words = _words(life, team, one, planned, round_, chance, at.date())
        key = _claimed(words, one.task)
        if one.is_lead and team.unit_id in one.task.accepted and one.task.claims.get(team.unit_id) == key:
            same.append(one)
        else:
            one.task.claims[team.unit_id] = key
            said.append((one, words))
    for one, words in said:
        life.attempt(partial(save_filing, one.pk, words, one.version, by=team.liaison, at=at))
        if one.is_lead:
            _prove(life, team, one, words, chance, at)
    if same:
        life.attempt(lambda: file_unchanged([one.pk for one in same], by=team.liaison, at=at))
    leading = [one for one in own if one.is_lead and not one.task.is_ended]
    if leading:
        life.diary.put(at.date(), 16, lambda then: _confirm(life, team, leading, chance, then))


def _still_asked(team: Team, own: Sequence[Asked]) -> list[Asked]:
    """Those that are still asked of the unit: another may have taken its place since."""
    found = Filing.objects.filter(pk__in=[one.pk for one in own], unit_id=team.unit_id).order_by()
    kept = set(found.values_list("pk", flat=True))
    return [one for one in own if one.pk in kept]


def _claimed(words: Words, task: TaskLife) -> object:
    """What a unit says; the figure of another quarter is another figure, be it the same."""
    is_published = task.course is not None and task.course.plan.kind is PlanKind.STATISTIC
    return words.values, words.steps, words.is_blocked, words.true_on if is_published else None


def _planned(life: Life, asked: Iterable[Asked]) -> Collection[int]:
    """The tasks that have had a plan in force, those asked about among them."""
    unknown = {one.task.pk for one in asked} - life.planned
    if unknown:
        plans = ActionPlan.objects.filter(task_id__in=unknown, since__isnull=False).order_by()
        life.planned.update(plans.values_list("task_id", flat=True))
    return life.planned


def _words(
    life: Life, team: Team, one: Asked, planned: Collection[int], round_: Round, chance: Random, today: date
) -> Words:
    task, course = one.task, one.task.course
    text = task.state.text
    if not one.is_lead:
        return Words(progress=line("part", detail=chance.choice(topic_of(text)["detail"])))
    day = min(today, round_.period_end)
    if course is None or task.pk not in planned:
        return Words(
            progress=say_steps(text, {}, "", chance), next_step=chance.choice(topic_of(text)["next"])
        )
    words = _facts(course, team, text, day, chance)
    told = (life.world.told or {}).get(task.number, Told())
    return _add_trouble(words, course, told, text, day, chance)


def _facts(course: Course, team: Team, text: str, day: date, chance: Random) -> Words:
    """Figures and steps as they are, or as one that plays a game says they are."""
    plan, games = course.plan, team.manner is Manner.GAMING
    next_step = line("empty_next") if games else chance.choice(topic_of(text)["next"])
    if plan.kind is PlanKind.MILESTONES:
        done = {name: on for name, on in course.done.items() if on <= day and not course.is_blocked(on)}
        coming = next((name for name, _ in plan.steps if name not in done), "")
        progress = line("empty") if games and not done else say_steps(text, done, coming, chance)
        return Words(progress, next_step, true_on=day, steps=done)
    on = day
    if plan.kind is PlanKind.STATISTIC:
        out = quarter_end(day, plan.delay)
        if out is None or out.year < course.year:
            return Words(say_steps(text, {}, "", chance), next_step, true_on=day)
        on = out
    value = course.value_on(on)
    if games and plan.kind is PlanKind.CUMULATIVE:
        value = max(value, min(course.expected_on(on), plan.target or 0.0))
    unit = plan.unit_of_measure
    if plan.kind is PlanKind.CUMULATIVE:
        progress = say_count(text, on, value, unit, plan.target or 1.0, chance)
    else:
        progress = say_figure(text, on, value, unit, chance)
    return Words(progress, next_step, true_on=on, values={_INDICATOR: (value, unit)})


def _add_trouble(words: Words, course: Course, told: Told, text: str, day: date, chance: Random) -> Words:
    """What stands in the way, where something does."""
    is_blocked = course.is_blocked(day)
    if is_blocked or (told.why and told.blocked is None):
        why, wanted = (told.why, told.help) if told.why else of_topic(text, "blocked")
        return replace(words, is_blocked=is_blocked, problem=why, help_needed=wanted)
    if chance.random() < 0.25:
        problem, wanted = chance.choice(topic_of(text)["problems"])
        return replace(words, problem=problem, help_needed=wanted)
    return words


def _prove(life: Life, team: Team, one: Asked, words: Words, chance: Random, at: datetime) -> None:
    """Evidence for what is claimed: the good bring it, the late now and then, one brings the same again."""
    if not (words.values or words.steps):
        return
    if team.manner is Manner.GAMING:
        proof = NewEvidence(EvidenceKind.RECORD, "专题会议纪要")
    elif team.manner is Manner.GOOD or chance.random() < 0.4:
        proof = _proof(one.task, words, chance)
    elif chance.random() < 0.5:
        proof = NewEvidence(EvidenceKind.WORD, "单位自查说明")
    else:
        return
    life.attempt(lambda: add_evidence(one.pk, proof, by=team.liaison, at=at))


def _proof(task: TaskLife, words: Words, chance: Random) -> NewEvidence:
    assert task.course
    if task.course.plan.kind in (PlanKind.STATISTIC, PlanKind.LEVEL, PlanKind.CEILING):
        return NewEvidence(EvidenceKind.STATISTIC, f"{task.name}：统计月报（{words.true_on:%Y年%m月}）")
    if task.course.plan.kind is PlanKind.MILESTONES:
        step = max(words.steps.items(), key=lambda pair: pair[1])[0]
        kind = EvidenceKind.ACCEPTANCE if "验收" in step or "总结" in step else EvidenceKind.APPROVAL
        return NewEvidence(kind, f"{task.name}：{step}的批复和资料")
    kind = chance.choice((EvidenceKind.ACCEPTANCE, EvidenceKind.RECORD, EvidenceKind.CONTRACT))
    return NewEvidence(kind, f"{task.name}：{words.true_on:%m月%d日}完成清单和{kind.label}")


def _confirm(life: Life, team: Team, own: list[Asked], chance: Random, at: datetime) -> None:
    """The head stands for it; the office rules on the next working day."""
    if confirm_filings([one.pk for one in own], by=team.head, at=at):
        life.diary.put(
            working_days_after(at.date(), 1), 14, lambda then: _rule(life, team, own, chance, then)
        )


def _rule(life: Life, team: Team, own: list[Asked], chance: Random, at: datetime) -> None:
    clerk = life.world.clerk
    found = Filing.objects.filter(pk__in=[one.pk for one in own], stage=FilingStage.CONFIRMED).order_by()
    confirmed = set(found.values_list("pk", flat=True))
    waiting = [one for one in own if one.pk in confirmed]
    returned = [one for one in waiting if chance.random() < _RETURNED[team.manner]]
    for one in returned:
        why = office("returned", chance)
        life.attempt(partial(return_filing, one.pk, why, by=clerk, at=at))
        _note_refiling(life, team, one, chance, at.date())
    taken = [one for one in waiting if one not in returned]
    accept_filings([one.pk for one in taken], by=clerk, at=at)
    _note_taken(life, team, taken, at)


def _note_taken(life: Life, team: Team, taken: Sequence[Asked], at: datetime) -> None:
    for one in taken:
        one.task.accepted.add(team.unit_id)
        consider_closing(life, one.task, at.date())


def _note_refiling(life: Life, team: Team, one: Asked, chance: Random, today: date) -> None:
    """What was sent back is sent again within the days, or after them, or never."""
    if team.manner is Manner.SILENT and chance.random() < 0.6:
        return
    late = team.manner in (Manner.LATE, Manner.SILENT) and chance.random() < 0.5
    day = working_days_after(today, chance.randint(4, 7) if late else chance.randint(1, 3))
    life.diary.put(day, 10, lambda at: _file_again(life, team, one, chance, at))


def _file_again(life: Life, team: Team, one: Asked, chance: Random, at: datetime) -> None:
    filing = Filing.objects.select_related("round").get(pk=one.pk)
    if filing.stage != FilingStage.RETURNED or filing.unit_id != team.unit_id or one.task.is_ended:
        return
    again = one._replace(version=filing.version)
    words = _words(life, team, again, _planned(life, [again]), filing.round, chance, at.date())

    def file() -> None:
        save_filing(one.pk, words, again.version, by=team.liaison, at=at)
        confirm_filings([one.pk], by=team.head, at=at + timedelta(hours=1))

    if life.attempt(file):
        one.task.claims[team.unit_id] = _claimed(words, one.task)
        day = working_days_after(at.date(), 1)
        life.diary.put(day, 14, lambda then: _take_again(life, team, one, then))


def _take_again(life: Life, team: Team, one: Asked, at: datetime) -> None:
    if accept_filings([one.pk], by=life.world.clerk, at=at):
        _note_taken(life, team, [one], at)
