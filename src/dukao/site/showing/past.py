"""The sample's past: the months from its issue to a morning in September, lived as a simulated year is.

The place files by quarters, as the rules for sparing the grass roots ask; what is behind files every month.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from dukao.site.ledger.models import Breakdown
from dukao.site.people.access import Viewer, viewer_of
from dukao.site.people.models import Place, User
from dukao.site.refusals import Refused
from dukao.site.showing.acts import name_leads, note_standings
from dukao.site.showing.asked import note_asking
from dukao.site.showing.followed import note_bulletin, note_instructions, note_meeting, prepare_autumn
from dukao.site.showing.lists import keep_lists, note_projects
from dukao.site.showing.place import BEIJING, CODE, ISSUED, YEAR
from dukao.site.showing.year import told
from dukao.site.simulating.diary import Diary
from dukao.site.simulating.living import OnDay, Rhythm, live
from dukao.site.simulating.told import Told
from dukao.site.simulating.world import Manner, World, seat_units
from dukao.site.supervision.assigning.actions import object_to_assignment
from dukao.site.supervision.closing.actions import Application, Item, apply_for_close
from dukao.site.supervision.closing.reaching import reached_of
from dukao.site.supervision.closing.scope import checklist_of, evidence_on
from dukao.site.supervision.jobs.running import run_jobs
from dukao.site.supervision.models import (
    ActionPlan,
    Assignment,
    Completion,
    Notice,
    NoticeStage,
    Objection,
    Subject,
)
from dukao.site.supervision.practice import adopt_preset
from dukao.site.supervision.pressing.actions import check_notice

STANDS = datetime(YEAR, 9, 20, 9, 0, tzinfo=BEIJING)
_BEGINS = datetime(YEAR, 3, 4, 9, 0, tzinfo=BEIJING)  # the tasks are sent out the day after
_EVE = (STANDS - timedelta(days=1)).date()
DAYS = (_EVE - _BEGINS.date()).days
_SEED = 8
_LISTS = datetime(YEAR, 9, 18, 18, 0, tzinfo=BEIJING)  # the lists are filled in when the day's work is done
_SUMMARY = "年度目标已经达到，资料已整理归档，申请办结。"
_NOT_OURS = "拖欠工资案件已由区法院立案执行，建议由区信访局牵头协调，我局配合提供欠薪核查情况。"
_WHY = "落实为基层减负的要求：一般事项按季报，滞后的和民生实事按月报"


@transaction.atomic
def live_past(on_day: OnDay = lambda day: None) -> None:
    """Live the months up to the morning the sample stands on; one transaction, all or nothing."""
    place = Place.objects.get(code=CODE)
    draft = Breakdown.objects.get(place=place, year=YEAR)
    world = _world_of(place, draft)
    clerk = world.clerk
    adopt_preset(Subject.CADENCE, "", "quarterly-20", since=ISSUED.date(), why=_WHY, by=clerk, at=ISSUED)
    name_leads(draft, clerk, world.head, _BEGINS)
    rhythm = Rhythm(every=31, days=(1, 10))
    live(world, _BEGINS.date(), _EVE, on_day, rhythm=rhythm, keeps_lights=False, diary=_diary_of(world))
    _end_in_the_morning(world, place)


def _world_of(place: Place, draft: Breakdown) -> World:
    """The place with somebody in every seat, and what is told of its units and tasks.

    Most plans have a day by now; one unit files at the last minute.
    """
    clerk, head = (viewer_of(User.objects.get(username=name), ISSUED) for name in ("clerk", "head"))
    manners = {name: Manner(one) for name, one in told("manners").items()}
    return World(
        place.pk,
        draft.pk,
        YEAR,
        _SEED,
        clerk,
        head,
        seat_units(place, _SEED, at=ISSUED, manners=manners),
        parts=0.1,
        quick=0.3,
        undated=0.08,
        has_acts=False,
        last_day=frozenset({"区教育局"}),
        told={number: _told(one) for number, one in told("courses").items()},
    )


def _told(said: dict[str, Any]) -> Told:
    return Told(**(said | ({"blocked": tuple(said["blocked"])} if "blocked" in said else {})))


def _diary_of(world: World) -> Diary:
    """What happens beside the work itself, each on its day."""
    diary = Diary()
    note_standings(diary, world)
    note_instructions(diary, world)
    note_meeting(diary, world)
    note_bulletin(diary, world)
    note_asking(diary, world)
    note_projects(diary, world)
    diary.put(_LISTS.date(), _LISTS.hour, lambda at: keep_lists(world.clerk, world.head, at))
    return diary


def _end_in_the_morning(world: World, place: Place) -> None:
    """The morning the sample stands on: what is on the desks when its first visitor comes."""
    morning = STANDS - timedelta(hours=1)
    run_jobs(at=morning, now=morning)
    _object(world, morning + timedelta(minutes=10))
    _apply(world, morning + timedelta(minutes=20))
    _lay_before_the_head(place, world.clerk, morning + timedelta(minutes=30))
    prepare_autumn(world, morning + timedelta(minutes=40))


def _object(world: World, at: datetime) -> None:
    """A unit will not have the last item it was sent from a list: the office has yet to settle it."""
    sent = Assignment.objects.filter(sent_at__gte=_LISTS, task__place_id=world.place_id).latest("pk")
    liaison = world.teams[sent.unit_id].liaison
    object_to_assignment(sent.pk, Objection.NOT_OURS, _NOT_OURS, by=liaison, at=at)


def _apply(world: World, at: datetime) -> None:
    """A unit applies to close the first task that is done by its figures: it waits to be verified."""
    known = Completion.objects.filter(task__place_id=world.place_id).values("task_id")
    plans = ActionPlan.objects.filter(
        task__place_id=world.place_id, since__isnull=False, until__isnull=True, unit_id__in=world.teams
    )
    by_task = {plan.task_id: plan for plan in plans.exclude(task_id__in=known).select_related("task")}
    for task, reached in sorted(reached_of(by_task).items()):
        if not reached.missing and _is_taken(world, by_task[task], at):
            return


def _is_taken(world: World, plan: ActionPlan, at: datetime) -> bool:
    """Whether an application for a plan's task is taken; it is not where evidence is wanting."""
    items = tuple(Item(one, True) for one in checklist_of(plan.task).items)
    proofs = [one.pk for one in evidence_on(plan.task_id)]
    words = Application(at.date() - timedelta(days=7), _SUMMARY, items, proofs)
    try:
        apply_for_close(plan.task_id, words, by=world.teams[plan.unit_id].head, at=at)
    except Refused:
        return False
    return True


def _lay_before_the_head(place: Place, clerk: Viewer, at: datetime) -> None:
    """Of what was drafted this morning the clerk has checked all but the last: it waits for the head."""
    drafts = Notice.objects.filter(place=place, stage=NoticeStage.DRAFT).order_by("pk")
    found = list(drafts.values_list("pk", flat=True))
    for pk in found[: max(len(found) - 1, 1)]:
        check_notice(pk, by=clerk, at=at)
