"""办结 in the simulated year, and what leaves the totals: applied for, verified, signed, looked at again."""

from datetime import date, datetime, timedelta
from functools import partial
from random import Random

from dukao.site.ledger.models import TaskKind
from dukao.site.simulating.diary import working_days_after
from dukao.site.simulating.life import Life, TaskLife
from dukao.site.simulating.sayings import office
from dukao.site.simulating.world import Manner, Team
from dukao.site.supervision.closing.actions import (
    Application,
    Item,
    apply_for_close,
    look_back,
    reopen_task,
    return_completion,
    sign_completion,
    verify_completion,
)
from dukao.site.supervision.closing.scope import checklist_of, evidence_on
from dukao.site.supervision.closing.standing import StandingPaper, draft_standing, sign_standing
from dukao.site.supervision.models import StandingKind

_WAITS = {Manner.GOOD: (2, 12), Manner.LATE: (10, 40), Manner.SILENT: (40, 90), Manner.GAMING: (0, 3)}


def consider_closing(life: Life, task: TaskLife, today: date) -> None:
    """Whether a task whose filing was just taken is done: its unit notes the day it applies."""
    team = task.teams[0]
    chance = life.world.chance("closing", task.state.order)
    if task.is_applied or task.is_ended or task.course is None:
        return
    done = task.course.finished_on(today)
    games = team.manner is Manner.GAMING and today.month >= 10 and chance.random() < 0.3
    if done is None and not games:
        return
    task.is_applied = True
    day = working_days_after(today, chance.randint(*_WAITS[team.manner]))
    life.diary.put(day, 11, lambda at: _apply(life, task, done, chance, at))


def _apply(life: Life, task: TaskLife, done: date | None, chance: Random, at: datetime) -> None:
    """Whoever leads it by now applies."""
    if task.is_ended:
        return
    team = task.teams[0]
    items = tuple(Item(one, True) for one in checklist_of(task.state.task).items)
    proofs = list(evidence_on(task.pk).values_list("pk", flat=True))
    summary = office("summary", name=task.name)
    words = Application(done or at.date(), summary, items, proofs)
    made: list[int] = []
    if life.attempt(lambda: made.append(apply_for_close(task.pk, words, by=team.head, at=at).pk)):
        day = working_days_after(at.date(), chance.randint(2, 9))
        life.diary.put(day, 15, lambda then: _verify(life, task, team, made[0], chance, then))
    else:
        task.is_applied = False  # what is missing may come with the next filing


def _verify(life: Life, task: TaskLife, team: Team, pk: int, chance: Random, at: datetime) -> None:
    clerk = life.world.clerk
    if chance.random() < (0.5 if team.manner is Manner.GAMING else 0.06):
        return_completion(pk, office("completion_returned", chance), by=clerk, at=at)
        task.is_applied = False
        return
    visited = at.date() - timedelta(days=1) if chance.random() < 0.6 else None
    verify_completion(pk, office("findings", chance), visited_on=visited, by=clerk, at=at)
    day = working_days_after(at.date(), chance.randint(1, 5))
    life.diary.put(day, 17, lambda then: _sign(life, task, pk, chance, then))


def _sign(life: Life, task: TaskLife, pk: int, chance: Random, at: datetime) -> None:
    if not life.attempt(lambda: sign_completion(pk, by=life.world.head, at=at)):
        return
    task.is_ended = True
    if chance.random() < 0.3:
        day = at.date() + timedelta(days=100)
        life.diary.put(day, 15, lambda then: _look_back(life, task, pk, chance, then))


def _look_back(life: Life, task: TaskLife, pk: int, chance: Random, at: datetime) -> None:
    holds = chance.random() > 0.15
    words = office("findings", chance) if holds else office("reopened")
    look_back(pk, at.date(), words, holds=holds, by=life.world.clerk, at=at)
    if not holds:
        head = life.world.head
        reopen_task(pk, words, by=head, at=at + timedelta(hours=1))
        task.is_ended = task.is_applied = False


def note_standings(life: Life) -> None:
    """In summer some tasks are suspended, merged or dropped by an act; some come back in autumn."""
    chance = life.world.chance("standings")
    own = [task for task in life.tasks.values() if task.teams]
    chosen = chance.sample(own, max(len(own) // 40, 1) * 3) if len(own) >= 10 else []
    gone = {task.pk for task in chosen}
    others = [task for task in own if task.pk not in gone]
    kinds = (StandingKind.SUSPENDED, StandingKind.DROPPED, StandingKind.MERGED)
    for at, task in enumerate(chosen):
        kind = kinds[at % len(kinds)]
        into = _nearest(task, others)
        day = date(life.world.year, chance.randint(6, 8), chance.randint(1, 28))
        life.diary.put(day, 15, partial(_take_out, life, task, kind, into))


def _nearest(task: TaskLife, others: list[TaskLife]) -> TaskLife:
    """The task one is merged into: of the same leading unit where there is one, the most alike in words."""
    unit, words = task.teams[0].unit_id, set(task.name)
    return max(others, key=lambda one: (one.teams[0].unit_id == unit, len(words & set(one.name))))


def _take_out(life: Life, task: TaskLife, kind: StandingKind, into: TaskLife, at: datetime) -> None:
    if not task.is_ended:
        _sign_standing(life, task, kind, into, at)


def _sign_standing(life: Life, task: TaskLife, kind: StandingKind, into: TaskLife, at: datetime) -> None:
    """The act on paper, drafted and signed; refused, nothing about the task has changed."""
    words = {"suspended": "suspended", "dropped": "dropped", "merged": "merged", "resumed": "resumed"}[
        kind.value
    ]
    number = f"{life.world.year}〕{task.state.order}号"
    paper = StandingPaper(
        kind,
        f"纪要〔{number}",
        at.date(),
        office(words),
        (str(into.state.task.number),) if kind is StandingKind.MERGED else (),
        f"人常〔{number}" if task.state.task.kind == TaskKind.LIVELIHOOD else "",
    )

    def act() -> None:
        standing = draft_standing(task.pk, paper, by=life.world.clerk, at=at)
        sign_standing(standing.pk, by=life.world.head, at=at + timedelta(hours=1))

    if not life.attempt(act):  # its close-out waits to be verified: it stays
        return
    task.is_ended = kind is not StandingKind.RESUMED
    if kind is StandingKind.SUSPENDED:
        back = at.date() + timedelta(days=75)
        life.diary.put(back, 15, lambda then: _bring_back(life, task, into, then))


def _bring_back(life: Life, task: TaskLife, into: TaskLife, at: datetime) -> None:
    _sign_standing(life, task, StandingKind.RESUMED, into, at)
