"""What changes hands in the simulated year: a unit goes into another in June, a leader leaves in July."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import partial

from dukao.site.ledger.duties import Duty, duties_of, new_duty
from dukao.site.ledger.models import Responsibility, Role, SupplementKind
from dukao.site.ledger.steps.supplementing import Change, Paper, draft_supplement, sign_supplement
from dukao.site.people.models import Post, Unit
from dukao.site.people.posts import seat
from dukao.site.people.units import end_unit
from dukao.site.simulating.life import Life
from dukao.site.simulating.sayings import office
from dukao.site.simulating.world import Team

_FEWEST = 6  # units, below which none is spared
_DEAL = 60  # tasks on one supplement at most
NEW_LEADER = "林知行"


def note_changes(life: Life) -> None:
    """Note both, where there are units enough and a post that leads."""
    year, chance = life.world.year, life.world.chance("changes")
    leading = {team.unit_id: team for task in life.tasks.values() for team in task.teams}
    if len(leading) >= _FEWEST:
        gone, heir = chance.sample(sorted(leading.values(), key=lambda one: one.unit_id), 2)
        life.diary.put(date(year, 6, 17), 11, partial(_merge, life, gone, heir))
    life.diary.put(date(year, 7, 8), 9, partial(_replace_leader, life))


def _merge(life: Life, gone: Team, heir: Team, at: datetime) -> None:
    """By an act all its parts in tasks go to the heir; then the unit is no more."""
    world, unit = life.world, Unit.objects.get(pk=heir.unit_id)
    parts = Responsibility.objects.at(None).filter(unit_id=gone.unit_id, task__place_id=world.place_id)
    tasks = sorted(set(parts.values_list("task_id", flat=True)) & set(life.tasks))
    why = office("unit_merged", gone=gone.name, heir=heir.name)
    for number, begin in enumerate(range(0, len(tasks), _DEAL), 1):
        duties = duties_of(tasks[begin : begin + _DEAL])
        changes = [Change(task, duties=_hand_over(own, gone, unit)) for task, own in duties.items()]
        paper = Paper(SupplementKind.ACT, f"望编〔{world.year}〕{number}号", at.date(), why)
        drafted = draft_supplement(world.breakdown_id, changes, paper, by=world.clerk, at=at)
        sign_supplement(drafted.pk, by=world.head, at=at + timedelta(minutes=20))
    end_unit(gone.unit_id, at.date(), why=why, by=world.clerk, at=at + timedelta(minutes=30))
    for task in life.tasks.values():
        task.teams = tuple(dict.fromkeys(heir if team == gone else team for team in task.teams))


def _hand_over(duties: Iterable[Duty], gone: Team, heir: Unit) -> list[Duty]:
    """The same parts with the heir in the place of the unit that goes; of two it has then the greater."""
    found: dict[object, Duty] = {}
    for duty in duties:
        own = new_duty(heir, Role(duty["role"])) if duty["unit"] == gone.unit_id else duty
        found.setdefault((own["unit"], own["group"]), own)
    return list(found.values())


def _replace_leader(life: Life, at: datetime) -> None:
    """Somebody else holds the second post from that day on; what its post leads stays with the post."""
    posts = Post.objects.filter(place_id=life.world.place_id, tenures__until__isnull=True, is_head=False)
    post = posts.order_by("order", "pk").first()
    if post is not None:
        seat(post.pk, NEW_LEADER, at.date(), why=office("leader_left"), by=life.world.clerk, at=at)
