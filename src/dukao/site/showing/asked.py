"""What the units are asked about in the sample's September: next year's livelihood candidates."""

from datetime import datetime, timedelta
from functools import partial

from dukao.sample import sample_path
from dukao.site.intake import take_in
from dukao.site.ledger.models import Consultation, OpinionKind, TaskState
from dukao.site.ledger.steps.consulting import Wish, agree, give_opinion, open_consultation, usual_due
from dukao.site.people.access import Viewer
from dukao.site.people.models import Unit
from dukao.site.showing.year import told
from dukao.site.simulating.diary import Diary
from dukao.site.simulating.world import Team, World


def note_asking(diary: Diary, world: World) -> None:
    """Note the day the units are asked; some answer the day after, the others still have time."""
    diary.put(told("candidates")["asked"], 9, partial(_ask, diary, world))


def _ask(diary: Diary, world: World, at: datetime) -> None:
    papers = sample_path("candidates"), sample_path("candidates_breakdown")
    draft = take_in(*papers, year=world.year + 1, by=world.clerk, at=at)
    asked = open_consultation(draft.pk, usual_due(at.date()), by=world.clerk, at=at)
    said = told("candidates")
    tomorrow = at.date() + timedelta(days=1)
    for name in said["agreed"]:
        liaison = _team(world, name).liaison
        diary.put(tomorrow, 10, partial(_agree, asked, liaison))
    diary.put(tomorrow, 11, partial(_object, world, asked))


def _agree(asked: Consultation, liaison: Viewer, at: datetime) -> None:
    agree(asked.pk, by=liaison, at=at)


def _object(world: World, asked: Consultation, at: datetime) -> None:
    said = told("candidates")["opinion"]
    state = TaskState.objects.at(None).get(task__breakdown=asked.breakdown_id, text=said["text"])
    wish = Wish(OpinionKind.NUMBER, said["reason"], said["wish"])
    give_opinion(asked.pk, state.task_id, wish, by=_team(world, said["unit"]).liaison, at=at)


def _team(world: World, name: str) -> Team:
    return world.teams[Unit.objects.get(place_id=world.place_id, name=name).pk]
