"""The bench of the site measures pages on data of the shape it says, and leaves nothing behind."""

import os
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dukao.bench.ledgers import Town, found_town, write_ledger
from dukao.bench.site import PageSpeed
from dukao.bench.years import live_year
from dukao.progress.values import Light
from dukao.site.history.models import Entry
from dukao.site.ledger.models import Placement, Responsibility, Task, TaskState
from dukao.site.supervision.models import ActionPlan, PlanKind
from dukao.site.supervision.seeing.queries import lights_of

AT = datetime(2020, 3, 1, tzinfo=UTC)
SMALL = """
from dukao.bench.site import measure_site
from dukao.sample import sample_path
found = measure_site((sample_path("report"), sample_path("breakdown")), years=2, tasks=26, lit=26, say=print)
print(found.database)
for one in (*found.pages, *found.growth, found.lights):
    print(one.name, one.queries, one.page > 0, one.beside > 0, sep="|")
"""


@pytest.fixture
def town(db: None) -> Town:
    """A place without a ledger yet."""
    return found_town("990909", "量速区", AT)


def get(town: Town, address: str) -> tuple[str, int]:
    """A page as the clerk gets it, and how many queries it asked."""
    client = Client()
    client.force_login(town.clerk, backend="django.contrib.auth.backends.ModelBackend")
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code == 200
    return response.content.decode(), len(captured)


def test_a_made_ledger_has_the_shape_of_a_real_one(town: Town) -> None:
    write_ledger(town, 2020, 52, AT)
    assert TaskState.objects.at(None).filter(status="issued").count() == 52
    assert Task.objects.filter(kind="livelihood").count() == 4
    assert Responsibility.objects.filter(role="lead").count() == 52
    assert Placement.objects.count() == 52
    page, _ = get(town, "/ledger/2020/")
    assert "重2020-001" in page
    assert Entry.objects.count() == 0, "for measuring only: nothing is recorded"


def test_a_made_ledger_is_always_the_same(town: Town) -> None:
    write_ledger(town, 2020, 30, AT)
    other = found_town("990910", "量速县", AT)
    write_ledger(other, 2020, 30, AT)
    said = [
        list(TaskState.objects.filter(task__place=one.place).values_list("text", flat=True).order_by("order"))
        for one in (town, other)
    ]
    assert said[0] == said[1]


def test_a_made_year_has_every_kind_of_plan_and_is_judged(town: Town) -> None:
    write_ledger(town, 2020, 40, AT)
    live_year(town, 2020)
    lights = lights_of(Task.objects.values_list("pk", flat=True), date(2020, 9, 30))
    assert {plan.kind for plan in ActionPlan.objects.all()} == set(PlanKind)
    assert {Light.GREEN, Light.YELLOW, Light.RED} <= {one.light for one in lights.values()}
    assert Light.UNKNOWN not in {one.filing.light for one in lights.values()}


def test_lights_ask_the_database_the_same_however_many_tasks(town: Town) -> None:
    counts = []
    for year, tasks in ((2019, 40), (2020, 600)):
        write_ledger(town, year, tasks, AT)
        live_year(town, year)
        ids = list(Task.objects.filter(year=year).values_list("pk", flat=True))
        with CaptureQueriesContext(connection) as captured:
            assert len(lights_of(ids, date(year, 9, 30))) == tasks
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 20


@pytest.mark.parametrize(
    "address", ["/ledger/{year}/", "/ledger/{year}/?q=绿道", "/ledger/{year}/measures/", "/board/{year}/"]
)
def test_a_list_asks_the_database_the_same_however_many_tasks(town: Town, address: str) -> None:
    write_ledger(town, 2019, 20, AT)
    write_ledger(town, 2020, 200, AT)
    _, few = get(town, address.format(year=2019))
    _, many = get(town, address.format(year=2020))
    assert few == many


def test_a_limit_is_kept_or_exceeded() -> None:
    assert PageSpeed("a", 9, page=0.3, beside=0.2, limit=1.5).holds
    assert not PageSpeed("a", 9, page=0.31, beside=0.2, limit=1.5).holds
    assert PageSpeed("a", 9, page=1.9, beside=0.1, limit=2, is_absolute=True).holds
    assert not PageSpeed("a", 9, page=2.1, beside=2, limit=2, is_absolute=True).holds


def test_the_site_is_measured_on_a_database_of_its_own(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("D")}
    environment |= {"PYTHONPATH": "src", "PYTHONUTF8": "1", "DUKAO_HOME": str(tmp_path / "kept")}
    if "DUKAO_DATABASE_URL" in os.environ:
        environment["DUKAO_DATABASE_URL"] = os.environ["DUKAO_DATABASE_URL"]
    done = subprocess.run(
        [sys.executable, "-c", SMALL], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    lines = [line.split("|") for line in done.stdout.splitlines() if "|" in line]
    assert [line[0] for line in lines[:8]] == [
        *("台账页（26 项）", "台账页，有人报送以后", "搜索（26 项）", "搜索，有人报送以后"),
        *("看板（26 项）", "看板，有人报送以后", "核对页", "任务页"),
    ]
    assert len(lines) == 13
    assert lines[-1][0] == "26 项一天的灯"
    assert all(int(line[1]) > 0 and line[2:4] == ["True", "True"] for line in lines)
    assert not (tmp_path / "kept").exists()
