"""Times of the site's pages, as ratios within one run, on a database of their own that goes afterwards.

A list is compared with the same page fed the same rows from memory (what its queries gave, kept), so that
what is left over is queries and access. What was read holds until something is recorded, and two figures are
given for a list that shows lights, each held to the same limit: as it is looked at again, and as it is looked
at first after a filing was taken. What is judged when nothing was read before is in the lights of a big year.

A task's page is compared with an empty page on the same frame, and a page of a place of ten years with the
same page of a place of one; the newest year of each was lived through, so that there is something to judge.
The lights of a big year on one day are held to two seconds, and shown beside the same questions put to the
database and no more. Nothing is asked over a network: every request, also of what is compared with, goes
through all the middleware, as from the browser of somebody logged in. Seconds are those of the processor; a
database with a process of its own adds what that spends.
"""

import gc
import os
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from dukao.bench.fed import from_memory
from dukao.bench.measuring import time_at_depths, time_in_turns

if TYPE_CHECKING:
    from django.test import Client

    from dukao.bench.ledgers import Town
    from dukao.site.people.access import Viewer

LIST_LIMIT = 1.5
TASK_LIMIT = 6.0
GROWTH_LIMIT = 2.0
LIGHTS_SECONDS = 2.0
YEARS, TASKS, LIT = 10, 400, 4000
_LAST_YEAR = 2024
_EMPTY = "bench/empty/"
_LISTS = ("台账页", "搜索", "看板", "核对页")
_WITHOUT_LIGHTS = "核对页"


@dataclass(frozen=True, slots=True)
class PageSpeed:
    """How long one page took beside what it is compared with (seconds), and how many queries it asked.

    `limit` is how many times as long it may take, or, where it `is_absolute`, how many seconds.
    """

    name: str
    queries: int
    page: float
    beside: float
    limit: float
    is_absolute: bool = False

    @property
    def ratio(self) -> float:
        """How many times as long the page takes."""
        return self.page / self.beside

    @property
    def holds(self) -> bool:
        """Whether the limit is kept."""
        return (self.page if self.is_absolute else self.ratio) <= self.limit


@dataclass(frozen=True, slots=True)
class SiteSpeed:
    """Everything measured: pages of one year, the same pages of ten years beside them, and lights."""

    database: str
    pages: tuple[PageSpeed, ...]
    growth: tuple[PageSpeed, ...]
    lights: PageSpeed


@dataclass(frozen=True, slots=True)
class _Place:
    """A place to look at: its clerk logged in, the addresses of its pages by name, one of its tasks."""

    client: "Client"
    clerk: "Viewer"
    addresses: dict[str, str]
    task: int


def measure_site(
    documents: tuple[Path, Path],
    *,
    years: int = YEARS,
    tasks: int = TASKS,
    lit: int = LIT,
    say: Callable[[str], object],
) -> SiteSpeed:
    """Measure every page; `documents` are the report and the breakdown of the review page, `lit` the tasks of
    the year whose lights are measured.

    `say` is told what is being done. The database is the embedded one in a folder of its own, or one of its
    own beside the one that `DUKAO_DATABASE_URL` names.
    """
    with _own_site() as database:
        say(f"建台账：一个年度 {tasks} 项，{years} 个年度各 {tasks} 项")
        small, large = _found(1, tasks, "990901"), _found(years, tasks, "990902")
        say("读入核对页的两份文件")
        small.addresses["核对页"] = _propose(documents)
        say("量各页")
        pages = tuple(_measure_pages(small, tasks))
        growth = tuple(_measure_growth(small, large, years, tasks))
        say(f"建一年的方案和报送：{lit} 项")
        return SiteSpeed(database, pages, growth, _measure_lights(lit))


