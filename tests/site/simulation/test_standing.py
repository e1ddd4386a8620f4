"""The sample's today: a morning in September on every page, whatever the clock on the wall says."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import override_settings

from dukao.site.history.actions import record
from dukao.site.history.values import PROGRAM
from dukao.site.settings import MIDDLEWARE
from dukao.site.showing import standing
from dukao.site.showing.past import STANDS
from dukao.site.simulating.emptiness import Action
from tests.site.conftest import Cast

AT = MIDDLEWARE.index("dukao.site.people.middleware.WhoAsks") + 1
STANDING = [*MIDDLEWARE[:AT], "dukao.site.showing.standing.StandsThere", *MIDDLEWARE[AT:]]


@pytest.fixture(autouse=True)
def _fresh_beginning() -> Iterator[None]:
    standing._beginning.cache_clear()
    yield
    standing._beginning.cache_clear()


def test_every_page_says_where_the_sample_stands(cast: Cast) -> None:
    assert "样例停在" not in cast.client("clerk").get("/").content.decode()
    with override_settings(MIDDLEWARE=STANDING):
        page = cast.client("clerk").get("/").content.decode()
    assert "样例停在 <b>2024年9月20日</b>" in page


def test_the_clock_goes_on_from_the_end_of_the_record(cast: Cast) -> None:
    first = standing.moment()
    assert STANDS <= first < STANDS + timedelta(minutes=5)
    later = STANDS + timedelta(hours=3)
    record(Action.NOTHING, by=PROGRAM, at=later, about=[("place", cast.place.pk)])
    standing._beginning.cache_clear()
    assert later <= standing.moment() < later + timedelta(minutes=5)
