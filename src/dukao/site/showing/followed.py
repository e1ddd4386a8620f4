"""What the sample's office follows up: instructions of leaders, a meeting with its decisions, bulletins."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from dukao.site.ledger.models import Task, TaskState
from dukao.site.people.access import viewer_of
from dukao.site.people.models import Place, User
from dukao.site.showing.year import task_of, told, unit_of
from dukao.site.simulating.diary import Diary
from dukao.site.simulating.world import World
from dukao.site.supervision.models import Instruction
from dukao.site.supervision.pressing.bulletins import check_bulletin, draft_bulletin, sign_bulletin
from dukao.site.supervision.pressing.instructing import (
    Decision,
    end_instruction,
    follow_instruction,
    followers_of,
    give_instruction,
    record_decision,
    tie_to_task,
)
from dukao.site.supervision.pressing.instruction_signing import check_paper, sign_paper
from dukao.site.supervision.pressing.meeting import hold_meeting

Said = Mapping[str, Any]


def note_instructions(diary: Diary, world: World) -> None:
    """Note what leaders say of tasks, each on its day."""
    for one in told("instructions"):
        diary.put(one["given"], 9, partial(_instruct, diary, world, one))


def note_meeting(diary: Diary, world: World) -> None:
    """Note the meeting in July: its agenda is drawn two days before it."""
    diary.put(told("july")["drawn"], 15, partial(_meet, diary, world))


def note_bulletin(diary: Diary, world: World) -> None:
    """Note the bulletin of the half year: drafted, checked by the head, signed the day after."""
    diary.put(told("bulletin")["drafted"], 10, partial(_draft, diary, world))


def prepare_autumn(world: World, at: datetime) -> None:
    """This morning: the next bulletin as a draft, the next meeting with its agenda."""
    draft_bulletin(told("bulletin")["next"], at.date(), by=world.clerk, at=at)
    autumn = told("autumn")
    hold_meeting(autumn["title"], autumn["held"], world.year, by=world.clerk, at=at + timedelta(minutes=5))


def _instruct(diary: Diary, world: World, said: Said, at: datetime) -> None:
    leader = viewer_of(User.objects.get(username=said["by"]), at)
    task = task_of(_place(world), said["task"])
    given = give_instruction(task.pk, said["words"], said["due"], by=leader, at=at)
    _note_following(diary, world, given, said, at.date())


def _meet(diary: Diary, world: World, at: datetime) -> None:
    july = told("july")
    meeting = hold_meeting(july["title"], july["held"], world.year, by=world.clerk, at=at)
    for one in july["decisions"]:
        diary.put(july["held"], 15, partial(_decide, diary, world, meeting.pk, one))


def _decide(diary: Diary, world: World, meeting: int, said: Said, at: datetime) -> None:
    place = _place(world)
    task = task_of(place, said["task"]).pk if "task" in said else None
    decision = Decision(said["words"], unit_of(place, said["unit"]).pk, said["due"], task)
    made = record_decision(meeting, decision, by=world.clerk, at=at)
    _note_following(diary, world, made, said, at.date())


def _note_following(diary: Diary, world: World, given: Instruction, said: Said, on: date) -> None:
    """Its paper goes out the same day, checked by who did not write it down; then what becomes of it."""
    checker = world.head if given.meeting_id else world.clerk
    diary.put(on, 16, lambda at: check_paper(given.pk, by=checker, at=at))
    diary.put(on, 17, lambda at: sign_paper(given.pk, by=world.head, at=at))
    for step in said.get("steps", ()):
        diary.put(step["on"], 11, partial(_follow, world, given, step["words"]))
    if done := said.get("done"):
        diary.put(done["on"], 16, partial(_end, world, given, done["why"], said.get("item", "")))


def _follow(world: World, given: Instruction, words: str, at: datetime) -> None:
    liaison = world.teams[min(followers_of(given))].liaison
    follow_instruction(given.pk, words, by=liaison, at=at)


def _end(world: World, given: Instruction, why: str, item: str, at: datetime) -> None:
    """The office ends it; where it has become an item of a list, it is tied to it first."""
    if item:
        tie_to_task(given.pk, _item(world, item).pk, by=world.clerk, at=at)
    end_instruction(given.pk, why, by=world.clerk, at=at + timedelta(seconds=10))


def _item(world: World, words: str) -> Task:
    states = TaskState.objects.at(None).filter(task__place_id=world.place_id, text=words)
    return Task.objects.get(pk=states.get().task_id)


def _draft(diary: Diary, world: World, at: datetime) -> None:
    said = told("bulletin")
    bulletin = draft_bulletin(said["label"], said["as_of"], by=world.clerk, at=at)
    diary.put(at.date(), 16, lambda then: check_bulletin(bulletin.pk, by=world.head, at=then))
    signing = at.date() + timedelta(days=1)
    diary.put(signing, 9, lambda then: sign_bulletin(bulletin.pk, by=world.head, at=then))


def _place(world: World) -> Place:
    return Place.objects.get(pk=world.place_id)
