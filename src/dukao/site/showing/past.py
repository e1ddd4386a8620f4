"""The sample's past: the months from its issue to a morning in September, lived as a simulated year is.

The place files by quarters, as the rules for sparing the grass roots ask; what is behind files every month.
"""

from datetime import datetime, timedelta

from django.db import transaction

from dukao.site.ledger.models import Breakdown
from dukao.site.people.access import Viewer, viewer_of
from dukao.site.people.models import Place, User
from dukao.site.showing.place import BEIJING, CODE, ISSUED, YEAR
from dukao.site.simulating.living import OnDay, Rhythm, live
from dukao.site.simulating.world import World, seat_units
from dukao.site.supervision.jobs.running import run_jobs
from dukao.site.supervision.models import Notice, NoticeStage, Subject
from dukao.site.supervision.practice import adopt_preset
from dukao.site.supervision.pressing.actions import check_notice

STANDS = datetime(YEAR, 9, 20, 9, 0, tzinfo=BEIJING)
DAYS = (STANDS - ISSUED).days
_SEED = 8
_WHY = "落实为基层减负的要求：一般事项按季报，滞后的和民生实事按月报"


@transaction.atomic
def live_past(on_day: OnDay = lambda day: None) -> None:
    """Live the months up to the morning the sample stands on; one transaction, all or nothing."""
    place = Place.objects.get(code=CODE)
    draft = Breakdown.objects.get(place=place, year=YEAR)
    clerk, head = (viewer_of(User.objects.get(username=name), ISSUED) for name in ("clerk", "head"))
    teams = seat_units(place, _SEED, at=ISSUED)
    adopt_preset(Subject.CADENCE, "", "quarterly-20", since=ISSUED.date(), why=_WHY, by=clerk, at=ISSUED)
    world = World(place.pk, draft.pk, YEAR, _SEED, clerk, head, teams, parts=0.1, quick=0.3)
    before = (STANDS - timedelta(days=1)).date()
    live(world, ISSUED.date(), before, on_day, rhythm=Rhythm(every=31, days=(1, 10)))
    morning = STANDS - timedelta(hours=1)
    run_jobs(at=morning, now=morning)
    _lay_before_the_head(place, clerk, morning + timedelta(minutes=30))


def _lay_before_the_head(place: Place, clerk: Viewer, at: datetime) -> None:
    """Of what was drafted this morning the clerk has checked all but the last: it waits for the head."""
    drafts = Notice.objects.filter(place=place, stage=NoticeStage.DRAFT).order_by("pk")
    found = list(drafts.values_list("pk", flat=True))
    for pk in found[: max(len(found) - 1, 1)]:
        check_notice(pk, by=clerk, at=at)
