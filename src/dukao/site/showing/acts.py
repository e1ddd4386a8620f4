"""Acts of the sample's year that change the ledger: a supplement names leads, two tasks leave the totals."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from dukao.site.ledger.duties import duties_of, new_duty
from dukao.site.ledger.models import Breakdown, Role, SupplementKind
from dukao.site.ledger.steps.supplementing import Change, Paper, draft_supplement, sign_supplement
from dukao.site.people.access import Viewer
from dukao.site.showing.year import task_of, told, unit_of
from dukao.site.simulating.diary import Diary
from dukao.site.simulating.world import World
from dukao.site.supervision.closing.standing import StandingPaper, draft_standing, sign_standing
from dukao.site.supervision.models import StandingKind


def name_leads(draft: Breakdown, clerk: Viewer, head: Viewer, at: datetime) -> None:
    """What all units carry out together gets a unit that plans and files for it."""
    said = told("supplement")
    changes = []
    for number, unit in said["leads"].items():
        task = task_of(draft.place, number)
        lead = new_duty(unit_of(draft.place, unit), Role.LEAD)
        changes.append(Change(task.pk, duties=[lead, *duties_of([task.pk])[task.pk]]))
    paper = Paper(SupplementKind.NOTICE, said["number"], said["dated"], said["why"])
    supplement = draft_supplement(draft.pk, changes, paper, by=clerk, at=at)
    sign_supplement(supplement.pk, by=head, at=at + timedelta(hours=2))


def note_standings(diary: Diary, world: World) -> None:
    """Note what is merged and what is suspended, each on its day."""
    for one in told("standings"):
        diary.put(one["dated"], 15, partial(_take_out, world, one))


def _take_out(world: World, said: dict[str, Any], at: datetime) -> None:
    place = Breakdown.objects.get(pk=world.breakdown_id).place
    kind, into = StandingKind(said["kind"]), tuple(said.get("into", ()))
    paper = StandingPaper(kind, said["act"], said["dated"], said["why"], into)
    standing = draft_standing(task_of(place, said["task"]).pk, paper, by=world.clerk, at=at)
    sign_standing(standing.pk, by=world.head, at=at + timedelta(minutes=50))
