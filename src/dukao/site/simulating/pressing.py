"""督办 in the simulated year: drafts are checked and signed, units answer, the office ends them."""

from datetime import datetime, timedelta
from functools import partial
from random import Random

from dukao.site.simulating.diary import working_days_after
from dukao.site.simulating.life import Life
from dukao.site.simulating.sayings import office
from dukao.site.simulating.world import Manner, Team
from dukao.site.supervision.models import Notice, NoticeStage
from dukao.site.supervision.pressing.actions import (
    answer_notice,
    check_notice,
    close_notice,
    raise_notice,
    sign_notice,
    withdraw_notice,
)

_ANSWERS = {Manner.GOOD: (1, 4), Manner.LATE: (3, 9), Manner.SILENT: (4, 15), Manner.GAMING: (1, 2)}


def note_drafts(life: Life, at: datetime) -> None:
    """What lies drafted since the last look is checked today and signed in the next days."""
    drafts = Notice.objects.filter(place_id=life.world.place_id, stage=NoticeStage.DRAFT, drafted_at__gte=at)
    for pk, unit, name in drafts.order_by("pk").values_list("pk", "unit__name", "name"):
        chance = life.world.chance("notice", unit, name, at.date().isoformat())
        life.diary.put(at.date(), 14, partial(_check, life, pk, chance))


def _check(life: Life, pk: int, chance: Random, at: datetime) -> None:
    check_notice(pk, by=life.world.clerk, at=at)
    day = working_days_after(at.date(), chance.choice((0, 0, 1, 1, 2, 6, 15)))
    if chance.random() < 0.03:
        why = "已当面督促，暂不发文"
        life.diary.put(day, 17, lambda then: withdraw_notice(pk, why, by=life.world.head, at=then))
        return
    life.diary.put(day, 17, lambda then: _sign(life, pk, chance, then))


def _sign(life: Life, pk: int, chance: Random, at: datetime) -> None:
    notice = sign_notice(pk, by=life.world.head, at=at)
    team = life.world.teams.get(notice.unit_id)
    if team is None:  # a partner: the office writes its answer down
        day = working_days_after(at.date(), chance.randint(4, 12))
        life.diary.put(day, 10, partial(_end_letter, life, pk))
        return
    if team.manner is Manner.SILENT and chance.random() < 0.6:
        return
    games = team.manner is Manner.GAMING
    month = min(at.month + 1, 12)
    words = office("answer_empty" if games else "answer_good", chance, month=month)
    day = working_days_after(at.date(), chance.randint(*_ANSWERS[team.manner]))
    life.diary.put(day, 10, lambda then: _answer(life, team, pk, words, chance, then))


def _end_letter(life: Life, pk: int, at: datetime) -> None:
    clerk = life.world.clerk
    answer_notice(pk, office("letter_answer"), by=clerk, at=at)
    close_notice(pk, office("letter_closed"), by=clerk, at=at + timedelta(hours=1))


def _answer(life: Life, team: Team, pk: int, words: str, chance: Random, at: datetime) -> None:
    if not life.attempt(lambda: answer_notice(pk, words, by=team.liaison, at=at)):
        return
    clerk = life.world.clerk
    day = working_days_after(at.date(), chance.randint(2, 8))
    if team.manner is Manner.GAMING and chance.random() < 0.5:
        life.diary.put(day, 15, lambda then: _raise(life, pk, then))
    else:
        why = office("closed", chance)
        life.diary.put(day, 15, lambda then: life.attempt(lambda: close_notice(pk, why, by=clerk, at=then)))


def _raise(life: Life, pk: int, at: datetime) -> None:
    """Not content with the answer: a rung up, by hand."""
    if life.attempt(lambda: raise_notice(pk, office("raised"), by=life.world.clerk, at=at)):
        note_drafts(life, at)