@contextmanager
def _own_site() -> Iterator[str]:
    """Django on a database that is there for the block only; its vendor's name."""
    with tempfile.TemporaryDirectory(prefix="dukao-bench-") as folder:
        os.environ["DUKAO_HOME"] = folder
        os.environ.pop("DUKAO_HTTPS", None)
        from dukao.site.starting import start

        start()
        from django.conf import settings
        from django.db import connection

        name = connection.settings_dict["NAME"]
        embedded = connection.vendor == "sqlite"
        own = str(Path(folder) / "bench.sqlite3") if embedded else f"dukao_bench_{os.getpid()}"
        connection.settings_dict["TEST"]["NAME"] = own
        settings.FILES = Path(folder) / "files"
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        gc.enable()  # as a server has it: a command runs without
        try:
            yield connection.vendor
        finally:
            connection.creation.destroy_test_db(name, verbosity=0)


def _found(years: int, tasks: int, code: str) -> _Place:
    """A place with a ledger for each of so many years, the last lived through, and the clerk's browser."""
    from dukao.bench.ledgers import found_town, write_ledger
    from dukao.bench.years import live_year
    from dukao.site.ledger.models import Task
    from dukao.site.people.access import viewer_of

    town = found_town(code, f"量速{'镇' if years == 1 else '市'}", _moment(_LAST_YEAR - years))
    for year in range(_LAST_YEAR - years + 1, _LAST_YEAR + 1):
        write_ledger(town, year, tasks, _moment(year))
    live_year(town, _LAST_YEAR)
    _take_stock()
    task = Task.objects.filter(place=town.place, year=_LAST_YEAR)[tasks // 2]
    addresses = {
        "台账页": f"/ledger/{_LAST_YEAR}/",
        "搜索": f"/ledger/{_LAST_YEAR}/?q=绿道",
        "看板": f"/board/{_LAST_YEAR}/",
        "任务页": f"/tasks/{task.pk}/",
    }
    clerk = viewer_of(town.clerk, _moment(_LAST_YEAR))
    return _Place(_browser(town), clerk, addresses, task.pk)


def _take_stock() -> None:
    """What PostgreSQL does by itself some time after many rows were written: count what is in its tables."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _moment(year: int) -> Any:
    from datetime import UTC, datetime

    return datetime(year, 3, 1, tzinfo=UTC)


def _browser(town: "Town") -> "Client":
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    client.force_login(town.clerk, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _propose(documents: tuple[Path, Path]) -> str:
    """The review page of a draft read from two files, in the place of one year."""
    from datetime import datetime

    from dukao.site.archive.actions import Upload, keep_document
    from dukao.site.archive.models import DocumentKind
    from dukao.site.ledger.review.proposing import propose_breakdown
    from dukao.site.people.access import viewer_of
    from dukao.site.people.models import User

    at: datetime = _moment(_LAST_YEAR + 1)
    clerk = viewer_of(User.objects.get(username="clerk-990901"), at)
    kinds = (DocumentKind.REPORT, DocumentKind.BREAKDOWN)
    report, table = (
        keep_document(Upload(path.read_bytes(), path.name, kind), by=clerk, at=at)
        for path, kind in zip(documents, kinds, strict=True)
    )
    draft = propose_breakdown(report, table, year=_LAST_YEAR + 1, by=clerk, at=at)
    return f"/breakdowns/{draft.pk}/review/"


def _measure_pages(place: _Place, tasks: int) -> Iterator[PageSpeed]:
    for name in _LISTS:
        address = place.addresses[name]
        beside = from_memory(partial(_get, place, address))
        yield _compare(_say(name, tasks), place, address, beside, LIST_LIMIT)
        if name != _WITHOUT_LIGHTS:
            before = partial(_record_something, place)
            beside = from_memory(partial(_get, place, address), before)
            yield _compare(f"{name}，有人报送以后", place, address, beside, LIST_LIMIT, before)
    with _empty_page():
        yield _compare(
            "任务页", place, place.addresses["任务页"], partial(_get, place, f"/{_EMPTY}"), TASK_LIMIT
        )


def _compare(
    name: str,
    place: _Place,
    address: str,
    beside: Callable[[], None],
    limit: float,
    before: Callable[[], object] = int,
) -> PageSpeed:
    works = (partial(_get, place, address), beside)
    whole, other = time_at_depths(*works, clock=_server_clock(), before=before)
    before()
    return PageSpeed(name, _count_queries(place, address), whole, other, limit)


def _record_something(place: _Place) -> None:
    """One entry in history about one task, as a filing that is taken leaves it."""
    from django.db import transaction
    from django.utils import timezone

    from dukao.site.history.actions import record
    from dukao.site.supervision.naming import Action

    with transaction.atomic():
        about = [("filing", 0), ("task", place.task)]
        record(Action.FILING_ACCEPTED, by=place.clerk.actor, at=timezone.now(), about=about)


def _measure_growth(small: _Place, large: _Place, years: int, tasks: int) -> Iterator[PageSpeed]:
    for name, address in large.addresses.items():
        one = small.addresses[name]
        works = (partial(_get, large, address), partial(_get, small, one))
        many, few = time_at_depths(*works, clock=_server_clock())
        label = f"{_say(name, tasks)}，共 {years} 年 {years * tasks} 项"
        yield PageSpeed(label, _count_queries(large, address), many, few, GROWTH_LIMIT)


def _measure_lights(tasks: int) -> PageSpeed:
    """The lights of a year's tasks at the end of September, beside the same rows read and thrown away."""
    from datetime import date

    from dukao.bench.ledgers import found_town, write_ledger
    from dukao.bench.years import live_year
    from dukao.site.ledger.models import Task
    from dukao.site.supervision.seeing.queries import lights_of

    town = found_town("990903", "量速州", _moment(_LAST_YEAR))
    write_ledger(town, _LAST_YEAR, tasks, _moment(_LAST_YEAR))
    live_year(town, _LAST_YEAR)
    _take_stock()
    ids = list(Task.objects.filter(place=town.place).values_list("pk", flat=True))
    work = partial(lights_of, ids, date(_LAST_YEAR, 9, 30))
    asked = _questions_of(work)
    whole, bare = time_in_turns(work, partial(_ask, asked), clock=_server_clock())
    return PageSpeed(f"{tasks} 项一天的灯", len(asked), whole, bare, LIGHTS_SECONDS, is_absolute=True)


def _questions_of(work: Callable[[], object]) -> list[tuple[str, Any]]:
    """The statements something puts to the database, with their parameters."""
    from django.db import connection

    asked = list[tuple[str, Any]]()

    def keep(execute: Any, sql: str, parameters: Any, many: bool, context: Any) -> Any:
        asked.append((sql, parameters))
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(keep):
        work()
    return asked


def _ask(asked: Sequence[tuple[str, Any]]) -> None:
    """Put statements to the database, take the rows and do nothing with them."""
    from django.db import connection

    with connection.cursor() as cursor:
        for sql, parameters in asked:
            cursor.execute(sql, parameters)
            cursor.fetchall()


def _say(name: str, tasks: int) -> str:
    return f"{name}（{tasks} 项）" if name in ("台账页", "搜索", "看板") else name


def _get(place: _Place, address: str) -> None:
    """One page, whole."""
    response = place.client.get(address)
    if response.status_code != 200:
        raise RuntimeError(f"{address}: {response.status_code}")


def _count_queries(place: _Place, address: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        _get(place, address)
    return len(captured)


def _server_clock() -> Callable[[], float]:
    """Seconds of the processor, those of the database's own process with them where that can be looked at."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return time.process_time
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        spent = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")  # nanoseconds on a processor come first
    if not spent.exists():
        return time.process_time
    return lambda: time.process_time() + int(spent.read_text().split()[0]) / 1e9


@contextmanager
def _empty_page() -> Iterator[None]:
    """An address with nothing but the frame, for the block."""
    from django.http import HttpRequest, HttpResponse
    from django.template import engines
    from django.test import override_settings
    from django.urls import path

    from dukao.site import urls

    template = engines["django"].from_string('{% extends "base.html" %}')

    def empty(request: HttpRequest) -> HttpResponse:
        return HttpResponse(template.render({}, request))

    module = ModuleType("dukao.bench.urls_with_empty_page")
    patterns: Sequence[Any] = [path(_EMPTY, empty), *urls.urlpatterns]
    module.urlpatterns = patterns  # type: ignore[attr-defined]
    with override_settings(ROOT_URLCONF=module):
        yield
