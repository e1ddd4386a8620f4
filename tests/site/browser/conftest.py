"""A real site behind a real browser: served in a process and on data of its own, on either database."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import ProxyHandler, build_opener

import pytest

from tests.site.children import VENDORS, Site, new_site

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
_SERVE = "from dukao.site.serving import serve_site; serve_site('127.0.0.1', %d)"


@dataclass
class Served:
    """A site that answers at `address`."""

    site: Site
    address: str


@pytest.fixture(scope="module", params=VENDORS)
def served(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The site with one clerk and one head, and nothing else, answering on a port of its own."""
    if CHROMIUM is None:
        assert not os.environ.get("DUKAO_CI"), "chromium is not installed"
        pytest.skip("这台机器上没有 Chromium（Debian：apt install chromium）：浏览器里的测试没有做")
    with new_site(request.param, tmp_path_factory.mktemp("browser")) as site:
        made = site.script(_CAST)
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
            yield Served(site, address)
        finally:
            process.terminate()
            process.wait(20)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Debian's Chromium, without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as played:
        chromium = played.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield chromium
        chromium.close()


@pytest.fixture
def enter(browser: Any, served: Served) -> Iterator[Any]:
    """Log somebody in, in a window of one of the widths: `enter("clerk", "phone")` → page."""
    windows: list[Any] = []

    def log_in(username: str, width: str = "desk", **more: Any) -> Any:
        wide, tall = WIDTHS[width]
        window = browser.new_context(
            viewport={"width": wide, "height": tall}, base_url=served.address, locale="zh-CN", **more
        )
        window.set_default_timeout(LONGEST * 1000)
        windows.append(window)
        page = window.new_page()
        page.goto("/login/")
        page.fill("[name=username]", username)
        page.fill("[name=password]", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "login" not in url)
        return page

    yield log_in
    for window in windows:
        window.close()


def take_picture(page: Any, name: str) -> None:
    """Keep a picture of the page in docs/pictures, where DUKAO_PICTURES=1 asks for new ones."""
    if os.environ.get("DUKAO_PICTURES") == "1":
        page.screenshot(path=PICTURES / f"{name}.png")


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
