"""Real sites behind a real browser: served in processes and on data of their own, on the run's database.

`empty_site` has a clerk and a head and nothing else; `filled_site` somebody in every role and something on
every page. Each test asks for the one it needs and relies on no other test.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.request import ProxyHandler, build_opener

import pytest

from tests.lacking import say_lacking
from tests.site.children import VENDOR, Site, new_site

CHROMIUM = shutil.which("chromium")
PASSWORD = "Linjiang-2024"
LONGEST = 90  # seconds; a machine may be busy with other tests
WIDTHS = {"desk": (1440, 900), "phone": (360, 780)}
PICTURES = Path(__file__).resolve().parents[3] / "docs" / "pictures"

_CAST = f"""
from django.utils import timezone
from dukao.site.people.models import Grant, Place, Role, User
place = Place.objects.create(code="990101", name="临江区", level="county", office="临江区人民政府办公室")
for role, name in ((Role.CLERK, "程经办"), (Role.HEAD, "贺主任")):
    user = User(username=role.value, name=name, place=place, must_change_password=False)
    user.set_password("{PASSWORD}")
    user.save()
    Grant.objects.create(user=user, role=role, since=timezone.now())
"""
_FILLED = "from tests.site.browser.filling import fill; fill()"
_MONTH = "from tests.site.browser.filing_month import fill; fill()"
_SERVE = "from dukao.site.serving import serve_site; serve_site('127.0.0.1', %d)"


@dataclass
class Served:
    """A site that answers at `address`; of a filled one, who is logged in and which pages there are."""

    site: Site
    address: str
    sessions: dict[str, str] = field(default_factory=dict)
    pages: list[tuple[str, str, str]] = field(default_factory=list)
    forms: list[tuple[str, str, str]] = field(default_factory=list)


@pytest.fixture
def empty_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The site with one clerk and one head, and nothing else."""
    with _served(tmp_path_factory.mktemp("empty"), _CAST) as (served, _):
        yield served


@pytest.fixture(scope="session")
def filled_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The site with somebody in every role, an issued ledger and next year's draft; read, never changed."""
    with _served(tmp_path_factory.mktemp("filled"), _FILLED) as (served, said):
        filled = json.loads(said)
        served.sessions = filled["sessions"]
        served.pages, served.forms = ([tuple(one) for one in filled[name]] for name in ("pages", "forms"))
        yield served


@pytest.fixture
def month(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The site with a unit of ten items that files its month."""
    with _served(tmp_path_factory.mktemp("month"), _MONTH) as (served, said):
        served.sessions = json.loads(said)["sessions"]
        yield served


@contextmanager
def _served(folder: Path, script: str) -> Iterator[tuple[Served, str]]:
    """A site filled by a script and answering on a port of its own; what the script printed."""
    _insist_on_chromium()
    with new_site(VENDOR, folder) as site:
        made = site.script(script)
        assert made.returncode == 0, made.stderr
        port = _free_port()
        process = subprocess.Popen(
            [sys.executable, "-c", f"from dukao.site.starting import start; start(); {_SERVE % port}"],
            env=site.environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(f"{address}/login/", process)
            yield Served(site, address), made.stdout
        finally:
            process.terminate()
            process.wait(20)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's Chromium, without a window."""
    _insist_on_chromium()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as played:
        chromium = played.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield chromium
        chromium.close()


class Windows:
    """Opens windows of the browser at a site, and closes them all."""

    def __init__(self, browser: Any) -> None:
        self._browser = browser
        self._open: list[Any] = []

    def open(self, served: Served, width: str = "desk", **more: Any) -> Any:
        """A page in a window of one of the widths, nobody logged in."""
        wide, tall = WIDTHS[width]
        window = self._browser.new_context(
            viewport={"width": wide, "height": tall}, base_url=served.address, locale="zh-CN", **more
        )
        window.set_default_timeout(LONGEST * 1000)
        self._open.append(window)
        return window.new_page()

    def enter(self, served: Served, role: str, width: str = "desk", **more: Any) -> Any:
        """A page of a filled site in which a role is logged in already; `nobody` is not."""
        page = self.open(served, width, **more)
        if role in served.sessions:
            cookie = {"name": "sessionid", "value": served.sessions[role], "url": served.address}
            page.context.add_cookies([cookie])
        return page

    def log_in(self, served: Served, username: str, width: str = "desk", **more: Any) -> Any:
        """A page in which somebody logged in with the password."""
        page = self.open(served, width, **more)
        page.goto("/login/")
        page.fill("[name=username]", username)
        page.fill("[name=password]", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "login" not in url)
        return page

    def close(self) -> None:
        """Close what was opened."""
        for window in self._open:
            window.close()


@pytest.fixture
def windows(browser: Any) -> Iterator[Windows]:
    """Windows of the browser, closed after the test."""
    opened = Windows(browser)
    yield opened
    opened.close()


def take_picture(page: Any, name: str) -> None:
    """Keep a picture of the page in docs/pictures, where DUKAO_PICTURES=1 asks for new ones."""
    if os.environ.get("DUKAO_PICTURES") == "1":
        page.screenshot(path=PICTURES / f"{name}.png")


def _insist_on_chromium() -> None:
    if CHROMIUM is None:
        say_lacking("Chromium is not installed (Debian: chromium)")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    opener, until = build_opener(ProxyHandler({})), time.monotonic() + LONGEST
    while time.monotonic() < until:
        assert process.poll() is None, "the site stopped by itself"
        try:
            opener.open(address, timeout=5).close()
            return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"nothing answered at {address}")
